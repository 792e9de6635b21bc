"""Sending an agenda: the paper goes to the invited, and with it, for a while, the record of each case on it.

A grant opens one participant's scope to one person from the sending until some days after the session. It is written
for a person who agreed to be discussed without limits; who agreed to some topics only, or said no, stays with those
who hold the case. A computer without a grant shows "a case you may not see".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import AuditKind, PaperKind, PaperStatus, TeamDocument
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Discussion, Grant, Presence, Session, Topics
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.minutes import make_agenda
from workwell_desktop.services.paper_making import Made
from workwell_desktop.services.sessions import open_session
from workwell_desktop.store import Reader, Unit


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending left: the paper in the register, and how many grants stand now."""

    document: Id
    grants: int


def send_agenda(desk: Desk, session: Id) -> Sent:
    """Puts the agenda into the register, marks it as sent and grants the invited its cases.

    Sent again, the register holds its next version, and what came since is granted. What is added after the first
    sending is marked late.
    """
    desk.allow(Act.PREPARE_SESSION, Session)
    desk.allow(Act.MAKE_PAPERS, TeamDocument)
    with desk.read() as reader:
        if not reader.count(AgendaItem, session=session):
            raise BadInput("agenda_empty")
        made = make_agenda(reader, desk.site, session, desk.clock.today())
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    with desk.unit() as unit:
        unit.undoable = False
        found = open_session(unit.reader, session)
        if found.agenda_sent_at is None:
            unit.set(Session, session, agenda_sent_at=desk.clock.now())
        _register(desk, unit, found, made, pdf)
        wanted = _wanted(unit.reader, session)
        _grant(desk, unit, found, wanted)
    desk.noted(AuditKind.RELEASED, record=session, detail="agenda")
    return Sent(made.document, len(wanted))


def _register(desk: Desk, unit: Unit, session: Session, made: Made, pdf: bytes) -> None:
    before = unit.reader.find(TeamDocument, made.document)
    now: dict[str, Any] = {
        "version": (before.version or 1) + 1 if before else 1,
        "content": made.composition.content_hash,
        "words": made.words,
        "file": unit.blob(pdf, "application/pdf", session.scope),
        "made_at": desk.clock.now(),
        "made_by": desk.me,
    }
    if before is not None:
        unit.set(TeamDocument, made.document, **now)
        return
    unit.add(
        TeamDocument(
            id=made.document,
            scope=session.scope,
            session=session.id,
            kind=PaperKind.AGENDA,
            recipient=Party.TEAM,
            recipient_name=made.recipient_name,
            status=PaperStatus.COMPLETE,
            **now,
        )
    )


def end_grants(desk: Desk, session: Id, *, participant: Id | None = None) -> int:
    """Takes back what a session opened, of one case or of all; gives how many grants ended.

    For a case that is withdrawn, or a person who takes their agreement back; a grant ends by itself on its last day.
    """
    desk.allow(Act.PREPARE_SESSION, Grant)
    with desk.unit() as unit:
        chosen: dict[str, Any] = {"scope": participant} if participant else {}
        ending = unit.reader.list(Grant, session=session, ended_at=None, **chosen)
        for one in ending:
            unit.set(Grant, one.id, ended_at=desk.clock.now())
    return len(ending)


def granted(reader: Reader, person: Id, today: date) -> frozenset[Id]:
    """The participants whose record a session has opened to this person, and who may still be seen on ``today``."""
    return frozenset(
        one.scope
        for one in reader.list(Grant, person=person, ended_at=None)
        if one.ends_on is None or one.ends_on >= today
    )


def _wanted(reader: Reader, session: Id) -> set[tuple[Id, Id]]:
    """(participant, person) for each case that may be shown and each of ours who was asked and did not decline."""
    away = (Presence.APOLOGIES, Presence.ABSENT)
    people = {
        line.person for line in reader.list(Attendance, session=session) if line.person and line.presence not in away
    }
    open_ones = {one.id for one in reader.list(Discussion, session=session, topics=Topics.YES)}
    cases = {
        item.participant
        for item in reader.list(AgendaItem, session=session, withdrawn=None)
        if item.participant and item.discussion in open_ones
    }
    return {(case, person) for case in cases for person in people}


def _grant(desk: Desk, unit: Unit, session: Session, wanted: Iterable[tuple[Id, Id]]) -> None:
    there = {(one.scope, one.person) for one in unit.reader.list(Grant, session=session.id, ended_at=None)}
    day = london_day(session.starts_at) if session.starts_at else desk.clock.today()
    ends_on = day + timedelta(days=desk.site.pace.agenda_access_days)
    for participant, person in sorted(set(wanted) - there):
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
