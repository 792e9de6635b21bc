"""Conditions as forms of other makers write them; the names say the rule of FHIR R4 or SDC that decides."""

from typing import Any

import pytest

from tests.forms.elsewhere import Case, expected, outcome, said
from tests.forms.make import begun, expression, item, scored, when

SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"


def coding(code: str, system: str | None = SNOMED, display: str | None = None) -> dict[str, str]:
    parts = {"system": system, "code": code, "display": display}
    return {name: part for name, part in parts.items() if part}


def amount(value: float, code: str) -> dict[str, object]:
    return {"value": value, "unit": code, "system": UCUM, "code": code}


def asks(kind: str, operator: str, **answer: object) -> list[dict[str, object]]:
    """A question and one that hangs on it."""
    options = {"answerOption": [{"valueCoding": coding(one)} for one in ("1", "2", "3")]} if kind == "choice" else {}
    return [item("q", kind, **options), item("b", when=[when("q", operator, **answer)])]


def one(name: str, kind: str, operator: str, answer: dict[str, object], given: dict[str, Any], on: bool) -> Case:
    return Case(name, asks(kind, operator, **answer), [said("q", **given)] if given else [], "q b" if on else "q")


BY_TYPE = [
    one("false is an answer", "boolean", "=", {"answerBoolean": False}, {"valueBoolean": False}, True),
    one("absent is not false", "boolean", "=", {"answerBoolean": False}, {}, False),
    one("absent is not unequal", "boolean", "!=", {"answerBoolean": True}, {}, False),
    one("false is unequal to true", "boolean", "!=", {"answerBoolean": True}, {"valueBoolean": False}, True),
    one("not answered", "boolean", "exists", {"answerBoolean": False}, {}, True),
    one("false is there", "boolean", "exists", {"answerBoolean": True}, {"valueBoolean": False}, True),
    one("zero is there", "integer", "exists", {"answerBoolean": False}, {"valueInteger": 0}, False),
    one("at least, at the limit", "integer", ">=", {"answerInteger": 18}, {"valueInteger": 18}, True),
    one("more, at the limit", "integer", ">", {"answerInteger": 18}, {"valueInteger": 18}, False),
    one("numbers, not digits", "integer", "<", {"answerInteger": 10}, {"valueInteger": 9}, True),
    one("below zero", "integer", "<=", {"answerInteger": -5}, {"valueInteger": -6}, True),
    one("decimals by value", "decimal", "=", {"answerDecimal": 1.5}, {"valueDecimal": 1.50}, True),
    one("a whole decimal", "decimal", "=", {"answerInteger": 2}, {"valueDecimal": 2.0}, True),
    one("a tenth", "decimal", "<", {"answerDecimal": 0.3}, {"valueDecimal": 0.3}, False),
    one("a day later", "date", ">", {"answerDate": "2000-02-28"}, {"valueDate": "2000-02-29"}, True),
    one("a year that is later", "date", ">", {"answerDate": "2000-02-28"}, {"valueDate": "2001"}, True),
    one("a year that may be", "date", ">", {"answerDate": "2000-02-28"}, {"valueDate": "2000"}, False),
    one("a year that may be, the other way", "date", "<=", {"answerDate": "2000-02-28"}, {"valueDate": "2000"}, False),
    one("a month that may be it", "date", "!=", {"answerDate": "2000-02-28"}, {"valueDate": "2000-02"}, False),
    one("a month that cannot be it", "date", "!=", {"answerDate": "2000-02-28"}, {"valueDate": "2000-03"}, True),
    one(
        "moments by their instant",
        "dateTime",
        ">",
        {"answerDateTime": "2026-03-11T03:00:00Z"},
        {"valueDateTime": "2026-03-10T23:30:00-05:00"},
        True,
    ),
    one(
        "the same instant",
        "dateTime",
        "=",
        {"answerDateTime": "2026-03-11T09:30:00+05:00"},
        {"valueDateTime": "2026-03-11T04:30:00Z"},
        True,
    ),
    one("a clock", "time", ">=", {"answerTime": "22:00:00"}, {"valueTime": "22:00:00"}, True),
    one("after midnight", "time", "<", {"answerTime": "06:00:00"}, {"valueTime": "00:00:01"}, True),
    one("letters as they are", "string", "=", {"answerString": "Yes"}, {"valueString": "yes"}, False),
    one("another text", "string", "!=", {"answerString": "Yes"}, {"valueString": "yes"}, True),
    one("a code of its system", "choice", "=", {"answerCoding": coding("1")}, {"valueCoding": coding("1")}, True),
    one(
        "words beside a code say nothing",
        "choice",
        "=",
        {"answerCoding": coding("1", display="One")},
        {"valueCoding": coding("1", display="Eins")},
        True,
    ),
    one("another code", "choice", "!=", {"answerCoding": coding("1")}, {"valueCoding": coding("2")}, True),
    one(
        "quantities in one dimension",
        "quantity",
        ">",
        {"answerQuantity": amount(1, "kg")},
        {"valueQuantity": amount(1500, "g")},
        True,
    ),
    one(
        "equal in another unit",
        "quantity",
        "=",
        {"answerQuantity": amount(1.75, "m")},
        {"valueQuantity": amount(175, "cm")},
        True,
    ),
    one(
        "an inch is 2.54 cm",
        "quantity",
        "<=",
        {"answerQuantity": amount(2.54, "cm")},
        {"valueQuantity": amount(1, "[in_i]")},
        True,
    ),
    one(
        "no common unit",
        "quantity",
        ">",
        {"answerQuantity": amount(1, "kg")},
        {"valueQuantity": amount(5, "cm")},
        False,
    ),
    one(
        "minutes and hours",
        "quantity",
        ">=",
        {"answerQuantity": amount(1, "h")},
        {"valueQuantity": amount(60, "min")},
        True,
    ),
]

