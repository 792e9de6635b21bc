"""Which backups are kept: the newest of each of the last days, weeks and months that have one."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workwell_desktop.domain.clock import london_day


@dataclass(frozen=True, slots=True)
class KeepRule:
    """How many days, weeks (Monday to Sunday) and months with a backup keep their newest one."""

    days: int = 7
    weeks: int = 4
    months: int = 6
    late_days: int = 2
    """Days without a backup after which the program says so."""

    def kept(self, moments: Iterable[datetime]) -> frozenset[datetime]:
        """Of the moments (aware) those that stay; days are London's. The newest always does."""
        newest = sorted(moments, reverse=True)
        return frozenset(
            newest[:1]
            + _first_of(newest, self.days, lambda day: day)
            + _first_of(newest, self.weeks, lambda day: day - timedelta(days=day.weekday()))
            + _first_of(newest, self.months, lambda day: (day.year, day.month))
        )

    def last_day(self, moment: datetime, moments: Iterable[datetime], now: datetime) -> datetime | None:
        """Until when a backup lies there at the latest, if no more than one a month is made from ``now`` on; None for
        one that is not kept."""
        there = list(moments)
        if moment not in self.kept(there):
            return None
        day = now
        while True:
            there = [*self.kept([*there, day])]
            if moment not in there:
                return day
            day += timedelta(days=31)

    def late(self, last: datetime | None, began: date, today: date) -> bool:
        """Whether the last backup, or the day on which there was something to back up, is too long ago."""
        since = london_day(last) if last is not None else began
        return (today - since).days > self.late_days


def _first_of(newest: list[datetime], most: int, group: Callable[[date], Hashable]) -> list[datetime]:
    found: dict[Hashable, datetime] = {}
    for moment in newest:
        found.setdefault(group(london_day(moment)), moment)
    return list(found.values())[:most]
