"""Scores and calculations as instruments of other makers write them; what comes out can be checked by hand."""

from typing import Any

import pytest

from tests.forms.elsewhere import Case, expected, outcome, said
from tests.forms.make import FHIR, SCALE, expression, item, scored

LOINC = "http://loinc.org"


def chose(link_id: str, place: int) -> dict[str, Any]:
    return said(link_id, valueCoding={"system": SCALE, "code": f"a{place}"})


def at(link_id: str) -> str:
    return f"%resource.item.where(linkId='{link_id}').answer.value"


def calculated(link_id: str, kind: str, source: str, *more: dict[str, Any]) -> dict[str, Any]:
    return item(link_id, kind, expression("calculated", source), *more)


def ordinals(*numbers: float, name: str = "ordinalValue") -> list[dict[str, Any]]:
    """Options that score on the coding itself, as R4 examples write them."""
    return [
        {
            "valueCoding": {
                "extension": [{"url": FHIR + name, "valueDecimal": number}],
                "system": SCALE,
                "code": f"a{place}",
            }
        }
        for place, number in enumerate(numbers)
    ]


def answered(count: int, *places: int) -> list[dict[str, Any]]:
    return [chose(f"q{number}", place) for number, place in zip(range(count), places, strict=False)]


def questions(count: int, *numbers: int) -> list[dict[str, Any]]:
    return [item(f"q{number}", "choice", answerOption=scored(*numbers)) for number in range(count)]


NINE = " + ".join(f"{at(f'q{number}')}.weight()" for number in range(9))
LOOKUP = (
    "%questionnaire.item.where(linkId='q0').answerOption.where(valueCoding.code=%resource.item.where(linkId='q0')"
    ".answer.valueCoding.code).valueCoding.extension('" + FHIR + "ordinalValue').valueDecimal"
)
VALUES = {
    "resourceType": "ValueSet",
    "id": "v",
    "compose": {
        "include": [
            {
                "system": LOINC,
                "concept": [
                    {"code": f"LA{n}", "extension": [{"url": FHIR + "ordinalValue", "valueDecimal": n}]}
                    for n in range(4)
                ],
            }
        ]
    },
}
SYSTEM = {
    "resourceType": "CodeSystem",
    "id": "s",
    "url": SCALE,
    "content": "complete",
    "property": [{"code": "w", "uri": "http://hl7.org/fhir/concept-properties#itemWeight", "type": "decimal"}],
    "concept": [{"code": f"a{n}", "property": [{"code": "w", "valueDecimal": n * 5}]} for n in range(3)],
}
ALL = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"system": SCALE}]}}

