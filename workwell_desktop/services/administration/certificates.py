"""The certificates that our people sign papers with: until when they hold, and new ones from the administrator."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import looked_at
from workwell_desktop.domain.people import Device, Partnership, Person, Revocation, RevocationReason
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader
from workwell_desktop.store.keys.authority import DEVICE_DAYS, certified_key, expires, public_of
from workwell_desktop.store.keys.revocation import serial_of

SOON = timedelta(days=60)
"""How long before a certificate runs out a new one is offered."""
_DER = "application/pkix-cert"


@dataclass(frozen=True, slots=True)
class Due:
    """A certificate that runs out soon, or has: whose it is (a person or a computer), by name, and when it ends."""

    holder: Id
    name: str
    until: datetime
    computer: bool


def until(desk: Desk, person: Id) -> datetime | None:
    """When the person's certificate ends; None where they have none, or it was taken back, and so sign no papers."""
    desk.allow(Act.READ, Person)
    found = _certificate(desk, person)
    with desk.read() as reader:
        back = found is not None and f"{serial_of(found):x}" in _taken_back(reader)
    return expires(found) if found is not None and not back else None


def due(desk: Desk) -> tuple[Due, ...]:
    """Whose certificates run out within ``SOON``, or have, the first to end first: everybody's for whoever may issue
    new ones, else one's own."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    everybody = desk.may(Act.MANAGE_PEOPLE, Person)
    limit = desk.clock.now() + SOON
    found = []
    with desk.read() as reader:
        back = _taken_back(reader)
        holders: list[Person | Device] = [
            one for one in reader.list(Person) if one.active is not False and (everybody or one.id == desk.me)
        ]
        holders += reader.list(Device) if everybody else []
        for one in holders:
            if one.certificate is None or not reader.has_blob(one.certificate):
                continue
            der = reader.blob(one.certificate)
            if f"{serial_of(der):x}" not in back and expires(der) < limit:
                found.append(Due(one.id, one.name or "", expires(der), isinstance(one, Device)))
    return tuple(sorted(found, key=lambda one: one.until))


def renew_due(desk: Desk) -> int:
    """New certificates for all that run out soon, for the keys that they have; says how many. Raises NoPermission."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    wanted = due(desk)
    authority = desk.store.authority(desk.identity)
    first, last = looked_at(desk.clock)
    for one in wanted:
        if not one.computer:
            renew(desk, one.holder)
    with desk.unit() as unit:
        unit.undoable = False
        partnership = unit.reader.list(Partnership)[0].name or ""
        for one in wanted:
            if one.computer:
                device = unit.reader.get(Device, one.holder)
                assert device.certificate is not None  # noqa: S101 - due says so
                key = certified_key(unit.reader.blob(device.certificate))
                made = authority.issue(one.name or partnership, key, first, DEVICE_DAYS, last=last)
                unit.set(Device, one.holder, certificate=unit.blob(made, _DER, device.scope))
    desk.identity = desk.store.identity_of(desk.me, desk.identity.own)
    return len(wanted)


def renew(desk: Desk, person: Id, passphrase: str = "") -> datetime:
    """A new certificate for the person's own key, with name and registration number as they stand now.

    Somebody who came back with the recovery code has a new key that only their passphrase opens: they give it at this
    window. Raises FieldsInvalid where it is needed, WrongPassphrase, NoPermission without the partnership's key, and
    BadInput ``key_lost`` for a key that may be in other hands: only the recovery code brings another.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    known = _certificate(desk, person)
    if person == desk.me:
        key = public_of(desk.identity.own.paper_key)
    elif passphrase:
        key = public_of(desk.store.identity(person, passphrase, stays=False).own.paper_key)
    elif known is not None:
        key = certified_key(known)
    else:
        raise FieldsInvalid((("passphrase", "passphrase_of_theirs"),))
    with desk.read() as reader:
        if key in _lost(reader, person):
            raise BadInput("key_lost")
    made = desk.store.renew_certificate(desk.identity, person, key)
    if person == desk.me:
        desk.identity = desk.store.identity_of(desk.me, desk.identity.own)
    return expires(made)


def _certificate(desk: Desk, person: Id) -> bytes | None:
    with desk.read() as reader:
        found = reader.get(Person, person).certificate
        return reader.blob(found) if found is not None and reader.has_blob(found) else None


def _taken_back(reader: Reader) -> set[str]:
    return {one.serial for one in reader.list(Revocation) if one.serial}


def _lost(reader: Reader, person: Id) -> set[bytes]:
    """The keys (SubjectPublicKeyInfo DER) of a person that somebody else may hold."""
    serials = {one.serial for one in reader.list(Revocation) if one.reason is RevocationReason.KEY_LOST}
    refs = [line.value for line in reader.history(person, "certificate")]
    held = [reader.blob(ref) for ref in refs if isinstance(ref, BlobRef) and reader.has_blob(ref)]
    return {certified_key(der) for der in held if f"{serial_of(der):x}" in serials}
