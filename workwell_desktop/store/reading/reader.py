"""Reading: records as plain objects that nothing writes back, and what the log says of them."""

import builtins
import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Select, Table, and_, bindparam, func, or_, select

from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import FieldType, Id, Record, Scope, kind_of, scope_of
from workwell_desktop.domain.values import BlobRef, Value
from workwell_desktop.errors import NotFound, NotHereYet
from workwell_desktop.store.blobs import blob_data
from workwell_desktop.store.engine import troubles
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.events import milliseconds, moment_of
from workwell_desktop.store.log.fields import ANSWER, DELETED, EVENT_KIND
from workwell_desktop.store.log.ledger import Ledger
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import authors, later, news, projection
from workwell_desktop.store.reading.search import search
from workwell_desktop.store.reading.views import (
    AuditLine,
    Conflict,
    ConflictPlace,
    Head,
    HistoryLine,
    SearchHit,
    WrittenLine,
)

R = TypeVar("R", bound=Record)
Order = str | tuple[str, ...]
_AT_ONCE = 500
"""Records named in one statement."""
_COMPARISONS = {"ge": "__ge__", "le": "__le__", "lt": "__lt__", "gt": "__gt__"}

_C, _V, _H, _R = tables.change, tables.value, projection.head, projection.records["response"]
_ANSWERS = Statement(
    select(_H.c.field, _V.c.value)
    .select_from(_R.join(_H, _H.c.record == _R.c.id).join(_C, _C.c.n == _H.c.n).outerjoin(_V, _V.c.n == _H.c.n))
    .where(_R.c.id == bindparam("response"), _H.c.field >= ANSWER, _H.c.field < ANSWER + chr(0x10FFFF))
    .order_by(_H.c.field, _C.c.lamport, _C.c.id)
)
"""Where a field has several heads, the one that is shown comes last."""


