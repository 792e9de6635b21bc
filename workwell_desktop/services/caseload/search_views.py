"""The caseload and the finding of a person, as pages are shown them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload.today_views import TodayItem


class Among(StrEnum):
    """Among whom is searched."""

    MINE = "mine"
    TEAM = "team"
    CLOSED = "closed"


class SortBy(StrEnum):
    NEXT = "next"
    NAME = "name"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Match:
    """Where the words were found: the field as shown (``name``, ``called``, ``nhs_number``, ``employer``) and the
    places in it, each from a first to a past-last character. ``nhs_number`` is shown 3-3-4."""

    field: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """The programme clock. ``week`` is None before it starts; ``ends_on`` is its last day."""

    week: int | None
    weeks: int
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row. ``called`` is empty where it says no more than the name; ``nhs_number`` is written 3-3-4 or empty."""

    participant: Id
    name: str
    called: str
    nhs_number: str
    birth_date: date | None
    age: int | None
    address: str
    """First line; with the date of birth it tells people with like names apart."""
    like: bool
    """Whether another row has a like name, so that the address is to be shown."""
    work: WorkStatus | None
    since: date | None
    work_days: int | None
    """Calendar days since the present situation began."""
    employer: str
    programme: ProgrammeView
    next: TodayItem | None
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """``counts`` says how many people each choice of ``Among`` holds; ``of`` how many were searched."""

    words: str
    among: Among
    rows: tuple[PersonRow, ...]
    of: int
    counts: Mapping[Among, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person for the box on every page (Ctrl+K)."""

    participant: Id
    name: str
    called: str
    nhs_number: str
    birth_date: date | None
    address: str
    employer: str
    matches: tuple[Match, ...]
