"""A whole case to another partnership as a file that only its recipient reads, and what is shown before it comes in."""

import hashlib
import json
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.services.case_help import phq9, ready_plan, say_yes
from tests.services.conftest import PASSPHRASE, joining, taking_in
from tests.services.travel.conftest import THEIRS, with_a_case
from workwell_desktop.domain.duties import SafeguardingConcern
from workwell_desktop.domain.papers import AuditKind, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant, Party
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, DocumentTrouble, FieldsInvalid, NoPermission, ReadOnlyFolder
from workwell_desktop.services.coming_in import agreements, participants
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import paper_in, register
from workwell_desktop.services.person import record
from workwell_desktop.services.planning import signing
from workwell_desktop.services.safekeeping import undoing
from workwell_desktop.services.travel import bundle, case_in, case_out
from workwell_desktop.services.travel.case_out import Lock

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
AGREED = Lock(passphrase="copper violin orchard")


def a_case(desk: Desk) -> None:
    """Dani's case, with a signed plan, who agreed that Low Moor gets it."""
    who = taking_in(desk)().participant
    phq9(desk, who, "111111110")
    tom = joining(desk)("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, who, clinician=tom.me)
    say_yes(desk, plan, PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_ink(desk, plan, signing.Ink((signing.Stroke(((0.1, 0.1), (0.5, 0.2))),), 1.0, 0.3))
    agree(desk, who)


@pytest.fixture(scope="module")
def made_store(made_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maya's store with the case in it."""
    return with_a_case(made_store, tmp_path_factory.mktemp("case"), a_case)


@pytest.fixture
def participant(desk: Desk) -> Id:
    with desk.read() as reader:
        [who] = reader.list(Participant)
    return who.id


def agree(desk: Desk, who: Id, *, given: bool = True) -> Id:
    said = AgreementDetails(
        AgreementKind.SHARE, Party.SERVICE, given, "in_room", party_name=THEIRS, limits="Not my diary"
    )
    return agreements.record(desk, who, said)


@pytest.fixture
def file(desk: Desk, participant: Id, tmp_path: Path) -> bytes:
    place = tmp_path / "case.workwell-case"
    case_out.send(desk, participant, THEIRS, place, AGREED, ReleaseHow.EMAILED)
    return place.read_bytes()


def people_there(desk: Desk) -> int:
    with desk.read() as reader:
        return reader.count(Participant)


def test_the_file_is_sealed_and_written_down_as_given(desk: Desk, participant: Id, tmp_path: Path, file: bytes) -> None:
    place = tmp_path / "case.workwell-case"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert b"Marsh" not in file
    assert b"Bundle" not in file
    with desk.read() as reader:
        [given] = reader.list(Release, scope=participant)
        events = reader.events(participant=participant, kinds=[AuditKind.EXPORTED, AuditKind.RELEASED])
    assert (given.recipient, given.recipient_name, given.how) == (Party.SERVICE, THEIRS, ReleaseHow.EMAILED)
    assert (given.basis, given.by, given.content) == ("agreement", desk.me, hashlib.sha256(file).hexdigest())
    assert {one.kind for one in events} == {AuditKind.EXPORTED, AuditKind.RELEASED}
    shown = agreements.already_given(desk, participant, Party.SERVICE, THEIRS)
    assert [one.how for one in shown] == ["emailed"]


def test_what_would_go_is_said_first(desk: Desk, participant: Id) -> None:
    seen = case_out.look(desk, participant)
    assert seen.name == "Danielle Marsh"
    assert [(one.name, one.limits) for one in seen.agreed] == [(THEIRS, "Not my diary")]
    assert dict(seen.holds)["response"] == 1
    assert seen.files >= 2
    assert seen.restricted == ()


def test_nothing_goes_without_agreement_or_a_way_to_open_it(desk: Desk, participant: Id, tmp_path: Path) -> None:
    place = tmp_path / "out.workwell-case"

    def refused(recipient: str = THEIRS, lock: Lock = AGREED) -> str:
        with pytest.raises(BadInput) as stopped:
            case_out.send(desk, participant, recipient, place, lock, ReleaseHow.SAVED)
        assert not place.exists()
        return stopped.value.problems[0][1] if isinstance(stopped.value, FieldsInvalid) else stopped.value.reason

    assert refused("Somewhere else") == "not_agreed_to_share"
    assert refused(lock=Lock()) == "way_missing"
    assert refused(lock=Lock("copper violin orchard", "ABCD")) == "way_missing"
    assert refused(lock=Lock("short")) == "passphrase_too_short"
    assert refused(lock=Lock("danielle marsh")) == "passphrase_holds_name"
    assert refused(lock=Lock(code="0000-1111")) == "receiving_code"
    with pytest.raises(ReadOnlyFolder):
        case_out.send(desk, participant, THEIRS, tmp_path / "no" / "where", AGREED, ReleaseHow.SAVED)
    with desk.read() as reader:
        assert reader.list(Release, scope=participant) == []
        [agreement] = [one.id for one in reader.list(Agreement, scope=participant) if one.party_name == THEIRS]
    agreements.withdraw(desk, agreement)
    assert refused() == "not_agreed_to_share"


def test_only_who_may_sends_and_brings_in(desk: Desk, participant: Id, colleague: Join, tmp_path: Path) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    for act in (
        lambda: case_out.look(jo, participant),
        lambda: case_out.send(jo, participant, THEIRS, tmp_path / "x", AGREED, ReleaseHow.SAVED),
        lambda: case_out.my_code(jo),
        lambda: case_in.look(jo, b"{}"),
        lambda: case_in.bring_in(jo, b"{}"),
        lambda: paper_in.look(jo, b"%PDF-"),
    ):
        with pytest.raises(NoPermission):
            act()
    assert not (tmp_path / "x").exists()


def test_restricted_notes_stay_unless_they_are_named(desk: Desk, participant: Id, tmp_path: Path) -> None:
    with desk.unit() as unit:
        unit.add(SafeguardingConcern(id=new_id(), scope=participant, what="A neighbour"))
    place = tmp_path / "case"
    case_out.send(desk, participant, THEIRS, place, AGREED, ReleaseHow.SAVED)
    assert "safeguarding" not in dict(case_out.look(desk, participant).holds)
    words = case_in.unsealed(desk, place.read_bytes(), AGREED.passphrase)
    assert b"A neighbour" not in words
    with pytest.raises(BadInput):
        case_out.send(desk, participant, THEIRS, place, AGREED, ReleaseHow.SAVED, frozenset({"response"}))


def test_it_is_looked_at_and_comes_in_when_somebody_says_so(
    desk: Desk, participant: Id, file: bytes, elsewhere: Desk
) -> None:
    seen = case_in.look(elsewhere, file, AGREED.passphrase)
    assert people_there(elsewhere) == 0
    assert (seen.name, seen.sender, seen.sealed, seen.here) == (
        "Danielle Marsh",
        "Calder Valley partnership",
        True,
        False,
    )
    assert seen.comes_in
    assert dict(seen.new)["response"] == dict(seen.holds)["response"] == 1
    paper = next(one for one in seen.papers if one.kind is PaperKind.PARTICIPANT_PLAN)
    assert (paper.status, [one.name for one in paper.signatures]) == ("not_trusted", ["Maya Okafor", "Danielle Marsh"])
    done = case_in.bring_in(elsewhere, file, AGREED.passphrase)
    assert done == seen.done
    assert record.banner(elsewhere, participant).name == "Danielle Marsh"
    again = case_in.look(elsewhere, file, AGREED.passphrase)
    assert again.here
    assert not again.comes_in


def test_one_undo_takes_the_case_back_and_it_can_come_again(participant: Id, file: bytes, elsewhere: Desk) -> None:
    with elsewhere.read() as reader:
        staff = reader.count(Person)
    first = case_in.bring_in(elsewhere, file, AGREED.passphrase)
    undone = undoing.undo(elsewhere)
    assert undone is not None
    assert undone.kind == "participant"
    with elsewhere.read() as reader:
        assert (reader.count(Participant), reader.count(Person)) == (0, staff)
        assert reader.list(Agreement, scope=participant) == []
    before = case_in.bring_in(elsewhere, file, AGREED.passphrase)
    assert before.problems == ()
    assert before.created >= first.created - 4  # the files stayed
    once = json.dumps(bundle.export_case(elsewhere, participant)["entry"][1:])
    assert once == json.dumps(bundle.export_case(elsewhere, participant)["entry"][1:])


def test_a_like_person_is_shown(file: bytes, elsewhere: Desk) -> None:
    participants.register(
        elsewhere,
        ParticipantDetails(
            given_name="Dani", family_name="Marsh", birth_date=case_in.look(elsewhere, file, AGREED.passphrase).born
        ),
    )
    [like] = case_in.look(elsewhere, file, AGREED.passphrase).likes
    assert like.line.name == "Dani Marsh"


def test_sealed_to_a_code_it_opens_for_that_person_alone(
    desk: Desk, participant: Id, elsewhere: Desk, tmp_path: Path
) -> None:
    place = tmp_path / "case"
    case_out.send(desk, participant, THEIRS, place, Lock(code=case_out.my_code(elsewhere)), ReleaseHow.POSTED)
    assert case_in.look(elsewhere, place.read_bytes()).name == "Danielle Marsh"
    with pytest.raises(BadInput) as stopped:
        case_in.look(desk, place.read_bytes())
    assert stopped.value.reason == "sealed_other"


def test_a_bad_file_says_one_thing_and_changes_nothing(file: bytes, elsewhere: Desk) -> None:
    def refused(source: bytes, passphrase: str | None = AGREED.passphrase) -> str:
        with pytest.raises(BadInput) as stopped:
            case_in.bring_in(elsewhere, source, passphrase)
        assert people_there(elsewhere) == 0
        return stopped.value.reason

    assert refused(file, "copper violin orchards") == "sealed_passphrase"
    assert refused(file, None) == "sealed_passphrase"
    assert refused(file[: len(file) // 2]) == "sealed_passphrase"
    assert refused(file[:30]) == "sealed_damaged"
    assert refused(b"WorkWell case 7\n" + file) == "sealed_newer"
    assert refused(b"Dear diary") == "not_json"
    assert refused(b"[" * 100_000) == "not_json"
    assert refused(b'{"resourceType": "Bundle", "entry": []}') == "not_a_bundle"


def test_a_signed_plan_that_was_handed_over_says_what_is_in_it(desk: Desk, participant: Id, elsewhere: Desk) -> None:
    plan = next(one for one in register.list_papers(desk, participant) if one.kind is PaperKind.PARTICIPANT_PLAN)
    pdf = register.paper_bytes(desk, plan.document)
    seen = paper_in.look(elsewhere, pdf)
    assert seen.person == "Danielle Marsh"
    assert seen.verdict.status == "not_trusted"
    assert not seen.changed
    said = " ".join(line for section in seen.sections for line in (section.title, *section.lines))
    assert "Ask about shorter shifts" in said
    assert "<" not in said
    assert people_there(elsewhere) == 0
    forged = paper_in.look(elsewhere, pdf + b"\n%%EOF\n")
    assert forged.changed


def test_a_pdf_that_carries_nothing_or_is_none_says_so(elsewhere: Desk) -> None:
    empty = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(empty)
    with pytest.raises(BadInput) as stopped:
        paper_in.look(elsewhere, empty.getvalue())
    assert stopped.value.reason == "no_document_inside"
    with pytest.raises(DocumentTrouble):
        paper_in.look(elsewhere, b"%PDF-1.7 and then nothing")
