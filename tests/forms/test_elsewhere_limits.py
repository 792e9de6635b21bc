"""What is wrong with an answer, as other makers' forms ask for it: the code and the linkId, and nothing else."""

import base64
from typing import Any

import pytest

from tests.forms.elsewhere import Case, expected, outcome, said
from tests.forms.make import FHIR, SCALE, SDC, item, scored, when

UCUM = "http://unitsofmeasure.org"
HIDDEN = {"url": FHIR + "questionnaire-hidden", "valueBoolean": True}


def limit(name: str, **value: Any) -> dict[str, Any]:
    return {"url": (SDC if "Quantity" in name else FHIR) + name, **value}


def quantity(value: float, code: str) -> dict[str, Any]:
    return {"value": value, "unit": code, "system": UCUM, "code": code}


def worked_out(name: str, kind: str, source: str) -> dict[str, Any]:
    """A limit that an expression gives."""
    value = {"language": "text/fhirpath", "expression": source}
    return {
        "url": FHIR + name,
        f"_value{kind}": {"extension": [{"url": FHIR + "cqf-expression", "valueExpression": value}]},
    }


def constraint(severity: str, source: str) -> dict[str, Any]:
    return {
        "url": FHIR + "targetConstraint",
        "extension": [
            {"url": "key", "valueId": "k1"},
            {"url": "severity", "valueCode": severity},
            {"url": "human", "valueString": "These two do not agree."},
            {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": source}},
        ],
    }


def judged(name: str, asked: dict[str, Any], given: dict[str, Any] | None, *wrong: str, severity: str = "e") -> Case:
    link_id = str(asked["linkId"])
    return Case(
        name,
        [asked],
        [] if given is None else [said(link_id, **given)],
        issues=[(severity, one, link_id) for one in wrong],
    )


def several(name: str, asked: dict[str, Any], given: list[dict[str, Any]], *wrong: str) -> Case:
    return Case(name, [asked], [said(asked["linkId"], *given)], issues=[("e", one, asked["linkId"]) for one in wrong])


def code(place: int) -> dict[str, Any]:
    return {"valueCoding": {"system": SCALE, "code": f"a{place}"}}


EMOJI = "\N{FACE WITH TEARS OF JOY}"
ALONE = [
    *scored(0, 1),
    {
        "valueCoding": {"system": SCALE, "code": "none"},
        "extension": [{"url": FHIR + "questionnaire-optionExclusive", "valueBoolean": True}],
    },
]
PHONE = limit("regex", valueString="[0-9]{4} ?[0-9]{3}")

SINGLE = [
    judged("required", item("a", required=True), None, "required"),
    judged("required, and false is an answer", item("a", "boolean", required=True), {"valueBoolean": False}),
    judged("required, and nought is an answer", item("a", "integer", required=True), {"valueInteger": 0}),
    judged("nobody can answer what is hidden", item("a", "string", HIDDEN, required=True), None),
    judged(
        "the least value is allowed", item("a", "integer", limit("minValue", valueInteger=18)), {"valueInteger": 18}
    ),
    judged(
        "below the least", item("a", "integer", limit("minValue", valueInteger=18)), {"valueInteger": 17}, "minValue"
    ),
    judged(
        "above the greatest",
        item("a", "decimal", limit("maxValue", valueDecimal=2.5)),
        {"valueDecimal": 2.51},
        "maxValue",
    ),
    judged(
        "a limit of another kind of number",
        item("a", "decimal", limit("maxValue", valueInteger=2)),
        {"valueDecimal": 2.01},
        "maxValue",
    ),
    judged(
        "a day before",
        item("a", "date", limit("minValue", valueDate="2020-01-01")),
        {"valueDate": "2019-12-31"},
        "minValue",
    ),
    judged(
        "a year that may be within", item("a", "date", limit("minValue", valueDate="2020-06-01")), {"valueDate": "2020"}
    ),
    judged(
        "a year that is before",
        item("a", "date", limit("minValue", valueDate="2020-06-01")),
        {"valueDate": "2019"},
        "minValue",
    ),
    judged(
        "too late in the day",
        item("a", "time", limit("maxValue", valueTime="17:00:00")),
        {"valueTime": "17:00:01"},
        "maxValue",
    ),
    judged(
        "the instant counts",
        item("a", "dateTime", limit("maxValue", valueDateTime="2026-01-01T00:00:00Z")),
        {"valueDateTime": "2026-01-01T00:30:00+01:00"},
    ),
    judged(
        "not in the future",
        item("a", "date", worked_out("maxValue", "Date", "today()")),
        {"valueDate": "2026-03-11"},
        "maxValue",
    ),
    judged(
        "today is not the future",
        item("a", "date", worked_out("maxValue", "Date", "today()")),
        {"valueDate": "2026-03-10"},
    ),
    judged(
        "within two years",
        item("a", "date", worked_out("minValue", "Date", "today() - 2 years")),
        {"valueDate": "2024-03-09"},
        "minValue",
    ),
    judged(
        "a quantity in another unit",
        item("a", "quantity", limit("questionnaire-maxQuantity", valueQuantity=quantity(2, "kg"))),
        {"valueQuantity": quantity(2001, "g")},
        "maxValue",
    ),
    judged(
        "just within in another unit",
        item("a", "quantity", limit("questionnaire-maxQuantity", valueQuantity=quantity(2, "kg"))),
        {"valueQuantity": quantity(2000, "g")},
    ),
    judged(
        "a unit that says nothing of it",
        item("a", "quantity", limit("questionnaire-minQuantity", valueQuantity=quantity(2, "kg"))),
        {"valueQuantity": quantity(9, "cm")},
        "minValueIncompatUnits",
    ),
    judged(
        "a unit that is not offered",
        item("a", "quantity", limit("questionnaire-unitOption", valueCoding={"system": UCUM, "code": "kg"})),
        {"valueQuantity": quantity(9, "g")},
        "invalidUnit",
    ),
    judged("as long as may be", item("a", maxLength=3), {"valueString": "abc"}),
    judged("too long", item("a", maxLength=3), {"valueString": "abcd"}, "maxLength"),
    judged("characters are counted, not their bytes", item("a", maxLength=3), {"valueString": EMOJI * 3}),
    judged("four of them are four", item("a", maxLength=3), {"valueString": EMOJI * 4}, "maxLength"),
    judged("too short", item("a", "string", limit("minLength", valueInteger=2)), {"valueString": "x"}, "minLength"),
    judged("the pattern is for the whole text", item("a", "string", PHONE), {"valueString": "1234 567"}),
    judged("not for a part at the end", item("a", "string", PHONE), {"valueString": "x1234567"}, "regex"),
    judged("nor for a part at the beginning", item("a", "string", PHONE), {"valueString": "12345678"}, "regex"),
    judged(
        "either side of a choice stands for the whole",
        item("a", "string", limit("regex", valueString="ab|cd")),
        {"valueString": "abd"},
        "regex",
    ),
    judged(
        "anchors change nothing", item("a", "string", limit("regex", valueString="^[A-Z]{2}$")), {"valueString": "AB"}
    ),
    judged(
        "a dot takes what is no letter",
        item("a", "string", limit("regex", valueString=".{2}")),
        {"valueString": EMOJI + "x"},
    ),
    judged(
        "places after the point",
        item("a", "decimal", limit("maxDecimalPlaces", valueInteger=1)),
        {"valueDecimal": 1.25},
        "maxDecimalPlaces",
    ),
    judged(
        "noughts at the end are no places",
        item("a", "decimal", limit("maxDecimalPlaces", valueInteger=1)),
        {"valueDecimal": 1.5},
    ),
    judged("a text for a number", item("a", "integer"), {"valueString": "3"}, "invalidAnswerType"),
    judged("a number in quotes", item("a", "integer"), {"valueInteger": "3"}, "invalidAnswerType"),
    judged("a part of a number", item("a", "integer"), {"valueInteger": 3.5}, "invalidAnswerType"),
    judged("a decimal for a whole number", item("a", "integer"), {"valueDecimal": 3}, "invalidAnswerType"),
    judged("a moment for a day", item("a", "date"), {"valueDateTime": "2026-01-01T00:00:00Z"}, "invalidAnswerType"),
    judged("a day that never was", item("a", "date"), {"valueDate": "2026-02-29"}, "invalidAnswerType"),
    judged("a leap day that was", item("a", "date"), {"valueDate": "2024-02-29"}),
    judged("a clock without seconds", item("a", "time"), {"valueTime": "12:30"}, "invalidAnswerType"),
    judged(
        "a moment without its zone",
        item("a", "dateTime"),
        {"valueDateTime": "2026-01-01T10:00:00"},
        "invalidAnswerType",
    ),
    judged("a line too many", item("a"), {"valueString": "x\ny"}, "invalidNewLine"),
    judged("lines in a text", item("a", "text"), {"valueString": "x\ny"}),
    judged("no address", item("a", "url"), {"valueUri": "not a url"}, "invalidUrlValue"),
    judged("not on offer", item("a", "choice", answerOption=scored(0, 1)), code(7), "invalidAnswerOption"),
    judged(
        "the right code of another system",
        item("a", "choice", answerOption=scored(0, 1)),
        {"valueCoding": {"system": "urn:x", "code": "a0"}},
        "invalidAnswerOption",
    ),
    judged(
        "words of one's own",
        item("a", "choice", answerOption=scored(0, 1)),
        {"valueString": "other"},
        "invalidAnswerType",
    ),
    judged(
        "words of one's own where they may be",
        item("a", "open-choice", answerOption=scored(0, 1)),
        {"valueString": "other"},
    ),
    judged(
        "a number on offer",
        item("a", "choice", answerOption=[{"valueInteger": 1}, {"valueInteger": 2}]),
        {"valueInteger": 2},
    ),
    judged(
        "a number not on offer",
        item("a", "choice", answerOption=[{"valueInteger": 1}, {"valueInteger": 2}]),
        {"valueInteger": 3},
        "invalidAnswerOption",
    ),
    judged(
        "a text on offer",
        item("a", "choice", answerOption=[{"valueString": "red"}]),
        {"valueString": "Red"},
        "invalidAnswerOption",
    ),
    several("one answer to one question", item("a", "integer"), [{"valueInteger": 1}, {"valueInteger": 2}], "repeats"),
    several(
        "none of these, and one of these",
        item("a", "choice", repeats=True, answerOption=ALONE),
        [code(0), {"valueCoding": {"system": SCALE, "code": "none"}}],
        "exclusiveAnswerOption",
    ),
    several(
        "none of these alone",
        item("a", "choice", repeats=True, answerOption=ALONE),
        [{"valueCoding": {"system": SCALE, "code": "none"}}],
    ),
    several(
        "too many",
        item("a", "integer", limit("questionnaire-maxOccurs", valueInteger=2), repeats=True),
        [{"valueInteger": n} for n in range(3)],
        "maxCount",
    ),
    several(
        "too few",
        item("a", "integer", limit("questionnaire-minOccurs", valueInteger=2), repeats=True, required=True),
        [{"valueInteger": 1}],
        "minCount",
    ),
    several(
        "each of several keeps to the limit",
        item("a", "integer", limit("maxValue", valueInteger=2), repeats=True),
        [{"valueInteger": 1}, {"valueInteger": 3}],
        "maxValue",
    ),
    judged(
        "a file of another kind",
        item("a", "attachment", limit("mimeType", valueCode="image/png")),
        {"valueAttachment": {"contentType": "image/gif", "data": base64.b64encode(b"x").decode()}},
        "invalidAttachmentType",
    ),
    judged(
        "a file that is too large",
        item("a", "attachment", limit("maxSize", valueDecimal=2)),
        {"valueAttachment": {"contentType": "image/gif", "data": base64.b64encode(b"xxxx").decode()}},
        "maxAttachmentSize",
    ),
    judged("an answer to a text", item("a", "display"), {"valueString": "x"}, "displayAnswer"),
]

WHOLE = [
    Case(
        "of two values in one answer neither counts",
        [item("a", "integer")],
        [{"linkId": "a", "answer": [{"valueInteger": 1, "valueString": "x"}]}],
        "a",
        issues=[("e", "invalidAnswerType", "a")],
        values={"a": []},
    ),
    Case(
        "a question that nobody asked",
        [item("a")],
        [said("zz", valueString="x")],
        "a",
        issues=[("e", "invalidLinkId", "zz")],
    ),
    Case(
        "in the wrong place",
        [item("g", "group", items=[item("a")]), item("b")],
        [said("a", valueString="x")],
        "g a b",
        issues=[("e", "invalidNesting", "a")],
    ),
    Case(
        "required where it does not apply is not missing",
        [item("q", "boolean"), item("a", required=True, when=[when("q", answerBoolean=True)])],
        [said("q", valueBoolean=False)],
        "q",
    ),
    Case(
        "required where it does",
        [item("q", "boolean"), item("a", required=True, when=[when("q", answerBoolean=True)])],
        [said("q", valueBoolean=True)],
        "q a",
        issues=[("e", "required", "a")],
    ),
    Case(
        "required in each instance that there is",
        [item("g", "group", repeats=True, items=[item("a", required=True), item("b")])],
        [said("g", items=[said("a", valueString="x")]), said("g", items=[said("b", valueString="x")])],
        "g a b g[2] a[2] b[2]",
        issues=[("e", "required", "a")],
    ),
    Case(
        "an instance that nobody began asks nothing",
        [item("g", "group", repeats=True, items=[item("a", required=True), item("b")])],
        [],
        "g a b",
    ),
    Case(
        "too many instances",
        [item("g", "group", limit("questionnaire-maxOccurs", valueInteger=1), repeats=True, items=[item("a")])],
        [said("g", items=[said("a", valueString="x")]), said("g", items=[said("a", valueString="y")])],
        "g a g[2] a[2]",
        issues=[("e", "maxCount", "g")],
    ),
    Case(
        "a group that does not repeat stands once",
        [item("g", "group", items=[item("a", repeats=True)])],
        [said("g", items=[said("a", valueString="x")]), said("g", items=[said("a", valueString="y")])],
        "g a",
        issues=[("e", "repeats", "g")],
    ),
    Case(
        "a constraint between two, as an error",
        [
            item(
                "g",
                "group",
                constraint("error", "item.where(linkId='a').answer.value < item.where(linkId='b').answer.value"),
                items=[item("a", "integer"), item("b", "integer")],
            ),
        ],
        [said("g", items=[said("a", valueInteger=3), said("b", valueInteger=2)])],
        "g a b",
        issues=[("e", "invariant", "g")],
    ),
    Case(
        "the same as a warning",
        [item("a", "integer", constraint("warning", "answer.value < 10"))],
        [said("a", valueInteger=30)],
        "a",
        issues=[("w", "invariant", "a")],
    ),
    Case(
        "a constraint over the whole form",
        [item("a", "integer"), item("b", "integer")],
        [said("a", valueInteger=3), said("b", valueInteger=2)],
        "a b",
        issues=[("e", "invariant", None)],
        form={"extensions": [constraint("error", "%resource.item.answer.value.sum() = 6")]},
    ),
    Case(
        "a constraint that cannot tell is kept",
        [
            item("a", "integer", constraint("error", "answer.value < %resource.item.where(linkId='b').answer.value")),
            item("b", "integer"),
        ],
        [said("a", valueInteger=30)],
        "a b",
    ),
    Case(
        "the greatest value comes from another answer",
        [
            item("total", "integer"),
            item(
                "part",
                "integer",
                worked_out("maxValue", "Integer", "%resource.item.where(linkId='total').answer.value"),
            ),
        ],
        [said("total", valueInteger=5), said("part", valueInteger=6)],
        "total part",
        issues=[("e", "maxValue", "part")],
    ),
    Case(
        "items of the response in another order say the same",
        [item("a", "integer"), item("b", when=[when("a", answerInteger=1)])],
        [said("b", valueString="x"), said("a", valueInteger=1)],
        "a b",
    ),
    Case(
        "a group with an answer of its own",
        [item("g", "group", items=[item("a")])],
        [{"linkId": "g", "answer": [{"valueString": "x"}], "item": [said("a", valueString="x")]}],
        "g a",
        issues=[("e", "groupShouldNotHaveAnswers", "g")],
    ),
    Case(
        "below a question items stand below its answer",
        [item("q", "boolean", items=[item("a")])],
        [{"linkId": "q", "answer": [{"valueBoolean": True}], "item": [said("a", valueString="x")]}],
        "q a",
        issues=[("e", "invalidNesting", "q")],
    ),
]


@pytest.mark.parametrize("case", [*SINGLE, *WHOLE], ids=lambda case: case.name)
def test_issues(case: Case) -> None:
    assert outcome(case) == expected(case)
