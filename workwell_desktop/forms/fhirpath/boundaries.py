"""How exact a value is and what it may stand for: ``precision``, ``lowBoundary``, ``highBoundary`` (FHIRPath 3.0,
sections 5.7 and 5.8).

A decimal stands for everything that rounds to it, a date or time for every moment within it. Where the official suite
says more than the specification, it is followed: what is nothing at the wanted precision has a boundary of nothing,
and an hour alone, which FHIR does not know, is the hour with no minutes.
"""

import calendar
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.functions import whole
from workwell_desktop.forms.fhirpath.registry import function
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, Quantity, single

_MOST_DIGITS = 31
_EARLIEST, _LATEST = 14 * 60, -12 * 60
"""Minutes east of UTC where a day begins first and ends last: what a moment may mean whose place nobody said."""
_DIGITS = {"date": (4, 6, 8), "dateTime": (4, 6, 8, 10, 12, 14, 17), "time": (2, 4, 6, 9)}
"""How many digits a value of each kind has by the number of its parts, as its precision is written."""


@function("precision")
def _precision(env: Environment, items: Coll) -> Coll:
    value = single(items)
    if isinstance(value, Temporal):
        return [_DIGITS[value.kind][len(value.parts) - 1]]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _of_nothing(value)
    return [0 if isinstance(value, int) else max(0, -_exponent(value))]


@function("lowBoundary", 0, 1)
def _low(env: Environment, items: Coll, places: Coll | None = None) -> Coll:
    return _boundary(items, places, low=True)


@function("highBoundary", 0, 1)
def _high(env: Environment, items: Coll, places: Coll | None = None) -> Coll:
    return _boundary(items, places, low=False)


def _boundary(items: Coll, places: Coll | None, *, low: bool) -> Coll:
    value = single(items)
    digits = whole(places) if places else None
    if isinstance(value, Temporal):
        return _of_temporal(value, digits, low=low)
    if isinstance(value, Quantity):
        found = _of_number(value.value, 8 if digits is None else digits, low=low)
        return [Quantity(one, value.unit, value.calendar) for one in found]
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return _of_nothing(value)
    return list(_of_number(Decimal(value), 8 if digits is None else digits, low=low))


def _of_nothing(value: object) -> Coll:
    if value is None:
        return []
    raise EvaluationError("neither a number nor a date or time")


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise EvaluationError("not a number")
    return exponent


def _of_number(value: Decimal, digits: int, *, low: bool) -> list[Decimal]:
    if not 0 <= digits <= _MOST_DIGITS:
        return []
    with localcontext(prec=100):
        half = Decimal(5).scaleb(min(_exponent(value), 0) - 1)
        edge = value - half if low else value + half
        step = Decimal(1).scaleb(-digits)
        if value and abs(edge) < step / 2 and abs(value) < step / 2:
            return [Decimal(0).quantize(step)]
        return [edge.quantize(step, ROUND_FLOOR if low else ROUND_CEILING)]


def _of_temporal(value: Temporal, digits: int | None, *, low: bool) -> Coll:
    known = _DIGITS[value.kind]
    wanted = known[-1] if digits is None else digits
    if wanted not in known:
        return []
    count = known.index(wanted) + 1
    parts = list(value.parts)
    clock = 0 if value.kind == "time" else 3
    if value.kind == "dateTime" and len(parts) == clock + 1:
        parts.append(0)
    while len(parts) < count:
        parts.append(_filled(parts, clock, low=low))
    offset = value.offset
    if value.kind == "dateTime" and offset is None:
        offset = _EARLIEST if low else _LATEST
    timed = value.kind == "dateTime" and count > 3
    return [Temporal(value.kind, tuple(parts[:count]), offset if timed else None)]


def _filled(parts: list[int], clock: int, *, low: bool) -> int:
    """The least or greatest next part."""
    place = len(parts) - clock
    if place >= 0:
        return 0 if low else (23, 59, 59, 999)[place]
    if low:
        return 1
    return 12 if len(parts) == 1 else calendar.monthrange(parts[0], parts[1])[1]
