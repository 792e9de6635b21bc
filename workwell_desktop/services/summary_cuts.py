"""Equity: the ways in which people are told apart to see whether the service reaches and helps all alike.

A cut is made only from what the records hold. Another one, such as answers to equality questions, is one more line of
``CUTS`` and its words; everything else (hiding, the file, its dictionary, the page) follows from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workwell_desktop.domain.participants import Need
from workwell_desktop.services._summary_cases import Case

_BANDS = ((25, "16_24"), (35, "25_34"), (50, "35_49"), (65, "50_64"))
_OTHER_LANGUAGE = frozenset({Need.INTERPRETER.value, Need.SIGN_LANGUAGE.value})


@dataclass(frozen=True, slots=True)
class Cut:
    """``way`` gives the row of a person; it must be one of ``rows``."""

    code: str
    rows: tuple[str, ...]
    way: Callable[[Case], str]


def _age(case: Case) -> str:
    years = case.years
    if years is None or years < 16:
        return "not_known"
    return next((code for below, code in _BANDS if years < below), "65_over")


def _talking(case: Case) -> str:
    if case.needs & _OTHER_LANGUAGE:
        return "interpreter"
    return "other" if case.needs else "none"


CUTS = (
    Cut("age", (*(code for _below, code in _BANDS), "65_over", "not_known"), _age),
    Cut("needs", ("interpreter", "other", "none"), _talking),
)
BESIDE = ("plan", "status", "work_now")
"""Tables of all people that each cut is crossed with."""
