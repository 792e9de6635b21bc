"""What must be true of a person before their record is made."""

from datetime import date

from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import BadInput

YOUNGEST = 16
"""The service begins at 16."""

OLDEST = 110

Problem = tuple[str, str]
"""A field and a reason; the sentence is ``errors.field.<reason>``."""


def name_problems(given_name: str | None, family_name: str | None) -> list[Problem]:
    """Both names are asked for, each on one line; somebody with one name has a hyphen in the other."""
    asked = (("given_name", given_name, "given_name_missing"), ("family_name", family_name, "family_name_missing"))
    found = (_name_problem(field, name, missing) for field, name, missing in asked)
    return [problem for problem in found if problem is not None]


def _name_problem(field: str, name: str | None, missing: str) -> Problem | None:
    try:
        seen = clean(name or "").strip()
    except BadInput as trouble:
        return (field, trouble.reason)
    if not seen:
        return (field, missing)
    return (field, "more_lines") if "\n" in seen else None


def birth_problem(born: date | None, today: date) -> Problem | None:
    """A date of birth that was given, lies in the past, and makes the person 16 or older and no older than 110."""
    if born is None:
        return ("birth_date", "birth_missing")
    if born > today:
        return ("birth_date", "birth_in_future")
    if age(born, today) > OLDEST:
        return ("birth_date", "birth_too_long_ago")
    if age(born, today) < YOUNGEST:
        return ("birth_date", "too_young")
    return None


def number_problem(typed: str | None) -> Problem | None:
    """Why what was typed is no NHS number. Nothing typed is no problem: many people do not know theirs."""
    if not (typed or "").strip():
        return None
    try:
        nhs_number.parse(typed or "")
    except BadInput as trouble:
        return ("nhs_number", trouble.reason)
    return None


def number_shown(digits: str | None) -> str:
    """An NHS number as people read it, 3-3-4; empty for none."""
    return nhs_number.shown(digits) if digits else ""
