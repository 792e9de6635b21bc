"""A case travels whole: exported from one store, brought into another, exported again with the same facts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.case_help import agreed, phq9, ready_plan, say_yes, session_with
from tests.services.conftest import PASSPHRASE, TUESDAY, at_work, copied, joining, taking_in
from tests.services.travel.conftest import with_a_case
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormStatus, FormVersion, Person, Profession
from workwell_desktop.domain.records import Id, Record, Scope, fields_of, scope_of
from workwell_desktop.domain.sessions import Outcome
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.assessing import library, risk
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.person import record
from workwell_desktop.services.planning import signing
from workwell_desktop.services.safekeeping import upkeep
from workwell_desktop.services.travel import bundle, case_import
from workwell_desktop.store import Reader

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
OF_A_PERSON = [cls for name, cls in KINDS.items() if scope_of(name) is Scope.PARTICIPANT]


def a_case(desk: Desk) -> None:
    """Something of nearly every kind, signed on the spot."""
    join = joining(desk)
    who = taking_in(desk)().participant
    phq9(desk, who, "222222221")
    phq9(desk, who, "12", finish=False)
    for one in risk.open_ones(desk, who):
        risk.record(desk, one.risk, risk.Talked("Asked directly", "Will call the GP today"))
    chair = join("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    _session, _item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    discussions.contribute(desk, discussion, opinion="A rest day", facts="Sleeps badly")
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)
    tom = join("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, who, clinician=tom.me)
    say_yes(desk, plan, PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_ink(desk, plan, signing.Ink((signing.Stroke(((0.1, 0.1), (0.5, 0.2))),), 1.0, 0.3))
    signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE)


@pytest.fixture(scope="module")
def made_store(made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maya's store with the case in it."""
    return with_a_case(made_store, tmp_path_factory.mktemp("case"), a_case)


@pytest.fixture(scope="module")
def exported(made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Id, str]:
    """Whose case it is, and the case as it travels."""
    with at_work(copied(made_store, tmp_path_factory.mktemp("export")), FixedClock(TUESDAY)) as desk:
        with desk.read() as reader:
            [who] = reader.list(Participant)
        return who.id, json.dumps(bundle.export_case(desk, who.id))


@pytest.fixture
def participant(exported: tuple[Id, str]) -> Id:
    return exported[0]


@pytest.fixture
def file(exported: tuple[Id, str]) -> dict[str, Any]:
    """The case as it travels."""
    made: dict[str, Any] = json.loads(exported[1])
    return made


def sent(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False).encode()


def of_type(made: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind)
    return found


def facts(reader: Reader, participant: Id) -> dict[tuple[str, str], object]:
    """Every field of every record of a case, and every answer."""
    found: dict[tuple[str, str], object] = {}
    for cls in OF_A_PERSON:
        for one in reader.list(cls, scope=participant):
            for spec in fields_of(cls):  # type: ignore[arg-type]
                found[one.id, spec.name] = getattr(one, spec.name)
            found.update({(one.id, path): value for path, value in reader.answers(one.id).items()})
    return found


def nothing_new(desk: Desk) -> None:
    with desk.read() as reader:
        assert reader.count(Participant) == 0
        assert reader.count(Person) == 1
        assert all(reader.count(cls) == 0 for cls in OF_A_PERSON)


def test_a_case_comes_back_as_it_was(desk: Desk, participant: Id, file: dict[str, Any], elsewhere: Desk) -> None:
    done = case_import.import_case(elsewhere, sent(file))
    known = [e for e in file["entry"] if e["resource"].get("contentType") == library.MEDIA_TYPE]
    assert known
    everything = len(file["entry"])
    assert (done.resources, done.created, done.skipped) == (everything, everything - len(known), len(known))
    assert done.problems == ()
    with desk.read() as here, elsewhere.read() as there:
        before = facts(here, participant)
        assert facts(there, participant) == before
        for entry in there.list(Document, scope=participant):
            assert entry.file is not None
            assert there.blob(entry.file) == here.blob(entry.file)
    assert len(before) > 200
    again = json.loads(json.dumps(bundle.export_case(elsewhere, participant)))
    own = {e["resource"]["id"]: e["resource"] for e in again["entry"][1:]}
    assert own == {e["resource"]["id"]: e["resource"] for e in file["entry"][1:]}


