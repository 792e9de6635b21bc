"""What must be true of a person before their record is made, and who may be the same person."""

import unicodedata
from datetime import date

from workwell_desktop.domain.participants import Participant

YOUNGEST = 16
"""The service begins at 16 (domain.md 1.1)."""

OLDEST = 110

Problem = tuple[str, str]
"""A field and a reason; the sentence is ``errors.field.<reason>``."""


def age_on(born: date, day: date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def name_problems(given_name: str | None, family_name: str | None) -> list[Problem]:
    """Both names are asked for; somebody with one name has it in ``given_name`` and a hyphen in the other."""
    problems: list[Problem] = []
    if not (given_name or "").strip():
        problems.append(("given_name", "given_name_missing"))
    if not (family_name or "").strip():
        problems.append(("family_name", "family_name_missing"))
    return problems


def birth_problem(born: date | None, today: date) -> Problem | None:
    """A date of birth that was given, lies in the past, and makes the person 16 or older and no older than 110."""
    if born is None:
        return ("birth_date", "birth_missing")
    if born > today:
        return ("birth_date", "birth_in_future")
    if age_on(born, today) > OLDEST:
        return ("birth_date", "birth_too_long_ago")
    if age_on(born, today) < YOUNGEST:
        return ("birth_date", "too_young")
    return None


def squeezed_number(written: str | None) -> str | None:
    """An NHS number as typed, without spaces and hyphens; None where nothing was typed."""
    kept = "".join(letter for letter in written or "" if not letter.isspace() and letter not in "-–‑")
    return kept or None


def number_problem(number: str | None) -> Problem | None:
    """Why ten digits are no NHS number: modulus 11 with weights 10 to 2, and not one digit ten times, which would
    pass (domain.md 5). None is no problem: many people do not know theirs."""
    if number is None:
        return None
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return ("nhs_number", "number_ten_digits")
    total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    if len(set(number)) == 1 or (11 - total % 11) % 11 != int(number[9]):
        return ("nhs_number", "number_check_fails")
    return None


def grouped_number(number: str | None) -> str:
    """An NHS number as it is shown, 3-3-4; empty for none."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def folded_name(name: str | None) -> str:
    """A name as it is compared: small letters, no accents, no spaces, hyphens or apostrophes."""
    apart = unicodedata.normalize("NFKD", (name or "").casefold())
    return "".join(letter for letter in apart if letter.isalpha())


def distance(first: str, second: str, most: int = 2) -> int:
    """How many letters must be changed, added, left out or swapped with the next; ``most`` + 1 where it is more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def like_names(first: Participant, given: str | None, family: str | None) -> bool:
    """Whether the names could be taken for each other: each within one letter for each four, or begun alike."""
    return _alike(folded_name(first.family_name), folded_name(family)) and (
        _alike(folded_name(first.given_name), folded_name(given))
        or _begins(folded_name(first.given_name), folded_name(given))
        or (bool(first.preferred_name) and _alike(folded_name(first.preferred_name), folded_name(given)))
    )


def _alike(first: str, second: str) -> bool:
    if not first or not second:
        return False
    allowed = max(len(first), len(second)) // 4
    return distance(first, second, allowed) <= allowed


def _begins(first: str, second: str) -> bool:
    """Dan and Daniel: one name is the beginning of the other, three letters at least."""
    short, long = sorted((first, second), key=len)
    return len(short) >= 3 and long.startswith(short)
