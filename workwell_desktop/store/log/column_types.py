"""How a field of a record stands in a column, for reading a record and for comparing in a query."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from workwell_desktop.domain.records import FieldSpec, FieldType
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.store.log import fields


class _Kept(TypeDecorator[Any]):
    """Text in the column; ``written`` and ``read`` convert."""

    impl: Any = String
    cache_ok = True

    def __init__(
        self, holds: str, written: Callable[[Any], Any], read: Callable[[Any], Any], empty: Any = None
    ) -> None:
        super().__init__()
        self.holds = holds
        self._written = written
        self._read = read
        self._empty = empty

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        del dialect
        return None if value is None else self._written(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        del dialect
        return self._empty if value is None else self._read(value)


class _Flag(_Kept):
    impl = Integer
    cache_ok = True


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _set(value: frozenset[str]) -> str:
    return json.dumps(sorted(value), separators=(",", ":"), ensure_ascii=False)


def type_of(spec: FieldSpec) -> TypeEngine[Any]:
    """The type of the column for one field."""
    if spec.enum is not None and spec.holds is FieldType.CODE:
        return _Kept(f"code {spec.enum.__name__}", str, spec.enum)
    return _TYPES[spec.holds]


_TYPES: dict[FieldType, TypeEngine[Any]] = {
    FieldType.TEXT: String(),
    FieldType.CODE: String(),
    FieldType.ID: String(),
    FieldType.FLAG: _Flag("flag", int, bool),
    FieldType.INTEGER: Integer(),
    FieldType.DECIMAL: _Kept("decimal", str, Decimal),
    FieldType.DATE: _Kept("date", date.isoformat, date.fromisoformat),
    FieldType.PARTIAL_DATE: _Kept("partial date", str, PartialDate.parse),
    FieldType.MOMENT: _Kept("moment", _moment, fields.moment),
    FieldType.SET: _Kept("set", _set, lambda written: frozenset(json.loads(written)), frozenset()),
    FieldType.BLOB: _Kept("blob", fields.blob_column, fields.blob_of),
}
