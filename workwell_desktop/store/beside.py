"""What lies beside a store: its lock, and the mark of one that is still being made.

    nothing ──begin──▶ marked ──finished──▶ a store          killed on the way: still marked, so nobody opens it,
                          └─────take_away──▶ nothing         and whoever begins there again takes it away first

The mark is set and taken off only while the lock is held. So a mark whose lock is free was left by somebody who died.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop.errors import BadInput, StoreInUse, UnfinishedStore
from workwell_desktop.store.files import sync_folder, writing

if TYPE_CHECKING:
    from filelock import FileLock

_ENDINGS = ("", "-wal", "-shm", ".keys", ".keys.copy", ".tries", ".lock")
"""Of the files that make up a store; the mark goes last."""


def mark_path(store: Path) -> Path:
    return store.with_name(store.name + ".making")


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
