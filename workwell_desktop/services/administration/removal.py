"""Taking somebody's key away: the store moves into a new file under a new key, which they are never given.

works here ──deactivate──▶ name gone, slot still there ──remove──▶ no slot, new key, new recovery code
"""

from dataclasses import dataclass, field
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups
from workwell_desktop.store import RecoveryCode, slots


@dataclass(frozen=True, slots=True)
class Removal:
    """``code`` takes the place of the recovery code before. ``older`` are the backups that are known here and that the
    person's passphrase still opens."""

    code: RecoveryCode = field(repr=False)
    older: tuple[Path, ...]


def still_opens(desk: Desk, person: Id) -> bool:
    """Whether this computer still keeps a slot for the person, so that a copy of its files would open for them."""
    desk.allow(Act.READ, Person)
    return slots.load(desk.store.path).slot("person", person) is not None


def remove(desk: Desk, person: Id) -> Removal:
    """Lets the person go where they were not yet, and gives the store a new key; so for all who were let go before.

    What they wrote stays. Raises NoPermission where the acting person does not hold the partnership's key, BadInput
    ``last_manager``, StoreInUse, DiskFull or ReadOnlyFolder; the key is then the one before.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    desk.store.authority(desk.identity)
    with desk.read() as reader:
        active = reader.get(Person, person).active is not False
    if active:
        people.deactivate(desk, person)
    with desk.read() as reader:
        gone = {str(one.id) for one in reader.list(Person) if one.active is False}
    code = desk.store.rekey(desk.identity, gone, profile=desk.profile)
    desk.noted(AuditKind.REKEYED, record=person)
    return Removal(code, tuple(one.file for one in backups.known(desk)))
