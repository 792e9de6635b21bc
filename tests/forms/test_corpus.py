"""Forms and answers that nobody here wrote: no crash on any, and the same judgement as the validators of FHIR."""

import hashlib
import json
import math
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.forms.corpus import FOLDER, coded, invalid, needs_corpus, resources, responses
from tests.forms.make import NOW
from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import Run, check_form, compile_form, fill
from workwell_desktop.forms.fhirpath import EvaluationError, PathError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.conversions import as_text
from workwell_desktop.forms.fhirpath.nodes import JsonNode, made, node
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, Quantity, system
from workwell_desktop.forms.source import load

READY = 313
"""How many questionnaires of the corpus can be used: this may only grow."""

# What the two validators say alike and is not said here, with the reason. This may only shrink.
OTHERWISE: dict[str, str] = {}


@needs_corpus
def test_no_resource_crashes_and_the_same_is_said_each_time() -> None:
    ready = 0
    for entry, content in resources():
        report = check_form(content)
        assert check_form(content) == report, entry["file"]
        if report.status == "ready":
            ready += 1
            run = Run(compile_form(content), now=NOW)
            run.rows()
            run.issues()
            run.response()
        else:
            assert any(one.severity == "error" for one in report.problems), entry["file"]
        if entry["resourceType"] != "Questionnaire":
            assert [one.code for one in report.problems] == ["notAQuestionnaire"]
    assert ready >= READY


def judged(case: dict[str, Any]) -> tuple[bool, set[tuple[str, str | None]]]:
    """Whether a response is invalid, and the coded errors in it or in its form."""
    (questionnaire,) = (one for one in case["supporting"].values() if one.get("resourceType") == "Questionnaire")
    try:
        found = fill(json.dumps(questionnaire).encode(), load(json.dumps(case["resource"]).encode()), NOW)
    except FormRefused as refused:
        return True, {(one.code, one.link_id) for one in refused.problems}  # type: ignore[attr-defined]
    errors = [one for one in found["issues"] if one["severity"] == "error"]
    return bool(errors), {(one["code"], one["linkId"]) for one in errors}


@needs_corpus
def test_responses_are_judged_as_both_validators_judge_them() -> None:
    agreed = 0
    differing: dict[str, object] = {}
    for name, case in responses():
        outcomes = case["outcomes"]
        if not {"java", "brianpos"} <= set(outcomes) or invalid(outcomes["java"]) != invalid(outcomes["brianpos"]):
            continue
        if not any(one.get("resourceType") == "Questionnaire" for one in case["supporting"].values()):
            continue
        agreed += 1
        found, codes = judged(case)
        wanted = coded(outcomes["brianpos"])
        if found != bool(wanted) or not wanted <= codes:
            differing[name] = (found, sorted(map(str, codes)), sorted(map(str, wanted)))
    assert set(differing) == set(OTHERWISE), differing
    assert agreed >= 32


@needs_corpus
def test_responses_that_one_validator_alone_judged_for_what_is_enabled() -> None:
    for name in ("questionnaireResponse-enableWhen-test-fail", "questionnaireResponse-enableWhenEx-test-fail"):
        case = dict(responses())[name]
        assert judged(case) == (True, {("itemNotEnabled", "enable-when")})
    assert judged(dict(responses())["questionnaireResponse-enableWhenEx-test"])[0] is False


PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "active": True,
    "birthDate": "1979-03-14",
    "gender": "female",
    "name": [{"use": "official", "family": "Okafor", "given": ["Grace", "Ada"]}],
    "telecom": [{"system": "phone", "value": "0123"}, {"system": "email", "value": "g@example.org"}],
    "address": [{"use": "home", "line": ["1 High St"], "city": "Leeds", "postalCode": "LS1 1AA"}],
}
"""The person whom the recorded results speak of, as far as they tell."""


def find(holder: Any, link_id: str) -> Any:
    below = [*holder.get("item", ()), *(one for answer in holder.get("answer", ()) for one in answer.get("item", ()))]
    for one in below:
        found = one if one.get("linkId") == link_id else find(one, link_id)
        if found is not None:
            return found
    return None


