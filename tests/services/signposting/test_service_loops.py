"""A service that was chosen: its action and its loop in one act, closed with what came of it, asked about in time."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.services.signposting.test_directory import TALK
from workwell_desktop.desktop.pages.record.event_words import event_words
from workwell_desktop.desktop.standing import undo_words
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.directory import Access, Capacity, NotStarted, ServiceLoop, Stage, Way
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Action, ActionKind, ActionStatus, ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked, NoPermission
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.record import everything
from workwell_desktop.services.safekeeping import undoing
from workwell_desktop.services.signposting import directory, service_loops
from workwell_desktop.services.signposting.directory_views import NATIONAL, OWN, Mark
from workwell_desktop.services.signposting.service_loops import Chosen
from workwell_desktop.services.travel import bundle

Refer = Callable[..., Referred]
DAY = date(2026, 11, 24)
REFERRED = Chosen(Way.REFERRAL, "A place in the group on Thursdays")
ITSELF = Chosen(Way.SELF, "")


@pytest.fixture
def who(refer: Refer) -> Id:
    return refer().participant


@pytest.fixture
def talk(desk: Desk) -> str:
    return OWN + directory.add(desk, TALK)


def loop_of(desk: Desk, who: Id) -> ServiceLoop:
    return service_loops.of_participant(desk, who)[0].loop


def action_of(desk: Desk, loop: Id) -> Action:
    with desk.read() as reader:
        action = reader.get(ServiceLoop, loop).action
        assert action is not None
        return reader.get(Action, action)


def test_to_choose_writes_the_action_of_an_obstacle_and_opens_the_loop_in_one_act(
    desk: Desk, who: Id, talk: str
) -> None:
    obstacle = obstacles.add_obstacle(desk, who, ObstacleKind.PERSON, "Alone all day")
    obstacles.leave_obstacle(desk, obstacle, "Later")
    loop = service_loops.choose(desk, who, talk, replace(REFERRED, obstacle=obstacle))
    action = action_of(desk, loop)
    assert (action.kind, action.owner, action.obstacle) == (ActionKind.REFERRAL, desk.me, obstacle)
    assert action.text == "Write to Calder Talking Group"
    kept = loop_of(desk, who)
    assert (kept.name, kept.phone, kept.way, kept.chosen_on) == (TALK.name, TALK.phone, Way.REFERRAL, DAY)
    desk.store.undo(desk.identity)
    assert service_loops.of_participant(desk, who) == ()
    with desk.read() as reader:
        assert reader.count(Action, scope=who) == 0


def test_who_asks_for_it_themselves_is_signposted_and_owns_the_action(desk: Desk, who: Id) -> None:
    loop = service_loops.choose(desk, who, NATIONAL + "acas", ITSELF)
    action = action_of(desk, loop)
    assert (action.kind, action.owner_kind) == (ActionKind.SIGNPOST, OwnerKind.PARTICIPANT)
    assert "0300 123 1100" in (action.text or "")


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen(Way.BOTH, "x"), "way"),
        (Chosen(Way.REFERRAL, " "), "asked"),
        (Chosen(Way.SELF, "", due=DAY - timedelta(days=1)), "due"),
    ],
)
def test_what_lacks_is_named_and_nothing_is_written(desk: Desk, who: Id, talk: str, chosen: Chosen, field: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        service_loops.choose(desk, who, talk, chosen)
    assert [name for name, _reason in refused.value.problems] == [field]
    with desk.read() as reader:
        assert reader.count(Action, scope=who) == reader.count(ServiceLoop, scope=who) == 0


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        ({"expires_on": DAY - timedelta(days=1)}, Mark.EXPIRED),
        ({"capacity": Capacity.CLOSED, "closed_until": DAY + timedelta(days=9)}, Mark.CLOSED_UNTIL),
        ({"capacity": Capacity.FULL}, Mark.FULL),
    ],
)
def test_a_service_that_expired_or_is_closed_warns_when_it_is_chosen_and_locks_nothing(
    desk: Desk, who: Id, given: dict[str, Any], mark: Mark
) -> None:
    key = OWN + directory.add(desk, replace(TALK, **given))
    choice = service_loops.look(desk, who, key)
    assert [one.mark for one in choice.marks] == [mark]
    assert choice.entry.stops
    assert service_loops.choose(desk, who, key, REFERRED)


def test_what_a_person_needs_and_a_service_does_not_say_it_has_is_said(desk: Desk, who: Id, talk: str) -> None:
    with desk.unit() as unit:
        unit.set(Participant, who, needs=frozenset({"interpreter", "step_free", "large_print"}))
    assert set(service_loops.look(desk, who, talk).lacks) == {Access.INTERPRETER, Access.STEP_FREE}
    directory.change(desk, talk, replace(TALK, access=frozenset({"interpreter", "step_free"})))
    assert service_loops.look(desk, who, talk).lacks == ()


def test_the_same_service_chosen_twice_is_said(desk: Desk, who: Id, talk: str) -> None:
    assert not service_loops.look(desk, who, talk).open_already
    loop = service_loops.choose(desk, who, talk, REFERRED)
    assert service_loops.look(desk, who, talk).open_already
    service_loops.record(desk, loop, Stage.COMPLETED)
    assert not service_loops.look(desk, who, talk).open_already


def test_a_loop_goes_from_sent_to_completed_with_its_days_and_ends_the_action(
    desk: Desk, who: Id, talk: str, clock: FixedClock
) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    for number, stage in enumerate((Stage.SENT, Stage.ACCEPTED, Stage.STARTED)):
        clock.set(clock.moment + timedelta(days=number))
        service_loops.record(desk, loop, stage)
        assert service_loops.of_participant(desk, who)[0].stage is stage
    clock.set(clock.moment + timedelta(days=30))
    service_loops.record(desk, loop, Stage.COMPLETED, effect="Goes every week")
    kept = loop_of(desk, who)
    assert (kept.sent_on, kept.accepted_on) == (DAY, DAY + timedelta(days=1))
    assert kept.effect == "Goes every week"
    assert not service_loops.of_participant(desk, who)[0].open
    action = action_of(desk, loop)
    assert (action.status, action.effect) == (ActionStatus.DONE, "Goes every week")


def test_that_nothing_came_of_it_needs_a_reason_and_is_nobodys_failure(desk: Desk, who: Id, talk: str) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    with pytest.raises(FieldsInvalid):
        service_loops.record(desk, loop, Stage.NOT_STARTED)
    service_loops.record(desk, loop, Stage.NOT_STARTED, why=NotStarted.TOO_LONG, note="20 weeks")
    action = action_of(desk, loop)
    assert (action.status, action.effect) == (ActionStatus.NOT_NEEDED, "The wait is too long. 20 weeks")
    with pytest.raises(Locked):
        service_loops.record(desk, loop, Stage.SENT)


def test_steps_may_be_passed_over_and_are_never_taken_twice_or_backwards(desk: Desk, who: Id, talk: str) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    service_loops.record(desk, loop, Stage.STARTED)
    for stage in (Stage.STARTED, Stage.ACCEPTED, Stage.CHOSEN, Stage.NOT_STARTED):
        with pytest.raises(BadInput) as refused:
            service_loops.record(desk, loop, stage, why=NotStarted.OTHER)
        assert refused.value.reason == "step_taken"


@pytest.mark.parametrize("days", [-1, 1])
def test_a_step_is_neither_before_the_last_one_nor_to_come(desk: Desk, who: Id, talk: str, days: int) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    with pytest.raises(FieldsInvalid) as refused:
        service_loops.record(desk, loop, Stage.SENT, DAY + timedelta(days=days))
    assert [name for name, _reason in refused.value.problems] == ["on"]
    assert loop_of(desk, who).sent_on is None


def test_an_open_loop_is_on_today_after_the_days_of_the_pack_and_gone_when_it_is_closed(
    desk: Desk, who: Id, talk: str, clock: FixedClock
) -> None:
    loop = service_loops.choose(desk, who, talk, replace(REFERRED, due=DAY + timedelta(days=300)))

    def asked() -> list[str]:
        return [one.name for one in today.view(desk).items if one.kind == "loop"]

    begun = clock.moment
    clock.set(begun + timedelta(days=desk.site.pace.service_loop_days - 4))
    assert asked() == []
    clock.set(begun + timedelta(days=desk.site.pace.service_loop_days))
    assert asked() == ["Danielle Marsh"]
    service_loops.record(desk, loop, Stage.SENT)
    assert asked() == []
    clock.set(begun + timedelta(days=2 * desk.site.pace.service_loop_days + 1))
    (late,) = (one for one in today.view(desk).items if one.kind == "loop")
    assert (late.days, late.route.page, late.words["stage"]) == (-1, "loops", "sent")
    assert service_loops.of_participant(desk, who)[0].late
    service_loops.record(desk, loop, Stage.NOT_STARTED, why=NotStarted.NO_ANSWER)
    assert asked() == []


def test_who_may_not_change_a_plan_chooses_no_service(desk: Desk, who: Id, talk: str) -> None:
    desk.person.roles = frozenset({"coordinator"})
    with pytest.raises(NoPermission):
        service_loops.choose(desk, who, talk, REFERRED)


def test_a_service_taken_out_later_keeps_its_name_in_the_loop(desk: Desk, who: Id, talk: str) -> None:
    service_loops.choose(desk, who, talk, REFERRED)
    directory.remove(desk, talk)
    assert loop_of(desk, who).name == TALK.name


def test_a_loop_travels_as_a_task_and_its_service_beside_it(desk: Desk, who: Id, talk: str) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    service_loops.record(desk, loop, Stage.NOT_STARTED, why=NotStarted.OTHER, note="Moved house")
    made = json.loads(json.dumps(bundle.export_case(desk, who)))
    shown = [one["resource"] for one in made["entry"]]
    (task,) = (one for one in shown if one["id"] == loop)
    (service,) = (one for one in shown if one["resourceType"] == "HealthcareService")
    assert (task["resourceType"], task["status"]) == ("Task", "cancelled")
    assert task["owner"]["reference"].replace("-", "").endswith(service["id"])
    for one in (task, service):
        get_fhir_model_class(one["resourceType"]).model_validate(one)


def test_each_step_stands_in_everything_by_date_and_can_be_taken_back_in_words(desk: Desk, who: Id, talk: str) -> None:
    loop = service_loops.choose(desk, who, talk, REFERRED)
    service_loops.record(desk, loop, Stage.SENT)
    said = [event_words(one) for one in everything(desk, who)]
    assert "Chose a service: Calder Talking Group" in said
    assert "Letter sent to Calder Talking Group" in said
    assert undo_words(undoing.next_undo(desk))
