"""Sending an agenda: the paper goes to the invited, and with it, for a while, the record of each case on it.

Who agreed to some topics only, or said no, stays with those who hold the case. A computer without a grant shows "a case
you may not see". The grants themselves stand in ``grants``.
"""

from dataclasses import dataclass
from typing import Any

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind, PaperKind, PaperStatus, TeamDocument
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, Grant, Session
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import grants
from workwell_desktop.services.administration.grants import OpenTo
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting.minutes import make_agenda
from workwell_desktop.services.meeting.sessions import open_session
from workwell_desktop.services.paperwork.paper_making import Made, document_id
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
        version = next_version(reader, session)
        made = make_agenda(reader, desk.site, session, desk.clock.today(), version=version)
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    with desk.unit() as unit:
        unit.undoable = False
        found = open_session(unit.reader, session)
        if found.agenda_sent_at is None:
            unit.set(Session, session, agenda_sent_at=desk.clock.now())
        _register(desk, unit, found, made, pdf, version)
        wanted = grants.wanted(unit.reader, session)
        grants.give(desk, unit, found, wanted)
    desk.noted(AuditKind.RELEASED, record=session, detail="agenda")
    return Sent(made.document, len(wanted))


def next_version(reader: Reader, session: Id) -> int:
    """Which version of its agenda a session sends next, from 1."""
    before = reader.find(TeamDocument, document_id(session, PaperKind.AGENDA))
    return (before.version or 1) + 1 if before else 1


def _register(desk: Desk, unit: Unit, session: Session, made: Made, pdf: bytes, version: int) -> None:
    before = unit.reader.find(TeamDocument, made.document)
    now: dict[str, Any] = {
        "version": version,
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

    A case that is withdrawn, and a person who takes their agreement back, end theirs without this.
    """
    desk.allow(Act.PREPARE_SESSION, Grant)
    with desk.unit() as unit:
        return grants.end(desk, unit, session=session, participant=participant)


def open_to(desk: Desk, session: Id, participant: Id) -> tuple[OpenTo, ...]:
    """To whom the sending of this agenda opened a case, and until when, by name."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        return grants.open_to(reader, session, participant, desk.clock.today())
