"""One response as FHIR R4 and back: valid by a library that is not ours, and the same answers in the same places."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import SDC, chosen, item, scored, source, when
from tests.services.case_help import phq9
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.errors import BadInput, UnknownForm
from workwell_desktop.services import assessments, library, response_exchange
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.filling import Filling
from workwell_desktop.services.referrals import Referred

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
    brought = response_exchange.import_response(desk, other, made)
    assert (brought.created, brought.problems) == (True, ())
    again = assessments.open_response(desk, brought.response)
    assert (again.mode, again.status) == (Mode.PHONE, ResponseStatus.IN_PROGRESS)
    assert again.run.response()["item"] == filled.run.response()["item"]
    assert again.run.answers()["why"] == "Because"
    assert not {one.id for one in again.run.repeats()} & {one.id for one in filled.run.repeats()}
    with desk.read() as reader:
        assert [one.reason for one in reader.list(LeftOut, response=brought.response)] == [Reason.RATHER_NOT]
        assert reader.blob(again.run.answers()["file"]) == b"words"  # type: ignore[arg-type]


def test_a_response_that_is_here_stays_as_it_is(desk: Desk, filled: Filling) -> None:
    made = through_json(response_exchange.export_response(desk, filled.response))
    again = response_exchange.import_response(desk, filled.participant, made)
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
    brought = response_exchange.import_response(desk, two, made)
    again = assessments.open_response(desk, brought.response)
    assert again.status is ResponseStatus.COMPLETED
    assert again.run.scores() == filling.run.scores()


def test_what_is_not_one_response_or_of_no_form_here_is_refused(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    for wrong in ({}, {"resourceType": "Bundle", "entry": "x"}, {"resourceType": "QuestionnaireResponse"}):
        with pytest.raises(BadInput):
            response_exchange.import_response(desk, who, wrong)
    with pytest.raises(UnknownForm):
        response_exchange.import_response(
            desk, who, {"resourceType": "QuestionnaireResponse", "questionnaire": "http://example.org/none|1"}
        )
    with desk.read() as reader:
        assert reader.count(Response, scope=who) == 0


def test_what_does_not_fit_the_form_is_told(desk: Desk, refer: Refer) -> None:
    library.import_form(desk, FORM)
    brought = response_exchange.import_response(
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
