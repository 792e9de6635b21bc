"""People of an open store: switching, adding, new passphrases, certificates. Mixed into ``Store``."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nacl.signing import SigningKey

from workwell_desktop.domain.clock import Clock, looked_at
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.people import ADMINISTRATOR, Device, Partnership, Person, Profession
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import DamagedStore, NoPermission
from workwell_desktop.store import computer, slots
from workwell_desktop.store.entry import tried
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.keys import vault
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import RecoveryCode
from workwell_desktop.store.keys.vault import Opened, Secrets
from workwell_desktop.store.log.streams import keys_of_author
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.slots import Slot, SlotFile

if TYPE_CHECKING:
    from workwell_desktop.store.computer import Settings
    from workwell_desktop.store.keys.authority import Authority
    from workwell_desktop.store.log.unit import Unit
    from workwell_desktop.store.reading.reader import Reader
    from workwell_desktop.store.store import Store

CERTIFICATE = "application/pkix-cert"
_LISTS = 6
"""Each list holds all that the one before it held, but for another root."""


@dataclass(frozen=True, slots=True)
class Founder:
    """A person to be: the first one of a store, or one whom an administrator adds. ``roles`` are codes of the site
    pack; whoever has ``administrator`` among them holds the CA key."""

    name: str
    profession: Profession
    passphrase: str
    registration_number: str | None = None
    role: str = "coach"
    also: tuple[str, ...] = ()
    teams: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset((self.role, *self.also))

    def __repr__(self) -> str:
        return "Founder()"


class People:
    """What ``Store`` does about people; the slots are a file beside the store."""

    path: Path
    device: Id
    _key: bytes
    _clock: Clock

    if TYPE_CHECKING:
        settings: "Settings"

        def unit(self, identity: Identity) -> AbstractContextManager["Unit"]: ...
        def read(self) -> "Reader": ...
        def _reads(self) -> AbstractContextManager[Cursor]: ...

    def identity(self, person: Id, passphrase: str, *, stays: bool = True) -> Identity:
        """Somebody else takes over without closing, or, where they do not stay, signs one thing. Raises
        WrongPassphrase; writes down the wrong tries before."""
        slot_file = slots.load(self.path)
        opened, failed = tried(self.path, slot_file, person, passphrase, self._clock)
        return self.entered(person, opened, failed, stays=stays)

    def entered(self, person: Id, opened: Opened, failed: int, *, stays: bool = True) -> Identity:
        """The identity of a person whose passphrase was right. Who ``stays`` opened the store last, and is offered
        first the next time."""
        if opened.own is None:
            raise ValueError("no secrets of a person")
        self._refuse_strange(person, opened.own)
        identity = self.identity_of(person, opened.own)
        self._note_failed(identity, failed)
        slot_file = self._of_the_log(slots.load(self.path), person)
        known = next((one for one in slot_file.people if one.person == person), None)
        if known is not None and stays:
            opened_at = self._clock.now().isoformat()
            slot_file = slot_file.with_person(replace(known, last_opened=opened_at))
            slots.save(self.path, self._shown(slot_file))
        return identity

    def _note_failed(self, identity: Identity, failed: int) -> None:
        """Wrong tries before a right one are in the record of events, whatever was tried."""
        if failed:
            with self.unit(identity) as unit:
                for _ in range(failed):
                    unit.event(AuditEvent(AuditKind.UNLOCK_FAILED))

    def _refuse_strange(self, person: Id, own: Secrets) -> None:
        """Raises DamagedStore for a slot of somebody with keys that the log does not know as theirs: whoever has the
        key of the file can write such a slot, and nothing that was signed with it would count anywhere."""
        with self._reads() as cursor:
            known = keys_of_author(cursor, person)
        if known and own.verify_key.hex() not in known:
            raise DamagedStore

    @property
    def rehearsal(self) -> bool:
        """Whether it is for practice, as the store itself says; one that was made before it did is believed."""
        with self._reads() as cursor:
            kept = computer.find_own(cursor, computer.REHEARSAL)
        return slots.load(self.path).rehearsal if kept is None else kept == b"1"

    def show(self) -> None:
        """Writes beside the store what papers are checked by without anybody being signed in, where it changed."""
        held = slots.load(self.path)
        shown = self._shown(held)
        if shown != held:
            slots.save(self.path, shown)

    def _shown(self, slot_file: SlotFile) -> SlotFile:
        return replace(
            slot_file,
            rehearsal=self.rehearsal,
            roots=tuple(root.hex() for root in self.trust()),
            lists=tuple(der.hex() for der in self.taken_back()[:_LISTS]),
            stamps=tuple(str(root) for root in self.settings.get(slots.STAMP_ROOTS) or ()),
        )

    def taken_back(self) -> tuple[bytes, ...]:
        """The lists (DER) of what this partnership took back that it ever signed and still keeps, the newest first."""
        from workwell_desktop.domain.values import BlobRef

        with self.read() as reader:
            partnership = reader.list(Partnership)[0]
            kept = [line.value for line in reversed(reader.history(partnership.id, "revoked"))]
            refs = dict.fromkeys(one for one in kept if isinstance(one, BlobRef))
            return tuple(reader.blob(ref) for ref in refs if reader.has_blob(ref))

    def _of_the_log(self, slot_file: SlotFile, but: Id) -> SlotFile:
        """Without those who were being added when the program was cut short: their slots are there, and no record."""
        with self.read() as reader:
            known = {one.id for one in reader.list(Person)} | {but}
        for holder in [one.person for one in slot_file.people if one.person not in known]:
            people = tuple(one for one in slot_file.people if one.person != holder)
            slot_file = replace(slot_file.without("person", holder), people=people)
        return slot_file

    def identity_of(self, person: Id, own: Secrets) -> Identity:
        with self._reads() as cursor:
            device_key, seed = computer.own(cursor, "paper_key"), computer.own(cursor, "seed")
        with self.read() as reader:
            found = reader.find(Person, person)
            device = reader.find(Device, self.device)
            root = reader.list(Partnership)[0].root
            paper = found.certificate if found else None
            device_paper = device.certificate if device else None
            return Identity(
                person,
                self.device,
                own,
                device_key,
                reader.blob(paper) if paper and reader.has_blob(paper) else None,
                reader.blob(device_paper) if device_paper and reader.has_blob(device_paper) else None,
                reader.blob(root) if root and reader.has_blob(root) else b"",
                SigningKey(own.seed),
                SigningKey(seed),
            )

    def trust(self) -> tuple[bytes, ...]:
        """Roots (DER) that signatures are checked against: the partnership's own first, then retired ones."""
        from workwell_desktop.domain.values import BlobRef

        with self.read() as reader:
            partnership = reader.list(Partnership)[0]
            own = (partnership.root,) if partnership.root else ()
            retired = [line.value for line in reversed(reader.history(partnership.id, "root"))]
            refs = dict.fromkeys((*own, *(one for one in retired if isinstance(one, BlobRef))))
            return tuple(reader.blob(ref) for ref in refs if reader.has_blob(ref))

    def add_person(self, by: Identity, founder: Founder, *, profile: Argon2Profile | None = None) -> Id:
        """Adds a person with slot, keys and certificate. Raises NoPermission where ``by`` holds no CA key."""
        authority = self.authority(by)
        own = Secrets(bytes(SigningKey.generate()), _new_key())
        person = new_id()
        with self.unit(by) as unit:
            unit.undoable = False
            partnership = unit.reader.list(Partnership)[0]
            certificate = _person_certificate(authority, founder.name, own, self._clock, founder.registration_number)
            unit.add(
                Person(
                    id=person,
                    scope=partnership.scope,
                    name=founder.name,
                    profession=founder.profession,
                    registration_number=founder.registration_number,
                    roles=founder.roles,
                    teams=founder.teams,
                    active=True,
                    verify_key=own.verify_key.hex(),
                    certificate=unit.blob(certificate, CERTIFICATE, partnership.scope),
                )
            )
            slot_file = slots.load(self.path)
            slot_file = slot_file.with_person(Slot(person, founder.name, founder.profession.value))
            slot_file = slot_file.with_slot(
                vault.person_slot(
                    slot_file,
                    person,
                    founder.passphrase,
                    key=self._key,
                    own=own,
                    profile=profile or Argon2Profile.calibrated(),
                )
            )
            if ADMINISTRATOR in founder.roles:
                slot_file = vault.with_authority(slot_file, person, own.verify_key, authority.key)
            slots.save(self.path, slot_file)
        return person

    def let_in_again(self, by: Identity, person: Id, passphrase: str, *, profile: Argon2Profile | None = None) -> None:
        """Somebody whose slot was taken away works here again, with keys and a certificate of their own that are new;
        what they wrote before stays theirs. Raises NoPermission where ``by`` holds no CA key."""
        authority = self.authority(by)
        own = Secrets(bytes(SigningKey.generate()), _new_key())
        with self.unit(by) as unit:
            unit.undoable = False
            found = unit.reader.get(Person, person)
            paper = _person_certificate(authority, found.name or "", own, self._clock, found.registration_number)
            certificate = unit.blob(paper, CERTIFICATE, found.scope)
            unit.set(Person, person, active=True, verify_key=own.verify_key.hex(), certificate=certificate)
            shown = Slot(person, found.name or "", found.profession.value if found.profession else "")
            slot_file = slots.load(self.path).without("person", person).with_person(shown)
            chosen = profile or Argon2Profile.calibrated()
            made = vault.person_slot(slot_file, person, passphrase, key=self._key, own=own, profile=chosen)
            slot_file = slot_file.with_slot(made)
            if ADMINISTRATOR in found.roles:
                slot_file = vault.with_authority(slot_file, person, own.verify_key, authority.key)
            slots.save(self.path, slot_file)

    def authority(self, by: Identity) -> "Authority":
        """The CA as it is now, in the hands of an administrator. Raises NoPermission.

        Where a new root was made on another computer, the key here is the one before; the new one stands in the
        records, sealed to each administrator of that day.
        """
        from workwell_desktop.store.keys.authority import Authority

        with self.read() as reader:
            root = reader.list(Partnership)[0].root
            now = reader.blob(root) if root is not None and reader.has_blob(root) else by.root
            found = reader.find(Person, by.person)
        held = [vault.authority_key(slots.load(self.path), by.person, by.own)]
        if found is not None and found.authority and ADMINISTRATOR in found.roles:
            held.append(vault.handed_authority(found.authority, by.own))
        for key in held:
            if key is not None and (made := Authority(now, key)).fits:
                return made
        raise NoPermission(role=Code("administrator"), act="certify")

    def grant_authority(self, by: Identity, person: Id) -> None:
        """Lets another administrator hold the CA key. Raises NoPermission."""
        authority = self.authority(by)
        with self.read() as reader:
            verify_key = bytes.fromhex(reader.get(Person, person).verify_key or "")
        slots.save(self.path, vault.with_authority(slots.load(self.path), person, verify_key, authority.key))

    def withdraw_authority(self, person: Id) -> None:
        """Takes the CA key out of the slot of somebody who is an administrator no more."""
        slot_file = slots.load(self.path)
        slot = slot_file.slot("person", person)
        if slot is not None and slot.authority is not None:
            slots.save(self.path, slot_file.with_slot(replace(slot, authority=None)))

    def renew_certificate(self, by: Identity, person: Id, public_key: bytes) -> bytes:
        """A new certificate (DER) for a person's key (SubjectPublicKeyInfo DER). Raises NoPermission."""
        authority = self.authority(by)
        with self.unit(by) as unit:
            unit.undoable = False
            found = unit.reader.get(Person, person)
            certificate = authority.issue(
                found.name or "", public_key, self._clock.now(), 2 * 365, found.registration_number
            )
            unit.set(Person, person, certificate=unit.blob(certificate, CERTIFICATE, found.scope))
        return certificate

    def change_passphrase(
        self, identity: Identity, old: str, new: str, *, profile: Argon2Profile | None = None
    ) -> None:
        """Wraps the same keys anew. Raises WrongPassphrase."""
        slot_file = slots.load(self.path)
        opened, failed = tried(self.path, slot_file, identity.person, old, self._clock)
        if opened.own is None:
            raise ValueError("no secrets of a person")
        self._note_failed(identity, failed)
        chosen = profile or Argon2Profile.calibrated()
        slot = vault.person_slot(slot_file, identity.person, new, key=self._key, own=opened.own, profile=chosen)
        slots.save(self.path, slot_file.with_slot(slot))

    def set_passphrase(self, person: Id, new: str, *, profile: Argon2Profile | None = None) -> Identity:
        """A new passphrase for somebody who forgot theirs, in a store that the recovery code opened.

        Their old secrets stay sealed for ever, so they get new ones, which the computer itself vouches for in the log.
        The CA key was sealed to the old ones: where no other administrator holds it and this person is one, a new root
        takes its place and the old one stays trusted; else they sign no papers until an administrator issues a new
        certificate. Raises NotFound for a person whom the store does not know.
        """
        from workwell_desktop.store.keys.authority import Authority, new_key

        with self.read() as reader:
            found = reader.get(Person, person)
            partnership = reader.list(Partnership)[0]
        own = Secrets(bytes(SigningKey.generate()), new_key())
        slot_file = slots.load(self.path)
        others = any(slot.kind == "person" and slot.authority and slot.holder != person for slot in slot_file.sealed)
        authority = None
        if ADMINISTRATOR in found.roles and not others:
            authority = Authority.fresh(partnership.name or "", *looked_at(self._clock))
        with self.unit(self._as_computer()) as unit:
            unit.undoable = False
            certificate = None
            if authority is not None:
                root = unit.blob(authority.certificate, CERTIFICATE, partnership.scope)
                unit.set(Partnership, partnership.id, root=root)
                paper = _person_certificate(authority, found.name or "", own, self._clock, found.registration_number)
                certificate = unit.blob(paper, CERTIFICATE, partnership.scope)
                self._certify_computer(unit, authority, partnership)
            unit.set(Person, person, verify_key=own.verify_key.hex(), certificate=certificate)
        # the log comes first: cut short here, the code still opens and this is done again. The other way round a
        # person would sign with a key that no log knows
        known = Slot(person, found.name or "", found.profession.value if found.profession else "")
        slot_file = slot_file.without("person", person).with_person(known)
        chosen = profile or Argon2Profile.calibrated()
        slot_file = slot_file.with_slot(
            vault.person_slot(slot_file, person, new, key=self._key, own=own, profile=chosen)
        )
        if authority is not None:
            slot_file = vault.with_authority(slot_file, person, own.verify_key, authority.key)
            for slot in [one for one in slot_file.sealed if one.kind == "escrow"]:
                # the safe keeps the new CA key, not the one before
                slot_file = slot_file.with_slot(vault.escrow_slot(bytes.fromhex(slot.holder), self._key, authority.key))
        slots.save(self.path, slot_file)
        return self.identity_of(person, own)

    def _as_computer(self) -> Identity:
        """The computer itself, for what nobody else can vouch for."""
        with self._reads() as cursor:
            own = Secrets(computer.own(cursor, "seed"), computer.own(cursor, "paper_key"))
        key = SigningKey(own.seed)
        return Identity(self.device, self.device, own, own.paper_key, None, None, b"", key, key)

    def _certify_computer(self, unit: "Unit", authority: "Authority", partnership: Partnership) -> None:
        from workwell_desktop.store.keys.authority import DEVICE_DAYS, public_of

        device = unit.reader.get(Device, self.device)
        public_key = public_of(computer.own(unit.cursor, "paper_key"))
        name = device.name or partnership.name or ""
        first, last = looked_at(self._clock)
        certificate = authority.issue(name, public_key, first, DEVICE_DAYS, last=last)
        unit.set(Device, self.device, certificate=unit.blob(certificate, CERTIFICATE, partnership.scope))

    def refresh_slot(self, person: Id) -> None:
        """The unlock page follows the person's record: name and profession, and whether they work here at all."""
        with self.read() as reader:
            found = reader.get(Person, person)
        slot_file = slots.load(self.path)
        known = next((one for one in slot_file.people if one.person == person), Slot(person, "", ""))
        shown = replace(known, name=found.name or "", profession=found.profession.value if found.profession else "")
        if found.active is False:
            slot_file = replace(slot_file, people=tuple(one for one in slot_file.people if one.person != person))
        elif slot_file.slot("person", person) is not None:
            slot_file = slot_file.with_person(shown)
        slots.save(self.path, slot_file)

    def remove_slot(self, by: Identity, person: Id) -> None:
        """Takes a person's way into this file away; what they wrote stays. Raises NoPermission, ValueError for oneself.

        A copy of the slots that was made before still opens a copy of the file that was made before.
        """
        self.authority(by)
        if person == by.person:
            raise ValueError("nobody removes their own slot")
        slot_file = slots.load(self.path).without("person", person)
        people = tuple(one for one in slot_file.people if one.person != person)
        slots.save(self.path, replace(slot_file, people=people))

    def rekey(
        self, by: Identity, without: Collection[str] = (), *, profile: Argon2Profile | None = None
    ) -> RecoveryCode:
        """A new key for the whole store, which nobody of ``without`` is given; see ``rekey.rekey``."""
        from workwell_desktop.store.safekeeping.rekey import rekey

        return rekey(cast("Store", self), by, without, profile=profile)

    def set_escrow(self, by: Identity, public_key: bytes) -> None:
        """Opens the store, and keeps the CA key, for the partnership's escrow key (X25519). Raises NoPermission."""
        slot = vault.escrow_slot(public_key, self._key, self.authority(by).key)
        slot_file = slots.load(self.path)
        # one key in the safe: that of before opens nothing any more
        others = tuple(one for one in slot_file.sealed if one.kind != "escrow")
        slots.save(self.path, replace(slot_file, sealed=others).with_slot(slot))

    def new_recovery_code(self, by: Identity, *, profile: Argon2Profile | None = None) -> RecoveryCode:
        """A fresh code; the one before opens nothing any more. Raises NoPermission."""
        self.authority(by)
        code = RecoveryCode.fresh()
        slot_file = slots.load(self.path)
        slot = vault.recovery_slot(slot_file, code, self._key, profile or Argon2Profile.floor())
        slots.save(self.path, slot_file.with_slot(slot))
        return code


def _new_key() -> bytes:
    from workwell_desktop.store.keys.authority import new_key

    return new_key()


def _person_certificate(authority: "Authority", name: str, own: Secrets, clock: Clock, number: str | None) -> bytes:
    from workwell_desktop.store.keys.authority import PERSON_DAYS, public_of

    first, last = looked_at(clock)
    return authority.issue(name, public_of(own.paper_key), first, PERSON_DAYS, number, last)
