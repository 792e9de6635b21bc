"""The key slots beside a store: who may open it, and what opens it. Standard library alone; no health data.

The file ``<store>.keys`` is JSON. Each person's slot holds the store's key and, apart from it, that person's own
secrets, both sealed under a key made from the passphrase; the names and professions are what the unlock page shows.
A copy ``<store>.keys.copy`` is kept, because without its slots a store is noise.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from workwell_desktop.errors import DamagedStore, NewerStore
from workwell_desktop.store import beside, face
from workwell_desktop.store.face import FORMAT, MAGIC, copy_path, keys_path
from workwell_desktop.store.files import write_atomically


@dataclass(frozen=True, slots=True)
class Slot:
    """One name on the unlock page. ``profession`` is a code; ``last_opened`` an ISO moment in UTC or None."""

    person: str
    name: str
    profession: str
    last_opened: str | None = None


@dataclass(frozen=True, slots=True)
class StoreHeader:
    """What a store says of itself without a key."""

    store: str
    partnership: str
    rehearsal: bool
    people: tuple[Slot, ...]
    roots: tuple[str, ...] = ()
    """Certificates (DER, hexadecimal) that papers are checked against, the partnership's own first; no secret."""
    lists: tuple[str, ...] = ()
    """What those roots signed as taken back (DER, hexadecimal), the newest first; no secret either."""
    stamps: tuple[str, ...] = ()
    """Roots (DER, hexadecimal) of timestamps."""


@dataclass(frozen=True, slots=True)
class SealedSlot:
    """One way to the store's key: ``kind`` is person, recovery or escrow.

    ``kdf`` are the parameters of Argon2id, authenticated by every seal of the slot. ``key`` is the sealed key of the
    store; ``own`` the sealed secrets of the person; ``authority`` the partnership's CA key, sealed to an
    administrator's own key, or None. After a change of keys ``key`` is empty and ``handed`` is the new key of the
    store, sealed to the person's own. Bytes are hexadecimal.
    """

    kind: str
    holder: str
    kdf: dict[str, Any]
    key: str
    own: str | None = None
    authority: str | None = None
    handed: str | None = None


@dataclass(frozen=True, slots=True)
class SlotFile:
    """Everything in the file. ``renew`` asks the next unlock for a new incarnation (after a restore)."""

    store: str
    partnership: str
    rehearsal: bool = False
    renew: bool = False
    people: tuple[Slot, ...] = ()
    sealed: tuple[SealedSlot, ...] = field(default=())
    roots: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()

    def header(self) -> StoreHeader:
        return StoreHeader(
            self.store, self.partnership, self.rehearsal, self.people, self.roots, self.lists, self.stamps
        )

    def slot(self, kind: str, holder: str) -> SealedSlot | None:
        return next((slot for slot in self.sealed if slot.kind == kind and slot.holder == holder), None)

    def with_slot(self, slot: SealedSlot) -> "SlotFile":
        """With ``slot`` in the place of the one of the same kind and holder."""
        others = tuple(one for one in self.sealed if (one.kind, one.holder) != (slot.kind, slot.holder))
        return replace(self, sealed=(*others, slot))

    def without(self, kind: str, holder: str) -> "SlotFile":
        """Without the slot of this kind and holder."""
        return replace(self, sealed=tuple(one for one in self.sealed if (one.kind, one.holder) != (kind, holder)))

    def with_person(self, person: Slot) -> "SlotFile":
        """With ``person`` in the place of the entry of the same id, or at the end."""
        known = [one.person for one in self.people]
        if person.person not in known:
            return replace(self, people=(*self.people, person))
        return replace(self, people=tuple(person if one.person == person.person else one for one in self.people))


STAMP_ROOTS = "app:timestamp_roots"
"""The setting of a store that holds the roots of timestamps."""


def tries_path(store: Path) -> Path:
    return store.with_name(store.name + ".tries")


def read_slots(path: Path) -> StoreHeader:
    """What a store says of itself. Raises StoreNotFound, NotAStore, UnfinishedStore, DamagedStore or NewerStore."""
    return load_whole(path).header()


def load_whole(path: Path) -> SlotFile:
    """The slots of a store that was made to its end; UnfinishedStore for another one, else as ``load``."""
    beside.refuse_unfinished(path)
    beside.settle(path)
    return load(path)


def load(path: Path) -> SlotFile:
    """The slots of the store at ``path``; from the copy where the file itself is damaged."""
    return face.read(path, parse)


def save(path: Path, slots: SlotFile) -> None:
    """Durable when it returns. Raises DiskFull or ReadOnlyFolder."""
    written = serialise(slots)
    write_atomically(keys_path(path), written)
    write_atomically(copy_path(path), written)


def serialise(slots: SlotFile) -> bytes:
    """With a hash over the rest: a byte that the disk lost must not look like a wrong passphrase."""
    found = {"magic": MAGIC, "format": FORMAT, **asdict(slots)}
    return json.dumps({**found, "sha256": _hash(found)}, indent=1, sort_keys=True).encode()


def parse(written: bytes) -> SlotFile:
    """Raises DamagedStore where a byte was lost, NotAStore or NewerStore."""
    found = face.parse(written)
    hashed = found.pop("sha256", None)
    if hashed is not None and hashed != _hash(found):
        raise DamagedStore
    del found["magic"], found["format"]
    try:
        found["people"] = tuple(Slot(**person) for person in found["people"])
        found["sealed"] = tuple(SealedSlot(**slot) for slot in found["sealed"])
        for shown in ("roots", "lists", "stamps"):
            found[shown] = tuple(str(one) for one in found.get(shown, ()))
        return SlotFile(**found)
    except (TypeError, KeyError) as trouble:
        # whole by its hash, and something in it that is not known here: that was written by a later version
        raise (DamagedStore if hashed is None else NewerStore) from trouble


def _hash(found: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
