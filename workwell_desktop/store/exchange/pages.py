"""What two stores exchange: changes with their values in pages, blobs apart, and entering what another one sent.

    log of one store ──pages_since──▶ Exchange, a few thousand changes ──take──▶ log and tables of the other

A page is judged whole (``arrival``) and entered whole (``intake``), in one transaction, whatever it holds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from json import dumps

from sqlalchemy import bindparam, func, select

from workwell_desktop.store.blobs import blob_data, put_blob
from workwell_desktop.store.exchange.arrival import ApplyReport, Lot, Taken, judge, read_lot
from workwell_desktop.store.exchange.erasing import erased_in
from workwell_desktop.store.exchange.intake import enter_all, ground_of
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.ledger import Ledger
from workwell_desktop.store.log.streams import Vector, vector_of
from workwell_desktop.store.prepared import Cursor, Statement, inserted

__all__ = ["PAGE", "ApplyReport", "Blob", "Exchange", "Vector", "apply", "enter_lot", "page_since", "since"]

PAGE = 7500
"""Changes in one page, and in one transaction: more of them are less to write, for each dirties most of the index of
their ids, and let somebody who saves an answer meanwhile wait for longer."""

PAGE_BYTES = 8 * 1024 * 1024
"""Of values in one page, about."""

_C, _V = tables.change, tables.value
_FIRST = Statement(
    select(_C.c.n).where(
        _C.c.scope == bindparam("scope"),
        _C.c.incarnation == bindparam("incarnation"),
        _C.c.number == bindparam("number"),
    )
)
_AFTER = Statement(
    select(_C.c.n, _C.c.scope, _C.c.incarnation, _C.c.number, _C.c.id)
    .add_columns(_C.c.header, _C.c.signature, _V.c.salt, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(_C.c.n > bindparam("after"), _C.c.n <= bindparam("until"))
    .order_by(_C.c.n)
)
_LAST = Statement(select(func.max(_C.c.n)))
_FORK = inserted(tables.fork, "id", "scope", "incarnation", "number", "received", "header", "signature", ignore=True)
_listed = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_BARE = Statement(select(_C.c.id).outerjoin(_V, _V.c.n == _C.c.n).where(_C.c.id.in_(_listed), _V.c.n.is_(None)))
_MISSING_VALUE = Statement(
    select(_C.c.n).outerjoin(_V, _V.c.n == _C.c.n).where(_C.c.id == bindparam("id"), _V.c.n.is_(None))
)
_INSERT_VALUE = inserted(_V, "n", "salt", "value")


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that travel: in which scope, of which media type."""

    scope: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """Changes with their values. ``changes`` are (header, signature); ``values`` are (salt, value) by the id of the
    change, left out where a value was erased; ``blobs`` are those that the values refer to."""

    changes: tuple[tuple[bytes, bytes], ...] = ()
    values: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)
    blobs: tuple[Blob, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what somebody lacks. ``ids`` are those of its changes, in their order; ``after`` is where the next one
    begins and ``until`` where the last one ends, both numbers of this store's log."""

    sent: Exchange
    ids: tuple[str, ...]
    after: int
    until: int

    @property
    def last(self) -> bool:
        return self.after >= self.until


def start_since(cursor: Cursor, vector: Vector) -> tuple[int, int]:
    """The numbers in the log between which everything lies that the holder of ``vector`` lacks: after the first, up
    to the second."""
    row = cursor.row(_LAST)
    until = int(row[0] or 0) if row is not None else 0
    if not vector:
        return 0, until
    first = until + 1
    for (scope, incarnation), number in vector_of(cursor).items():
        known = vector.get((scope, incarnation), 0)
        if known < number:
            found = cursor.row(_FIRST, scope=scope, incarnation=incarnation, number=known + 1)
            first = min(first, found[0] if found is not None else 1)
    return first - 1, until


def page_since(
    cursor: Cursor, vector: Vector, after: int, until: int, allowed: Callable[[str], bool] | None = None
) -> Page:
    """The next changes that the holder of ``vector`` lacks, in the order in which they came here, without blobs;
    of the scopes that are ``allowed`` alone, where that is given."""
    changes: list[tuple[bytes, bytes]] = []
    ids: list[str] = []
    values: dict[str, tuple[bytes, bytes]] = {}
    weight = 0
    rows = cursor.run(_AFTER, after=after, until=until)
    for n, scope, incarnation, number, change, header, signature, salt, value in rows:
        after = n
        if number <= vector.get((scope, incarnation), 0) or (allowed is not None and not allowed(scope)):
            continue
        changes.append((header, signature))
        ids.append(change)
        if salt is not None and value is not None:
            values[change] = (salt, value)
            weight += len(value)
        if len(changes) >= PAGE or weight >= PAGE_BYTES:
            break
    else:
        after = until
    return Page(Exchange(tuple(changes), values), tuple(ids), after, until)


def since(cursor: Cursor, vector: Vector) -> Exchange:
    """Everything that the holder of ``vector`` lacks, with its blobs, at once: for stores that lie side by side."""
    changes: list[tuple[bytes, bytes]] = []
    values: dict[str, tuple[bytes, bytes]] = {}
    for page in pages(cursor, vector):
        changes += page.changes
        values.update(page.values)
    blobs: dict[tuple[str, str], Blob] = {}
    for header, signature in changes:
        change = Change.read(header, signature)
        for ref in fields.refs_in(values[change.id][1]) if change.id in values else ():
            data = blob_data(cursor, ref.sha256)
            if data is not None:
                blobs[change.scope, ref.sha256] = Blob(change.scope, ref.media_type, data)
    return Exchange(tuple(changes), values, tuple(blobs.values()))


def pages(cursor: Cursor, vector: Vector) -> Iterator[Exchange]:
    after, until = start_since(cursor, vector)
    while after < until:
        page = page_since(cursor, vector, after, until)
        after = page.after
        yield page.sent


def apply(cursor: Cursor, ledger: Ledger, exchange: Exchange, received: int) -> ApplyReport:
    """Checks and enters what another store sent, in whatever order it came; what cannot enter is named."""
    gone = erased_in(cursor)
    for blob in exchange.blobs:
        if blob.scope in gone:
            continue
        put_blob(cursor, blob.data, blob.media_type, blob.scope)
    return enter_lot(cursor, ledger, read_lot(exchange.changes, exchange.values), received)


def enter_lot(cursor: Cursor, ledger: Ledger, lot: Lot, received: int) -> ApplyReport:
    """The second half of ``apply``, for a page whose signatures may have been looked at ahead of time."""
    ground = ground_of(cursor, lot.streams)
    known = dict(ground.homes)
    taken = judge(lot, ground)
    gone = erased_in(cursor)
    enter_all(ledger, [one for one in taken.new if one.scope not in gone], lot.values, received, known)
    # of an erased scope the log alone goes on, so that it can be passed on and proven; nothing of it is kept or shown
    bare = [one for one in taken.new if one.scope in gone]
    for change in bare:
        ledger.append(change, received, None)
    _keep_forks(cursor, taken, received)
    valueless = _without_value(cursor, [one.id for one in taken.again if one.scope not in gone])
    for change in taken.again:
        if change.id in valueless:
            _late_value(cursor, ledger, change, lot.values.get(change.id))
    return replace(taken.report(), bare=len(bare))


def _keep_forks(cursor: Cursor, taken: Taken, received: int) -> None:
    for change in taken.forks:
        cursor.run(
            _FORK,
            id=change.id,
            scope=change.scope,
            incarnation=change.incarnation,
            number=change.number,
            received=received,
            header=change.header,
            signature=change.signature,
        )


def _without_value(cursor: Cursor, changes: list[str]) -> frozenset[str]:
    """Which of these changes are here without what they set."""
    return frozenset(row[0] for row in cursor.rows(_BARE, ids=dumps(changes))) if changes else frozenset()


def _late_value(cursor: Cursor, ledger: Ledger, change: Change, content: tuple[bytes, bytes] | None) -> None:
    """A value that was not there when its change came."""
    if content is None or not change.seals(*content):
        return
    row = cursor.row(_MISSING_VALUE, id=change.id)
    if row is not None:
        cursor.run(_INSERT_VALUE, n=row[0], salt=content[0], value=content[1])
        ledger.note(change.kind, change.record, change.field, content[1], change.scope)
        ledger.project(change.kind, change.record, change.scope, change.field)
