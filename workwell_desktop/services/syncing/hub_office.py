"""The page of those who look after the hub: everything at once, in one connection; and who works without a computer."""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.syncing.hub import Office, connected, kept_address
from workwell_desktop.sync import standing
from workwell_desktop.sync.hub import keeping
from workwell_desktop.sync.hub.keeping import State
from workwell_desktop.sync.hub.wire import Address

__all__ = ["Computer", "HubView", "known_address", "look"]


@dataclass(frozen=True, slots=True)
class Computer:
    """One that the hub knows. ``people`` are names of those who work on it; ``here`` is this very computer. ``lost``:
    the records say so; ``emptied`` is when it heard of that, and everything about people went from it."""

    id: Id
    name: str
    people: tuple[str, ...]
    version: str
    since: datetime
    seen: datetime | None
    revoked: datetime | None
    here: bool
    lost: bool = False
    emptied: datetime | None = None


@dataclass(frozen=True, slots=True)
class HubView:
    """``without`` are the people who work here and have no computer at the hub."""

    state: State
    computers: tuple[Computer, ...]
    without: tuple[str, ...]


def known_address(desk: Desk) -> tuple[Address, str] | None:
    """Where the hub is, and an administrator's login there: as it was set up from here, else as this computer syncs
    with it. None where neither is known."""
    desk.allow(Act.MANAGE_PEOPLE)
    kept = kept_address(desk)
    if kept is not None or not standing.is_enrolled(desk.store):
        return kept
    return standing.account_of(desk.store).address, ""


def look(desk: Desk, office: Office) -> HubView:
    """Every computer and person of the hub. Raises HubTrouble."""
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        rows, state = keeping.devices(hub), keeping.state(hub)
    with desk.read() as reader:
        known = reader.list(Device)
        staff = {one.id: one for one in reader.list(Person)}
    names = {one.id: one.name or "" for one in known}
    lost = {one.id for one in known if one.lost is not None}
    computers = tuple(
        Computer(
            Id(row.device),
            names.get(Id(row.device), "") or row.label,
            tuple(sorted(staff[Id(one)].name or "" for one in row.people if Id(one) in staff)),
            row.client or "",
            row.enrolled,
            row.seen,
            row.revoked,
            row.device == desk.store.device,
            Id(row.device) in lost,
            row.emptied,
        )
        for row in rows
    )
    has_one = {person for row in rows if row.revoked is None for person in row.people}
    without = sorted(one.name or "" for one in staff.values() if one.active is not False and one.id not in has_one)
    return HubView(state, computers, tuple(without))
