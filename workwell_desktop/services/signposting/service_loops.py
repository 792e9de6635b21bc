"""A service that somebody was sent or referred to, until we know what came of it.

an entry of the directory ──choose──▶ an action of the plan + a loop ──▶ sent, accepted, started ──▶ completed
                                                                  └────────────────────────────────▶ did not start
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import (
    STEPS,
    Access,
    NotStarted,
    ServiceLoop,
    Stage,
    Way,
    day_of,
    is_open,
    moved_on,
    stage_of,
)
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Need, Participant
from workwell_desktop.domain.plans import Action, ActionKind, ActionStatus, Obstacle, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services._reads import working_here
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import key_after, needed_episode, words_or_none
from workwell_desktop.services.signposting import directory
from workwell_desktop.services.signposting.directory_views import Entry, Marked
from workwell_desktop.store import Unit

USUAL_DAYS = 7
"""Days that somebody has to get in touch, unless another date is given."""
NEEDS: dict[Need, Access] = {
    Need.INTERPRETER: Access.INTERPRETER,
    Need.SIGN_LANGUAGE: Access.SIGN_LANGUAGE,
    Need.STEP_FREE: Access.STEP_FREE,
    Need.QUIET_PLACE: Access.QUIET_PLACE,
    Need.SIMPLE_WORDS: Access.EASY_WORDS,
}
"""What a person needs, and what a service has to say that it has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A service and a person, before it is chosen. Nothing here stops anybody: it is said, and a person decides."""

    entry: Entry
    marks: tuple[Marked, ...]
    lacks: tuple[Access, ...]
    """What the person needs and the service does not say that it has; nothing for a national one, which says little."""
    open_already: bool
    """Whether the same service was chosen before and nobody knows yet what came of it."""
    way: Way
    """The way that is offered first: self or referral."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a service is chosen. ``asked`` is what it is to help with; ``owner`` None is the person themselves."""

    way: Way
    asked: str
    due: date | None = None
    owner: Id | None = None
    obstacle: Id | None = None


@dataclass(frozen=True, slots=True)
class LoopView:
    """One loop. ``days`` since anything happened; ``late`` where the pack says that we ask by now."""

    loop: ServiceLoop
    stage: Stage
    open: bool
    days: int
    late: bool


def look(desk: Desk, participant: Id, key: str) -> Choice:
    """What has to be known before this service is chosen with this person."""
    desk.allow(Act.READ, ServiceLoop)
    found = directory.entry(desk, key)
    with desk.read() as reader:
        person = reader.get(Participant, participant)
        before = reader.list(ServiceLoop, scope=participant)
    wanted = [access for need, access in NEEDS.items() if need.value in person.needs]
    lacks = tuple(one for one in wanted if one.value not in found.access) if found.own else ()
    same = any(is_open(one) and _is_of(one, found) for one in before)
    way = Way.REFERRAL if found.way is Way.REFERRAL else Way.SELF
    return Choice(found, found.marks, lacks, same, way)


def choose(desk: Desk, participant: Id, key: str, chosen: Chosen) -> Id:
    """Writes the action and opens the loop, in one act. Raises FieldsInvalid, and BadInput ``no_episode``."""
    desk.allow(Act.EDIT_PLAN, Action)
    found = directory.entry(desk, key)
    today = desk.clock.today()
    due = chosen.due or today + timedelta(days=USUAL_DAYS)
    _check(chosen, due, today)
    referred = chosen.way is Way.REFERRAL
    with desk.unit() as unit:
        person = unit.reader.get(Participant, participant)
        episode = needed_episode(unit.reader, participant).id
        owner = chosen.owner or (desk.me if referred else None)
        if owner is not None:
            working_here(unit.reader, owner)
        if chosen.obstacle is not None:
            unit.reader.get(Obstacle, chosen.obstacle)
            unit.set(Obstacle, chosen.obstacle, status=ObstacleStatus.OPEN, left_reason=None)
        action = unit.add(
            Action(
                id=new_id(),
                scope=participant,
                episode=episode,
                obstacle=chosen.obstacle,
                kind=ActionKind.REFERRAL if referred else ActionKind.SIGNPOST,
                text=_action_words(found, referred=referred),
                owner_kind=OwnerKind.STAFF if owner else OwnerKind.PARTICIPANT,
                owner=owner,
                owner_name=None if owner else person.called,
                due=due,
                status=ActionStatus.OPEN,
                for_employer=False,
                position=key_after(one.position for one in unit.reader.list(Action, scope=participant)),
            )
        )
        return unit.add(
            ServiceLoop(
                id=new_id(),
                scope=participant,
                episode=episode,
                action=action,
                obstacle=chosen.obstacle,
                service=found.own,
                national=Code(found.national) if found.national else None,
                name=found.name,
                phone=found.phone or None,
                email=found.email or None,
                way=chosen.way,
                asked=words_or_none(chosen.asked),
                chosen_on=today,
                chosen_by=desk.me,
            )
        )


