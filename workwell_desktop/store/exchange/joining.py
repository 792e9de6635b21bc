"""One more laptop of a partnership: what an administrator's packs for it, and the empty store that is made from that.

    pack ──▶ parcel, sealed under a one-time code ──▶ begin ──▶ an empty store, unfinished ──(first copy)──▶ finish

The new store has a key and a recovery code of its own. The computer's record is written, and its keys are made, where
the parcel is packed; the person's own come over as they are sealed there, and open by their passphrase alone. For
somebody who has none yet the parcel holds fresh ones. The first change that ever enters must be the founder's.
"""

import json
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nacl.signing import SigningKey
from sqlalchemy import select

from workwell_desktop.domain.clock import Clock, looked_at
from workwell_desktop.domain.people import ADMINISTRATOR, Device, Partnership, Person
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, NoPermission, StoreTrouble
from workwell_desktop.store import beside, computer, slots
from workwell_desktop.store.exchange.intake import ANCHOR, keys_of
from workwell_desktop.store.face import keys_path
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.keys import seal, vault
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import RecoveryCode
from workwell_desktop.store.keys.vault import Secrets
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.opening import KEY_BYTES, begin_empty, open_with_key
from workwell_desktop.store.people import CERTIFICATE
from workwell_desktop.store.prepared import Statement
from workwell_desktop.store.slots import SealedSlot, Slot, SlotFile
from workwell_desktop.store.store import Store

if TYPE_CHECKING:
    from workwell_desktop.store.keys.authority import Authority
    from workwell_desktop.store.log.unit import Unit

_PURPOSE = "parcel"
_C, _V = tables.change, tables.value
_FIRST = Statement(select(_V.c.value).join(_C, _C.c.n == _V.c.n).order_by(_C.c.n).limit(1))


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who is to work on the new laptop. ``slot`` is theirs in the store ``sealed_in``, without that store's
    key; ``fresh`` keys are of somebody who had none. With neither, theirs lie on another laptop of their own."""

    person: Id
    name: str
    profession: str
    sealed_in: str = ""
    slot: SealedSlot | None = field(default=None, repr=False)
    fresh: Secrets | None = field(default=None, repr=False)
    authority: str | None = field(default=None, repr=False)

    @property
    def needs_keys(self) -> bool:
        return self.slot is None and self.fresh is None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a laptop needs to begin. ``anchor`` is the key that the partnership's first change was signed with."""

    partnership: Id
    name: str
    rehearsal: bool
    roots: tuple[str, ...]
    anchor: bytes
    device: Id
    device_name: str
    own: Secrets = field(repr=False)
    people: tuple[Entrant, ...] = ()


def pack(
    store: Store, by: Identity, people: Collection[Id], secret: bytes, *, name: str = "", new_keys: bool = False
) -> tuple[Id, bytes]:
    """Writes the new computer into the log, and what it needs into a parcel that ``secret`` opens; its id and that.

    ``new_keys`` gives everybody named fresh keys instead of those that are sealed here. Certificates are issued where
    ``by`` holds the CA key, else an administrator who does issues them later. Raises NotFound.
    """
    from workwell_desktop.store.keys.authority import DEVICE_DAYS, new_key, public_of

    slot_file = slots.load(store.path)
    authority: Authority | None = None
    with suppress(NoPermission):
        authority = store.authority(by)
    device, own = new_id(), Secrets(bytes(SigningKey.generate()), new_key())
    with store.unit(by) as unit:
        unit.undoable = False
        partnership = unit.reader.list(Partnership)[0]
        certificate = None
        if authority is not None:
            first, last = looked_at(store._clock)
            paper = authority.issue(
                name or partnership.name or "", public_of(own.paper_key), first, DEVICE_DAYS, last=last
            )
            certificate = unit.blob(paper, CERTIFICATE, partnership.scope)
        unit.add(
            Device(
                id=device,
                scope=partnership.scope,
                name=name or None,
                verify_key=own.verify_key.hex(),
                certificate=certificate,
            )
        )
        row = unit.cursor.row(_FIRST)
        anchor = fields.content(row[0]) if row is not None else None
        entrants = [_entrant(unit, store, slot_file, person, authority, new_keys=new_keys) for person in people]
        said = {
            "partnership": partnership.id,
            "name": partnership.name or "",
            "rehearsal": slot_file.rehearsal,
            "roots": [root.hex() for root in store.trust()],
            "anchor": anchor,
            "device": device,
            "device_name": name,
            "own": _written(own),
            "people": entrants,
        }
    if new_keys:
        _forget_unused(store, people)
    return device, seal.seal(seal.subkey(secret, _PURPOSE), json.dumps(said).encode(), {"for": _PURPOSE})


