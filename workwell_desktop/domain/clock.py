"""The one clock. Moments are aware and in UTC; days are calendar days in London, also across the clock change."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """Passed in wherever time matters, so that a run can be repeated to the byte."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The calendar day in London."""
        ...


def london_day(moment: datetime) -> date:
    """The London calendar day on which ``moment`` (aware) falls."""
    return moment.astimezone(LONDON).date()


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return london_day(self.now())


class FixedClock:
    """Stands still at ``moment`` and moves on by ``step`` at each reading, so that moments stay distinct."""

    def __init__(self, moment: datetime, step: timedelta = timedelta(0)) -> None:
        self.moment = moment
        self.step = step

    def now(self) -> datetime:
        now = self.moment
        self.moment = now + self.step
        return now

    def today(self) -> date:
        return london_day(self.moment)

    def set(self, moment: datetime) -> None:
        """Goes to another moment."""
        self.moment = moment


class PlayedClock(FixedClock):
    """A fixed clock for a case that is played through on days of its own, and looked at on the day of ``outside``."""

    def __init__(self, moment: datetime, step: timedelta = timedelta(0), outside: Clock | None = None) -> None:
        super().__init__(moment, step)
        self.outside: Clock = outside or SystemClock()


def looked_at(clock: Clock) -> tuple[datetime, datetime]:
    """The first and the last moment by which people will judge what is made now: both now, but for a played case."""
    now = clock.now()
    other = clock.outside.now() if isinstance(clock, PlayedClock) else now
    return min(now, other), max(now, other)
