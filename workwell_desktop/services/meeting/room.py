"""The room of a session: who came and went, the chair's deputy, what was read out, what was declared."""

from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Attendance, Cosignature, Presence, Session, SessionStatus
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.meeting import session_covers
from workwell_desktop.services.meeting.sessions import open_session


def came_for_part(desk: Desk, attendance: Id, came_at: datetime | None, left_at: datetime | None) -> None:
    """Somebody was there for a part: from, to, or both, as aware times. Raises BadInput ``ends_before_start``."""
    desk.allow(Act.RUN_SESSION, Attendance)
    if came_at is not None and left_at is not None and left_at < came_at:
        raise BadInput("ends_before_start")
    with desk.unit() as unit:
        line = unit.reader.get(Attendance, attendance)
        if line.session is not None:
            open_session(unit.reader, line.session)
        unit.set(Attendance, attendance, presence=Presence.PART, came_at=came_at, left_at=left_at)


def take_chair(desk: Desk, session: Id, person: Id) -> None:
    """A deputy takes the chair, also in the middle of the meeting; who had it stays in the history.

    Raises NoPermission for somebody whose role does not lock sessions here, and for one who has left.
    """
    desk.allow(Act.RUN_SESSION, Session)
    with desk.unit() as unit:
        open_session(unit.reader, session)
        deputy = unit.reader.get(Person, person)
        if deputy.active is False or not desk.site.allows(deputy.roles, Act.LOCK_SESSION, "session"):
            raise NoPermission(role=", ".join(sorted(deputy.roles)), act=Act.LOCK_SESSION.value)
        unit.set(Session, session, chair=person)


def open_meeting(
    desk: Desk, session: Id, *, confidentiality_read: bool, recorded: bool = False, interests: str | None = None
) -> None:
    """What stands at the head of the record: confidentiality was read out, nothing is recorded, interests declared."""
    desk.allow(Act.RUN_SESSION, Session)
    with desk.unit() as unit:
        open_session(unit.reader, session)
        unit.set(
            Session,
            session,
            confidentiality_read=confidentiality_read,
            recorded=recorded,
            interests=words_or_none(interests),
        )


def cosign(desk: Desk, session: Id) -> Id:
    """Somebody who was there stands by the record, once it is locked; twice is once.

    Raises NoPermission for who was not there, BadInput ``not_locked_yet`` before the lock.
    """
    desk.allow(Act.RECORD_CONTRIBUTION, Session)
    with desk.unit() as unit:
        unit.undoable = False
        reader = unit.reader
        found = reader.get(Session, session)
        if found.status is not SessionStatus.LOCKED:
            raise BadInput("not_locked_yet")
        lines = reader.list(Attendance, session=session, person=desk.me)
        if not any(line.came_at is not None for line in lines):
            raise NoPermission(role=", ".join(sorted(desk.person.roles)), act=Act.RECORD_CONTRIBUTION.value)
        for line in reader.list(Cosignature, session=session, person=desk.me):
            return line.id
        return unit.add(
            Cosignature(
                id=new_id(),
                scope=found.scope,
                session=session,
                person=desk.me,
                at=desk.clock.now(),
                covers=session_covers.covered(reader, session),
            )
        )
