"""Keeping the store whole: proof, a safe copy, and its return."""

from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import BackupReport, CheckReport, restore_backup


def check(desk: Desk) -> CheckReport:
    """Proves the file, the chains, the signatures, every value and every table; writes nothing else."""
    desk.allow(Act.VERIFY_STORE)
    return desk.store.check()


def backup(desk: Desk, file: Path) -> BackupReport:
    """Writes an encrypted copy to ``file``, which opens with the same passphrases."""
    desk.allow(Act.BACKUP)
    desk.noted(AuditKind.EXPORTED, detail="backup")
    return desk.store.backup(file)


def restore(file: Path, path: Path) -> BackupReport:
    """Puts a backup where no store is. Nobody is signed in yet: the copy's own passphrases open it."""
    return restore_backup(file, path)
