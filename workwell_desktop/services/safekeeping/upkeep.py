"""Keeping the store whole: proof, a safe copy and its return, and the code that opens it when all else is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Person
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups
from workwell_desktop.store import BackupReport, CheckReport, EscrowKey, RecoveryCode, beside, restore_backup, slots
from workwell_desktop.store.exchange.intake import ANCHOR

_CAME_BACK = "app:came_back"


def check(desk: Desk) -> CheckReport:
    """Proves the file, the chains, the signatures, every value and every table; writes nothing else."""
    desk.allow(Act.VERIFY_STORE)
    return desk.store.check()


def backup(desk: Desk, file: Path) -> BackupReport:
    """Writes an encrypted copy to ``file``, which opens with the same passphrases."""
    desk.allow(Act.BACKUP)
    desk.noted(AuditKind.EXPORTED, detail="backup")
    report = backups.written(desk, file)
    desk.store.settings.put(backups.LAST, desk.clock.now().isoformat())
    return report


def last_backup(desk: Desk) -> datetime | None:
    """When a backup was last made from this computer, or None."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(backups.LAST)
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


def new_escrow_key(desk: Desk) -> EscrowKey:
    """An escrow key for the partnership, for its safe and never for a computer. Keys of before open nothing any more.

    Raises NoPermission where the acting person does not hold the partnership's key.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    key = EscrowKey.fresh()
    desk.store.set_escrow(desk.identity, key.public)
    desk.noted(AuditKind.EXPORTED, detail="escrow_key")
    return key


def was_invited(desk: Desk) -> bool:
    """Whether this computer was made from an invitation, so that others whom it names may get a way in too."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return desk.store.kept(ANCHOR) is not None


def has_escrow_key(desk: Desk) -> bool:
    """Whether an escrow key opens this store."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return any(one.kind == "escrow" for one in slots.load(desk.store.path).sealed)


@dataclass(frozen=True, slots=True)
class CameBack:
    """That this store came back from a backup: when it was first opened after, and what the proof then found."""

    at: datetime
    whole: bool


def came_back(desk: Desk) -> CameBack | None:
    """Where the store came back from a backup, else None."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_CAME_BACK)
    return CameBack(datetime.fromisoformat(found["at"]), bool(found["whole"])) if isinstance(found, dict) else None


def prove_return(desk: Desk) -> None:
    """The proof of a store that is opened for the first time after it came back; what it found stays in the store.

    A store that is not whole opens all the same: whoever opens it is to see what there is, and Settings says so.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    report = desk.store.check()
    backups.leave_missing_folder(desk)
    desk.store.settings.put(_CAME_BACK, {"at": desk.clock.now().isoformat(), "whole": report.ok})


def restore(file: Path, path: Path) -> BackupReport:
    """Puts a backup where no store is. Nobody is signed in yet: the copy's own passphrases open it."""
    return restore_backup(file, path)


def unrestore(path: Path) -> None:
    """Takes away what ``restore`` has just put there and nobody could open; the backup file stays as it is."""
    beside.take_away(path)
