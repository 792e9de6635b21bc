"""A computer that is lost: one act, wherever it is begun, and with or without a network.

    declare ──▶ certificate taken back · a signed word in the log ──sync──▶ hub: login shut out, told that word once
                                     └──by file──▶ colleagues                  └──▶ the computer empties itself

Where whoever declares it is signed in at the hub as its administrator, the login is shut out at once; else that waits
for the next sync, and is shown as waiting.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Device, Person, RevocationReason
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.store.exchange import lost
from workwell_desktop.sync import standing

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.hub import Office


class AtHub(StrEnum):
    """What became of a lost computer's login at the hub, as far as this computer knows."""

    NONE = "none"
    """There is no hub here: colleagues hear of it by file."""
    WAITS = "waits"
    """The hub has not heard of it yet."""
    CLOSED = "closed"


def declare(desk: Desk, device: Id, office: "Office | None" = None) -> AtHub:
    """Says that a computer is lost; again tells the hub again. With ``office`` the hub is told at once.

    Raises BadInput ``this_computer`` for the one at hand, NotFound, NoPermission for anybody but an administrator;
    HubTrouble or BadInput ``hub_device`` of the hub, when the rest is done and stays.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    desk.only_administrators(Act.MANAGE_PEOPLE)
    if device == desk.store.device:
        raise BadInput("this_computer")
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Device, device)
        if found.certificate is not None:
            revocation.take_back(desk, unit, found.certificate, RevocationReason.DEVICE_LOST)
            unit.set(Device, device, certificate=None)
        if found.lost is None:
            unit.set(Device, device, lost=desk.clock.now())
        revocation.refresh(desk, unit)
    desk.store.show()
    if office is None:
        return at_hub(desk, device)
    # what reaches a hub takes long to load
    from workwell_desktop.services.syncing import hub

    hub.show_out(desk, office, device)
    return AtHub.CLOSED


def at_hub(desk: Desk, device: Id) -> AtHub:
    """What the hub made of a computer that was declared lost."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    if not standing.is_enrolled(desk.store):
        return AtHub.NONE
    return AtHub.WAITS if lost.waits_for_the_hub(desk.store, device) else AtHub.CLOSED


def found_again(desk: Desk, device: Id) -> None:
    """A computer that was lost is to be let in again, as whoever makes a new code for it says. Its certificate stays
    taken back."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    with desk.unit() as unit:
        unit.undoable = False
        known = unit.reader.find(Device, device)
        if known is not None and known.lost is not None:
            unit.set(Device, device, lost=None)
