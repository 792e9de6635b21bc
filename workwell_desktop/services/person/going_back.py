"""Going back bit by bit: weeks with days, times and hours; warnings, never blocks."""

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import ReturnWeek
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.returning import even_steps
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import latest_work
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import after_birth, key_after, needed_episode, words_or_none
from workwell_desktop.store import Reader

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORDS = ("duties", "duties_out", "place", "check_in_by")
FIELDS = frozenset({"starts_on", "days", "hours", "start", "finish", "check_in", "on_call", *WORDS})
HOURS_IN_A_WEEK = 168
MOST_STEPS = 26
"""Weeks that are filled in at once: half a year."""


def add_week(
    desk: Desk,
    participant: Id,
    *,
    starts_on: date,
    days: Collection[str],
    hours: Decimal | None = None,
    start: str | None = None,
    finish: str | None = None,
    duties: str | None = None,
    check_in: date | None = None,
) -> Id:
    """One step. ``days`` are codes mon to sun, ``start`` and ``finish`` HH:MM; hours not given are worked out."""
    desk.allow(Act.EDIT_PLAN, ReturnWeek)
    given = _checked({"starts_on": starts_on, "days": days, "hours": hours, "start": start, "finish": finish})
    with desk.unit() as unit:
        after_birth(unit.reader, participant, starts_on=starts_on, check_in=check_in)
        beside = unit.reader.list(ReturnWeek, scope=participant)
        return unit.add(
            ReturnWeek(
                id=new_id(),
                scope=participant,
                episode=needed_episode(unit.reader, participant).id,
                position=key_after(one.position for one in beside),
                duties=words_or_none(duties),
                check_in=check_in,
                **given,
            )
        )


def change_week(desk: Desk, week: Id, **fields: Any) -> None:
    """Changes fields of one step: those of ``add_week``, and ``duties_out``, ``place``, ``on_call``, ``check_in_by``.

    New times or days work the hours out anew.
    """
    desk.allow(Act.EDIT_PLAN, ReturnWeek)
    if not fields.keys() <= FIELDS:
        raise BadInput("no_such_field")
    with desk.unit() as unit:
        found = unit.reader.get(ReturnWeek, week)
        days = {name: fields[name] for name in ("starts_on", "check_in") if name in fields}
        after_birth(unit.reader, found.scope, **days)
        timed = {"days", "start", "finish"} & fields.keys() and "hours" not in fields
        merged = {name: fields.get(name, getattr(found, name)) for name in ("starts_on", "days", "start", "finish")}
        merged["hours"] = fields.get("hours") if "hours" in fields else None if timed else found.hours
        checked = _checked(merged)
        if checked["hours"] is None:
            checked["hours"] = found.hours
        rest: dict[str, Any] = {name: words_or_none(fields[name]) for name in WORDS if name in fields}
        rest |= {name: fields[name] for name in ("check_in", "on_call") if name in fields}
        unit.set(ReturnWeek, week, **checked, **rest)


def fill_weeks(desk: Desk, participant: Id, *, starts_on: date, weeks: int) -> int:
    """Fills an empty grid from the usual hours, in even steps of which the last is the usual week. Gives how many.

    Raises BadInput ``weeks_there``, ``usual_hours_missing``, and FieldsInvalid for a number of weeks that cannot be.
    """
    desk.allow(Act.EDIT_PLAN, ReturnWeek)
    if not 1 <= weeks <= MOST_STEPS:
        raise FieldsInvalid((("weeks", "weeks_impossible"),))
    with desk.unit() as unit:
        after_birth(unit.reader, participant, starts_on=starts_on)
        episode = needed_episode(unit.reader, participant).id
        if unit.reader.count(ReturnWeek, episode=episode):
            raise BadInput("weeks_there")
        work = latest_work(unit.reader, participant)
        if work is None or not work.usual_hours:
            raise BadInput("usual_hours_missing")
        position: str | None = None
        steps = even_steps(work.usual_hours, weeks, starts_on)
        for step in steps:
            position = key_after([position])
            unit.add(
                ReturnWeek(
                    id=new_id(),
                    scope=participant,
                    episode=episode,
                    position=position,
                    starts_on=step.starts_on,
                    days=frozenset(step.days),
                    hours=step.hours,
                )
            )
    return len(steps)


def remove_week(desk: Desk, week: Id) -> None:
    """Takes one step away; no other moves."""
    desk.allow(Act.EDIT_PLAN, ReturnWeek)
    with desk.unit() as unit:
        unit.delete(ReturnWeek, week)


def smaller_steps(desk: Desk, participant: Id) -> int:
    """Makes each step of hours smaller: the hours rise evenly from the first week to the last. Gives how many changed.

    Days, times and duties stay: the hours are what a person then looks at.
    """
    desk.allow(Act.EDIT_PLAN, ReturnWeek)
    changed = 0
    with desk.unit() as unit:
        work = latest_work(unit.reader, participant)
        weeks = [one for one in unit.reader.list(ReturnWeek, order_by="starts_on", scope=participant) if one.hours]
        if len(weeks) < 2 or work is None:
            return 0
        low, high = weeks[0].hours or Decimal(0), weeks[-1].hours or Decimal(0)
        for place, week in enumerate(weeks[1:-1], start=1):
            even = low + (high - low) * place / (len(weeks) - 1)
            hours = (even * 2).quantize(Decimal(1)) / 2
            if hours != week.hours:
                unit.set(ReturnWeek, week.id, hours=hours, start=None, finish=None)
                changed += 1
    return changed


def steps_of(reader: Reader, episode: Id | None) -> list[tuple[ReturnWeek, tuple[str, ...]]]:
    """The steps of an episode by the day they begin, each with its days in the order of the week."""
    found = sorted(
        reader.list(ReturnWeek, episode=episode),
        key=lambda one: (one.starts_on or date.max, one.position or "", one.id),
    )
    return [(one, tuple(day for day in DAYS if day in one.days)) for one in found]


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    problems: list[tuple[str, str]] = []
    days = frozenset(given["days"] or ())
    if not days <= set(DAYS):
        problems.append(("days", "days_unknown"))
    if given["starts_on"] is None:
        problems.append(("starts_on", "date_missing"))
    times = {name: _time(given[name]) for name in ("start", "finish") if given[name]}
    problems += [(name, "time_unreadable") for name, at in times.items() if at is None]
    start, finish = times.get("start"), times.get("finish")
    hours = given["hours"]
    if hours is None and start is not None and finish is not None:
        if finish <= start:
            problems.append(("finish", "ends_before_start"))
        hours = _hours(start, finish) * len(days)
    if hours is not None and not 0 <= hours <= HOURS_IN_A_WEEK:
        problems.append(("hours", "hours_impossible"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    return given | {"days": days, "hours": hours}


def _time(written: str) -> time | None:
    try:
        return time.fromisoformat(written)
    except ValueError:
        return None


def _hours(start: time, finish: time) -> Decimal:
    minutes = (finish.hour - start.hour) * 60 + finish.minute - start.minute
    return Decimal(minutes) / 60
