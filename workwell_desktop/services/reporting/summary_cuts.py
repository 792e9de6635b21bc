"""Equity: the ways in which people are told apart to see whether the service reaches and helps all alike.

A cut is made only from what the records hold. Another one is one more line of ``CUTS`` and its words; everything else
(hiding, the file, its dictionary, the page) follows from it. Equality answers are read nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workwell_desktop.domain.duties import EQUALITY, RATHER_NOT, Group
from workwell_desktop.domain.participants import Need
from workwell_desktop.services.reporting._summary_cases import Case

NOT_RECORDED = "not_recorded"
_BANDS = ((25, "16_24"), (35, "25_34"), (50, "35_49"), (65, "50_64"))
_OTHER_LANGUAGE = frozenset({Need.INTERPRETER.value, Need.SIGN_LANGUAGE.value})


@dataclass(frozen=True, slots=True)
class Cut:
    """``way`` gives the row of a person; it must be one of ``rows``."""

    code: str
    rows: tuple[str, ...]
    way: Callable[[Case], str]
    crossed: bool = True
    """Whether it is also told with ``BESIDE``; the fewest say the others, and each cross makes numbers smaller."""


def _age(case: Case) -> str:
    years = case.years
    if years is None or years < 16:
        return "not_known"
    return next((code for below, code in _BANDS if years < below), "65_over")


def _talking(case: Case) -> str:
    if case.needs & _OTHER_LANGUAGE:
        return "interpreter"
    return "other" if case.needs else "none"


def _told(question: str) -> Callable[[Case], str]:
    return lambda case: case.equality.get(question, NOT_RECORDED)


def _ethnic_group(case: Case) -> str:
    """The five groups of the census; the eighteen are too fine to be shown in numbers of this size."""
    code = case.equality.get("ethnicity", NOT_RECORDED)
    return code if code in (RATHER_NOT, NOT_RECORDED) else code.partition("_")[0]


def _rows(question: str) -> tuple[str, ...]:
    return (*EQUALITY[question], RATHER_NOT, NOT_RECORDED)


def _condition(case: Case) -> str:
    return case.condition or NOT_RECORDED


def _beside(case: Case) -> str:
    if not case.condition:
        return NOT_RECORDED
    return case.beside[0] if len(case.beside) == 1 else "several" if case.beside else "none"


_GROUPS = tuple(one.value for one in Group)

CUTS = (
    Cut("age", (*(code for _below, code in _BANDS), "65_over", "not_known"), _age),
    Cut("needs", ("interpreter", "other", "none"), _talking),
    Cut("condition", (*_GROUPS, NOT_RECORDED), _condition),
    Cut("condition_beside", (*_GROUPS, "several", "none", NOT_RECORDED), _beside, crossed=False),
    Cut("sex", _rows("sex"), _told("sex")),
    Cut("ethnicity", ("white", "mixed", "asian", "black", "other", RATHER_NOT, NOT_RECORDED), _ethnic_group),
    Cut("disability", _rows("disability"), _told("disability")),
    Cut("caring", _rows("caring"), _told("caring")),
    Cut("gender", _rows("gender"), _told("gender"), crossed=False),
    Cut("religion", _rows("religion"), _told("religion"), crossed=False),
    Cut("orientation", _rows("orientation"), _told("orientation"), crossed=False),
)
BESIDE = ("plan", "status", "work_now")
"""Tables of all people that a cut is crossed with."""
