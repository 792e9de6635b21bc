"""Entering changes: the only writer of the log and of the ordinary tables.

What the tables hold depends on the set of changes alone, never on the order in which they came or on a clock:

- heads of a field are its changes that no other change of that field replaces;
- where two heads differ (``likeness``), the one with the highest (lamport, id) is shown, and the field is in conflict;
- a record is deleted when every head of ``@deleted`` says so and these name every head of its other fields; an edit
  that the deleter had not seen keeps the record in sight, in conflict.
"""

from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import FieldSpec
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.events import enter_event
from workwell_desktop.store.log.fields import ANSWER, DELETED, EVENT_KIND
from workwell_desktop.store.log.likeness import differ
from workwell_desktop.store.prepared import Cursor, Statement, inserted, put
from workwell_desktop.store.reading import projection
from workwell_desktop.store.reading.search import SEARCHED, is_searched, refresh

Touched = tuple[str, str, str]
"""Kind, record and scope of something that changed."""


_HEX = set("0123456789abcdef")


class StoredHead(NamedTuple):
    id: str
    lamport: int
    value: bytes | None
    n: int
    author: str
    at: int
    header: bytes
    signature: bytes


class Standing(NamedTuple):
    """What the log holds of one field: its heads, the one that is shown first, and whether the field ``@deleted`` of
    the same record has any."""

    heads: list[StoredHead]
    marked: bool


NOTHING = Standing([], marked=False)
"""Of a field that nobody has set, in a record that nobody has deleted."""

_C, _V, _H = tables.change, tables.value, projection.head

_INSERT_CHANGE = inserted(
    _C,
    *("id", "scope", "incarnation", "number", "kind", "record", "field"),
    *("author", "lamport", "at", "received", "header", "signature"),
)
_INSERT_VALUE = inserted(_V, "n", "salt", "value")
_FIND = Statement(select(_C.c.n).where(_C.c.id == bindparam("id")))
_INSERT_EARLY = inserted(projection.early, "replaced", "record", "field", ignore=True)
_IS_EARLY = Statement(
    delete(projection.early).where(
        projection.early.c.replaced == bindparam("replaced"),
        projection.early.c.record == bindparam("record"),
        projection.early.c.field == bindparam("field"),
    )
)
_INSERT_HEAD = inserted(_H, "record", "field", "n")
_DROP_HEAD = Statement(
    delete(_H).where(_H.c.record == bindparam("record"), _H.c.field == bindparam("field"), _H.c.n == bindparam("n"))
)
_HEADS = Statement(
    select(_C.c.id, _C.c.lamport, _V.c.value, _C.c.n, _C.c.author, _C.c.at, _C.c.header, _C.c.signature, _H.c.field)
    .select_from(_H.join(_C, _C.c.n == _H.c.n).outerjoin(_V, _V.c.n == _H.c.n))
    .where(_H.c.record == bindparam("record"), _H.c.field.in_((bindparam("field"), bindparam("other"))))
)
_HAS_HEAD = Statement(
    select(_H.c.n).where(_H.c.record == bindparam("record"), _H.c.field == bindparam("field")).limit(1)
)
_HEAD_FIELDS = Statement(select(_H.c.field).where(_H.c.record == bindparam("record")).distinct())
_HEAD_IDS = Statement(
    select(_C.c.id)
    .select_from(_H.join(_C, _C.c.n == _H.c.n))
    .where(_H.c.record == bindparam("record"), _H.c.field != DELETED)
)
_PUT_CONFLICT = put(projection.conflict, "record", "field", "scope", "kind")
_DROP_CONFLICT = Statement(
    delete(projection.conflict).where(
        projection.conflict.c.record == bindparam("record"), projection.conflict.c.field == bindparam("field")
    )
)
_DROP_CONFLICTS = Statement(
    delete(projection.conflict).where(
        projection.conflict.c.record == bindparam("record"), projection.conflict.c.field != DELETED
    )
)
_INSERT_COVERED = inserted(projection.covered, "change", "by", ignore=True)
_INSERT_REF = inserted(projection.blob_ref, "sha256", "scope", "size", "media_type", ignore=True)
_INSERT_SIGNER = inserted(projection.signer, "author", "verify_key", ignore=True)
_HOME = Statement(
    select(_C.c.kind, _C.c.scope)
    .select_from(_H.join(_C, _C.c.n == _H.c.n))
    .where(_H.c.record == bindparam("record"))
    .limit(1)
)


class Known(NamedTuple):
    """How one field of one kind is written into its table."""

    spec: FieldSpec
    put: Statement


