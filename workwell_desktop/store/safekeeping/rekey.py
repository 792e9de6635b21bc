"""A new key for a whole store: everything goes into a new file that no key of before opens.

    file.next (all of it, under the new key) ──▶ keys.next (the new slots): from here on it counts ──▶ both moved home

Killed before ``keys.next`` stands, the store is as it was, and the half-made file is thrown away the next time. Killed
after it, whoever looks at the store next moves both home first (``beside.settle``). The new key reaches the people who
stay through a box sealed to each one's own key, which their passphrase opens; nobody has to be asked for theirs. The
recovery code knows nothing of the new key, so there is a new code.
"""

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from workwell_desktop.errors import StoreInUse
from workwell_desktop.store import beside, slots
from workwell_desktop.store.engine import open_engine, troubles
from workwell_desktop.store.exchange.intake import keys_of
from workwell_desktop.store.files import sync_folder, write_atomically, writing
from workwell_desktop.store.keys import vault
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import RecoveryCode

if TYPE_CHECKING:
    from workwell_desktop.store.identity import Identity
    from workwell_desktop.store.slots import SlotFile
    from workwell_desktop.store.store import Store

KEY_BYTES = 48


def rekey(
    store: "Store", by: "Identity", without: Collection[str] = (), *, profile: Argon2Profile | None = None
) -> RecoveryCode:
    """Moves an open store into a new file under a new key, and leaves out the slots of ``without``.

    Gives the new recovery code: the one before opens nothing any more. Raises NoPermission where ``by`` holds no CA
    key, ValueError for oneself among ``without``, StoreInUse where a reader does not let go, DiskFull or
    ReadOnlyFolder; the store then stands as it was.
    """
    store.authority(by)
    if by.person in without:
        raise ValueError("nobody removes their own slot")
    code = RecoveryCode.fresh()
    key = secrets.token_bytes(KEY_BYTES)
    chosen = profile or Argon2Profile.floor()
    with store._turn:
        after = _resealed(store, without, key, code, chosen)
        if not store._fold():
            raise StoreInUse
        _export(store, key)
        store._engine.dispose()
        with writing():
            write_atomically(beside.next_keys_path(store.path), slots.serialise(after))
        beside.come_home(store.path)
        store._key = key
        store._engine = open_engine(store.path, key)
    return code


def _resealed(
    store: "Store", without: Collection[str], key: bytes, code: RecoveryCode, profile: Argon2Profile
) -> "SlotFile":
    """The slots of those who stay, none of which opens the old key any more."""
    with store._reads() as cursor:
        keys = keys_of(cursor)
    slot_file = slots.load(store.path)
    kept = []
    for slot in slot_file.sealed:
        if slot.kind == "person" and slot.holder in keys and slot.holder not in without:
            kept.append(vault.handed_on(slot, sorted(keys[slot.holder]), key))
        elif slot.kind == "escrow":
            kept.append(vault.escrow_again(slot, key))
    people = tuple(one for one in slot_file.people if one.person not in without)
    slot_file = replace(slot_file, sealed=tuple(kept), people=people)
    return slot_file.with_slot(vault.recovery_slot(slot_file, code, key, profile))


def _export(store: "Store", key: bytes) -> None:
    """Everything into ``next_path``, durable when it returns; nothing is left there when it raises."""
    target = beside.next_path(store.path)
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            target.with_name(target.name + ending).unlink()
    try:
        with troubles(store.path):
            raw = store._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(target), f"x'{key.hex()}'")).fetchall()
                cursor.execute("PRAGMA fresh.synchronous = FULL").fetchall()
                cursor.execute("SELECT sqlcipher_export('fresh')").fetchall()
                cursor.execute("DETACH DATABASE fresh").fetchall()
                cursor.close()
            finally:
                raw.invalidate()
        with writing():
            with target.open("rb+") as written:
                os.fsync(written.fileno())
            sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise
