"""Every construct that is promised, each with a small questionnaire: what it asks, and what it says of an answer."""

import json
from typing import Any

import pytest

from tests.forms.make import FHIR, NOW, SCALE, SDC, expression, form, item, scored, source, when
from workwell_desktop.forms import Run, check_form, fill, plain


def extension(name: str, kind: str, value: Any, base: str = FHIR) -> dict[str, Any]:
    return {"url": base + name, "value" + kind: value}


def answered(link_id: str, *values: dict[str, Any], items: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"linkId": link_id}
    if values:
        made["answer"] = list(values)
    if items is not None:
        made["item"] = items
    return made


def quantity(value: float, unit: str | None = None) -> dict[str, Any]:
    coded = {"unit": unit, "code": unit, "system": "http://unitsofmeasure.org"} if unit else {}
    return {"value": value, **coded}


def filled(questionnaire: bytes, *items: dict[str, Any]) -> dict[str, Any]:
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}
    return plain(fill(questionnaire, response, NOW))  # type: ignore[no-any-return]


def told(found: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["code"], one["linkId"]) for one in found["issues"]]


KG = quantity(1, "kg")
CODE = {"system": SCALE, "code": "a1"}
OPTIONS = {"answerOption": scored(0, 1)}
WHEN: list[tuple[str, dict[str, Any], str, dict[str, Any], list[dict[str, Any]], bool]] = [
    ("boolean", {}, "=", {"answerBoolean": True}, [{"valueBoolean": True}], True),
    ("boolean", {}, "=", {"answerBoolean": True}, [{"valueBoolean": False}], False),
    ("boolean", {}, "!=", {"answerBoolean": True}, [], False),
    ("integer", {}, ">=", {"answerInteger": 3}, [{"valueInteger": 3}], True),
    ("integer", {}, "<", {"answerInteger": 3}, [{"valueInteger": 3}], False),
    ("decimal", {}, "=", {"answerInteger": 3}, [{"valueDecimal": 3.0}], True),
    ("decimal", {}, "<=", {"answerDecimal": 0.3}, [{"valueDecimal": 0.3}], True),
    ("quantity", {}, "=", {"answerQuantity": KG}, [{"valueQuantity": quantity(1000, "g")}], True),
    ("quantity", {}, ">", {"answerQuantity": KG}, [{"valueQuantity": quantity(2000, "g")}], True),
    ("quantity", {}, "=", {"answerQuantity": KG}, [{"valueQuantity": quantity(1, "cm")}], False),
    ("quantity", {}, "=", {"answerQuantity": KG}, [{"valueQuantity": quantity(1)}], False),
    ("date", {}, ">", {"answerDate": "2020-05"}, [{"valueDate": "2020-06-03"}], True),
    ("date", {}, ">", {"answerDate": "2020-05"}, [{"valueDate": "2020-05-03"}], False),
    ("dateTime", {}, "=", {"answerDateTime": "2020-05-01T10:00:00Z"}, [{"valueDateTime": "2020-05-01T11:00:00+01:00"}],
     True),
    ("time", {}, ">", {"answerTime": "10:00:00"}, [{"valueTime": "10:00:01"}], True),
    ("string", {}, "=", {"answerString": "abc"}, [{"valueString": "ABC"}], False),
    ("string", {}, "!=", {"answerString": "abc"}, [{"valueString": "ABC"}], True),
    ("url", {}, "=", {"answerUri": "http://a.b"}, [{"valueUri": "http://a.b"}], True),
    ("choice", OPTIONS, "=", {"answerCoding": CODE}, [{"valueCoding": {**CODE, "display": "Other words"}}], True),
    ("choice", OPTIONS, "=", {"answerCoding": {"code": "a1"}}, [{"valueCoding": CODE}], True),
    ("choice", OPTIONS, "=", {"answerCoding": CODE}, [{"valueCoding": {"system": "other", "code": "a1"}}], False),
    ("choice", {"answerOption": [{"valueString": "blue"}]}, "=", {"answerString": "blue"}, [{"valueString": "blue"}],
     True),
    ("choice", {"answerOption": [{"valueInteger": 2}, {"valueInteger": 3}]}, ">", {"answerInteger": 2},
     [{"valueInteger": 3}], True),
    ("open-choice", OPTIONS, "=", {"answerString": "own"}, [{"valueString": "own"}], True),
    ("string", {}, "exists", {"answerBoolean": False}, [], True),
    ("string", {}, "exists", {"answerBoolean": False}, [{"valueString": "x"}], False),
    ("string", {}, "exists", {"answerBoolean": True}, [{"valueString": "x"}], True),
    ("attachment", {}, "exists", {"answerBoolean": True}, [{"valueAttachment": {"contentType": "text/plain"}}], True),
    ("integer", {"repeats": True}, ">", {"answerInteger": 3}, [{"valueInteger": 1}, {"valueInteger": 5}], True),
    ("integer", {"repeats": True}, "!=", {"answerInteger": 3}, [{"valueInteger": 3}, {"valueInteger": 5}], False),
    ("string", {}, "=", {"answerInteger": 3}, [{"valueString": "3"}], False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "operator", "answer", "values", "holds"), WHEN)
