"""Days as people type and read them."""

from datetime import UTC, date, datetime

import pytest

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.domain.dates import (
    DayWords,
    age,
    clock_words,
    date_words,
    long_day,
    moment_words,
    parse_day,
    short_day,
    working_days_after,
)

TODAY = date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("24 11", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        ("24 Nov", date(2026, 11, 24)),
        ("Tuesday 24 November 2026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("+2w", date(2026, 12, 6)),
        ("-3d", date(2026, 11, 19)),
        ("+1m", date(2026, 12, 22)),
        ("thursday", date(2026, 11, 26)),
        ("sunday", date(2026, 11, 29)),
        ("3 1", date(2027, 1, 3)),
        ("1 11", date(2026, 11, 1)),
    ],
)
def test_days_are_understood_as_people_type_them(typed: str, meant: date) -> None:
    assert parse_day(typed, TODAY) == meant


def test_the_day_stands_before_the_month() -> None:
    assert parse_day("3/4/2026", TODAY) == date(2026, 4, 3)


@pytest.mark.parametrize("typed", ["", "31/2/2026", "24/13/2026", "soon", "24", "0 11", "+2", "1/1/9999"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert parse_day(typed, TODAY) is None


def test_a_month_on_from_the_last_of_january_is_the_last_of_february() -> None:
    assert parse_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(("typed", "meant"), [("9/3/84", date(1984, 3, 9)), ("24 12", date(2025, 12, 24))])
def test_births_and_the_past_are_never_in_the_future(typed: str, meant: date) -> None:
    assert parse_day(typed, TODAY, past=True) == meant


def test_days_are_shown_in_british_words() -> None:
    day = date(2026, 11, 24)
    assert long_day(day, TODAY) == "Tuesday 24 November"
    assert long_day(day) == "Tuesday 24 November 2026"
    assert long_day(date(2027, 1, 5), TODAY) == "Tuesday 5 January 2027"
    assert date_words(day) == "24 November 2026"
    assert short_day(day, TODAY) == "24 Nov"


def test_times_are_london_times_also_in_summer() -> None:
    assert clock_words(datetime(2026, 7, 1, 13, 0, tzinfo=UTC)) == "2pm"
    assert clock_words(datetime(2026, 11, 24, 11, 30, tzinfo=UTC)) == "11:30am"
    assert clock_words(datetime(2026, 11, 24, 0, 5, tzinfo=UTC)) == "12:05am"


def test_a_moment_after_london_midnight_belongs_to_the_new_day() -> None:
    assert moment_words(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)) == "today, 12:30am"


def test_ages_turn_on_the_birthday() -> None:
    assert age(date(1984, 11, 22), TODAY) == 42
    assert age(date(1984, 11, 23), TODAY) == 41
    assert age(date(2004, 2, 29), date(2026, 2, 28)) == 21


def test_working_days_leave_out_the_weekend() -> None:
    assert working_days_after(date(2026, 11, 19), 2) == date(2026, 11, 23)
    assert working_days_after(date(2026, 11, 21), 1) == date(2026, 11, 23)
    assert working_days_after(date(2026, 11, 19), 0) == date(2026, 11, 19)


def test_a_day_that_is_shown_in_welsh_is_read_again() -> None:
    welsh = DayWords(Catalogue("cy").text)
    day = date(2026, 11, 24)
    assert welsh.long_day(day) == "Dydd Mawrth 24 Tachwedd 2026"
    for shown in (welsh.long_day(day), welsh.long_day(day, TODAY), welsh.date_words(day), "dydd Mawrth"):
        assert welsh.parse_day(shown, TODAY) == day
    assert welsh.plain_clock("9yb, 3:30yp") == "9am, 3:30pm"
