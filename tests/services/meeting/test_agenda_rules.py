"""An agenda is filled from the caseload by the site's rules (domain.md 4.1): whom, why, to which lane."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.case_help import agreed, phq9, session_with
from tests.services.conftest import OFF_SICK, TAKES_PART
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason, ReferralSource
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, BringRequest, Discussion, Lane, Outcome, Why
from workwell_desktop.domain.site import AgendaRule
from workwell_desktop.errors import BadInput
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import (
    agenda,
    agenda_rules,
    bringing,
    discussions,
    sending,
    session_pages,
    sessions,
)
from workwell_desktop.services.meeting.session_views import Suggestion
from workwell_desktop.services.person import ending, obstacles
from workwell_desktop.services.person.obstacles import OwnedBy

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
NEXT_WEEK = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def planned(desk: Desk, chair: Desk, at: datetime = NEXT_WEEK) -> Id:
    return sessions.create_session(desk, Id(min(desk.person.teams)), at, chair=chair.me)


def brought(desk: Desk, session: Id) -> dict[Id, Suggestion]:
    return {one.participant: one for one in agenda_rules.suggestions(desk, session)}


def held(desk: Desk, chair: Desk, participant: Id, *, review: date | None = None, question: str = "What next?") -> Id:
    """A session at which this case was decided."""
    session, _item, discussion = session_with(desk, chair, participant, question=question)
    agreed(desk, discussion)
    discussions.decide(
        desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON, next_review=review
    )
    return session


def test_an_open_risk_conversation_comes_first_and_as_urgent(desk: Desk, chair: Desk, refer: Refer) -> None:
    quiet, risky = refer().participant, refer("Sam", "Okoro").participant
    phq9(desk, risky, "000000001")
    session = planned(desk, chair)
    found = brought(desk, session)
    assert (found[risky].lane, found[risky].why[0]) == (Lane.URGENT, Why.RISK)
    assert quiet not in found


def test_what_was_asked_for_comes_with_its_question_and_is_answered_once(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    assert bringing.bring(desk, who, "Ready for full days?").item is None
    session = planned(desk, chair)
    found = brought(desk, session)[who]
    assert (found.question, found.why, found.lane) == ("Ready for full days?", (Why.ASKED_FOR,), Lane.DISCUSS)
    (item,) = agenda_rules.fill(desk, session, [found, found])
    with desk.read() as reader:
        assert reader.list(BringRequest, scope=who)[0].agenda_item == item
        assert reader.get(AgendaItem, item).presenter == desk.me
    assert who not in brought(desk, session)
    assert agenda_rules.fill(desk, session, [found]) == ()


def test_a_case_goes_from_the_caseload_onto_the_next_agenda_in_one_act(desk: Desk, chair: Desk, refer: Refer) -> None:
    session, who = planned(desk, chair), refer().participant
    done = bringing.bring(desk, who, "Ready for full days?")
    assert (done.session, done.on) == (session, NEXT_WEEK.date())
    assert session_pages.view_session(desk, session).agenda[0].question == "Ready for full days?"
    again = bringing.bring(desk, who, "And then?")
    assert (again.item, again.session, again.already) == (done.item, session, True)
    assert [line.question for line in session_pages.view_session(desk, session).agenda] == ["Ready for full days?"]
    with pytest.raises(BadInput):
        bringing.bring(desk, who, "  ")


def test_a_review_falls_due_by_the_last_decision_and_offers_its_question(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    soon, later = refer().participant, refer("Sam", "Okoro").participant
    held(desk, chair, soon, review=date(2026, 12, 4), question="Four-day weeks?")
    held(desk, chair, later, review=date(2026, 12, 20))
    clock.set(NEXT_WEEK - timedelta(days=2))
    found = brought(desk, planned(desk, chair))
    assert (found[soon].question, found[soon].since) == ("Four-day weeks?", date(2026, 12, 4))
    assert Why.REVIEW_DUE in found[soon].why
    assert later not in found


def test_a_review_of_an_earlier_programme_brings_nobody(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    case = refer()
    held(desk, chair, case.participant, review=date(2026, 12, 4))
    clock.set(clock.moment + timedelta(days=1))
    ending.close(desk, case.episode, ClosureReason.PLAN_COMPLETE)
    clock.set(NEXT_WEEK - timedelta(days=2))
    again = NewReferral(
        source=ReferralSource.SELF,
        reason="Again.",
        participant=case.participant,
        agreements=(TAKES_PART,),
        work=OFF_SICK,
        accept=True,
    )
    referrals.create(desk, again)
    assert case.participant not in brought(desk, planned(desk, chair))


def test_actions_long_overdue_bring_a_case_and_younger_ones_do_not(desk: Desk, chair: Desk, refer: Refer) -> None:
    late, fresh = refer().participant, refer("Sam", "Okoro").participant
    owner = OwnedBy(OwnerKind.STAFF, desk.me)
    obstacles.add_action(desk, late, "Ask about lamps", owner, NEXT_WEEK.date() - timedelta(days=8))
    obstacles.add_action(desk, fresh, "Ask about breaks", owner, NEXT_WEEK.date() - timedelta(days=7))
    found = brought(desk, planned(desk, chair))
    assert (found[late].overdue, found[late].why) == (1, (Why.OVERDUE_ACTIONS,))
    assert fresh not in found


def test_an_assessment_since_the_last_meeting_is_new_and_an_older_one_is_not(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    old, new = refer().participant, refer("Sam", "Okoro").participant
    clock.set(datetime(2026, 11, 24, 10, tzinfo=UTC))
    phq9(desk, old, "000000000")
    planned(desk, chair, datetime(2026, 11, 24, 14, tzinfo=UTC))
    clock.set(datetime(2026, 11, 25, 10, tzinfo=UTC))
    phq9(desk, new, "000000000")
    found = brought(desk, planned(desk, chair))
    assert found[new].why == (Why.NEW_ASSESSMENT,)
    assert found[new].lane is Lane.NOTE
    assert old not in found


def test_a_case_carried_over_without_a_next_session_waits_for_it(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, discussion = session_with(desk, chair, who, question="Ready?")
    agreed(desk, discussion)
    assert agenda.carry_to_next(desk, item, "No time was left") is None
    sessions.lock_session(chair, session)
    after = planned(desk, chair)
    found = brought(desk, after)[who]
    assert (found.carried_from, found.question, found.why[0]) == (item, "Ready?", Why.CARRIED_OVER)
    agenda_rules.fill(desk, after, [found])
    assert who not in brought(desk, planned(desk, chair, NEXT_WEEK + timedelta(days=7)))


def test_every_open_case_rolls_over_with_one_reason(desk: Desk, chair: Desk, refer: Refer) -> None:
    first, second = refer().participant, refer("Sam", "Okoro").participant
    session, _item, discussion = session_with(desk, chair, first)
    agenda.add_case(desk, session, second, question="And Sam?")
    agreed(desk, discussion)
    discussions.decide(desk, discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)
    coming = planned(desk, chair)
    (carried,) = agenda.carry_rest(desk, session, "The time was over")
    view = session_pages.view_session(desk, coming)
    assert [(line.participant, line.question, line.why) for line in view.agenda] == [
        (second, "And Sam?", (Why.CARRIED_OVER,))
    ]
    with desk.read() as reader:
        item = reader.get(AgendaItem, carried)
        assert (item.carried, item.carried_reason) == (True, None), "the item holds no word about the person"
        assert item.discussion is not None
        assert reader.get(Discussion, item.discussion).carried_reason == "The time was over"
    sessions.lock_session(chair, session)


def test_the_rules_are_the_sites_own(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    phq9(desk, who, "000000001")
    session = planned(desk, chair)
    desk.site = replace(desk.site, agenda=(AgendaRule(Why.NEW_ASSESSMENT, Lane.DISCUSS),))
    found = brought(desk, session)[who]
    assert (found.why, found.lane) == ((Why.NEW_ASSESSMENT,), Lane.DISCUSS)
    desk.site = replace(desk.site, agenda=())
    assert agenda_rules.suggestions(desk, session) == ()


def test_a_request_that_answered_itself_is_dropped(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    bringing.ask_for(desk, who, "Ready?")
    session = planned(desk, chair)
    request = brought(desk, session)[who].request
    assert request is not None
    bringing.drop_request(desk, request)
    assert brought(desk, session) == {}


def test_a_question_asked_after_the_agenda_was_sent_is_marked_late(desk: Desk, chair: Desk, refer: Refer) -> None:
    session = planned(desk, chair)
    agenda.add_case(desk, session, refer().participant, question="In time?")
    sending.send_agenda(desk, session)
    agenda.add_case(desk, session, refer("Sam", "Okoro").participant, question="Late?")
    assert [line.late for line in session_pages.view_session(desk, session).agenda] == [False, True]


def test_a_draft_of_no_discussion_is_left(desk: Desk, chair: Desk, refer: Refer) -> None:
    session = planned(desk, chair)
    item = agenda.add_case(desk, session, refer().participant)
    agenda.remove_case(desk, item)
    with desk.read() as reader:
        assert reader.list(Discussion, session=session) == []
