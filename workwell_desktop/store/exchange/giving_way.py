"""A branch of somebody else's stream, which came here by file before its laptop was healed (``healing``).

    here: 1 2 3 a b      everywhere else: 1 2 3 x y, and a' b' in a stream of its own      ──▶  here: 1 2 3, read on

What was written again carries the author, the moment, the salt and the value of what it stands for. Where all of a
branch was, and nothing signed names it, it gives way, and what others hold in its place can come.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, select

from workwell_desktop.store.exchange.arrival import Stream
from workwell_desktop.store.exchange.purging import numbers_again
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.streams import cut_off, tail_of
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading.rebuild import rebuild

_C, _V, _F, _R = tables.change, tables.value, tables.fork, tables.receipt
_BRANCHES = Statement(
    select(_C.c.scope, _C.c.incarnation, func.min(_C.c.number))
    .select_from(
        _F.join(
            _C,
            (_C.c.scope == _F.c.scope) & (_C.c.incarnation == _F.c.incarnation) & (_C.c.number == _F.c.number),
        )
    )
    .where(_C.c.id != _F.c.id)
    .group_by(_C.c.scope, _C.c.incarnation)
)
_LOG = Statement(
    select(_C.c.header, _C.c.signature, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(_C.c.scope == bindparam("scope"))
)
_FORGET = [
    Statement(delete(table).where(table.c.scope == bindparam("scope"), table.c.incarnation == bindparam("incarnation")))
    for table in (_F, _R)
]


def written_again(cursor: Cursor, own: str) -> dict[Stream, int]:
    """Streams of others, with the number from which on all that is held here was written again elsewhere."""
    found: dict[Stream, int] = {}
    for scope, incarnation, number in cursor.rows(_BRANCHES):
        if incarnation == own:
            continue
        rows = [(Change.read(header, signature), value) for header, signature, value in cursor.rows(_LOG, scope=scope)]
        branch = [one for one, _value in rows if one.incarnation == incarnation and one.number >= number]
        again = {_said(one) for one, _value in rows if one.incarnation != incarnation}
        ids = [one.id.encode() for one in branch]
        named = any(one in value for _change, value in rows if value is not None for one in ids)
        if not named and all(_said(one) in again for one in branch):
            found[scope, incarnation] = number
    return found


def give_way(connection: Connection, branches: Iterable[tuple[Stream, int]]) -> None:
    """Takes these out of the log, and what is known of the others' changes in their place, so that these can enter."""
    cursor = Cursor(connection)
    for (scope, incarnation), number in branches:
        cut_off(cursor, tail_of(cursor, scope, incarnation, number))
        for statement in _FORGET:
            cursor.run(statement, scope=scope, incarnation=incarnation)
    numbers_again(cursor)
    rebuild(connection)


def _said(change: Change) -> tuple[object, ...]:
    return change.kind, change.record, change.field, change.author, change.at, change.seal