def test_a_condition_by_type_and_operator(
    kind: str,
    more: dict[str, Any],
    operator: str,
    answer: dict[str, Any],
    values: list[dict[str, Any]],
    holds: bool,
) -> None:
    asked = source(item("x", kind, **more), item("y", when=[when("x", operator, **answer)]))
    found = filled(asked, *([answered("x", *values)] if values else []))
    assert ("y" in found["enabled"]) is holds


VALIDATED: list[tuple[dict[str, Any], list[dict[str, Any]], list[str]]] = [
    (item("x", "integer", extension("minValue", "Integer", 1)), [{"valueInteger": 0}], ["minValue"]),
    (item("x", "integer", extension("maxValue", "Integer", 5)), [{"valueInteger": 6}], ["maxValue"]),
    (item("x", "integer"), [{"valueDecimal": 6}], ["invalidAnswerType"]),
    (item("x", "integer", extension("regex", "String", "[0-9]{3}")), [{"valueInteger": 12}], ["regex"]),
    (item("x", "decimal", extension("maxDecimalPlaces", "Integer", 1)), [{"valueDecimal": 0.25}], ["maxDecimalPlaces"]),
    (item("x", "quantity", extension("minValue", "Decimal", 1)), [{"valueQuantity": quantity(0.5, "kg")}],
     ["minValue"]),
    (item("x", "quantity", extension("minValue", "Decimal", 1)), [{"valueQuantity": quantity(5, "kg")}], []),
    (item("x", "quantity", extension("questionnaire-minQuantity", "Quantity", KG, SDC)),
     [{"valueQuantity": quantity(900, "g")}], ["minValue"]),
    (item("x", "quantity", extension("questionnaire-maxQuantity", "Quantity", KG, SDC)),
     [{"valueQuantity": quantity(9, "cm")}], ["maxValueIncompatUnits"]),
    (item("x", "quantity", extension("questionnaire-unitOption", "Coding", {"code": "kg"})),
     [{"valueQuantity": quantity(9, "cm")}], ["invalidUnit"]),
    (item("x", "string", extension("minLength", "Integer", 2)), [{"valueString": "a"}], ["minLength"]),
    (item("x", "string", extension("regex", "String", "[a-z]+"), maxLength=3), [{"valueString": "ABCD"}],
     ["maxLength", "regex"]),
    (item("x", "string"), [{"valueString": "a\nb"}], ["invalidNewLine"]),
    (item("x", "string"), [{"valueString": "a"}, {"valueString": "b"}], ["repeats"]),
    (item("x", "string"), [{"valueString": ""}], ["invalidAnswerType"]),
    (item("x", "string", extension("questionnaire-minOccurs", "Integer", 2), repeats=True), [{"valueString": "a"}],
     ["minCount"]),
    (item("x", "string", extension("questionnaire-maxOccurs", "Integer", 1), repeats=True),
     [{"valueString": "a"}, {"valueString": "b"}], ["maxCount"]),
    (item("x", "date", extension("maxValue", "Date", "2020-12-31")), [{"valueDate": "2021-01-01"}], ["maxValue"]),
    (item("x", "date"), [{"valueDate": "2020-02-30"}], ["invalidAnswerType"]),
    (item("x", "dateTime"), [{"valueDateTime": "2020-01-01T10:00"}], ["invalidAnswerType"]),
    (item("x", "dateTime"), [{"valueDateTime": "2020-01-01T10:00:00.123Z"}], []),
    (item("x", "time"), [{"valueTime": "10:00"}], ["invalidAnswerType"]),
    (item("x", "time"), [{"valueTime": "25:00:00"}], ["invalidAnswerType"]),
    (item("x", "time"), [{"valueTime": "10:00:00.5"}], []),
    (item("x", "url"), [{"valueUri": "not a url"}], ["invalidUrlValue"]),
    (item("x", "attachment", extension("mimeType", "Code", "image/png"), extension("maxSize", "Decimal", 10)),
     [{"valueAttachment": {"contentType": "text/plain", "data": "A" * 40}}],
     ["invalidAttachmentType", "maxAttachmentSize"]),
    (item("x", "choice", **OPTIONS), [{"valueCoding": {"code": "a9"}}], ["invalidAnswerOption"]),
    (item("x", "choice", **OPTIONS), [{"valueString": "own"}], ["invalidAnswerType"]),
    (item("x", "open-choice", **OPTIONS), [{"valueString": "own"}], []),
    (item("x", "display"), [{"valueString": "own"}], ["displayAnswer"]),
    (item("x", "group"), [{"valueString": "own"}], ["groupShouldNotHaveAnswers"]),
    (item("x", "choice", repeats=True, answerOption=[*scored(0), {
        "valueCoding": {"code": "none"}, "extension": [extension("questionnaire-optionExclusive", "Boolean", True)]}]),
     [{"valueCoding": {"code": "none"}}, {"valueCoding": {"system": SCALE, "code": "a0"}}], ["exclusiveAnswerOption"]),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "values", "wanted"), VALIDATED)