@cache
def _known(kind: str, field: str) -> Known | None:
    spec = fields.specs_of(kind).get(field)
    return None if spec is None else Known(spec, put(projection.records[kind], "id", "scope", field))


@cache
def _removed(kind: str) -> Statement:
    table = projection.records[kind]
    return Statement(delete(table).where(table.c.id == bindparam("id")))


@cache
def _row(kind: str) -> Statement:
    return inserted(projection.records[kind], "id", "scope", ignore=True)


class Ledger:
    """Enters changes on one connection, inside its transaction."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.touched: set[Touched] = set()
        self._search: set[str] = set()
        self._places: dict[tuple[str, str, str, str], None] = {}

    def enter(self, change: Change, received: int, content: tuple[bytes, bytes] | None, *, later: bool = False) -> int:
        """Appends a change that was checked, with its (salt, value) where that is known, and makes what follows; with
        ``later`` the ordinary tables wait for ``finish``, so that a field is made once however often it was set."""
        n = self.append(change, received, content)
        self.take_heads(n, change)
        self.note(change.kind, change.record, change.field, content[1] if content else None, change.scope)
        place = (change.kind, change.record, change.scope, change.field)
        if later:
            self._places[place] = None
        else:
            self.project(*place)
        return n

    def edit(self, change: Change, received: int, content: tuple[bytes, bytes], standing: Standing) -> None:
        """As ``enter``, for a change made in this very transaction on top of what ``standing`` says of its field:
        nothing can have replaced it yet, and what it replaces is known. Every answer goes this way."""
        cursor, kind, record, scope, field = self.cursor, change.kind, change.record, change.scope, change.field
        n = self.append(change, received, content)
        made = StoredHead(
            change.id, change.lamport, content[1], n, change.author, change.at, change.header, change.signature
        )
        heads = [made]
        for head in standing.heads:
            if head.id in change.replaces:
                cursor.run(_DROP_HEAD, record=record, field=field, n=head.n)
            else:
                heads.append(head)
        cursor.run(_INSERT_HEAD, record=record, field=field, n=n)
        self.note(kind, record, field, content[1], scope)
        if field == DELETED or standing.marked or kind == EVENT_KIND:
            self.project(kind, record, scope, field)
            return
        self.touched.add((kind, record, scope))
        if len(standing.heads) > 1 or len(heads) > 1:
            self._mark_field(kind, record, scope, field, heads)
        self._show(kind, record, scope, field, _shown_first(heads)[0].value)

    def append(self, change: Change, received: int, content: tuple[bytes, bytes] | None) -> int:
        """The log alone."""
        cursor = self.cursor
        n = int(
            cursor.run(
                _INSERT_CHANGE,
                id=change.id,
                scope=change.scope,
                incarnation=change.incarnation,
                number=change.number,
                kind=change.kind,
                record=change.record,
                field=change.field,
                author=change.author,
                lamport=change.lamport,
                at=change.at,
                received=received,
                header=change.header,
                signature=change.signature,
            ).lastrowid
        )
        if content is not None:
            cursor.run(_INSERT_VALUE, n=n, salt=content[0], value=content[1])
        return n

    def take_heads(self, n: int, change: Change) -> None:
        """What the change replaces is no head any more; itself is one unless its replacer came first."""
        cursor, record, field = self.cursor, change.record, change.field
        for replaced in change.replaces:
            found = cursor.row(_FIND, id=replaced)
            if found is None or found[0] > n:  # a rebuild meets them in the order in which they came
                cursor.run(_INSERT_EARLY, replaced=replaced, record=record, field=field)
            else:
                cursor.run(_DROP_HEAD, record=record, field=field, n=found[0])
        if cursor.run(_IS_EARLY, replaced=change.id, record=record, field=field).rowcount == 0:
            cursor.run(_INSERT_HEAD, record=record, field=field, n=n)

    def note(self, kind: str, record: str, field: str, value: bytes | None, scope: str) -> None:
        """What counts from the day it is written, head or not: keys that may sign, changes that something covers,
        and which blobs are referred to."""
        for ref in fields.refs_in(value):
            self.cursor.run(_INSERT_REF, sha256=ref.sha256, scope=scope, size=ref.size, media_type=ref.media_type)
        if field == "verify_key" and kind in ("person", "device"):
            key = fields.content(value)
            if isinstance(key, str) and len(key) == 64 and set(key) <= _HEX:
                self.cursor.run(_INSERT_SIGNER, author=record, verify_key=key)
        elif field == "covers":
            named = fields.content(value)
            for change in named if isinstance(named, frozenset) else ():
                self.cursor.run(_INSERT_COVERED, change=change, by=record)

    def project(self, kind: str, record: str, scope: str, field: str) -> None:
        """Brings the ordinary tables up to the heads of one field."""
        self.touched.add((kind, record, scope))
        if kind == EVENT_KIND:
            enter_event(self.cursor, self.heads(record, field), record, scope)
            return
        if field == DELETED or self.cursor.row(_HAS_HEAD, record=record, field=DELETED) is not None:
            self._project_record(kind, record, scope)
        else:
            self._project_field(kind, record, scope, field)

    def finish(self) -> None:
        """What is made once for many changes: tables that waited, and the search index."""
        for place in self._places:
            self.project(*place)
        self._places.clear()
        for participant in sorted(self._search):
            refresh(self.cursor, participant)
        self._search.clear()

    def search_later(self, participant: str) -> None:
        """``finish`` makes this person's row of the search index anew."""
        self._search.add(participant)

    def heads(self, record: str, field: str) -> list[StoredHead]:
        """The heads of a field, the one that is shown first."""
        return self.standing(record, field).heads

    def standing(self, record: str, field: str) -> Standing:
        """The heads of a field, and whether anybody has ever deleted its record."""
        rows = self.cursor.rows(_HEADS, record=record, field=field, other=DELETED)
        heads = [StoredHead(*row[:-1]) for row in rows if row[-1] == field]
        return Standing(_shown_first(heads), len(heads) < len(rows) or (field == DELETED and bool(heads)))

    def home(self, record: str) -> tuple[str, str] | None:
        """Kind and scope of a record that the log knows, deleted ones too."""
        found = self.cursor.row(_HOME, record=record)
        return None if found is None else (found[0], found[1])

    def head_ids(self, record: str) -> list[str]:
        """The heads of every field of a record but ``@deleted``."""
        return [row[0] for row in self.cursor.rows(_HEAD_IDS, record=record)]

    def _project_record(self, kind: str, record: str, scope: str) -> None:
        deletions = self.heads(record, DELETED)
        gone = bool(deletions) and all(fields.content(head.value) is True for head in deletions)
        seen: set[str] = set()
        for head in deletions:
            seen.update(Change.read(head.header, head.signature).replaces)
        unseen = gone and not seen.issuperset(self.head_ids(record))
        self._mark(record, DELETED, scope, kind, conflicted=unseen or len({head.value for head in deletions}) > 1)
        if gone and not unseen:
            self._remove(kind, record, scope)
            return
        if kind in KINDS:
            self.cursor.run(_row(kind), id=record, scope=scope)
            if is_searched(kind, DELETED):
                self._search.add(scope)
        for (field,) in self.cursor.rows(_HEAD_FIELDS, record=record):
            if field != DELETED:
                self._project_field(kind, record, scope, field)

    def _remove(self, kind: str, record: str, scope: str) -> None:
        """What is deleted is not shown, and nobody is asked about it."""
        self.cursor.run(_DROP_CONFLICTS, record=record)
        if kind in KINDS:
            self.cursor.run(_removed(kind), id=record)
        if kind in SEARCHED:
            self._search.add(scope)

    def _project_field(self, kind: str, record: str, scope: str, field: str) -> None:
        heads = self.heads(record, field)
        self._mark_field(kind, record, scope, field, heads)
        self._show(kind, record, scope, field, heads[0].value if heads else None)

    def _mark_field(self, kind: str, record: str, scope: str, field: str, heads: list[StoredHead]) -> None:
        conflicted = len(heads) > 1 and differ(kind, field, (one.value for one in heads))
        self._mark(record, field, scope, kind, conflicted=conflicted)

    def _show(self, kind: str, record: str, scope: str, field: str, shown: bytes | None) -> None:
        """Writes the value that is shown into the column of its field. Answers have none: they are read as heads."""
        known = None if field.startswith(ANSWER) else _known(kind, field)
        if known is None:
            return
        written = fields.column(known.spec, shown)
        self.cursor.run(known.put, **{"id": record, "scope": scope, field: written})
        if is_searched(kind, field):
            self._search.add(scope)

    def _mark(self, record: str, field: str, scope: str, kind: str, *, conflicted: bool) -> None:
        if conflicted:
            self.cursor.run(_PUT_CONFLICT, record=record, field=field, scope=scope, kind=kind)
        else:
            self.cursor.run(_DROP_CONFLICT, record=record, field=field)


def _shown_first(heads: list[StoredHead]) -> list[StoredHead]:
    return sorted(heads, key=lambda head: (head.lamport, head.id), reverse=True) if len(heads) > 1 else heads
