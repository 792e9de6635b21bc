"""What the hub has said that it holds: how much of this computer's work exists nowhere else.

    receipt: scope, incarnation ──▶ number      own:hub_sent ──▶ n: every change of the log up to it is acknowledged

Counting begins behind ``n``, so that the question is cheap however long the log is; a change behind it counts as
acknowledged where the receipt of its stream says so.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, exists, func, select

from workwell_desktop.domain.records import Id
from workwell_desktop.store import computer
from workwell_desktop.store.exchange.pages import PAGE_BYTES, Exchange
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.fields import ANSWER, EVENT_KIND
from workwell_desktop.store.log.streams import Vector, tip_of
from workwell_desktop.store.prepared import Cursor, Statement, inserted
from workwell_desktop.store.reading import projection

_C, _V, _R = tables.change, tables.value, tables.receipt
_B, _W, _BR = tables.blob, projection.blob_ref, tables.blob_receipt
_SENT = "hub_sent"
_ON = (_R.c.scope == _C.c.scope) & (_R.c.incarnation == _C.c.incarnation)
_UNSENT = (_C.c.n > bindparam("after")) & (_C.c.number > func.coalesce(_R.c.number, 0))
_COUNT = Statement(
    select(
        func.count(),
        func.count().filter(_C.c.field.startswith(ANSWER)),
        func.min(_C.c.received),
        func.count(_C.c.record.distinct()),
    )
    .select_from(_C.outerjoin(_R, _ON))
    .where(_UNSENT, _C.c.kind != EVENT_KIND)
)
_WAITING = Statement(select(func.count()).select_from(_C.outerjoin(_R, _ON)).where(_UNSENT))
_NEXT = Statement(
    select(_C.c.n, _C.c.id, _C.c.header, _C.c.signature, _V.c.salt, _V.c.value)
    .select_from(_C.outerjoin(_R, _ON).outerjoin(_V, _V.c.n == _C.c.n))
    .where(_UNSENT)
    .order_by(_C.c.n)
)
_BY_KIND = Statement(
    select(
        _C.c.scope,
        _C.c.kind,
        func.count(),
        func.count().filter(_C.c.field.startswith(ANSWER)),
        func.count(_C.c.record.distinct()),
        func.min(_C.c.received),
    )
    .select_from(_C.outerjoin(_R, _ON))
    .where(_UNSENT, _C.c.kind != EVENT_KIND)
    .group_by(_C.c.scope, _C.c.kind)
)
_FIRST = Statement(select(_C.c.n).select_from(_C.outerjoin(_R, _ON)).where(_UNSENT).order_by(_C.c.n).limit(1))
_ANY = Statement(
    select(_C.c.n).select_from(_C.outerjoin(_R, _ON)).where(_UNSENT, _C.c.scope == bindparam("scope")).limit(1)
)
_PAPERS = Statement(
    select(func.count())
    .select_from(_W)
    .where(
        ~exists().where(_BR.c.scope == _W.c.scope, _BR.c.sha256 == _W.c.sha256),
        exists().where(_B.c.sha256 == _W.c.sha256),
    )
)
"""Under a microsecond for each paper that is referred to, here measured with ten thousand."""
_LAST = Statement(select(func.max(_C.c.n)))
_KNOWN = Statement(
    select(_R.c.number).where(_R.c.scope == bindparam("scope"), _R.c.incarnation == bindparam("incarnation"))
)
_INSERT = inserted(_R, "scope", "incarnation", "number", ignore=True)
_DROP = Statement(delete(_R).where(_R.c.scope == bindparam("scope"), _R.c.incarnation == bindparam("incarnation")))
_FORGET = Statement(delete(_R))
_FORGET_BLOBS = Statement(delete(tables.blob_receipt))


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """What exists on this computer alone. ``changes`` without audit events, ``answers`` among them, in how many
    records, and since when (None where there is none); and ``papers``, the files that go after the changes."""

    changes: int
    answers: int
    records: int
    since: datetime | None
    papers: int = 0


@dataclass(frozen=True, slots=True)
class OnlyHereOf:
    """The part of it that is of one kind in one scope."""

    scope: Id
    kind: str
    changes: int
    answers: int
    records: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """Changes for the hub in the order of the log; ``after`` is where the next ones begin."""

    sent: Exchange
    ids: tuple[Id, ...]
    after: int


def only_here(cursor: Cursor) -> OnlyHere:
    """What the hub has not acknowledged yet."""
    row = cursor.row(_COUNT, after=_sent(cursor))
    changes, answers, since, records = row if row is not None else (0, 0, None, 0)
    papers = cursor.row(_PAPERS)
    when = datetime.fromtimestamp(since / 1000, UTC) if since else None
    return OnlyHere(changes, answers, records, when, papers[0] if papers is not None else 0)


def waiting(cursor: Cursor) -> int:
    """How many changes, audit events too, and papers the hub has not acknowledged."""
    changes, papers = cursor.row(_WAITING, after=_sent(cursor)), cursor.row(_PAPERS)
    return (changes[0] if changes is not None else 0) + (papers[0] if papers is not None else 0)


def only_here_by_kind(cursor: Cursor) -> list[OnlyHereOf]:
    """The same, scope by scope and kind by kind; what has waited longest comes first."""
    rows = cursor.rows(_BY_KIND, after=_sent(cursor))
    found = [
        OnlyHereOf(Id(scope), kind, changes, answers, records, datetime.fromtimestamp(since / 1000, UTC))
        for scope, kind, changes, answers, records, since in rows
    ]
    return sorted(found, key=lambda one: (one.since, one.scope, one.kind))


def unsent(cursor: Cursor, after: int, most: int) -> Unsent | None:
    """The next changes that the hub has not acknowledged, after the ``n`` of the last ones; None for no more."""
    changes: list[tuple[bytes, bytes]] = []
    values: dict[str, tuple[bytes, bytes]] = {}
    ids: list[Id] = []
    weight = 0
    for n, change, header, signature, salt, value in cursor.run(_NEXT, after=max(after, _sent(cursor))):
        after = n
        changes.append((header, signature))
        ids.append(change)
        if salt is not None and value is not None:
            values[change] = (salt, value)
            weight += len(value)
        if len(changes) >= most or weight >= PAGE_BYTES:
            break
    return Unsent(Exchange(tuple(changes), values), tuple(ids), after) if changes else None


def lacks(cursor: Cursor, scope: str) -> bool:
    """Whether the hub has not acknowledged something of one scope."""
    return cursor.row(_ANY, after=_sent(cursor), scope=scope) is not None


def acknowledged(cursor: Cursor, streams: Vector) -> None:
    """The hub holds these streams up to these numbers. A receipt never goes back, ``forget`` begins anew; and none is
    kept for more than is here, so that a receipt without its change tells that something was lost."""
    for (scope, incarnation), held in streams.items():
        number = min(held, tip_of(cursor, scope, incarnation)[0])
        row = cursor.row(_KNOWN, scope=scope, incarnation=incarnation)
        if number and (row is None or row[0] < number):
            cursor.run(_DROP, scope=scope, incarnation=incarnation)
            cursor.run(_INSERT, scope=scope, incarnation=incarnation, number=number)


def fold(cursor: Cursor) -> None:
    """Moves the point behind which is counted as far as nothing lies before it that is not acknowledged."""
    first, last = cursor.row(_FIRST, after=_sent(cursor)), cursor.row(_LAST)
    found = first[0] - 1 if first is not None else (last[0] if last is not None else 0)
    if found and found != _sent(cursor):
        computer.set_own(cursor, _SENT, str(found).encode())


def forget(cursor: Cursor) -> None:
    """For a hub that lost what it had acknowledged, and for another hub."""
    cursor.run(_FORGET)
    cursor.run(_FORGET_BLOBS)
    computer.set_own(cursor, _SENT, b"0")


def forget_blobs(cursor: Cursor) -> None:
    """For a hub that lost papers alone."""
    cursor.run(_FORGET_BLOBS)


def _sent(cursor: Cursor) -> int:
    return int(computer.find_own(cursor, _SENT) or 0)
