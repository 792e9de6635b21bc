"""Backups without asking: once a day and before the first sync, kept by rule, in a folder that was chosen.

A backup opens with the passphrases of its own day; making one tells nothing, so whoever works here may let the program
do it. A disk that is full keeps the backups that are there, and the program says so until one succeeds again.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.errors import BadInput, StoreInUse, WorkWellError
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import BackupReport
from workwell_desktop.store.safekeeping import keeping
from workwell_desktop.store.safekeeping.keeping import KeptBackup

LAST = "app:last_backup"
_BEGAN, _FAILED, _SYNCED = "app:backups_began", "app:backup_failed", "app:backup_first_sync"


@dataclass(frozen=True, slots=True)
class BackupState:
    """``last`` counts backups made by hand too. ``late``: the rule is broken. ``beside``: they lie on the same disk as
    the store, in the folder that nobody chose. ``failed`` is the code of the error that the last try met, or empty."""

    last: datetime | None
    late: bool
    folder: Path
    beside: bool
    files: tuple[KeptBackup, ...]
    failed: str

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)


def state(desk: Desk) -> BackupState:
    """What there is, and whether it is enough."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return _state(desk)


def known(desk: Desk) -> tuple[KeptBackup, ...]:
    """Every backup that the program made and that still lies where it was put: those in the folder in use, the newest
    first, then those in folders that were used before. What somebody put elsewhere is known to them alone."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    settings, store = desk.store.settings, desk.store
    places = keeping.folders(store.path, settings.get(keeping.FOLDER_KEY), settings.get(keeping.FORMER_KEY, ()))
    return tuple(one for folder in places for one in keeping.listed(folder, store.header.store))


def choose_folder(desk: Desk, folder: Path) -> BackupState:
    """From now on backups go there; those of before stay where they are. Raises BadInput ``folder_missing``,
    ReadOnlyFolder or DiskFull where nothing can be written."""
    desk.allow(Act.BACKUP)
    if not folder.is_dir():
        raise BadInput("folder_missing")
    # tried by writing: a folder that lists may still refuse
    keeping.try_folder(folder)
    settings = desk.store.settings
    before = settings.get(keeping.FOLDER_KEY)
    if before is not None and before != str(folder):
        settings.put(keeping.FORMER_KEY, [*dict.fromkeys((*settings.get(keeping.FORMER_KEY, ()), before))])
    settings.put(keeping.FOLDER_KEY, str(folder))
    return _state(desk)


def leave_missing_folder(desk: Desk) -> None:
    """Of a store that came back on another computer: where the folder that was chosen is not there, backups lie beside
    the store until somebody chooses one here."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    settings = desk.store.settings
    chosen = settings.get(keeping.FOLDER_KEY)
    if chosen is not None and not Path(chosen).is_dir():
        settings.put(keeping.FORMER_KEY, [*dict.fromkeys((*settings.get(keeping.FORMER_KEY, ()), chosen))])
        settings.put(keeping.FOLDER_KEY, None)


def daily(desk: Desk) -> BackupReport | None:
    """Today's backup, where today has none yet; None where it has, or where the store is busy and is asked again."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    last = _last(desk)
    if last is not None and london_day(last) == desk.clock.today():
        return None
    with suppress(StoreInUse):
        return _make(desk, "daily")
    return None


def now(desk: Desk) -> BackupReport:
    """One more into the folder, asked for by a person. Raises DiskFull, ReadOnlyFolder or StoreInUse."""
    desk.allow(Act.BACKUP)
    return _make(desk, "daily")


def before_first_sync(desk: Desk) -> BackupReport | None:
    """A backup before anything of others comes in for the first time; None when that is past, or where the store is
    busy and the next sync asks again. Raises DiskFull or ReadOnlyFolder."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    if desk.store.settings.get(_SYNCED) is not None:
        return None
    with suppress(StoreInUse):
        report = _make(desk, "first_sync")
        desk.store.settings.put(_SYNCED, desk.clock.now().isoformat())
        return report
    return None


def written(desk: Desk, file: Path) -> BackupReport:
    """A backup in ``file``. What was erased goes into no new one, also where its traces could not be taken out of the
    store at once. Raises DiskFull, ReadOnlyFolder or StoreInUse."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    desk.store.follow_erasures()
    desk.store.tidy()
    return desk.store.backup(file)


def _make(desk: Desk, occasion: str) -> BackupReport:
    settings = desk.store.settings
    now = desk.clock.now()
    before = _state(desk)
    try:
        if before.beside:
            keeping.make_folder(before.folder)
        keeping.remove(keeping.cut_short(before.folder, desk.store.header.store))
        desk.noted(AuditKind.BACKED_UP, detail=occasion)
        name = keeping.file_name(desk.store.header.store, now, occasion)
        report = written(desk, before.folder / name)
    except StoreInUse:
        raise
    except WorkWellError as trouble:
        settings.put(_FAILED, trouble.code)
        raise
    settings.put(_FAILED, "")
    settings.put(LAST, now.isoformat())
    _prune(desk, before.folder)
    return report


def _prune(desk: Desk, folder: Path) -> None:
    """By rule; the copy before a migration stays until somebody takes it away."""
    ours = [one for one in keeping.listed(folder, desk.store.header.store) if not one.by_hand]
    kept = desk.site.backups.kept(one.moment for one in ours)
    keeping.remove(one.file for one in ours if one.moment not in kept)


def _state(desk: Desk) -> BackupState:
    store, settings = desk.store, desk.store.settings
    chosen = settings.get(keeping.FOLDER_KEY)
    folder = keeping.folder_of(store.path, chosen)
    last, today = _last(desk), desk.clock.today()
    began = settings.get(_BEGAN)
    if not isinstance(began, str):
        began = today.isoformat()
        settings.put(_BEGAN, began)
    return BackupState(
        last=last,
        late=not desk.rehearsal and desk.site.backups.late(last, date.fromisoformat(began), today),
        folder=folder,
        beside=chosen is None,
        files=keeping.listed(folder, store.header.store),
        failed=settings.get(_FAILED) or "",
    )


def _last(desk: Desk) -> datetime | None:
    found = desk.store.settings.get(LAST)
    return datetime.fromisoformat(found) if isinstance(found, str) else None
