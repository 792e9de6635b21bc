"""The tabs of one person's record: versions of the plan, and what sessions decided."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Plan, PlanStatus, PlanType
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import (
    Addendum,
    AgendaItem,
    Discussion,
    Outcome,
    Session,
    SessionStatus,
    Withdrawn,
)
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting.carried import why_carried
from workwell_desktop.services.meeting.session_views import AddendumLine


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version of a plan, newest first."""

    plan: Id
    type: PlanType | None
    version: int
    status: PlanStatus | None
    agreed_on: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """One case at one session. ``decided_at`` is None while it waits there."""

    discussion: Id
    session: Id | None
    question: str
    decision: str
    rationale: str
    outcome: Outcome | None
    provisional: bool
    decided_at: datetime | None
    told_at: datetime | None
    told_by: str
    dissent: str
    addenda: tuple[AddendumLine, ...]
    """Dated lines after the lock, the person's answer among them."""
    item: Id | None = None
    on: date | None = None
    """The day of the session."""
    held: SessionStatus | None = None
    carried: str = ""
    """Why the room did not reach it, where it did not."""
    withdrawn: Withdrawn | None = None


def plans_of(desk: Desk, participant: Id) -> tuple[PlanVersion, ...]:
    """Every version of every plan of one person, newest first."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        found = reader.list(Plan, scope=participant)
    found.sort(key=lambda one: (one.status is PlanStatus.DRAFT, one.agreed_on or date.min, one.version or 0, one.id))
    return tuple(
        PlanVersion(one.id, one.type, one.version or 1, one.status, one.agreed_on, one.review_on)
        for one in reversed(found)
    )


def decisions_of(desk: Desk, participant: Id) -> tuple[Decided, ...]:
    """Every time that a session talked or is to talk about one person, newest first."""
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        found = reader.list(Discussion, scope=participant)
        people = staff(reader)
        added = reader.list(Addendum, order_by="at", scope=participant)
        sessions = {one.id: one for one in reader.list(Session, id={one.session for one in found if one.session})}
        items = {one.id: one for one in reader.list(AgendaItem, participant=participant)}
    never = datetime.min.replace(tzinfo=UTC)

    def when(one: Discussion) -> datetime:
        held = sessions.get(one.session) if one.session else None
        return one.decided_at or (held.starts_at if held else None) or never

    return tuple(
        _decided(
            one,
            people,
            [line for line in added if line.about == one.id],
            sessions.get(one.session) if one.session else None,
            items.get(one.agenda_item) if one.agenda_item else None,
        )
        for one in sorted(found, key=lambda one: (when(one), one.id), reverse=True)
    )


def _decided(
    one: Discussion, people: dict[Id, Person], added: list[Addendum], session: Session | None, item: AgendaItem | None
) -> Decided:
    return Decided(
        item=item.id if item else None,
        on=london_day(session.starts_at) if session and session.starts_at else None,
        held=session.status if session else None,
        carried=why_carried(item, one) or "",
        withdrawn=item.withdrawn if item else None,
        discussion=one.id,
        session=one.session,
        question=one.question or "",
        decision=one.decision or "",
        rationale=one.rationale or "",
        outcome=one.outcome,
        provisional=bool(one.provisional),
        decided_at=one.decided_at,
        told_at=one.told_at,
        told_by=name_of(people, one.told_by),
        dissent=one.dissent or "",
        addenda=tuple(
            AddendumLine(line.text or "", line.at, name_of(people, line.author))
            for line in added
            if line.at is not None
        ),
    )
