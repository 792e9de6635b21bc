"""What reached this computer since somebody last looked, and what could not: read by its place in the log.

The log is numbered as it arrives, so that what is new is one stretch at its end, however long the log is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from workwell_desktop.domain.records import Id
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.events import moment_of
from workwell_desktop.store.log.fields import EVENT_KIND
from workwell_desktop.store.prepared import Cursor, Statement

_C, _F = tables.change, tables.fork
_LAST = Statement(select(func.max(_C.c.n)))
_NEW = Statement(
    select(_C.c.n, _C.c.scope, _C.c.kind, _C.c.record, _C.c.field, _C.c.author, _C.c.received)
    .where(_C.c.n > bindparam("after"), _C.c.author != bindparam("author"), _C.c.kind != EVENT_KIND)
    .order_by(_C.c.n.desc())
    .limit(bindparam("most"))
)
_FORKS = Statement(select(_F.c.header, _F.c.signature, _F.c.received).order_by(_F.c.received, _F.c.id))


@dataclass(frozen=True, slots=True)
class NewChange:
    """One change that somebody else made; ``n`` is its place in the log of this computer."""

    n: int
    scope: Id
    kind: str
    record: Id
    field: str
    author: Id
    received: datetime


@dataclass(frozen=True, slots=True)
class Fork:
    """A signed change that claims a place where another one stands: one laptop writes twice under one name."""

    change: str
    scope: Id
    device: Id
    incarnation: str
    author: Id
    at: datetime
    received: datetime


def last_change(cursor: Cursor) -> int:
    """The place of the newest change; 0 in an empty log."""
    row = cursor.row(_LAST)
    return int(row[0] or 0) if row is not None else 0


def news(cursor: Cursor, after: int, author: Id, most: int) -> list[NewChange]:
    """What others than ``author`` wrote behind the place ``after``, the newest first and at most so many."""
    return [
        NewChange(n, Id(scope), kind, Id(record), field, Id(who), moment_of(received))
        for n, scope, kind, record, field, who, received in cursor.run(_NEW, after=after, author=author, most=most)
    ]


def forks(cursor: Cursor) -> list[Fork]:
    """Every change that was kept out because its place was taken."""
    found = []
    for header, signature, received in cursor.rows(_FORKS):
        one = Change.read(header, signature)
        at = moment_of(one.at)
        found.append(
            Fork(one.id, Id(one.scope), Id(one.device), one.incarnation, Id(one.author), at, moment_of(received))
        )
    return found


__all__ = ["Fork", "NewChange", "forks", "last_change", "news"]
