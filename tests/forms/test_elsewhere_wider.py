"""What forms of other makers begin with, where their answers come from, and forms of other versions of FHIR."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.elsewhere import NOW, Case, expected, outcome, said
from tests.forms.make import FHIR, SCALE, SDC, begun, codes, expression, form, item, problems, scored, when
from workwell_desktop.domain.values import Coding, PartialDate
from workwell_desktop.forms import Run, check_form, compile_form, fill, plain

PATIENT = {
    "resourceType": "Patient",
    "birthDate": "1990-03",
    "gender": "female",
    "name": [{"use": "old", "family": "Alt"}, {"use": "official", "family": "Neu", "given": ["Ann", "Bea"]}],
    "telecom": [{"system": "phone", "value": "1", "use": "home"}, {"system": "phone", "value": "2", "use": "mobile"}],
}


WEIGHT = {"url": FHIR + "itemWeight", "valueDecimal": 4}


def launched(name: str, kind: str) -> dict[str, Any]:
    return {
        "url": SDC + "questionnaire-launchContext",
        "extension": [
            {
                "url": "name",
                "valueCoding": {"system": "http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext", "code": name},
            },
            {"url": "type", "valueCode": kind},
        ],
    }


@pytest.mark.parametrize(
    ("kind", "source", "value"),
    [
        ("string", "%patient.name.where(use = 'official').given.first()", "Ann"),
        ("string", "%patient.name.where(use = 'official').given.join(' ')", "Ann Bea"),
        ("string", "%patient.telecom.where(system = 'phone' and use = 'mobile').value", "2"),
        ("date", "%patient.birthDate", PartialDate(1990, 3)),
        ("string", "iif(%patient.gender = 'female', 'she', 'they')", "she"),
        ("string", "%patient.name.family", None),
        ("string", "%patient.photo.title", None),
        ("boolean", "%patient.deceasedBoolean.empty()", True),
        ("date", "today()", PartialDate(2026, 3, 10)),
        ("integer", "3", 3),
        ("decimal", "7 / 2", Decimal("3.5")),
        ("choice", "%patient.gender", Coding("http://hl7.org/fhir/administrative-gender", "female", "Female")),
    ],
)
def test_what_a_question_begins_with(kind: str, source: str, value: object) -> None:
    more = {"answerValueSet": "http://hl7.org/fhir/ValueSet/administrative-gender"} if kind == "choice" else {}
    made = form(item("a", kind, expression("initial", source), **more), extensions=[launched("patient", "Patient")])
    assert Run(made, now=NOW, context={"patient": PATIENT}).row("a").value == value


def test_initial_values_are_kept_to_where_the_form_is_begun_alone() -> None:
    chosen = [{**one, "initialSelected": place in (0, 2)} for place, one in enumerate(scored(0, 1, 2))]
    asked = [
        item("one", "choice", answerOption=[{**one, "initialSelected": n == 1} for n, one in enumerate(scored(0, 1))]),
        item("many", "choice", repeats=True, answerOption=chosen),
        item("n", "integer", repeats=True, initial=[{"valueInteger": 1}, {"valueInteger": 2}]),
        item("b", "boolean", initial=[{"valueBoolean": False}]),
    ]
    run = begun(*asked)
    assert run.row("one").value.code == "a1"
    assert [one.code for one in run.row("many").value] == ["a0", "a2"]
    assert (run.row("n").value, run.row("b").value) == ((1, 2), False)
    again = Run(form(*asked), now=NOW, answers={})
    assert [again.row(name).value for name in ("one", "many", "n", "b")] == [None] * 4


def nested() -> dict[str, Any]:
    """A value set with an expansion in levels, one of which cannot be chosen."""
    return {
        "resourceType": "ValueSet",
        "id": "v",
        "url": "http://example.org/vs/pets",
        "expansion": {
            "contains": [
                {
                    "system": SCALE,
                    "abstract": True,
                    "code": "pets",
                    "contains": [{"system": SCALE, "code": "cat"}, {"system": SCALE, "code": "dog"}],
                },
                {"system": SCALE, "code": "none"},
            ]
        },
    }


def toggle(source: str, *places: int) -> dict[str, Any]:
    return {
        "url": SDC + "questionnaire-answerOptionsToggleExpression",
        "extension": [
            *({"url": "option", "valueCoding": {"system": SCALE, "code": f"a{place}"}} for place in places),
            {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": source}},
        ],
    }


CHOICES = [
    Case(
        "a code of a contained expansion",
        [item("a", "choice", answerValueSet="#v")],
        [said("a", valueCoding={"system": SCALE, "code": "dog"})],
        form={"contained": [nested()]},
    ),
    Case(
        "the same set by its address",
        [item("a", "choice", answerValueSet="http://example.org/vs/pets")],
        [said("a", valueCoding={"system": SCALE, "code": "none"})],
        form={"contained": [nested()]},
    ),
    Case(
        "a heading of an expansion is no answer",
        [item("a", "choice", answerValueSet="#v")],
        [said("a", valueCoding={"system": SCALE, "code": "pets"})],
        issues=[("e", "invalidCoding", "a")],
        form={"contained": [nested()]},
    ),
    Case(
        "an option that is switched off",
        [
            item("s", "boolean"),
            item(
                "a",
                "choice",
                toggle("%resource.item.where(linkId='s').answer.value = true", 1),
                answerOption=scored(0, 1),
            ),
        ],
        [said("a", valueCoding={"system": SCALE, "code": "a1"})],
        issues=[("e", "invalidAnswerOption", "a")],
    ),
    Case(
        "an option that is switched on",
        [
            item("s", "boolean"),
            item(
                "a",
                "choice",
                toggle("%resource.item.where(linkId='s').answer.value = true", 1),
                answerOption=scored(0, 1),
            ),
        ],
        [said("s", valueBoolean=True), said("a", valueCoding={"system": SCALE, "code": "a1"})],
    ),
    Case(
        "options out of the answers to another question",
        [
            item("all", "choice", repeats=True, answerOption=scored(0, 1, 2)),
            item("worst", "choice", expression("answers", "%resource.item.where(linkId='all').answer.value")),
        ],
        [
            said("all", *({"valueCoding": {"system": SCALE, "code": f"a{n}"}} for n in (0, 2))),
            said("worst", valueCoding={"system": SCALE, "code": "a1"}),
        ],
        issues=[("e", "invalidAnswerOption", "worst")],
    ),
    Case(
        "one of those is",
        [
            item("all", "choice", repeats=True, answerOption=scored(0, 1, 2)),
            item("worst", "choice", expression("answers", "%resource.item.where(linkId='all').answer.value")),
        ],
        [
            said("all", *({"valueCoding": {"system": SCALE, "code": f"a{n}"}} for n in (0, 2))),
            said("worst", valueCoding={"system": SCALE, "code": "a2"}),
        ],
    ),
    Case(
        "a calculated value that is marked to be changed may be changed",
        [
            item("n", "integer"),
            item(
                "t",
                "integer",
                expression("calculated", "%resource.item.where(linkId='n').answer.value"),
                readOnly=False,
            ),
        ],
        [said("n", valueInteger=1), said("t", valueInteger=5)],
        scores={"t": 5},
        issues=[("w", "calculatedValueDiffers", "t")],
    ),
    Case(
        "a choice is worked out from the options of the form itself",
        [
            item("n", "integer"),
            item(
                "c",
                "choice",
                expression(
                    "calculated",
                    "%qitem.answerOption.where(valueCoding.code = "
                    "iif(%resource.item.where(linkId='n').answer.value > 3, 'a1', 'a0')).valueCoding",
                ),
                answerOption=scored(0, 1),
            ),
            item("t", "integer", expression("calculated", "%resource.item.where(linkId='c').answer.value.weight()")),
        ],
        [said("n", valueInteger=5)],
        scores={"t": 1},
        values={"c": [{"system": SCALE, "code": "a1", "display": "Answer 1"}]},
    ),
    Case(
        "a text and a number that are offered have scores as codes have",
        [
            item("s", "choice", answerOption=[{"valueString": "often", "extension": [WEIGHT]}]),
            item("n", "choice", answerOption=[{"valueInteger": 1, "extension": [WEIGHT]}, {"valueInteger": 2}]),
            item("t", "decimal", expression("calculated", "%resource.item.answer.value.weight().sum()")),
            item("plain", "integer", expression("calculated", "%resource.item.where(linkId='n').answer.value + 1")),
        ],
        [said("s", valueString="often"), said("n", valueInteger=1)],
        scores={"t": 8, "plain": 2},
    ),
    Case(
        "decorations steer nothing",
        [
            item(
                "a",
                "string",
                {
                    "url": FHIR + "questionnaire-displayCategory",
                    "valueCodeableConcept": {"coding": [{"code": "security"}]},
                },
                {"url": "http://example.org/vendor", "valueString": "x"},
                {"url": FHIR + "questionnaire-supportLink", "valueUri": "https://example.org"},
            )
        ],
        [said("a", valueString="x")],
        "a",
    ),
]


@pytest.mark.parametrize("case", CHOICES, ids=lambda case: case.name)
def test_choices(case: Case) -> None:
    assert outcome(case) == expected(case)


def resource(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"resourceType": "Questionnaire", "status": "active", **more, "item": list(items)}).encode()


def judged(content: bytes, *answers: dict[str, Any]) -> tuple[list[str], list[tuple[str, str]]]:
    made = plain(fill(content, {"resourceType": "QuestionnaireResponse", "item": list(answers)}, NOW))
    return made["enabled"], [(one["code"], one["linkId"]) for one in made["issues"]]


def test_stu3_any_condition_is_enough_and_an_option_is_an_option() -> None:
    content = resource(
        {"linkId": "a", "type": "choice", "option": [{"valueCoding": {"system": SCALE, "code": "x"}}]},
        {"linkId": "n", "type": "integer", "initialInteger": 3},
        {
            "linkId": "b",
            "type": "string",
            "enableWhen": [
                {"question": "a", "answerCoding": {"system": SCALE, "code": "x"}},
                {"question": "n", "hasAnswer": True},
            ],
        },
    )
    assert [one.code for one in check_form(content).problems] == ["convertedFrom"]
    assert judged(content)[0] == ["a", "n"]
    assert judged(content, said("n", valueInteger=1))[0] == ["a", "n", "b"]
    assert judged(content, said("a", valueCoding={"system": SCALE, "code": "y"}))[1] == [("invalidAnswerOption", "a")]
    assert Run(compile_form(content), now=NOW).row("n").value == 3


def test_r5_codings_and_texts_of_ones_own() -> None:
    option = [{"valueCoding": {"system": SCALE, "code": "x"}}]
    content = resource(
        {"linkId": "a", "type": "coding", "answerOption": option},
        {"linkId": "b", "type": "coding", "answerConstraint": "optionsOrString", "answerOption": option},
        {"linkId": "c", "type": "string", "disabledDisplay": "protected",
         "enableWhen": [{"question": "a", "operator": "exists", "answerBoolean": True}]},
    )  # fmt: skip
    assert judged(content, said("b", valueString="mine")) == (["a", "b"], [])
    assert judged(content, said("a", valueString="mine"))[1] == [("invalidAnswerType", "a")]
    row = Run(compile_form(content), now=NOW).row("c")
    assert (row.enabled, row.shown) == (False, True)
    other = resource({"linkId": "a", "type": "coding", "answerConstraint": "optionsOrType", "answerOption": option})
    assert check_form(other).status == "refused"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"linkId": "a", "type": "question"}, "invalidType"),
        ({"linkId": "a", "type": "open_choice"}, "invalidType"),
        ({"type": "string"}, "linkIdMissing"),
        ({"linkId": "a", "type": "choice", "answerValueSet": "#gone"}, "valueSetMissing"),
        ({"linkId": "a", "type": "string", "enableWhen": {"question": "a"}}, "badStructure"),
        ({"linkId": "a", "type": "display", "item": [{"linkId": "b", "type": "string"}]}, "displayWithItems"),
    ],
)  # fmt: skip
def test_a_broken_form_is_refused(asked: dict[str, Any], code: str) -> None:
    report = check_form(resource(asked))
    assert report.status == "refused"
    assert code in [one.code for one in report.problems]


def test_a_query_that_only_decorates_is_a_warning_and_one_that_scores_refuses() -> None:
    query = {
        "url": FHIR + "variable",
        "valueExpression": {"name": "obs", "language": "application/x-fhir-query", "expression": "Observation?x"},
    }
    idle = codes(problems(item("a"), extensions=[query]))
    assert idle == [("warning", "queryVariable", None)]
    used = problems(item("a", "integer", expression("calculated", "%obs.entry.count()")), extensions=[query])
    assert ("error", "queryNeeded", "a") in codes(used)
    seen = problems(
        item("a", "integer", expression("calculated", "%n + 1")),
        extensions=[query, expression("variable", "%obs.entry.count()", "n")],
    )
    assert ("error", "queryNeeded", "a") in codes(seen)


def test_deleting_one_instance_leaves_the_others_as_they_are() -> None:
    run = begun(
        item(
            "g", "group", repeats=True, items=[item("n", "integer"), item("b", when=[when("n", ">", answerInteger=1)])]
        )
    )
    first = run.rows()[0].path
    second, third = run.add_repeat("g"), run.add_repeat("g")
    for place, path in enumerate((first, second, third)):
        run.answer(path.removesuffix("g") + "n", place + 1)
    run.remove_repeat(second)
    assert [row.value for row in run.rows() if row.link_id == "n"] == [1, 3]
    assert run.enabled() == ["g", "n", "g[2]", "n[2]", "b"]


@pytest.mark.parametrize(
    ("status", "authored", "day"),
    [
        ("completed", "2020-02-29T23:30:00Z", "2020-02-29"),
        ("amended", "2020-02-29", "2020-02-29"),
        ("in-progress", "2020-02-29", "2026-03-10"),
        ("completed", "2020-02", "2026-03-10"),
        ("completed", "nonsense", "2026-03-10"),
        ("completed", None, "2026-03-10"),
    ],
)
def test_a_finished_response_is_read_on_the_day_that_it_was_written(status: str, authored: Any, day: str) -> None:
    content = resource(item("d", "date", expression("calculated", "today()")))
    made = fill(content, {"resourceType": "QuestionnaireResponse", "status": status, "authored": authored}, NOW)
    assert made["response"]["item"][0]["answer"] == [{"valueDate": day}]
