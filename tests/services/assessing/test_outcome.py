"""What came of an episode: measures from its start to now, goals as one number (domain.md 3.10)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.services.assessing.test_measures import gad7
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import Goal
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.assessing import outcome
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import ending

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


def goal(level: int | None) -> Goal:
    return Goal(id=new_id(), scope=new_id(), text="Walk to work", level=level)


def test_the_goals_are_one_number_once_each_was_looked_at() -> None:
    assert outcome.goal_attainment([goal(1), goal(1), goal(0)]) == Decimal("59.1287")
    assert outcome.goal_attainment([goal(1), goal(None)]) is None
    assert outcome.goal_attainment([]) is None


def test_a_measure_is_held_against_the_published_number_from_start_to_now(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    """GAD-7, where 4 points count (domain.md 3.1): two steps of 3 pass it together, and neither does alone."""
    who = refer().participant
    for ones in (7, 4, 1):
        gad7(desk, who, {number: 1 if number <= ones else 0 for number in range(1, 8)})
        clock.set(clock.moment + timedelta(days=20))
    (found,) = outcome.from_start(desk, who)
    assert (found.first.value, found.last.value, found.change, found.passes) == (7, 1, -6, True)
    assert found.measure.reliable is False


def test_what_was_taken_before_the_episode_or_once_is_not_compared(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    case = refer()
    gad7(desk, case.participant, dict.fromkeys(range(1, 8), 3))
    assert outcome.from_start(desk, case.participant) == ()
    clock.set(clock.moment + timedelta(days=1))
    gad7(desk, case.participant, dict.fromkeys(range(1, 8), 2))
    assert len(outcome.from_start(desk, case.participant)) == 1
    ending.close(desk, case.episode, ClosureReason.PLAN_COMPLETE)
    assert len(outcome.from_start(desk, case.participant)) == 1


def test_scores_are_for_those_who_may_read_them(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    with pytest.raises(NoPermission):
        outcome.from_start(jo, who)