def test_what_came_in_can_be_worked_with(participant: Id, file: dict[str, Any], elsewhere: Desk) -> None:
    case_import.import_case(elsewhere, sent(file))
    assert record.banner(elsewhere, participant).name == "Danielle Marsh"
    assert record.overview(elsewhere, participant) is not None
    assert record.everything(elsewhere, participant)
    assert today.view(elsewhere) is not None
    papers = register.list_papers(elsewhere, participant)
    assert len(papers) >= 2
    assert upkeep.check(elsewhere).ok
    with elsewhere.read() as reader:
        others = [one for one in reader.list(Person) if one.id != elsewhere.me]
        assert others
        assert not any(one.active or one.roles or one.verify_key or one.certificate for one in others)


def test_a_second_time_skips_and_overwrites_nothing(participant: Id, file: dict[str, Any], elsewhere: Desk) -> None:
    case_import.import_case(elsewhere, sent(file))
    with elsewhere.read() as reader:
        before = facts(reader, participant)
    done = case_import.import_case(elsewhere, sent(file))
    assert (done.created, done.skipped, done.problems) == (0, len(file["entry"]), ())
    with elsewhere.unit() as unit:
        unit.set(Participant, participant, town="Elsewhere")
    done = case_import.import_case(elsewhere, sent(file))
    assert [(one.resource, one.field) for one in done.problems] == [(f"Patient/{participant}", "town")]
    with elsewhere.read() as reader:
        assert facts(reader, participant) == {**before, (participant, "town"): "Elsewhere"}


def _wrong_name(made: dict[str, Any]) -> None:
    of_type(made, "Patient")["name"][0]["family"] = "Somebody"


def _wrong_type(made: dict[str, Any]) -> None:
    [record_of] = of_type(made, "CarePlan")["extension"]
    next(one for one in record_of["extension"] if one["url"] == "version")["valueInteger"] = "two"


def _unknown_field(made: dict[str, Any]) -> None:
    of_type(made, "CarePlan")["extension"][0]["extension"].append({"url": "colour", "valueString": "red"})


def _role(made: dict[str, Any]) -> None:
    person = of_type(made, "Practitioner")["extension"][0]["extension"]
    person.append({"url": "roles", "valueString": "administrator"})


def _impossible_day(made: dict[str, Any]) -> None:
    record_of = of_type(made, "EpisodeOfCare")["extension"][0]["extension"]
    next(one for one in record_of if one["url"] == "opened_on")["valueDate"] = "2026-02-30"


def _changed_file(made: dict[str, Any]) -> None:
    of_type(made, "Binary")["data"] = "AAAA"


def _turned_text(made: dict[str, Any]) -> None:
    record_of = of_type(made, "ServiceRequest")["extension"][0]["extension"]
    next(one for one in record_of if one["url"] == "reason")["valueString"] = "Off \u202ekrow"


def _another_person(made: dict[str, Any]) -> None:
    of_type(made, "Task")["for"]["reference"] = "urn:uuid:" + "1" * 32


def _stranger(made: dict[str, Any]) -> None:
    made["entry"].append({"resource": {"resourceType": "Observation", "id": "2" * 32, "status": "final"}})


def _no_id(made: dict[str, Any]) -> None:
    del of_type(made, "Task")["id"]


def _changed_answer(made: dict[str, Any]) -> None:
    question = of_type(made, "QuestionnaireResponse")["item"][0]
    while "answer" not in question:
        question = question["item"][0]
    question["answer"][0]["valueCoding"]["code"] = "LA6568-5"


