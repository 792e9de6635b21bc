"""Making a store and opening one."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from nacl.signing import SigningKey
from sqlalchemy import Connection, Engine

from workwell_desktop.domain.clock import Clock, looked_at
from workwell_desktop.domain.people import ADMINISTRATOR, Device, Partnership, Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import DamagedStore
from workwell_desktop.store import beside, computer, slots
from workwell_desktop.store.engine import open_engine, troubles
from workwell_desktop.store.entry import Tried, counted, try_slot
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.keys import vault
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import RecoveryCode
from workwell_desktop.store.keys.tries import Tries
from workwell_desktop.store.keys.vault import Secrets
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.streams import highest_lamport
from workwell_desktop.store.log.unit import Counter
from workwell_desktop.store.log.versions import ensure_schema
from workwell_desktop.store.people import CERTIFICATE, Founder
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading.rebuild import create_projection, ensure_projection
from workwell_desktop.store.safekeeping import wal
from workwell_desktop.store.slots import Slot, SlotFile
from workwell_desktop.store.store import Store

if TYPE_CHECKING:
    from workwell_desktop.store.keys.authority import Authority

__all__ = ["Founder", "create_store", "unlock", "unlock_with_escrow", "unlock_with_recovery"]

KEY_BYTES = 48
"""32 of key and 16 of salt, as SQLCipher takes them raw."""


def create_store(
    path: Path,
    founder: Founder,
    *,
    clock: Clock,
    partnership_name: str,
    site: str,
    rehearsal: bool = False,
    profile: Argon2Profile | None = None,
    device_name: str = "",
    unfinished: bool = False,
) -> tuple[Store, Identity, RecoveryCode]:
    """A new store with its partnership, its first person, this computer, and the partnership's own CA.

    With ``unfinished`` it counts as half-made until ``beside.finished`` is called, for whoever adds what it cannot be
    without. Raises BadInput ``store_exists`` where a file is in the way, DiskFull or ReadOnlyFolder.
    """
    # X.509 is for who makes a store, and nobody who opens one waits for it
    from workwell_desktop.store.keys.authority import Authority, new_key

    lock = beside.begin(path)
    store: Store | None = None
    try:
        chosen = profile or Argon2Profile.calibrated()
        key = secrets.token_bytes(KEY_BYTES)
        own = Secrets(bytes(SigningKey.generate()), new_key())
        code = RecoveryCode.fresh()
        person, partnership, device = new_id(), new_id(), new_id()
        slot_file = SlotFile(new_id(), partnership_name, rehearsal)
        slot_file = slot_file.with_person(Slot(person, founder.name, founder.profession.value))
        slot_file = slot_file.with_slot(
            vault.person_slot(slot_file, person, founder.passphrase, key=key, own=own, profile=chosen)
        )
        recovery_profile = profile or Argon2Profile.floor()
        slot_file = slot_file.with_slot(vault.recovery_slot(slot_file, code, key, recovery_profile))
        authority = Authority.fresh(partnership_name, *looked_at(clock))
        slot_file = vault.with_authority(slot_file, person, own.verify_key, authority.key)
        slot_file = replace(slot_file, roots=(authority.certificate.hex(),))
        store = begin_empty(path, key, clock, lock, device, rehearsal=rehearsal)
        beginning = _Beginning(
            founder=founder,
            person=person,
            partnership=partnership,
            own=own,
            authority=authority,
            clock=clock,
            name=partnership_name,
            site=site,
            device_name=device_name,
        )
        identity = _found(store, beginning)
        slots.save(path, slot_file)
        if not unfinished:
            beside.finished(path)
    except BaseException:
        if store is not None:
            store.close()
        lock.release()
        beside.take_away(path)
        raise
    return store, identity, code


def unlock(
    path: Path, person: Id, passphrase: str, *, clock: Clock, profile: Argon2Profile | None = None
) -> tuple[Store, Identity]:
    """Opens a store as one of its people.

    Raises WrongPassphrase (``wait`` seconds until the next try counts), StoreNotFound, NotAStore, DamagedStore,
    NewerStore or StoreInUse. ``profile`` re-wraps the slot where it asks for more work than the slot was made with.
    """
    tried = try_slot(path, person, passphrase, clock=clock)
    store, identity = enter(path, tried, clock=clock)
    try:
        if profile is not None and slot_file_is_older(tried.slot_file, person, profile):
            store.change_passphrase(identity, passphrase, passphrase, profile=profile)
    except BaseException:
        store.close()
        raise
    return store, identity


def enter(path: Path, tried: Tried, *, clock: Clock) -> tuple[Store, Identity]:
    """The second half of ``unlock``, with what ``entry.try_slot`` gave. Raises DamagedStore, NewerStore, StoreInUse."""
    store = open_with_key(path, tried.opened.key, clock, renew=tried.slot_file.renew)
    try:
        return store, store.entered(Id(tried.person), tried.opened, tried.failed)
    except BaseException:
        store.close()
        raise


def unlock_with_recovery(path: Path, code: RecoveryCode, *, clock: Clock) -> Store:
    """Opens a store as nobody; ``Store.set_passphrase`` then gives a person a new one. Raises as ``unlock``."""
    slot_file = slots.load_whole(path)
    tries = Tries(slots.tries_path(path), clock)
    with counted(tries, "recovery"):
        key = vault.open_recovery(slot_file, code)
    tries.forgive("recovery")
    return open_with_key(path, key, clock, renew=slot_file.renew)


def unlock_with_escrow(path: Path, private_key: bytes, *, clock: Clock) -> Store:
    """As ``unlock_with_recovery``, with the partnership's escrow key (X25519)."""
    slot_file = slots.load_whole(path)
    tries = Tries(slots.tries_path(path), clock)
    with counted(tries, "recovery"):
        key, _authority = vault.open_escrow(slot_file, private_key)
    tries.forgive("recovery")
    return open_with_key(path, key, clock, renew=slot_file.renew)


