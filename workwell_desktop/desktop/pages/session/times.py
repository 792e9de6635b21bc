"""A time of day as people write it, and the moment of a meeting that it means."""

import re
from datetime import datetime, time, timedelta

from workwell_desktop.desktop.kit import TextField, plain_clock, text
from workwell_desktop.domain.clock import LONDON

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_LONG_BEFORE = timedelta(hours=6)


class TimeField(TextField):
    """Takes 14:00, 2pm and 2.30pm."""

    def __init__(self, value: time | None = None) -> None:
        super().__init__(_written(value), width=120)

    def clock(self) -> time | None:
        """The time; None when the field is empty or wrong."""
        found = _TIME.fullmatch(plain_clock(self.value()))
        if found is None:
            return None
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "pm" else 0)
        return time(hour, minute) if hour < 24 and minute < 60 else None

    def set_clock(self, value: time | None) -> None:
        """Shows a time."""
        self.set_value(_written(value))

    def fault(self) -> str | None:
        return text("errors.field.time_unreadable") if self.value() and self.clock() is None else None


def moment_of(clock: time, began: datetime) -> datetime:
    """The moment of a meeting that began at ``began`` (aware) when clocks in London show ``clock``.

    A time long before the beginning is that of the day after: the meeting has passed midnight.
    """
    found = datetime.combine(began.astimezone(LONDON).date(), clock, LONDON)
    if found < began - _LONG_BEFORE:
        found = datetime.combine(found.date() + timedelta(days=1), clock, LONDON)
    return found


def _written(value: time | None) -> str:
    return f"{value:%H:%M}" if value else ""
