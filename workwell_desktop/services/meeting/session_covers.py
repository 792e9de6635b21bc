"""What a chair's lock stands for: the heads of what was said and decided, without what may still follow.

Telling the participant, doing an action and closing it are work after the meeting, so they are not covered.
"""

from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import (
    Advice,
    AgendaItem,
    Attendance,
    Contribution,
    Discussion,
    Funding,
    Session,
)
from workwell_desktop.store import Reader

_AFTER: dict[type[Record], frozenset[str]] = {
    Session: frozenset({"status", "locked_at", "locked_by", "covers"}),
    Discussion: frozenset({"told_at", "told_by"}),
    Action: frozenset({"status", "done_on", "effect", "obstacle", "for_employer", "position"}),
}


def covered(reader: Reader, session: Id) -> frozenset[str]:
    """Ids of the changes that the lock of ``session`` covers."""
    discussions = [item.discussion for item in reader.list(AgendaItem, session=session) if item.discussion]
    covers = _heads(reader, Session, session)
    for cls in (Attendance, AgendaItem, Discussion, Contribution, Funding, Advice):
        for line in reader.list(cls, session=session):
            covers |= _heads(reader, cls, line.id)
    if discussions:
        for action in reader.list(Action, discussion=discussions):
            covers |= _heads(reader, Action, action.id)
    return frozenset(covers)


def _heads(reader: Reader, cls: type[Record], record: Id) -> set[str]:
    left_out = _AFTER.get(cls, frozenset())
    return {line.change for line in reader.history(record) if line.is_head and line.field not in left_out}
