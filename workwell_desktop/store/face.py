"""What the unlock page reads of a store: who may sign in, from the file of slots. Nothing slow stands behind it.

Named tuples and no hash: the page that is painted first waits for this module alone. Whether a byte of the file was
lost on the disk is proved by ``slots`` before a passphrase is tried.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from workwell_desktop.errors import BadInput, DamagedStore, NewerStore, NotAStore, StoreNotFound
from workwell_desktop.store import beside

MAGIC = "workwell-store"
FORMAT = 2
"""2 holds lists of certificates that were taken back, and roots of timestamps; a program that knows 1 says "newer"."""

T = TypeVar("T")


class Person(NamedTuple):
    """One name on the unlock page. ``profession`` is a code; ``last_opened`` an ISO moment in UTC or None."""

    person: str
    name: str
    profession: str
    last_opened: str | None = None


class Face(NamedTuple):
    """What a store shows to somebody without a key."""

    partnership: str
    rehearsal: bool
    people: tuple[Person, ...]


def keys_path(store: Path) -> Path:
    return store.with_name(store.name + ".keys")


def copy_path(store: Path) -> Path:
    return store.with_name(store.name + ".keys.copy")


def read_face(path: Path) -> Face:
    """Raises StoreNotFound, NotAStore, UnfinishedStore, DamagedStore or NewerStore."""
    beside.refuse_unfinished(path)
    beside.settle(path)
    return read(path, _face)


def read(path: Path, made: Callable[[bytes], T]) -> T:
    """What ``made`` makes of the slots beside the store at ``path``; of their copy where they are damaged."""
    if not path.exists():
        raise StoreNotFound
    if not path.is_file():
        raise NotAStore
    try:
        return made(_bytes(keys_path(path)))
    except (DamagedStore, NotAStore):
        if not copy_path(path).is_file():
            raise
        return made(_bytes(copy_path(path)))


def parse(written: bytes) -> dict[str, Any]:
    """The object in the file, of a format that is known."""
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as trouble:
        raise DamagedStore from trouble
    if not isinstance(found, dict) or found.get("magic") != MAGIC:
        raise NotAStore
    version = found.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise NewerStore
    if not isinstance(version, int):
        raise DamagedStore
    return found


def _face(written: bytes) -> Face:
    found = parse(written)
    try:
        return Face(found["partnership"], found["rehearsal"], tuple(Person(**one) for one in found["people"]))
    except (TypeError, KeyError) as trouble:
        raise DamagedStore from trouble


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except PermissionError as trouble:
        raise BadInput("unreadable_file") from trouble
    except OSError as trouble:
        raise NotAStore from trouble
