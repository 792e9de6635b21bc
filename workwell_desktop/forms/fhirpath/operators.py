"""Operators: FHIRPath 2.0 section 6, with three-valued logic and exact decimals."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Any

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import (
    Coll,
    Quantity,
    as_quantity,
    collections_equal,
    compare_numbers,
    distinct,
    equal,
    single,
    system,
    truth,
)
from workwell_desktop.forms.fhirpath.units import converted, same_dimension

STEP = Decimal("1E-8")
"""The step of a FHIRPath decimal: a quotient is rounded to it."""


MOST = 10**28
MAX_TEXT = 1_000_000


def limited(value: Decimal) -> Decimal:
    """A result in the range and step of a FHIRPath decimal."""
    if not value.is_finite() or abs(value) >= Decimal("1E28"):
        raise EvaluationError("beyond the range of a number")
    exponent = value.as_tuple().exponent
    return value.quantize(STEP) if isinstance(exponent, int) and exponent < -8 and abs(value) < 10**19 else value


def plus(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None:
        return []
    if isinstance(a, str) and isinstance(b, str):
        return [_text(a + b)]
    if isinstance(a, str) and isinstance(b, Quantity):
        a = _moment(a)
    if isinstance(a, Temporal) and isinstance(b, Quantity):
        return [a.plus(b.value, b.unit)]
    return _arithmetic(a, b, lambda x, y: x + y, same_unit=True)


def minus(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None:
        return []
    if isinstance(a, str) and isinstance(b, Quantity):
        a = _moment(a)
    if isinstance(a, Temporal) and isinstance(b, Quantity):
        return [a.plus(-b.value, b.unit)]
    return _arithmetic(a, b, lambda x, y: x - y, same_unit=True)


def _moment(written: str) -> Any:
    try:
        return Temporal.parse("date" if "T" not in written else "dateTime", written)
    except ValueError:
        return written


def _arithmetic(a: Any, b: Any, run: Callable[[Any, Any], Any], *, same_unit: bool) -> Coll:
    if isinstance(a, bool) or isinstance(b, bool):
        raise EvaluationError("not a number")
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
        value = run(a, b)
        if isinstance(value, int) and abs(value) >= MOST:
            raise EvaluationError("beyond the range of a number")
        return [limited(value) if isinstance(value, Decimal) else value]
    if same_unit and isinstance(a, Quantity) and isinstance(b, Quantity):
        if not same_dimension(a.unit, b.unit):
            return []
        return [Quantity(limited(run(a.value, converted(b.value, b.unit, a.unit))), a.unit, a.calendar)]
    raise EvaluationError("not numbers of one kind")


def times(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None:
        return []
    if isinstance(a, Quantity) or isinstance(b, Quantity):
        x, y = _quantities(a, b)
        if x.unit != y.unit and "1" not in (x.unit, y.unit) and same_dimension(x.unit, y.unit):
            x = Quantity(converted(x.value, x.unit, y.unit), y.unit)
        return [Quantity(limited(x.value * y.value), _product(x.unit, y.unit))]
    return _arithmetic(a, b, lambda x, y: x * y, same_unit=False)


def divided(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None:
        return []
    if isinstance(a, Quantity) or isinstance(b, Quantity):
        x, y = _quantities(a, b)
        if not y.value:
            return []
        if same_dimension(x.unit, y.unit):
            return [Quantity(limited(converted(x.value, x.unit, y.unit) / y.value), "1")]
        return [Quantity(limited(x.value / y.value), x.unit if y.unit == "1" else f"{x.unit}/{y.unit}")]
    if _nought(b):
        return []
    return _arithmetic(a, b, lambda x, y: Decimal(x) / Decimal(y), same_unit=False)


def _nought(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value == 0


def _quantities(a: Any, b: Any) -> tuple[Quantity, Quantity]:
    for item in (a, b):
        if isinstance(item, bool) or not isinstance(item, int | Decimal | Quantity):
            raise EvaluationError("not a number")
    return as_quantity(a), as_quantity(b)


def _product(left: str, right: str) -> str:
    if left == "1" or right == "1":
        return right if left == "1" else left
    return f"{left}2" if left == right else f"{left}.{right}"


def quotient(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None or _nought(b):
        return []
    found = _arithmetic(a, b, lambda x, y: (Decimal(x) / Decimal(y)).to_integral_value(ROUND_DOWN), same_unit=False)
    return [int(found[0])]


def remainder(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    if a is None or b is None or _nought(b):
        return []
    both = isinstance(a, int) and isinstance(b, int)
    found = _arithmetic(a, b, lambda x, y: Decimal(x) % Decimal(y), same_unit=False)
    return [int(found[0])] if both else found


def joined(left: Coll, right: Coll) -> Coll:
    a, b = single(left), single(right)
    for item in (a, b):
        if item is not None and not isinstance(item, str):
            raise EvaluationError("not text")
    return [_text((a or "") + (b or ""))]


def _text(made: str) -> str:
    if len(made) > MAX_TEXT:
        raise EvaluationError("a text without end")
    return made


def ordered(left: Coll, right: Coll) -> int | None:
    """-1, 0 or 1 of two single items; None where unknown."""
    a, b = single(left), single(right)
    if a is None or b is None:
        return None
    if isinstance(a, bool) or isinstance(b, bool):
        raise EvaluationError("not ordered")
    if isinstance(a, Temporal) and isinstance(b, str):
        b = _like(b, a)
    elif isinstance(b, Temporal) and isinstance(a, str):
        a = _like(a, b)
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
        return (a > b) - (a < b)
    if isinstance(a, str) and isinstance(b, str):
        return (a > b) - (a < b)
    if isinstance(a, Temporal) and isinstance(b, Temporal):
        return a.compared(b)
    if isinstance(a, int | Decimal | Quantity) and isinstance(b, int | Decimal | Quantity):
        return compare_numbers(as_quantity(a), as_quantity(b))
    raise EvaluationError("not of one kind")


def _like(written: str, like: Temporal) -> Any:
    try:
        return Temporal.parse("time" if like.kind == "time" else "dateTime", written)
    except ValueError:
        return written


def _comparison(test: Callable[[int], bool]) -> Callable[[Coll, Coll], Coll]:
    def run(left: Coll, right: Coll) -> Coll:
        order = ordered(left, right)
        return [] if order is None else [test(order)]

    return run


def same(left: Coll, right: Coll) -> Coll:
    known = collections_equal(left, right)
    return [] if known is None else [known]


def different(left: Coll, right: Coll) -> Coll:
    known = collections_equal(left, right)
    return [] if known is None else [not known]


def equivalent(left: Coll, right: Coll) -> bool:
    """FHIRPath ``~``: no order, no case, the least precision of two decimals; codings by system and code."""
    if len(left) != len(right):
        return False
    rest = list(right)
    for item in left:
        for place, other in enumerate(rest):
            if _alike(item, other):
                del rest[place]
                break
        else:
            return False
    return True


def _alike(left: Any, right: Any) -> bool:
    a, b = system(left), system(right)
    if isinstance(a, str) and isinstance(b, str):
        return " ".join(a.lower().split()) == " ".join(b.lower().split())
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
        return _same_number(Decimal(a), Decimal(b))
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        one, other = _ALIKE.get(a.unit, a.unit), _ALIKE.get(b.unit, b.unit)
        return same_dimension(one, other) and _same_number(a.value, converted(b.value, other, one))
    if getattr(a, "type", None) == "Coding" and getattr(b, "type", None) == "Coding":
        return all([system(x) for x in a.get(part)] == [system(x) for x in b.get(part)] for part in ("system", "code"))
    if isinstance(a, Temporal) and isinstance(b, Temporal):
        return a.kind == b.kind and a.compared(b) == 0
    return bool(equal(left, right))


_ALIKE = {"year": "a", "years": "a", "month": "mo", "months": "mo"}
"""Calendar durations that are equivalent to a unit of UCUM, and not equal to it (FHIRPath 2.0, 4.1.8)."""


def _same_number(a: Decimal, b: Decimal) -> bool:
    places = max(min(int(each.as_tuple().exponent), 0) for each in (a, b))
    step = Decimal(1).scaleb(int(places))
    with localcontext() as context:
        context.prec = 60
        return a.quantize(step) == b.quantize(step)


def is_in(left: Coll, right: Coll) -> Coll:
    if not left:
        return []
    if len(left) > 1:
        raise EvaluationError("several items where one is needed")
    return [any(equal(left[0], item) for item in right)]


def both(a: bool | None, b: bool | None) -> Coll:
    if a is False or b is False:
        return [False]
    return [] if a is None or b is None else [True]


def either(a: bool | None, b: bool | None) -> Coll:
    if a or b:
        return [True]
    return [] if a is None or b is None else [False]


def one_of(left: Coll, right: Coll) -> Coll:
    a, b = truth(left), truth(right)
    return [] if a is None or b is None else [a != b]


BINARY: dict[str, Callable[[Coll, Coll], Coll]] = {
    "+": plus,
    "-": minus,
    "*": times,
    "/": divided,
    "div": quotient,
    "mod": remainder,
    "&": joined,
    "=": same,
    "!=": different,
    "~": lambda left, right: [equivalent(left, right)],
    "!~": lambda left, right: [not equivalent(left, right)],
    "<": _comparison(lambda order: order < 0),
    ">": _comparison(lambda order: order > 0),
    "<=": _comparison(lambda order: order <= 0),
    ">=": _comparison(lambda order: order >= 0),
    "|": lambda left, right: distinct([*left, *right]),
    "in": is_in,
    "contains": lambda left, right: is_in(right, left),
    "xor": one_of,
}
"""Operators that need both sides; ``and``, ``or`` and ``implies`` may know the answer from one."""

ARITHMETIC_ERRORS = (InvalidOperation, DivisionByZero, OverflowError)
