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
class MeasureView:
    """One measure of one participant, newest value first in sight.

    ``value`` is None where it was not calculated: then ``answered`` of ``questions`` says why, and it is never 0.
    ``change`` is against the value before (negative is down); ``reliable`` says whether it passes the published
    reliable-change number, None where none is published. ``lower_is_better`` is None where there is no direction.
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