def test_what_is_said_of_an_answer(asked: dict[str, Any], values: list[dict[str, Any]], wanted: list[str]) -> None:
    assert told(filled(source(asked), answered("x", *values))) == [(code, "x") for code in wanted]


def test_an_answer_option_is_switched_by_its_code_whatever_words_stand_beside_it() -> None:
    toggle = {
        "url": SDC + "questionnaire-answerOptionsToggleExpression",
        "extension": [
            {"url": "option", "valueCoding": CODE},
            {
                "url": "expression",
                "valueExpression": {
                    "language": "text/fhirpath",
                    "expression": "%resource.item.where(linkId='b').answer.value",
                },
            },
        ],
    }
    asked = source(item("b", "boolean"), item("x", "choice", toggle, **OPTIONS))
    chosen = answered("x", {"valueCoding": CODE})
    assert told(filled(asked, chosen)) == [("invalidAnswerOption", "x")]
    assert told(filled(asked, answered("b", {"valueBoolean": True}), chosen)) == []


def test_an_answer_is_one_of_those_that_an_expression_offers() -> None:
    asked = source(
        item("b", "choice", repeats=True, **OPTIONS),
        item("x", "choice", expression("answers", "%resource.item.where(linkId='b').answer.value")),
    )
    before = answered("b", {"valueCoding": CODE})
    assert told(filled(asked, before, answered("x", {"valueCoding": CODE}))) == []
    other = answered("x", {"valueCoding": {**CODE, "code": "a0"}})
    assert told(filled(asked, before, other)) == [("invalidAnswerOption", "x")]


