"""What a service summary says: counts with their marks, medians and means, and never a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workwell_desktop.services.reporting.summary_hiding import Shown

ALL = "all"
"""The column of everybody, beside those of the teams."""

Column = str
"""The id of a team, "" for people without one, or ``ALL``."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are part of it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A count; ``value`` is None where it is not shown."""

    value: int | None
    mark: Shown

    @property
    def is_shown(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """One way of telling a population apart: every one of it falls into exactly one row.

    ``of`` is the table and row that the population stands in, or None for a population itself; ``words`` is the part of
    the catalogue with the names of its rows. ``not_shown`` says that too few are in it for any choice of marks.
    """

    code: str
    words: str
    of: tuple[str, str] | None
    rows: Mapping[str, Mapping[Column, Figure]]
    totals: Mapping[Column, Figure]
    by_team: bool
    not_shown: bool = False

    def figure(self, row: str, column: Column) -> Figure:
        return self.rows[row][column]

    def share(self, row: str, column: Column) -> Decimal | None:
        """Per cent of the column; None where one of the two is not shown, or there is nobody."""
        part, whole = self.figure(row, column).value, self.totals[column].value
        if part is None or not whole:
            return None
        return (Decimal(100 * part) / whole).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Cross:
    """Two ways of telling people apart, together, for all teams: whole or, where ``counts`` is None, not at all."""

    cut: str
    table: str
    counts: Mapping[tuple[str, str], int] | None


@dataclass(frozen=True, slots=True)
class Summary:
    """``teams`` are ids with names, in order. ``averages`` are by table, row, what it is (``median_wait``,
    ``mean_first``, ``mean_last``) and column; None where the count behind one is not shown or under 5."""

    period: Period
    partnership: str
    teams: tuple[tuple[Column, str], ...]
    tables: Mapping[str, SummaryTable]
    averages: Mapping[tuple[str, str, str, Column], Decimal | None]
    crosses: tuple[Cross, ...]
    hidden_few: int
    """Counts from 1 to 4 in the column of all teams."""
    hidden_more: int
    """Counts that went with them there."""

    @property
    def people(self) -> Figure:
        """How many people the summary is about."""
        return self.tables["people"].rows[ALL][ALL]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*(team for team, _name in self.teams), ALL)
