"""Taking somebody's key away: the store moves into a new file under a new key, which they are never given.

works here ──deactivate──▶ name gone, slot still there ──remove──▶ no slot, new key, new recovery code
no slot ──bring_back──▶ works here, with a new passphrase and new keys
"""

from dataclasses import dataclass, field
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid
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


def bring_back(desk: Desk, person: Id, passphrase: str) -> None:
    """Somebody whose key was taken away works here again, with a new passphrase that they type themselves.

    Raises FieldsInvalid for a passphrase that will not do, BadInput ``still_here`` for somebody who has a key, and
    NoPermission where the acting person does not hold the partnership's key.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    if still_opens(desk, person):
        raise BadInput("still_here")
    with desk.read() as reader:
        weak = passphrase_problem(passphrase, reader.get(Person, person).name or "")
    if weak:
        raise FieldsInvalid((("passphrase", f"passphrase_{weak}"),))
    desk.store.let_in_again(desk.identity, person, passphrase, profile=desk.profile)
