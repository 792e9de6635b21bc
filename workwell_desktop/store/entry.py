"""One try at a slot: the first half of opening a store, before anything that reads it.

It imports neither SQLAlchemy nor SQLCipher, so that Argon2id, which takes a core of its own and half a second, can
begin while those are still being loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workwell_desktop.domain.clock import Clock
from workwell_desktop.store import slots
from workwell_desktop.store.keys import vault
from workwell_desktop.store.keys.tries import Tries
from workwell_desktop.store.keys.vault import Opened
from workwell_desktop.store.slots import SlotFile


@dataclass(frozen=True)
class Tried:
    """A right passphrase: what it opened, and how many wrong ones came before it."""

    slot_file: SlotFile
    person: str
    opened: Opened
    failed: int

    def __repr__(self) -> str:
        return "Tried()"


def try_slot(path: Path, person: str, passphrase: str, *, clock: Clock) -> Tried:
    """Raises WrongPassphrase (``wait`` seconds until the next try counts), StoreNotFound, NotAStore, DamagedStore or
    NewerStore."""
    slot_file = slots.load_whole(path)
    opened, failed = tried(path, slot_file, person, passphrase, clock)
    return Tried(slot_file, person, opened, failed)


def tried(path: Path, slot_file: SlotFile, person: str, passphrase: str, clock: Clock) -> tuple[Opened, int]:
    """One try at a slot, slowed down after wrong ones; gives the number of wrong tries before a right one."""
    tries = Tries(slots.tries_path(path), clock)
    with counted(tries, person):
        opened = vault.open_person(slot_file, person, passphrase)
    return opened, tries.forgive(person)


@contextmanager
def counted(tries: Tries, holder: str) -> Iterator[None]:
    """Refuses a try that comes too early, and counts a wrong one. Raises WrongPassphrase with the seconds to wait."""
    tries.check(holder)
    with tries.counting(holder):
        yield
