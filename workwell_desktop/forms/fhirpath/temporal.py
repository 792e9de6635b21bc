"""Dates, moments and times with the precision that was written, compared as FHIRPath 2.0 sections 6.1 and 6.2 say."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property

from workwell_desktop.forms.fhirpath.errors import EvaluationError

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TIME = re.compile(r"(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?")
_ZONE = re.compile(r"(Z|[+-]\d{2}:\d{2})$")
_MONTHS = {"year": 12, "years": 12, "month": 1, "months": 1}
_MILLISECONDS = {
    "week": 604_800_000,
    "day": 86_400_000,
    "hour": 3_600_000,
    "minute": 60_000,
    "second": 1_000,
    "millisecond": 1,
    "wk": 604_800_000,
    "d": 86_400_000,
    "h": 3_600_000,
    "min": 60_000,
    "s": 1_000,
    "ms": 1,
}


@dataclass(frozen=True)
class Temporal:
    """``kind`` is ``date``, ``dateTime`` or ``time``. ``parts`` are year, month, day, hour, minute, second,
    millisecond as far as given (a time begins at the hour). ``offset`` is minutes east of UTC, or None where nobody
    said. Equality as Python sees it is by what was written; FHIRPath equality is ``compared``."""

    kind: str
    parts: tuple[int, ...]
    offset: int | None = None

    @classmethod
    def parse(cls, kind: str, written: str) -> "Temporal":
        """From ``YYYY[-MM[-DD]]``, the same with ``T`` and a time, or a time; ValueError for anything else."""
        if kind == "time":
            return cls(kind, _clock(written))
        day, mark, clock = written.partition("T")
        match = _DATE.fullmatch(day)
        if match is None or (mark and kind == "date"):
            raise ValueError("not a date")
        parts = tuple(int(part) for part in match.groups() if part)
        if not parts[0] >= 1 or (len(parts) > 1 and not 1 <= parts[1] <= 12):
            raise ValueError("not a date")
        if len(parts) == 3:
            date(*parts)
        if not clock:
            return cls(kind, parts)
        if len(parts) < 3:
            raise ValueError("not a moment")
        zone = _ZONE.search(clock)
        hours = _clock(clock[: zone.start()] if zone else clock)
        return cls(kind, parts + hours, _minutes(zone.group()) if zone else None)

    @classmethod
    def of_moment(cls, moment: datetime) -> "Temporal":
        """A whole moment, to the millisecond."""
        offset = moment.utcoffset()
        parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
        minutes = None if offset is None else int(offset.total_seconds() // 60)
        return cls("dateTime", (*parts, moment.microsecond // 1000), minutes)

    @property
    def day(self) -> "Temporal":
        """The date of a moment."""
        return Temporal("date", self.parts[:3])

    @cached_property
    def _instant(self) -> tuple[int, ...]:
        """The parts moved to UTC where an offset is known and minutes are given."""
        if self.offset is None or len(self.parts) < 5:
            return self.parts
        year, month, day, hour, minute = self.parts[:5]
        zone = timezone(timedelta(minutes=self.offset))
        try:
            moved = datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
        except OverflowError:
            return self.parts
        return (moved.year, moved.month, moved.day, moved.hour, moved.minute, *self.parts[5:])

    def compared(self, other: "Temporal") -> int | None:
        """-1, 0 or 1; None where the precisions differ before a difference shows, or only one has an offset."""
        if (self.kind == "time") != (other.kind == "time"):
            raise EvaluationError("a time is not comparable with a date")
        clocks = 0 if self.kind == "time" else 3
        timed = len(self.parts) > clocks and len(other.parts) > clocks
        if timed and self.kind != "time" and (self.offset is None) != (other.offset is None):
            return None
        # a day has no zone: a moment is held against it as it was written
        mine, theirs = (self._instant, other._instant) if timed else (self.parts, other.parts)
        seconds = 2 if self.kind == "time" else 5
        for place in range(max(len(mine), len(theirs))):
            if place == seconds + 1:
                # seconds and milliseconds are one decimal precision
                left = mine[place] if place < len(mine) else 0
                right = theirs[place] if place < len(theirs) else 0
            elif place >= len(mine) or place >= len(theirs):
                return None
            else:
                left, right = mine[place], theirs[place]
            if left != right:
                return -1 if left < right else 1
        return 0

    def plus(self, amount: Decimal, unit: str) -> "Temporal":
        """Moved by a calendar duration; the precision stays, and a duration finer than it counts in whole steps."""
        if unit in _MONTHS:
            return self._plus_months(int(amount) * _MONTHS[unit])
        name = unit if unit in _MILLISECONDS else unit.removesuffix("s")
        if name not in _MILLISECONDS:
            raise EvaluationError("not a duration")
        if name != "second":
            amount = Decimal(int(amount))  # a part of anything but seconds is left out (FHIRPath 2.0, 6.6.7)
        milliseconds = int(amount * _MILLISECONDS[name])
        if self.kind == "time":
            return self._plus_clock(milliseconds)
        if len(self.parts) < 3:
            days = int(milliseconds / 86_400_000)
            return self._plus_months(int(days / 365) * 12 if len(self.parts) == 1 else int(days / 30))
        if len(self.parts) == 3:
            milliseconds -= milliseconds % 86_400_000 if milliseconds > 0 else -(-milliseconds % 86_400_000)
        year, month, day, hour, minute, second, thousandths = (*self.parts, 0, 0, 0, 0)[:7]
        try:
            begin = datetime(year, month, day, hour, minute, min(second, 59), thousandths * 1000, tzinfo=UTC)
            moment = begin + timedelta(milliseconds=milliseconds)
        except (OverflowError, ValueError):
            raise EvaluationError("beyond the calendar") from None
        whole = Temporal.of_moment(moment).parts
        return Temporal(self.kind, whole[: len(self.parts)], self.offset)

    def _plus_months(self, months: int) -> "Temporal":
        if self.kind == "time":
            raise EvaluationError("not a duration of time")
        if len(self.parts) == 1:  # whole years alone, towards nothing
            months = int(months / 12) * 12
        month = (self.parts[1] if len(self.parts) > 1 else 1) - 1 + months
        year = self.parts[0] + month // 12
        if not 1 <= year <= 9999:
            raise EvaluationError("beyond the calendar")
        month = month % 12 + 1
        moved = (year, month, *self.parts[2:])
        if len(self.parts) > 2:
            moved = (year, month, min(self.parts[2], calendar.monthrange(year, month)[1]), *self.parts[3:])
        return Temporal(self.kind, moved[: len(self.parts)], self.offset)

    def _plus_clock(self, milliseconds: int) -> "Temporal":
        filled = self.parts + (0,) * (4 - len(self.parts))
        total = ((filled[0] * 60 + filled[1]) * 60 + filled[2]) * 1000 + filled[3] + milliseconds
        total %= 86_400_000
        rest, thousandths = divmod(total, 1000)
        rest, second = divmod(rest, 60)
        hour, minute = divmod(rest, 60)
        return Temporal("time", (hour, minute, second, thousandths)[: len(self.parts)])

    def __str__(self) -> str:
        if self.kind == "time":
            return _clock_text(self.parts)
        day = "-".join(f"{part:0{4 if place == 0 else 2}d}" for place, part in enumerate(self.parts[:3]))
        if len(self.parts) < 4:
            return day
        return f"{day}T{_clock_text(self.parts[3:])}{_zone_text(self.offset)}"


def _clock(written: str) -> tuple[int, ...]:
    match = _TIME.fullmatch(written)
    if match is None:
        raise ValueError("not a time")
    hour, minute, second, fraction = match.groups()
    parts = [int(part) for part in (hour, minute, second) if part]
    if parts[0] > 23 or any(part > 59 for part in parts[1:2]) or any(part > 60 for part in parts[2:]):
        raise ValueError("not a time")
    if fraction:
        parts.append(int(fraction[:3].ljust(3, "0")))
    return tuple(parts)


def _minutes(zone: str) -> int:
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 14 or minutes > 59:
        raise ValueError("not an offset")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _clock_text(parts: tuple[int, ...]) -> str:
    written = ":".join(f"{part:02d}" for part in parts[:3])
    return f"{written}.{parts[3]:03d}" if len(parts) > 3 else written


def _zone_text(offset: int | None) -> str:
    if offset is None:
        return ""
    if offset == 0:
        return "Z"
    sign, minutes = ("-", -offset) if offset < 0 else ("+", offset)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