@pytest.mark.parametrize(
    ("spoil", "resource", "field"),
    [
        (_wrong_name, "Patient/", "name"),
        (_wrong_type, "CarePlan/", "version"),
        (_unknown_field, "CarePlan/", "colour"),
        (_role, "Practitioner/", "roles"),
        (_impossible_day, "EpisodeOfCare/", "opened_on"),
        (_changed_file, "Binary/", "data"),
        (_turned_text, "ServiceRequest/", "reason"),
        (_another_person, "Task/", "for"),
        (_stranger, "Observation/", "resourceType"),
        (_no_id, "entry ", "resource"),
        (_changed_answer, "QuestionnaireResponse/", "item"),
    ],
)
def test_a_bad_file_changes_nothing_and_names_the_place(
    file: dict[str, Any], elsewhere: Desk, spoil: Callable[[dict[str, Any]], None], resource: str, field: str
) -> None:
    spoil(file)
    done = case_import.import_case(elsewhere, sent(file))
    assert done.created == done.skipped == 0
    assert any(one.resource.startswith(resource) and one.field == field for one in done.problems)
    assert all(one.message for one in done.problems)
    nothing_new(elsewhere)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"\xff\xfe not text", "not_json"),
        (b'{"resourceType": "Bundle"', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"resourceType": "Patient"}', "not_a_bundle"),
        (b'{"resourceType": "Bundle", "entry": []}', "not_a_bundle"),
        (b"[]", "not_a_bundle"),
    ],
)
def test_what_is_no_case_is_refused(elsewhere: Desk, source: bytes, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        case_import.import_case(elsewhere, source)
    assert refused.value.reason == reason
    nothing_new(elsewhere)


def test_one_number_is_never_two_people(desk: Desk, refer: Refer, elsewhere: Desk, clock: FixedClock) -> None:
    who = refer(nhs_number="999 000 0018").participant
    made = json.loads(json.dumps(bundle.export_case(desk, who)))
    with elsewhere.unit() as unit:
        other = Id("a" * 32)
        unit.add(Participant(id=other, scope=other, given_name="D", family_name="M", nhs_number="9990000018"))
    done = case_import.import_case(elsewhere, sent(made))
    assert [(one.field, done.created) for one in done.problems] == [("nhs_number", 0)]


def test_whoever_may_not_bring_a_case_in_does_not(desk: Desk, file: dict[str, Any], colleague: Join) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    with pytest.raises(NoPermission):
        case_import.import_case(jo, sent(file))


def test_a_form_that_is_not_here_comes_along_and_is_not_offered(
    participant: Id, file: dict[str, Any], elsewhere: Desk
) -> None:
    """Its bytes are what the answers are pinned to; without them the case does not come in."""
    with elsewhere.unit() as unit:
        for one in unit.reader.list(FormVersion):
            unit.delete(FormVersion, one.id)
    without = {**file, "entry": [e for e in file["entry"] if e["resource"].get("contentType") != library.MEDIA_TYPE]}
    done = case_import.import_case(elsewhere, sent(without))
    assert ("form_digest", 0) in {(one.field, done.created) for one in done.problems}
    nothing_new(elsewhere)
    assert case_import.import_case(elsewhere, sent(file)).problems == ()
    with elsewhere.read() as reader:
        pinned = {one.form_digest for one in reader.list(Response, scope=participant)}
        came = reader.list(FormVersion)
        assert {one.digest for one in came} == pinned
        assert {one.status for one in came} == {FormStatus.RETIRED}


def test_every_kind_of_record_about_a_person_travels() -> None:
    """A kind that is added later is exported without anybody thinking of it."""
    assert set(bundle._ABOUT_A_PERSON) == set(OF_A_PERSON)
    assert all(issubclass(cls, Record) for cls in OF_A_PERSON)
