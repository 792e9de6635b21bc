"""Actions of a session stand in the person's plan and in each owner's list; sessions of one person over time."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tests.services.case_help import agreed, session_with
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import ActionStatus, OwnerKind, Plan, PlanStatus, PlanType
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Outcome, SessionStatus, Withdrawn
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, discussions, sessions
from workwell_desktop.services.person import obstacles, record_actions, record_lists
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import plan_pages, plans

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


@pytest.fixture
def chair(colleague: Join) -> Desk:
    """Dr Helen Frost, chair, a doctor."""
    return colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")


def decided(desk: Desk, chair: Desk, who: Id, *, due: date = date(2026, 11, 24)) -> tuple[Id, Id]:
    """A locked session with one action of Helen's: session and action."""
    session, _item, discussion = session_with(desk, chair, who)
    agreed(desk, discussion)
    discussions.decide(desk, discussion, decision="Ask", rationale="It helps", outcome=Outcome.CARRY_ON)
    action = obstacles.add_action(
        desk, who, "Ring the depot", OwnedBy(OwnerKind.STAFF, chair.me), due, discussion=discussion
    )
    sessions.lock_session(chair, session)
    return session, action


def test_an_action_of_a_session_stands_in_the_record_the_plan_and_its_owners_list(
    desk: Desk, chair: Desk, refer: Refer
) -> None:
    who = refer().participant
    _session, action = decided(desk, chair, who)
    (one,) = record_actions.actions_of(desk, who)
    assert (one.action, one.owner_name, one.session_on, one.status) == (
        action, "Helen Frost", date(2026, 11, 24), ActionStatus.OPEN,
    )  # fmt: skip
    assert [(item.kind, item.record) for item in today.view(chair).items if item.kind == "action"] == [
        ("action", action)
    ]
    plan = plans.open_plan(desk, who)
    assert [row.action for row in plan_pages.view_plan(desk, plan).loose_actions] == [action]


def test_the_longest_overdue_stands_first_and_what_ended_last(
    desk: Desk, chair: Desk, refer: Refer, clock: FixedClock
) -> None:
    who = refer().participant
    owner = OwnedBy(OwnerKind.STAFF, desk.me)
    for words, day in (("Later", 28), ("Late", 20), ("Latest", 12), ("Over", 10)):
        made = obstacles.add_action(desk, who, words, owner, date(2026, 11, day))
        if words == "Over":
            obstacles.finish_action(desk, made, effect="She agreed")
    clock.set(datetime(2026, 11, 24, 9, tzinfo=UTC))
    found = record_actions.actions_of(desk, who)
    assert [(one.text, one.overdue_days) for one in found] == [("Latest", 12), ("Late", 4), ("Later", 0), ("Over", 0)]
    assert (found[-1].effect, found[-1].done_on) == ("She agreed", date(2026, 11, 24))


@pytest.mark.parametrize(("signed_on", "newer"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)])
def test_what_was_decided_after_the_plan_was_signed_is_told_apart(
    desk: Desk, chair: Desk, refer: Refer, signed_on: date, newer: bool
) -> None:
    who = refer()
    decided(desk, chair, who.participant)
    with desk.unit() as unit:
        unit.add(
            Plan(
                id=new_id(),
                scope=who.participant,
                episode=who.episode,
                type=PlanType.RETURN_TO_WORK,
                version=1,
                status=PlanStatus.SIGNED,
                agreed_on=signed_on,
            )
        )
    (one,) = record_actions.actions_of(desk, who.participant)
    assert one.since_plan is newer


def test_what_became_of_a_case_at_each_session_is_told(desk: Desk, chair: Desk, refer: Refer) -> None:
    who = refer().participant
    session, item, _discussion = session_with(desk, chair, who)
    agenda.carry_to_next(desk, item, "No time was left")
    sessions.lock_session(chair, session)
    coming = sessions.create_session(
        desk, Id(min(desk.person.teams)), datetime(2026, 12, 1, 14, tzinfo=UTC), chair=chair.me
    )
    after = agenda.add_case(desk, coming, who)
    first, second = record_lists.decisions_of(desk, who)
    assert (first.item, first.on, first.held, first.carried) == (after, date(2026, 12, 1), SessionStatus.PLANNED, "")
    assert (second.on, second.held, second.carried) == (date(2026, 11, 24), SessionStatus.LOCKED, "No time was left")
    agenda.withdraw_case(desk, after, Withdrawn.PERSON_ASKED)
    assert record_lists.decisions_of(desk, who)[0].withdrawn is Withdrawn.PERSON_ASKED