def _entrant(
    unit: "Unit", store: Store, slot_file: SlotFile, person: Id, authority: "Authority | None", *, new_keys: bool
) -> dict[str, Any]:
    from workwell_desktop.store.keys.authority import PERSON_DAYS, new_key, public_of

    found = unit.reader.get(Person, person)
    slot = slot_file.slot("person", person)
    said: dict[str, Any] = {
        "person": person,
        "name": found.name or "",
        "profession": found.profession.value if found.profession else "",
    }
    if new_keys or (slot is None and not found.verify_key):
        own = Secrets(bytes(SigningKey.generate()), new_key())
        certificate = None
        if authority is not None:
            first, last = looked_at(store._clock)
            paper = authority.issue(
                found.name or "", public_of(own.paper_key), first, PERSON_DAYS, found.registration_number, last
            )
            certificate = unit.blob(paper, CERTIFICATE, found.scope)
        unit.set(Person, person, verify_key=own.verify_key.hex(), certificate=certificate)
        said["own"] = _written(own)
        if authority is not None and ADMINISTRATOR in found.roles:
            said["authority"] = seal.seal_to(own.verify_key, authority.key).hex()
    elif slot is not None:
        said |= {"store": slot_file.store, "kdf": slot.kdf, "sealed": slot.own, "authority": slot.authority}
    return said


def _forget_unused(store: Store, people: Collection[Id]) -> None:
    """Who got new keys and never signed in here needs no way in here."""
    slot_file = slots.load(store.path)
    unused = {one.person for one in slot_file.people if one.person in people and one.last_opened is None}
    for person in unused:
        slot_file = slot_file.without("person", person)
    slots.save(store.path, replace(slot_file, people=tuple(p for p in slot_file.people if p.person not in unused)))


def opened(parcel: bytes, secret: bytes) -> Parcel:
    """Raises BadInput ``join_code`` where the code is another one's, or a byte was changed."""
    try:
        said = json.loads(seal.unseal(seal.subkey(secret, _PURPOSE), parcel, {"for": _PURPOSE}))
    except seal.SealBroken:
        raise BadInput("join_code") from None
    people = tuple(
        Entrant(
            Id(one["person"]),
            one["name"],
            one["profession"],
            one.get("store", ""),
            SealedSlot("person", one["person"], one["kdf"], "", one["sealed"]) if one.get("sealed") else None,
            _read(one["own"]) if one.get("own") else None,
            one.get("authority"),
        )
        for one in said["people"]
    )
    return Parcel(
        Id(said["partnership"]),
        said["name"],
        said["rehearsal"],
        tuple(said["roots"]),
        bytes.fromhex(said["anchor"] or ""),
        Id(said["device"]),
        said["device_name"],
        _read(said["own"]),
        people,
    )


def secrets_of(entrant: Entrant, passphrase: str, keys: SlotFile | None = None) -> tuple[Secrets, str | None]:
    """The keys of somebody who joins, and the CA key that they may hold, sealed to them. ``keys`` are the slots of
    another laptop of theirs. Raises WrongPassphrase, BadInput ``join_keys`` where their keys are not here."""
    if entrant.fresh is not None:
        return entrant.fresh, entrant.authority
    if entrant.slot is not None:
        return vault.own_secrets(entrant.sealed_in, entrant.slot, passphrase), entrant.authority
    slot = keys.slot("person", entrant.person) if keys is not None else None
    if keys is None or slot is None:
        raise BadInput("join_keys")
    return vault.own_secrets(keys.store, slot, passphrase), slot.authority


