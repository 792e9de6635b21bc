"""Days as people type and read them, ages, working days. Days are London calendar days."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from workwell_desktop.catalogue import text
from workwell_desktop.domain.clock import LONDON

_NUMBERS = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})(?:[\s/.\-]+(\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(r"(?:[^\W\d]+[\s,]+){0,2}(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d]+)\.?(?:[\s,]+(\d{4}))?")
YEARS = range(1000, 9000)
"""Of days that can be written down: whatever is reckoned from one of them, a week or a programme on, is a day too."""

_AHEAD = re.compile(r"([+-])\s*(\d{1,3})\s*([dwmy])")


class DayWords:
    """Days and times in words, said by the catalogue that it is given."""

    def __init__(self, text: Callable[..., str]) -> None:
        self._text = text

    def month(self, number: int, *, short: bool = False) -> str:
        return self._text(f"dates.months{'_short' if short else ''}.m{number}")

    def weekday(self, number: int, *, short: bool = False) -> str:
        """0 is Monday."""
        return self._text(f"dates.weekdays{'_short' if short else ''}.d{number}")

    def long_day(self, day: date, today: date | None = None) -> str:
        """ "Tuesday 24 November", with the year when it is not this one or nobody says which is this one."""
        parts = {"weekday": self.weekday(day.weekday()), "day": day.day, "month": self.month(day.month)}
        key = "weekday" if today is not None and day.year == today.year else "weekday_year"
        return self._text(f"dates.{key}", **parts, year=day.year)

    def date_words(self, day: date) -> str:
        """ "24 November 2026", as for a birth."""
        return self._text("dates.long", day=day.day, month=self.month(day.month), year=day.year)

    def short_day(self, day: date, today: date | None = None, *, weekday: bool = False) -> str:
        """ "24 Nov" for columns; the year when it is not this one; "Thu 24 Nov" with ``weekday``."""
        name = self.weekday(day.weekday(), short=True)
        parts = {"weekday": name, "day": day.day, "month": self.month(day.month, short=True)}
        if today is not None and day.year != today.year:
            return self._text("dates.short_year", **parts, year=day.year)
        return self._text("dates.weekday_short" if weekday else "dates.short", **parts)

    def clock_words(self, moment: datetime) -> str:
        """ "2pm", "11:30am", in London."""
        local = moment.astimezone(LONDON)
        hour = local.hour % 12 or 12
        clock = f"{hour}:{local.minute:02d}" if local.minute else str(hour)
        return self._text("dates.am" if local.hour < 12 else "dates.pm", clock=clock)

    def plain_clock(self, typed: str) -> str:
        """A time that was typed, with the language's own signs of morning and afternoon ("9yb") as am and pm."""
        for half in ("am", "pm"):
            sign = self._text(f"dates.{half}", clock="").strip()
            typed = re.sub(rf"(?<=\d)\s*{re.escape(sign)}(?!\w)", half, typed, flags=re.IGNORECASE) if sign else typed
        return typed

    def moment_words(self, moment: datetime, today: date) -> str:
        """ "today, 8:50am", "yesterday, 4:12pm", "Friday 20 November, 2pm"."""
        day = moment.astimezone(LONDON).date()
        time = self.clock_words(moment)
        if day == today:
            return self._text("dates.today_at", time=time)
        if day == today - timedelta(days=1):
            return self._text("dates.yesterday_at", time=time)
        return self._text("dates.day_at", day=self.long_day(day, today), time=time)

    def parse_day(self, typed: str, today: date, *, past: bool = False) -> date | None:
        """The day that was typed: 24/11/2026, 24 11, 24 Nov, tomorrow, Thursday, +2w; None when it is not understood.

        Without a year it is the nearest such day: from a month ago on, or, for births and the ``past``, the last one.
        """
        said = " ".join(typed.strip().lower().split())
        named = self._named_day(said, today)
        if named is not None:
            return named
        if match := _ISO.fullmatch(said):
            year, month, number = (int(part) for part in match.groups())
            return _made(year, month, number)
        if match := _NUMBERS.fullmatch(said):
            number, month = int(match[1]), int(match[2])
            return _with_year(number, month, match[3], today, past)
        if match := _NAMED.fullmatch(said):
            found = self._month_number(match[2])
            return None if found is None else _with_year(int(match[1]), found, match[3], today, past)
        return None

    def _named_day(self, said: str, today: date) -> date | None:
        for key, ahead in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
            if said == self._text(f"dates.{key}").lower():
                return today + timedelta(days=ahead)
        for number in range(7):
            if said in (self.weekday(number).lower(), self.weekday(number, short=True).lower()):
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
        match = _AHEAD.fullmatch(said)
        if match is None:
            return None
        count = int(match[2]) * (1 if match[1] == "+" else -1)
        if match[3] in "dw":
            return today + timedelta(days=count * (7 if match[3] == "w" else 1))
        return _add_months(today, count * (12 if match[3] == "y" else 1))

    def _month_number(self, name: str) -> int | None:
        for number in range(1, 13):
            if name in (self.month(number).lower(), self.month(number, short=True).lower()):
                return number
        return None


_english = DayWords(text)
long_day, date_words, short_day = _english.long_day, _english.date_words, _english.short_day
clock_words, moment_words, parse_day = _english.clock_words, _english.moment_words, _english.parse_day


def age(born: date, today: date) -> int:
    """Full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def in_reach(day: date) -> date:
    """The same day. Raises ValueError for one outside ``YEARS``, as a slip of the keys or another program may give."""
    if day.year not in YEARS:
        raise ValueError("a day from which nothing can be reckoned")
    return day


def working_days_after(day: date, count: int) -> date:
    """The day that is ``count`` days from Monday to Friday after ``day``. Bank holidays are the site's to know."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day


def _add_months(day: date, months: int) -> date | None:
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    for number in range(day.day, 27, -1):
        if made := _made(year, month + 1, number):
            return made
    return _made(year, month + 1, day.day)


def _with_year(number: int, month: int, year: str | None, today: date, past: bool) -> date | None:
    if year is not None:
        full = int(year)
        if full < 100:
            full += 2000 if not past or 2000 + full <= today.year else 1900
        return _made(full, month, number)
    this = _made(today.year, month, number)
    if past:
        return this if this is None or this <= today else _made(today.year - 1, month, number)
    if this is not None and this >= today - timedelta(days=31):
        return this
    return _made(today.year + 1, month, number)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number) if year in YEARS else None
    except ValueError:
        return None
