"""Single papers beside the plan: what they are made from, whom they are for, and what never reaches them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import phq9, ready_plan
from tests.services.paperwork.test_papers import STRUGGLING, words_of
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.duties import Disclosure
from workwell_desktop.domain.papers import Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat, Participant, Party, WorkSituation
from workwell_desktop.domain.people import FormVersion, Profession, Team
from workwell_desktop.domain.plans import Obstacle, ReturnWeek
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import AdviceKind, AgendaItem, Lane, Session
from workwell_desktop.errors import BadInput
from workwell_desktop.services.assessing import blank_forms, library
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import advice
from workwell_desktop.services.paperwork import access_marks, handouts, register
from workwell_desktop.services.paperwork.access_copies import Reason
from workwell_desktop.services.person import going_back
from workwell_desktop.services.planning import adjustments

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
SECRETS = ("Lumbago", "depression", "PHQ", "9990000018", "999 000 0018", "Hebble Street", "Low back pain", "116 123")


@pytest.fixture
def who(desk: Desk, refer: Refer, colleague: Join) -> Id:
    """Somebody with a plan, weeks, a change at work and both drafts; with much that an employer is not told."""
    participant = refer(work=STRUGGLING).participant
    phq9(desk, participant, "222222221")
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    ready_plan(desk, participant, clinician=tom.me)
    adjustments.ask_for(desk, participant, "Packing up to 5 kg only", reason="because of lumbago")
    going_back.add_week(desk, participant, starts_on=date(2026, 12, 7), days=("mon", "wed"), hours=Decimal(12))
    for kind in AdviceKind:
        advice.draft(desk, participant, kind, "May be able to work shorter shifts.", tom.me)
    return participant


def said(desk: Desk, who: Id, kind: PaperKind) -> str:
    return words_of(handouts.handout(desk, who, kind).pdf)


@pytest.mark.parametrize(
    ("kind", "recipient", "words"),
    [
        (PaperKind.PHASED_RETURN, Party.PARTICIPANT, ("Danielle Marsh", "12 hours", "Northgate Parcels", "no health")),
        (PaperKind.AHP_REPORT, Party.TEAM, ("Tom Reid", "OT1", "Packing up to 5 kg", "not for other benefits", "SSP")),
        (PaperKind.FIT_NOTE_DRAFT, Party.TEAM, ("not a Statement of Fitness for Work", "shorter shifts", "Tom Reid")),
    ],
)
def test_what_may_come_to_be_read_at_work_says_nothing_of_health_or_of_another_agency(
    desk: Desk, who: Id, kind: PaperKind, recipient: Party, words: tuple[str, ...]
) -> None:
    assert kind in handouts.offered(desk, who)
    handouts.give_handout(desk, who, kind, ReleaseHow.PRINTED)
    printed = said(desk, who, kind).casefold()
    for word in words:
        assert word.casefold().replace("ssp", "statutory sick pay") in printed
    assert [word for word in SECRETS if word.casefold() in printed] == []
    with desk.read() as reader:
        (entry,) = reader.list(Document, scope=who, kind=kind)
        (given,) = reader.list(Release, document=entry.id)
    assert (entry.recipient, given.how) == (recipient, ReleaseHow.PRINTED)


@pytest.mark.parametrize("kind", [PaperKind.PHASED_RETURN, PaperKind.AHP_REPORT, PaperKind.FIT_NOTE_DRAFT])
def test_a_word_that_an_employer_is_not_told_stops_the_paper(desk: Desk, who: Id, kind: PaperKind) -> None:
    with desk.read() as reader:
        week = reader.list(ReturnWeek, scope=who)[0].id
    going_back.change_week(desk, week, duties="Lighter, because of her depression")
    with pytest.raises(BadInput) as refused:
        handouts.handout(desk, who, kind)
    assert refused.value.reason == "unfit_for_employer"


def test_nothing_is_made_from_nothing(desk: Desk, refer: Refer) -> None:
    bare = refer(work=STRUGGLING).participant
    for kind, reason in ((PaperKind.PHASED_RETURN, "no_plan"), (PaperKind.AHP_REPORT, "no_plan")):
        with pytest.raises(BadInput) as refused:
            handouts.handout(desk, bare, kind)
        assert refused.value.reason == reason
    ready_plan(desk, bare)
    for kind, reason in ((PaperKind.PHASED_RETURN, "no_weeks"), (PaperKind.FIT_NOTE_DRAFT, "no_draft")):
        with pytest.raises(BadInput) as refused:
            handouts.handout(desk, bare, kind)
        assert refused.value.reason == reason
    assert handouts.offered(desk, bare)[0] is PaperKind.SERVICE_CARD


def test_the_card_names_nobody_whose_it_is(desk: Desk, who: Id) -> None:
    printed = said(desk, who, PaperKind.SERVICE_CARD)
    for words in ("999", "111, option 2", "116 123", "85258"):
        assert words in printed
    for words in ("Danielle", "Marsh", "Northgate", "1984"):
        assert words not in printed
    large = handouts.handout(desk, who, PaperKind.SERVICE_CARD, PaperFormat.LARGE)
    assert large.pdf != handouts.handout(desk, who, PaperKind.SERVICE_CARD).pdf


def test_a_copy_of_everything_has_every_record_and_answer_and_counts_what_it_may_not_hold(desk: Desk, who: Id) -> None:
    printed = said(desk, who, PaperKind.ACCESS_COPY)
    for words in ("Low back pain, worse by night", "Lumbago with depression", "PHQ-9", "because of lumbago", "12"):
        assert words in printed
    assert "Nearly every day" in printed or "More than half the days" in printed
    assert "kept apart" not in printed
    note = Disclosure(id=new_id(), scope=who, what="kept", at=desk.clock.now() - timedelta(days=1))
    with desk.unit() as unit:
        unit.add(note)
        # what the team's agenda says of them, and what somebody wrote that looks like a code
        session, team = new_id(), unit.reader.list(Team)[0].id
        unit.add(Session(id=session, scope=team, starts_at=desk.clock.now()))
        unit.add(AgendaItem(id=new_id(), scope=team, session=session, participant=who, lane=Lane.DISCUSS, minutes=12))
        unit.set(Participant, who, lives_with="son_of_kim")
    printed = said(desk, who, PaperKind.ACCESS_COPY)
    for words in ("On the agenda of our team", "Minutes 12", "son_of_kim"):
        assert words in printed, words
    reads = desk.may(Act.READ, Disclosure)
    assert ("kept apart" in said(desk, who, PaperKind.ACCESS_COPY)) is not reads


def test_a_copy_of_everything_says_who_used_the_record_and_which_files_there_are(desk: Desk, who: Id) -> None:
    desk.opened(who)
    with desk.unit() as unit:
        scan = unit.blob(b"%PDF-scan" * 300, "application/pdf", who)
        unit.add(Attachment(id=new_id(), scope=who, title="Letter from the hospital", file=scan))
    printed = said(desk, who, PaperKind.ACCESS_COPY)
    for words in (
        "Who used your record",
        "Maya Okafor: Opened the record",
        "Letter from the hospital",
        "application/pdf",
    ):
        assert words in printed, words


def test_what_others_said_is_marked_and_held_back_with_a_reason_that_the_copy_says(desk: Desk, who: Id) -> None:
    with desk.unit() as unit:
        one = unit.reader.list(Obstacle, scope=who)[0]
        unit.set(Obstacle, one.id, text="Her husband, Derek Quill, drinks, and she cannot sleep")
        work = unit.reader.list(WorkSituation, scope=who)[0]
        unit.set(WorkSituation, work.id, employer_person="Sue Hartley, depot manager")
    found = access_marks.marks(desk, who)
    named = {mark.field: mark for mark in found}
    assert named["obstacle.text"].names == ("Derek Quill",)
    assert named["work_situation.employer_person"].by_others
    assert not any("Tom" in name or "Maya" in name for mark in found for name in mark.names), "people of the service"
    held = {(one.id, "obstacle.text"): Reason.ABOUT_OTHERS}
    before = said(desk, who, PaperKind.ACCESS_COPY)
    assert "Derek Quill" in before
    assert "What is held back" not in before
    given = handouts.give_handout(desk, who, PaperKind.ACCESS_COPY, ReleaseHow.SAVED, held=held)
    words = words_of(given)
    assert "Derek" not in words
    assert b"Derek" not in given
    assert "Sue Hartley" in words
    assert "It tells of somebody else, who has not agreed" in words
    assert "Information Commissioner" in words
    with desk.read() as reader:
        (release,) = reader.list(Release, scope=who)
    assert register.given_bytes(desk, release.id) == given, "what was held back is looked at again as it went out"


def test_a_blank_form_asks_every_question_that_may_be_shown_and_none_that_is_worked_out(desk: Desk) -> None:
    library.bring_in_shipped(desk)
    with desk.read() as reader:
        forms = {one.url: one.id for one in reader.list(FormVersion)}
    phq = next(form for url, form in forms.items() if url and url.endswith("/phq-9"))
    printed = words_of(blank_forms.blank(desk, phq))
    for words in ("Your name", "Little interest", "Nearly every day", "blank form"):
        assert words in printed
    assert "total" not in printed.casefold()
    assert words_of(blank_forms.blank(desk, phq, PaperFormat.LARGE)) != ""
