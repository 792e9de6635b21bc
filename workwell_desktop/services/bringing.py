"""A case asks to be talked about: straight onto the team's next agenda, or kept until there is one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import AgendaItem, BringRequest, Lane, Session, SessionStatus, Why
from workwell_desktop.errors import BadInput
from workwell_desktop.services.agenda import NewCase, put_on
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import needed_episode
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the agenda item at a session, or a request that waits (then there is neither)."""

    item: Id | None
    session: Id | None
    on: date | None


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
        if unit.reader.count(AgendaItem, session=coming.id, participant=participant):
            raise BadInput("already_on_agenda")
        item = put_on(desk, unit, coming, NewCase(participant, lane, asked, why=frozenset({Why.ASKED_FOR.value})))
        for waiting in unit.reader.list(BringRequest, scope=participant, agenda_item=None, dropped_at=None):
            unit.set(BringRequest, waiting.id, agenda_item=item)
    return Brought(item, coming.id, london_day(coming.starts_at) if coming.starts_at else None)


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
    """The question has answered itself."""
    desk.allow(Act.RECORD_CONTRIBUTION, BringRequest)
    with desk.unit() as unit:
        unit.reader.get(BringRequest, request)
        unit.set(BringRequest, request, dropped_at=desk.clock.now())


def next_for_person(desk: Desk, participant: Id) -> Session | None:
    """The session that ``bring`` would put this person on, or None."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        return coming_session(desk, reader, participant)


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
