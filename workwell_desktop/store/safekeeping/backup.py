"""A safe copy in one file, and its return.

The file is a ZIP without compression: the store as it is encrypted on disk, its key slots, and a manifest with the
hash of each. It opens with the same passphrases and recovery code; nothing in it is readable without them but the
names and professions on the slots. A restored store takes a new incarnation at its next unlock, so that what it
writes can never be mistaken for what the first one wrote after the copy was made.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from workwell_desktop.errors import BadInput, DamagedBackup, NewerStore, NotABackup, WorkWellError
from workwell_desktop.store import beside, slots
from workwell_desktop.store.files import fresh_beside, sync_folder, writing

MAGIC = "workwell-backup"
FORMAT = 1
_PIECE = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, TypeError, ValueError, RuntimeError)
"""What the library raises for a file with a wrong byte; it has no error of its own for all of them."""
_DATA, _KEYS, _MANIFEST = "store", "keys", "manifest.json"
_NAME_AT = 30
"""Where the name of the first entry stands in a ZIP."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """``sha256`` of the whole file; ``changes`` in the store that it holds."""

    file: Path
    sha256: str
    changes: int


def write_backup(store: Path, file: Path, changes: int) -> BackupReport:
    """Copies a store whose write-ahead log is folded in and that nobody writes to meanwhile.

    Raises DiskFull or ReadOnlyFolder; a file that stood at ``file`` then stands as it was.
    """
    with writing():
        handle, name = fresh_beside(file)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as target:
                _fill(target, store, changes)
                target.flush()
                os.fsync(target.fileno())
                digest = _hash(target)
            temporary.replace(file)
            sync_folder(file.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    return BackupReport(file, digest, changes)


def restore_backup(file: Path, path: Path) -> BackupReport:
    """Puts a backup at ``path``, where no store may be.

    Raises BadInput ``file_missing`` and ``is_a_folder``, NotABackup, DamagedBackup where a hash does not fit,
    NewerStore, BadInput ``store_exists``, DiskFull or ReadOnlyFolder. Leaves nothing behind when it raises.
    """
    if not file.is_file():
        raise BadInput("is_a_folder" if file.is_dir() else "file_missing")
    with writing(), file.open("rb") as source:
        digest = _hash(source)
        wrong = DamagedBackup if _begins_as_ours(source) else NotABackup
        try:
            packed = zipfile.ZipFile(source)
        except _BROKEN as trouble:
            raise wrong from trouble
        with packed:
            manifest = _manifest(packed, wrong)
            try:
                changes = int(manifest["changes"])
                _unpack(packed, manifest, path)
            except _BROKEN as trouble:
                raise DamagedBackup from trouble
    return BackupReport(file, digest, changes)


def _fill(target: IO[bytes], store: Path, changes: int) -> None:
    hashes: dict[str, str] = {}
    keys = slots.serialise(slots.load(store))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
        with store.open("rb") as source:
            hashes[_DATA] = _hash(source)
            with packed.open(_DATA, "w", force_zip64=True) as entry:
                shutil.copyfileobj(source, entry, _PIECE)
        hashes[_KEYS] = hashlib.sha256(keys).hexdigest()
        packed.writestr(_KEYS, keys)
        manifest = {"magic": MAGIC, "format": FORMAT, "changes": changes, "sha256": hashes}
        packed.writestr(_MANIFEST, json.dumps(manifest, sort_keys=True))


def _begins_as_ours(source: IO[bytes]) -> bool:
    """Whether the first entry is that of a backup; leaves the file at its beginning."""
    begins = source.read(_NAME_AT + len(_DATA))
    source.seek(0)
    return begins.startswith(b"PK") and begins[_NAME_AT:] == _DATA.encode()


def _manifest(packed: zipfile.ZipFile, wrong: type[WorkWellError]) -> Mapping[str, Any]:
    """``wrong`` is what a file without one is. Ours are not compressed, so nothing unfolds to more than the file."""
    if any(one.compress_type != zipfile.ZIP_STORED for one in packed.infolist()):
        raise wrong
    try:
        found = json.loads(packed.read(_MANIFEST))
    except KeyError as trouble:
        raise wrong from trouble
    except (*_BROKEN, OSError) as trouble:  # a wrong place in it may be looked for before the file's first byte
        raise DamagedBackup from trouble
    if not isinstance(found, dict) or found.get("magic") != MAGIC:
        raise NotABackup
    if not isinstance(found.get("format"), int) or found["format"] > FORMAT:
        raise NewerStore
    return found


def _unpack(packed: zipfile.ZipFile, manifest: Mapping[str, Any], path: Path) -> None:
    keys = packed.read(_KEYS)
    if hashlib.sha256(keys).hexdigest() != manifest["sha256"][_KEYS]:
        raise DamagedBackup
    slot_file = replace(slots.parse(keys), renew=True)
    lock = beside.begin(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w+b") as target:
            with packed.open(_DATA) as entry:
                shutil.copyfileobj(entry, target, _PIECE)
            target.flush()
            os.fsync(target.fileno())
            if _hash(target) != manifest["sha256"][_DATA]:
                raise DamagedBackup
        slots.save(path, slot_file)
        temporary.replace(path)
        beside.finished(path)
    except BaseException:
        beside.take_away(path)
        raise
    finally:
        lock.release()


def _hash(file: IO[bytes]) -> str:
    """Of the whole file; leaves it at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
