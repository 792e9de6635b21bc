"""What a page shows of a measure over time: plain values, never sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workwell_desktop.domain.episodes import Mode
from workwell_desktop.domain.records import Id


@dataclass(frozen=True, slots=True)
class Band:
    """A published band: from ``low`` up to and with ``high``; ``key`` names its words in the catalogue."""

    low: Decimal
    high: Decimal
    key: str


@dataclass(frozen=True, slots=True)
class Point:
    """One value in the past, drawn from left to right."""

    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True)
class Taken:
    """One time that the measure was taken, as a row of a table.

    ``value`` is None where it was not calculated; ``missing`` then names the questions without an answer. ``change``
    is against the value before it, and ``passes`` says whether it is at least the published number, None where there
    is no change or no number.
    """

    at: datetime
    value: Decimal | None
    band: str | None
    change: Decimal | None
    passes: bool | None
    missing: tuple[str, ...]
    mode: Mode | None
    author: str | None
    because: str = ""
    """Why there is no value, as somebody said where the score is entered."""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure of one participant, newest value first in sight.

    ``value`` is None where it was not calculated: then ``missing`` names the questions without an answer (there are
    ``answered`` of ``questions``), ``needs`` says what else the source asks for, and it is never 0. ``change`` is
    against the value before (negative is down). ``threshold`` is the published number that a change is held against:
    a reliable change, or where ``meaningful`` one that studies call meaningful; ``reliable`` says whether the change
    passes it, None where none is published. ``lower_is_better`` is None where there is no direction. ``taken`` is
    every time, oldest first; ``points`` are those with a value. ``places`` is how many decimal places are shown;
    ``out_of`` is False where ``highest`` only bounds the picture and the value is not so many "of" it.
    """

    code: str
    name: str
    form_url: str
    link_id: str
    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    unit: str | None
    answered: int
    questions: int
    band: str | None
    bands: tuple[Band, ...]
    lower_is_better: bool | None
    change: Decimal | None
    reliable: bool | None
    since: date | None
    points: tuple[Point, ...]
    response: Id | None
    at: datetime | None
    mode: Mode | None
    author: str | None
    missing: tuple[str, ...] = ()
    needs: str = ""
    threshold: Decimal | None = None
    meaningful: bool = False
    places: int = 0
    note: str = ""
    source: str = ""
    taken: tuple[Taken, ...] = ()
    out_of: bool = True
    because: str = ""
    """Why there is no value, as somebody said where the score is entered."""

    def shown(self, value: Decimal) -> str:
        """A value with the places that this measure is shown with: "36.3", and "9" rather than "9.00"."""
        return shown(value, self.places)


def shown(value: Decimal, places: int) -> str:
    """A value rounded to so many places, without noughts at the end."""
    return f"{value.quantize(Decimal(1).scaleb(-places)).normalize():f}"
