"""Dates, times, hours and lists as people say them, in the words of the paper's language."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Run, Text
from workwell_desktop.documents.translated import Twin, english, tongue
from workwell_desktop.documents.translated import catalogue as shared
from workwell_desktop.domain.clock import LONDON

__all__ = ["Words", "shared"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Words:
    """Sentences of one paper. ``year`` is the paper's own: dates in it may leave the year out."""

    def __init__(self, catalogue: Catalogue, year: int) -> None:
        self.catalogue = catalogue
        self.year = year

    def __call__(self, key: str, **params: object) -> str:
        return self.catalogue.text(f"papers.{key}", **params)

    def rich(self, key: str, **params: object) -> Text:
        """A sentence in which ``**words**`` are emphasised; what somebody typed can never change the emphasis."""
        full = f"papers.{key}"
        lang = tongue(self.catalogue, full)
        return tuple(Run(said, strong=strong, lang=lang) for said, strong in self.catalogue.parts(full, **params))

    def day(self, day: date, *, year: bool | None = None) -> str:
        """Tuesday 24 November 2026; without the year where it is the paper's own, unless asked for."""
        with_year = day.year != self.year if year is None else year
        return self(
            "date.full" if with_year else "date.same_year",
            weekday=self(f"weekday.{_DAYS[day.weekday()]}"),
            day=day.day,
            month=self(f"month.m{day.month}"),
            year=day.year,
        )

    def short(self, day: date, *, year: bool | None = None) -> str:
        """7 Dec, for narrow places; the year is added where it is another, unless told."""
        with_year = day.year != self.year if year is None else year
        key = "date.short_year" if with_year else "date.short"
        return self(key, day=day.day, month=self(f"month_short.m{day.month}"), year=day.year)

    def plain_day(self, day: date) -> str:
        """24 November 2026."""
        return self("date.plain", day=day.day, month=self(f"month.m{day.month}"), year=day.year)

    def clock(self, moment: datetime) -> str:
        """2pm, 11:30am: London time."""
        local = moment.astimezone(LONDON)
        return self._time(local.hour, local.minute)

    def hour(self, written: str) -> str:
        """9:30am for ``09:30``."""
        hour, _, minute = written.partition(":")
        return self._time(int(hour), int(minute or 0))

    def _time(self, hour: int, minute: int) -> str:
        half = "am" if hour < 12 else "pm"
        minutes = f":{minute:02d}" if minute else ""
        return self(f"clock.{half}", time=f"{hour % 12 or 12}{minutes}")

    def moment(self, moment: datetime) -> str:
        """Tuesday 24 November 2026, 11:42am."""
        local = moment.astimezone(LONDON)
        return self("date.moment", day=self.day(local.date(), year=True), time=self.clock(moment))

    def longest_moment(self) -> str:
        """As long as ``moment`` can be, to leave room for it before anybody signs."""
        day = self("date.full", weekday=self("weekday.wed"), day=30, month=self("month.m9"), year=self.year)
        return self("date.moment", day=day, time=self._time(22, 30))

    def number(self, value: Decimal) -> str:
        """37.5 or 12, without a tail of noughts."""
        return format(value.normalize(), "f")

    def hours(self, value: Decimal) -> str:
        """12 hours, 1 hour."""
        return self("hours", count=format(value.normalize(), "f"), hours=self.number(value))

    def days(self, codes: Sequence[str]) -> str:
        """Monday, Wednesday and Friday, in the order of the week."""
        known = [self(f"weekday.{code}") for code in _DAYS if code in codes]
        return self.listed(known)

    def listed(self, things: Sequence[str]) -> str:
        """A, B and C."""
        if len(things) < 2:
            return "".join(things)
        first = self("comma").join(things[:-1])
        if any(isinstance(thing, Twin) for thing in things):
            first = Twin(first, ", ".join(str(english(thing)) for thing in things[:-1]))
        return self("listed", first=first, last=things[-1])
