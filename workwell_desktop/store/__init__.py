"""The encrypted store of this computer: keys, the log of signed changes, the tables made from it, and reading them.

Names load when first asked for, so that ``store.slots`` serves the unlock page without SQLAlchemy, SQLCipher or any
cryptography having been imported.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workwell_desktop.store.blobs import BLOB_LIMIT as BLOB_LIMIT
    from workwell_desktop.store.exchange.pages import ApplyReport as ApplyReport
    from workwell_desktop.store.exchange.pages import Exchange as Exchange
    from workwell_desktop.store.identity import Identity as Identity
    from workwell_desktop.store.keys.authority import DocumentSigner as DocumentSigner
    from workwell_desktop.store.keys.kdf import Argon2Profile as Argon2Profile
    from workwell_desktop.store.keys.parcel import is_sealed as is_sealed
    from workwell_desktop.store.keys.parcel import needs_passphrase as needs_passphrase
    from workwell_desktop.store.keys.parcel import opened as opened
    from workwell_desktop.store.keys.parcel import receiving_code as receiving_code
    from workwell_desktop.store.keys.parcel import sealed_by_passphrase as sealed_by_passphrase
    from workwell_desktop.store.keys.parcel import sealed_to_code as sealed_to_code
    from workwell_desktop.store.keys.recovery import EscrowKey as EscrowKey
    from workwell_desktop.store.keys.recovery import RecoveryCode as RecoveryCode
    from workwell_desktop.store.log.changes import Change as Change
    from workwell_desktop.store.log.fields import DELETED as DELETED
    from workwell_desktop.store.log.fields import answer_field as answer_field
    from workwell_desktop.store.log.undo import Undone as Undone
    from workwell_desktop.store.log.unit import Unit as Unit
    from workwell_desktop.store.opening import Founder as Founder
    from workwell_desktop.store.opening import create_store as create_store
    from workwell_desktop.store.opening import unlock as unlock
    from workwell_desktop.store.opening import unlock_with_escrow as unlock_with_escrow
    from workwell_desktop.store.opening import unlock_with_recovery as unlock_with_recovery
    from workwell_desktop.store.reading.reader import Reader as Reader
    from workwell_desktop.store.reading.views import AuditLine as AuditLine
    from workwell_desktop.store.reading.views import Conflict as Conflict
    from workwell_desktop.store.reading.views import ConflictPlace as ConflictPlace
    from workwell_desktop.store.reading.views import Head as Head
    from workwell_desktop.store.reading.views import HistoryLine as HistoryLine
    from workwell_desktop.store.reading.views import SearchHit as SearchHit
    from workwell_desktop.store.reading.views import WrittenLine as WrittenLine
    from workwell_desktop.store.safekeeping.backup import BackupReport as BackupReport
    from workwell_desktop.store.safekeeping.backup import restore_backup as restore_backup
    from workwell_desktop.store.safekeeping.check import CheckReport as CheckReport
    from workwell_desktop.store.safekeeping.check import Problem as Problem
    from workwell_desktop.store.slots import Slot as Slot
    from workwell_desktop.store.slots import StoreHeader as StoreHeader
    from workwell_desktop.store.slots import read_slots as read_slots
    from workwell_desktop.store.store import Store as Store

_WHERE = {
    "safekeeping.backup": ("BackupReport", "restore_backup"),
    "blobs": ("BLOB_LIMIT",),
    "log.changes": ("Change",),
    "safekeeping.check": ("CheckReport", "Problem"),
    "exchange.pages": ("ApplyReport", "Exchange"),
    "log.fields": ("DELETED", "answer_field"),
    "identity": ("Identity",),
    "keys.authority": ("DocumentSigner",),
    "keys.kdf": ("Argon2Profile",),
    "keys.parcel": (
        "is_sealed",
        "needs_passphrase",
        "opened",
        "receiving_code",
        "sealed_by_passphrase",
        "sealed_to_code",
    ),
    "keys.recovery": ("EscrowKey", "RecoveryCode"),
    "opening": ("Founder", "create_store", "unlock", "unlock_with_escrow", "unlock_with_recovery"),
    "reading.reader": ("Reader",),
    "slots": ("Slot", "StoreHeader", "read_slots"),
    "store": ("Store",),
    "log.undo": ("Undone",),
    "log.unit": ("Unit",),
    "reading.views": ("AuditLine", "Conflict", "ConflictPlace", "Head", "HistoryLine", "SearchHit", "WrittenLine"),
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
