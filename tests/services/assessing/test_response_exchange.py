"""One response as FHIR R4 and back: valid by a library that is not ours, and the same answers in the same places."""

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import SDC, chosen, item, scored, source, when
from tests.services.case_help import phq9
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.errors import BadInput, ReadOnlyFolder, UnknownForm
from workwell_desktop.services.assessing import assessments, library, response_exchange, response_import, risk
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

Refer = Callable[..., Referred]

FORM = source(
    item("a", "boolean"),
    item("why", when=[when("a", answerBoolean=True)]),
    item("g", "group", repeats=True, items=[item("n", "integer"), item("d", "date")]),
    item("file", "attachment"),
    item("nothing"),
)


def through_json(made: Any) -> Any:
    return json.loads(json.dumps(made))


def valid(made: dict[str, Any]) -> None:
    get_fhir_model_class("Bundle").model_validate(made)
    for one in made["entry"]:
        get_fhir_model_class(one["resource"]["resourceType"]).model_validate(one["resource"])


def from_elsewhere(made: dict[str, Any]) -> dict[str, Any]:
    """The same file as another store would have made it of a person whom nobody here knows."""
    found = copy.deepcopy(made)
    for one in found["entry"]:
        one["resource"].pop("subject")
        one["resource"]["id"] = new_id()
    return found


def response_of(made: dict[str, Any]) -> dict[str, Any]:
    """The QuestionnaireResponse in a bundle."""
    return next(one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "QuestionnaireResponse")


@pytest.fixture
def filled(desk: Desk, refer: Refer) -> Filling:
    """Every kind of thing that must come back: a repeat, a file, an answer that does not apply, a question left out."""
    library.import_form(desk, FORM)
    filling = assessments.start(desk, refer().participant, "http://example.org/form", Mode.PHONE)
    assessments.answer_all(desk, filling, {"a": True, "why": "Because"})
    assessments.answer(desk, filling, "a", False)
    first = next(one.id for one in filling.run.repeats())
    second = assessments.add_repeat(desk, filling, "g").split("/")[0]
    assessments.answer_all(desk, filling, {f"{first}/n": 1, f"{second}/n": 2, f"{second}/d": PartialDate(2026, 3)})
    assessments.attach(desk, filling, "file", b"words", "text/plain")
    with desk.unit() as unit:
        unit.add(
            LeftOut(
                id=new_id(),
                scope=filling.participant,
                response=filling.response,
                path="nothing",
                reason=Reason.RATHER_NOT,
            )
        )
    return filling


def test_a_response_comes_back_with_everything_that_was_kept(desk: Desk, filled: Filling, refer: Refer) -> None:
    made = through_json(response_exchange.export_response(desk, filled.response))
    valid(made)
    (response,) = (one["resource"] for one in made["entry"])
    assert "why" not in [one["linkId"] for one in response["item"]]
    other = refer(family="Baker", nhs_number="9990237573").participant
    brought = response_import.import_response(desk, other, from_elsewhere(made))
    assert (brought.created, brought.problems) == (True, ())
    again = assessments.open_response(desk, brought.response)
    assert (again.mode, again.status) == (Mode.PHONE, ResponseStatus.IN_PROGRESS)
    assert again.run.response()["item"] == filled.run.response()["item"]
    assert again.run.answers()["why"] == "Because"
    assert not {one.id for one in again.run.repeats()} & {one.id for one in filled.run.repeats()}
    with desk.read() as reader:
        assert [one.reason for one in reader.list(LeftOut, response=brought.response)] == [Reason.RATHER_NOT]
        assert reader.blob(again.run.answers()["file"]) == b"words"  # type: ignore[arg-type]


def test_a_question_left_out_goes_as_data_absent_reason_where_it_stands(desk: Desk, filled: Filling) -> None:
    second = [one.id for one in filled.run.repeats()][1]
    assessments.leave_out(desk, filled, f"{second}/n", Reason.NOT_APPLICABLE)
    made = through_json(response_exchange.export_response(desk, filled.response))
    valid(made)
    response = response_of(made)
    by_id = {one["linkId"]: one for one in response["item"] if one["linkId"] != "g"}
    absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    assert by_id["nothing"]["answer"] == [{"extension": [{"url": absent, "valueCode": "asked-declined"}]}]
    below = [
        {one["linkId"]: one["answer"] for one in each["item"]} for each in response["item"] if each["linkId"] == "g"
    ]
    assert below[1]["n"] == [{"extension": [{"url": absent, "valueCode": "not-applicable"}]}]
    assert below[1]["d"] == [{"valueDate": "2026-03"}]
    assert response_exchange.LEFT_OUT not in json.dumps(made)


