"""A case asks to be talked about: straight onto the team's next agenda, or kept until there is one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import AgendaItem, BringRequest, Discussion, Lane, Session, SessionStatus, Why
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, needed_episode, staff
from workwell_desktop.services.meeting.agenda import NewCase, put_on
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the agenda item at a session, or a request that waits (then there is neither).

    ``already`` where the person stood on that agenda before: then nothing was added, and the question is asked there
    only where nobody had asked one.
    """

    item: Id | None
    session: Id | None
    on: date | None
    already: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for the team's next agenda. ``mine`` where the person who reads may take it back."""

    request: Id
    question: str
    lane: Lane
    asked_by: str
    at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case is: the session that comes next, its line on that agenda, and questions that wait for one."""

    coming: Session | None
    item: Id | None
    waiting: tuple[Waiting, ...]


def bring(desk: Desk, participant: Id, question: str, *, lane: Lane = Lane.DISCUSS) -> Brought:
    """Brings a case to the team: onto the next agenda for who may prepare one, else as a request for it.

    The question is what the team is asked; without it there is nothing to talk about: BadInput ``question_missing``.
    """
    desk.allow(Act.READ, Session)
    asked = question.strip()
    if not asked:
        raise BadInput("question_missing")
    if not desk.may(Act.PREPARE_SESSION, AgendaItem):
        return ask_for(desk, participant, asked, lane=lane)
    with desk.unit() as unit:
        coming = coming_session(desk, unit.reader, participant)
        if coming is None:
            unit.add(_request(desk, participant, asked, lane))
            return Brought(None, None, None)
        on = london_day(coming.starts_at) if coming.starts_at else None
        for line in unit.reader.list(AgendaItem, session=coming.id, participant=participant):
            found = unit.reader.find(Discussion, line.discussion)
            if found is not None and not found.question:
                unit.set(Discussion, found.id, question=asked)
            return Brought(line.id, coming.id, on, already=True)
        item = put_on(desk, unit, coming, NewCase(participant, lane, asked, why=frozenset({Why.ASKED_FOR.value})))
    return Brought(item, coming.id, on)


def ask_for(desk: Desk, participant: Id, question: str, *, lane: Lane = Lane.DISCUSS) -> Brought:
    """Asks that a case be talked about; it waits for whoever prepares the next agenda."""
    desk.allow(Act.RECORD_CONTRIBUTION, BringRequest)
    if not question.strip():
        raise BadInput("question_missing")
    with desk.unit() as unit:
        needed_episode(unit.reader, participant)
        unit.add(_request(desk, participant, question.strip(), lane))
    return Brought(None, None, None)


def drop_request(desk: Desk, request: Id) -> None:
    """The question has answered itself. Whoever asked it takes it back, or whoever prepares agendas."""
    desk.allow(Act.READ, Session)
    with desk.unit() as unit:
        found = unit.reader.get(BringRequest, request)
        if not _may_drop(desk, found):
            raise NoPermission(role="", act=Act.PREPARE_SESSION.value)
        unit.set(BringRequest, request, dropped_at=desk.clock.now())


def standing_of(desk: Desk, participant: Id) -> Standing:
    """Where this person's case is now, for whoever wants to bring it."""
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        coming = coming_session(desk, reader, participant)
        there = reader.list(AgendaItem, session=coming.id, participant=participant) if coming else []
        return Standing(coming, there[0].id if there else None, _waiting(desk, reader, participant))


def waiting_for(desk: Desk, participant: Id) -> tuple[Waiting, ...]:
    """Questions about this person that wait for an agenda, in the order in which they were asked."""
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        return _waiting(desk, reader, participant)


def _waiting(desk: Desk, reader: Reader, participant: Id) -> tuple[Waiting, ...]:
    people = staff(reader)
    return tuple(
        Waiting(
            request=one.id,
            question=one.question or "",
            lane=one.lane or Lane.DISCUSS,
            asked_by=name_of(people, one.asked_by),
            at=one.at,
            mine=_may_drop(desk, one),
        )
        for one in reader.list(BringRequest, order_by="at", scope=participant, agenda_item=None, dropped_at=None)
    )


def _may_drop(desk: Desk, one: BringRequest) -> bool:
    return one.asked_by == desk.me or desk.may(Act.PREPARE_SESSION, AgendaItem)


def coming_session(desk: Desk, reader: Reader, participant: Id) -> Session | None:
    """The next planned session of the person's team; of any team for somebody who belongs to none."""
    episode = needed_episode(reader, participant)
    chosen: dict[str, Any] = {"team": episode.team} if episode.team else {}
    found = reader.list(
        Session, order_by=("starts_at", "id"), status=SessionStatus.PLANNED, starts_at__ge=desk.clock.now(), **chosen
    )
    return found[0] if found else None


def _request(desk: Desk, participant: Id, question: str, lane: Lane) -> BringRequest:
    return BringRequest(
        id=new_id(), scope=participant, asked_by=desk.me, at=desk.clock.now(), question=question, lane=lane
    )