def test_a_condition_without_a_result_is_told_and_not_taken_for_no() -> None:
    asked = source(
        item("x", "integer", repeats=True),
        item("y", "string", expression("enabled", "%resource.item.where(linkId='x').answer.value > 3")),
    )
    found = filled(asked, answered("x", {"valueInteger": 3}, {"valueInteger": 4}))
    assert "y" not in found["enabled"]
    assert told(found) == [("expressionFailed", "y")]


def test_a_repeating_question_with_items_below_begins_with_an_instance_for_each_initial_answer() -> None:
    below = [item("k", "integer")]
    run = Run(form(item("x", repeats=True, initial=[{"valueString": "a"}, {"valueString": "b"}], items=below)), now=NOW)
    assert run.response()["item"][0]["answer"] == [{"valueString": "a"}, {"valueString": "b"}]


WEIGHED = [
    {"extension": [extension("itemWeight", "Decimal", 4)]},
    {"property": [{"code": "itemWeight", "valueDecimal": 4}]},
]


@pytest.mark.parametrize("weighed", WEIGHED)
@pytest.mark.parametrize("whole", [True, False])
def test_a_code_has_the_score_that_its_code_system_gives_it(weighed: dict[str, Any], whole: bool) -> None:
    include: dict[str, Any] = {"system": "s"} if whole else {"system": "s", "concept": [{"code": "1"}]}
    asked = source(
        item("x", "choice", answerValueSet="#v"),
        item("t", "decimal", expression("calculated", "%resource.item.where(linkId='x').answer.value.weight()")),
        contained=[
            {"resourceType": "CodeSystem", "url": "s", "content": "complete", "concept": [{"code": "1", **weighed}]},
            {"resourceType": "ValueSet", "id": "v", "compose": {"include": [include]}},
        ],
    )
    found = filled(asked, answered("x", {"valueCoding": {"system": "s", "code": "1"}}))
    assert [(one["linkId"], one["value"]) for one in found["scores"]] == [("t", 4)]


SETS = [
    ({"compose": {"include": [{"system": "s", "concept": [{"code": "1"}]}, {"system": "t"}]}}, None),
    ({"compose": {"include": [{"system": "s", "filter": [{"property": "concept"}]}]}}, None),
    ({"compose": {"include": [{"system": "s", "concept": [{"code": "1"}]}], "exclude": [{"system": "s"}]}}, None),
    ({"compose": {"include": [{"valueSet": ["#v"]}]}}, None),
    ({"expansion": {"total": 0}}, None),
    (
        {"compose": {"include": [{"system": system, "concept": [{"code": system}]} for system in "st"]}},
        ["s", "t"],
    ),
    (
        {
            "expansion": {
                "contains": [{"system": "s", "code": "0", "abstract": True, "contains": [{"system": "s", "code": "1"}]}]
            }
        },
        ["1"],
    ),
]


@pytest.mark.parametrize(("content", "wanted"), SETS)
def test_a_value_set_gives_its_codes_or_refuses_the_form(content: dict[str, Any], wanted: list[str] | None) -> None:
    asked = source(
        item("x", "choice", answerValueSet="#v"), contained=[{"resourceType": "ValueSet", "id": "v", **content}]
    )
    report = check_form(asked)
    if wanted is None:
        assert [one.code for one in report.problems if one.severity == "error"] == ["valueSetMissing"]
    else:
        options = form(
            item("x", "choice", answerValueSet="#v"), contained=[{"resourceType": "ValueSet", "id": "v", **content}]
        )
        assert [one.value.code for one in options.items[0].options] == wanted  # type: ignore[union-attr]


WARNED = [
    (item("y", when=[when("g", "exists", answerBoolean=True)]), "conditionOfGroup"),
    (item("y", when=[when("b", ">", answerBoolean=True)]), "conditionNotOrdered"),
    (item("y", when=[when("b", answerInteger=1)]), "conditionOfOtherType"),
]


@pytest.mark.parametrize(("asked", "wanted"), WARNED)
def test_a_condition_that_can_never_hold_is_a_warning(asked: dict[str, Any], wanted: str) -> None:
    found = check_form(source(item("g", "group", items=[item("n")]), item("b", "boolean"), asked)).problems
    assert [(one.severity, one.code, one.link_id) for one in found] == [("warning", wanted, "y")]


