"""What an administrator of the hub does beside enrolling."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from workwell_desktop.errors import BadInput
from workwell_desktop.sync.hub.wire import Hub, trouble


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A laptop as the hub knows it. Ids are 32 hexadecimal characters."""

    device: str
    label: str
    client: str | None
    enrolled: datetime
    seen: datetime | None
    revoked: datetime | None
    people: tuple[str, ...]
    emptied: datetime | None = None
    """When it heard that it was lost, and everything about people went from it."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A one-time code that nobody has used yet; ``code`` are its first eight letters, which open nothing."""

    code: str
    label: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class State:
    """``forks`` counts changes that stand where another stood already: two copies of one laptop, or worse."""

    name: str
    partnership: str
    schema: int
    min_client: str
    position: int
    devices: int
    codes: int
    forks: int


def devices(hub: Hub) -> tuple[DeviceRow, ...]:
    """Every laptop, the one that was seen last first. Raises HubTrouble."""
    rows = _rows(
        hub,
        "select device, label, client, enrolled, seen, revoked, people, emptied from workwell.devices"
        " order by revoked is not null, seen desc nulls last, device",
    )
    return tuple(
        DeviceRow(row[0].hex, row[1], row[2], row[3], row[4], row[5], tuple(one.hex for one in row[6]), row[7])
        for row in rows
    )


def codes(hub: Hub) -> tuple[CodeRow, ...]:
    """Those that still let a computer in, the one that ends first before the others. Raises HubTrouble."""
    rows = _rows(hub, "select code_id, label, expires from workwell.codes order by expires, code_id")
    return tuple(CodeRow(*row) for row in rows)


def withdraw(hub: Hub, code: str) -> None:
    """A code opens nothing from now on. Raises BadInput ``hub_code_unknown`` for one that does not wait, HubTrouble."""
    if _rows(hub, "select workwell.withdraw_code(%s)", code)[0][0] is not True:
        raise BadInput("hub_code_unknown")


def state(hub: Hub) -> State:
    """Raises HubTrouble."""
    row = _rows(
        hub,
        "select name, partnership, schema_version, min_client, position, devices, codes, forks from workwell.state",
    )[0]
    return State(row[0], row[1].hex, row[2], row[3], row[4], row[5], row[6], row[7])


def revoke(hub: Hub, device: str) -> None:
    """A lost laptop: it is shown out and never let in again. Raises BadInput ``hub_device`` for one that the hub does
    not know, HubTrouble."""
    if _rows(hub, "select workwell.revoke(%s)", UUID(device))[0][0] is not True:
        raise BadInput("hub_device")


def show_out(hub: Hub, device: str) -> None:
    """A lost laptop of which an administrator's signed word is on its way: shown out, and told that once. Raises
    BadInput ``hub_device``, HubTrouble."""
    if _rows(hub, "select workwell.show_out(%s)", UUID(device))[0][0] is not True:
        raise BadInput("hub_device")


def give(hub: Hub, person: str, scope: str, until: datetime | None) -> None:
    """Opens a scope to a person by hand; None takes it back. Raises HubTrouble."""
    _rows(hub, "select workwell.give(%s, %s, %s)", UUID(person), UUID(scope), until)


def set_min_client(hub: Hub, version: str) -> None:
    """The least version that may sync. Raises BadInput ``hub_version``, HubTrouble."""
    try:
        hub.execute("select workwell.set_min_client(%s)", (version,))
    except psycopg.Error as error:
        raise BadInput("hub_version") if error.sqlstate == "WW003" else trouble(error) from None


def was_restored(hub: Hub) -> str:
    """After a backup took the hub's place: every laptop reads again and hands back what was lost. Gives the new epoch.
    Raises HubTrouble."""
    return str(_rows(hub, "select workwell.new_epoch()")[0][0].hex)


def erased(hub: Hub) -> frozenset[str]:
    """The scopes that were erased here. Raises HubTrouble."""
    return frozenset(scope.hex for (scope,) in _rows(hub, "select e.scope from workwell.erased e"))


def erase(hub: Hub, scope: str, warrant: str) -> tuple[int, int]:
    """Takes the values and papers of a scope away, on the strength of a signed change; gives how many of each. Raises
    BadInput ``hub_warrant``, HubTrouble."""
    try:
        row = hub.execute("select * from workwell.erase(%s, %s)", (UUID(scope), bytes.fromhex(warrant))).fetchone()
    except psycopg.Error as error:
        raise BadInput("hub_warrant") if error.sqlstate == "WW010" else trouble(error) from None
    if row is None:
        raise BadInput("hub_warrant")
    values, papers = row
    return int(values), int(papers)


def _rows(hub: Hub, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    try:
        return hub.execute(statement.encode(), parameters).fetchall()
    except psycopg.Error as error:
        raise trouble(error) from None
