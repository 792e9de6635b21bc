"""What is told of a form and of a response so that nothing is passed over: what steers and is not known, what is asked
for where it never stands, what an unfinished response may lack, and how much is read."""

from datetime import timedelta
from typing import Any

import pytest

from tests.forms.elsewhere import (
    NOW,
    UCUM,
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
from tests.forms.make import FHIR, SDC, codes, expression, item, problems, source
from workwell_desktop.forms import check_form, fill


def worked(url: str, written: str, language: str = "text/fhirpath") -> dict[str, Any]:
    return {"url": url, "valueExpression": {"language": language, "expression": written}}


@pytest.mark.parametrize(
    "url",
    [
        FHIR + "questionnaire-calculatedExpression",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/calculatedExpression",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/questionnaire-calculatedExpression",
    ],
)
def test_what_steers_is_known_at_the_addresses_that_it_had_before(url: str) -> None:
    case = Case("moved", [item("a", "integer", worked(url, "1 + 1"))], scores={"a": 2})
    assert outcome(case) == expected(case)


UNKNOWN: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    (worked(SDC + "questionnaire-calculatedExpresion", "1"), [("error", "steersElsewhere")]),
    (worked("http://example.com/fhir/calculatedExpression", "1"), [("error", "steersElsewhere")]),
    ({"url": "http://example.com/ext-enableWhenExpression", "valueString": "x"}, [("error", "steersElsewhere")]),
    (worked("http://example.com/fhir/readAloud", "1"), [("warning", "extensionUnused")]),
    (worked(SDC + "questionnaire-contextExpression", "1"), [("warning", "extensionUnused")]),
    ({"url": FHIR + "questionnaire-usageMode", "valueCode": "display"}, [("warning", "extensionUnused")]),
    ({"url": "http://example.com/fhir/colour", "valueCode": "red"}, []),
    ({"url": FHIR + "minValue", "valueString": "abc"}, [("warning", "limitUnreadable")]),
    ({"url": FHIR + "maxValue", "valueDate": "2020-01-01"}, [("warning", "limitUnreadable")]),
    ({"url": FHIR + "maxSize", "valueString": "big"}, [("warning", "limitUnreadable")]),
]


@pytest.mark.parametrize(("extension", "told"), UNKNOWN, ids=lambda part: str(part)[:60])
def test_nothing_that_steers_is_passed_over(extension: dict[str, Any], told: list[tuple[str, str]]) -> None:
    found = problems(item("a", "integer", extension), item("b", "integer", extension))
    assert {one[:2] for one in codes(found)} == set(told)
    steers = ("error", "steersElsewhere") in told
    assert check_form(source(item("a", "integer", extension))).status == ("refused" if steers else "ready")


def test_an_unused_extension_is_told_of_once() -> None:
    mode = {"url": FHIR + "questionnaire-usageMode", "valueCode": "display"}
    found = problems(item("a", "integer", mode), item("b", "integer", mode))
    assert codes(found) == [("warning", "extensionUnused", "a")]


UNITS = [{"url": FHIR + "questionnaire-unitOption", "valueCoding": {"system": UCUM, "code": "kg"}}]
OPEN = {"url": SDC + "questionnaire-unitOpen", "valueCode": "optionsOrType"}
FURTHER = {"url": SDC + "questionnaire-unitSupplementalSystem", "valueCanonical": UCUM}


@pytest.mark.parametrize(
    ("more", "unit", "right"),
    [([], "g", False), ([], "kg", True), ([OPEN], "g", True), ([FURTHER], "g", True)],
)
def test_further_units_are_taken_where_the_form_says_so(more: list[Any], unit: str, right: bool) -> None:
    issues = () if right else [("e", "invalidUnit", "a")]
    given = [said("a", valueQuantity=amount(1, unit))]
    case = Case("units", [item("a", "quantity", *UNITS, *more)], given, issues=issues)
    assert outcome(case) == expected(case)


@pytest.mark.parametrize(
    ("behaviour", "operator", "enabled"),
    [(None, None, "a b c"), ("all", None, "a b"), ("any", None, "a b c"), ("all", "!=", "a b c")],
)
def test_stu3_says_by_extensions_what_r4_has_elements_for(
    behaviour: str | None, operator: str | None, enabled: str
) -> None:
    older = "http://hl7.org/fhir/4.0/StructureDefinition/extension-Questionnaire.item."
    first: dict[str, Any] = {"question": "a", "answerBoolean": True}
    second: dict[str, Any] = {"question": "b", "answerBoolean": True}
    if operator:
        second["extension"] = [{"url": older + "enableWhen.operator", "valueCode": operator}]
    said_so = [{"url": older + "enableBehavior", "valueCode": behaviour}] if behaviour else []
    case = Case(
        "stu3",
        [item("a", "boolean"), item("b", "boolean"), item("c", "display", *said_so, when=[first, second])],
        [said("a", valueBoolean=True), said("b", valueBoolean=False)],
        enabled=enabled,
    )
    assert outcome(case) == expected(case)


