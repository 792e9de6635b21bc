"""How a kind of record is declared, once, for the log, the tables and the pages.

A kind is a dataclass made by ``@record(kind, scope)``. Every field but ``id`` and ``scope`` is one field of the change
log; its type says what it may hold. What a later version or a conflict leaves unset is None, so every field that is
not a collection is optional by nature and checked by the service that writes it.
"""

import secrets
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NewType, TypeVar, dataclass_transform

from workwell_desktop.domain.values import BlobRef, PartialDate

Id = NewType("Id", str)
"""32 lower-case hexadecimal characters, random; a position is never an identity."""

Code = NewType("Code", str)
"""A word of a closed list: of the program's own, or of the site pack."""


_draw: ContextVar[Callable[[], str] | None] = ContextVar("draw", default=None)


def new_id() -> Id:
    """A fresh identity."""
    draw = _draw.get()
    return Id(secrets.token_hex(16) if draw is None else draw())


@contextmanager
def ids_from(draw: Callable[[], str]) -> Iterator[None]:
    """Ids of this context come from ``draw``, so that a synthetic caseload is the same whenever it is made."""
    before = _draw.set(draw)
    try:
        yield
    finally:
        _draw.reset(before)


class Scope(StrEnum):
    """Whose record something is; grants, sync and erasure go by it."""

    PARTICIPANT = "participant"
    TEAM = "team"
    PARTNERSHIP = "partnership"
    PERSON = "person"


class FieldType(StrEnum):
    """What a field of a record may hold, as it is written in the log."""

    TEXT = "text"
    CODE = "code"
    ID = "id"
    FLAG = "flag"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    MOMENT = "moment"
    SET = "set"
    BLOB = "blob"


_TYPES: dict[Any, FieldType] = {
    str: FieldType.TEXT,
    Code: FieldType.CODE,
    Id: FieldType.ID,
    bool: FieldType.FLAG,
    int: FieldType.INTEGER,
    Decimal: FieldType.DECIMAL,
    date: FieldType.DATE,
    PartialDate: FieldType.PARTIAL_DATE,
    datetime: FieldType.MOMENT,
    BlobRef: FieldType.BLOB,
}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind. ``enum`` is the StrEnum that a code belongs to, or each code of a set, which is declared as
    ``Annotated[frozenset[str], Words]``; None for codes of the site."""

    name: str
    holds: FieldType
    enum: type[StrEnum] | None = None


@dataclass(kw_only=True, eq=False)
class Record:
    """What every record has: its identity and the id of the scope that it belongs to."""

    id: Id
    scope: Id


R = TypeVar("R", bound=Record)
KINDS: dict[str, type[Record]] = {}
_SCOPES: dict[str, Scope] = {}
_NAMES: dict[type[Record], str] = {}
_RESTRICTED: set[str] = set()


@dataclass_transform(kw_only_default=True, eq_default=False)
def record(kind: str, scope: Scope, *, restricted: bool = False) -> Callable[[type[R]], type[R]]:
    """Declares a kind of record: its name in the log, and whose scope it lives in.

    A restricted kind is never part of "every kind" that a role may read or export: the site pack has to name it.
    """

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(kw_only=True, eq=False)(cls)
        if kind in KINDS:
            raise ValueError(f"the kind {kind} is declared twice")
        KINDS[kind] = made
        _SCOPES[kind] = scope
        _NAMES[made] = kind
        if restricted:
            _RESTRICTED.add(kind)
        return made

    return declare


def kind_of(cls: type[Record]) -> str:
    """The name of a kind in the log."""
    return _NAMES[cls]


def scope_of(kind: str) -> Scope:
    """Whose scope a kind lives in."""
    return _SCOPES[kind]


def is_restricted(kind: str) -> bool:
    """Whether a role has to be given this kind by name."""
    return kind in _RESTRICTED


@cache
def fields_of(cls: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of a kind, in the order of their declaration, without ``id`` and ``scope``."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(_spec(f.name, hints[f.name]) for f in fields(cls) if f.name not in ("id", "scope"))


def _spec(name: str, hint: Any) -> FieldSpec:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (hint,) = (arm for arm in typing.get_args(hint) if arm is not type(None))
    if typing.get_origin(hint) is typing.Annotated:
        return FieldSpec(name, FieldType.SET, *hint.__metadata__)
    if typing.get_origin(hint) is frozenset:
        return FieldSpec(name, FieldType.SET)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return FieldSpec(name, FieldType.CODE, hint)
    return FieldSpec(name, _TYPES[hint])
