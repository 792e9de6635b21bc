"""What meetings leave behind: who was there how often."""

from collections import defaultdict
from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Attendance, Presence, Session, SessionStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff

LOOK_BACK = 12
"""Sessions that a pattern of attendance is read from."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one of ours came to a team's last sessions. ``missed_in_a_row`` counts back from the newest."""

    person: Id
    name: str
    asked: int
    came: int
    apologies: int
    absent: int
    missed_in_a_row: int


def attendance_patterns(desk: Desk, team: Id) -> tuple[Pattern, ...]:
    """For the chair: who of ours was asked to the team's last sessions, and came; who missed most in a row first."""
    desk.allow(Act.LOCK_SESSION, Session)
    with desk.read() as reader:
        held = reader.list(Session, order_by="-starts_at", limit=LOOK_BACK, team=team, status=SessionStatus.LOCKED)
        order = {one.id: place for place, one in enumerate(held)}
        lines = reader.list(Attendance, session=list(order)) if order else []
        people = staff(reader)
    of: dict[Id, list[Attendance]] = defaultdict(list)
    for line in lines:
        if line.person is not None and line.person in people:
            of[line.person].append(line)
    patterns = [
        _pattern(person, people[person].name or "", sorted(of_one, key=lambda line: order[line.session or Id("")]))
        for person, of_one in of.items()
        if people[person].active is not False
    ]
    return tuple(sorted(patterns, key=lambda one: (-one.missed_in_a_row, one.came, one.name)))


def _pattern(person: Id, name: str, newest_first: list[Attendance]) -> Pattern:
    came = [line.came_at is not None for line in newest_first]
    return Pattern(
        person=person,
        name=name,
        asked=len(newest_first),
        came=sum(came),
        apologies=sum(1 for line in newest_first if line.presence is Presence.APOLOGIES),
        absent=sum(
            1
            for line, there in zip(newest_first, came, strict=True)
            if not there and line.presence is not Presence.APOLOGIES
        ),
        missed_in_a_row=came.index(True) if True in came else len(came),
    )
