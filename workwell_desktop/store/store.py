"""An open store: units of work, reading, exchange, undo, and closing it again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import BaseFileLock
from sqlalchemy import Connection, Engine

from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import StoreInUse, StoreTrouble
from workwell_desktop.store import computer, slots
from workwell_desktop.store.computer import Drafts, Settings
from workwell_desktop.store.engine import open_engine, troubles
from workwell_desktop.store.exchange.erasing import Erasing
from workwell_desktop.store.exchange.exchanging import Exchanging
from workwell_desktop.store.exchange.sharing import Sharing
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.log import streams
from workwell_desktop.store.log.events import milliseconds
from workwell_desktop.store.log.ledger import Touched
from workwell_desktop.store.log.undo import UndoLog, Undone, described, reverse
from workwell_desktop.store.log.unit import Counter, Unit
from workwell_desktop.store.people import People
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading.reader import Reader
from workwell_desktop.store.reading.rebuild import Progress, rebuild
from workwell_desktop.store.slots import StoreHeader

if TYPE_CHECKING:
    from workwell_desktop.store.safekeeping.backup import BackupReport
    from workwell_desktop.store.safekeeping.check import CheckReport

_WORTH_NOTING = 1000
"""Changes."""

_PATIENCE = 2000
"""Milliseconds to wait for a reader before a backup gives up."""

Observer = Callable[[set[Touched]], None]


class Store(People, Exchanging, Sharing, Erasing):
    """Made by ``create_store`` and ``unlock``. One thread writes at a time; any number read meanwhile."""

    def __init__(
        self, *, path: Path, engine: Engine, lock: BaseFileLock, key: bytes, clock: Clock, counter: Counter, device: Id
    ) -> None:
        self.path = path
        self.device = device
        self._engine = engine
        self._lock = lock
        self._key = key
        self._clock = clock
        self._counter = counter
        self._turn = threading.RLock()
        self._observers: list[Observer] = []
        self._closed = False
        self._undo = UndoLog()
        self._writer: Connection | None = None
        self.drafts = Drafts(self._writes, self._reads)
        self.settings = Settings(self._writes, self._reads)

    @contextmanager
    def unit(self, identity: Identity) -> Iterator[Unit]:
        """One transaction of one person: committed and durable when the block ends, gone when it raises."""
        with self._turn:
            with self._transaction() as connection:
                unit = Unit(connection, identity, self._counter, self._milliseconds)
                try:
                    yield unit
                    unit.ledger.finish()
                finally:
                    unit.close()
            unit.committed()
            self._undo.did(identity.person, unit.act)
            self._tell(unit.ledger.touched)

    def read(self) -> Reader:
        """A reader of this moment; use it as a context manager."""
        with troubles(self.path):
            return Reader(self._engine.connect())

    def undo(self, identity: Identity) -> Undone | None:
        """Undoes the person's own last act; None where there is none that stands free."""
        return self._turned(identity, redo=False)

    def redo(self, identity: Identity) -> Undone | None:
        """Redoes what the person undid last."""
        return self._turned(identity, redo=True)

    def next_undo(self, identity: Identity) -> Undone | None:
        """What ``undo`` would do, for the words of the menu."""
        return self._undo.next(identity.person)

    def next_redo(self, identity: Identity) -> Undone | None:
        """What ``redo`` would do."""
        return self._undo.next(identity.person, redo=True)

    def on_change(self, observer: Observer) -> Callable[[], None]:
        """Calls ``observer`` after each commit, on the thread that committed, with (kind, record, scope) of everything
        touched. What is returned takes the observer off again."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    @property
    def header(self) -> StoreHeader:
        """What the store says of itself without a key; ``header.rehearsal`` marks every page and paper."""
        return slots.read_slots(self.path)

    def check(self, progress: Progress | None = None) -> "CheckReport":
        """Proves that the store is whole, on a fresh connection after the write-ahead log is folded in."""
        from workwell_desktop.store.safekeeping.check import Problem, check
        from workwell_desktop.store.safekeeping.check_slots import slot_problems

        with self._turn, troubles(self.path):
            self._fold()
            fresh = open_engine(self.path, self._key)
            try:
                report = check(fresh, progress)
            finally:
                fresh.dispose()
            # slots are held against records, which a file that is not as it was made has none of
            if report.changes == 0:
                return report
            with self.read() as reader:
                said = slot_problems(self.path, reader, self.trust(), rehearsal=self.rehearsal)
                beside = [Problem(*one) for one in said]
            return replace(report, problems=(*report.problems, *beside))

    def rebuild(self, progress: Progress | None = None) -> None:
        """Makes the ordinary tables anew from the log."""
        with self._turn, self._transaction() as connection:
            rebuild(connection, progress)

    def backup(self, file: Path) -> "BackupReport":
        """A safe copy in one file. Raises DiskFull, ReadOnlyFolder, or StoreInUse where a reader does not let go."""
        from workwell_desktop.store.safekeeping.backup import write_backup

        with self._turn:
            with self._reads() as cursor:
                changes = streams.count_changes(cursor)
            if not self._fold():
                raise StoreInUse
            return write_backup(self.path, file, changes)

    @property
    def closed(self) -> bool:
        """Whether the store was let go of."""
        return self._closed

    def close(self) -> None:
        """Folds the write-ahead log into the file and lets go of the store."""
        with self._turn:
            if self._closed:
                return
            self._closed = True
            try:
                self._note_lamport()
            finally:
                if self._writer is not None:
                    self._writer.close()
                    self._writer = None
                self._engine.dispose()
                self._lock.release()

    def _note_lamport(self) -> None:
        """So that the next unlock need not read the whole log. A disk that is full now, or a page of the log that is
        damaged, only makes that one slower."""
        with suppress(StoreTrouble):
            with self._reads() as cursor:
                known = computer.lamport(cursor)
                found = streams.highest_lamport(cursor, known)
            if found[0] - known[0] > _WORTH_NOTING:
                with self._writes() as cursor:
                    computer.set_lamport(cursor, found)

    def _turned(self, identity: Identity, *, redo: bool) -> Undone | None:
        with self._turn:
            act = self._undo.take(identity.person, redo=redo)
            if act is None:
                return None
            with self._transaction() as connection:
                unit = Unit(connection, identity, self._counter, self._milliseconds)
                try:
                    turned = reverse(unit, act)
                    unit.ledger.finish()
                finally:
                    unit.close()
            if not turned:
                return None
            unit.committed()
            self._undo.turned(identity.person, unit.act, redo=redo)
            self._tell(unit.ledger.touched)
            return described(act)

    def _fold(self) -> bool:
        """Brings everything from the write-ahead log into the file; False where a reader is in the way."""
        with troubles(self.path):
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}").fetchall()
                busy, _frames, _done = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                cursor.close()
            finally:
                raw.invalidate()
        return not busy

    def _vacuum(self) -> None:
        """Writes every page anew. Needs as much room again as the file takes."""
        with troubles(self.path):
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM").close()
            finally:
                raw.invalidate()

    def _tell(self, touched: set[Touched]) -> None:
        if touched:
            for observer in tuple(self._observers):
                observer(set(touched))

    def _milliseconds(self) -> int:
        return milliseconds(self._clock.now())

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with troubles(self.path):
            if self._writer is None or self._writer.closed:
                self._writer = self._engine.connect().execution_options(writes=True)
            with self._writer.begin():
                yield self._writer

    @contextmanager
    def _writes(self) -> Iterator[Cursor]:
        with self._turn, self._transaction() as connection, Cursor(connection) as cursor:
            yield cursor

    @contextmanager
    def _reads(self) -> Iterator[Cursor]:
        with troubles(self.path), self._engine.connect() as line, line.begin(), Cursor(line) as cursor:
            yield cursor
