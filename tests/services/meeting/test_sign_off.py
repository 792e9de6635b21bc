"""The end of a session: who stands by it, and the papers of it, whole and one case alone."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.case_help import TODAY, agreed, session_with
from tests.services.conftest import PASSPHRASE
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import PaperKind, ReleaseHow
from workwell_desktop.domain.participants import Party, WorkSituation
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import AdviceKind, Cosignature, Outcome, Topics, Withdrawn
from workwell_desktop.errors import BadInput, Locked, NoPermission, NotApproved, WrongPassphrase
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import (
    agenda,
    case_pages,
    discussions,
    room,
    sending,
    session_pages,
    sessions,
    sign_off,
    signing_minutes,
)
from workwell_desktop.services.paperwork import papers, register
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import commitments

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def settled(desk: Desk, discussion: Id, decision: str = "Half days") -> None:
    agreed(desk, discussion)
    discussions.decide(desk, discussion, decision=decision, rationale="It fits", outcome=Outcome.CARRY_ON)


def another(desk: Desk, session: Id, who: Id, question: str = "And then?") -> tuple[Id, Id]:
    item = agenda.add_case(desk, session, who, question=question)
    return item, case_pages.view_case(desk, item).discussion


def minutes(desk: Desk, session: Id) -> str:
    return " ".join(words_of(papers.preview_session(desk, session).pdf).split())


# Standing by the record


def test_a_colleague_stands_by_the_record_at_this_window_with_their_own_passphrase(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join
) -> None:
    priya = colleague()
    session, _item, discussion = session_with(desk, chair, refer().participant, priya)
    settled(desk, discussion)
    with pytest.raises(BadInput):
        sign_off.cosign(desk, session, priya.me, PASSPHRASE)
    sign_off.sign_off(desk, session, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        sign_off.cosign(desk, session, priya.me, "not hers")
    sign_off.cosign(desk, session, priya.me, PASSPHRASE)
    (line,) = session_pages.view_session(desk, session).cosigners
    assert line.name == "Priya Nair"
    with desk.read() as reader:
        (made,) = reader.list(Cosignature, session=session)
        assert {one.author for one in reader.history(made.id)} == {priya.me}


def test_minutes_signed_again_hold_what_came_since_and_the_first_say_so(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join, clock: FixedClock
) -> None:
    priya = colleague()
    session, _item, discussion = session_with(desk, chair, refer().participant, priya)
    settled(desk, discussion)
    first = sign_off.sign_off(desk, session, PASSPHRASE)
    before = register.paper_bytes(desk, first)
    assert register.verify_paper(desk, before).valid
    clock.set(clock.moment + timedelta(days=1))
    sign_off.cosign(desk, session, priya.me, PASSPHRASE)
    sessions.add_session_addendum(desk, session, "Priya came at 2:10pm.")
    with pytest.raises(Locked):
        sign_off.sign_off(desk, session, PASSPHRASE)
    second = sign_off.sign_again(desk, session, PASSPHRASE)
    after = register.paper_bytes(desk, second)
    said = " ".join(words_of(after).split())
    assert "Priya came at 2:10pm." in said
    assert "Priya Nair, Physiotherapist" in said
    assert register.verify_paper(desk, after).valid
    assert register.verify_paper(desk, before).status == "superseded"
    assert [one.version for one in register.list_session_papers(desk, session) if not one.superseded] == [2]


# What the minutes say


def test_minutes_say_what_was_committed_and_name_nobody_who_did_not_agree(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    session, item, discussion = session_with(desk, chair, refer().participant)
    settled(desk, discussion)
    room.open_meeting(desk, session, confidentiality_read=True, recorded=False, interests="Helen knows the employer")
    discussions.set_there(desk, discussion, Code("both"))
    commitments.fund(desk, discussion, "Taxi", Decimal("1240.50"), chair.me)
    commitments.advise(desk, discussion, AdviceKind.FIT_NOTE, "Lighter work", chair.me)
    agenda.spend(desk, item, 61)
    refused, said_no = another(desk, session, refer("Nadia", "Quiet").participant, "Secret question?")
    discussions.agree_to_discuss(desk, said_no, Topics.NO)
    gone, _ = another(desk, session, refer("Wanda", "Gone").participant, "Gone question?")
    agenda.withdraw_case(desk, gone, Withdrawn.PERSON_ASKED)
    later, _ = another(desk, session, refer("Carl", "Over").participant)
    agenda.carry_to_next(desk, later, "No time was left")
    agenda.carry_to_next(desk, refused, "Not agreed")
    sessions.lock_session(chair, session)
    words = minutes(desk, session)
    for expected in (
        "Confidentiality statement read Yes",
        "recorded No",
        "Helen knows the employer",
        "Met by those who came",
        "The person and their supporter",
        "Taxi £1,240.50 Helen Frost",
        "Draft for a fit note",
        "They are not a fit note",
        "8 minutes, 2 minutes used",
        "Case 2, not named",
        "The person did not agree to be discussed.",
        "Case 3, not named",
        "the person asked for it",
        "4. Carl Over",
        "Carried over No time was left",
        "Hash of what it says",
    ):
        assert expected in words, expected
    assert [one for one in ("Nadia", "Quiet", "Secret", "Wanda", "Gone", "Not agreed") if one in words] == []


def test_nobody_wrote_down_who_came_so_the_minutes_do_not_say_whether_there_was_a_quorum(
    desk: Desk, chair: Desk
) -> None:
    session = sessions.create_session(desk, Id(min(desk.person.teams)), desk.clock.now(), chair=chair.me)
    assert "Quorum" not in minutes(desk, session)
    assert "No case was on the agenda." in minutes(desk, session)


def test_a_deputy_is_named_with_whom_they_took_the_chair_from(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join, clock: FixedClock
) -> None:
    deputy = colleague("Ruth Hale", Profession.NURSE, "chair", "NM123")
    session, _item, discussion = session_with(desk, chair, refer().participant, deputy)
    assert "took the chair" not in minutes(desk, session)
    clock.set(clock.moment + timedelta(minutes=5))
    room.take_chair(desk, session, deputy.me)
    settled(desk, discussion)
    assert "Ruth Hale, who took the chair from Helen Frost" in minutes(desk, session)


def test_the_agenda_names_nobody_who_said_no_not_even_by_an_action(desk: Desk, chair: Desk, refer: Refer) -> None:
    who, quiet = refer().participant, refer("Nadia", "Quiet").participant
    session, _item, _discussion = session_with(desk, chair, who)
    _refused, said_no = another(desk, session, quiet)
    discussions.agree_to_discuss(desk, said_no, Topics.NO)
    late = TODAY - timedelta(days=4)
    for one, words in ((who, "Ring the employer"), (quiet, "Ring Nadia")):
        obstacles.add_action(desk, one, words, OwnedBy(OwnerKind.STAFF, desk.me), late)
    pdf = papers.preview_session(desk, session, PaperKind.AGENDA).pdf
    words = " ".join(words_of(pdf).split())
    assert "Danielle Marsh: Ring the employer" in words
    assert "Case 2, not named" in words
    assert "Nadia" not in words


# One case alone


def test_the_paper_of_one_case_names_nobody_else_who_takes_part(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, discussion = session_with(desk, chair, who)
    other, others = another(desk, session, refer("Marlon", "Price").participant)
    settled(desk, discussion, "Half days, like Marlon Price; Dani and Helen Frost ring on 01632 960103.")
    settled(desk, others)
    with pytest.raises(BadInput):
        sign_off.case_alone(desk, item, PASSPHRASE)
    sign_off.sign_off(desk, session, PASSPHRASE)
    made = sign_off.case_alone(desk, item, PASSPHRASE)
    pdf = register.paper_bytes(desk, made)
    words = " ".join(words_of(pdf).split())
    assert "Minutes of the session, one case" in words
    assert "Half days, like somebody else; Dani and Helen Frost ring on 01632 960103." in words
    assert "Marlon" not in words
    assert "Price" not in words
    assert register.verify_paper(desk, pdf).valid
    (line,) = register.list_papers(desk, who)
    assert (line.document, line.kind, line.participant) == (made, PaperKind.MINUTES, who)
    assert register.release(desk, made, ReleaseHow.PRINTED) == pdf
    assert register.release(desk, made, ReleaseHow.HANDED_OVER, recipient=Party.PARTICIPANT) == pdf
    with pytest.raises(NotApproved):
        register.release(desk, made, ReleaseHow.SAVED, recipient=Party.EMPLOYER)
    discussions.add_addendum(desk, discussion, "Rang on Friday.")
    again = sign_off.case_alone(desk, item, PASSPHRASE)
    assert "Rang on Friday." in words_of(register.paper_bytes(desk, again))
    assert [(one.version, one.superseded) for one in register.list_papers(desk, who) if one.document == again] == [
        (2, False)
    ]
    assert register.verify_paper(desk, pdf).status == "superseded"
    assert sign_off.case_alone(desk, other, PASSPHRASE) not in (made, again)


def test_the_papers_of_each_session_are_listed_newest_first(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, discussion = session_with(desk, chair, who)
    settled(desk, discussion)
    assert register.list_sessions_papers(desk) == []
    sending.send_agenda(desk, session)
    sessions.lock_session(chair, session)
    (line,) = register.list_sessions_papers(desk)
    assert (line.on, line.locked, line.unsigned) == (TODAY, True, True)
    assert [paper.kind for _name, paper in line.papers] == [PaperKind.AGENDA]
    sign_off.sign_off(desk, session, PASSPHRASE)
    sign_off.case_alone(desk, item, PASSPHRASE)
    sessions.add_session_addendum(chair, session, "One thing more")
    sign_off.sign_again(desk, session, PASSPHRASE)
    (line,) = register.list_sessions_papers(desk)
    assert not line.unsigned
    assert [(name, paper.kind, paper.version, paper.superseded) for name, paper in line.papers] == [
        ("", PaperKind.MINUTES, 2, False),
        ("Danielle Marsh", PaperKind.MINUTES, 1, False),
        ("", PaperKind.AGENDA, 1, False),
        ("", PaperKind.MINUTES, 1, True),
    ]


def test_a_sent_agenda_is_a_paper_with_a_file_and_the_day_of_its_session(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, _item, _discussion = session_with(desk, chair, refer().participant)
    sent = sending.send_agenda(desk, session)
    line = register.paper_line(desk, sent.document)
    assert (line.made, line.session, line.session_on, line.expected) == (True, session, TODAY, 0)
    assert register.may_release(desk, sent.document)


def test_a_coordinator_saves_the_teams_papers_and_nobodys_own(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join, tmp_path: Path
) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    session, item, discussion = session_with(desk, chair, refer().participant)
    settled(desk, discussion)
    agenda_paper = sending.send_agenda(jo, session).document
    register.save_as(jo, agenda_paper, tmp_path / "agenda.pdf")
    assert (tmp_path / "agenda.pdf").read_bytes().startswith(b"%PDF")
    sign_off.sign_off(desk, session, PASSPHRASE)
    alone = sign_off.case_alone(desk, item, PASSPHRASE)
    with pytest.raises(NoPermission):
        register.save_as(jo, alone, tmp_path / "case.pdf")
    assert not (tmp_path / "case.pdf").exists()


def test_what_an_employer_without_a_name_owes_stands_with_the_employer(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    with desk.unit() as unit:
        for one in unit.reader.list(WorkSituation, scope=who):
            unit.set(WorkSituation, one.id, employer=None)
    session, _item, discussion = session_with(desk, chair, who)
    settled(desk, discussion)
    obstacles.add_action(
        desk, who, "Offer early shifts", owner=OwnedBy(OwnerKind.EMPLOYER), due=TODAY, discussion=discussion
    )
    sessions.lock_session(chair, session)
    words = minutes(desk, session)
    assert "Actions The employer Offer early shifts" in words


def test_who_goes_by_number_has_no_paper_and_who_has_not_the_chair_signs_none(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join
) -> None:
    session, item, discussion = session_with(desk, chair, refer().participant)
    discussions.agree_to_discuss(desk, discussion, Topics.NO)
    agenda.carry_to_next(desk, item, "Not agreed")
    sign_off.sign_off(desk, session, PASSPHRASE)
    with pytest.raises(NotApproved):
        sign_off.case_alone(desk, item, PASSPHRASE)
    with pytest.raises(NoPermission):
        signing_minutes.sign_case(colleague(), item, PASSPHRASE)
