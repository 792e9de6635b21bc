"""The computers of the partnership, as whoever looks after people sees them: which seal ink, and until when."""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import lost
from workwell_desktop.services.administration.lost import AtHub
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Computer:
    """``until`` is when its certificate ends; None where it seals nothing any more. ``here`` is the one at hand.
    ``lost`` is when it was said to be lost, and ``at_hub`` what the hub made of that."""

    id: Id
    name: str
    until: datetime | None
    here: bool
    lost: datetime | None = None
    at_hub: AtHub = AtHub.NONE


def computers(desk: Desk) -> tuple[Computer, ...]:
    """All of them, the one at hand first."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    from workwell_desktop.store.keys.authority import expires

    with desk.read() as reader:
        found = [
            Computer(
                one.id,
                one.name or "",
                expires(reader.blob(one.certificate))
                if one.certificate is not None and reader.has_blob(one.certificate)
                else None,
                one.id == desk.store.device,
                one.lost,
                lost.at_hub(desk, one.id) if one.lost is not None else AtHub.NONE,
            )
            for one in reader.list(Device, order_by="name")
        ]
    return tuple(sorted(found, key=lambda one: not one.here))
