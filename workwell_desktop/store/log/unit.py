"""The unit of work: everything that one act changes, in one transaction, signed by who acts.

A unit commits when its block ends and leaves nothing behind when the block raises. Edits are changes that enter
through the ledger, the way that changes of another computer do.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.records import FieldSpec, FieldType, Id, Record, kind_of, new_id, scope_of
from workwell_desktop.domain.texts import clean
from workwell_desktop.domain.values import BlobRef, Value
from workwell_desktop.errors import BadInput, NotFound
from workwell_desktop.store.blobs import put_blob
from workwell_desktop.store.exchange.erasing import is_erased
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.log import fields
from workwell_desktop.store.log.changes import LARGEST, Place, make
from workwell_desktop.store.log.events import encode_event, read_lately
from workwell_desktop.store.log.fields import ANSWER, DELETED, EVENT, EVENT_KIND
from workwell_desktop.store.log.ledger import NOTHING, Ledger, Standing
from workwell_desktop.store.log.likeness import likeness
from workwell_desktop.store.log.streams import tip_of
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading.reader import Reader

_SAYS_NOTHING = frozenset({fields.NULL, fields.encode(""), fields.encode(frozenset()), fields.encode(())})
_KNOWN = 100_000
"""Records and scopes, at most, of which the counter remembers what every answer asks."""


@dataclass(slots=True)
class Counter:
    """The Lamport counter of this store, and the incarnation that it writes as."""

    incarnation: str
    lamport: int
    homes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Kind and scope of records that the log knows: they never change, and every answer asks for them."""
    tips: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By scope, number and id of the last change in the stream that this incarnation writes there."""


@dataclass(frozen=True, slots=True)
class Written:
    """One change of a unit, as undo needs it. ``before`` and ``after`` as they stand in the log."""

    change: str
    kind: str
    record: str
    scope: str
    field: str
    before: bytes
    after: bytes
    new: bool = False
    """The first change of a record that this unit made."""


@dataclass(slots=True)
class Act:
    """What a unit wrote; ``undoable`` is False where a service says that it stands."""

    undoable: bool = True
    written: list[Written] = field(default_factory=list)


class Unit:
    """Made by ``Store.unit``; good inside its block."""

    def __init__(self, connection: Connection, identity: Identity, counter: Counter, now: Callable[[], int]) -> None:
        self._connection = connection
        self._identity = identity
        self._counter = counter
        self.cursor = Cursor(connection)
        self._now = now
        self._at = 0
        self._reader: Reader | None = None
        self.ledger = Ledger(self.cursor)
        self.lamport = counter.lamport
        self.act = Act()
        self._made: set[str] = set()
        self._tips: dict[str, tuple[int, str]] = {}

    @property
    def reader(self) -> Reader:
        """Reads what the unit has done so far."""
        self.ledger.finish()
        if self._reader is None:
            self._reader = Reader(self._connection, owns=False)
        return self._reader

    @property
    def undoable(self) -> bool:
        return self.act.undoable

    @undoable.setter
    def undoable(self, may: bool) -> None:
        self.act.undoable = may

    def add(self, record: Record) -> Id:
        """Writes every field of a new record that is set. Raises ValueError for a scope or id that cannot be right."""
        cls = type(record)
        kind = kind_of(cls)
        _check_scope(kind, record)
        if self.ledger.home(record.id) is not None:
            raise ValueError("a record of this id is known")
        if is_erased(self.cursor, record.scope):
            raise NotFound("participant")
        before = len(self.act.written)
        for spec in fields.specs_of(kind).values():
            value = getattr(record, spec.name)
            if value is None or (spec.holds is FieldType.SET and not value):
                continue
            self._write(kind, record.id, record.scope, spec.name, _encoded(spec, value))
        if len(self.act.written) == before:
            self._write(kind, record.id, record.scope, DELETED, fields.encode(False))
        self._made.add(record.id)
        self.act.written[before] = replace(self.act.written[before], new=True)
        return record.id

    def set(self, cls: type[Record], record: Id, *, scope: Id | None = None, **values: Any) -> tuple[str, ...]:
        """Sets fields of a record that is there; one change for each that really differs. The names that did.

        Where a field is in conflict, the value that was shown is replaced and the other one stays for a person to
        settle. A value of a later version reads as unset: nobody who saves it as such has cleared it. Raises NotFound
        for a record that nobody made, ValueError for another scope than the record's own.
        """
        kind = kind_of(cls)
        home = self._home(kind, record, scope)
        specs = fields.specs_of(kind)
        return tuple(
            name
            for name, value in values.items()
            if self._set(kind, record, home, name, _encoded(_spec(specs, name), value), specs[name])
        )

    def answer(self, response: Id, path: str, value: Value | None) -> bool:
        """Sets the answer at ``path`` of a response; None clears it. Whether anything differed."""
        return self._set(
            "response", response, self._home("response", response), ANSWER + path, fields.encode(_cleaned(value))
        )

    def delete(self, cls: type[Record], record: Id) -> None:
        """Deletes a record; one that is deleted already stays so."""
        kind = kind_of(cls)
        scope = self._home(kind, record)
        if not self.deleted(record):
            self._mark_deleted(kind, record, scope, deleted=True)

    def settle(self, conflict: str | tuple[Id, str], value: Value | None) -> None:
        """Chooses a value for a field that two people set apart: it replaces all of them.

        For the field ``@deleted`` the value is True to delete after all, False to keep. Raises NotFound where nothing
        is known of the field, TypeError where the field cannot hold the value.
        """
        record, field_name = conflict.split("/", 1) if isinstance(conflict, str) else conflict
        home = self.ledger.home(record)
        standing = self.ledger.standing(record, field_name)
        if home is None or not standing.heads:
            raise NotFound("conflict")
        kind, scope = home
        if field_name == DELETED:
            self._mark_deleted(kind, record, scope, deleted=bool(value))
            return
        encoded = fields.encode(value)
        for head in standing.heads:
            if fields.content(head.value) == value and head.value is not None:
                encoded = head.value
        self._write(kind, record, scope, field_name, encoded, standing, _ids(standing))

    def blob(self, data: bytes, media_type: str, scope: Id) -> BlobRef:
        """Keeps bytes for a field to refer to. Raises BadInput ``blob_too_large`` over 20 MB."""
        return put_blob(self.cursor, data, media_type, scope)

    def event(self, event: AuditEvent) -> bool:
        """Appends an audit event of who acts; False where it repeats a reading of this quarter of an hour."""
        person = self._identity.person
        if event.kind is AuditKind.OPENED and read_lately(self.cursor, person, event, self._moment()):
            return False
        self._write(EVENT_KIND, new_id(), person, EVENT, encode_event(event))
        return True

    def deleted(self, record: str) -> bool:
        """Whether the record is deleted, as far as its own field says."""
        heads = self.ledger.heads(record, DELETED)
        return bool(heads) and all(fields.content(head.value) is True for head in heads)

    def restore_value(self, written: Written, value: bytes) -> None:
        """For undo and redo: sets a field to a value as it stands in the log."""
        if written.field == DELETED:
            deleted = fields.content(value) is True
            self._mark_deleted(written.kind, written.record, written.scope, deleted=deleted)
            return
        standing = self.ledger.standing(written.record, written.field)
        self._write(written.kind, written.record, written.scope, written.field, value, standing, _ids(standing))

    def committed(self) -> None:
        """What was written is durable: the next unit goes on from there."""
        counter = self._counter
        counter.lamport = self.lamport
        if len(counter.tips) > _KNOWN:
            counter.tips.clear()
        counter.tips.update(self._tips)

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self.cursor.close()

    def _mark_deleted(self, kind: str, record: str, scope: str, *, deleted: bool) -> None:
        standing = self.ledger.standing(record, DELETED)
        seen = self.ledger.head_ids(record) if deleted else []
        self._write(kind, record, scope, DELETED, fields.encode(deleted), standing, (*_ids(standing), *seen))

    def _home(self, kind: str, record: str, scope: str | None = None) -> str:
        homes = self._counter.homes
        home = homes.get(record) or self.ledger.home(record)
        if home is None or home[0] != kind:
            raise NotFound(kind)
        if record not in self._made and len(homes) < _KNOWN:
            homes[record] = home
        if scope is not None and scope != home[1]:
            raise ValueError("another scope than the record's own")
        return home[1]

    def _set(
        self, kind: str, record: str, scope: str, name: str, encoded: bytes, spec: FieldSpec | None = None
    ) -> bool:
        standing = self.ledger.standing(record, name)
        shown = _shown(standing)
        encoded = _with_later_codes(spec, shown, encoded)
        if shown == encoded or (encoded in _SAYS_NOTHING and _of_a_later_version(spec, shown)):
            return False
        heads = standing.heads
        if len(heads) > 1:
            alike = likeness(shown)
            heads = [head for head in heads if likeness(head.value or fields.NULL) == alike]
        replaces = tuple(head.id for head in heads)
        self._write(kind, record, scope, name, encoded, standing, replaces)
        return True

    def _moment(self) -> int:
        if not self._at:
            self._at = self._now()
        return self._at

    def _write(
        self,
        kind: str,
        record: str,
        scope: str,
        name: str,
        value: bytes,
        standing: Standing = NOTHING,
        replaces: tuple[str, ...] = (),
    ) -> None:
        if len(value) > LARGEST:
            raise BadInput("entry_too_long")
        identity, incarnation = self._identity, self._counter.incarnation
        number, tip = self._tips.get(scope) or self._counter.tips.get(scope) or tip_of(self.cursor, scope, incarnation)
        self.lamport += 1
        place = Place(identity.person, identity.device, incarnation, number + 1, tip, self.lamport, self._moment())
        salt = secrets.token_bytes(16)
        change = make(
            place,
            kind=kind,
            record=record,
            scope=scope,
            field=name,
            replaces=replaces,
            salt=salt,
            value=value,
            key=identity.changes_key,
        )
        self.ledger.edit(change, place.at, (salt, value), standing)
        self._tips[scope] = (number + 1, change.id)
        if kind != EVENT_KIND:
            self.act.written.append(Written(change.id, kind, record, scope, name, _shown(standing), value))


def _shown(standing: Standing) -> bytes:
    return (standing.heads[0].value if standing.heads else None) or fields.NULL


def _with_later_codes(spec: FieldSpec | None, shown: bytes, encoded: bytes) -> bytes:
    """The set that is saved, and of the one that is shown those codes that a record left out."""
    before, after = fields.content(shown), fields.content(encoded)
    if spec is None or spec.enum is None or not isinstance(before, frozenset):
        return encoded
    later = fields.later_codes(spec, before)
    said = after if isinstance(after, frozenset) else frozenset()
    return fields.encode(said | later) if later else encoded


def _of_a_later_version(spec: FieldSpec | None, shown: bytes) -> bool:
    """Whether a record, or without a ``spec`` the answers of a response, leave out the value that is shown."""
    read = fields.content(shown) if spec is None else fields.column(spec, shown)
    return read is None and shown != fields.NULL


def _ids(standing: Standing) -> tuple[str, ...]:
    return tuple(head.id for head in standing.heads)


def _encoded(spec: FieldSpec, value: Any) -> bytes:
    """Raises TypeError where the field cannot hold the value, BadInput for text that would not read as it stands."""
    if value is None:
        return fields.NULL
    encoded = fields.encode(clean(value) if spec.holds is FieldType.TEXT and type(value) is str else value, spec.holds)
    if fields.column(spec, encoded) is None:
        raise TypeError(f"{spec.name} holds no {type(value).__name__}")
    return encoded


def _cleaned(value: Value | None) -> Value | None:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(clean(one) if isinstance(one, str) else one for one in value)
    return value


def _spec(specs: dict[str, FieldSpec], name: str) -> FieldSpec:
    if name not in specs:
        raise TypeError(f"no field {name}")
    return specs[name]


def _check_scope(kind: str, record: Record) -> None:
    for one in (record.id, record.scope):
        if len(one) != 32 or not set(one) <= set("0123456789abcdef"):
            raise ValueError("not an id")
    if kind in ("participant", "team") and record.id != record.scope:
        raise ValueError(f"a {scope_of(kind)} is its own scope")
