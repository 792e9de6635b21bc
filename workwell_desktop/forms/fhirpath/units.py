"""The units whose quantities can be compared and converted: the part of UCUM that assessments use.

A unit that is not here equals only itself. Calendar words count as UCUM units from seconds to weeks; years and months
equal only themselves (FHIRPath 2.0, section "Time-valued quantities").
"""

from decimal import Decimal
from functools import cache

_BASES: dict[str, tuple[str, str]] = {
    "g": ("mass", "1"),
    "[lb_av]": ("mass", "453.59237"),
    "[oz_av]": ("mass", "28.349523125"),
    "t": ("mass", "1000000"),
    "m": ("length", "1"),
    "[in_i]": ("length", "0.0254"),
    "[ft_i]": ("length", "0.3048"),
    "[yd_i]": ("length", "0.9144"),
    "[mi_i]": ("length", "1609.344"),
    "L": ("volume", "1"),
    "l": ("volume", "1"),
    "s": ("time", "1"),
    "min": ("time", "60"),
    "h": ("time", "3600"),
    "d": ("time", "86400"),
    "wk": ("time", "604800"),
    "a": ("year", "1"),
    "mo": ("month", "1"),
    "1": ("number", "1"),
    "": ("number", "1"),
    "%": ("number", "0.01"),
    "mol": ("amount", "1"),
    "Pa": ("pressure", "1"),
    "m[Hg]": ("pressure", "133322"),
    "J": ("energy", "1"),
    "cal": ("energy", "4.184"),
    "Hz": ("rate", "1"),
}
_PREFIXES = {
    "k": "1000",
    "h": "100",
    "da": "10",
    "d": "0.1",
    "c": "0.01",
    "m": "0.001",
    "u": "0.000001",
    "n": "0.000000001",
    "M": "1000000",
}
_PREFIXED = frozenset(("g", "m", "L", "l", "s", "mol", "Pa", "m[Hg]", "J", "cal", "Hz"))
_WORDS = {
    "week": "wk",
    "day": "d",
    "hour": "h",
    "minute": "min",
    "second": "s",
    "millisecond": "ms",
    "year": "year",
    "month": "month",
}


@cache
def _known(unit: str) -> tuple[str, Decimal]:
    """Dimension and factor; an unknown unit is a dimension of its own."""
    name = _WORDS.get(unit) or _WORDS.get(unit.removesuffix("s")) or unit
    if name in _BASES:
        dimension, factor = _BASES[name]
        return dimension, Decimal(factor)
    for prefix, factor in _PREFIXES.items():
        rest = name.removeprefix(prefix)
        if rest != name and rest in _PREFIXED:
            dimension, base = _BASES[rest]
            return dimension, Decimal(base) * Decimal(factor)
    return f"only {name}", Decimal(1)


def same_dimension(left: str, right: str) -> bool:
    """Whether two units measure the same thing."""
    return _known(left)[0] == _known(right)[0]


def to_base(value: Decimal, unit: str) -> Decimal:
    """The value in the base unit of its dimension."""
    return value * _known(unit)[1]


def converted(value: Decimal, unit: str, target: str) -> Decimal:
    """The value in ``target``, which must be of the same dimension."""
    return to_base(value, unit) / _known(target)[1]
