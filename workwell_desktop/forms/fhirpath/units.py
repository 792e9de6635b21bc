"""The units whose quantities can be compared and converted: the part of UCUM that assessments use.

A unit is read as UCUM writes it: prefixes, ``.`` and ``/``, exponents, and annotations in braces, which say nothing.
One that is not here equals only itself. Calendar words count as UCUM units from seconds to weeks; years and months
equal only themselves (FHIRPath 2.0, section "Time-valued quantities").
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

_Dimension = tuple[tuple[str, int], ...]

_BASES: dict[str, tuple[str, int, str]] = {
    "g": ("mass", 1, "1"),
    "[lb_av]": ("mass", 1, "453.59237"),
    "[oz_av]": ("mass", 1, "28.349523125"),
    "[stone_av]": ("mass", 1, "6350.29318"),
    "t": ("mass", 1, "1000000"),
    "m": ("length", 1, "1"),
    "[in_i]": ("length", 1, "0.0254"),
    "[ft_i]": ("length", 1, "0.3048"),
    "[yd_i]": ("length", 1, "0.9144"),
    "[mi_i]": ("length", 1, "1609.344"),
    "L": ("length", 3, "0.001"),
    "l": ("length", 3, "0.001"),
    "s": ("time", 1, "1"),
    "min": ("time", 1, "60"),
    "h": ("time", 1, "3600"),
    "d": ("time", 1, "86400"),
    "wk": ("time", 1, "604800"),
    "a": ("year", 1, "1"),
    "mo": ("month", 1, "1"),
    "%": ("", 0, "0.01"),
    "10*": ("", 0, "10"),
    "10^": ("", 0, "10"),
    "mol": ("amount", 1, "1"),
    "Pa": ("pressure", 1, "1"),
    "bar": ("pressure", 1, "100000"),
    "m[Hg]": ("pressure", 1, "133322"),
    "m[H2O]": ("pressure", 1, "9806.65"),
    "J": ("energy", 1, "1"),
    "cal": ("energy", 1, "4.184"),
    "Hz": ("time", -1, "1"),
    "[IU]": ("international", 1, "1"),
    "[iU]": ("international", 1, "1"),
    "U": ("enzyme", 1, "1"),
    "eq": ("equivalent", 1, "1"),
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
    "p": "0.000000000001",
    "M": "1000000",
}
_PREFIXED = frozenset("g m L l s mol Pa bar m[Hg] m[H2O] J cal Hz [IU] [iU] U eq".split())
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
_SCALES: dict[str, Fraction] = {
    "K": Fraction(0),
    "Cel": Fraction("273.15"),
    "[degF]": Fraction("459.67"),
}
"""Scales of temperature, and how far above nothing each begins, in its own degrees."""

_NOTE = re.compile(r"\{[^{}]*\}")
_TERM = re.compile(r"([./]?)(10[*^]|[^./]*?)([+-]?\d+)?(?=[./]|$)")


@cache
def _known(unit: str) -> tuple[_Dimension, Fraction]:
    """Dimension and factor; an unknown unit is a dimension of its own."""
    name = _WORDS.get(unit) or _WORDS.get(unit.removesuffix("s")) or unit
    if name in _SCALES:
        return (("temperature", 1),), Fraction(1)
    found: dict[str, int] = {}
    factor = Fraction(1)
    bare = _NOTE.sub("", name)
    place = 0
    while place < len(bare):
        match = _TERM.match(bare, place)
        if match is None or match.end() == place:
            return ((f"only {name}", 1),), Fraction(1)
        sign, atom, exponent = match.groups()
        one = _atom(atom)
        power = int(exponent or 1) * (-1 if sign == "/" else 1)
        if not atom and exponent:  # a plain number
            one, power = ("", 0, Fraction(abs(int(exponent)) or 1)), -1 if sign == "/" else 1
        if one is None or abs(power) > 12:
            return ((f"only {name}", 1),), Fraction(1)
        dimension, times, size = one
        found[dimension] = found.get(dimension, 0) + times * power
        factor *= size**power
        place = match.end()
    return tuple(sorted((part, power) for part, power in found.items() if part and power)), factor


def _atom(atom: str) -> tuple[str, int, Fraction] | None:
    """What one name of a unit measures, to which power, and its size."""
    if atom in ("", "1"):
        return "", 0, Fraction(1)
    if atom in _BASES:
        dimension, power, size = _BASES[atom]
        return dimension, power, Fraction(size)
    for prefix, times in _PREFIXES.items():
        rest = atom.removeprefix(prefix)
        if rest != atom and rest in _PREFIXED:
            dimension, power, size = _BASES[rest]
            return dimension, power, Fraction(size) * Fraction(times)
    return None


def same_dimension(left: str, right: str) -> bool:
    """Whether two units measure the same thing."""
    return _known(left)[0] == _known(right)[0]


def to_base(value: Decimal, unit: str) -> Fraction:
    """The exact value in the base unit of its dimension."""
    if unit == "Cel":
        return Fraction(value) + _SCALES[unit]
    if unit == "[degF]":
        return (Fraction(value) + _SCALES[unit]) * 5 / 9
    return Fraction(value) * _known(unit)[1]


def converted(value: Decimal, unit: str, target: str) -> Decimal:
    """The value in ``target``, which must be of the same dimension."""
    if unit == target:
        return value
    found = to_base(value, unit)
    if target == "Cel":
        found -= _SCALES[target]
    elif target == "[degF]":
        found = found * 9 / 5 - _SCALES[target]
    else:
        found /= _known(target)[1]
    return Decimal(found.numerator) / Decimal(found.denominator)
