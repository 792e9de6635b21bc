"""Papers: each reader their own, approval of one content, signatures in order, releases."""

from collections.abc import Callable
from datetime import date, timedelta

import pypdfium2
import pytest

from tests.services.case_help import agreed, phq9, ready_plan, say_yes, session_with
from tests.services.conftest import PASSPHRASE
from workwell_desktop.catalogue import sentence
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import ApprovalHow, AuditKind, Document, PaperKind, PaperStatus, Release, ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import OwnerKind, Plan, PlanStatus, PlanType, SignatoryRole
from workwell_desktop.domain.sessions import Outcome
from workwell_desktop.errors import BadInput, Locked, NoPermission, NotApproved, WrongPassphrase
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.meeting import discussions, sessions, signing_minutes
from workwell_desktop.services.paperwork import papers, register
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plans, signatories, signing

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
INK = signing.Ink((signing.Stroke(((0.1, 0.1), (0.5, 0.2), (0.8, 0.1))),), 1.0, 0.3)
BOTH = (PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels")


def words_of(pdf: bytes) -> str:
    """Everything that stands on the pages, whatever the lines."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return " ".join(said.split())
    finally:
        document.close()


def state(desk: Desk, plan: str, kind: PaperKind) -> str:
    return next(str(one.state) for one in papers.approvals(desk, plan) if one.kind is kind)  # type: ignore[arg-type]


def test_the_employer_never_sees_health_a_score_a_risk_or_another_agency(
    desk: Desk, refer: Refer, colleague: Join
) -> None:
    participant = refer().participant
    phq9(desk, participant, "222222221")
    adjustments.ask_for(desk, participant, "Packing up to 5 kg only", reason="because of lumbago")
    tom = colleague("Tom Reid", Profession.PSYCHOLOGICAL_THERAPIST, number=None)
    plan = ready_plan(desk, participant, clinician=tom.me)
    said = words_of(papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY).pdf)
    for word in ("lumbago", "depression", "PHQ", "back pain", "999 000", "Hebble Street", "therapist", "Tom Reid"):
        assert word.lower() not in said.lower()
    assert "Packing up to 5 kg only" in said
    gp = words_of(papers.preview(desk, plan, PaperKind.GP_SUMMARY).pdf)
    assert "PHQ-9" in gp
    assert "self-harm" not in gp


def test_the_employers_copy_names_nobody_of_another_agency_and_no_therapist(
    desk: Desk, refer: Refer, colleague: Join
) -> None:
    """Whatever is marked for the employer: who does it can say why as well as what is done."""
    participant = refer(work=STRUGGLING).participant
    tom = colleague("Tom Reid", Profession.PSYCHOLOGICAL_THERAPIST, number=None)
    plan = ready_plan(desk, participant)
    due = date(2026, 12, 1)
    for text, owner in (
        ("Send the shift plan", OwnedBy(OwnerKind.STAFF, tom.me)),
        ("Ring about the rota", OwnedBy(OwnerKind.STAFF, desk.me)),
        ("Hold a place on the course", OwnedBy(OwnerKind.OTHER, name="Jobcentre work coach")),
        ("Say which duties are lighter", OwnedBy(OwnerKind.EMPLOYER)),
    ):
        obstacles.add_action(desk, participant, text, owner, due, for_employer=True)
    said = words_of(papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY).pdf)
    assert "Send the shift plan" in said
    assert "Say which duties are lighter" in said
    assert "Maya Okafor" in said
    for word in ("Tom Reid", "therapist", "Jobcentre", "Hold a place"):
        assert word not in said


def test_a_word_that_an_employer_is_not_told_stops_the_approval(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    with desk.unit() as unit:
        unit.set(Plan, plan, function="Can stand. PHQ-9 was 13 of 27.")
    shown = papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY)
    with pytest.raises(BadInput) as refused:
        papers.approve(desk, plan, shown.kind, shown.content, how=ApprovalHow.IN_ROOM)
    assert (refused.value.reason, refused.value.params) == ("unfit_for_employer", {"word": "PHQ-9"})
    assert "“PHQ-9”" in sentence(refused.value)
    assert state(desk, plan, PaperKind.EMPLOYER_SUMMARY) == "not_asked"
    with desk.unit() as unit:
        unit.set(Plan, plan, function="Can stand and walk.")
    say_yes(desk, plan, PaperKind.EMPLOYER_SUMMARY)
    assert state(desk, plan, PaperKind.EMPLOYER_SUMMARY) == "agreed"


def test_nobody_was_asked_where_there_is_no_employer_yet(desk: Desk, refer: Refer) -> None:
    participant = refer(work=WorkDetails(WorkStatus.OUT_OF_WORK)).participant
    adjustments.ask_for(desk, participant, "Start after the rush hour")
    plan = ready_plan(desk, participant)
    with desk.unit() as unit:
        unit.set(Plan, plan, type=PlanType.SEEK_WORK)
    for kind in (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY):
        said = words_of(papers.preview(desk, plan, kind).pdf)
        assert "To ask for when there is a job" in said
        assert "no answer yet" not in said


def test_equal_words_give_equal_bytes(desk: Desk, refer: Refer) -> None:
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    for kind in (PaperKind.PARTICIPANT_PLAN, *BOTH):
        assert papers.preview(desk, plan, kind).pdf == papers.preview(desk, plan, kind).pdf


def test_an_approval_is_for_one_content_and_is_asked_again_when_that_changes(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    shown = papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY)
    adjustments.ask_for(desk, participant, "Start at 9am")
    with pytest.raises(BadInput) as refused:
        papers.approve(desk, plan, shown.kind, shown.content, how=ApprovalHow.IN_ROOM)
    assert refused.value.reason == "paper_changed"
    say_yes(desk, plan, *BOTH)
    assert state(desk, plan, PaperKind.EMPLOYER_SUMMARY) == "agreed"
    adjustments.ask_for(desk, participant, "Sit or stand by turns")
    assert state(desk, plan, PaperKind.EMPLOYER_SUMMARY) == "changed"


def test_an_approval_holds_on_another_day_and_runs_out(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    say_yes(desk, plan, *BOTH)
    clock.set(clock.moment + timedelta(days=1))
    assert state(desk, plan, PaperKind.GP_SUMMARY) == "agreed"
    clock.set(clock.moment + timedelta(days=desk.site.pace.approval_days))
    assert state(desk, plan, PaperKind.GP_SUMMARY) == "run_out"


def test_by_telephone_somebody_read_it_out(desk: Desk, refer: Refer) -> None:
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    shown = papers.preview(desk, plan, PaperKind.GP_SUMMARY)
    with pytest.raises(BadInput) as refused:
        papers.approve(desk, plan, shown.kind, shown.content, how=ApprovalHow.TELEPHONE)
    assert refused.value.reason == "reader_missing"
    papers.approve(desk, plan, shown.kind, shown.content, how=ApprovalHow.TELEPHONE, read_out_by=desk.me)


def test_a_refused_paper_is_not_made_and_the_register_says_why(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    say_yes(desk, plan, PaperKind.GP_SUMMARY)
    papers.refuse(desk, plan, PaperKind.EMPLOYER_SUMMARY, "They are not to know", how=ApprovalHow.IN_ROOM)
    signed = signing.sign_as_coach(desk, plan, PASSPHRASE)
    assert signed.not_made == ((PaperKind.EMPLOYER_SUMMARY, "refused"),)
    [line] = [one for one in register.list_papers(desk, participant) if one.kind is PaperKind.EMPLOYER_SUMMARY]
    assert (line.status, line.refused_reason, line.expected) == (PaperStatus.REFUSED, "They are not to know", 0)
    with pytest.raises(NotApproved):
        register.release(desk, line.document, ReleaseHow.SAVED)


def test_a_paper_nobody_was_asked_about_is_not_made(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    assert dict(signing.sign_as_coach(desk, plan, PASSPHRASE).not_made) == dict.fromkeys(BOTH, "not_asked")
    assert [one.kind for one in register.list_papers(desk, participant)] == [PaperKind.PARTICIPANT_PLAN]


def test_signatures_come_in_order_and_the_register_counts_them(desk: Desk, refer: Refer, colleague: Join) -> None:
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    participant = refer().participant
    plan = ready_plan(desk, participant, clinician=tom.me)
    say_yes(desk, plan, *BOTH)
    with pytest.raises(BadInput) as refused:
        signing.take_ink(desk, plan, INK)
    assert refused.value.reason == "not_your_turn"
    with pytest.raises(WrongPassphrase):
        signing.sign_as_coach(desk, plan, "not the passphrase")
    first = signing.sign_as_coach(desk, plan, PASSPHRASE)
    assert first.next is not None
    assert first.next.role is SignatoryRole.PARTICIPANT
    [own] = [one for one in register.list_papers(desk, participant) if one.kind is PaperKind.PARTICIPANT_PLAN]
    assert (own.status, own.present, own.expected) == (PaperStatus.AWAITING, 1, 3)
    assert own.awaiting == (SignatoryRole.PARTICIPANT, SignatoryRole.CLINICIAN)
    assert register.verify_paper(desk, register.paper_bytes(desk, own.document)).status == "incomplete"
    signing.take_ink(desk, plan, INK)
    assert signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE).next is None
    lines = {one.kind: one for one in register.list_papers(desk, participant)}
    assert {kind: one.expected for kind, one in lines.items()} == {
        PaperKind.PARTICIPANT_PLAN: 3,
        PaperKind.GP_SUMMARY: 2,
        PaperKind.EMPLOYER_SUMMARY: 1,
    }
    for one in lines.values():
        assert one.status is PaperStatus.COMPLETE
        assert register.verify_paper(desk, register.paper_bytes(desk, one.document)).valid
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        assert found.status is PlanStatus.SIGNED
        assert found.covers
    with pytest.raises(Locked):
        signing.take_ink(desk, plan, INK)


def test_somebody_elses_passphrase_does_not_sign(desk: Desk, refer: Refer, colleague: Join) -> None:
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    other = colleague("Ann Other", Profession.OCCUPATIONAL_THERAPIST, number="OT2")
    plan = ready_plan(desk, refer().participant, clinician=tom.me)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    with pytest.raises(NoPermission):
        signing.sign_as_clinician(desk, plan, other.me, PASSPHRASE)
    with pytest.raises(NoPermission):
        signing.sign_as_coach(other, plan, PASSPHRASE)


def test_a_participant_who_declines_has_a_printed_line_and_no_field(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    signatories.will_not_sign(desk, plan, "Wants to read it at home")
    assert signing.sign_as_coach(desk, plan, PASSPHRASE).next is None
    [line] = register.list_papers(desk, participant)
    assert (line.status, line.expected) == (PaperStatus.COMPLETE, 1)
    assert "Wants to read it at home" in words_of(register.paper_bytes(desk, line.document))


def test_a_typed_name_says_that_it_was_typed(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_typed_name(desk, plan, "Dani Marsh")
    [line] = register.list_papers(desk, participant)
    assert line.status is PaperStatus.COMPLETE


def test_nothing_leaves_without_approval_and_each_release_is_written_down(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    say_yes(desk, plan, *BOTH)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    papers_by_kind = {one.kind: one.document for one in register.list_papers(desk, participant)}
    gp, employer = papers_by_kind[PaperKind.GP_SUMMARY], papers_by_kind[PaperKind.EMPLOYER_SUMMARY]
    register.release(desk, employer, ReleaseHow.HANDED_OVER)
    register.release(desk, gp, ReleaseHow.PRINTED, recipient=Party.PARTICIPANT)
    for recipient in (Party.EMPLOYER, Party.JOBCENTRE):
        with pytest.raises(NotApproved):
            register.release(desk, gp, ReleaseHow.HANDED_OVER, recipient=recipient)
    with pytest.raises(NotApproved):
        register.release(desk, employer, ReleaseHow.SAVED, recipient_name="Another employer")
    taken_back = AgreementDetails(AgreementKind.SHARE, Party.EMPLOYER, given=False, how="phone")
    clock.set(clock.moment + timedelta(hours=1))
    agreements.record(desk, participant, taken_back)
    assert not register.may_release(desk, employer)
    with pytest.raises(NotApproved):
        register.release(desk, employer, ReleaseHow.SAVED)
    with desk.read() as reader:
        given = reader.list(Release, order_by="at", scope=participant)
        assert {(one.recipient, one.basis) for one in given} == {
            (Party.EMPLOYER, "approval"),
            (Party.PARTICIPANT, "own_copy"),
        }
        kinds = [one.kind for one in reader.events(participant=participant)]
        assert AuditKind.PRINTED in kinds
        assert AuditKind.RELEASED in kinds


def test_a_newer_version_takes_the_place_of_the_older(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    [old] = register.list_papers(desk, participant)
    pdf = register.paper_bytes(desk, old.document)
    clock.set(clock.moment + timedelta(days=7))
    following = plans.change_the_plan(desk, plan)
    plans.set_review(desk, following, date(2026, 12, 20))
    signatories.settle_signatories(desk, following, declined="Rather not")
    signing.sign_as_coach(desk, following, PASSPHRASE)
    verdict = register.verify_paper(desk, pdf)
    assert (verdict.valid, verdict.status) == (False, "superseded")
    with pytest.raises(BadInput) as refused:
        register.release(desk, old.document, ReleaseHow.PRINTED)
    assert refused.value.reason == "paper_superseded"
    with desk.read() as reader:
        assert reader.get(Plan, plan).status is PlanStatus.SUPERSEDED
        assert reader.count(Document, plan=following) == 1


def test_minutes_are_signed_by_the_chair_of_a_locked_session(desk: Desk, refer: Refer, colleague: Join) -> None:
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    session, _item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    with pytest.raises(BadInput):
        signing_minutes.sign_minutes(chair, session, PASSPHRASE)
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)
    sessions.lock_session(chair, session)
    with pytest.raises(NoPermission):
        signing_minutes.sign_minutes(desk, session, PASSPHRASE)
    minutes = signing_minutes.sign_minutes(chair, session, PASSPHRASE)
    pdf = register.paper_bytes(desk, minutes)
    assert register.verify_paper(desk, pdf).valid
    assert "What next?" in words_of(pdf)
    with pytest.raises(Locked):
        signing_minutes.sign_minutes(chair, session, PASSPHRASE)


def test_a_changed_file_is_not_genuine(desk: Desk, refer: Refer) -> None:
    participant = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, participant)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    [line] = register.list_papers(desk, participant)
    pdf = bytearray(register.paper_bytes(desk, line.document))
    pdf[len(pdf) // 3] ^= 1
    assert not register.verify_paper(desk, bytes(pdf)).valid
