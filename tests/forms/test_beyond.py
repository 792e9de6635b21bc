"""What the specifications leave to be worked out by hand: value sets that are composed, expressions that sweep over a
whole response, what a missing answer does to everything that hangs on it, and how exact an expression is."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.forms.elsewhere import (
    Case,
    amount,
    at,
    calculated,
    code,
    coded,
    expected,
    outcome,
    said,
    variable,
)
from tests.forms.make import FHIR, SCALE, item, scored, when


def composed(*include: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "ValueSet", "id": "v", "compose": {"include": list(include), **more}}


def listed(*codes: str) -> dict[str, Any]:
    return {"system": SCALE, "concept": [{"code": name} for name in codes]}


def of_sets(chosen: str, *contained: Mapping[str, Any], right: bool) -> Case:
    return Case(
        f"{chosen} {'is' if right else 'is not'} in {contained[0]['compose']}",
        [item("a", "choice", answerValueSet="#v")],
        [said("a", **code(chosen))],
        issues=() if right else [("e", "invalidCoding", "a")],
        form={"contained": list(contained)},
    )


OTHER = {
    "resourceType": "ValueSet",
    "id": "w",
    "url": "http://example.org/w",
    "compose": {"include": [listed("a", "c")]},
}
MINUS = composed(listed("a", "b"), exclude=[listed("b")])
BOTH = composed({**listed("a", "b"), "valueSet": ["http://example.org/w"]})
TWO = composed({"valueSet": ["http://example.org/w", "#x"]})
THIRD = {"resourceType": "ValueSet", "id": "x", "compose": {"include": [listed("a", "b")]}}

SETS = [
    of_sets("a", MINUS, right=True),
    of_sets("b", MINUS, right=False),
    of_sets("a", BOTH, OTHER, right=True),
    of_sets("b", BOTH, OTHER, right=False),
    of_sets("c", BOTH, OTHER, right=False),
    of_sets("a", TWO, OTHER, THIRD, right=True),
    of_sets("b", TWO, OTHER, THIRD, right=False),
    of_sets("b", composed(listed("a"), listed("a", "b")), right=True),
]

TICKS = [item(f"q{n}", "boolean") for n in range(3)]
DIGITS = [item(f"q{n}", "choice", answerOption=coded("0", "1", "2")) for n in range(3)]
NUMBERS = [item(f"q{n}", "integer") for n in range(2)]
DOWN = "%resource.descendants()"
EVERY = "%resource.item.where(linkId.startsWith('q'))"


def ticked(*given: bool) -> list[dict[str, Any]]:
    return [said(f"q{n}", valueBoolean=one) for n, one in enumerate(given)]


def digits(*given: int) -> list[dict[str, Any]]:
    return [said(f"q{n}", **code(str(one))) for n, one in enumerate(given)]


def numbers(*given: int) -> list[dict[str, Any]]:
    return [said(f"q{n}", valueInteger=one) for n, one in enumerate(given)]


def scores(name: str, asked: list[Any], source: str, answers: list[Any], total: Any, **form: Any) -> Case:
    return Case(name, [*asked, calculated("t", "integer", source)], answers, scores={"t": total}, form=form)


SCORES = [
    scores(
        "ticks that are all there",
        TICKS,
        f"{EVERY}.select(iif(answer.value, 1, 0)).sum()",
        ticked(True, False, True),
        2,
    ),
    scores(
        "ticks of which one is missing",
        TICKS,
        f"{EVERY}.select(iif(answer.value, 1, 0)).sum()",
        ticked(True, False),
        None,
    ),
    scores(
        "ticks as numbers", TICKS, f"{EVERY}.answer.value.select($this.toInteger()).sum()", ticked(True, True), None
    ),
    scores("codes as numbers", DIGITS, f"{EVERY}.answer.value.code.select(toInteger()).sum()", digits(1, 2, 0), 3),
    scores("codes, one missing", DIGITS, f"{EVERY}.answer.value.code.select(toInteger()).sum()", digits(1, 2), None),
    scores(
        "codes of the whole response",
        DIGITS,
        "%resource.item.answer.value.code.select(toInteger()).sum()",
        digits(1, 2, 2),
        5,
    ),
    scores(
        "how many chose one code", DIGITS, "%resource.item.where(answer.value.code = '2').count()", digits(2, 1, 2), 2
    ),
    scores(
        "by type, one by one",
        DIGITS,
        "%resource.item.answer.select((value as Coding).code.toInteger()).sum()",
        digits(2, 1, 2),
        5,
    ),
    scores("answers that are codings", DIGITS, "%resource.item.answer.where(value is Coding).count()", digits(2, 1), 2),
    scores(
        "a variable that holds items",
        NUMBERS,
        "%all.where(linkId = 'q1').answer.value + 1",
        numbers(3, 4),
        5,
        extension=[variable("all", "%resource.item")],
    ),
    scores(
        "a variable on a variable",
        NUMBERS,
        "%some.answer.value.sum()",
        numbers(3, 4),
        7,
        extension=[variable("some", "%all.where(linkId.startsWith('q'))"), variable("all", DOWN)],
    ),
    scores("an equal size of nothing", NUMBERS, f"iif({at('q0')} + {at('q1')} = 0, 10, 20)", numbers(0), None),
    scores("one of some sizes", NUMBERS, f"iif({at('q0')} in (0 | 1), 10, 20)", [], None),
    scores("one of some sizes, answered", NUMBERS, f"iif({at('q0')} in (0 | 1), 10, 20)", numbers(5), 20),
    scores("beyond what FHIR can write", NUMBERS, f"iif({at('q0')} > 0, 2147483647)", numbers(1), 2147483647),
]

HANGING = [
    Case(
        f"what hangs on a score that is absent: {band}",
        [
            *NUMBERS,
            calculated("t", "integer", f"{at('q0')} + {at('q1')}"),
            calculated("high", "boolean", f"{at('t')} > 9"),
            calculated("band", "string", band),
        ],
        numbers(*given),
        scores={"t": total},
        values={"band": words},
    )
    for band, given, total, words in (
        (f"iif({at('high')}, 'refer', 'wait')", (9,), None, []),
        (f"iif({at('high')}, 'refer', 'wait')", (9, 1), 10, ["refer"]),
        (f"iif({at('high')}, 'refer', 'wait')", (8, 1), 9, ["wait"]),
        (f"iif({at('t')} = 0, 'none', 'some')", (9,), None, []),
        (f"iif({at('t')} = 0, 'none', 'some')", (0, 0), 0, ["none"]),
        (f"iif({at('high')}.exists(), 'known', 'unknown')", (9,), None, ["unknown"]),
    )
]

EMPTY = [
    *(
        Case(
            f"what is answered below a question that is not: {path}",
            [
                item("p", "boolean", items=[item("k", "integer")]),
                calculated("t", "integer", f"{path}.where(linkId='k').answer.value"),
            ],
            [said("p", {"item": [said("k", valueInteger=4)]})],
            scores={"t": 4},
            values={"p": [None], "k": [4]},
        )
        for path in (DOWN, "%resource.item.where(linkId='p').answer.item", "%resource.item.answer.item")
    ),
    Case(
        "what is empty for no want of an answer keeps nothing back",
        [*NUMBERS, calculated("note", "string", f"iif({at('q0')} > 3, 'much')"),
         calculated("t", "integer", f"iif({at('note')} = 'much', 2, 1)")],
        numbers(1),
        scores={"t": 1},
        values={"note": []},
    ),
    Case(
        "2,147,483,648 is no integer of FHIR",
        [*NUMBERS, calculated("t", "integer", f"{at('q0')} + 1")],
        numbers(2147483647),
        scores={"t": None},
        issues=[("w", "expressionFailed", "t")],
    ),
    Case(
        "a code that was worked out is the same whatever words stand beside it",
        [calculated("b", "choice", "%qitem.answerOption.where(value.code = 'a1').value", answerOption=scored(0, 1))],
        [said("b", **code("a1", display="Once"))],
        values={"b": [{"system": SCALE, "code": "a1", "display": "Answer 1"}]},
    ),
    Case(
        "a score in the name that STU3 has for it",
        [item("a", "choice", answerValueSet="#v"), calculated("t", "decimal", f"{at('a')}.weight()")],
        [said("a", **code("one"))],
        scores={"t": 7},
        form={"contained": [composed({"system": SCALE, "concept": [
            {"code": "one", "extension": [{"url": FHIR + "valueset-ordinalValue", "valueDecimal": 7}]}]})]},
    ),
    Case(
        "a least value that is an expression itself",
        [item("from", "date"), item("to", "date", {"url": FHIR + "minValue", "valueExpression": {
            "language": "text/fhirpath", "expression": at("from")}})],
        [said("from", valueDate="2026-01-02"), said("to", valueDate="2026-01-01")],
        issues=[("e", "minValue", "to")],
    ),
    *(
        Case(
            f"an amount under a code of {system}",
            [item("q", "quantity"), item("b", "display", when=[when("q", ">", answerQuantity=amount(4, "x", "http://a"))])],
            [said("q", valueQuantity=amount(5, "x", system))],
            enabled=enabled,
        )
        for system, enabled in (("http://a", "q b"), ("http://b", "q"))
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", [*SETS, *SCORES, *HANGING, *EMPTY], ids=lambda case: case.name[:60])
def test_by_hand(case: Case) -> None:
    assert outcome(case) == expected(case)


GIVEN = [
    said("a", valueInteger=7),
    said("b", valueDecimal=2.5),
    said("d", valueDate="2000-02-29"),
    said("m", valueDateTime="2020-03-01T10:00:00Z"),
    said("c", valueTime="23:30:00"),
    said("s", valueString="Hello World"),
    said("w", valueQuantity=amount(80, "kg")),
    said("h", valueQuantity=amount(180, "cm")),
    said("y", valueBoolean=True),
]
KINDS = ("integer", "decimal", "date", "dateTime", "time", "string", "quantity", "quantity", "boolean")
D, M, C, S, W, H, Y = (at(name) for name in "dmcswhy")
AGE = (
    f"today().toString().substring(0, 4).toInteger() - {D}.toString().substring(0, 4).toInteger() - "
    f"iif(today().toString().substring(5) < {D}.toString().substring(5), 1, 0)"
)

EXACT: list[tuple[str, str, Any]] = [
    ("integer", AGE, 26),
    ("boolean", f"{D} + 1 year = @2001-02-28 and {D} + 4 years = @2004-02-29", True),
    ("boolean", "@2020-03-31 - 1 month = @2020-02-29", True),
    ("boolean", f"{D} + 36 hours = @2000-03-01", True),
    ("boolean", "@2014 - 1 month = @2014 and @2014 + 23 months = @2015 and @2014 - 400 days = @2013", True),
    ("boolean", "@2020-05 - 40 days = @2020-04 and @2020-05 + 40 days = @2020-06", True),
    ("boolean", f"{M} = @2020-03-01T12:00:00+02:00", True),
    ("boolean", f"{M} > @2020-03-01", None),
    ("boolean", f"{C} + 1 hour = @T00:30:00 and {C} < @T23:31", True),
    ("boolean", f"{C} = @T23:30", None),
    ("boolean", f"{D} > @2000-01", True),
    ("boolean", f"{D} > @2000-02", None),
    ("decimal", f"({W}.value / ({H}.value / 100).power(2)).round(1)", 24.7),
    ("boolean", f"{W} = 80000 'g' and {W} + 500 'g' = 80.5 'kg'", True),
    ("boolean", "7 div 2 = 3 and 7 mod 2 = 1 and -7 div 2 = -3 and -7 mod 2 = -1", True),
    ("decimal", "(1 / 3) * 3", 0.99999999),
    ("boolean", "0.1 + 0.2 = 0.3", True),
    ("integer", "2.5.round() * 100 + 3.5.round()", 304),
    ("decimal", "2.345.round(2)", 2.35),
    ("string", "'a' & {} & 'b'", "ab"),
    ("string", "'a' + {}", None),
    ("boolean", f"{S} != {{}}", None),
    ("boolean", "{} ~ {}", True),
    ("boolean", f"{S} ~ 'hello  world' and {S} != 'hello world'", True),
    ("boolean", "({} and false) = false and ({} or true) and ({} implies true) and (false implies {})", True),
    ("boolean", "{} or false", None),
    ("integer", "(1 | 1.0).count()", 1),
    ("integer", "'1.5'.toInteger()", None),
    ("integer", f"{Y}.toInteger()", 1),
    ("decimal", "1000000000000 * 1000000000", 1e21),
    ("integer", "(1 | 2).combine(2).sum()", 5),
    ("boolean", "{}.all($this > 3)", True),
    ("integer", "(1 | 2 | 3 | 4).tail().skip(1).take(1)", 3),
    ("string", "1.50.toString()", "1.50"),
    ("date", M, "2020-03-01"),
    ("dateTime", D, "2000-02-29"),
    ("boolean", "1 year = 1 'a'", None),
    ("boolean", "1 year ~ 1 'a' and 7 days = 1 'wk'", True),
    ("boolean", "100 'mg/dL' = 1 'g/L' and 98.6 '[degF]' = 37 'Cel'", True),
    ("integer", "%resource.`item`.where(`linkId` = 'a').answer.value /* seven */", 7),
]


@pytest.mark.parametrize(("kind", "source", "value"), EXACT)
def test_exactly(kind: str, source: str, value: Any) -> None:
    asked = [item(name, one) for name, one in zip("abdmcswhy", KINDS, strict=True)]
    wanted = [] if value is None else [value]
    number = {"t": value} if kind in ("integer", "decimal") else {}
    case = Case(source, [*asked, calculated("t", kind, source)], GIVEN, scores=number, values={"t": wanted})
    assert outcome(case) == expected(case)
