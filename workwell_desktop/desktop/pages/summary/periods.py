"""The periods that are chosen by name. A year goes from April to March, as the service's own does."""

from collections.abc import Callable
from datetime import date, timedelta

OWN = "own"
USUAL = "this_year"


def month(today: date) -> tuple[date, date]:
    """The month that a day lies in, up to that day."""
    return today.replace(day=1), today


def quarter(today: date) -> tuple[date, date]:
    """The three months that a day lies in, up to that day."""
    return today.replace(month=today.month - (today.month - 1) % 3, day=1), today


def year(today: date) -> tuple[date, date]:
    """The year from April that a day lies in, up to that day."""
    return date(today.year - (today.month < 4), 4, 1), today


def _before(period: Callable[[date], tuple[date, date]]) -> Callable[[date], tuple[date, date]]:
    return lambda today: period(period(today)[0] - timedelta(days=1))


PRESETS: dict[str, Callable[[date], tuple[date, date]]] = {
    "this_month": month,
    "last_month": _before(month),
    "this_quarter": quarter,
    "last_quarter": _before(quarter),
    "this_year": year,
    "last_year": _before(year),
}