def begin(
    path: Path,
    parcel: Parcel,
    entrant: Entrant,
    own: Secrets,
    passphrase: str,
    *,
    authority: str | None,
    clock: Clock,
    profile: Argon2Profile | None = None,
) -> Store:
    """An empty store for whoever joins, or the one that was begun here with this invitation and cut short.

    Raises BadInput ``store_exists``, WrongPassphrase for another one than it was begun with, StoreInUse, DiskFull.
    """
    going_on = _begun(path, parcel, entrant.person, passphrase, clock)
    if going_on is not None:
        return going_on
    lock = beside.begin(path)
    store: Store | None = None
    try:
        key = secrets.token_bytes(KEY_BYTES)
        slot_file = SlotFile(new_id(), parcel.name, parcel.rehearsal, roots=parcel.roots)
        slot_file = slot_file.with_person(Slot(entrant.person, entrant.name, entrant.profession))
        chosen = profile or Argon2Profile.calibrated()
        slot = vault.person_slot(slot_file, entrant.person, passphrase, key=key, own=own, profile=chosen)
        store = begin_empty(path, key, clock, lock, parcel.device, rehearsal=parcel.rehearsal)
        with store._writes() as cursor:
            computer.set_own(cursor, "seed", parcel.own.seed)
            computer.set_own(cursor, "paper_key", parcel.own.paper_key)
            if parcel.anchor:
                computer.set_own(cursor, ANCHOR, parcel.anchor)
        slots.save(path, slot_file.with_slot(replace(slot, authority=authority)))
    except BaseException:
        if store is not None:
            store.close()
        lock.release()
        beside.take_away(path)
        raise
    return store


def _begun(path: Path, parcel: Parcel, person: Id, passphrase: str, clock: Clock) -> Store | None:
    if not beside.mark_path(path).exists() or not keys_path(path).exists():
        return None
    try:
        slot_file = slots.load(path)
        if slot_file.slot("person", person) is None:
            return None
        store = open_with_key(path, vault.open_person(slot_file, person, passphrase).key, clock)
    except StoreTrouble:
        return None  # what lies there is not whole: it is made anew
    if store.device != parcel.device:
        store.close()
        return None
    return store


def finish(store: Store, entrant: Entrant, own: Secrets, profile: Argon2Profile | None = None) -> RecoveryCode:
    """The first copy has come: from now on it is a store. The code opens it when the passphrase is forgotten.

    Raises BadInput ``join_early`` where the person is not among what came, ``join_other_keys`` where nobody vouched
    for the keys that they brought.
    """
    _vouched_for(store, entrant, own)
    code = RecoveryCode.fresh()
    slot_file = slots.load(store.path)
    slots.save(
        store.path,
        slot_file.with_slot(vault.recovery_slot(slot_file, code, store._key, profile or Argon2Profile.floor())),
    )
    store.refresh_slot(entrant.person)
    beside.finished(store.path)
    return code


def let_in_also(
    store: Store,
    parcel: Parcel,
    entrant: Entrant,
    own: Secrets,
    passphrase: str,
    *,
    authority: str | None,
    profile: Argon2Profile | None = None,
) -> None:
    """A way into a store that is there already, for somebody else whom the invitation that made it names.

    Raises BadInput ``join_not_here`` where another invitation made it, ``join_there`` for somebody who has a way in,
    and as ``finish``.
    """
    if store.device != parcel.device:
        raise BadInput("join_not_here")
    slot_file = slots.load(store.path)
    if slot_file.slot("person", entrant.person) is not None:
        raise BadInput("join_there")
    _vouched_for(store, entrant, own)
    chosen = profile or Argon2Profile.calibrated()
    slot = vault.person_slot(slot_file, entrant.person, passphrase, key=store._key, own=own, profile=chosen)
    slot_file = slot_file.with_person(Slot(entrant.person, entrant.name, entrant.profession))
    slots.save(store.path, slot_file.with_slot(replace(slot, authority=authority)))
    store.refresh_slot(entrant.person)


def _vouched_for(store: Store, entrant: Entrant, own: Secrets) -> None:
    with store.read() as reader:
        if not reader.list(Partnership) or reader.find(Person, entrant.person) is None:
            raise BadInput("join_early")
    with store._reads() as cursor:
        if own.verify_key not in keys_of(cursor).get(entrant.person, set()):
            raise BadInput("join_other_keys")


def _written(own: Secrets) -> dict[str, str]:
    return {"seed": own.seed.hex(), "paper_key": own.paper_key.hex()}


def _read(said: dict[str, str]) -> Secrets:
    return Secrets(bytes.fromhex(said["seed"]), bytes.fromhex(said["paper_key"]))