def plain(item: Any) -> Any:
    value = system(item)
    if isinstance(value, Quantity):
        return item.json() if hasattr(item, "json") else as_text(value)
    if isinstance(value, Temporal):
        return str(value)
    return item.json() if hasattr(item, "json") else value


def same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return math.isclose(left, right, rel_tol=1e-7)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def explained() -> dict[str, dict[str, Any]]:
    """The table of differences, by the digest of the expression: what is recorded, what comes here, and why."""
    table = tomllib.loads(Path(__file__).with_name("expressions_differing.toml").read_text(encoding="utf-8"))
    return {one.pop("expression"): one for one in table["difference"]}


@needs_corpus
def test_expressions_have_the_values_that_the_engine_of_hl7_gives() -> None:
    """Each difference stands in the table with its reason, and nothing stands there that does not differ. An
    expression that is refused here, or that the other engine could not work out, counts as one."""
    moment = Temporal.of_moment(NOW)
    total = 0
    differing: dict[str, dict[str, list[Any]]] = {}
    for line in (FOLDER / "expressions.jsonl").read_bytes().splitlines():
        record = load(line)
        response = node(record["response"])
        questionnaire = node(load((FOLDER / "resources" / record["questionnaire"]).read_bytes()))
        variables: dict[str, Coll] = {"patient": [node(PATIENT)], "client": [node(PATIENT)]}
        for one in record["evaluations"]:
            context: Coll = [response]
            if one["linkId"]:
                context = made(find(record["response"], one["linkId"]) or {"linkId": one["linkId"]}, "?")
            known = {**variables, "resource": [response], "context": context, "questionnaire": [questionnaire]}
            env = Environment(lambda name, known=known: known.get(name, []), moment, moment.day)
            found: Coll = []
            ours: Any
            try:
                found = evaluate(compile_tree(parse(one["expression"])), env, context)
                ours = [plain(item) for item in found]
            except (EvaluationError, PathError):
                ours = "refused"
            if one["name"] and "error" not in one:
                variables[one["name"]] = found
            total += 1
            theirs = "error" if "error" in one else one["result"]
            if not same(ours, theirs):
                key = hashlib.sha256(one["expression"].encode()).hexdigest()[:16]
                seen = differing.setdefault(key, {"theirs": [], "ours": []})
                for name, value in (("theirs", theirs), ("ours", ours)):
                    if value not in seen[name]:
                        seen[name].append(value)
    table = explained()
    assert all(len(one["because"].split()) > 5 for one in table.values())
    assert differing == {key: {name: one[name] for name in ("theirs", "ours")} for key, one in table.items()}
    assert total > 1000
    values = sum(one["theirs"] != ["error"] for one in differing.values())
    assert values <= total / 100, "at least 99 % of the values are equal"


@needs_corpus
def test_a_run_gives_the_same_as_the_same_expression_over_the_finished_response() -> None:
    """Two ways to one value: the index of a running form, and plain steps through the JSON that it sends."""
    compared = 0
    moment = Temporal.of_moment(NOW)
    for line in (FOLDER / "expressions.jsonl").read_bytes().splitlines():
        record = load(line)
        source = (FOLDER / "resources" / record["questionnaire"]).read_bytes()
        if check_form(source).status != "ready":
            continue
        form = compile_form(source)
        from workwell_desktop.forms import read_response

        reading = read_response(form, record["response"])
        run = Run(form, now=NOW, answers=reading.answers, repeats=reading.repeats)
        sent = node(run.response())
        for rule in form.plan.rules:
            if not rule.source or rule.item is not None or rule.closure is None:
                continue
            plainly = compile_tree(parse(rule.source))
            known = {name: run.root.facts.get(other, []) for name, other in rule.scope.items()}
            known |= {
                "resource": [sent],
                "context": [sent],
                "questionnaire": [JsonNode(dict(form.data), "Questionnaire")],
            }
            env = Environment(lambda name, known=known: known.get(name, []), moment, moment.day)
            wanted = [plain(item) for item in evaluate(plainly, env, [sent])]
            assert same([plain(item) for item in run.root.facts[rule]], wanted), rule.source
            compared += 1
    assert compared > 0
