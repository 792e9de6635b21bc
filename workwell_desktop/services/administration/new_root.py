"""A new root for the partnership: where somebody who held the key of its CA may have kept a copy.

    old root ──takes itself back, in its own last list──▶ counts for what is proven to be older
    new root ──▶ new certificates for the keys that everybody has · its key sealed to each administrator

Nobody has to be there for it. Every other computer learns of it by the log, which an administrator signs; whoever was
removed cannot write there any more, and what they issue under the old root is proven by nothing that is older.
"""

import ssl
from dataclasses import dataclass
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import looked_at
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import ADMINISTRATOR, Device, Partnership, Person, Revocation, RevocationReason
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Unit, slots
from workwell_desktop.store.keys import seal, vault
from workwell_desktop.store.keys.authority import DEVICE_DAYS, PERSON_DAYS, Authority, certified_key
from workwell_desktop.store.keys.revocation import serial_of

_DER = "application/pkix-cert"


@dataclass(frozen=True, slots=True)
class NewRoot:
    """``root`` is its certificate (DER). ``certificates`` were issued anew, for people, cards and computers;
    ``administrators`` hold the new key, whoever acted among them."""

    root: bytes
    certificates: int
    administrators: tuple[str, ...]


def make(desk: Desk) -> NewRoot:
    """Makes it. Raises NoPermission for anybody but an administrator who holds the key of the CA, BadInput
    ``not_found`` where there is no root."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    desk.only_administrators(Act.MANAGE_PEOPLE)
    desk.store.authority(desk.identity)
    first, last = looked_at(desk.clock)
    with desk.unit() as unit:
        unit.undoable = False
        partnership = unit.reader.list(Partnership)[0]
        if partnership.root is None:
            raise BadInput("not_found", kind="partnership")
        fresh = Authority.fresh(partnership.name or "", first, last)
        issuing = _Issuing(desk, unit, fresh)
        staff = [one for one in unit.reader.list(Person) if one.active is not False]
        for person in staff:
            issuing.person(person)
        for device in unit.reader.list(Device):
            issuing.computer(device, partnership.name or "")
        revocation.take_back(desk, unit, partnership.root, RevocationReason.KEY_LOST)
        revocation.refresh(desk, unit)
        unit.set(Partnership, partnership.id, root=unit.blob(fresh.certificate, _DER, partnership.scope))
        holders = [one for one in staff if ADMINISTRATOR in one.roles and one.verify_key]
        for one in holders:
            handed = seal.seal_to(bytes.fromhex(one.verify_key or ""), fresh.key).hex()
            unit.set(Person, one.id, authority=handed)
    _into_the_slots(desk, {one.id: bytes.fromhex(one.verify_key or "") for one in holders}, fresh)
    desk.identity = desk.store.identity_of(desk.me, desk.identity.own)
    revocation.keep_fresh(desk)
    desk.noted(AuditKind.REKEYED, record=partnership.id)
    desk.store.show()
    return NewRoot(fresh.certificate, issuing.count, tuple(sorted(one.name or "" for one in holders)))


def current(desk: Desk) -> bytes:
    """The root in use, PEM, for whoever checks papers. Raises BadInput ``not_found`` where there is none."""
    desk.allow(Act.READ, Partnership)
    roots = desk.store.trust()
    if not roots:
        raise BadInput("not_found", kind="partnership")
    return ssl.DER_cert_to_PEM_cert(roots[0]).encode()


class _Issuing:
    """New certificates for keys that have one which counts still."""

    def __init__(self, desk: Desk, unit: Unit, fresh: Authority) -> None:
        self._unit, self._fresh = unit, fresh
        self._first, self._last = looked_at(desk.clock)
        self._back = {(one.serial or "") for one in unit.reader.list(Revocation)}
        self.count = 0

    def person(self, one: Person) -> None:
        made = {
            name: self._again(held, one.name or "", PERSON_DAYS, one.registration_number)
            for name, held in (("certificate", one.certificate), ("card", one.card))
        }
        self._set(Person, one.id, one.scope, made)

    def computer(self, one: Device, otherwise: str) -> None:
        if one.lost is None:
            made = {"certificate": self._again(one.certificate, one.name or otherwise, DEVICE_DAYS, None)}
            self._set(Device, one.id, one.scope, made)

    def _again(self, held: BlobRef | None, name: str, days: int, number: str | None) -> bytes | None:
        if held is None or not self._unit.reader.has_blob(held):
            return None
        before = self._unit.reader.blob(held)
        if f"{serial_of(before):x}" in self._back:
            return None
        return self._fresh.issue(name, certified_key(before), self._first, days, number, self._last)

    def _set(self, cls: type[Person | Device], record: Id, scope: Id, made: dict[str, bytes | None]) -> None:
        written: dict[str, Any] = {
            name: self._unit.blob(certificate, _DER, scope)
            for name, certificate in made.items()
            if certificate is not None
        }
        if written:
            self._unit.set(cls, record, **written)
            self.count += len(written)


def _into_the_slots(desk: Desk, holders: dict[Id, bytes], fresh: Authority) -> None:
    """On this computer whoever held the key before holds the new one, and so does the safe."""
    slot_file = slots.load(desk.store.path)
    for slot in slot_file.sealed:
        if slot.kind == "person" and slot.holder in holders:
            slot_file = vault.with_authority(slot_file, slot.holder, holders[Id(slot.holder)], fresh.key)
        elif slot.kind == "escrow":
            slot_file = slot_file.with_slot(vault.escrow_authority(slot, fresh.key))
    slots.save(desk.store.path, slot_file)
