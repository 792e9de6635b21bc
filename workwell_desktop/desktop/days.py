"""Days and times as pages show them and take them, in the language of the screen; the rules are the domain's."""

from datetime import date

from workwell_desktop.domain import dates, screen
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.nhs_number import shown as nhs_words

__all__ = [
    "age",
    "clock_words",
    "date_words",
    "long_day",
    "moment_words",
    "nhs_words",
    "parse_day",
    "plain_clock",
    "short_day",
    "weekday",
]

_words = screen.days
long_day, date_words, short_day = _words.long_day, _words.date_words, _words.short_day
clock_words, moment_words, plain_clock = _words.clock_words, _words.moment_words, _words.plain_clock


def weekday(day: date) -> str:
    """The name of the day alone, "Thursday": two words in some languages."""
    return _words.weekday(day.weekday())


def parse_day(typed: str, today: date, *, past: bool = False) -> date | None:
    """As ``DayWords.parse_day``; what the language of the screen does not know is read as English."""
    found = _words.parse_day(typed, today, past=past)
    return found if found is not None else dates.parse_day(typed, today, past=past)
