"""Days as people type and read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.desktop.days import age, clock_words, long_day, moment_words, nhs_words, parse_day, short_day

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("24.11.26", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24 11", date(2026, 11, 24)),
        ("24 Nov", date(2026, 11, 24)),
        ("24 November 2027", date(2027, 11, 24)),
        ("Tuesday 24 November 2026", date(2026, 11, 24)),
        ("3rd Dec", date(2026, 12, 3)),
        ("7 1", date(2027, 1, 7)),
        ("1/11", date(2026, 11, 1)),
        ("1/10", date(2027, 10, 1)),
        ("today", TUESDAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("Thursday", date(2026, 11, 26)),
        ("tue", date(2026, 12, 1)),
        ("+2w", date(2026, 12, 8)),
        ("+ 10 d", date(2026, 12, 4)),
        ("+3m", date(2027, 2, 24)),
        ("-1w", date(2026, 11, 17)),
        ("  24  11 ", date(2026, 11, 24)),
    ],
)
def test_a_day_is_understood(typed: str, day: date) -> None:
    assert parse_day(typed, TUESDAY) == day


@pytest.mark.parametrize("typed", ["", "31/2/2026", "24", "soon", "24 Foo", "99/99", "+2", "0 0", "24/11/20261"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert parse_day(typed, TUESDAY) is None


def test_a_birth_lies_in_the_past() -> None:
    assert parse_day("24/11/84", TUESDAY, past=True) == date(1984, 11, 24)
    assert parse_day("14/3/26", TUESDAY, past=True) == date(2026, 3, 14)
    assert parse_day("25 11", TUESDAY, past=True) == date(2025, 11, 25)


def test_a_month_ends_before_the_next_begins() -> None:
    assert parse_day("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("+1y", date(2028, 2, 29)) == date(2029, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_what_is_shown_in_full_is_read_back(day: date) -> None:
    assert parse_day(long_day(day), TUESDAY) == day
    assert parse_day(f"{day.day}/{day.month}/{day.year}", TUESDAY) == day


def test_days_and_times_in_words() -> None:
    assert long_day(TUESDAY, TUESDAY) == "Tuesday 24 November"
    assert long_day(date(2027, 1, 4), TUESDAY) == "Monday 4 January 2027"
    assert short_day(TUESDAY, TUESDAY, weekday=True) == "Tue 24 Nov"
    assert short_day(date(2027, 1, 4), TUESDAY) == "4 Jan 2027"
    assert clock_words(datetime(2026, 11, 24, 14, tzinfo=UTC)) == "2pm"
    assert clock_words(datetime(2026, 7, 24, 10, 30, tzinfo=UTC)) == "11:30am"
    assert moment_words(datetime(2026, 11, 24, 8, 50, tzinfo=UTC), TUESDAY) == "today, 8:50am"
    assert moment_words(datetime(2026, 11, 23, 16, 12, tzinfo=UTC), TUESDAY) == "yesterday, 4:12pm"
    assert nhs_words("9990000018") == "999 000 0018"
    assert age(date(1984, 3, 14), TUESDAY) == 42
    assert age(date(1984, 11, 25), TUESDAY) == 41
