"""Services that may help instead, as somebody is told of them: name and how to reach them, by code or by area."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.coming_in import Triage
from workwell_desktop.domain.reference import ServiceRow, load_services
from workwell_desktop.services.desk import Desk

NATIONAL = "national:"
"""How the key of a service of the national list begins; its code follows."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One service: ``reach`` says in one line how one gets there."""

    key: str
    name: str
    need: str
    reach: str
    pinned: bool = False


def everything(desk: Desk) -> tuple[Suggestion, ...]:
    """Every service that may be suggested, crisis lines first."""
    desk.allow(Act.READ, Triage)
    return tuple(_suggestion(row) for row in _national())


def fitting(desk: Desk, codes: Iterable[str], areas: Iterable[str] = ()) -> tuple[Suggestion, ...]:
    """The services of these codes, in their order, then those of these areas; a code that is gone is left out."""
    desk.allow(Act.READ, Triage)
    rows = {row.code: row for row in _national()}
    wanted = dict.fromkeys([code for code in codes if code in rows])
    inside = frozenset(areas)
    wanted.update(dict.fromkeys(row.code for row in rows.values() if row.area in inside and not row.pinned))
    return tuple(_suggestion(rows[code]) for code in wanted)


def named(desk: Desk, keys: Iterable[str]) -> tuple[Suggestion, ...]:
    """The services of these keys, in the order of the list."""
    desk.allow(Act.READ, Triage)
    wanted = frozenset(keys)
    return tuple(one for one in everything(desk) if one.key in wanted)


@cache
def _national() -> tuple[ServiceRow, ...]:
    return load_services()


def _suggestion(row: ServiceRow) -> Suggestion:
    reach = ". ".join(part.rstrip(".") for part in (row.number, row.web, row.route) if part)
    return Suggestion(NATIONAL + row.code, row.name, row.need, reach, row.pinned)
