"""Backups that are made by rule: what they are called, where they lie, and the one before a migration.

    workwell-<first letters of the store's id>-<moment in UTC>-<occasion>.workwell-backup

The name alone says which store, when and why, so that a folder on another drive can be read without a key.
"""

import json
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from workwell_desktop.errors import StoreInUse
from workwell_desktop.store import slots
from workwell_desktop.store.files import writing

ENDING = ".workwell-backup"
FOLDER_KEY = "app:backup_folder"
FORMER_KEY = "app:backup_folders_before"
_NAME = re.compile(rf"workwell-([0-9a-f]{{8}})-(\d{{8}}T\d{{6}})-([a-z_0-9]+){re.escape(ENDING)}")
_MOMENT = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """One file of the folder. ``occasion``: ``daily``, ``first_sync``, or ``before_<revision>`` of a migration."""

    file: Path
    moment: datetime
    occasion: str
    size: int

    @property
    def by_hand(self) -> bool:
        """Whether no rule takes it away, and somebody has to."""
        return self.occasion.startswith("before_")


def folder_of(store: Path, chosen: str | None) -> Path:
    """The folder that was chosen on this computer, or one beside the store."""
    return Path(chosen) if chosen else store.with_name(store.name + ".backups")


def folders(store: Path, chosen: str | None, former: Iterable[str]) -> tuple[Path, ...]:
    """Every folder in which backups of a store may lie: the one in use, the one beside the store, those of before."""
    return tuple(dict.fromkeys((folder_of(store, chosen), folder_of(store, None), *map(Path, former))))


def file_name(store: str, moment: datetime, occasion: str) -> str:
    return f"workwell-{store[:8]}-{moment.astimezone(UTC).strftime(_MOMENT)}-{occasion}{ENDING}"


def listed(folder: Path, store: str) -> tuple[KeptBackup, ...]:
    """The backups of one store in a folder, the newest first; none where the folder cannot be read."""
    found = []
    with suppress(OSError):
        for file in folder.iterdir():
            named = _NAME.fullmatch(file.name)
            if named is not None and named[1] == store[:8] and (moment := _moment(named[2])) is not None:
                found.append(KeptBackup(file, moment, named[3], file.stat().st_size))
    return tuple(sorted(found, key=lambda one: (one.moment, one.file.name), reverse=True))


def cut_short(folder: Path, store: str) -> tuple[Path, ...]:
    """What is left of backups of a store that a power cut, or the end of the program, stopped on the way: whole copies
    under a name that nothing else looks for. Whoever asks has the store open, so none is being made."""
    found: list[Path] = []
    with suppress(OSError):
        found.extend(folder.glob(f".workwell-{store[:8]}-*{ENDING}.*"))
    return tuple(found)


def _moment(written: str) -> datetime | None:
    """None for a name that somebody gave, with a day that is in no calendar."""
    try:
        return datetime.strptime(written, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def make_folder(folder: Path) -> None:
    """Raises DiskFull or ReadOnlyFolder."""
    with writing():
        folder.mkdir(parents=True, exist_ok=True)


def try_folder(folder: Path) -> None:
    """Raises DiskFull or ReadOnlyFolder for one in which nothing can be written."""
    with writing(), tempfile.TemporaryFile(dir=folder) as trial:
        trial.write(b"WorkWell")


def remove(files: Iterable[Path]) -> int:
    """How many could be removed; one that cannot is left for the next time."""
    gone = 0
    for file in files:
        with suppress(OSError):
            file.unlink()
            gone += 1
    return gone


def before_migration(engine: Engine, revision: str) -> Path | None:
    """A copy of a store that an older program made, before its tables are changed; None where it is there already.

    Where the folder that was chosen is not connected it lies beside the store. Raises DiskFull or ReadOnlyFolder: what
    cannot be copied is not changed. The clock of the file stands for a clock:
    the copy is as old as the last thing that was written.
    """
    from workwell_desktop.store.safekeeping.backup import write_backup

    store = Path(engine.url.database or "")
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT value FROM computer WHERE key = ?", (FOLDER_KEY,)).first()
        changes = connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one()
    folder = folder_of(store, json.loads(row[0]) if row is not None else None)
    folder = folder if folder.is_dir() else folder_of(store, None)
    name = slots.load(store).store
    occasion = f"before_{revision}"
    if any(one.occasion == occasion for one in listed(folder, name)):
        return None
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        busy, _frames, _done = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    finally:
        raw.invalidate()
    if busy:
        raise StoreInUse
    make_folder(folder)
    written = datetime.fromtimestamp(store.stat().st_mtime, UTC)
    return write_backup(store, folder / file_name(name, written, occasion), changes).file
