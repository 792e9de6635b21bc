"""Signatures that a form asks for: ink bound to the answers, or the reason why there is none."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import FHIR, item, source
from workwell_desktop.domain.episodes import Mode, ResponseStatus
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import BadInput, Locked, NoPermission
from workwell_desktop.forms import fill, plain
from workwell_desktop.forms.signed import SIGNATURE
from workwell_desktop.services.assessing import assessments, form_signing, library, response_exchange, response_import
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.form_signatures import SigningState
from workwell_desktop.services.assessing.form_signing import Ink, Stroke
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.travel import case_import
from workwell_desktop.services.travel.bundle import export_case

Refer = Callable[..., Referred]
CONSENT, WITNESS = "1.2.840.10065.1.12.1.7", "1.2.840.10065.1.12.1.8"
INK = Ink((Stroke(((1.0, 2.0), (30.5, 12.0), (44.0, 8.0))),), 480, 128)
SIGNED, CORRECTED, AWAITED = SigningState.SIGNED, SigningState.CORRECTED, SigningState.AWAITED


def asks(code: str | None, words: str = "Signature") -> dict[str, Any]:
    concept: dict[str, Any] = {"text": words}
    if code is not None:
        concept = {"coding": [{"system": "urn:iso-astm:E1762-95:2013", "code": code, "display": words}]}
    return {"url": FHIR + "questionnaire-signatureRequired", "valueCodeableConcept": concept}


FORM = source(
    item("a", "boolean"),
    item("why"),
    item("agree", "display", asks(WITNESS, "Witness")),
    item("g", "group", asks(None, "Initials"), repeats=True, items=[item("n", "integer")]),
    extension=[asks(CONSENT, "Consent")],
)


@pytest.fixture
def filling(desk: Desk, refer: Refer) -> Filling:
    library.import_form(desk, FORM)
    found = assessments.start(desk, refer().participant, "http://example.org/form", Mode.INTERVIEW)
    assessments.answer_all(desk, found, {"a": True, "why": "Because"})
    return found


def states(filling: Filling) -> list[tuple[str, SigningState]]:
    return [(one.need.kind.display or "", one.state) for one in filling.signings()]


def sign_all(desk: Desk, filling: Filling) -> None:
    for one in filling.signings():
        form_signing.sign(desk, filling, one.need.path, one.need.code, "Danielle Marsh", INK)


def test_a_form_that_asks_for_signatures_is_completed_with_them_alone(desk: Desk, filling: Filling) -> None:
    """An instance that nobody began asks for none; the form itself comes last."""
    assert states(filling) == [("Witness", AWAITED), ("Consent", AWAITED)]
    with pytest.raises(BadInput) as caught:
        assessments.complete(desk, filling)
    assert (caught.value.reason, caught.value.params["count"]) == ("signature_missing", 2)
    form_signing.sign(desk, filling, "agree", WITNESS, "Sam Okoro", INK)
    with pytest.raises(BadInput):
        assessments.complete(desk, filling)
    form_signing.sign(desk, filling, "", CONSENT, "Danielle Marsh", INK)
    assessments.complete(desk, filling)
    again = assessments.open_response(desk, filling.response)
    assert [one.state for one in again.signings()] == [SIGNED, SIGNED]
    with desk.read() as reader:
        assert reader.blob(again.signings()[0].given.ink).startswith(b"<svg")  # type: ignore[union-attr, arg-type]
    with pytest.raises(Locked):
        form_signing.sign(desk, filling, "", CONSENT, "Danielle Marsh", INK)


def test_a_correction_undoes_a_signature_and_the_same_answers_bring_it_back(desk: Desk, filling: Filling) -> None:
    sign_all(desk, filling)
    assessments.complete(desk, filling)
    assessments.reopen(desk, filling)
    assert {one.state for one in filling.signings()} == {SIGNED}
    assessments.answer(desk, filling, "why", "Otherwise")
    assert {one.state for one in filling.signings()} == {CORRECTED}
    with pytest.raises(BadInput) as caught:
        assessments.complete(desk, filling)
    assert caught.value.reason == "signature_missing"
    assessments.answer(desk, filling, "why", "Because")
    assert {one.state for one in filling.signings()} == {SIGNED}
    assessments.leave_out(desk, filling, "why", Reason.RATHER_NOT)
    assert {one.state for one in filling.signings()} == {CORRECTED}
    sign_all(desk, filling)
    assessments.complete(desk, filling)
    assert assessments.open_response(desk, filling.response).status is ResponseStatus.COMPLETED


def test_what_a_signature_stands_for_counts_instances_by_their_place(desk: Desk, filling: Filling) -> None:
    first = next(one.id for one in filling.run.repeats())
    assessments.answer(desk, filling, f"{first}/n", 1)
    assert [name for name, _state in states(filling)] == ["Witness", "Initials", "Consent"]
    assert [one.need.path for one in filling.signings()] == ["agree", f"{first}/g", ""]
    sign_all(desk, filling)
    second = assessments.add_repeat(desk, filling, "g")
    assert {one.state for one in filling.signings()} == {SIGNED}, "an empty instance holds nothing to sign"
    assessments.answer(desk, filling, f"{second.split('/')[0]}/n", 1)
    assert {one.state for one in filling.signings()} == {CORRECTED, AWAITED}


def test_declining_and_not_being_able_are_outcomes_with_a_reason(desk: Desk, filling: Filling) -> None:
    with pytest.raises(BadInput) as caught:
        form_signing.not_signed(desk, filling, "", CONSENT, "Danielle Marsh", "declined", " ")
    assert caught.value.reason == "reason_missing"
    form_signing.not_signed(desk, filling, "", CONSENT, "Danielle Marsh", "declined", "She wants to think it over")
    form_signing.not_signed(desk, filling, "agree", WITNESS, "", "unable", "Nobody else was there")
    assert [one.state for one in filling.signings()] == [SigningState.UNABLE, SigningState.DECLINED]
    assessments.complete(desk, filling)


@pytest.mark.parametrize(
    ("name", "ink", "path", "reason"),
    [
        (" ", INK, "", "name_missing"),
        ("Danielle Marsh", Ink((Stroke(((1, 1),)),), 480, 128), "", "form_ink_missing"),
        ("Danielle Marsh", INK, "why", "signature_not_asked"),
    ],
)
def test_what_is_no_signature_is_refused(
    desk: Desk, filling: Filling, name: str, ink: Ink, path: str, reason: str
) -> None:
    with pytest.raises(BadInput) as caught:
        form_signing.sign(desk, filling, path, CONSENT, name, ink)
    assert caught.value.reason == reason
    assert states(filling)[-1][1] is AWAITED


def test_nobody_takes_a_signature_whose_role_does_not_say_so(
    desk: Desk, filling: Filling, colleague: Callable[..., Desk]
) -> None:
    with pytest.raises(NoPermission):
        form_signing.sign(colleague(role="administrator"), filling, "", CONSENT, "Danielle Marsh", INK)


def through_json(made: Any) -> Any:
    return json.loads(json.dumps(made))


def test_signatures_go_out_as_fhir_and_come_back(desk: Desk, filling: Filling, refer: Refer) -> None:
    first = next(one.id for one in filling.run.repeats())
    assessments.answer(desk, filling, f"{first}/n", 1)
    form_signing.sign(desk, filling, "agree", WITNESS, "Sam Okoro", INK)
    form_signing.sign(desk, filling, f"{first}/g", "Initials", "Danielle Marsh", INK)
    form_signing.not_signed(desk, filling, "", CONSENT, "Danielle Marsh", "unable", "Her hand is in plaster")
    assessments.complete(desk, filling)
    made = through_json(response_exchange.export_response(desk, filling.response))
    get_fhir_model_class("Bundle").model_validate(made)
    (sent,) = (one["resource"] for one in made["entry"])
    get_fhir_model_class("QuestionnaireResponse").model_validate(sent)
    witness = next(one for one in sent["item"] if one["linkId"] == "agree")
    (extension,) = witness["extension"]
    signature = extension["valueSignature"]
    assert (extension["url"], signature["type"][0]["code"]) == (SIGNATURE, WITNESS)
    assert (signature["who"], signature["sigFormat"]) == ({"display": "Sam Okoro"}, "image/svg+xml")
    assert {one["code"] for one in fill(FORM, sent, desk.clock.now())["issues"]} == set()
    # the same file a second time changes nothing; with another name on it, it is not the same
    assert response_import.import_response(desk, filling.participant, made).created is False
    signature["who"]["display"] = "Somebody else"
    with pytest.raises(BadInput) as caught:
        response_import.import_response(desk, filling.participant, made)
    assert caught.value.reason == "response_changed"
    signature["who"]["display"] = "Sam Okoro"
    elsewhere = copy.deepcopy(made)
    elsewhere["entry"][0]["resource"].pop("subject")
    elsewhere["entry"][0]["resource"]["id"] = new_id()
    other = refer(family="Baker", nhs_number="9990237573").participant
    brought = response_import.import_response(desk, other, elsewhere)
    again = assessments.open_response(desk, brought.response)

    def said(found: Filling) -> list[tuple[object, ...]]:
        given = [one.given for one in found.signings() if one.given is not None]
        return [(one.kind, one.name, one.outcome, one.reason, one.ink, one.content, one.at) for one in given]

    assert said(again) == said(filling)
    assert {one.settled for one in again.signings()} == {True}


def test_a_signature_in_a_file_whose_answers_were_changed_is_undone(desk: Desk, filling: Filling, refer: Refer) -> None:
    sign_all(desk, filling)
    assessments.complete(desk, filling)
    made = through_json(response_exchange.export_response(desk, filling.response))
    (sent,) = (one["resource"] for one in made["entry"])
    sent["id"] = new_id()
    sent.pop("subject")
    next(one for one in sent["item"] if one["linkId"] == "why")["answer"][0]["valueString"] = "Altered"
    issues = fill(FORM, sent, desk.clock.now())["issues"]
    assert [(one["code"], one["linkId"]) for one in issues] == [
        ("signatureOutdated", "agree"),
        ("signatureOutdated", None),
    ]
    other = refer(family="Baker", nhs_number="9990237573").participant
    brought = response_import.import_response(desk, other, made)
    assert {one.state for one in assessments.open_response(desk, brought.response).signings()} == {CORRECTED}


def test_filling_in_tells_of_a_missing_signature_as_a_coach_understands(desk: Desk) -> None:
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": []}
    found = fill(FORM, response, desk.clock.now())["issues"]
    assert [(one["severity"], one["code"], one["linkId"]) for one in found] == [
        ("warning", "signatureMissing", "agree"),
        ("warning", "signatureMissing", None),
    ]
    assert found[0]["message"] == "“Question agree” is to be signed (Witness), and nobody has signed it yet."
    theirs = {"url": SIGNATURE, "valueSignature": {"type": [{"code": CONSENT}], "when": "2026-11-22T09:00:00Z"}}
    signed = {**response, "extension": [theirs]}
    left = fill(FORM, signed, desk.clock.now())
    assert [one["linkId"] for one in left["issues"]] == ["agree"]
    assert plain(left["response"])["resourceType"] == "QuestionnaireResponse"


def test_a_whole_case_takes_its_signatures_along(desk: Desk, filling: Filling) -> None:
    sign_all(desk, filling)
    made = json.dumps(export_case(desk, filling.participant)).encode()
    brought = case_import.import_case(desk, made)
    assert (brought.created, brought.problems) == (0, ())
    assert made.count(b'"valueCode": "form_signature"') == 2
