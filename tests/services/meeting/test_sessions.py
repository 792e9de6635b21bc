"""Sessions: a question, quorum, one owner and one date, the chair's lock."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.services.case_help import agreed, session_with
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.sessions import Discussion, Lane, Outcome, Presence, Session, Topics
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked, NoPermission, NotApproved, WrongPassphrase
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, case_pages, discussions, session_pages, sessions, sign_off
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
DUE = date(2026, 11, 27)


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def decide(desk: Desk, discussion: str, outcome: Outcome = Outcome.CARRY_ON) -> None:
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=outcome)  # type: ignore[arg-type]


def test_a_case_to_discuss_needs_a_question(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant, question=None)
    with pytest.raises(BadInput) as refused:
        decide(desk, discussion)
    assert refused.value.reason == "question_missing"
    agenda.set_question(desk, item, "Ready for full days?")
    decide(desk, discussion)


def test_somebody_who_did_not_agree_is_neither_shown_nor_discussed(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    discussions.agree_to_discuss(desk, discussion, Topics.NO)
    with pytest.raises(NotApproved):
        discussions.contribute(desk, discussion, opinion="I think")
    view = case_pages.view_case(desk, item)
    assert (view.visible, view.question, view.measures, view.obstacles) == (False, None, (), ())


def test_below_the_quorum_a_case_is_for_information_alone(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    helen = next(one for one in session_pages.view_session(desk, session).attendees if one.person == chair.me)
    sessions.attend(desk, helen.attendance, Presence.APOLOGIES)
    view = session_pages.view_session(desk, session)
    assert (view.quorum.met, set(view.quorum.lacking)) == (False, {"chair", "clinicians"})
    assert case_pages.view_case(desk, item).allowed_outcomes == (Outcome.INFORMATION,)
    with pytest.raises(BadInput) as refused:
        decide(desk, discussion)
    assert refused.value.reason == "below_quorum"
    decide(desk, discussion, Outcome.INFORMATION)


def test_a_decision_without_the_persons_view_is_provisional_until_they_were_told(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion, view_how="not_asked")
    decide(desk, discussion)
    assert case_pages.view_case(desk, item).provisional
    discussions.record_told(desk, discussion)
    assert not case_pages.view_case(desk, item).provisional


def test_with_the_persons_view_it_is_not_provisional(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    assert not case_pages.view_case(desk, item).provisional


@pytest.mark.parametrize(
    ("owner", "due", "lacks"),
    [
        (None, DUE, "owner"),
        (OwnedBy(OwnerKind.STAFF), DUE, "owner"),
        (OwnedBy(OwnerKind.OTHER, name="  "), DUE, "owner"),
        (OwnedBy(OwnerKind.PARTICIPANT), None, "due"),
    ],
)
def test_an_action_has_one_named_owner_and_one_date_or_is_not_saved(
    desk: Desk, chair: Desk, refer: Refer, owner: OwnedBy | None, due: date | None, lacks: str
) -> None:
    participant = refer().participant
    _session, _item, discussion = session_with(desk, chair, participant)
    with pytest.raises(FieldsInvalid) as refused:
        obstacles.add_action(desk, participant, "Ask the employer", owner, due, discussion=discussion)
    assert [field for field, _ in refused.value.problems] == [lacks]
    with desk.read() as reader:
        assert reader.count(Action) == 0


def test_who_has_left_owns_nothing_new(desk: Desk, chair: Desk, refer: Refer, colleague: Join) -> None:
    who, priya = refer().participant, colleague()
    _session, _item, discussion = session_with(desk, chair, who, priya)
    owner = OwnedBy(OwnerKind.STAFF, priya.me)
    theirs = obstacles.add_action(desk, who, "Ring", owner, DUE, discussion=discussion)
    with desk.unit() as unit:
        unit.set(Person, priya.me, active=False)
    with pytest.raises(FieldsInvalid) as refused:
        obstacles.add_action(desk, who, "Ring again", owner, DUE, discussion=discussion)
    assert refused.value.problems == (("owner", "owner_left"),)
    obstacles.change_action(desk, theirs, text="Ring twice", owner=owner)
    ours = obstacles.add_action(desk, who, "Write", OwnedBy(OwnerKind.STAFF, desk.me), DUE)
    with pytest.raises(FieldsInvalid):
        obstacles.change_action(desk, ours, owner=owner)


def test_only_the_chair_locks(desk: Desk, chair: Desk, refer: Refer, colleague: Join) -> None:
    session, _item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    other = colleague("Ann Other", Profession.DOCTOR, "chair", "7000002")
    for not_chair in (desk, other):
        with pytest.raises(NoPermission):
            sessions.lock_session(not_chair, session)
    sessions.lock_session(chair, session)
    with desk.read() as reader:
        assert reader.get(Session, session).locked_by == chair.me


def test_a_session_with_an_open_case_is_not_locked(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, item, _discussion = session_with(desk, chair, refer().participant)
    with pytest.raises(BadInput) as refused:
        sessions.lock_session(chair, session)
    assert refused.value.reason == "cases_undecided"
    agenda.carry_to_next(desk, item, "No time was left")
    sessions.lock_session(chair, session)


def test_after_the_lock_there_are_dated_lines_only(desk: Desk, chair: Desk, refer: Refer) -> None:
    participant = refer().participant
    session, item, discussion = session_with(desk, chair, participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    sessions.lock_session(chair, session)
    owner = OwnedBy(OwnerKind.PARTICIPANT)
    for change in (
        lambda: decide(desk, discussion, Outcome.STEP_UP),
        lambda: agenda.set_question(desk, item, "Another?"),
        lambda: discussions.contribute(desk, discussion, opinion="Late"),
        lambda: obstacles.add_action(desk, participant, "Late", owner, DUE, discussion=discussion),
        lambda: sessions.invite(desk, session, desk.me),
    ):
        with pytest.raises(Locked):
            change()
    discussions.add_addendum(desk, discussion, "The employer has agreed since.")
    sessions.add_session_addendum(desk, session, "Tom came late.")
    assert [one.text for one in case_pages.view_case(desk, item).addenda] == ["The employer has agreed since."]
    assert len(session_pages.view_session(desk, session).addenda) == 1


def test_a_lock_covers_what_was_said_and_not_what_follows(desk: Desk, chair: Desk, refer: Refer) -> None:
    participant = refer().participant
    session, _item, discussion = session_with(desk, chair, participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    owner = OwnedBy(OwnerKind.STAFF, desk.me)
    action = obstacles.add_action(desk, participant, "Ask", owner, DUE, discussion=discussion)
    sessions.lock_session(chair, session)
    obstacles.finish_action(desk, action)
    discussions.record_told(desk, discussion, own_words="That is fine with me")
    with desk.read() as reader:
        covers = reader.get(Session, session).covers
        assert covers
        assert reader.amended(covers) == frozenset()
    with desk.unit() as unit:
        unit.set(Discussion, discussion, decision="Something else")
    with desk.read() as reader:
        assert len(reader.amended(covers)) == 1


def test_one_contribution_a_person_and_who_was_not_heard(
    desk: Desk, chair: Desk, refer: Refer, colleague: Join
) -> None:
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    _session, item, discussion = session_with(desk, chair, refer().participant, tom)
    agreed(desk, discussion)
    assert {one.name for one in case_pages.view_case(desk, item).not_heard} == {"Helen Frost", "Tom Reid"}
    discussions.contribute(desk, discussion, opinion="A rest day", author=tom.me)
    discussions.contribute(desk, discussion, opinion="A rest day mid-week", author=tom.me)
    view = case_pages.view_case(desk, item)
    assert [(one.name, one.opinion) for one in view.contributions] == [("Tom Reid", "A rest day mid-week")]
    assert {one.name for one in view.not_heard} == {"Helen Frost"}


def test_cases_keep_the_order_they_are_given(desk: Desk, chair: Desk, refer: Refer) -> None:
    first, second, third = (refer(name, "Case").participant for name in ("Ann", "Ben", "Cy"))
    session, item, _discussion = session_with(desk, chair, first)
    agenda.add_case(desk, session, second, question="b")
    last = agenda.add_case(desk, session, third, question="c")
    agenda.move_case(desk, last, 0)
    agenda.set_lane(desk, item, Lane.NOTE)
    view = session_pages.view_session(desk, session)
    assert [one.name for one in view.agenda] == ["Cy Case", "Ben Case", "Ann Case"]


def test_who_is_to_be_told_waits_on_the_list_until_they_were(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, _item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    [waiting] = [one for one in today.view(desk).items if one.kind == "tell"]
    assert (waiting.name, waiting.due) == ("Danielle Marsh", date(2026, 11, 26))
    discussions.record_told(desk, discussion)
    assert not [one for one in today.view(desk).items if one.kind == "tell"]


def test_what_is_being_written_is_kept_before_the_team_has_agreed(desk: Desk, chair: Desk, refer: Refer) -> None:
    _session, item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    discussions.note_decision(desk, discussion, decision="Four days", rationale=None, outcome=None)
    view = case_pages.view_case(desk, item)
    assert (view.decision, view.decided_at) == ("Four days", None)
    decide(desk, discussion)
    with pytest.raises(BadInput):
        discussions.note_decision(desk, discussion, decision=" ", rationale=None, outcome=Outcome.CARRY_ON)


def test_a_case_that_was_not_reached_goes_to_the_next_session_with_its_question(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    session, item, _discussion = session_with(desk, chair, refer().participant)
    view = session_pages.view_session(desk, session)
    later = sessions.create_session(
        desk, view.team, view.starts_at + timedelta(days=7), place=None, chair=chair.me, note_taker=None
    )
    assert agenda.carry_to_next(desk, item, "No time was left") is not None
    assert [one.question for one in session_pages.view_session(desk, later).agenda] == ["What next?"]
    assert session_pages.view_session(desk, session).agenda[0].carried == "No time was left"


def test_the_chair_locks_and_signs_at_another_persons_window(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, _item, discussion = session_with(desk, chair, refer().participant)
    agreed(desk, discussion)
    decide(desk, discussion)
    with pytest.raises(WrongPassphrase):
        sign_off.sign_off(desk, session, "not this one at all")
    assert session_pages.view_session(desk, session).locked_at is None
    minutes = sign_off.sign_off(desk, session, PASSPHRASE)
    with desk.read() as reader:
        assert reader.get(Session, session).locked_by == chair.me
        assert reader.get(TeamDocument, minutes).present == {"chair"}
    line = session_pages.list_sessions(desk)[0]
    assert (line.undecided, line.untold, line.signed) == (0, 1, True)


def test_a_case_brings_the_decision_of_the_time_before(desk: Desk, chair: Desk, refer: Refer) -> None:
    participant = refer().participant
    _session, first, discussion = session_with(desk, chair, participant)
    agreed(desk, discussion)
    assert case_pages.view_case(desk, first).last_decision is None
    decide(desk, discussion)
    _session, second, _discussion = session_with(desk, chair, participant)
    view = case_pages.view_case(desk, second)
    assert (view.last_decision, view.last_decided_on) == ("Go on", date(2026, 11, 24))
    assert case_pages.view_case(desk, first).last_decision is None
