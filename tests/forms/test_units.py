"""Quantities in different units: the same amount is the same, exactly, and what measures something else is not."""

from decimal import Decimal

import pytest

from workwell_desktop.forms.fhirpath.types import Quantity, compare_numbers
from workwell_desktop.forms.fhirpath.units import converted

SAME = [
    ("1", "kg", "1000", "g"),
    ("1", "[stone_av]", "14", "[lb_av]"),
    ("12", "[in_i]", "1", "[ft_i]"),
    ("1", "L", "1000", "cm3"),
    ("90", "mg/dL", "0.9", "g/L"),
    ("5", "10*9/L", "5", "10*3/uL"),
    ("60", "{beats}/min", "1", "Hz"),
    ("72", "/min", "72", "{breaths}/min"),
    ("25", "kg/m2", "2.5", "g/cm2"),
    ("98.6", "[degF]", "37", "Cel"),
    ("50", "%", "0.5", "1"),
    ("3", "{score}", "3", "1"),
    ("1", "wk", "168", "h"),
    ("120", "mm[Hg]", "0.12", "m[Hg]"),
    ("30", "mL/min/{1.73_m2}", "1.8", "L/h"),
]


@pytest.mark.parametrize(("left", "unit", "right", "other"), SAME)
def test_ucum_the_same_amount_in_two_units(left: str, unit: str, right: str, other: str) -> None:
    assert compare_numbers(Quantity(Decimal(left), unit), Quantity(Decimal(right), other)) == 0
    assert converted(Decimal(left), unit, other) == Decimal(right)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("kg", "cm"),
        ("mg/dL", "mmol/L"),
        ("mo", "d"),
        ("a", "wk"),
        ("kg/m2", "kg"),
        ("U", "[IU]"),
        ("x", "y"),
        ("lbs", "kg"),
    ],
)
def test_ucum_what_measures_something_else_is_not_comparable(unit: str, other: str) -> None:
    assert compare_numbers(Quantity(Decimal(1), unit), Quantity(Decimal(1), other)) is None


def test_ucum_a_unit_that_nobody_knows_equals_itself() -> None:
    assert compare_numbers(Quantity(Decimal(2), "[odd]"), Quantity(Decimal(2), "[odd]")) == 0
    assert compare_numbers(Quantity(Decimal(2), "a/b/c5x"), Quantity(Decimal(1), "a/b/c5x")) == 1
