"""Somebody comes again after an ending: every page is about the episode that counts now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.conftest import OFF_SICK, TAKES_PART
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ClosureReason, EpisodeStatus, ReferralSource
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.person import contacts, ending, follow_up, going_back, obstacles, record
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.ending import Ending
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plan_pages, plans

DAY = date(2026, 12, 1)


@pytest.fixture
def again(desk: Desk, refer: Callable[..., Referred], clock: FixedClock) -> Referred:
    """A first programme with something of everything left open, its end, and 200 days later a second one."""
    first = refer(work=replace(OFF_SICK, usual_hours=Decimal(40)))
    who = first.participant
    plans.open_plan(desk, who)
    contacts.plan(desk, who, ContactDetails(mode="phone", purpose="Quartz talk", due=DAY))
    hard = obstacles.add_obstacle(desk, who, ObstacleKind.PERSON, "Quartz obstacle")
    mine = OwnedBy(OwnerKind.STAFF, person=desk.me)
    obstacles.add_action(desk, who, "Quartz action", mine, DAY, obstacle=hard)
    change = adjustments.ask_for(desk, who, "Quartz change")
    adjustments.change_adjustment(desk, change, review_on=DAY)
    going_back.fill_weeks(desk, who, starts_on=DAY, weeks=3)
    plans.add_goal(desk, who, "Quartz goal")
    ending.close(desk, first.episode, ClosureReason.PLAN_COMPLETE, Ending(own_view="It helped"))
    clock.set(clock.moment + timedelta(days=200))
    return referrals.create(
        desk,
        NewReferral(
            source=ReferralSource.SELF,
            reason="It is hard again.",
            participant=who,
            agreements=(TAKES_PART,),
            work=WorkDetails(WorkStatus.STRUGGLING, employer="Hollin Bakery"),
            accept=True,
        ),
    )


def test_no_page_shows_what_an_earlier_programme_left_open(desk: Desk, again: Referred) -> None:
    who = again.participant
    shown = (
        today.view(desk).items,
        record.overview(desk, who),
        follow_up.view(desk, who).actions,
        plan_pages.view_plan(desk, plans.open_plan(desk, who)),
    )
    assert [place for place, one in enumerate(shown) if "Quartz" in repr(one)] == []


def test_the_clock_the_plan_and_the_ending_are_those_of_the_new_programme(desk: Desk, again: Referred) -> None:
    who = again.participant
    assert record.banner(desk, who).programme.week == 1
    plan = plan_pages.view_plan(desk, plans.open_plan(desk, who))
    assert (plan.episode, plan.version, plan.employer) == (again.episode, 1, "Hollin Bakery")
    found = ending.view(desk, who)
    assert (found.episode.id, found.episode.status, found.open_actions) == (again.episode, EpisodeStatus.ACTIVE, 0)


def test_the_earlier_programme_stays_in_the_record(desk: Desk, again: Referred) -> None:
    who: Id = again.participant
    assert len(record.episodes(desk, who)) == 2
    assert any("Quartz" in repr(one.words) for one in record.everything(desk, who))
