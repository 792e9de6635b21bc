"""How far the streams of the log go. A stream is one per scope and incarnation, numbered without gaps."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, func, select, tuple_

from workwell_desktop.store.log import tables
from workwell_desktop.store.log.changes import FOLLOWED, Change
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection

Vector = Mapping[tuple[str, str], int]
"""How far each (scope, incarnation) is known: the highest number."""

Tail = tuple[int, Change, Any, Any]
"""Number in the log, the change, and the bytes of its salt and value; None for both where it has none."""

_C, _V = tables.change, tables.value
_NEXT_STREAM = Statement(
    select(_C.c.scope, _C.c.incarnation)
    .where(tuple_(_C.c.scope, _C.c.incarnation) > tuple_(bindparam("scope"), bindparam("incarnation")))
    .order_by(_C.c.scope, _C.c.incarnation)
    .limit(1)
)
_TIP = Statement(
    select(_C.c.number, _C.c.id)
    .where(_C.c.scope == bindparam("scope"), _C.c.incarnation == bindparam("incarnation"))
    .order_by(_C.c.number.desc())
    .limit(1)
)
_HERE = Statement(select(_C.c.n).where(_C.c.id == bindparam("change")))
_TAIL = Statement(
    select(_C.c.n, _C.c.header, _C.c.signature, _V.c.salt, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(
        _C.c.scope == bindparam("scope"),
        _C.c.incarnation == bindparam("incarnation"),
        _C.c.number >= bindparam("number"),
    )
)
_DROP_VALUE = Statement(delete(_V).where(_V.c.n == bindparam("n")))
_DROP = Statement(delete(_C).where(_C.c.n == bindparam("n")))
_BY_AUTHOR = Statement(select(func.min(_C.c.n)).group_by(_C.c.incarnation, _C.c.author))
_HEADER = Statement(select(_C.c.header, _C.c.signature).where(_C.c.n == bindparam("n")))
_COUNT = Statement(select(func.count()).select_from(_C))
_KEYS = Statement(
    select(projection.signer.c.verify_key)
    .where(projection.signer.c.author == bindparam("author"))
    .order_by(projection.signer.c.verify_key)
)
_LAMPORT = Statement(
    select(func.max(_C.c.n), func.max(_C.c.lamport).filter(_C.c.lamport < FOLLOWED)).where(_C.c.n > bindparam("after"))
)


def vector_of(cursor: Cursor) -> dict[tuple[str, str], int]:
    """How far each stream is known; steps from stream to stream along the index instead of reading every change."""
    found: dict[tuple[str, str], int] = {}
    scope, incarnation = "", ""
    while (row := cursor.row(_NEXT_STREAM, scope=scope, incarnation=incarnation)) is not None:
        scope, incarnation = row
        number, _tip = tip_of(cursor, scope, incarnation)
        found[scope, incarnation] = number
    return found


def scopes_of(cursor: Cursor) -> set[str]:
    """Every scope of which this computer holds a change."""
    found: set[str] = set()
    scope = ""
    while (row := cursor.row(_NEXT_STREAM, scope=scope, incarnation=_LAST)) is not None:
        scope = row[0]
        found.add(scope)
    return found


_LAST = chr(0x10FFFF)


def authors_by_device(cursor: Cursor) -> dict[str, frozenset[str]]:
    """Who signed what they wrote on which computer: a header names the device under its author's signature."""
    found: dict[str, set[str]] = {}
    for n in [row[0] for row in cursor.rows(_BY_AUTHOR)]:
        row = cursor.row(_HEADER, n=n)
        if row is not None:
            change = Change.read(row[0], row[1])
            found.setdefault(change.device, set()).add(change.author)
    return {device: frozenset(people) for device, people in found.items()}


def keys_of_author(cursor: Cursor, author: str) -> frozenset[str]:
    """The keys that a person or a computer may sign with, as hexadecimal; those of before too."""
    return frozenset(row[0] for row in cursor.rows(_KEYS, author=author))


def tail_of(cursor: Cursor, scope: str, incarnation: str, number: int) -> list[Tail]:
    """A stream from a number on."""
    rows = cursor.rows(_TAIL, scope=scope, incarnation=incarnation, number=number)
    return [(row[0], Change.read(row[1], row[2]), row[3], row[4]) for row in rows]


def cut_off(cursor: Cursor, tail: Iterable[Tail]) -> None:
    """Takes these out of the log with their values. What is made of the log is to be rebuilt."""
    for n, *_rest in tail:
        cursor.run(_DROP_VALUE, n=n)
        cursor.run(_DROP, n=n)


def tip_of(cursor: Cursor, scope: str, incarnation: str) -> tuple[int, str]:
    """Number and id of the last change of a stream; 0 and zeros before the first."""
    row = cursor.row(_TIP, scope=scope, incarnation=incarnation)
    return (row[0], row[1]) if row is not None else (0, "0" * 64)


def is_here(cursor: Cursor, change: str) -> bool:
    """Whether the change of this id is in the log."""
    return cursor.row(_HERE, change=change) is not None


def count_changes(cursor: Cursor) -> int:
    row = cursor.row(_COUNT)
    return int(row[0]) if row is not None else 0


def highest_lamport(cursor: Cursor, known: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    """The last change (its n) and the highest Lamport counter; ``known`` is what an earlier call gave, so that a
    large log need not be read from its beginning."""
    row = cursor.row(_LAMPORT, after=known[0])
    last, lamport = row if row is not None else (None, None)
    return max(known[0], last or 0), max(known[1], lamport or 0)
