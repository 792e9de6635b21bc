"""What is wrong with an answer: each code with the item it stands on and a sentence that names the question."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.make import FHIR, NOW, SDC, begun, chosen, expression, item, scored, source, when
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Run, around, compile_form, fill, link_id_of, read_response, split_path


def limit(name: str, **value: Any) -> dict[str, Any]:
    return {"url": (SDC + "questionnaire-" if "Quantity" in name else FHIR) + name, **value}


KG = {"value": 5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}


def kg(value: int, unit: str = "kg") -> Quantity:
    return Quantity(Decimal(value), unit, "http://unitsofmeasure.org", unit)


EXCLUSIVE = [
    {"valueCoding": {"code": "x"}},
    {"valueCoding": {"code": "y"}},
    {
        "valueCoding": {"code": "none"},
        "extension": [{"url": FHIR + "questionnaire-optionExclusive", "valueBoolean": True}],
    },
]
X, Y, NONE = Coding(None, "x"), Coding(None, "y"), Coding(None, "none")


@pytest.mark.parametrize(
    ("one", "good", "bad", "code"),
    [
        (item("a", "string", required=True), "x", None, "required"),
        (item("a", "integer", limit("minValue", valueInteger=3)), 3, 2, "minValue"),
        (item("a", "integer", limit("maxValue", valueInteger=3)), 3, 4, "maxValue"),
        (item("a", "decimal", limit("minValue", valueDecimal=0.5)), Decimal("0.5"), Decimal("0.4"), "minValue"),
        (
            item("a", "date", limit("maxValue", valueDate="2026-03")),
            PartialDate(2026, 3, 31),
            PartialDate(2026, 4),
            "maxValue",
        ),
        (
            item("a", "dateTime", limit("minValue", valueDateTime="2026-03-01T10:00:00Z")),
            datetime(2026, 3, 1, 10, tzinfo=UTC),
            datetime(2026, 3, 1, 9, 59, tzinfo=UTC),
            "minValue",
        ),
        (item("a", "time", limit("minValue", valueTime="09:00:00")), time(9), time(8, 59), "minValue"),
        (item("a", "quantity", limit("minQuantity", valueQuantity=KG)), kg(5), kg(4), "minValue"),
        (item("a", "quantity", limit("maxQuantity", valueQuantity=KG)), kg(5000, "g"), kg(5001, "g"), "maxValue"),
        (item("a", "quantity", limit("minQuantity", valueQuantity=KG)), kg(9), kg(9, "cm"), "minValueIncompatUnits"),
        (item("a", "string", limit("minLength", valueInteger=2)), "xx", "x", "minLength"),
        (item("a", "string", maxLength=2), "xx", "xxx", "maxLength"),
        (item("a", "string", limit("regex", valueString="[0-9]{3}")), "123", "1234", "regex"),
        (
            item("a", "decimal", limit("maxDecimalPlaces", valueInteger=1)),
            Decimal("1.50"),
            Decimal("1.55"),
            "maxDecimalPlaces",
        ),
        (item("a", "string"), "x", 4, "invalidAnswerType"),
        (item("a", "integer"), 4, True, "invalidAnswerType"),
        (item("a", "integer"), 4, Decimal("4.5"), "invalidAnswerType"),
        (item("a", "choice", answerOption=scored(0, 1)), chosen(1), chosen(2), "invalidAnswerOption"),
        (item("a", "choice", answerOption=[{"valueString": "x"}]), "x", "y", "invalidAnswerOption"),
        (item("a", "choice", answerOption=[{"valueInteger": 1}]), 1, 2, "invalidAnswerOption"),
        (item("a", "choice", repeats=True, answerOption=EXCLUSIVE), (X, Y), (X, NONE), "exclusiveAnswerOption"),
        (item("a", "open-choice", answerOption=scored(0)), "anything", chosen(5), "invalidAnswerOption"),
        (
            item("a", "string", limit("questionnaire-maxOccurs", valueInteger=2), repeats=True),
            ("x", "y"),
            ("x",) * 3,
            "maxCount",
        ),
        (
            item("a", "string", limit("questionnaire-minOccurs", valueInteger=2), repeats=True),
            ("x", "y"),
            ("x",),
            "minCount",
        ),
        (item("a", "string"), "x", "x\ny", "invalidNewLine"),
        (item("a", "text"), "x\ny", 4, "invalidAnswerType"),
        (item("a", "url"), "https://example.org", "c:\\temp", "invalidUrlValue"),
        (
            item("a", "attachment", limit("maxSize", valueDecimal=50)),
            BlobRef("0", 50, ""),
            BlobRef("0", 51, ""),
            "maxAttachmentSize",
        ),
        (
            item("a", "attachment", limit("mimeType", valueCode="image/gif")),
            BlobRef("0", 5, "image/gif"),
            BlobRef("0", 5, "text/html"),
            "invalidAttachmentType",
        ),
    ],
)
def test_each_rule_accepts_what_keeps_it_and_names_what_breaks_it(
    one: dict[str, Any], good: Any, bad: Any, code: str
) -> None:
    run = begun(one)
    run.answer("a", good)
    assert run.issues() == []
    run.answer("a", bad)
    (found,) = run.issues()
    assert (found.severity, found.code, found.link_id, found.path) == ("error", code, "a", "a")
    assert "Question a" in found.message
    run.answer("a", good)
    assert run.issues() == []


def test_limits_may_be_worked_out() -> None:
    calculated = {
        "url": FHIR + "minValue",
        "_valueInteger": {
            "extension": [
                {
                    "url": FHIR + "cqf-expression",
                    "valueExpression": {
                        "language": "text/fhirpath",
                        "expression": "%resource.item.where(linkId='n').answer.value",
                    },
                }
            ]
        },
    }
    run = begun(item("n", "integer"), item("a", "integer", calculated))
    run.answer("a", 3)
    assert run.issues() == []
    notice = run.answer("n", 4)
    assert notice.changed == ("n", "a")
    assert (run.row("a").minimum, [one.code for one in run.issues()]) == (4, ["minValue"])


def constraint(severity: str, source_: str) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"url": "key", "valueId": "k"},
        {"url": "severity", "valueCode": severity},
        {"url": "human", "valueString": "The end is not before the beginning."},
        {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": source_}},
    ]
    return {"url": FHIR + "targetConstraint", "extension": parts}


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_constraints_of_the_form_speak_with_their_own_words_and_severity(severity: str) -> None:
    after = "%resource.item.where(linkId='b').answer.value >= %resource.item.where(linkId='a').answer.value"
    run = begun(item("a", "integer"), item("b", "integer", constraint(severity, after)))
    run.answer("b", 1)
    assert run.issues() == []
    run.answer("a", 2)
    (found,) = run.issues()
    assert (found.severity, found.code, found.link_id) == (severity, "invariant", "b")
    assert found.message == "The end is not before the beginning."


def test_a_calculation_that_cannot_be_done_says_so_and_is_empty() -> None:
    run = begun(
        item("a", "string"),
        item("b", "integer", expression("calculated", "%resource.item.where(linkId='a').answer.value + 1")),
    )
    run.answer("a", "x")
    assert run.row("b").value is None
    assert [(one.severity, one.code, one.link_id) for one in run.issues()] == [("warning", "expressionFailed", "b")]
    assert run.scores()[0].missing == "expression"


def test_options_may_be_worked_out_and_switched_off() -> None:
    options = [{"valueCoding": {"code": "x"}}, {"valueCoding": {"code": "y"}}]
    toggle = {
        "url": SDC + "questionnaire-answerOptionsToggleExpression",
        "extension": [
            {"url": "option", "valueCoding": {"code": "y"}},
            {
                "url": "expression",
                "valueExpression": {
                    "language": "text/fhirpath",
                    "expression": "%resource.item.where(linkId='n').answer.value > 1",
                },
            },
        ],
    }
    names = expression("answers", "%resource.item.where(linkId='n').answer.value.select($this | $this + 1)")
    run = begun(
        item("n", "integer"), item("a", "choice", toggle, answerOption=options), item("b", "open-choice", names)
    )
    assert [option.label for option in run.row("a").options] == ["x"]
    run.answer("a", Y)
    assert [one.code for one in run.issues()] == ["invalidAnswerOption"]
    run.answer("n", 2)
    assert [option.label for option in run.row("a").options] == ["x", "y"]
    assert run.issues() == []


def test_words_may_be_worked_out() -> None:
    one = item("b", "display")
    spoken = {
        "language": "text/fhirpath",
        "expression": "'You said ' + %resource.item.where(linkId='a').answer.value + '.'",
    }
    one["_text"] = {"extension": [{"url": FHIR + "cqf-expression", "valueExpression": spoken}]}
    run = begun(item("a", "string"), one)
    assert run.row("b").text == "Question b"
    run.answer("a", "yes")
    assert run.row("b").text == "You said yes."


@pytest.mark.parametrize(
    ("operator", "answer", "value", "holds"),
    [
        ("exists", {"answerBoolean": True}, 4, True),
        ("exists", {"answerBoolean": False}, 4, False),
        ("exists", {"answerBoolean": False}, None, True),
        ("=", {"answerInteger": 4}, 4, True),
        ("=", {"answerInteger": 4}, None, False),
        ("!=", {"answerInteger": 4}, 5, True),
        ("!=", {"answerInteger": 4}, 4, False),
        ("!=", {"answerInteger": 4}, None, False),
        (">", {"answerInteger": 4}, 5, True),
        (">", {"answerInteger": 4}, 4, False),
        (">=", {"answerInteger": 4}, 4, True),
        ("<", {"answerInteger": 4}, 3, True),
        ("<=", {"answerDecimal": 4.5}, 4, True),
        ("=", {"answerString": "4"}, 4, False),
    ],
)
def test_conditions_hold_by_operator(operator: str, answer: dict[str, Any], value: Any, holds: bool) -> None:
    run = begun(item("n", "integer"), item("a", when=[when("n", operator, **answer)]))
    run.answer("n", value)
    assert run.row("a").enabled is holds


@pytest.mark.parametrize(
    ("kind", "answer", "value", "holds"),
    [
        ("choice", {"answerCoding": {"system": "http://example.org/scale", "code": "a1"}}, chosen(1), True),
        ("choice", {"answerCoding": {"system": "http://else.example", "code": "a1"}}, chosen(1), False),
        ("choice", {"answerCoding": {"code": "a1"}}, chosen(1), True),
        ("open-choice", {"answerString": "x"}, "x", True),
        ("boolean", {"answerBoolean": False}, False, True),
        ("date", {"answerDate": "2026-03"}, PartialDate(2026, 3), True),
        ("date", {"answerDate": "2026-03"}, PartialDate(2026, 3, 1), False),
        ("time", {"answerTime": "09:00:00"}, time(9), True),
        ("quantity", {"answerQuantity": KG}, kg(5000, "g"), True),
        ("text", {"answerString": "x"}, "x", True),
        ("decimal", {"answerInteger": 2}, Decimal("2.0"), True),
    ],
)
def test_conditions_hold_by_type(kind: str, answer: dict[str, Any], value: Any, holds: bool) -> None:
    options = {"answerOption": scored(0, 1)} if "choice" in kind else {}
    run = begun(item("n", kind, **options), item("a", when=[when("n", "=", **answer)]))
    run.answer("n", value)
    assert run.row("a").enabled is holds


@pytest.mark.parametrize(("behaviour", "after_one"), [("all", False), ("any", True)])
def test_several_conditions_hold_all_or_any(behaviour: str, after_one: bool) -> None:
    both = [when("n", answerBoolean=True), when("m", answerBoolean=True)]
    run = begun(item("n", "boolean"), item("m", "boolean"), item("a", when=both, enableBehavior=behaviour))
    run.answer("n", True)
    assert run.row("a").enabled is after_one
    run.answer("m", True)
    assert run.row("a").enabled


def test_a_condition_inside_a_repeat_asks_its_own_instance() -> None:
    run = begun(
        item("g", "group", repeats=True, items=[item("n", "boolean"), item("a", when=[when("n", answerBoolean=True)])])
    )
    first = run.rows()[0].path.removesuffix("g")
    second = run.add_repeat("g").removesuffix("g")
    run.answer(f"{second}n", True)
    assert (run.row(f"{first}a").enabled, run.row(f"{second}a").enabled) == (False, True)
    assert run.enabled() == ["g", "n", "g[2]", "n[2]", "a"]


def test_repeats_nest_and_have_an_end() -> None:
    most = limit("questionnaire-maxOccurs", valueInteger=2)
    inner = item("in", "group", most, repeats=True, items=[item("x")])
    run = begun(item("out", "group", repeats=True, items=[inner]))
    outer = run.add_repeat("out").removesuffix("out")
    path = run.add_repeat(f"{outer}in")
    assert path.startswith(outer)
    assert path.count("/") == 2
    with pytest.raises(BadInput):
        run.add_repeat(f"{outer}in")
    run.answer(path.removesuffix("in") + "x", "deep")
    sent = run.response()["item"]
    assert sent == [
        {"linkId": "out", "text": "Question out", "item": [
            {"linkId": "in", "text": "Question in", "item": [
                {"linkId": "x", "text": "Question x", "answer": [{"valueString": "deep"}]}
            ]}
        ]}
    ]  # fmt: skip
    again = Run(run.form, now=NOW, answers=run.answers(), repeats=run.repeats())
    assert again.response() == run.response()
    assert [row.path for row in again.rows()] == [row.path for row in run.rows()]


def test_a_link_id_may_hold_a_stroke() -> None:
    run = begun(item("/g/1", "group", repeats=True, items=[item("/x/1")]))
    path = run.add_repeat("/g/1")
    run.answer(path.removesuffix("/g/1") + "/x/1", "here")
    assert run.response()["item"][0]["item"][0]["linkId"] == "/x/1"


def test_a_repeating_question_with_items_below_sends_one_item_with_several_answers() -> None:
    run = begun(item("q", "string", repeats=True, items=[item("why", "string")]))
    first = run.rows()[0].path.removesuffix("q")
    second = run.add_repeat("q").removesuffix("q")
    for prefix, word in ((first, "one"), (second, "two")):
        run.answer(f"{prefix}q", word)
        run.answer(f"{prefix}why", f"because {word}")
    (sent,) = run.response()["item"]
    assert [answer["valueString"] for answer in sent["answer"]] == ["one", "two"]
    assert [answer["item"][0]["answer"][0]["valueString"] for answer in sent["answer"]] == [
        "because one",
        "because two",
    ]
    reading = read_response(run.form, run.response())
    again = Run(run.form, now=NOW, answers=reading.answers, repeats=reading.repeats)
    assert again.response() == run.response()


def test_initial_values_come_from_the_form_and_from_the_person() -> None:
    options = scored(0, 1)
    options[1]["initialSelected"] = True
    made = source(
        item("a", "string", initial=[{"valueString": "begin"}]),
        item("b", "choice", answerOption=options),
        item("c", "string", expression("initial", "%patient.name.first().given.first()")),
        item("d", "date", expression("initial", "%patient.birthDate")),
        item("e", "date", expression("initial", "today()")),
        item("f", "integer", expression("initial", "%resource.item.where(linkId='a').answer.value.length()")),
    )
    person = {"resourceType": "Patient", "birthDate": "1980-02-01", "name": [{"given": ["Ada", "B"]}]}
    run = Run(compile_form(made), now=NOW, context={"patient": person})
    assert [run.row(path).value for path in "abcdef"] == [
        "begin", chosen(1), "Ada", PartialDate(1980, 2, 1), PartialDate(2026, 3, 10), 5
    ]  # fmt: skip
    assert Run(compile_form(made), now=NOW).row("c").value is None


def test_a_group_that_need_not_be_there_asks_for_nothing_until_it_is_begun() -> None:
    run = begun(item("g", "group", repeats=True, items=[item("name", required=True), item("dose")]))
    assert run.issues() == []
    prefix = run.rows()[0].path.removesuffix("g")
    run.answer(f"{prefix}dose", "2")
    assert [(one.code, one.path) for one in run.issues()] == [("required", f"{prefix}name")]


def answered(*items: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": "http://example.org/form",
        "item": list(items),
    }


def test_fill_gives_what_the_command_line_promises() -> None:
    made = source(
        item("n", "integer"),
        item("twice", "integer", expression("calculated", "%resource.item.where(linkId='n').answer.value * 2")),
        item("off", "string", when=[when("n", ">", answerInteger=5)]),
    )
    response = answered(
        {"linkId": "n", "answer": [{"valueInteger": 4}]},
        {"linkId": "twice", "answer": [{"valueInteger": 9}]},
        {"linkId": "off", "answer": [{"valueString": "x"}]},
        {"linkId": "nobody", "answer": [{"valueString": "x"}]},
    )
    found = fill(made, response, NOW)
    assert set(found) == {"enabled", "response", "scores", "issues"}
    assert found["enabled"] == ["n", "twice"]
    assert found["scores"] == [{"linkId": "twice", "value": 8, "unit": None}]
    assert {(one["severity"], one["code"], one["linkId"]) for one in found["issues"]} == {
        ("warning", "calculatedValueDiffers", "twice"),
        ("error", "itemNotEnabled", "off"),
        ("error", "invalidLinkId", "nobody"),
    }
    assert [one["linkId"] for one in found["response"]["item"]] == ["n", "twice"]


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ({"resourceType": "Patient"}, "notAResponse"),
        (answered({"linkId": "g", "answer": [{"valueString": "x"}]}), "groupShouldNotHaveAnswers"),
        (answered({"linkId": "a", "answer": [{"valueString": "x"}]}), "invalidNesting"),
        (answered({"linkId": "d", "answer": [{"valueString": "x"}]}), "displayAnswer"),
        (answered({"linkId": "g", "item": [{"linkId": "a", "answer": [{"valueInteger": 3}]}]}), "invalidAnswerType"),
        (answered({"linkId": "g", "item": [{"linkId": "a", "answer": [{}]}]}), "answerWithoutValue"),
        (
            answered(
                {"linkId": "g", "item": [{"linkId": "a", "answer": [{"valueString": "x"}, {"valueString": "y"}]}]}
            ),
            "repeats",
        ),
    ],
)
def test_what_a_response_may_not_hold(response: dict[str, Any], code: str) -> None:
    made = source(item("g", "group", items=[item("a")]), item("d", "display"))
    assert code in [one["code"] for one in fill(made, response, NOW)["issues"] if one["severity"] == "error"]


def test_rows_that_did_not_change_stay_the_same_objects() -> None:
    run = begun(item("a", "boolean"), item("b", when=[when("a", answerBoolean=True)]), item("c"))
    before = {row.path: row for row in run.rows()}
    assert run.answer("a", True).changed == ("a", "b")
    after = {row.path: row for row in run.rows()}
    assert after["c"] is before["c"]
    assert run.answer("a", True).changed == ()
    assert run.answer("c", "x").changed == ("c",)


def test_an_answer_to_what_is_no_question_is_a_mistake_of_the_caller() -> None:
    run = begun(item("g", "group", items=[item("a")]))
    with pytest.raises(KeyError):
        run.answer("g", "x")
    with pytest.raises(KeyError):
        run.answer("nobody", "x")


def test_a_path_is_taken_apart_whatever_its_link_id_holds() -> None:
    run = begun(item("/g/1", "group", repeats=True, items=[item("/x/1")]))
    (repeat,) = run.repeats()
    path = f"{repeat.id}//x/1"
    assert run.row(path).link_id == "/x/1"
    assert split_path(path) == ((repeat.id,), "/x/1")
    assert (link_id_of(path), around(path)) == ("/x/1", repeat.id)
    assert (link_id_of("/x/1"), around("/x/1")) == ("/x/1", "")
