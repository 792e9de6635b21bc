"""Entering many changes at once: what ``Ledger.enter`` does for one, in a handful of statements for a whole page.

    changes that were judged ──▶ log and values ──▶ heads ──▶ ordinary tables, conflicts, search

The tables end as if each change had been entered by itself, in any order: a test compares the two. What is rare
(records that anybody deleted) goes the way that one change goes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from json import dumps
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.store import computer
from workwell_desktop.store.exchange.arrival import Content, Ground, Home, Stream
from workwell_desktop.store.exchange.entitled import rights_of
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.events import enter_events
from workwell_desktop.store.log.fields import ANSWER, DELETED, EVENT_KIND
from workwell_desktop.store.log.ledger import Ledger
from workwell_desktop.store.log.likeness import differ
from workwell_desktop.store.log.streams import tip_of
from workwell_desktop.store.prepared import Cursor, Statement, inserted, put
from workwell_desktop.store.reading import projection
from workwell_desktop.store.reading.search import is_searched

ANCHOR = "anchor"
"""Name of what the computer keeps: the key of the founder, for a store that was made from an invitation."""

_C, _V, _H, _E = tables.change, tables.value, projection.head, projection.early
_HEADER = ("id", "scope", "incarnation", "number", "kind", "record", "field", "author", "lamport", "at")
_SIGNED = ("header", "signature")
_header, _signed = attrgetter(*_HEADER), attrgetter(*_SIGNED)


def _listed(name: str) -> Any:
    """The words of a JSON list that is bound as one parameter: a statement that is compiled once takes any number."""
    return select(func.json_each(bindparam(name)).table_valued("value").c.value)


_j = func.json_each(bindparam("asked")).table_valued("value")
_LAST = Statement(select(func.max(_C.c.n)))
_INSERT_CHANGE = inserted(_C, "n", *_HEADER, "received", *_SIGNED)
_INSERT_VALUE = inserted(_V, "n", "salt", "value")
_NUMBERS = Statement(select(_C.c.id, _C.c.n).where(_C.c.id.in_(_listed("ids"))))
_EARLY = Statement(select(_E.c.replaced, _E.c.record, _E.c.field).where(_E.c.replaced.in_(_listed("ids"))))
_INSERT_EARLY = inserted(_E, "replaced", "record", "field", ignore=True)
_DROP_EARLY = Statement(
    delete(_E).where(
        _E.c.replaced == bindparam("replaced"), _E.c.record == bindparam("record"), _E.c.field == bindparam("field")
    )
)
_INSERT_HEAD = inserted(_H, "record", "field", "n")
_DROP_HEAD = Statement(
    delete(_H).where(_H.c.record == bindparam("record"), _H.c.field == bindparam("field"), _H.c.n == bindparam("n"))
)
_OLD_HEADS = Statement(
    select(_H.c.record, _H.c.field, _C.c.lamport, _C.c.id, _V.c.value)
    .select_from(
        _j.join(
            _H,
            (_H.c.record == func.json_extract(_j.c.value, "$[0]"))
            & (_H.c.field == func.json_extract(_j.c.value, "$[1]")),
        )
        .join(_C, _C.c.n == _H.c.n)
        .outerjoin(_V, _V.c.n == _H.c.n)
    )
    .where(_H.c.n <= bindparam("until"))
)
_one_head = select(_H.c.n).where(_H.c.record == _j.c.value).limit(1).correlate(_j).scalar_subquery()
_HOMES = Statement(select(_C.c.record, _C.c.kind, _C.c.scope).select_from(_j.join(_C, _C.c.n == _one_head)))
_KEYS = Statement(select(projection.signer.c.author, projection.signer.c.verify_key))
_PUT_CONFLICT = put(projection.conflict, "record", "field", "scope", "kind")
_DROP_CONFLICT = Statement(
    delete(projection.conflict).where(
        projection.conflict.c.record == bindparam("record"), projection.conflict.c.field == bindparam("field")
    )
)


class _Head(NamedTuple):
    lamport: int
    id: str
    value: bytes | None


def ground_of(cursor: Cursor, streams: Mapping[Stream, Sequence[Change]]) -> Ground:
    """What the log says of everything that these changes name."""
    tips = {place: tip_of(cursor, *place) for place in streams}
    old = [one.id for place, lot in streams.items() for one in lot if one.number <= tips[place][0]]
    records = {one.record for lot in streams.values() for one in lot}
    places = frozenset(row[0] for row in cursor.rows(_NUMBERS, ids=dumps(old))) if old else frozenset()
    homes = {row[0]: (row[1], row[2]) for row in cursor.rows(_HOMES, asked=dumps(list(records)))}
    rights = rights_of(cursor, (one for lot in streams.values() for one in lot))
    return Ground(tips, places, keys_of(cursor), homes, rights, computer.find_own(cursor, ANCHOR))


def keys_of(cursor: Cursor) -> dict[str, set[bytes]]:
    """What every person and computer may sign with."""
    keys: defaultdict[str, set[bytes]] = defaultdict(set)
    for author, key in cursor.rows(_KEYS):
        keys[author].add(bytes.fromhex(key))
    return keys


def enter_all(
    ledger: Ledger, new: Sequence[Change], contents: Mapping[str, Content], received: int, known: Mapping[str, Home]
) -> None:
    """Appends changes that were judged, and brings the ordinary tables up to them.

    ``known`` are the homes of their records as they were before any of them entered.
    """
    if not new:
        return
    cursor = ledger.cursor
    row = cursor.row(_LAST)
    last = int(row[0] or 0) if row is not None else 0
    numbers = {change.id: n for n, change in enumerate(new, last + 1)}
    cursor.lots(
        _INSERT_CHANGE,
        ((n, *_header(change), received, *_signed(change)) for n, change in enumerate(new, last + 1)),
    )
    cursor.lots(_INSERT_VALUE, ((numbers[one.id], *contents[one.id]) for one in new if one.id in contents))
    heads = _take_heads(cursor, new, numbers)
    for change in new:
        content = contents.get(change.id)
        ledger.note(change.kind, change.record, change.field, content[1] if content else None, change.scope)
    _Tables(ledger, known, last).follow(new, contents, heads)


def _take_heads(cursor: Cursor, new: Sequence[Change], numbers: Mapping[str, int]) -> set[str]:
    """Which of the new changes are heads; those that they replace are none any more."""
    replaced = {(one, change.record, change.field) for change in new for one in change.replaces}
    outside = {one for one, _record, _field in replaced if one not in numbers}
    found = dict(cursor.rows(_NUMBERS, ids=dumps(list(outside)))) if outside else {}
    gone = [(record, field, found[one]) for one, record, field in replaced if one in found]
    cursor.lots(_DROP_HEAD, gone)
    absent = [one for one in replaced if one[0] in outside and one[0] not in found]
    early = {tuple(row) for row in cursor.rows(_EARLY, ids=dumps(list(numbers)))}
    cursor.lots(_INSERT_EARLY, absent)
    came = [one for one in new if (one.id, one.record, one.field) in early]
    cursor.lots(_DROP_EARLY, [(one.id, one.record, one.field) for one in came])
    behind = {one.id for one in came}
    heads = [one for one in new if one.id not in behind and (one.id, one.record, one.field) not in replaced]
    cursor.lots(_INSERT_HEAD, ((one.record, one.field, numbers[one.id]) for one in heads))
    return {one.id for one in heads}


class _Tables:
    """Brings the ordinary tables up to new changes. ``last`` is the number of the last change before them."""

    def __init__(self, ledger: Ledger, known: Mapping[str, Home], last: int) -> None:
        self._ledger = ledger
        self._cursor = ledger.cursor
        self._known = known
        self._last = last
        self._conflicts: list[tuple[str, ...]] = []
        self._settled: list[tuple[str, str]] = []
        self._rows: defaultdict[tuple[str, tuple[str, ...]], list[list[Any]]] = defaultdict(list)

    def follow(self, new: Sequence[Change], contents: Mapping[str, Content], heads: set[str]) -> None:
        touched: dict[tuple[str, str, str], dict[str, list[_Head]]] = {}
        events: list[tuple[Change, bytes | None]] = []
        deleted: set[str] = set()
        for change in new:
            place = (change.kind, change.record, change.scope)
            content = contents.get(change.id)
            value = content[1] if content is not None else None
            if change.kind == EVENT_KIND:
                self._ledger.touched.add(place)
                if change.id in heads:
                    events.append((change, value))
                continue
            standing = touched.setdefault(place, {}).setdefault(change.field, [])
            if change.id in heads:
                standing.append(_Head(change.lamport, change.id, value))
            if change.field == DELETED:
                deleted.add(change.record)
        enter_events(self._cursor, events)
        deleted |= self._old_heads(touched)
        for (kind, record, scope), by_field in touched.items():
            self._ledger.touched.add((kind, record, scope))
            if record in deleted:
                self._ledger.project(kind, record, scope, DELETED)
            else:
                self._record(kind, record, scope, by_field)
        self._write()

    def _old_heads(self, touched: Mapping[tuple[str, str, str], dict[str, list[_Head]]]) -> set[str]:
        """Adds the heads that stood before; which of the records anybody has ever deleted."""
        by_record = {record: by_field for (_kind, record, _scope), by_field in touched.items()}
        asked = [(record, field) for record, found in by_record.items() if record in self._known for field in found]
        asked += [(record, DELETED) for record in by_record if record in self._known]
        deleted: set[str] = set()
        if asked:
            rows = self._cursor.rows(_OLD_HEADS, asked=dumps(asked), until=self._last)
            for record, field, lamport, change, value in rows:
                if field == DELETED:
                    deleted.add(record)
                else:
                    by_record[record][field].append(_Head(lamport, change, value))
        return deleted

    def _record(self, kind: str, record: str, scope: str, by_field: Mapping[str, list[_Head]]) -> None:
        new = record not in self._known
        specs, columns = fields.specs_of(kind), {}
        for field, heads in by_field.items():
            if len(heads) > 1 and differ(kind, field, (one.value for one in heads)):
                self._conflicts.append((record, field, scope, kind))
            elif not new:
                self._settled.append((record, field))
            spec = None if field.startswith(ANSWER) else specs.get(field)
            if spec is None:
                continue
            shown = max(heads).value if heads else None
            columns[field] = fields.column(spec, shown)
            if is_searched(kind, field):
                self._ledger.search_later(scope)
        if columns and kind in KINDS:
            names = tuple(sorted(columns))
            self._rows[kind, names].append([record, scope, *(columns[name] for name in names)])

    def _write(self) -> None:
        for (kind, names), rows in self._rows.items():
            statement = _put_columns(kind, names)
            places = _places(statement, names)
            self._cursor.lots(statement, [[row[at] for at in places] for row in rows])
        by_name = {"record": 0, "field": 1, "scope": 2, "kind": 3}
        self._cursor.lots(
            _PUT_CONFLICT, [[one[by_name[name]] for name in _PUT_CONFLICT.names] for one in self._conflicts]
        )
        self._cursor.lots(_DROP_CONFLICT, self._settled)


@lru_cache(maxsize=2048)
def _put_columns(kind: str, names: tuple[str, ...]) -> Statement:
    return put(projection.records[kind], "id", "scope", *names)


def _places(statement: Statement, names: Iterable[str]) -> list[int]:
    known = {name: at for at, name in enumerate(("id", "scope", *names))}
    return [known[name] for name in statement.names]
