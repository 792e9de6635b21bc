"""Days of the week and times of a day as people write them: "Mon Wed Fri", "Mon to Thu", "9am to 3:30pm"."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from workwell_desktop.desktop.kit import TextField, clock_words, plain_clock, text
from workwell_desktop.domain.returning import DAYS

_TO = {"to", "until", "till"}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def read_days(words: str) -> tuple[str, ...] | None:
    """Codes mon to sun in the order of the week; None where a word is no day."""
    chosen: set[int] = set()
    before: int | None = None
    through = False
    to, named = _to("plan.days_range"), (DAYS, _own_days())
    for word in re.findall(r"[^\W\d_]+|[-–]", words.lower()):
        if word in to or word in "-–":
            through = before is not None
            continue
        places = (at for days in named for at, day in enumerate(days) if _begins(word, day))
        place = next(places, None)
        if place is None:
            return None
        chosen |= set(range(before, place + 1)) if through and before is not None else {place}
        before, through = place, False
    return tuple(day for at, day in enumerate(DAYS) if at in chosen)


def _begins(word: str, day: str) -> bool:
    return len(word) >= 2 and word.startswith(day[: len(word)])


def _own_days() -> list[str]:
    """The short names of the days in the language of the screen: what is shown can be read again."""
    return [text(f"dates.weekdays_short.d{at}").lower() for at in range(len(DAYS))]


def _to(key: str) -> set[str]:
    """Words for "to": the English ones, and those that stand between two ends in the language of the screen."""
    places = {"plan.days_range": ("first", "last"), "plan.times": ("start", "finish")}[key]
    return _TO | set(text(key, **dict.fromkeys(places, "")).lower().split())


def days_words(days: Sequence[str]) -> str:
    """ "Mon to Thu" where four days or more follow each other, else each day."""
    places = [at for at, day in enumerate(DAYS) if day in days]
    names = [text(f"dates.weekdays_short.d{at}") for at in places]
    if len(places) > 3 and places[-1] - places[0] == len(places) - 1:
        return text("plan.days_range", first=names[0], last=names[-1])
    return " ".join(names)


def read_times(words: str) -> tuple[str, str] | None:
    """Start and finish as HH:MM; empty ones for no words; None where it cannot be read."""
    if not words.strip():
        return "", ""
    words, to = plain_clock(words), _to("plan.times")
    found = list(_TIME.finditer(words))
    rest = _TIME.sub(" ", words).replace("-", " ").replace("–", " ").split()
    if len(found) != 2 or any(word.lower() not in to for word in rest):
        return None
    both = [_time(*match.groups()) for match in found]
    return None if None in both else (str(both[0]), str(both[1]))


def times_words(start: str | None, finish: str | None) -> str:
    """ "9am to 3:30pm", or nothing."""
    if not start or not finish:
        return ""
    return text("plan.times", start=_said(start), finish=_said(finish))


def _said(written: str) -> str:
    return clock_words(datetime.combine(date(2000, 1, 1), time.fromisoformat(written)))


def _time(hours: str, minutes: str | None, half: str | None) -> str | None:
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


class DaysField(TextField):
    """The days of a week as one line of words."""

    def __init__(self, days: Sequence[str] = ()) -> None:
        super().__init__(days_words(days))

    def days(self) -> tuple[str, ...]:
        """Codes of the days; none while it cannot be read."""
        return read_days(self.value()) or ()

    def fault(self) -> str | None:
        return text("plan.days_fault") if read_days(self.value()) is None else None


class TimesField(TextField):
    """When a day starts and finishes."""

    def __init__(self, start: str | None = None, finish: str | None = None) -> None:
        super().__init__(times_words(start, finish))

    def times(self) -> tuple[str | None, str | None]:
        """Start and finish as HH:MM."""
        start, finish = read_times(self.value()) or ("", "")
        return start or None, finish or None

    def fault(self) -> str | None:
        return text("plan.times_fault") if read_times(self.value()) is None else None
