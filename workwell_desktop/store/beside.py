"""What lies beside a store: its lock, and the mark of one that is still being made.

    nothing ──begin──▶ marked ──finished──▶ a store          killed on the way: still marked, so nobody opens it,
                          └─────take_away──▶ nothing         and whoever begins there again takes it away first

The mark is set and taken off only while the lock is held. So a mark whose lock is free was left by somebody who died.

Beside a store may also stand what is to take its place, with a new key (``rekey``): ``.next``, which counts from the
moment when ``.keys.next`` stands there too.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop.errors import BadInput, StoreInUse, UnfinishedStore
from workwell_desktop.store.files import sync_folder, write_atomically, writing

if TYPE_CHECKING:
    from filelock import FileLock

_ENDINGS = ("", "-wal", "-shm", ".keys", ".keys.copy", ".tries", ".next", ".keys.next", ".lock")
"""Of the files that make up a store; the mark goes last."""


def mark_path(store: Path) -> Path:
    return store.with_name(store.name + ".making")


def next_path(store: Path) -> Path:
    """The same store under a new key, not yet in its place."""
    return store.with_name(store.name + ".next")


def next_keys_path(store: Path) -> Path:
    """The slots of ``next_path``; once they stand there, it counts."""
    return store.with_name(store.name + ".keys.next")


def settle(store: Path) -> None:
    """Ends a change of keys that was cut short after it counted; one that is under way is left to whoever does it."""
    if not next_keys_path(store).exists():
        return
    try:
        lock = locked(store)
    except StoreInUse:
        return
    try:
        come_home(store)
    finally:
        lock.release()


def come_home(store: Path) -> None:
    """Moves the file and the slots under the new key to their places; the lock is held. May be cut short at each step
    and done again. Raises DiskFull or ReadOnlyFolder."""
    fresh, keys = next_path(store), next_keys_path(store)
    if not keys.exists():
        return
    with writing():
        if fresh.exists():
            # folded in before the new file was made, and of the old key
            for ending in ("-wal", "-shm"):
                store.with_name(store.name + ending).unlink(missing_ok=True)
            fresh.replace(store)
            sync_folder(store.parent)
        written = keys.read_bytes()
        write_atomically(store.with_name(store.name + ".keys"), written)
        write_atomically(store.with_name(store.name + ".keys.copy"), written)
        keys.unlink()
        sync_folder(store.parent)


def is_whole(store: Path) -> bool:
    """Whether a store is there that was made to its end."""
    return store.exists() and not mark_path(store).exists()


def refuse_unfinished(store: Path) -> None:
    """Raises UnfinishedStore for one that nobody made to its end."""
    if mark_path(store).exists():
        raise UnfinishedStore


def locked(store: Path) -> "FileLock":
    """The single-instance lock, held. Raises StoreInUse, DiskFull or ReadOnlyFolder."""
    from filelock import FileLock, Timeout  # the unlock page reads marks alone, and nothing slow before it is painted

    lock = FileLock(store.with_name(store.name + ".lock"), timeout=0, thread_local=False)
    with writing():
        try:
            lock.acquire()
        except Timeout as trouble:
            raise StoreInUse from trouble
    return lock


def begin(store: Path) -> "FileLock":
    """Marks the place and locks it. Raises BadInput ``store_exists`` where a finished store, what is left of one, or
    another file is."""
    with writing():
        store.parent.mkdir(parents=True, exist_ok=True)
    if taken(store) and not mark_path(store).exists():
        raise BadInput("store_exists")
    lock = locked(store)
    try:
        if mark_path(store).exists():
            _clear(store, keep_lock=True)
        elif taken(store):
            raise BadInput("store_exists")
        with writing():
            mark_path(store).touch()
            sync_folder(store.parent)
    except BaseException:
        lock.release()
        raise
    return lock


def taken(store: Path) -> bool:
    """Whether a store, or a part of one, is there.

    A log alone counts: it may hold somebody's last answers, and a store that came to lie beside it would take them
    for its own.
    """
    log = store.with_name(store.name + "-wal")
    keys = store.with_name(store.name + ".keys")
    return store.exists() or keys.exists() or (log.exists() and log.stat().st_size > 0)


def finished(store: Path) -> None:
    """From now on it is a store. Durable when it returns."""
    with writing():
        mark_path(store).unlink(missing_ok=True)
        sync_folder(store.parent)


def take_away(store: Path) -> None:
    """Leaves nothing of what was made there; for one's own unfinished work, closed."""
    _clear(store, keep_lock=False)
    with suppress(OSError):
        mark_path(store).unlink(missing_ok=True)


def _clear(store: Path, *, keep_lock: bool) -> None:
    left = [store.with_name(store.name + ending) for ending in _ENDINGS if not (keep_lock and ending == ".lock")]
    left += [one for one in store.parent.iterdir() if one.name.startswith(f".{store.name}.")]
    for one in left:
        with suppress(OSError):
            one.unlink(missing_ok=True)
