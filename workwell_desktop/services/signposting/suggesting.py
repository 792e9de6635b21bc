"""Services that may help instead, as somebody is told of them: name and how to reach them, by code or by area.

They stand in the service directory: the national list and the partnership's own, what takes nobody on now left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.coming_in import Triage
from workwell_desktop.domain.directory import LocalService
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import directory
from workwell_desktop.services.signposting.directory_views import NATIONAL, Entry


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
    return tuple(_suggestion(one) for one in _entries(desk))


def fitting(desk: Desk, codes: Iterable[str], areas: Iterable[str] = ()) -> tuple[Suggestion, ...]:
    """The services of these codes, in their order, then those of these areas; a code that is gone is left out."""
    desk.allow(Act.READ, Triage)
    entries = {one.key: one for one in _entries(desk)}
    wanted = [NATIONAL + code for code in codes]
    inside = frozenset(areas)
    wanted += [key for key, one in entries.items() if not inside.isdisjoint(one.helps) and not one.pinned]
    usable = (entries[key] for key in dict.fromkeys(wanted) if key in entries)
    return tuple(_suggestion(one) for one in usable if not one.stops)


def named(desk: Desk, keys: Iterable[str]) -> tuple[Suggestion, ...]:
    """The services of these keys, in the order of the directory."""
    desk.allow(Act.READ, Triage)
    wanted = frozenset(keys)
    return tuple(one for one in everything(desk) if one.key in wanted)


def _entries(desk: Desk) -> tuple[Entry, ...]:
    """A role that may not look into the directory is shown no service, and the words for others stay open to it."""
    return directory.find(desk).entries if desk.may(Act.READ, LocalService) else ()


def _suggestion(one: Entry) -> Suggestion:
    reach = ". ".join(part.rstrip(".") for part in (one.phone, one.web, one.how) if part)
    return Suggestion(one.key, one.name, one.need, reach, one.pinned)