TREE = [
    Case(
        "any of two",
        [
            item("a", "boolean"),
            item("b", "integer"),
            item("c", when=[when("a", answerBoolean=True), when("b", ">", answerInteger=3)], enableBehavior="any"),
        ],
        [said("b", valueInteger=4)],
        "a b c",
    ),
    Case(
        "all of two",
        [
            item("a", "boolean"),
            item("b", "integer"),
            item("c", when=[when("a", answerBoolean=True), when("b", ">", answerInteger=3)], enableBehavior="all"),
        ],
        [said("b", valueInteger=4)],
        "a b",
    ),
    Case(
        "a repeating answer: one of them is enough, and none of them must be it",
        [
            item("q", "choice", repeats=True, answerOption=[{"valueCoding": coding(one)} for one in "123"]),
            item("has", when=[when("q", answerCoding=coding("2"))]),
            item("has-not", when=[when("q", "!=", answerCoding=coding("2"))]),
            item("not-three", when=[when("q", "!=", answerCoding=coding("3"))]),
        ],
        [said("q", {"valueCoding": coding("1")}, {"valueCoding": coding("2")})],
        "q has not-three",
    ),
    Case(
        "the same code in another system is another code",
        [
            item(
                "q", "open-choice", answerOption=[{"valueCoding": coding("1")}, {"valueCoding": coding("1", "urn:x")}]
            ),
            item("b", when=[when("q", answerCoding=coding("1"))]),
            item("c", when=[when("q", "!=", answerCoding=coding("1"))]),
        ],
        [said("q", valueCoding=coding("1", "urn:x"))],
        "q c",
    ),
    Case(
        "what is disabled counts as not answered, all the way down",
        [
            item("a", "boolean"),
            item("b", "boolean", when=[when("a", answerBoolean=True)]),
            item("c", when=[when("b", answerBoolean=True)]),
            item("d", when=[when("b", "exists", answerBoolean=False)]),
        ],
        [said("a", valueBoolean=False), said("b", valueBoolean=True), said("c", valueString="x")],
        "a d",
        issues=[("e", "itemNotEnabled", "b"), ("e", "itemNotEnabled", "c")],
    ),
    Case(
        "a group that is away takes all below with it, required or not",
        [
            item("a", "boolean"),
            item(
                "g",
                "group",
                when=[when("a", answerBoolean=True)],
                items=[
                    item("n", "integer", required=True),
                    item("t", "display"),
                    item("h", "group", items=[item("x")]),
                ],
            ),
        ],
        [said("a", valueBoolean=False)],
        "a",
    ),
    Case(
        "each instance of a group asks itself",
        [
            item(
                "med",
                "group",
                repeats=True,
                items=[item("as-needed", "boolean"), item("why", when=[when("as-needed", answerBoolean=True)])],
            )
        ],
        [
            said("med", items=[said("as-needed", valueBoolean=False)]),
            said("med", items=[said("as-needed", valueBoolean=True)]),
        ],
        "med as-needed med[2] as-needed[2] why",
    ),
    Case(
        "from inside a group the question outside is asked",
        [
            item("smoker", "boolean"),
            item(
                "year",
                "group",
                repeats=True,
                items=[item("n", "integer"), item("packs", "decimal", when=[when("smoker", answerBoolean=True)])],
            ),
        ],
        [said("smoker", valueBoolean=True), said("year", items=[said("n", valueInteger=2001)])],
        "smoker year n packs",
    ),
    Case(
        "items below an answer see the answer that they stand below",
        [
            item(
                "sym",
                "choice",
                repeats=True,
                answerOption=[{"valueCoding": coding(one)} for one in "12"],
                items=[item("more", when=[when("sym", answerCoding=coding("2"))]), item("since", "date")],
            )
        ],
        [said("sym", {"valueCoding": coding("1")}, {"valueCoding": coding("2")})],
        "sym since sym[2] more since[2]",
    ),
    Case(
        "groups in groups, each with its own",
        [
            item(
                "p",
                "group",
                repeats=True,
                items=[
                    item("kind"),
                    item(
                        "c",
                        "group",
                        repeats=True,
                        items=[
                            item("v", "integer"),
                            item("big", when=[when("v", ">", answerInteger=5)]),
                            item("dog", when=[when("kind", answerString="dog")]),
                        ],
                    ),
                ],
            )
        ],
        [
            said("p", items=[said("kind", valueString="cat"), said("c", items=[said("v", valueInteger=9)])]),
            said(
                "p",
                items=[
                    said("kind", valueString="dog"),
                    said("c", items=[said("v", valueInteger=1)]),
                    said("c", items=[said("v", valueInteger=6)]),
                ],
            ),
        ],
        "p kind c v big p[2] kind[2] c[2] v[2] dog c[3] v[3] big[2] dog[2]",
    ),
    Case(
        "an expression decides, and an empty one is no",
        [
            item("sex", "choice", answerOption=scored(0, 1)),
            item("age", "integer"),
            item(
                "preg",
                "boolean",
                expression(
                    "enabled",
                    "%resource.item.where(linkId='sex').answer.value.code = 'a1' and "
                    "%resource.item.where(linkId='age').answer.value < 55",
                ),
            ),
        ],
        [said("sex", valueCoding={"system": "http://example.org/scale", "code": "a1"})],
        "sex age",
    ),
    Case(
        "no, whatever the rest may be",
        [
            item("a", "boolean"),
            item("age", "integer"),
            item(
                "b",
                "string",
                expression(
                    "enabled",
                    "(%resource.item.where(linkId='a').answer.value and "
                    "%resource.item.where(linkId='age').answer.value < 55).not()",
                ),
            ),
        ],
        [said("a", valueBoolean=False)],
        "a age b",
    ),
    Case(
        "a hidden question still decides",
        [
            item(
                "h",
                "boolean",
                {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True},
            ),
            item("b", when=[when("h", answerBoolean=True)]),
        ],
        [said("h", valueBoolean=True)],
        "h b",
    ),
    Case(
        "a condition may stand before its question",
        [item("b", when=[when("z", answerInteger=1)]), item("z", "integer")],
        [said("z", valueInteger=1)],
        "b z",
    ),
    Case(
        "a calculated value decides",
        [
            item("a", "integer"),
            item("sum", "integer", expression("calculated", "%resource.item.where(linkId='a').answer.value + 1")),
            item("b", when=[when("sum", ">=", answerInteger=10)]),
        ],
        [said("a", valueInteger=9)],
        "a sum b",
        {"sum": 10},
    ),
    Case(
        "different types are never the same",
        [
            item("q", "string"),
            item("b", when=[when("q", answerInteger=1)]),
            item("c", when=[when("q", "!=", answerInteger=1)]),
        ],
        [said("q", valueString="1")],
        "q",
    ),
]


@pytest.mark.parametrize("case", [*BY_TYPE, *TREE], ids=lambda case: case.name)
def test_conditions(case: Case) -> None:
    assert outcome(case) == expected(case)


def test_what_a_form_begins_with_never_shows_what_does_not_apply() -> None:
    run = begun(
        item("a", "boolean"),
        item("b", when=[when("a", answerBoolean=True)]),
        item("g", "group", when=[when("a", answerBoolean=True)], items=[item("c"), item("d")]),
        item("today", "date", expression("initial", "today()")),
    )
    assert str(run.row("today").value) == "2026-03-10"
    assert run.enabled() == ["a", "today"]
    run.answer("a", True)
    assert run.enabled() == ["a", "b", "g", "c", "d", "today"]