def test_why_a_question_was_left_out_comes_back_from_any_system(desk: Desk, refer: Refer) -> None:
    library.import_form(desk, FORM)
    absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"

    def why(code: str) -> dict[str, Any]:
        return {"extension": [{"url": absent, "valueCode": code}]}

    brought = response_import.import_response(
        desk,
        refer().participant,
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "http://example.org/form|1",
            "item": [
                {"linkId": "a", "answer": [{"_valueBoolean": why("asked-declined")}]},
                {"linkId": "nothing", "answer": [why("not-applicable")]},
                {"linkId": "g", "item": [{"linkId": "n", "answer": [why("unknown")]}]},
            ],
        },
    )
    again = assessments.open_response(desk, brought.response)
    assert again.left_out == {"a": Reason.RATHER_NOT, "nothing": Reason.NOT_APPLICABLE}
    assert brought.problems == ("answerWithoutValue",)


def test_a_reason_for_a_question_not_asked_now_comes_back_too(desk: Desk, filled: Filling, refer: Refer) -> None:
    assessments.answer(desk, filled, "a", True)
    assessments.leave_out(desk, filled, "why", Reason.RATHER_NOT)
    assessments.answer(desk, filled, "a", False)
    made = through_json(response_exchange.export_response(desk, filled.response))
    valid(made)
    other = refer(family="Baker", nhs_number="9990237573").participant
    brought = response_import.import_response(desk, other, from_elsewhere(made))
    assert assessments.open_response(desk, brought.response).left_out["why"] is Reason.RATHER_NOT


def test_another_persons_answers_are_refused(desk: Desk, filled: Filling, refer: Refer) -> None:
    made = through_json(response_exchange.export_response(desk, filled.response))
    other = refer(family="Baker", nhs_number="9990237573").participant
    by_number, by_own, by_id = (from_elsewhere(made) for _ in range(3))
    response_of(by_number)["subject"] = {
        "identifier": {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}
    }
    response_of(by_own)["subject"] = {"reference": response_of(made)["subject"]["reference"]}
    response_of(by_id)["id"] = str(filled.response)
    for wrong in (made, by_number, by_own, by_id):
        with pytest.raises(BadInput) as refused:
            response_import.import_response(desk, other, wrong)
        assert refused.value.reason == "response_of_other"
    with desk.read() as reader:
        assert reader.count(Response, scope=other) == 0


def test_answers_that_were_changed_in_the_file_are_refused(desk: Desk, filled: Filling) -> None:
    made = through_json(response_exchange.export_response(desk, filled.response))
    first = next(one for one in response_of(made)["item"] if one["linkId"] == "a")
    first["answer"] = [{"valueBoolean": True}]
    with pytest.raises(BadInput) as refused:
        response_import.import_response(desk, filled.participant, made)
    assert refused.value.reason == "response_changed"


def test_answers_given_on_other_bytes_of_a_form_are_refused(desk: Desk, filled: Filling, refer: Refer) -> None:
    made = from_elsewhere(through_json(response_exchange.export_response(desk, filled.response)))
    response_of(made)["identifier"]["value"] = "0" * 64
    with pytest.raises(BadInput) as refused:
        response_import.import_response(desk, refer(family="Baker", nhs_number="9990237573").participant, made)
    assert refused.value.reason == "form_differs"


def test_an_answer_that_opens_the_talk_opens_it_when_it_is_brought_in(desk: Desk, refer: Refer) -> None:
    one, two = refer().participant, refer(family="Baker", nhs_number="9990237573").participant
    made = through_json(response_exchange.export_response(desk, phq9(desk, one, "012301231").response))
    assert not risk.open_ones(desk, two)
    response_import.import_response(desk, two, from_elsewhere(made))
    (opened,) = risk.open_ones(desk, two)
    assert opened.form_title == "PHQ-9"


