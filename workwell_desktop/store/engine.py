"""The database: one SQLCipher file through SQLAlchemy, and what its troubles are called.

The key is raw, so SQLCipher derives nothing. Transactions begin explicitly: a writer with BEGIN IMMEDIATE, so that
it never fails half-way, a reader with BEGIN, so that it sees one moment of the store and waits for nobody.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from workwell_desktop.errors import DamagedStore, DiskFull, ReadOnlyFolder, StoreInUse, StoreTrouble
from workwell_desktop.store.files import FULL

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a file when the write-ahead log is reset."""

_PRAGMAS = (
    "PRAGMA cipher_log = off",
    "PRAGMA cipher_memory_security = off",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    # KiB for each connection: by default signed papers that nobody reads again would fill 8 MB of each
    "PRAGMA cache_size = -2000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
)
_FULL = ("disk is full",)
_READ_ONLY = ("readonly database", "unable to open database file", "attempt to write a readonly")
_DAMAGED = (
    "malformed",
    "not a database",
    "disk i/o error",
    "hmac",
    "no such table",
    "no such column",
    "could not decode",
)
_BUSY = ("database is locked",)
_IO = "disk i/o error"
_LITTLE = 64 * 1024
"""Bytes that the write-ahead log and its index need to begin with."""


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on the file; ``key`` is 32 bytes of key and 16 of salt. Nothing is read yet."""
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise StoreTrouble
    url = URL.create("sqlite+pysqlcipher", database=str(path), password=f"x'{key.hex()}'")
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 10.0},
    )
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma).fetchall()
    cursor.close()


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    raw: Any = connection.connection.driver_connection  # straight to the driver: an answer is a transaction
    raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def troubles(store: Path | None = None) -> Iterator[None]:
    """Says in our own words what the database ran into; the transaction around it is rolled back.

    With the path of the ``store``, what SQLite calls an I/O error is told apart: a full disk is not a damaged file.
    """
    try:
        yield
    except DBAPIError as trouble:
        known = _named(str(trouble.orig), store)
        if known is None:
            raise
        raise known from None
    except driver.Error as trouble:
        known = _named(str(trouble), store)
        if known is None:
            raise
        raise known from None


def _named(message: str, store: Path | None) -> StoreTrouble | StoreInUse | None:
    said = message.lower()
    if _IO in said and store is not None and not _room_beside(store):
        return DiskFull()
    for words, trouble in ((_FULL, DiskFull), (_READ_ONLY, ReadOnlyFolder), (_DAMAGED, DamagedStore)):
        if any(word in said for word in words):
            return trouble()
    if any(word in said for word in _BUSY):
        return StoreInUse()
    return None


def _room_beside(store: Path) -> bool:
    """Tried by writing, since what is free and what may be used are two things under a quota, and a file may not grow
    for ever on every disk."""
    try:
        if shutil.disk_usage(store.parent).free < _LITTLE:
            return False
        with tempfile.TemporaryFile(dir=store.parent) as trial:
            trial.write(bytes(_LITTLE))
            trial.truncate(store.stat().st_size + _LITTLE)
    except OSError as trouble:
        return trouble.errno not in FULL
    return True
