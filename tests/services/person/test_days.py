"""No day of a case lies before the person was born: each act says so at its field and writes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.services.conftest import OFF_SICK
from workwell_desktop.domain.episodes import Contact
from workwell_desktop.domain.plans import (
    Action,
    Adjustment,
    EmployerAnswer,
    Goal,
    Obstacle,
    ObstacleKind,
    OwnerKind,
    ReturnWeek,
)
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import contacts, going_back, obstacles
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plans

EARLY, NOW = date(1950, 1, 2), date(2026, 12, 1)
WE = OwnedBy(OwnerKind.EMPLOYER)
KINDS = (Obstacle, Action, Goal, ReturnWeek, Contact, Adjustment)
ACTS: dict[str, tuple[str, Callable[[Desk, Id], object]]] = {
    "obstacle": (
        "noted_on",
        lambda desk, who: obstacles.add_obstacle(desk, who, ObstacleKind.PERSON, "x", noted_on=EARLY),
    ),
    "action": ("due", lambda desk, who: obstacles.add_action(desk, who, "x", WE, EARLY)),
    "goal": ("by", lambda desk, who: plans.add_goal(desk, who, "x", by=EARLY)),
    "week": ("starts_on", lambda desk, who: going_back.add_week(desk, who, starts_on=EARLY, days={"mon"})),
    "weeks": ("starts_on", lambda desk, who: going_back.fill_weeks(desk, who, starts_on=EARLY, weeks=3)),
    "talk": ("due", lambda desk, who: contacts.plan(desk, who, ContactDetails("x", "phone", due=EARLY))),
    "past talk": (
        "at",
        lambda desk, who: contacts.record(desk, who, ContactDetails("x", "phone", at=datetime(1950, 1, 2, tzinfo=UTC))),
    ),
    "change": ("starts_on", lambda desk, who: adjustments.ask_for(desk, who, "x", starts_on=EARLY)),
}


@pytest.fixture
def who(refer: Callable[..., Referred]) -> Id:
    return refer(work=replace(OFF_SICK, usual_hours=Decimal(40))).participant


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_of_a_day_before_the_birth(desk: Desk, who: Id, act: str) -> None:
    field, do = ACTS[act]
    with pytest.raises(FieldsInvalid) as wrong:
        do(desk, who)
    assert wrong.value.problems == ((field, "before_birth"),)
    with desk.read() as reader:
        assert [kind for kind in KINDS if reader.count(kind, scope=who)] == []


def test_nothing_is_changed_to_such_a_day(desk: Desk, who: Id) -> None:
    action = obstacles.add_action(desk, who, "x", WE, NOW)
    goal = plans.add_goal(desk, who, "x", by=NOW)
    week = going_back.add_week(desk, who, starts_on=NOW, days={"mon"})
    change = adjustments.ask_for(desk, who, "x", starts_on=NOW)
    for do in (
        lambda: obstacles.change_action(desk, action, due=EARLY),
        lambda: plans.change_goal(desk, goal, by=EARLY),
        lambda: going_back.change_week(desk, week, check_in=EARLY),
        lambda: adjustments.change_adjustment(desk, change, starts_on=EARLY),
        lambda: adjustments.record_answer(desk, change, EmployerAnswer.AGREED, on=EARLY),
    ):
        with pytest.raises(FieldsInvalid):
            do()
