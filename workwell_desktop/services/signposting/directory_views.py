"""The service directory as pages are shown it: one entry a service, the national ones beside the partnership's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workwell_desktop.domain.directory import Capacity, Way
from workwell_desktop.domain.records import Id

NATIONAL, OWN = "national:", "own:"
"""How the key of an entry begins: what follows is a code of the national list, or the id of a record."""


class Mark(StrEnum):
    """What somebody who chooses a service has to know, the weightiest first. It warns and never hides."""

    EXPIRED = "expired"
    CLOSED = "closed"
    CLOSED_UNTIL = "closed_until"
    FULL = "full"
    OLD = "old"
    UNSURE = "unsure"


STOPS = frozenset({Mark.EXPIRED, Mark.CLOSED, Mark.CLOSED_UNTIL, Mark.FULL})
"""Marks of a service that takes nobody on now."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark with what its sentence needs: ``text(f"directory.mark.{mark}", **words)``."""

    mark: Mark
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """What is written down of one of the partnership's own services. ``wait_weeks`` is a whole number of weeks."""

    name: str = ""
    helps: frozenset[str] = frozenset()
    code: str = ""
    area: str = ""
    way: Way = Way.BOTH
    how: str = ""
    eligibility: str = ""
    wait_weeks: int | None = None
    capacity: Capacity = Capacity.OPEN
    closed_until: date | None = None
    access: frozenset[str] = frozenset()
    contact: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    note: str = ""
    checked_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One service. ``need`` says in words what a national one helps with; ``way`` is None where the list says it in
    ``how``. ``months`` since somebody looked at it; None where nobody wrote it down."""

    key: str
    name: str
    helps: frozenset[str]
    need: str
    area: str
    way: Way | None
    how: str
    eligibility: str
    wait_weeks: int | None
    capacity: Capacity
    closed_until: date | None
    access: frozenset[str]
    contact: str
    phone: str
    email: str
    web: str
    note: str
    checked_on: date | None
    expires_on: date | None
    pinned: bool
    corrected: bool
    """A national one whose number, page or way the partnership brought up to date."""
    months: int | None
    marks: tuple[Marked, ...]

    @property
    def own(self) -> Id | None:
        """The record of one of the partnership's own."""
        return Id(self.key.removeprefix(OWN)) if self.key.startswith(OWN) else None

    @property
    def national(self) -> str | None:
        """The code of a national one."""
        return self.key.removeprefix(NATIONAL) if self.key.startswith(NATIONAL) else None

    @property
    def stops(self) -> bool:
        """Whether it takes nobody on now."""
        return any(one.mark in STOPS for one in self.marks)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search found: the crisis lines first, then what can be used now, then what is marked. ``of`` is all."""

    entries: tuple[Entry, ...]
    of: int
    stopped: int
    """How many of them take nobody on now."""
