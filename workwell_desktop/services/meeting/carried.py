"""Cases that were not reached at one session and wait for the next: which of them, and what comes with them.

A case is taken up when the person stands on a later agenda of the same team, however it came there: carried by the
chair, brought by the rules, or added by hand. Taken off again, it waits again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.sessions import AgendaItem, Discussion, Session
from workwell_desktop.store import Reader


def carried_over(reader: Reader, **conditions: Any) -> list[AgendaItem]:
    """The agenda items that meet these conditions and were not reached."""
    older = reader.list(AgendaItem, carried=None, carried_reason__ne=None, **conditions)
    return [*reader.list(AgendaItem, carried=True, **conditions), *older]


def why_carried(item: AgendaItem | None, said: Discussion | None) -> str | None:
    """Why a case was not reached; None for one that was. The words lie with the person's record, or in the item where
    an older version wrote them."""
    if item is None or not item.was_carried:
        return None
    return (said.carried_reason if said is not None else None) or item.carried_reason or text("session.carried_unknown")


def still_waiting(reader: Reader, carried: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Those of ``carried`` that no later agenda holds, in the order given. Three queries however many there are."""
    found = [one for one in carried if one.participant is not None and one.session is not None]
    if not found:
        return []
    people = {one.participant for one in found if one.participant is not None}
    items = [one for one in reader.list(AgendaItem, participant=people) if one.session is not None]
    sessions = {one.id: one for one in reader.list(Session, id={one.session for one in items if one.session})}
    stands: dict[tuple[Id, Id | None], datetime] = {}
    for item in items:
        held = sessions.get(item.session) if item.session else None
        if held is None or held.starts_at is None or item.participant is None:
            continue
        key = (item.participant, held.team)
        stands[key] = max(held.starts_at, stands.get(key, held.starts_at))
    taken_up = {one.carried_from for one in items if one.carried_from is not None}

    def waits(one: AgendaItem) -> bool:
        held = sessions.get(one.session) if one.session else None
        if one.id in taken_up or held is None or held.starts_at is None or one.participant is None:
            return False
        return stands[(one.participant, held.team)] <= held.starts_at

    return [one for one in found if waits(one)]


def left_over(reader: Reader, session: Session, participant: Id) -> AgendaItem | None:
    """The newest case of this person that an earlier session of the same team carried over and nobody took up."""
    carried = carried_over(reader, participant=participant)
    if not carried:
        return None
    held = {
        one.id: one.starts_at
        for one in reader.list(Session, id={one.session for one in carried if one.session}, team=session.team)
        if one.starts_at is not None and session.starts_at is not None and one.starts_at < session.starts_at
    }
    waiting = [one for one in still_waiting(reader, carried) if one.session in held]
    return max(waiting, key=lambda one: (held[one.session], one.id)) if waiting else None  # type: ignore[index]
