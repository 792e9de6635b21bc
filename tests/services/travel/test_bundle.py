"""A whole case as FHIR R4: valid by a library that is not ours, the same text each time, written down as exported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.services.case_help import agreed, phq9, ready_plan, session_with
from tests.services.conftest import PASSPHRASE, joining, taking_in
from tests.services.travel.conftest import with_a_case
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Outcome
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.planning import signing
from workwell_desktop.services.travel import bundle
from workwell_desktop.store.log.fields import encode

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


def a_case(desk: Desk) -> None:
    """Something of every kind."""
    join = joining(desk)
    who = taking_in(desk)().participant
    phq9(desk, who, "222222221")
    for one in risk.open_ones(desk, who):
        risk.record(desk, one.risk, risk.Talked("Asked directly", "Will call the GP today"))
    chair = join("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    _session, _item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    discussions.contribute(desk, discussion, opinion="A rest day", facts="Sleeps badly")
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)
    tom = join("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    signing.sign_as_coach(desk, ready_plan(desk, who, clinician=tom.me), PASSPHRASE)


@pytest.fixture(scope="module")
def made_store(made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maya's store with the case in it."""
    return with_a_case(made_store, tmp_path_factory.mktemp("case"), a_case)


@pytest.fixture
def participant(desk: Desk) -> Id:
    with desk.read() as reader:
        [who] = reader.list(Participant)
    return who.id


def by_kind(made: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in made["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def test_every_resource_is_valid_fhir(desk: Desk, participant: Id) -> None:
    made = json.loads(json.dumps(bundle.export_case(desk, participant)))
    get_fhir_model_class("Bundle").model_validate(made)
    for kind, resources in by_kind(made).items():
        for resource in resources:
            get_fhir_model_class(kind).model_validate(resource)
    assert {"Patient", "EpisodeOfCare", "ServiceRequest", "Consent", "QuestionnaireResponse", "Observation"} <= set(
        by_kind(made)
    )
    assert {"CarePlan", "Task", "Encounter", "Communication", "Flag", "DocumentReference"} <= set(by_kind(made))


def test_every_reference_leads_to_an_entry_and_no_two_entries_share_an_id(desk: Desk, participant: Id) -> None:
    made = bundle.export_case(desk, participant)
    urls = [entry["fullUrl"] for entry in made["entry"]]
    assert len(urls) == len(set(urls))

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["reference"]] if isinstance(value.get("reference"), str) else []
            return own + [one for below in value.values() for one in references(below)]
        return [one for below in value for one in references(below)] if isinstance(value, list) else []

    assert set(references(made)) <= set(urls)


def test_equal_cases_give_equal_text_and_each_export_is_written_down(desk: Desk, participant: Id) -> None:
    assert bundle.export_case(desk, participant) == bundle.export_case(desk, participant)
    with desk.read() as reader:
        assert len(reader.events(participant=participant, kinds=[AuditKind.EXPORTED])) == 2
    # what a newer computer wrote would be left out: then nothing goes
    with desk.unit() as unit:
        unit._write("participant", participant, participant, "of_a_later_version", encode("said"))
    with pytest.raises(BadInput) as refused:
        bundle.export_case(desk, participant)
    assert refused.value.reason == "case_newer"


def test_a_score_is_an_observation_with_its_loinc_code(desk: Desk, participant: Id) -> None:
    scores = [one for one in by_kind(bundle.export_case(desk, participant))["Observation"] if "derivedFrom" in one]
    [total] = [one for one in scores if one["code"]["coding"][0]["code"] == "44261-6"]
    assert total["valueQuantity"]["value"] == 17


def test_the_risk_is_a_flag_and_never_a_grade(desk: Desk, participant: Id) -> None:
    [flag] = by_kind(bundle.export_case(desk, participant))["Flag"]
    assert flag["status"] == "inactive"
    shown = {"resourceType", "id", "status", "code", "subject", "period", "author"}
    assert set(flag) - {"extension"} == shown
    [record] = flag["extension"]
    assert not {"grade", "level", "score"} & {part["url"] for part in record["extension"]}


def test_whoever_may_not_export_takes_nothing_out(desk: Desk, participant: Id, colleague: Join) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    with pytest.raises(NoPermission):
        bundle.export_case(jo, participant)