def told_of(desk: Desk, unit: Unit, episode: Episode, keys: Iterable[str]) -> None:
    """Opens a loop for each service that somebody is told of instead of coming to us, in the unit of that act.

    For those alone who said yes to being asked how it went. There is no plan that an action would stand in, and a
    crisis line is nobody's to follow up.
    """
    desk.allow(Act.CLOSE_EPISODE, ServiceLoop)
    wanted = frozenset(keys)
    for found in directory.find(desk).entries:
        if found.key in wanted and not found.pinned:
            unit.add(
                ServiceLoop(
                    id=new_id(),
                    scope=episode.scope,
                    episode=episode.id,
                    service=found.own,
                    national=Code(found.national) if found.national else None,
                    name=found.name,
                    phone=found.phone or None,
                    email=found.email or None,
                    way=Way.SELF,
                    chosen_on=desk.clock.today(),
                    chosen_by=desk.me,
                )
            )


def record(
    desk: Desk,
    loop: Id,
    stage: Stage,
    on: date | None = None,
    *,
    why: NotStarted | None = None,
    note: str = "",
    effect: str = "",
) -> None:
    """One step further, today or ``on`` an earlier day. The last step ends the action of the plan as well.

    Raises Locked for a loop that is closed, FieldsInvalid for a day before the last step or to come, and for an end
    without a reason. That nothing came of it is a fact with a reason, and nobody's failure.
    """
    desk.allow(Act.RECORD_CONTACT, ServiceLoop)
    day = on or desk.clock.today()
    with desk.unit() as unit:
        now = unit.reader.get(ServiceLoop, loop)
        if not is_open(now):
            raise Locked()
        _check_step(now, stage, day, why, desk.clock.today())
        given: dict[str, Any] = {f"{stage.value}_on": day}
        if stage is Stage.NOT_STARTED:
            given |= {"why": why, "why_note": words_or_none(note)}
        if stage is Stage.COMPLETED:
            given |= {"effect": words_or_none(effect)}
        unit.set(ServiceLoop, loop, **given)
        action = unit.reader.find(Action, now.action)
        if stage in (Stage.COMPLETED, Stage.NOT_STARTED) and action is not None and action.status is ActionStatus.OPEN:
            done = stage is Stage.COMPLETED
            words = words_or_none(effect) if done else _not_started_words(why, note)
            status = ActionStatus.DONE if done else ActionStatus.NOT_NEEDED
            unit.set(Action, action.id, status=status, done_on=day if done else None, effect=words)


def ask(desk: Desk, loop: Id, words: str) -> None:
    """Other words for what the service is asked; a letter that was agreed to before has to be shown again."""
    desk.allow(Act.EDIT_PLAN, ServiceLoop)
    if not words.strip():
        raise FieldsInvalid((("asked", "asked_missing"),))
    with desk.unit() as unit:
        if not is_open(unit.reader.get(ServiceLoop, loop)):
            raise Locked()
        unit.set(ServiceLoop, loop, asked=words.strip())


def of_participant(desk: Desk, participant: Id) -> tuple[LoopView, ...]:
    """Every service chosen with one person: open ones first, those that wait longest before the others."""
    desk.allow(Act.READ, ServiceLoop)
    with desk.read() as reader:
        found = reader.list(ServiceLoop, order_by="id", scope=participant)
    return in_order(view(one, desk.clock.today(), desk.site.pace.service_loop_days) for one in found)


def view(loop: ServiceLoop, today: date, loop_days: int) -> LoopView:
    """A loop as it stands on a day."""
    last = moved_on(loop) or today
    days = (today - last).days
    return LoopView(loop, stage_of(loop), is_open(loop), days, is_open(loop) and days >= loop_days)


def in_order(found: Iterable[LoopView]) -> tuple[LoopView, ...]:
    """Open ones first, and of each the one that was still the longest."""
    return tuple(sorted(found, key=lambda one: (not one.open, -one.days, one.loop.name or "", one.loop.id)))


def _is_of(loop: ServiceLoop, found: Entry) -> bool:
    return loop.service == found.own if found.own else loop.national == found.national


def _action_words(found: Entry, *, referred: bool) -> str:
    reach = found.phone or found.web or found.email
    if referred:
        return text("loops.action.referral", name=found.name)
    if not reach:
        return text("loops.action.signpost", name=found.name)
    return text("loops.action.signpost_at", name=found.name, reach=reach)


def _not_started_words(why: NotStarted | None, note: str) -> str:
    said = text(f"loops.why.{why.value}") if why else ""
    return ". ".join(part for part in (said, note.strip()) if part)


def _check(chosen: Chosen, due: date, today: date) -> None:
    problems: list[tuple[str, str]] = []
    if chosen.way is Way.BOTH:
        problems.append(("way", "way_missing"))
    if chosen.way is Way.REFERRAL and not chosen.asked.strip():
        problems.append(("asked", "asked_missing"))
    if due < today:
        problems.append(("due", "day_has_passed"))
    if problems:
        raise FieldsInvalid(tuple(problems))


def _check_step(now: ServiceLoop, stage: Stage, day: date, why: NotStarted | None, today: date) -> None:
    problems: list[tuple[str, str]] = []
    before = [found for step in (Stage.CHOSEN, *STEPS) if step is not stage and (found := day_of(now, step))]
    later = STEPS[STEPS.index(stage) + 1 :] if stage in STEPS else ()
    if stage is Stage.CHOSEN or day_of(now, stage) is not None or any(day_of(now, one) for one in later):
        raise BadInput("step_taken")
    if stage is Stage.NOT_STARTED and now.started_on is not None:
        raise BadInput("step_taken")
    if day > today:
        problems.append(("on", "date_in_future"))
    elif before and day < max(before):
        problems.append(("on", "before_last_step"))
    if stage is Stage.NOT_STARTED and why is None:
        problems.append(("why", "why_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))