def test_a_response_goes_out_and_in_as_a_file(desk: Desk, refer: Refer, tmp_path: Path) -> None:
    filling = phq9(desk, refer().participant, "012301230")
    file = tmp_path / "answers.json"
    response_exchange.save_response(desk, filling.response, file)
    brought = response_import.import_file(desk, filling.participant, file)
    assert (brought.response, brought.created) == (filling.response, False)
    with desk.read() as reader:
        told = [one for one in reader.events() if one.kind is AuditKind.EXPORTED]
    assert [(one.participant, one.record) for one in told] == [(filling.participant, filling.response)]
    for wrong, reason in ((b"no", "not_json"), (b"[]", "not_a_response"), (b"{}", "not_a_response")):
        file.write_bytes(wrong)
        with pytest.raises(BadInput) as refused:
            response_import.import_file(desk, filling.participant, file)
        assert refused.value.reason == reason
    with pytest.raises(BadInput):
        response_import.import_file(desk, filling.participant, tmp_path / "nowhere.json")
    with pytest.raises(ReadOnlyFolder):
        response_exchange.save_response(desk, filling.response, tmp_path)


def test_a_response_that_is_here_stays_as_it_is(desk: Desk, filled: Filling) -> None:
    made = through_json(response_exchange.export_response(desk, filled.response))
    again = response_import.import_response(desk, filled.participant, made)
    assert (again.response, again.created) == (filled.response, False)
    with desk.read() as reader:
        assert reader.count(Response, scope=filled.participant) == 1


def test_each_score_goes_as_an_observation_and_is_worked_out_again(desk: Desk, refer: Refer) -> None:
    one, two = refer().participant, refer(family="Baker", nhs_number="9990237573").participant
    filling = phq9(desk, one, "012301230")
    made = through_json(response_exchange.export_response(desk, filling.response))
    valid(made)
    values = [
        found["resource"]["valueQuantity"]["value"]
        for found in made["entry"]
        if found["resource"]["resourceType"] == "Observation"
    ]
    assert 12 in values
    brought = response_import.import_response(desk, two, from_elsewhere(made))
    again = assessments.open_response(desk, brought.response)
    assert again.status is ResponseStatus.COMPLETED
    assert again.run.scores() == filling.run.scores()


def test_what_is_not_one_response_or_of_no_form_here_is_refused(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    for wrong in ({}, {"resourceType": "Bundle", "entry": "x"}, {"resourceType": "QuestionnaireResponse"}):
        with pytest.raises(BadInput):
            response_import.import_response(desk, who, wrong)
    with pytest.raises(UnknownForm):
        response_import.import_response(
            desk, who, {"resourceType": "QuestionnaireResponse", "questionnaire": "http://example.org/none|1"}
        )
    with desk.read() as reader:
        assert reader.count(Response, scope=who) == 0


def test_what_does_not_fit_the_form_is_told(desk: Desk, refer: Refer) -> None:
    library.import_form(desk, FORM)
    brought = response_import.import_response(
        desk,
        refer().participant,
        {
            "resourceType": "QuestionnaireResponse",
            "questionnaire": "http://example.org/form|1",
            "item": [{"linkId": "a", "answer": [{"valueString": "x"}]}, {"linkId": "other"}],
        },
    )
    assert brought.problems == ("invalidAnswerType", "invalidLinkId")


def test_answers_that_the_form_marks_go_as_observations_too(desk: Desk, refer: Refer) -> None:
    marked = {"url": SDC + "questionnaire-observationExtract", "valueBoolean": True}
    unmarked = {**marked, "valueBoolean": False}
    code = [{"system": "http://loinc.org", "code": "29463-7"}]
    library.import_form(
        desk,
        source(
            item("w", "decimal", code=code),
            item("c", "choice", code=code, answerOption=scored(0, 1)),
            item("s", "string", unmarked, code=code),
            item("n", "string"),
            extensions=[marked],
        ),
    )
    filling = assessments.start(desk, refer().participant, "http://example.org/form")
    assessments.answer_all(desk, filling, {"w": Decimal("70.5"), "c": chosen(1), "s": "x", "n": "y"})
    assessments.complete(desk, filling)
    made = through_json(response_exchange.export_response(desk, filling.response))
    valid(made)
    weight, choice = [one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "Observation"]
    assert weight["valueQuantity"] == {"value": 70.5}
    assert choice["valueCodeableConcept"]["coding"][0]["code"] == "a1"