def test_a_limit_that_is_worked_out_may_be_a_part_of_a_whole_and_says_where_it_has_no_result() -> None:
    limited = [
        item("n", "decimal"),
        item("a", "integer", {"url": FHIR + "minValue", "valueExpression": worked("", at("n"))["valueExpression"]}),
        item("b", "integer", {"url": FHIR + "maxValue", "valueExpression": worked("", "'x'")["valueExpression"]}),
    ]
    case = Case(
        "limits",
        limited,
        [said("n", valueDecimal=2.5), said("a", valueInteger=2), said("b", valueInteger=3)],
        issues=[("e", "minValue", "a"), ("w", "expressionFailed", "b")],
    )
    assert outcome(case) == expected(case)


@pytest.mark.parametrize(
    ("status", "severity"),
    [("completed", "error"), ("amended", "error"), (None, "error"), ("in-progress", "warning"), ("stopped", "warning")],
)
def test_what_is_not_finished_may_lack_answers_and_no_more(status: str | None, severity: str) -> None:
    asked = [
        item("a", required=True),
        item(
            "g", "group", {"url": FHIR + "questionnaire-minOccurs", "valueInteger": 2}, repeats=True, items=[item("b")]
        ),
        item("n", "integer", {"url": FHIR + "minValue", "valueInteger": 5}),
    ]
    answers = [said("g", items=[said("b", valueString="x")]), said("n", valueInteger=1)]
    given = {"resourceType": "QuestionnaireResponse", "item": answers, **({"status": status} if status else {})}
    found = [(one["code"], one["severity"]) for one in fill(source(*asked), given, NOW)["issues"]]
    assert found == [("required", severity), ("minCount", severity), ("minValue", "error")]


def test_the_same_answers_give_the_same_response_whenever_they_are_read() -> None:
    given = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [said("a", valueString="x")]}
    once, later = (fill(source(item("a")), given, moment) for moment in (NOW, NOW + timedelta(days=2)))
    assert once == later
    assert "authored" not in once["response"]


def test_no_text_of_fhir_holds_what_cannot_be_written() -> None:
    assert codes(problems(item("a\x00")))[0] == ("error", "linkIdMissing", None)
    asked = [item("a"), item("c", "open-choice", answerOption=coded("x")), item("q", "quantity")]
    wrong = [("e", "invalidAnswerType", name) for name in "acq"]
    given = [
        said("a", valueString="x\x00y"),
        said("c", **code("x", display="\x1b[2J")),
        said("q", valueQuantity=amount(1, "k\x07g")),
    ]
    case = Case("control", asked, given, issues=wrong)
    assert outcome(case) == expected(case)


@pytest.mark.parametrize(
    ("source", "never"),
    [
        (at("b"), ["b"]),
        (at("zz"), ["zz"]),
        ("%resource.item.where(linkId='q').item.where(linkId='k').answer.value", ["k"]),
        ("%resource.item.where(linkId='q').answer.item.where(linkId='k').answer.value", []),
        ("%resource.repeat(item).where(linkId='b').answer.value", []),
        ("%questionnaire.item.where(linkId='zz').text.length()", []),
    ],
)
def test_what_is_asked_for_where_it_never_stands_is_told(source: str, never: list[str]) -> None:
    asked = [item("g", "group", items=[item("b", "integer")]), item("q", "boolean", items=[item("k", "integer")])]
    found = problems(*asked, calculated("t", "integer", source))
    assert [(one.code, one.link_id, f"“{name}”" in one.message) for one, name in zip(found, never, strict=True)] == [
        ("linkNever", "t", True) for _ in never
    ]


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        ("reference", {"valueReference": {"identifier": {"system": "http://example.org", "value": "7"}}}, True),
        ("reference", {"valueReference": {"type": "Patient"}}, False),
        ("quantity", {"valueQuantity": {**amount(5, "kg"), "comparator": "<"}}, False),
    ],
)
def test_answers_that_say_more_or_less_than_a_value(kind: str, value: dict[str, Any], right: bool) -> None:
    issues = () if right else [("e", "invalidAnswerType", "a")]
    case = Case("answer", [item("a", kind)], [said("a", **value)], issues=issues)
    assert outcome(case) == expected(case)


