"""What a field or an answer can hold: the value types of FHIR R4 that the product keeps.

A ``Value`` is a plain Python value: text (str), yes or no (bool), whole number (int), exact decimal (Decimal), date
with the precision that was given (PartialDate), moment (aware datetime, UTC), time of day, Coding, Quantity, BlobRef,
or several of them: a tuple where order matters, a frozenset where it does not.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Self, TypeAlias

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A FHIR ``date``: a year, a month of a year, or a day. ``month`` and ``day`` are None where nobody said."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.month is None and self.day is not None):
            raise ValueError("not a date")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError("not a date")
        if self.day is not None and self.month is not None:
            date(self.year, self.month, self.day)

    @classmethod
    def parse(cls, written: str) -> Self:
        """From ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError for anything else."""
        match = _PARTIAL.fullmatch(written)
        if match is None:
            raise ValueError("not a date")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, day: date) -> Self:
        """A whole day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return 1 if self.month is None else 2 if self.day is None else 3

    def first_day(self) -> date:
        """The first calendar day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last calendar day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        month = "" if self.month is None else f"-{self.month:02d}"
        day = "" if self.day is None else f"-{self.day:02d}"
        return f"{self.year:04d}{month}{day}"


@dataclass(frozen=True, slots=True)
class Coding:
    """A FHIR ``Coding``: a chosen option. Two codings are the same option when system and code are."""

    system: str | None
    code: str | None
    display: str | None = None

    def same_as(self, other: "Coding") -> bool:
        """Whether both name one option, whatever they show."""
        return self.system == other.system and self.code == other.code


@dataclass(frozen=True, slots=True)
class Quantity:
    """A FHIR ``Quantity``: ``value`` in ``unit`` as shown, with its coded form where there is one (UCUM)."""

    value: Decimal | None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class BlobRef:
    """A stored blob: SHA-256 of its bytes as 64 hex characters, its length in bytes, its media type."""

    sha256: str
    size: int
    media_type: str


Single: TypeAlias = str | bool | int | Decimal | PartialDate | datetime | time | Coding | Quantity | BlobRef
Value: TypeAlias = Single | tuple[Single, ...] | frozenset[str]