class Reader:
    """One moment of the store. Use it as a context manager; what it returned stays good after it is closed."""

    def __init__(self, connection: Connection, *, owns: bool = True) -> None:
        self._connection = connection
        self._owns = owns
        self._cursor: Cursor | None = None
        self._about: Collection[Id] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._cursor is not None:
            self._cursor.close()
            self._cursor = None
        if self._owns:
            self._connection.close()

    def about(self, participants: Collection[Id]) -> Self:
        """The same moment, as if nobody but these people were in it: ``list`` and ``count`` give of what belongs to a
        participant what is theirs, and of everything else all of it."""
        narrow = type(self)(self._connection, owns=False)
        narrow._about = participants
        return narrow

    @property
    def _raw(self) -> Cursor:
        if self._cursor is None:
            if not self._connection.in_transaction():
                self._connection.begin()
            self._cursor = Cursor(self._connection)
        return self._cursor

    def get(self, cls: type[R], record: Id) -> R:
        """The record; raises NotFound where there is none, or it is deleted."""
        found = self.find(cls, record)
        if found is None:
            raise NotFound(kind_of(cls))
        return found

    def find(self, cls: type[R], record: Id | None) -> R | None:
        """The record, or None."""
        found = self.list(cls, id=record, limit=1) if record is not None else []
        return found[0] if found else None

    def list(self, cls: type[R], order_by: Order = (), limit: int | None = None, **conditions: Any) -> builtins.list[R]:
        """Records of a kind that meet every condition.

        ``field=value`` (None asks for unset, a collection for any of its values), or ``field__ge``, ``__le``,
        ``__lt``, ``__gt``, ``__ne``. ``order_by`` names fields, ``-field`` backwards; unset comes last either way.
        """
        table = _table(cls)
        statement = self._where(select(table), cls, conditions)
        for name in (order_by,) if isinstance(order_by, str) else order_by:
            column = _column(cls, name.removeprefix("-"))
            ordered = column.desc() if name.startswith("-") else column.asc()
            statement = statement.order_by(ordered.nulls_last())
        statement = statement.order_by(_column(cls, "id"))
        if limit is not None:
            statement = statement.limit(limit)
        with troubles():
            rows = self._connection.execute(statement).all()
        names = table.c.keys()
        return [cls(**dict(zip(names, row, strict=True))) for row in rows]

    def partnership(self) -> Id | None:
        """The id of the partnership whose store this is, or None before it is known."""
        table = projection.records["partnership"]
        with troubles():
            found = self._connection.scalar(select(table.c.id).order_by(table.c.id).limit(1))
        return None if found is None else Id(found)

    def count(self, cls: type[Record], **conditions: Any) -> int:
        """How many records ``list`` would give."""
        statement = self._where(select(func.count()).select_from(_table(cls)), cls, conditions)
        with troubles():
            return int(self._connection.scalar(statement) or 0)

    def columns(self, cls: type[Record], *names: str) -> builtins.list[tuple[Any, ...]]:
        """Some fields of every record of a kind, for counting a whole caseload: as they stand in the table.

        Days and moments are ISO text (moments in UTC), codes and decimals text, sets JSON, flags 0 or 1.
        """
        wanted = Statement(select(*(_column(cls, name) for name in names)))
        with troubles():
            return self._raw.rows(wanted)

    def newest(self, cls: type[Record], field: str, scopes: Collection[Id]) -> dict[Id, str]:
        """The greatest value of a field among the records of each of these scopes, as ``columns`` gives it; a scope
        without one is left out."""
        table, column = _table(cls), _column(cls, field)
        asked = select(func.json_each(bindparam("asked")).table_valued("value").c.value)
        wanted = select(table.c.scope, func.max(column)).where(table.c.scope.in_(asked), column.is_not(None))
        with troubles():
            rows = self._raw.rows(Statement(wanted.group_by(table.c.scope)), asked=json.dumps(builtins.list(scopes)))
        return {Id(scope): value for scope, value in rows}

    def answers_among(self, paths: Collection[str], responses: Collection[Id]) -> dict[Id, dict[str, Value]]:
        """The answers at some paths of many responses, in few statements; of two answers given apart the one that
        ``answers`` shows."""
        found: dict[Id, dict[str, Value]] = {}
        apart: set[Id] = set()
        wanted, names = builtins.list(responses), [ANSWER + path for path in paths]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            statement = (
                select(_H.c.record, _H.c.field, _V.c.value)
                .select_from(_H.join(_V, _V.c.n == _H.c.n))
                .where(_H.c.record.in_(some), _H.c.field.in_(names))
            )
            with troubles():
                rows = self._connection.execute(statement).all()
            for record, field, written in rows:
                given, path = found.setdefault(Id(record), {}), field.removeprefix(ANSWER)
                if path in given:
                    apart.add(Id(record))
                value = fields.content(written)
                if value is not None:
                    given[path] = value
        for one in apart:
            shown = self.answers(one)
            found[one] = {path: shown[path] for path in paths if path in shown}
        return found

    def answers(self, response: Id) -> dict[str, Value]:
        """The answers of a response by path; one that was cleared is left out."""
        with troubles():
            rows = self._raw.rows(_ANSWERS, response=response)
        found = {field.removeprefix(ANSWER): fields.content(value) for field, value in rows}
        return {path: value for path, value in found.items() if value is not None}

    def blob(self, ref: BlobRef | str) -> bytes:
        """The bytes of a blob; raises NotHereYet where they are not on this computer yet."""
        with troubles():
            data = blob_data(self._raw, ref if isinstance(ref, str) else ref.sha256)
        if data is None:
            raise NotHereYet
        return data

    def has_blob(self, ref: BlobRef | str) -> bool:
        """Whether the bytes are on this computer."""
        sha256 = ref if isinstance(ref, str) else ref.sha256
        statement = select(tables.blob.c.sha256).where(tables.blob.c.sha256 == sha256)
        with troubles():
            return self._connection.scalar(statement) is not None

    def search(self, words: str, limit: int = 20) -> builtins.list[SearchHit]:
        """Participants of whom every word begins a word: names, NHS number, employer, place."""
        with troubles():
            return search(self._raw, words, limit)

    def conflicts(self, scope: Id | None = None) -> builtins.list[Conflict]:
        """What waits for a person's choice, in one scope or in all."""
        table = projection.conflict
        statement = select(table).order_by(table.c.scope, table.c.record, table.c.field)
        if scope is not None:
            statement = statement.where(table.c.scope == scope)
        with troubles():
            ledger = Ledger(self._raw)
            rows = self._connection.execute(statement).all()
            return [
                Conflict(Id(row.scope), row.kind, Id(row.record), row.field, self._heads(ledger, row.record, row.field))
                for row in rows
            ]

    def conflict_places(self, scope: Id) -> builtins.list[ConflictPlace]:
        """Where something of one scope waits for a choice, without the answers: for the marks of a page."""
        table = projection.conflict
        statement = (
            select(table.c.kind, table.c.record, table.c.field)
            .where(table.c.scope == scope)
            .order_by(table.c.record, table.c.field)
        )
        with troubles():
            return [ConflictPlace(*row) for row in self._connection.execute(statement).all()]

    def count_conflicts(self) -> int:
        """How much waits for a person's choice."""
        with troubles():
            return int(self._connection.scalar(select(func.count()).select_from(projection.conflict)) or 0)

    def conflict(self, conflict_id: str) -> Conflict | None:
        """One conflict by its id, or None where it is settled."""
        record, _, field = conflict_id.partition("/")
        table = projection.conflict
        statement = select(table).where(table.c.record == record, table.c.field == field)
        with troubles():
            row = self._connection.execute(statement).first()
            if row is None:
                return None
            return Conflict(Id(row.scope), row.kind, Id(record), field, self._heads(Ledger(self._raw), record, field))

    def covered(self, changes: Iterable[str]) -> frozenset[str]:
        """Those of these changes that something signed or locked stands for."""
        table = projection.covered
        statement = select(table.c.change).where(table.c.change.in_(list(changes)))
        with troubles():
            return frozenset(self._connection.scalars(statement))

    def new_changes(self, after: int, but_author: Id, most: int) -> builtins.list[news.NewChange]:
        """What others wrote and what reached this computer behind a place of its log, the newest first."""
        with troubles():
            return news.news(self._raw, after, but_author, most)

    def last_change(self) -> int:
        """The place of the newest change in the log of this computer."""
        with troubles():
            return news.last_change(self._raw)

    def forks(self) -> builtins.list[news.Fork]:
        """What was kept out because one laptop wrote twice under one name."""
        with troubles():
            return news.forks(self._raw)

    def heads_of(self, *records: Id) -> frozenset[str]:
        """The ids of the changes that now stand for every field of these records: what a signature covers."""
        change, head = tables.change, projection.head
        statement = (
            select(change.c.id)
            .join(head, head.c.n == change.c.n)
            .where(head.c.record.in_([str(one) for one in records]))
        )
        with troubles():
            return frozenset(self._connection.scalars(statement))

    def amended(self, covers: Iterable[str]) -> frozenset[str]:
        """The covered changes that are no longer heads, or not alone: whoever signed them signed something that was
        edited since, or that somebody else had meanwhile written in another way."""
        wanted = list(covers)
        change, head, apart = tables.change, projection.head, projection.conflict
        statement = (
            select(change.c.id)
            .join(head, head.c.n == change.c.n)
            .outerjoin(apart, (apart.c.record == head.c.record) & (apart.c.field == head.c.field))
            .where(change.c.id.in_(wanted), apart.c.record.is_(None))
        )
        with troubles():
            return frozenset(wanted) - frozenset(self._connection.scalars(statement))

    def history(self, record: Id, field: str | None = None) -> builtins.list[HistoryLine]:
        """Every change of a record, or of one field of it, in the order in which they reached this computer."""
        change, value, head = tables.change, tables.value, projection.head
        with troubles():
            home = Ledger(self._raw).home(record)
        if home is None:
            return []
        statement = (
            select(change.c.n, change.c.header, change.c.signature, value.c.value, head.c.n)
            .outerjoin(value, value.c.n == change.c.n)
            .outerjoin(
                head, and_(head.c.record == change.c.record, head.c.field == change.c.field, head.c.n == change.c.n)
            )
            .where(change.c.scope == home[1], change.c.record == record)
            .order_by(change.c.n)
        )
        if field is not None:
            statement = statement.where(change.c.field == field)
        with troubles():
            rows = self._connection.execute(statement).all()
        return [_line(Change.read(row[1], row[2]), row[3], row[4] is not None) for row in rows]

    def authors_of(self, records: Iterable[Id], field: str) -> dict[Id, Id]:
        """Who set the value of a field that stands, of many records; those where nobody did are left out."""
        with troubles():
            return authors.authors_of(self._raw, records, field)

    def holds_later(self, scope: Id) -> bool:
        """Whether a later version of the program wrote something in this scope that cannot be read here."""
        with troubles():
            return later.holds_later(self._raw, scope)

    def written_by(self, author: Id) -> Iterator[WrittenLine]:
        """Every change that somebody made, events of auditing left out, in the order in which they came here."""
        change, value = tables.change, tables.value
        statement = (
            select(change.c.scope, change.c.kind, change.c.record, change.c.field, change.c.at, value.c.value)
            .outerjoin(value, value.c.n == change.c.n)
            .where(change.c.author == author, change.c.kind != EVENT_KIND)
            .order_by(change.c.n)
        )
        with troubles():
            for scope, kind, record, field, at, written in self._connection.execute(statement):
                said = None if field == DELETED else fields.content(written)
                yield WrittenLine(scope, kind, record, field, said, moment_of(at), written is None)

    def lines_of(self, changes: Iterable[str]) -> builtins.list[HistoryLine]:
        """The changes with these ids, as ``history`` gives them; what has not reached this computer is left out."""
        change, value, head = tables.change, tables.value, projection.head
        statement = (
            select(change.c.header, change.c.signature, value.c.value, head.c.n)
            .outerjoin(value, value.c.n == change.c.n)
            .outerjoin(head, head.c.n == change.c.n)
            .where(change.c.id.in_(list(changes)))
            .order_by(change.c.n)
        )
        with troubles():
            rows = self._connection.execute(statement).all()
        return [_line(Change.read(row[0], row[1]), row[2], row[3] is not None) for row in rows]

    def events(
        self,
        *,
        person: Id | None = None,
        participant: Id | None = None,
        kinds: Collection[AuditKind] | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> builtins.list[AuditLine]:
        """Audit events, the newest first; of the moments from ``since`` until ``before``."""
        table = projection.event
        statement = select(table).order_by(table.c.at.desc(), table.c.lamport.desc(), table.c.id)
        if person is not None:
            statement = statement.where(table.c.person == person)
        if participant is not None:
            statement = statement.where(table.c.participant == participant)
        if kinds is not None:
            statement = statement.where(table.c.kind.in_([kind.value for kind in kinds]))
        if since is not None:
            statement = statement.where(table.c.at >= milliseconds(since))
        if before is not None:
            statement = statement.where(table.c.at < milliseconds(before))
        if limit is not None:
            statement = statement.limit(limit)
        with troubles():
            rows = self._connection.execute(statement).all()
        return [AuditLine(one.id, Id(one.person), moment_of(one.at), AuditKind(one.kind), *one[-3:]) for one in rows]

    def _heads(self, ledger: Ledger, record: str, field: str) -> tuple[Head, ...]:
        return tuple(
            Head(head.id, fields.content(head.value), Id(head.author), moment_of(head.at))
            for head in ledger.heads(record, field)
        )

    def _where(self, statement: Select[Any], cls: type[Record], conditions: dict[str, Any]) -> Select[Any]:
        for name, wanted in conditions.items():
            field, _, comparison = name.partition("__")
            statement = statement.where(_condition(_column(cls, field), comparison, wanted, whole=_is_set(cls, field)))
        if self._about is not None and scope_of(kind_of(cls)) is Scope.PARTICIPANT:
            statement = statement.where(_column(cls, "scope").in_(list(self._about)))
        return statement


def _table(cls: type[Record]) -> Table:
    return projection.records[kind_of(cls)]


def _column(cls: type[Record], field: str) -> Any:
    table = _table(cls)
    if field not in table.c:
        raise ValueError(f"no field {field} in {kind_of(cls)}")
    return table.c[field]


def _is_set(cls: type[Record], field: str) -> bool:
    spec = fields.specs_of(kind_of(cls)).get(field)
    return spec is not None and spec.holds is FieldType.SET


def _condition(column: Any, comparison: str, wanted: Any, *, whole: bool) -> Any:
    """``whole`` for a field whose value is itself a set."""
    if comparison in _COMPARISONS:
        return getattr(column, _COMPARISONS[comparison])(wanted)
    if comparison not in ("", "ne"):
        raise ValueError(f"no comparison {comparison}")
    if wanted is None:
        return column.is_not(None) if comparison else column.is_(None)
    if isinstance(wanted, Collection) and not isinstance(wanted, str | bytes) and not whole:
        return column.not_in(list(wanted)) if comparison else column.in_(list(wanted))
    return or_(column != wanted, column.is_(None)) if comparison else column == wanted


def _line(change: Change, value: bytes | None, is_head: bool) -> HistoryLine:
    return HistoryLine(
        change.id,
        change.kind,
        Id(change.record),
        change.field,
        fields.content(value),
        Id(change.author),
        Id(change.device),
        moment_of(change.at),
        change.replaces,
        is_head,
    )
