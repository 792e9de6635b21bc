"""Today as pages are shown it: one list of what waits, fed by providers that any part of the product may add to.

    providers (risk, contacts, actions, …)  ──▶  items for a focus  ──▶  Today, the caseload's "what next", the record

A provider looks at the whole store once for everybody in the focus; nothing asks person by person.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader


class Urgency(StrEnum):
    """The groups of the list, in order. Risk stands apart, above the list."""

    RISK = "risk"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Route:
    """Where the item's act leads: a page of the window and what to show there.

    Pages: ``risk``, ``contact``, ``plan``, ``prepare``, ``session``, ``referrals``, ``tell``, ``conflict``, ``work``.
    """

    page: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing that waits. Words: ``text(f"today.what.{kind}", **words)`` and ``text(f"today.act.{kind}")``."""

    kind: str
    record: Id
    participant: Id | None
    name: str
    """Name in full, or empty for an item about several people (``names``)."""
    urgency: Urgency
    due: date | None
    at: datetime | None
    days: int
    """Days from today to ``due``; negative is overdue."""
    words: Mapping[str, object]
    route: Route
    names: tuple[str, ...] = ()
    """The people of an item that gathers several, such as referrals."""
    birth_date: date | None = None
    address: str = ""
    """Both given where somebody else here has a like name, so that a list tells them apart; else empty."""


@dataclass(frozen=True, slots=True)
class Focus:
    """For whom items are asked, and until when they are due.

    An item belongs to the focus when its participant is in ``people``, or when ``owner`` has to do it.
    """

    today: date
    soon: date
    """The last day of the group "soon": two working days ahead."""
    until: date | None
    """Items due later are left out; None takes all."""
    people: frozenset[Id]
    owner: Id | None
    open: frozenset[Id]
    """Everybody whose episode is not closed, in the focus or not."""
    names: Mapping[Id, str]
    """Name of everybody, those whose episode is closed too."""

    def holds(self, participant: Id, owner: Id | None = None) -> bool:
        """Whether something about ``participant``, to be done by ``owner``, belongs to the focus."""
        if participant not in self.open:
            return False
        return participant in self.people or self.owned(participant, owner)

    def owned(self, participant: Id, owner: Id | None) -> bool:
        """Whether the owner of the focus has to do it: what is asked after an episode was closed as well."""
        return participant in self.names and owner is not None and owner == self.owner

    def within(self, due: date | None) -> bool:
        """Whether something due on that day is to be shown."""
        return self.until is None or due is None or due <= self.until


Provider: TypeAlias = Callable[[Desk, Reader, Focus], Iterable[TodayItem]]
"""Gives the items of one kind for a focus; no SQL, a few reads for everybody at once."""


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session of today. ``without_question``: participant and name of cases that nobody wrote a question for."""

    session: Id
    team: str
    place: str
    starts_at: datetime
    running: bool
    cases: int
    discuss: int
    note: int
    urgent: int
    coming: int
    invited: int
    quorum_met: bool
    quorum_missing: tuple[str, ...]
    """``chair``, ``clinicians``: what the rule of the site still lacks."""
    without_question: tuple[tuple[Id, str], ...]


@dataclass(frozen=True, slots=True)
class MyPeople:
    """The card of one's own caseload. ``week`` and ``weeks`` are the review week and the length of the clock."""

    people: int
    week: int
    weeks: int
    reach_week: tuple[Id, ...]
    not_seen: tuple[Id, ...]
    not_seen_days: int
    actions_done: int
    since: date


@dataclass(frozen=True, slots=True)
class TodayView:
    """The page. ``items`` are sorted, soonest first, without ``risks``; ``done`` is what I finished today."""

    day: date
    soon: date
    risks: tuple[TodayItem, ...]
    items: tuple[TodayItem, ...]
    sessions: tuple[SessionCard, ...]
    mine: MyPeople
    done: int


@dataclass(frozen=True, slots=True)
class DoneItem:
    """A thing that I finished today: ``text(f"today.done.{kind}", **words)``."""

    kind: str
    participant: Id
    name: str
    at: datetime | None
    words: Mapping[str, object] = field(default_factory=dict)
