"""The official FHIRPath suite: what passed once passes for ever, and nothing has a wrong answer.

A refusal at import is not a wrong answer. ``fhirpath_passing.txt`` is the pinned list; it may only grow.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tests.forms.corpus import FOLDER, needs_corpus
from tests.forms.make import NOW
from tests.forms.test_published import listed
from workwell_desktop.forms.fhirpath import EvaluationError, PathError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.conversions import as_text
from workwell_desktop.forms.fhirpath.nodes import node
from workwell_desktop.forms.fhirpath.schema import COMPLEX, PRIMITIVES
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, system
from workwell_desktop.forms.source import load

PINNED = Path(__file__).with_name("fhirpath_passing.txt")


def cases() -> Iterator[tuple[str, ET.Element]]:
    """Every test under a name of its own: some names stand twice."""
    seen: dict[str, int] = {}
    root = ET.fromstring((FOLDER / "fhirpath" / "tests-fhir-r4.xml").read_bytes())  # noqa: S314 - a file of the corpus
    for group in root.findall("group"):
        for case in group.findall("test"):
            name = f"{group.get('name')}/{case.get('name')}"
            seen[name] = seen.get(name, 0) + 1
            yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), case


def outcome(case: ET.Element) -> str:
    """``passed``, ``refused`` or what is wrong."""
    expression = case.find("expression")
    assert expression is not None
    written, fails = expression.text or "", expression.get("invalid")
    focus: Coll = []
    if case.get("inputfile"):
        name = str(case.get("inputfile")).replace(".xml", ".json")
        focus = [node(load((FOLDER / "fhirpath" / "inputs" / name).read_bytes()))]
    try:
        closure = compile_tree(parse(written))
    except PathError:
        return "passed" if fails else "refused"
    moment = Temporal.of_moment(NOW)

    def variable(name: str) -> Coll:
        if name in ("resource", "rootResource", "context"):
            return focus
        raise EvaluationError("no such variable")

    try:
        found = evaluate(closure, Environment(variable, moment, moment.day), focus)
    except EvaluationError as wrong:
        return "passed" if fails else f"{written}: {wrong}"
    if fails:
        return f"{written}: no {fails} error"
    if case.get("predicate") == "true":
        found = [bool(found) and system(found[0]) is not False]
    wanted = [(one.get("type"), one.text or "") for one in case.findall("output")]
    good = len(found) == len(wanted) and all(same(item, *want) for item, want in zip(found, wanted, strict=True))
    return "passed" if good else f"{written}: {[shown(item) for item in found]} for {wanted}"


def shown(item: Any) -> str | None:
    value = system(item)
    return "" if value is None else as_text(value)


def same(item: Any, kind: str | None, wanted: str) -> bool:
    found = shown(item)
    if found is None:
        return kind not in ("boolean", "integer", "decimal", "string", "date", "dateTime", "time")
    temporal = kind in ("date", "dateTime", "time") or (kind is None and isinstance(system(item), Temporal))
    if found == wanted or (temporal and wanted.lstrip("@").lstrip("T") == found):
        return True
    try:
        return abs(Decimal(found) - Decimal(wanted)) < Decimal("1E-6")
    except InvalidOperation:
        return False


@needs_corpus
def test_no_expression_of_the_official_suite_has_a_wrong_answer_and_what_passed_passes() -> None:
    found = {name: outcome(case) for name, case in cases()}
    wrong = {name: what for name, what in found.items() if what not in ("passed", "refused")}
    assert not wrong, wrong
    pinned = PINNED.read_text(encoding="utf-8").split("\n")
    assert [name for name in pinned if name and found.get(name) != "passed"] == []


@needs_corpus
def test_every_expression_of_the_suite_that_names_only_what_is_published_passes() -> None:
    """What is refused names a function, an operator, a variable or a type that the list in the guide leaves out."""
    beyond = {}
    for name, case in cases():
        if outcome(case) == "refused":
            expression = case.find("expression")
            assert expression is not None
            beyond[name] = refusal(expression.text or "")
    inside = {name: why for name, why in beyond.items() if not leaves_the_list(why)}
    assert not inside, inside


def refusal(written: str) -> PathError:
    try:
        compile_tree(parse(written))
    except PathError as refused:
        return refused
    raise AssertionError(written)


def leaves_the_list(why: PathError) -> bool:
    """Whether what was met is not in the guide: syntax, arguments and limits are no excuse."""
    if why.reason == "type":
        space, _, bare = why.what.rpartition(".")
        known = listed("Types") if space == "System" else listed("Types") | PRIMITIVES | COMPLEX
        return bare not in known
    return why.reason == "function" and why.what not in listed("Functions")


@needs_corpus
def test_the_pinned_list_covers_most_of_the_suite() -> None:
    pinned = [name for name in PINNED.read_text(encoding="utf-8").split("\n") if name]
    assert len(set(pinned)) == len(pinned)
    assert len(pinned) >= 0.99 * sum(1 for _case in cases())