BYTES = [
    (b'{"resourceType":"Questionnaire","status":"active","status":"draft"}', "nameTwice"),
    (b'{"resourceType":"Questionnaire","title":"\\ud800"}', "notJson"),
    (b'{"resourceType":"Questionnaire","title":1e999999999999999999999}', "notJson"),
    (b'{"resourceType":"Questionnaire","title":1e90}', "notJson"),
    (b'{"resourceType":"Questionnaire","title":' + b"9" * 500 + b"}", "notJson"),
    (b'{"resourceType":"Questionnaire","title":NaN}', "notJson"),
    (b"\xff\xfe{\x00}\x00", "notJson"),
    (b"[" * 100_000, "tooDeep"),
    (b'{"title":"' + b"x" * 10_000_000 + b'"}', "tooLarge"),
]


@pytest.mark.parametrize(("content", "wanted"), BYTES)
def test_bytes_that_are_not_read_say_why(content: bytes, wanted: str) -> None:
    assert [one.code for one in check_form(content).problems] == [wanted]


def test_half_a_pair_of_surrogates_is_refused_and_a_whole_pair_is_a_letter() -> None:
    whole = source(item("\U0001f600"))
    assert b"\\ud83d\\ude00" in whole
    assert check_form(b"\xef\xbb\xbf" + whole).status == "ready"


def converted(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"resourceType": "Questionnaire", "status": "active", **more, "item": list(items)}).encode()


def test_an_stu3_condition_without_an_operator_asks_for_equality() -> None:
    asked = converted(
        {"linkId": "x", "type": "boolean"},
        {"linkId": "y", "type": "string", "enableWhen": [{"question": "x", "answerBoolean": True}]},
    )
    assert [one.code for one in check_form(asked).problems] == ["convertedFrom"]
    assert "y" in filled(asked, answered("x", {"valueBoolean": True}))["enabled"]
    assert "y" not in filled(asked)["enabled"]


def test_r5_text_with_options_is_an_open_choice() -> None:
    asked = converted(
        {
            "linkId": "x",
            "type": "string",
            "answerConstraint": "optionsOrString",
            "answerOption": [{"valueString": "a"}],
        }
    )
    assert told(filled(asked, answered("x", {"valueString": "own"}))) == []


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("answerOption", "a", "error"),
        ("extension", {"url": "x"}, "error"),
        ("initial", {"valueString": "a"}, "warning"),
        ("text", ["a"], "warning"),
    ],
)
def test_what_is_built_otherwise_than_fhir_says_is_told(name: str, value: Any, severity: str) -> None:
    found = check_form(source({"linkId": "x", "type": "string", name: value})).problems
    assert [(one.severity, one.code, one.link_id) for one in found] == [(severity, "badStructure", "x")]


def test_an_expression_sees_the_elements_of_the_response_itself() -> None:
    """``%resource.authored`` and ``%resource.subject`` are those of the response that is filled in, not nothing."""
    form = source(
        item("a"),
        item("on", "date", expression("calculated", "%resource.authored.toDate()")),
        item("who", "string", expression("calculated", "%resource.subject.reference")),
        item("stands", "string", expression("calculated", "%resource.status")),
    )
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "authored": "2026-03-09T10:00:00Z",
        "subject": {"reference": "Patient/1"},
        "item": [{"linkId": "a", "answer": [{"valueString": "x"}]}],
    }
    made = fill(form, response, NOW)["response"]["item"]
    values = {one["linkId"]: next(iter(one["answer"][0].values())) for one in made}
    assert values == {"a": "x", "on": "2026-03-09", "who": "Patient/1", "stands": "completed"}
    bare = {key: value for key, value in response.items() if key not in ("authored", "subject")}
    assert [one["linkId"] for one in fill(form, bare, NOW)["response"]["item"]] == ["a", "stands"]
