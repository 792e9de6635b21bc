"""Functions over numbers: FHIRPath 2.0 section 5.7, in exact decimals."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.functions import numbers, whole
from workwell_desktop.forms.fhirpath.operators import BINARY, limited, ordered, plus
from workwell_desktop.forms.fhirpath.registry import function
from workwell_desktop.forms.fhirpath.types import Coll, Environment, Quantity, single


def _number(items: Coll) -> Any:
    found = numbers(items)
    if len(found) > 1:
        raise EvaluationError("several items where one is needed")
    return found[0] if found else None


def _decimal(items: Coll) -> Decimal | None:
    value = _number(items)
    if isinstance(value, Quantity):
        raise EvaluationError("not a plain number")
    return None if value is None else Decimal(value)


def _to_whole(rounding: str) -> Callable[[Environment, Coll], Coll]:
    def run(env: Environment, items: Coll) -> Coll:
        value = _number(items)
        if value is None:
            return []
        if isinstance(value, Quantity):
            return [Quantity(value.value.to_integral_value(rounding), value.unit, value.calendar)]
        return [int(Decimal(value).to_integral_value(rounding))]

    return run


function("ceiling")(_to_whole(ROUND_CEILING))
function("floor")(_to_whole(ROUND_FLOOR))
function("truncate")(_to_whole(ROUND_DOWN))


@function("abs")
def _abs(env: Environment, items: Coll) -> Coll:
    value = _number(items)
    if isinstance(value, Quantity):
        return [Quantity(abs(value.value), value.unit, value.calendar)]
    return [] if value is None else [abs(value)]


@function("round", 0, 1)
def _round(env: Environment, items: Coll, places: Coll | None = None) -> Coll:
    value = _decimal(items)
    digits = whole(places) if places else 0
    if value is None or not 0 <= digits <= 20:
        return []
    return [value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)]


@function("sqrt")
def _sqrt(env: Environment, items: Coll) -> Coll:
    value = _decimal(items)
    return [] if value is None or value < 0 else [limited(value.sqrt())]


@function("exp")
def _exp(env: Environment, items: Coll) -> Coll:
    value = _decimal(items)
    if value is not None and abs(value) > 70:
        raise EvaluationError("beyond the range of a number")
    return [] if value is None else [value.exp()]


@function("ln")
def _ln(env: Environment, items: Coll) -> Coll:
    value = _decimal(items)
    return [] if value is None or value <= 0 else [value.ln()]


@function("log", 1)
def _log(env: Environment, items: Coll, base: Coll) -> Coll:
    value, by = _decimal(items), _decimal(base)
    if value is None or by is None or value <= 0 or by <= 0 or by == 1:
        return []
    return [limited(value.ln() / by.ln())]


@function("power", 1)
def _power(env: Environment, items: Coll, exponent: Coll) -> Coll:
    value, by = _number(items), _number(exponent)
    if value is None or by is None:
        return []
    if isinstance(value, Quantity) or isinstance(by, Quantity):
        raise EvaluationError("not a plain number")
    if abs(by) > 1000:
        raise EvaluationError("beyond the range of a number")
    if isinstance(value, int) and isinstance(by, int) and by >= 0:
        return [limited_whole(Decimal(value) ** by)]
    if (value < 0 and by != int(by)) or (value == 0 and by < 0):
        return []
    return [Decimal(value) ** Decimal(by)]


def limited_whole(value: Decimal) -> Any:
    """A whole result as an integer, within range."""
    return int(limited(value))


@function("sum")
def _sum(env: Environment, items: Coll) -> Coll:
    if not items:
        return []
    total: Coll = [numbers(items)[0]]
    for item in numbers(items)[1:]:
        total = plus(total, [item])
    return total


@function("avg")
def _avg(env: Environment, items: Coll) -> Coll:
    return BINARY["/"](_sum(env, items), [len(items)]) if items else []


def _extreme(sign: int) -> Callable[[Environment, Coll], Coll]:
    def run(env: Environment, items: Coll) -> Coll:
        best: Coll = items[:1]
        for item in items[1:]:
            if (ordered([item], best) or 0) * sign > 0:
                best = [item]
        return [single(best)] if best else []

    return run


function("min")(_extreme(-1))
function("max")(_extreme(1))
