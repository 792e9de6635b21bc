"""What belongs to this computer and is not in the log: its keys and incarnation, settings, and text being typed."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import bindparam, delete, select

from workwell_desktop.store.log import tables
from workwell_desktop.store.prepared import Cursor, Statement, put

Writes = Callable[[], AbstractContextManager[Cursor]]

_D, _C = tables.draft, tables.computer
_GET_DRAFT = Statement(select(_D.c.text).where(_D.c.key == bindparam("key")))
_PUT_DRAFT = put(_D, "key", "text")
_CLEAR_DRAFT = Statement(delete(_D).where(_D.c.key == bindparam("key")))
_KEYS = Statement(select(_D.c.key).order_by(_D.c.key))
_GET = Statement(select(_C.c.value).where(_C.c.key == bindparam("key")))
_PUT = put(_C, "key", "value")
_DROP = Statement(delete(_C).where(_C.c.key == bindparam("key")))
_OWN = "own:"
REHEARSAL = "rehearsal"
"""Name of what says whether the store is for practice: the file beside it says so too, and anybody can edit that."""


class Drafts:
    """Text that is being typed: durable, encrypted, not in the log. Keys name record and field, never a person."""

    def __init__(self, writes: Writes, reads: Writes) -> None:
        self._writes = writes
        self._reads = reads

    def get(self, key: str) -> str | None:
        with self._reads() as cursor:
            row = cursor.row(_GET_DRAFT, key=key)
        return None if row is None else str(row[0])

    def put(self, key: str, text: str) -> None:
        with self._writes() as cursor:
            cursor.run(_PUT_DRAFT, key=key, text=text)

    def clear(self, key: str) -> None:
        with self._writes() as cursor:
            cursor.run(_CLEAR_DRAFT, key=key)

    def keys(self) -> list[str]:
        """Every draft that is waiting, as after a power cut."""
        with self._reads() as cursor:
            return [str(row[0]) for row in cursor.rows(_KEYS)]


class Settings:
    """Choices that stay on this computer. A value is anything that JSON holds."""

    def __init__(self, writes: Writes, reads: Writes) -> None:
        self._writes = writes
        self._reads = reads

    def get(self, key: str, default: Any = None) -> Any:
        with self._reads() as cursor:
            found = read(cursor, key)
        return default if found is None else json.loads(found)

    def put(self, key: str, value: Any) -> None:
        with self._writes() as cursor:
            write(cursor, key, json.dumps(value).encode())


def read(cursor: Cursor, key: str) -> bytes | None:
    row = cursor.row(_GET, key=key)
    return None if row is None else bytes(row[0])


def write(cursor: Cursor, key: str, value: bytes) -> None:
    cursor.run(_PUT, key=key, value=value)


def lamport(cursor: Cursor) -> tuple[int, int]:
    """How far the log was read for the Lamport counter, and the counter then."""
    found = read(cursor, _OWN + "lamport")
    n, counter = json.loads(found) if found is not None else (0, 0)
    return int(n), int(counter)


def set_lamport(cursor: Cursor, known: tuple[int, int]) -> None:
    write(cursor, _OWN + "lamport", json.dumps(known).encode())


def own(cursor: Cursor, name: str) -> bytes:
    """A key or name of the computer itself. Raises KeyError where it was never set."""
    found = read(cursor, _OWN + name)
    if found is None:
        raise KeyError(name)
    return found


def find_own(cursor: Cursor, name: str) -> bytes | None:
    """As ``own``; None where it was never set."""
    return read(cursor, _OWN + name)


def set_own(cursor: Cursor, name: str, value: bytes) -> None:
    write(cursor, _OWN + name, value)


def drop_own(cursor: Cursor, name: str) -> None:
    cursor.run(_DROP, key=_OWN + name)
