"""What the sending of an agenda opens: one participant's record to one of the invited, until a day after the session.

A grant is written for a person who agreed to be discussed without limits. It ends on its last day, and before that
when the case leaves the table or the person takes their agreement back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Discussion,
    Grant,
    Presence,
    Session,
    SessionStatus,
    Topics,
)
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader, Unit


@dataclass(frozen=True, slots=True)
class OpenTo:
    """Somebody to whom a case is open, and the last day on which it is."""

    person: Id
    name: str
    until: date | None


def wanted(reader: Reader, session: Id, participant: Id | None = None) -> set[tuple[Id, Id]]:
    """(participant, person) for each case that may be shown and each of ours who was asked and did not decline."""
    away = (Presence.APOLOGIES, Presence.ABSENT)
    people = {
        line.person for line in reader.list(Attendance, session=session) if line.person and line.presence not in away
    }
    chosen: dict[str, Any] = {"participant": participant} if participant else {}
    open_ones = {one.id for one in reader.list(Discussion, session=session, topics=Topics.YES)}
    cases = {
        item.participant
        for item in reader.list(AgendaItem, session=session, withdrawn=None, **chosen)
        if item.participant and item.discussion in open_ones
    }
    return {(case, person) for case in cases for person in people}


def give(desk: Desk, unit: Unit, session: Session, pairs: Iterable[tuple[Id, Id]]) -> None:
    """Writes what is not there yet of (participant, person), inside a unit of work."""
    there = {(one.scope, one.person) for one in unit.reader.list(Grant, session=session.id, ended_at=None)}
    day = london_day(session.starts_at) if session.starts_at else desk.clock.today()
    ends_on = day + timedelta(days=desk.site.pace.agenda_access_days)
    for participant, person in sorted(set(pairs) - there):
        unit.add(
            Grant(
                id=new_id(),
                scope=participant,
                person=person,
                session=session.id,
                starts_at=desk.clock.now(),
                ends_on=ends_on,
            )
        )


def end(desk: Desk, unit: Unit, *, session: Id | None = None, participant: Id | None = None) -> int:
    """Takes back what was opened, of one session, one case, or both, inside a unit of work; gives how many ended."""
    given = {"session": session, "scope": participant}
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    ending = unit.reader.list(Grant, ended_at=None, **chosen)
    for one in ending:
        unit.set(Grant, one.id, ended_at=desk.clock.now())
    return len(ending)


def no_longer_discussed(desk: Desk, unit: Unit, participant: Id) -> None:
    """The person does not agree to be talked about any more: their cases that are to come go by number alone."""
    reader = unit.reader
    for found in reader.list(Discussion, scope=participant, decided_at=None):
        held = reader.find(Session, found.session)
        if held is not None and held.status is not SessionStatus.LOCKED and found.topics is not Topics.NO:
            unit.set(Discussion, found.id, topics=Topics.NO)
    end(desk, unit, participant=participant)


def granted(reader: Reader, person: Id, today: date) -> frozenset[Id]:
    """The participants whose record a session has opened to this person, and who may still be seen on ``today``."""
    return frozenset(one.scope for one in reader.list(Grant, person=person, ended_at=None) if _stands(one, today))


def open_to(reader: Reader, session: Id, participant: Id, today: date) -> tuple[OpenTo, ...]:
    """To whom a session opened this case, and until when, by name."""
    people = staff(reader)
    found = [
        OpenTo(one.person, name_of(people, one.person), one.ends_on)
        for one in reader.list(Grant, session=session, scope=participant, ended_at=None)
        if one.person is not None and _stands(one, today)
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.person)))


def _stands(one: Grant, today: date) -> bool:
    return one.ends_on is None or one.ends_on >= today
