"""The meeting itself: when, where, who; start, lock, and the dated lines after it."""

from datetime import datetime
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Discussion,
    Lane,
    Presence,
    Session,
    SessionAddendum,
    SessionStatus,
)
from workwell_desktop.errors import BadInput, Locked, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import session_covers
from workwell_desktop.store import Reader, Unit


def create_session(
    desk: Desk,
    team: Id,
    starts_at: datetime,
    *,
    place: str | None = None,
    remote: str | None = None,
    chair: Id,
    note_taker: Id | None = None,
) -> Id:
    """A meeting of a team; its chair and note-taker are invited at once. ``starts_at`` is aware."""
    desk.allow(Act.PREPARE_SESSION, Session)
    with desk.unit() as unit:
        unit.reader.get(Team, team)
        session = unit.add(
            Session(
                id=new_id(),
                scope=team,
                team=team,
                starts_at=starts_at,
                place=place,
                remote=remote,
                chair=chair,
                note_taker=note_taker,
                status=SessionStatus.PLANNED,
            )
        )
        for person in dict.fromkeys(one for one in (chair, note_taker) if one is not None):
            _invited(unit, unit.reader.get(Session, session), unit.reader.get(Person, person))
    return session


def change_session(
    desk: Desk,
    session: Id,
    *,
    starts_at: datetime | None = None,
    place: str | None = None,
    remote: str | None = None,
    chair: Id | None = None,
    note_taker: Id | None = None,
) -> None:
    """Another time, place, way to join, note-taker, or a deputy in the chair; what is None stays as it is."""
    desk.allow(Act.PREPARE_SESSION, Session)
    given: dict[str, Any] = {
        "starts_at": starts_at,
        "place": place,
        "remote": remote,
        "chair": chair,
        "note_taker": note_taker,
    }
    with desk.unit() as unit:
        open_session(unit.reader, session)
        unit.set(Session, session, **{name: value for name, value in given.items() if value is not None})


def invite(desk: Desk, session: Id, person: Id) -> Id:
    """Asks one of ours to come; asking twice is one invitation."""
    desk.allow(Act.PREPARE_SESSION, Attendance)
    with desk.unit() as unit:
        return _invited(unit, open_session(unit.reader, session), unit.reader.get(Person, person))


def invite_guest(desk: Desk, session: Id, name: str, *, role: Code | None, organisation: str | None) -> Id:
    """Asks somebody from elsewhere: a name is needed."""
    desk.allow(Act.PREPARE_SESSION, Attendance)
    if not name.strip():
        raise BadInput("name_missing")
    with desk.unit() as unit:
        found = open_session(unit.reader, session)
        return unit.add(
            Attendance(
                id=new_id(),
                scope=found.scope,
                session=session,
                name=name.strip(),
                role=role,
                organisation=organisation,
                presence=Presence.INVITED,
            )
        )


def attend(desk: Desk, attendance: Id, presence: Presence) -> None:
    """Who is here, on the line, sent apologies; a person who goes early is ``part``."""
    desk.allow(Act.RUN_SESSION, Attendance)
    with desk.unit() as unit:
        line = unit.reader.get(Attendance, attendance)
        _open_of(unit.reader, line.session)
        came = presence in (Presence.PRESENT, Presence.REMOTE, Presence.PART)
        unit.set(
            Attendance,
            attendance,
            presence=presence,
            came_at=(line.came_at or desk.clock.now()) if came else None,
            left_at=desk.clock.now() if presence is Presence.PART else None,
        )


def start_session(desk: Desk, session: Id) -> None:
    """From here on the room decides; starting twice changes nothing."""
    desk.allow(Act.RUN_SESSION, Session)
    with desk.unit() as unit:
        if open_session(unit.reader, session).status is SessionStatus.PLANNED:
            unit.set(Session, session, status=SessionStatus.RUNNING, started_at=desk.clock.now())


def lock_session(desk: Desk, session: Id) -> None:
    """The chair, and nobody else, says that this is what was decided. ``covers`` names the changes meant.

    Every case to discuss must be decided or carried over; afterwards there are dated addenda only.
    """
    desk.allow(Act.LOCK_SESSION, Session)
    with desk.unit() as unit:
        unit.undoable = False
        found = open_session(unit.reader, session)
        if found.chair != desk.me:
            raise NoPermission(role="", act=Act.LOCK_SESSION.value)
        if left := undecided(unit.reader, session):
            raise BadInput("cases_undecided", count=len(left))
        covers = session_covers.covered(unit.reader, session)
        unit.set(
            Session,
            session,
            status=SessionStatus.LOCKED,
            locked_at=desk.clock.now(),
            locked_by=desk.me,
            covers=covers,
        )


def add_session_addendum(desk: Desk, session: Id, text: str) -> Id:
    """A dated line about the meeting, once it is locked."""
    desk.allow(Act.ADD_ADDENDUM, SessionAddendum)
    if not text.strip():
        raise BadInput("text_missing")
    with desk.unit() as unit:
        found = unit.reader.get(Session, session)
        if found.status is not SessionStatus.LOCKED:
            raise BadInput("not_locked_yet")
        line = SessionAddendum(
            id=new_id(), scope=found.scope, about=session, text=text.strip(), at=desk.clock.now(), author=desk.me
        )
        return unit.add(line)


def open_session(reader: Reader, session: Id) -> Session:
    """The session, while it may still be changed; Locked afterwards."""
    found = reader.get(Session, session)
    if found.status is SessionStatus.LOCKED:
        raise Locked()
    return found


def open_discussion(reader: Reader, discussion: Id) -> Discussion:
    """The discussion of one case, while its session may still be changed; Locked afterwards."""
    found = reader.get(Discussion, discussion)
    if found.session is not None:
        open_session(reader, found.session)
    return found


def undecided(reader: Reader, session: Id) -> tuple[Id, ...]:
    """Agenda items to discuss that are neither decided nor carried over nor withdrawn."""
    decided = {one.id for one in reader.list(Discussion, session=session, decided_at__ne=None)}
    return tuple(
        item.id
        for item in reader.list(AgendaItem, order_by="position", session=session)
        if item.lane is not Lane.NOTE
        and not item.was_carried
        and item.withdrawn is None
        and item.discussion is not None
        and item.discussion not in decided
    )


def _invited(unit: Unit, session: Session, person: Person) -> Id:
    for line in unit.reader.list(Attendance, session=session.id, person=person.id):
        return line.id
    return unit.add(
        Attendance(
            id=new_id(),
            scope=session.scope,
            session=session.id,
            person=person.id,
            name=person.name,
            role=Code(min(person.roles)) if person.roles else None,
            presence=Presence.INVITED,
        )
    )


def _open_of(reader: Reader, session: Id | None) -> Session:
    if session is None:
        raise BadInput("not_found")
    return open_session(reader, session)