def slot_file_is_older(slot_file: SlotFile, person: str, profile: Argon2Profile) -> bool:
    """Whether the slot of a person asks for less work than ``profile``."""
    slot = slot_file.slot("person", person)
    return slot is not None and (slot.kdf["memory"], slot.kdf["passes"]) < (profile.memory, profile.passes)


def open_with_key(path: Path, key: bytes, clock: Clock, *, renew: bool = False) -> Store:
    """An open store from its key, brought up to this version; under a new incarnation where ``renew`` asks for it."""
    lock = beside.locked(path)
    engine: Engine | None = None
    try:
        wal.refuse_damaged(path)
        engine = open_engine(path, key)
        with troubles(path):
            ensure_schema(engine)
            ensure_projection(engine)
            with engine.connect().execution_options(writes=renew) as connection, connection.begin():
                cursor = Cursor(connection)
                if renew:
                    computer.set_own(cursor, "incarnation", new_id().encode())
                _n, lamport = highest_lamport(cursor, computer.lamport(cursor))
                counter = Counter(computer.own(cursor, "incarnation").decode(), lamport)
                device = Id(computer.own(cursor, "device").decode())
        if renew:
            slots.save(path, replace(slots.load(path), renew=False))
        return Store(path=path, engine=engine, lock=lock, key=key, clock=clock, counter=counter, device=device)
    except BaseException as trouble:
        if engine is not None:
            engine.dispose()
        lock.release()
        if isinstance(trouble, KeyError | ValueError | TypeError):  # what the computer keeps of itself is not its own
            raise DamagedStore from trouble
        raise


def begin_empty(path: Path, key: bytes, clock: Clock, lock: FileLock, device: Id, *, rehearsal: bool = False) -> Store:
    """A store with keys of its own for this computer, and no change in it; ``lock`` is held."""
    from workwell_desktop.store.keys.authority import new_key

    engine = open_engine(path, key)
    incarnation = new_id()
    try:
        with troubles(path), engine.connect().execution_options(writes=True) as connection, connection.begin():
            _create_tables(connection)
            cursor = Cursor(connection)
            computer.set_own(cursor, "incarnation", incarnation.encode())
            computer.set_own(cursor, "device", device.encode())
            computer.set_own(cursor, computer.REHEARSAL, str(int(rehearsal)).encode())
            computer.set_own(cursor, "seed", bytes(SigningKey.generate()))
            computer.set_own(cursor, "paper_key", new_key())
    except BaseException:
        engine.dispose()
        raise
    counter = Counter(incarnation, 0)
    return Store(path=path, engine=engine, lock=lock, key=key, clock=clock, counter=counter, device=device)


def _create_tables(connection: Connection) -> None:
    tables.kept.create_all(connection)
    connection.execute(tables.revision.insert().values(version_num=tables.SCHEMA))
    create_projection(connection)


@dataclass(frozen=True)
class _Beginning:
    """What a new store begins with."""

    founder: Founder
    person: Id
    partnership: Id
    own: Secrets
    authority: "Authority"
    clock: Clock
    name: str
    site: str
    device_name: str


def _found(store: Store, new: _Beginning) -> Identity:
    """The first records. The founder's key comes first: every signature after it is checked against one."""
    from workwell_desktop.store.keys.authority import DEVICE_DAYS, PERSON_DAYS, public_of

    with store._reads() as cursor:
        seed, device_key = computer.own(cursor, "seed"), computer.own(cursor, "paper_key")
    first, last = looked_at(new.clock)
    paper = new.authority.issue(
        new.founder.name, public_of(new.own.paper_key), first, PERSON_DAYS, new.founder.registration_number, last
    )
    device_paper = new.authority.issue(
        new.device_name or new.name, public_of(device_key), first, DEVICE_DAYS, last=last
    )
    identity = Identity(
        new.person,
        store.device,
        new.own,
        device_key,
        paper,
        device_paper,
        new.authority.certificate,
        SigningKey(new.own.seed),
        SigningKey(seed),
    )
    with store.unit(identity) as unit:
        unit.undoable = False
        unit.add(Person(id=new.person, scope=new.partnership, verify_key=new.own.verify_key.hex()))
        root = unit.blob(new.authority.certificate, CERTIFICATE, new.partnership)
        unit.add(Partnership(id=new.partnership, scope=new.partnership, name=new.name, site=Code(new.site), root=root))
        unit.set(
            Person,
            new.person,
            name=new.founder.name,
            profession=new.founder.profession,
            registration_number=new.founder.registration_number,
            roles=new.founder.roles | {ADMINISTRATOR},
            teams=new.founder.teams,
            active=True,
            certificate=unit.blob(paper, CERTIFICATE, new.partnership),
        )
        unit.add(
            Device(
                id=store.device,
                scope=new.partnership,
                name=new.device_name or None,
                verify_key=bytes(SigningKey(seed).verify_key).hex(),
                certificate=unit.blob(device_paper, CERTIFICATE, new.partnership),
            )
        )
    return identity