@pytest.mark.parametrize(
    ("named", "told"),
    [("http://example.org/form|1", False), ("http://example.org/form", False), ("#q", False),
     ("http://example.org/form|2", True), ("http://example.org/other|1", True)],
)  # fmt: skip
def test_a_response_to_another_version_is_told(named: str, told: bool) -> None:
    given = {"resourceType": "QuestionnaireResponse", "questionnaire": named, "status": "completed"}
    found = [(one["severity"], one["code"]) for one in fill(source(item("a")), given, NOW)["issues"]]
    assert found == ([("warning", "questionnaireNotFound")] if told else [])


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("'a'.matches('(?=a)a')", "(?=a)a"),
        ("'a'.matchesFull('[')", "["),
        ("'abc'.replaceMatches('(b)', '$1') = 'abc'", "$1"),
    ],
)
def test_a_pattern_that_is_written_out_is_tried_when_the_form_is_read(source: str, what: str) -> None:
    found = problems(item("a", "boolean", expression("calculated", source)))
    assert [(one.code, what in one.message) for one in found] == [("expression.pattern", True)]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("%resource.items.exists()", ["items"]),
        ("%resource.item.where(linkId='n').answers.exists()", ["answers"]),
        ("%resource.item.where(linkId='n').answer.text.exists()", ["text"]),
        ("%resource.item.where(linkId='n').answer.valueInteger.exists()", []),
        ("%resource.authored.exists()", []),
        ("%patient.whatever.exists()", []),
    ],
)
def test_an_element_that_nothing_has_is_told(source: str, told: list[str]) -> None:
    found = problems(item("n", "integer"), item("a", "boolean", expression("calculated", source)))
    assert [one.code for one in found] == ["elementNever" for _ in told]
    assert all(f"“{name}”" in one.message for name, one in zip(told, found, strict=True))


@pytest.mark.parametrize(("number", "enabled"), [(4, "n a"), (3, "n")])
def test_whether_an_item_exists_by_a_condition_reads_that_item_alone(number: int, enabled: str) -> None:
    gate = expression("enabled", "%resource.item.exists(linkId = 'n' and answer.value > 3)")
    case = Case("exists", [item("n", "integer"), item("a", "string", gate)], numbers_of(n=number), enabled=enabled)
    assert outcome(case) == expected(case)


def numbers_of(**given: int) -> list[dict[str, Any]]:
    return [said(name, valueInteger=one) for name, one in given.items()]


def test_what_grows_by_doubling_is_read_in_good_time() -> None:
    """Variables that name one twice, and sweeps by many expressions over many items: counted in steps, not seconds."""
    doubling = [variable("x0", at("a")), *(variable(f"x{n}", f"%x{n - 1} + %x{n - 1}") for n in range(1, 60))]
    one = Case("doubling", [item("a", "integer"), calculated("t", "decimal", "%x59")], numbers_of(a=1),
               scores={"t": 2**59}, form={"extension": doubling})  # fmt: skip
    assert outcome(one) == expected(one)
    swept = [item(f"q{n}", "choice", answerOption=coded("a1")) for n in range(300)]
    many = [
        calculated(f"t{n}", "integer", f"%resource.item.where(answer.value.code = 'a1').count() + {n}")
        for n in range(300)
    ]
    assert problems(*swept, *many) == []


def test_an_expression_without_end_is_refused() -> None:
    chain = " + ".join(["1"] * 302)
    assert [one.code for one in problems(item("a", "integer", expression("calculated", chain)))] == ["expression.limit"]
    nested = "(" * 50 + " + ".join(["1"] * 300) + (" + " + " + ".join(["1"] * 200) + ")") * 50
    found = problems(item("a", "integer", expression("calculated", nested)))
    assert [one.code for one in found if one.severity == "error"] in (["expression.limit"], ["tooDeep"])


def test_a_question_takes_so_many_answers_and_no_more() -> None:
    given = [{"valueInteger": n} for n in range(1001)]
    case = Case("many", [item("a", "integer", repeats=True), calculated("t", "integer", f"{at('a')}.count()")],
                [said("a", *given)], scores={"t": 1000}, issues=[("e", "maxCount", "a")])  # fmt: skip
    assert outcome(case) == expected(case)
