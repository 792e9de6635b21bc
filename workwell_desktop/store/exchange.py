"""What two stores exchange, and checking what another one sent before it enters.

A stream is one per scope and incarnation, numbered without gaps. A vector says how far somebody knows each stream.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select, tuple_

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.store import fields, projection, tables
from workwell_desktop.store.blobs import blob_data, put_blob
from workwell_desktop.store.changes import Change
from workwell_desktop.store.fields import EVENT, EVENT_KIND
from workwell_desktop.store.ledger import Ledger
from workwell_desktop.store.prepared import Cursor, Statement, inserted

Vector = Mapping[tuple[str, str], int]
"""How far each (scope, incarnation) is known: the highest number."""

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
_AT_PLACE = Statement(
    select(_C.c.id).where(
        _C.c.scope == bindparam("scope"),
        _C.c.incarnation == bindparam("incarnation"),
        _C.c.number == bindparam("number"),
    )
)
_SINCE = Statement(
    select(_C.c.n, _C.c.header, _C.c.signature, _V.c.salt, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(
        _C.c.scope == bindparam("scope"),
        _C.c.incarnation == bindparam("incarnation"),
        _C.c.number > bindparam("number"),
    )
    .order_by(_C.c.number)
)
_KEYS = Statement(select(projection.signer.c.verify_key).where(projection.signer.c.author == bindparam("author")))
_ANY_KEY = Statement(select(projection.signer.c.author).limit(1))
_FORK = inserted(tables.fork, "id", "scope", "incarnation", "number", "received", "header", "signature", ignore=True)
_MISSING_VALUE = Statement(
    select(_C.c.n).outerjoin(_V, _V.c.n == _C.c.n).where(_C.c.id == bindparam("id"), _V.c.n.is_(None))
)
_INSERT_VALUE = inserted(_V, "n", "salt", "value")
_COUNT = Statement(select(func.count()).select_from(_C))
_LAMPORT = Statement(select(func.max(_C.c.n), func.max(_C.c.lamport)).where(_C.c.n > bindparam("after")))


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
class ApplyReport:
    """What became of what another store sent.

    ``refused`` are (change id, code): ``gap`` (an earlier change of the stream is missing), ``chain``,
    ``unknown_author``, ``signature``, ``value``, ``home`` (another kind or scope than the record's), ``event``,
    ``unreadable``. ``forks`` are ids that stand where another change stood already.
    """

    applied: int = 0
    known: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    forks: tuple[str, ...] = ()
    lamport: int = 0


def vector_of(cursor: Cursor) -> dict[tuple[str, str], int]:
    """How far each stream is known; steps from stream to stream along the index instead of reading every change."""
    found: dict[tuple[str, str], int] = {}
    scope, incarnation = "", ""
    while (row := cursor.row(_NEXT_STREAM, scope=scope, incarnation=incarnation)) is not None:
        scope, incarnation = row
        number, _tip = tip_of(cursor, scope, incarnation)
        found[scope, incarnation] = number
    return found


def tip_of(cursor: Cursor, scope: str, incarnation: str) -> tuple[int, str]:
    """Number and id of the last change of a stream; 0 and zeros before the first."""
    row = cursor.row(_TIP, scope=scope, incarnation=incarnation)
    return (row[0], row[1]) if row is not None else (0, "0" * 64)


def since(cursor: Cursor, vector: Vector) -> Exchange:
    """Everything that the holder of ``vector`` lacks, in the order in which it came here."""
    rows: list[tuple[int, bytes, bytes, bytes | None, bytes | None]] = []
    for (scope, incarnation), number in vector_of(cursor).items():
        known = vector.get((scope, incarnation), 0)
        if known < number:
            found = cursor.rows(_SINCE, scope=scope, incarnation=incarnation, number=known)
            rows += [(row[0], row[1], row[2], row[3], row[4]) for row in found]
    rows.sort()
    values: dict[str, tuple[bytes, bytes]] = {}
    blobs: dict[tuple[str, str], Blob] = {}
    for _n, header, signature, salt, value in rows:
        if salt is None or value is None:
            continue
        change = Change.read(header, signature)
        values[change.id] = (salt, value)
        for ref in _refs(value):
            data = blob_data(cursor, ref.sha256)
            if data is not None:
                blobs[change.scope, ref.sha256] = Blob(change.scope, ref.media_type, data)
    return Exchange(tuple((row[1], row[2]) for row in rows), values, tuple(blobs.values()))


def apply(cursor: Cursor, ledger: Ledger, exchange: Exchange, received: int) -> ApplyReport:
    """Checks and enters what another store sent, in whatever order it came; what cannot enter is named."""
    for blob in exchange.blobs:
        put_blob(cursor, blob.data, blob.media_type, blob.scope)
    return _Arrival(cursor, ledger, exchange.values, received).take(exchange.changes)


class _Arrival:
    """One lot of changes on its way in."""

    def __init__(
        self, cursor: Cursor, ledger: Ledger, values: Mapping[str, tuple[bytes, bytes]], received: int
    ) -> None:
        self._cursor = cursor
        self._ledger = ledger
        self._values = values
        self._received = received
        self._applied = 0
        self._known = 0
        self._lamport = 0
        self._refused: dict[str, str] = {}
        self._forks: list[str] = []

    def take(self, changes: Iterable[tuple[bytes, bytes]]) -> ApplyReport:
        streams: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        for header, signature in changes:
            try:
                change = Change.read(header, signature)
            except ValueError:
                self._refused[""] = "unreadable"
                continue
            streams[change.scope, change.incarnation].append(change)
        waiting = {place: sorted(lot, key=lambda one: one.number) for place, lot in streams.items()}
        progress = True
        while progress and waiting:
            progress = False
            for place, lot in list(waiting.items()):
                left = self._stream(lot)
                progress = progress or len(left) < len(lot)
                if left:
                    waiting[place] = left
                else:
                    del waiting[place]
        return ApplyReport(self._applied, self._known, tuple(self._refused.items()), tuple(self._forks), self._lamport)

    def _stream(self, lot: list[Change]) -> list[Change]:
        """Enters what it can of one stream; the rest waits for what another stream may bring."""
        for at, change in enumerate(lot):
            code = self._one(change)
            if code is None:
                self._refused.pop(change.id, None)
                continue
            for left in lot[at:]:
                self._refused[left.id] = code if left is change else "gap"
            return lot[at:]
        return []

    def _one(self, change: Change) -> str | None:
        """None when it is in the log now, else the code of what stopped it."""
        number, tip = tip_of(self._cursor, change.scope, change.incarnation)
        if change.number <= number:
            return self._again(change)
        content = self._values.get(change.id)
        code = self._fault(change, number, tip, content)
        if code is not None:
            return code
        self._ledger.enter(change, self._received, content, later=True)
        self._applied += 1
        self._lamport = max(self._lamport, change.lamport)
        return None

    def _fault(self, change: Change, number: int, tip: str, content: tuple[bytes, bytes] | None) -> str | None:
        if change.number != number + 1 or change.previous != tip:
            return "gap" if change.number != number + 1 else "chain"
        code = self._signature_fault(change, content)
        if code is not None:
            return code
        if content is not None and not change.seals(*content):
            return "value"
        home = self._ledger.home(change.record)
        if home is not None and home != (change.kind, change.scope):
            return "home"
        loose = change.kind == EVENT_KIND and (change.replaces or change.field != EVENT or home is not None)
        return "event" if loose else None

    def _again(self, change: Change) -> str | None:
        row = self._cursor.row(_AT_PLACE, scope=change.scope, incarnation=change.incarnation, number=change.number)
        if row is not None and row[0] == change.id:
            self._known += 1
            self._late_value(change)
            return None
        if self._signature_fault(change, None) is not None:
            return "signature"
        self._cursor.run(
            _FORK,
            id=change.id,
            scope=change.scope,
            incarnation=change.incarnation,
            number=change.number,
            received=self._received,
            header=change.header,
            signature=change.signature,
        )
        self._forks.append(change.id)
        return None

    def _late_value(self, change: Change) -> None:
        """A value that was not there when its change came."""
        content = self._values.get(change.id)
        if content is None or not change.seals(*content):
            return
        row = self._cursor.row(_MISSING_VALUE, id=change.id)
        if row is not None:
            self._cursor.run(_INSERT_VALUE, n=row[0], salt=content[0], value=content[1])
            self._ledger.note(change.kind, change.record, change.field, content[1])
            self._ledger.project(change.kind, change.record, change.scope, change.field)

    def _signature_fault(self, change: Change, content: tuple[bytes, bytes] | None) -> str | None:
        keys = [bytes.fromhex(row[0]) for row in self._cursor.rows(_KEYS, author=change.author)]
        if not keys:
            founding = self._founding_key(change, content)
            if founding is None:
                return "unknown_author"
            keys = [founding]
        return None if any(change.signed_by(key) for key in keys) else "signature"

    def _founding_key(self, change: Change, content: tuple[bytes, bytes] | None) -> bytes | None:
        """In a store that knows nobody yet, the founder's first change brings the founder's own key."""
        if content is None or change.record != change.author or change.field != "verify_key":
            return None
        if self._cursor.row(_ANY_KEY) is not None:
            return None
        key = fields.content(content[1])
        return bytes.fromhex(key) if isinstance(key, str) and len(key) == 64 else None


def count_changes(cursor: Cursor) -> int:
    row = cursor.row(_COUNT)
    return int(row[0]) if row is not None else 0


def highest_lamport(cursor: Cursor, known: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    """The last change (its n) and the highest Lamport counter; ``known`` is what an earlier call gave, so that a
    large log need not be read from its beginning."""
    row = cursor.row(_LAMPORT, after=known[0])
    last, lamport = row if row is not None else (None, None)
    return max(known[0], last or 0), max(known[1], lamport or 0)


def _refs(value: bytes) -> list[BlobRef]:
    found = fields.content(value)
    several = found if isinstance(found, tuple) else (found,)
    return [one for one in several if isinstance(one, BlobRef)]
