"""Going back bit by bit: weeks with days, times and hours; warnings, never blocks (domain.md 2.6)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk


def add_week(
    desk: Desk,
    participant: Id,
    *,
    starts_on: date,
    days: Collection[str],
    hours: Decimal | None = None,
    start: str | None = None,
    finish: str | None = None,
    duties: str | None = None,
    check_in: date | None = None,
) -> Id:
    """One step. ``days`` are codes mon to sun, ``start`` and ``finish`` HH:MM; without ``hours`` they are worked out."""
    raise NotImplementedError


def change_week(desk: Desk, week: Id, **fields: object) -> None:
    """Changes fields of one step: those of ``add_week``."""
    raise NotImplementedError


def remove_week(desk: Desk, week: Id) -> None:
    """Takes one step away; no other moves."""
    raise NotImplementedError


def smaller_steps(desk: Desk, participant: Id) -> int:
    """Puts a step between any two that are more than a quarter of the usual week apart; gives how many were added."""
    raise NotImplementedError
