"""Questionnaires and responses broken at random: never a crash, never a hang, the same words each time."""

import copy
import json
import random
import time
from typing import Any

import pytest

from tests.forms.corpus import needs_corpus, resources
from tests.forms.make import NOW, SDC, expression, item, scored, source, when
from workwell_desktop.forms import Run, check_form, compile_form, fill, plain

JUNK: list[Any] = [
    None, True, 0, -1, 1e30, "", "x" * 1000, [], {}, [[]], [{}], "%resource", "((((", "9" * 50, "2020-13-45", "@@", 3.5,
    ["a"], 10**12, {"resourceType": "Questionnaire"}, "(a+)+$", "http://example.org", "text/cql",
]  # fmt: skip
SOURCES = [
    "%resource.item.answer.value", "%context", "item", "1/0", "'a'+1", "%resource.descendants().count()",
    "iif(true,{},1)",
    "1.power(900)", "%resource.repeat($this)", "(1|2).single()", "%questionnaire.repeat(item).linkId", "$total",
    "$index",
    "'aaaa'.matches('(a+)+b')", "%resource.repeat(item).where(linkId='1').answer.value", "@2020-01-01 + 1 year",
]  # fmt: skip
OWN = json.loads(
    source(
        item("a", "boolean", required=True),
        item("b", "choice", answerOption=scored(0, 1, 2), when=[when("a", answerBoolean=True)]),
        item(
            "g", "group", repeats=True, items=[item("n", "integer"), item("d", "date", initial=[{"valueDate": "2026"}])]
        ),
        item("t", "decimal", expression("calculated", "%v.answer.value.weight().sum()")),
        item("e", "string", expression("enabled", "%resource.repeat(item).where(linkId='n').answer.value > 3")),
        item("q", "quantity", {"url": SDC + "questionnaire-minQuantity", "valueQuantity": {"value": 3, "unit": "kg"}}),
        extensions=[expression("variable", "%resource.item.where(linkId = 'b')", "v")],
    )
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value where something can be put."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ():
            found.append((holder, key))
            waiting.append(holder[key])
    return found


def broken(value: Any, chance: random.Random) -> Any:
    """A copy with one to four places changed."""
    made = copy.deepcopy(value)
    for _ in range(chance.choice((1, 1, 2, 4))):
        spots = places(made)
        if not spots:
            break
        holder, key = chance.choice(spots)
        expressions = [(one, name) for one, name in spots if name == "expression"]
        kind = chance.random()
        if kind < 0.2 and expressions:
            holder, key = chance.choice(expressions)
            holder[key] = chance.choice(SOURCES)
        elif kind < 0.35:
            del holder[key]
        elif kind < 0.5:
            other, name = chance.choice(spots)
            holder[key] = copy.deepcopy(other[name])
        elif kind < 0.6 and isinstance(holder[key], list):
            holder[key] = holder[key] * 3
        else:
            holder[key] = chance.choice(JUNK)
    return made


def survives(questionnaire: Any, chance: random.Random) -> bool:
    """Whether a form is used; a crash shows as itself."""
    content = json.dumps(questionnaire).encode()
    report = check_form(content)
    assert check_form(content) == report
    assert all(one.message for one in report.problems)
    if report.status == "refused":
        return False
    run = Run(compile_form(content), now=NOW)
    for row in run.rows()[:30]:
        if row.item.multiple:
            run.add_repeat(row.path)
        if row.item.is_question:
            value = row.options[0].value if row.options else {"boolean": True, "integer": 4}.get(row.item.type, "x")
            run.answer(row.path, (value,) if row.item.several else value)
    run.issues()
    run.scores()
    response = plain(run.response())
    fill(content, response, NOW)
    fill(content, broken(response, chance), NOW)
    return True


@pytest.mark.parametrize("seed", range(5))
def test_forms_of_our_own_broken_at_random(seed: int) -> None:
    chance = random.Random(seed)
    used = sum(survives(broken(OWN, chance), chance) for _ in range(150))
    assert 10 < used < 150


@needs_corpus
def test_forms_of_others_broken_at_random() -> None:
    chance = random.Random(2026)
    forms = [
        json.loads(content)
        for entry, content in resources()
        if entry["resourceType"] == "Questionnaire" and len(content) < 60_000
    ]
    begin = time.perf_counter()
    slowest = 0.0
    for _ in range(600):
        started = time.perf_counter()
        survives(broken(chance.choice(forms), chance), chance)
        slowest = max(slowest, time.perf_counter() - started)
    assert slowest < 5
    assert time.perf_counter() - begin < 60