SCORES = [
    Case(
        "depression, nine items, a sum of scores",
        [*questions(9, 0, 1, 2, 3), calculated("t", "decimal", NINE)],
        answered(9, 1, 2, 3, 0, 1, 2, 3, 0, 1),
        scores={"t": 13},
    ),
    Case(
        "the same with one missing",
        [*questions(9, 0, 1, 2, 3), calculated("t", "decimal", "%resource.item.answer.value.weight().sum()")],
        answered(8, 1, 2, 3, 0, 1, 2, 3, 0),
        scores={"t": None},
    ),
    Case(
        "two items with negative and half scores",
        [
            item("a", "choice", answerOption=ordinals(-1, 0.5)),
            item("b", "choice", answerOption=ordinals(-1, 0.5)),
            calculated("t", "decimal", "%resource.item.where(linkId != 't').answer.value.ordinal().sum()"),
        ],
        [chose("a", 0), chose("b", 1)],
        scores={"t": -0.5},
    ),
    Case(
        "scores on the value set that is contained",
        [
            item("a", "choice", answerValueSet="#v"),
            item("b", "choice", answerValueSet="#v"),
            calculated("t", "integer", "%resource.item.answer.value.ordinal().sum()"),
        ],
        [said(name, valueCoding={"system": LOINC, "code": "LA3"}) for name in "ab"],
        scores={"t": 6},
        form={"contained": [VALUES]},
    ),
    Case(
        "scores as a property of the code system",
        [item("a", "choice", answerValueSet="#v"), calculated("t", "integer", f"{at('a')}.weight()")],
        [chose("a", 2)],
        scores={"t": 10},
        form={"contained": [ALL, SYSTEM]},
    ),
    Case(
        "a score looked up in the questionnaire",
        [item("q0", "choice", answerOption=ordinals(0, 7)), calculated("t", "decimal", LOOKUP)],
        [chose("q0", 1)],
        scores={"t": 7},
    ),
    Case(
        "well-being: raw times four",
        [*questions(5, 0, 1, 2, 3, 4, 5), calculated("t", "integer", "%resource.item.answer.value.weight().sum() * 4")],
        answered(5, 3, 3, 3, 3, 3),
        scores={"t": 60},
    ),
    Case(
        "stress: two items the other way round",
        [
            *questions(4, 0, 1, 2, 3, 4),
            calculated(
                "t",
                "integer",
                f"{at('q0')}.weight() + (4 - {at('q1')}.weight()) + (4 - {at('q2')}.weight()) + {at('q3')}.weight()",
            ),
        ],
        answered(4, 4, 0, 1, 3),
        scores={"t": 14},
    ),
    Case(
        "prorated when enough is answered",
        [
            *questions(4, 1, 2, 3, 4, 5),
            calculated(
                "t",
                "decimal",
                "iif(%resource.item.answer.value.weight().count() >= 3, "
                "(%resource.item.answer.value.weight().sum() * 4 / "
                "%resource.item.answer.value.weight().count()).round(1))",
            ),
        ],
        answered(3, 0, 1, 4),
        scores={"t": 10.7},
    ),
    Case(
        "not prorated when too little is answered",
        [
            *questions(4, 1, 2, 3, 4, 5),
            calculated(
                "t",
                "decimal",
                "iif(%resource.item.answer.value.weight().count() >= 3, "
                "%resource.item.answer.value.weight().avg() * 4)",
            ),
        ],
        answered(2, 0, 1),
        scores={"t": None},
    ),
    Case(
        "the mean of what there is, when the form asks what there is",
        [
            *[item(f"n{n}", "integer") for n in range(3)],
            calculated(
                "t",
                "decimal",
                "%resource.item.where(linkId.startsWith('n')).answer.value.sum() / "
                "%resource.item.where(linkId.startsWith('n')).answer.value.count()",
            ),
        ],
        [said("n0", valueInteger=1), said("n2", valueInteger=2)],
        scores={"t": 1.5},
    ),
    Case(
        "ticks are counted",
        [
            *[item(f"b{n}", "boolean") for n in range(8)],
            calculated("t", "integer", "%resource.item.answer.where(value = true).count()"),
        ],
        [said("b1", valueBoolean=True), said("b2", valueBoolean=False), said("b7", valueBoolean=True)],
        scores={"t": 2},
    ),
    Case(
        "age in bands and two ticks, as for a stroke",
        [
            item("age", "integer"),
            item("hf", "boolean"),
            item("f", "boolean"),
            calculated(
                "t",
                "integer",
                f"iif({at('age')} >= 75, 2, iif({at('age')} >= 65, 1, 0)) + iif({at('hf')} = true, 1, 0) + "
                f"iif({at('f')} = true, 1, 0)",
            ),
        ],
        [said("age", valueInteger=65), said("hf", valueBoolean=True), said("f", valueBoolean=False)],
        scores={"t": 2},
    ),
    Case(
        "coma: the three parts and their sum",
        [
            *[item(n, "choice", answerOption=scored(1, 2, 3, 4, 5, 6)) for n in "evm"],
            calculated("t", "integer", "%resource.item.where(linkId in ('e'|'v'|'m')).answer.value.weight().sum()"),
        ],
        [chose("e", 3), chose("v", 4), chose("m", 5)],
        scores={"t": 15},
    ),
    Case(
        "several choices of one question are added up",
        [
            item("q", "choice", repeats=True, answerOption=scored(1, 2, 4)),
            calculated("t", "integer", f"{at('q')}.weight().sum()"),
        ],
        [said("q", {"valueCoding": {"system": SCALE, "code": "a0"}}, {"valueCoding": {"system": SCALE, "code": "a2"}})],
        scores={"t": 5},
    ),
    Case(
        "logarithms, as for the liver",
        [item("b", "decimal"), calculated("t", "decimal", f"(3.78 * {at('b')}.ln() + 6.43).round(2)")],
        [said("b", valueDecimal=2)],
        scores={"t": 9.05},
    ),
    Case(
        "a clearance, with a factor for sex",
        [
            item("age", "integer"),
            item("kg", "decimal"),
            item("cr", "decimal"),
            item("f", "boolean"),
            calculated(
                "t",
                "decimal",
                f"((140 - {at('age')}) * {at('kg')} * iif({at('f')}, 0.85, 1) / (72 * {at('cr')})).round(1)",
            ),
        ],
        [
            said("age", valueInteger=60),
            said("kg", valueDecimal=72),
            said("cr", valueDecimal=1),
            said("f", valueBoolean=True),
        ],
        scores={"t": 68},
    ),
    Case(
        "body mass from quantities, by their numbers",
        [
            item("h", "quantity"),
            item("w", "quantity"),
            calculated(
                "t",
                "decimal",
                "(%resource.item.where(linkId='w').answer.value.value / "
                "(%resource.item.where(linkId='h').answer.value.value / 100).power(2)).round(1)",
            ),
        ],
        [said("h", valueQuantity={"value": 180, "unit": "cm"}), said("w", valueQuantity={"value": 81, "unit": "kg"})],
        scores={"t": 25},
    ),
    Case(
        "a tenth and two tenths are three tenths",
        [
            item("a", "decimal"),
            item("b", "decimal"),
            calculated("t", "decimal", f"{at('a')} + {at('b')}"),
            calculated("same", "boolean", f"{at('a')} + {at('b')} = 0.3"),
        ],
        [said("a", valueDecimal=0.1), said("b", valueDecimal=0.2)],
        scores={"t": 0.3},
        values={"same": [True]},
    ),
    Case(
        "a profile of digits keeps its order",
        [
            *questions(5, 1, 2, 3, 4, 5),
            calculated(
                "p",
                "string",
                "%resource.item.where(linkId.startsWith('q')).answer.value.weight().select($this.toInteger().toString()).join('')",
            ),
        ],
        answered(5, 0, 1, 2, 1, 1),
        values={"p": ["12322"]},
    ),
    Case(
        "text beside a number",
        [item("n", "integer"), calculated("s", "string", f"'Score: ' & {at('n')}.toString() & ' of 10'")],
        [said("n", valueInteger=7)],
        values={"s": ["Score: 7 of 10"]},
    ),
    Case(
        "a half does not fit a whole number, and that is told",
        [item("n", "integer"), calculated("t", "integer", f"{at('n')} / 2")],
        [said("n", valueInteger=5)],
        scores={"t": None},
        issues=[("w", "expressionFailed", "t")],
    ),
    Case(
        "division by nothing is nothing",
        [item("n", "integer"), calculated("t", "decimal", f"10 / {at('n')}")],
        [said("n", valueInteger=0)],
        scores={"t": None},
    ),
    Case(
        "a chain, written backwards",
        [
            calculated("c", "integer", f"{at('b')} * 2"),
            calculated("b", "integer", f"{at('a')} + 1"),
            item("a", "integer"),
        ],
        [said("a", valueInteger=4)],
        scores={"c": 10, "b": 5},
    ),
    Case(
        "an inner variable hides the outer one, for its own group alone",
        [
            item(
                "g",
                "group",
                expression("variable", "2", "f"),
                items=[
                    calculated("in", "integer", "%f * 10"),
                    item(
                        "h",
                        "group",
                        expression("variable", "%f + 1", "f"),
                        items=[calculated("deep", "integer", "%f * 10")],
                    ),
                ],
            ),
            calculated("out", "integer", "%f * 10"),
        ],
        scores={"in": 20, "deep": 30, "out": 10},
        form={"extensions": [expression("variable", "1", "f")]},
    ),
    Case(
        "in a group that repeats each instance has its own variable",
        [
            item(
                "g",
                "group",
                expression("variable", "item.where(linkId='n').answer.value", "own"),
                repeats=True,
                items=[item("n", "integer"), calculated("d", "integer", "%own * %own")],
            ),
            calculated("t", "integer", "%resource.item.where(linkId='g').item.where(linkId='d').answer.value.sum()"),
        ],
        [said("g", items=[said("n", valueInteger=3)]), said("g", items=[said("n", valueInteger=4)])],
        scores={"d": 16, "t": 25},
        values={"d": [9, 16]},
    ),
    Case(
        "two instances that are alike both count",
        [
            item("g", "group", repeats=True, items=[item("n", "integer")]),
            calculated("t", "integer", "%resource.item.where(linkId='g').item.where(linkId='n').answer.value.sum()"),
            calculated("c", "integer", "%resource.item.where(linkId='g').count()"),
        ],
        [said("g", items=[said("n", valueInteger=3)])] * 2,
        scores={"t": 6, "c": 2},
    ),
    Case(
        "everything below the response, however deep",
        [
            item("g", "group", items=[item("h", "group", items=questions(2, 0, 1, 2))]),
            calculated(
                "t", "integer", "%resource.descendants().where(linkId.startsWith('q')).answer.value.weight().sum()"
            ),
        ],
        [said("g", items=[said("h", items=[chose("q0", 2), chose("q1", 1)])])],
        scores={"t": 3},
    ),
    Case(
        "what is below an answer is reached through the answer",
        [
            item("a", "boolean", items=[item("n", "integer")]),
            calculated("t", "integer", "%resource.item.where(linkId='a').answer.item.where(linkId='n').answer.value"),
            calculated("no", "integer", "%resource.item.where(linkId='a').item.where(linkId='n').answer.value"),
        ],
        [said("a", valueBoolean=True, items=[said("n", valueInteger=3)])],
        scores={"t": 3, "no": None},
    ),
    Case(
        "what does not apply is neither missing nor counted",
        [
            item("smokes", "boolean"),
            item("q0", "choice", answerOption=scored(0, 1, 2)),
            item(
                "q1",
                "choice",
                answerOption=scored(0, 1, 2),
                enableWhen=[{"question": "smokes", "operator": "=", "answerBoolean": True}],
            ),
            calculated("t", "integer", "%resource.item.answer.value.weight().sum()"),
        ],
        [said("smokes", valueBoolean=False), chose("q0", 2)],
        scores={"t": 2},
    ),
    Case(
        "a value that was sent for a calculated item is worked out afresh, and told where it differs",
        [item("n", "integer"), calculated("t", "integer", f"{at('n')} * 2")],
        [said("n", valueInteger=4), said("t", valueInteger=9)],
        scores={"t": 8},
        issues=[("w", "calculatedValueDiffers", "t")],
    ),
    Case(
        "whole weeks of two dates are days divided",
        [item("d", "date"), calculated("t", "boolean", f"{at('d')} + 40 weeks > today()")],
        [said("d", valueDate="2026-01-01")],
        values={"t": [True]},
    ),
    Case(
        "a month after the last of January",
        [item("d", "date"), calculated("t", "date", f"{at('d')} + 1 month")],
        [said("d", valueDate="2027-01-31")],
        values={"t": ["2027-02-28"]},
    ),
    Case(
        "of legal age to the day",
        [item("d", "date"), calculated("t", "boolean", f"{at('d')} <= today() - 18 years")],
        [said("d", valueDate="2008-03-10")],
        values={"t": [True]},
    ),
    Case(
        "rounding a half goes away from nothing",
        [item("n", "decimal"), calculated("t", "decimal", f"{at('n')}.round(1)")],
        [said("n", valueDecimal=2.25)],
        scores={"t": 2.3},
    ),
    Case(
        "the greatest of several",
        [
            item("n", "integer", repeats=True),
            calculated(
                "t", "integer", f"{at('n')}.aggregate(iif($total.empty(), $this, iif($this > $total, $this, $total)))"
            ),
        ],
        [said("n", {"valueInteger": 3}, {"valueInteger": 11}, {"valueInteger": 7})],
        scores={"t": 11},
    ),
    Case(
        "a quantity with its unit",
        [
            item("n", "decimal"),
            calculated(
                "t",
                "quantity",
                f"{at('n')}",
                {
                    "url": FHIR + "questionnaire-unit",
                    "valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg"},
                },
            ),
        ],
        [said("n", valueDecimal=3.5)],
        scores={"t": 3.5},
    ),
    Case(
        "an or with something unknown",
        [item("a", "boolean"), item("b", "boolean"), calculated("t", "boolean", f"{at('a')} or {at('b')}")],
        [said("b", valueBoolean=True)],
        values={"t": [True]},
    ),
]


@pytest.mark.parametrize("case", SCORES, ids=lambda case: case.name)
def test_scores(case: Case) -> None:
    assert outcome(case) == expected(case)
