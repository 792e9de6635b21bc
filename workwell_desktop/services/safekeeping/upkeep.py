"""Keeping the store whole: proof, a safe copy and its return, and the code that opens it when all else is lost."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Person
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import BackupReport, CheckReport, RecoveryCode, beside, restore_backup

_LAST_BACKUP = "app:last_backup"


def check(desk: Desk) -> CheckReport:
    """Proves the file, the chains, the signatures, every value and every table; writes nothing else."""
    desk.allow(Act.VERIFY_STORE)
    return desk.store.check()


def backup(desk: Desk, file: Path) -> BackupReport:
    """Writes an encrypted copy to ``file``, which opens with the same passphrases."""
    desk.allow(Act.BACKUP)
    desk.noted(AuditKind.EXPORTED, detail="backup")
    report = desk.store.backup(file)
    desk.store.settings.put(_LAST_BACKUP, desk.clock.now().isoformat())
    return report


def last_backup(desk: Desk) -> datetime | None:
    """When a backup was last made from this computer, or None."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_LAST_BACKUP)
    return datetime.fromisoformat(found) if isinstance(found, str) else None


def rebuild(desk: Desk, progress: Callable[[int, int], None] | None = None) -> None:
    """Makes the tables anew from the log, where ``check`` found that they differ. The log stays as it is."""
    desk.allow(Act.VERIFY_STORE)
    desk.store.rebuild(progress)


def new_recovery_code(desk: Desk) -> RecoveryCode:
    """A fresh recovery code; the one before opens nothing any more. Raises NoPermission."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    code = desk.store.new_recovery_code(desk.identity, profile=desk.profile)
    desk.noted(AuditKind.EXPORTED, detail="recovery_code")
    return code


def restore(file: Path, path: Path) -> BackupReport:
    """Puts a backup where no store is. Nobody is signed in yet: the copy's own passphrases open it."""
    return restore_backup(file, path)


def unrestore(path: Path) -> None:
    """Takes away what ``restore`` has just put there and nobody could open; the backup file stays as it is."""
    beside.take_away(path)
