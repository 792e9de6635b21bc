"""Answers in words, and words that become times, rough dates and numbers."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from workwell_desktop.desktop.kit import clock_words, date_words, long_day, moment_words, parse_day, plain_clock, text
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.forms import Option, Row

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def words_of(value: Any, today: date, options: Sequence[Option] = (), unit: str = "") -> str:
    """An answer as a person reads it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, tuple | frozenset):
        return ", ".join(words_of(one, today, options, unit) for one in value)
    labelled = next((option.label for option in options if same(option.value, value)), "")
    if labelled:
        return labelled
    return _one(value, today, unit)


def _one(value: Any, today: date, unit: str) -> str:
    if isinstance(value, bool):
        return text("assessment.yes" if value else "assessment.no")
    if isinstance(value, int | Decimal):
        return with_unit(number_words(value), unit)
    if isinstance(value, Quantity):
        number = number_words(value.value) if value.value is not None else ""
        return with_unit(number, value.unit or value.code or unit)
    if isinstance(value, Coding):
        return value.display or value.code or ""
    if isinstance(value, PartialDate):
        return date_of(value)
    if isinstance(value, datetime):
        return moment_words(value.astimezone(LONDON), today)
    if isinstance(value, time):
        return time_words(value)
    if isinstance(value, BlobRef):
        return text("assessment.a_file")
    return str(value)


def number_words(value: int | Decimal) -> str:
    """A number without an exponent."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def with_unit(number: str, unit: str) -> str:
    """ "37.5 hours a week"."""
    return text("assessment.quantity", number=number, unit=unit) if unit and number else number


def same(one: Any, other: Any) -> bool:
    """Whether two answers name the same option."""
    if isinstance(one, Coding) and isinstance(other, Coding):
        return one.same_as(other)
    return type(one) is type(other) and bool(one == other)


def date_of(value: PartialDate) -> str:
    """ "14 March 2026", "March 2026" or "2026"."""
    if value.month is None:
        return str(value.year)
    if value.day is None:
        month = date_words(value.first_day()).split(" ")[1]
        return text("assessment.month", month=month, year=value.year)
    return date_words(value.first_day())


def rough_date(typed: str, today: date) -> PartialDate | None:
    """What a person means by a date: a year, a month with its year, or anything that the date field takes."""
    said = typed.strip()
    if _YEAR.fullmatch(said) and said[0] != "0":
        return PartialDate(int(said))
    in_month = _MONTH.fullmatch(said)
    if in_month is not None and 1 <= int(in_month[1]) <= 12:
        return PartialDate(int(in_month[2]), int(in_month[1])) if int(in_month[2]) else None
    named = re.fullmatch(r"([A-Za-z]+)\s+(\d{4})", said)
    if named is not None:
        day = parse_day(f"1 {said}", today)
        return PartialDate(day.year, day.month) if day is not None else None
    day = parse_day(said, today)
    return PartialDate.of(day) if day is not None else None


def rough_echo(value: PartialDate | None) -> str:
    """What the field shows back beside it."""
    if value is None:
        return ""
    return long_day(value.first_day()) if value.precision == 3 else date_of(value)


def time_words(value: time) -> str:
    """ "2:30pm"."""
    return clock_words(datetime.combine(date(2000, 1, 1), value, LONDON))


def time_of(typed: str) -> time | None:
    """From "14:30", "2pm", "2:30pm" or "9"."""
    match = _CLOCK.fullmatch(plain_clock(typed.strip()))
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def number_of(typed: str) -> Decimal | None:
    """A finite number as people write it."""
    try:
        number = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def unit_of(row: Row) -> str:
    """The fixed unit of a question in words."""
    unit = row.item.unit
    return (unit.display or unit.code or "") if unit is not None else ""
