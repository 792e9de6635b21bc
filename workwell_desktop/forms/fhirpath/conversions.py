"""Conversions and ``type()``: FHIRPath 2.0 section 5.5 and 10."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.registry import function
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, Primitive, Quantity, TypeName, single
from workwell_desktop.forms.fhirpath.units import converted, same_dimension

_TRUE = frozenset(("true", "t", "yes", "y", "1", "1.0"))
_FALSE = frozenset(("false", "f", "no", "n", "0", "0.0"))
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
_QUANTITY = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|([a-zA-Z]+))?")
_CALENDAR = re.compile(r"(year|month|week|day|hour|minute|second|millisecond)s?")
_KINDS = {"date": "Date", "dateTime": "DateTime", "time": "Time"}


def system_type(item: Any) -> str | None:
    """The System type of a plain value, None for anything of FHIR."""
    if isinstance(item, bool):
        return "Boolean"
    for kind, name in ((int, "Integer"), (Decimal, "Decimal"), (str, "String"), (Quantity, "Quantity")):
        if isinstance(item, kind):
            return name
    return _KINDS[item.kind] if isinstance(item, Temporal) else None


@function("type")
def _type(env: Environment, items: Coll) -> Coll:
    found: Coll = []
    for item in items:
        name = system_type(item)
        found.append(TypeName("System", name) if name else TypeName("FHIR", item.type))
    return found


def as_text(value: Any) -> str | None:
    """A plain value as FHIRPath writes it; None for an element with children."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | Temporal):
        return str(value)
    if isinstance(value, Quantity):
        unit = value.unit if value.calendar else f"'{value.unit}'"
        return f"{format(value.value, 'f')} {unit}"
    return None


def to_boolean(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return bool(value) if value in (0, 1) else None
    if isinstance(value, str):
        word = value.lower()
        return True if word in _TRUE else False if word in _FALSE else None
    return None


def to_integer(value: Any) -> int | None:
    if isinstance(value, bool | int):
        return int(value)
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        return int(value)  # written without a point, as round(0) and a quotient without rest give it
    if isinstance(value, str) and len(value) < 30 and _INTEGER.fullmatch(value):
        return int(value)
    return None


def to_decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool | int | Decimal):
        return Decimal(value)
    if isinstance(value, str) and len(value) < 60 and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return None


def to_quantity(value: Any) -> Quantity | None:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, bool | int | Decimal):
        return Quantity(Decimal(value), "1")
    match = _QUANTITY.fullmatch(value) if isinstance(value, str) and len(value) < 80 else None
    if match is None:
        return None
    number, unit, word = match.groups()
    if word and not _CALENDAR.fullmatch(word):
        return None
    return Quantity(Decimal(number), unit or word or "1", bool(word))


def _temporal(kind: str) -> Callable[[Any], Temporal | None]:
    def run(value: Any) -> Temporal | None:
        if isinstance(value, Temporal):
            if kind == "time" or value.kind == "time":
                return value if value.kind == kind else None
            return value.day if kind == "date" else Temporal("dateTime", value.parts, value.offset)
        if not isinstance(value, str) or len(value) > 40:
            return None
        try:
            if kind == "date":
                return Temporal.parse("dateTime", value).day
            return Temporal.parse(kind, value.removeprefix("T") if kind == "time" else value)
        except ValueError:
            return None

    return run


def _conversion(name: str, run: Callable[[Any], Any]) -> None:
    def convert(env: Environment, items: Coll) -> Coll:
        value = single(items)
        made = None if value is None else run(value)
        return [] if made is None else [made]

    def converts(env: Environment, items: Coll) -> Coll:
        value = single(items)
        return [] if value is None else [run(value) is not None]

    function(f"to{name}")(convert)
    function(f"convertsTo{name}")(converts)


for _name, _run in (
    ("Boolean", to_boolean),
    ("Integer", to_integer),
    ("Decimal", to_decimal),
    ("String", as_text),
    ("Date", _temporal("date")),
    ("DateTime", _temporal("dateTime")),
    ("Time", _temporal("time")),
):
    _conversion(_name, _run)


@function("toQuantity", 0, 1)
def _to_quantity(env: Environment, items: Coll, unit: Coll | None = None) -> Coll:
    value = single(items)
    found = None if value is None else to_quantity(value)
    if found is None or not unit:
        return [] if found is None else [found]
    target = single(unit)
    if not isinstance(target, str) or not same_dimension(found.unit, target):
        return []
    return [Quantity(converted(found.value, found.unit, target), target)]


@function("convertsToQuantity", 0, 1)
def _converts_to_quantity(env: Environment, items: Coll, unit: Coll | None = None) -> Coll:
    return [bool(_to_quantity(env, items, unit))] if items else []


def require_text(items: Coll) -> str | None:
    """One text, None where empty; EvaluationError for anything else."""
    value = single(items)
    if value is None or isinstance(value, str):
        return value
    if isinstance(items[0], Primitive | Temporal):
        return as_text(value)
    raise EvaluationError("not text")
