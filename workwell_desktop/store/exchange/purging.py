"""Taking a scope off this computer: values, log, tables, search, blobs and what was being typed about it.

After a purge this computer writes as a new incarnation: should the scope ever come back, what it wrote before can
never be mistaken for what it writes then.
"""

import re
from collections.abc import Iterable
from json import dumps

from sqlalchemy import Table, bindparam, delete, func, select

from workwell_desktop.store import computer
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.tables import draft
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection, search

_C, _V, _B = tables.change, tables.value, tables.blob
_ID = re.compile("[0-9a-f]{32}")
_RECORDS = Statement(select(_C.c.record).where(_C.c.scope == bindparam("scope")).distinct())
_BLOBS = Statement(
    select(tables.blob_scope.c.sha256)
    .where(tables.blob_scope.c.scope == bindparam("scope"))
    .union(select(projection.blob_ref.c.sha256).where(projection.blob_ref.c.scope == bindparam("scope")))
)
_VALUES = Statement(delete(_V).where(_V.c.n.in_(select(_C.c.n).where(_C.c.scope == bindparam("scope")))))
_asked = select(func.json_each(bindparam("asked")).table_valued("value").c.value)
_LAST = Statement(select(func.max(_C.c.n)))
_KEYS = Statement(select(draft.c.key))
_DRAFT = Statement(delete(draft).where(draft.c.key == bindparam("key")))


def _of_scope(table: Table) -> Statement:
    return Statement(delete(table).where(table.c.scope == bindparam("scope")))


_BY_SCOPE = [
    *(_of_scope(table) for table in projection.records.values()),
    *(_of_scope(table) for table in (projection.conflict, projection.blob_ref, tables.blob_scope)),
    *(_of_scope(table) for table in (tables.fork, tables.receipt, tables.blob_receipt)),
    Statement(delete(projection.event).where(projection.event.c.person == bindparam("scope"))),
    _VALUES,
    _of_scope(_C),
]
_BY_RECORD = [
    Statement(delete(table).where(column.in_(_asked)))
    for table, column in (
        (projection.head, projection.head.c.record),
        (projection.early, projection.early.c.record),
        (projection.covered, projection.covered.c.by),
    )
]
_held = select(projection.blob_ref.c.sha256).union(select(tables.blob_scope.c.sha256))
_ORPHANS = [
    Statement(delete(table).where(table.c.sha256.in_(_asked), table.c.sha256.not_in(_held)))
    for table in (_B, tables.blob_piece)
]


def purge(cursor: Cursor, scopes: Iterable[str]) -> set[str]:
    """Inside a transaction; the records that are gone. The caller takes a new incarnation in the same transaction."""
    gone: set[str] = set()
    for scope in scopes:
        records = {row[0] for row in cursor.rows(_RECORDS, scope=scope)}
        blobs = [row[0] for row in cursor.rows(_BLOBS, scope=scope)]
        for statement in _BY_RECORD:
            cursor.run(statement, asked=dumps(list(records)))
        for statement in _BY_SCOPE:
            cursor.run(statement, scope=scope)
        for statement in _ORPHANS:
            cursor.run(statement, asked=dumps(blobs))
        search.refresh(cursor, scope)
        gone |= records | {scope}
    forget_drafts(cursor, gone)
    numbers_again(cursor)
    return gone


def forget_drafts(cursor: Cursor, gone: set[str]) -> None:
    """What was being typed about any of these records."""
    for (key,) in cursor.rows(_KEYS):
        if not gone.isdisjoint(_ID.findall(key)):
            cursor.run(_DRAFT, key=key)


def numbers_again(cursor: Cursor) -> None:
    """The numbers of what was last in the log are given anew: nothing may remember them as read or sent."""
    row = cursor.row(_LAST)
    last = int(row[0] or 0) if row is not None else 0
    known, lamport = computer.lamport(cursor)
    computer.set_lamport(cursor, (min(known, last), lamport))
    sent = computer.find_own(cursor, "hub_sent")
    if sent is not None:
        computer.set_own(cursor, "hub_sent", str(min(int(sent), last)).encode())
