"""Syncing in the background: on a thread of its own, so that neither the window nor the store's thread waits for a hub.

    sign-in ──▶ line to the hub ──▶ sync ──▶ wait: news from the hub · a rest after writing · some minutes · Sync now
                    ▲    │ line gone                        │
                    └────┴── try again, later each time ◀───┘

It begins only where this computer was enrolled at a hub, and ends at the lock, at sleep and at the end; until then the
store is not closed while anything is being entered.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.sync_words import Now
from workwell_desktop.errors import (
    HubIncompatible,
    HubNotSet,
    HubOfAnother,
    HubRefused,
    HubStopped,
    HubTooNew,
    PersonLeft,
    WorkWellError,
)
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.syncing import here, outcome

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.exchange import Live, Synced

_FOR_LONG = (HubRefused, HubTooNew, HubIncompatible, HubOfAnother, HubNotSet, PersonLeft)
"""What no new try mends."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. ``quick`` takes the place of ``rest`` while a session is open. After a failure it is tried again after
    each of ``again`` in turn; what will not mend itself, such as a login that is refused, after the last."""

    rest: float = 3.0
    quick: float = 0.3
    every: float = 300.0
    again: tuple[float, ...] = (5.0, 10.0, 20.0, 40.0, 80.0, 120.0)
    look: float = 0.4
    """How long the line is listened to before it is looked whether something else is wanted."""
    least: float = 0.2
    """Between one sync and the next that somebody's word wakes: who only says that there is news keeps nobody busy."""


PACE = Pace()


class _Stopped(Exception):
    """Somebody locks: leave the store at once."""


class Syncing(QObject):
    """One for the time that somebody is signed in. All signals come on the window's thread."""

    moved = Signal()
    """``now`` is another."""
    synced = Signal(object)
    """A Synced, when one went through."""
    _told = Signal(object)
    _went = Signal(object)
    _unexpected = Signal(object)

    def __init__(self, desk: Desk, operations: Operations, pace: Pace | None = None) -> None:
        super().__init__()
        self._desk, self._operations = desk, operations
        self.pace = pace or PACE
        self.now = Now()
        self.lively = False
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._asked = threading.Event()
        self._pressed = False
        self._turn = threading.Lock()
        self._live: Live | None = None
        self._tries = 0
        self._error: WorkWellError | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)
        queued = Qt.ConnectionType.QueuedConnection
        self._told.connect(self._take, queued)
        self._went.connect(self.synced, queued)
        self._unexpected.connect(operations.unexpected, queued)
        operations.changed.connect(self.written)

    def begin(self) -> None:
        """Begins where this computer was enrolled; called again after it has been. Without a hub nothing happens."""
        if self._thread is not None or self._stop.is_set():
            return
        self._operations.run(self, lambda: here.look(self._desk), self._start, lambda _error: None)

    def sync_now(self) -> None:
        """Somebody asks for it; a pause after failures is over."""
        if self._thread is None:
            self.begin()
            return
        self._pressed = True
        self._tries = 0
        self._asked.set()

    def set_lively(self, lively: bool) -> None:
        """While a session is open what is written goes at once."""
        self.lively = lively

    def written(self, _changes: object = None) -> None:
        """Something changed: it goes when there has been a rest."""
        if self._thread is not None:
            self._rest.start(round(1000 * (self.pace.quick if self.lively else self.pace.rest)))

    def end(self) -> None:
        """Nothing more goes or comes. The store's thread waits until what is being entered has been, and no longer."""
        self._stop.set()
        self._asked.set()
        self._rest.stop()
        with suppress(RuntimeError):
            self._operations.changed.disconnect(self.written)
        live = self._live
        if live is not None:
            live.cut()
        if self._thread is not None:
            self._operations.run(None, self._wait_for_store, None, lambda _error: None)
            self._thread = None

    # On the window's thread

    def _start(self, found: here.Here) -> None:
        if not (found.enrolled and found.may) or self._thread is not None or self._stop.is_set():
            return
        self._take(Now(on=True, busy=True))
        self._thread = threading.Thread(target=self._serve, name="sync", daemon=True)
        self._thread.start()

    def _rested(self) -> None:
        self._asked.set()

    def _take(self, now: Now) -> None:
        if now != self.now and not self._stop.is_set():
            self.now = now
            self.moved.emit()

    # On the thread of its own

    def _wait_for_store(self) -> None:
        with self._turn:
            pass

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                self._on_line()
            except _Stopped:
                return
            except WorkWellError as error:
                self._failed(error)
            except Exception as error:  # noqa: BLE001 - what nobody foresaw must not end syncing for the day
                if not self._stop.is_set():
                    self._unexpected.emit(error)
                    self._failed(HubStopped(state=""))
            self._asked.wait(self._pause())
            self._asked.clear()

    def _on_line(self) -> None:
        # a computer without a hub never loads what reaches one
        from workwell_desktop.services.syncing import exchange

        with self._turn:
            self._leave_if_stopped()
            line = exchange.line(self._desk)
        with line.open() as live:
            self._live = live
            try:
                self._leave_if_stopped()
                self._sync(live)
                while True:
                    self._asked.wait(self.pace.least)
                    if self._woken(live):
                        self._sync(live)
            finally:
                self._live = None

    def _woken(self, live: "Live") -> bool:
        """Whether there is a reason for a sync: news, a press, some minutes; or something to send after a rest."""
        until = monotonic() + self.pace.every
        while not self._asked.is_set():
            if live.wait(self.pace.look):
                self._leave_if_stopped()
                return True
            if monotonic() >= until:
                return True
        self._asked.clear()
        pressed, self._pressed = self._pressed, False
        with self._turn:
            self._leave_if_stopped()
            store = self._desk.store
            return pressed or bool(store.only_here().changes or store.blobs_wait())

    def _sync(self, live: "Live") -> None:
        with self._turn:
            self._leave_if_stopped()
            self._told.emit(Now(on=True, busy=True))
            done: Synced = live.sync(self._progress)
        self._tries, self._error = 0, None
        self._told.emit(Now(on=True))
        self._went.emit(done)

    def _progress(self, count: int) -> None:
        self._leave_if_stopped()
        self._told.emit(Now(on=True, busy=True, done=count))

    def _failed(self, error: WorkWellError) -> None:
        with self._turn:
            if self._stop.is_set():
                return
            self._tries, self._error = self._tries + 1, error
            with suppress(WorkWellError):
                outcome.keep_trouble(self._desk, error)
        self._told.emit(Now(on=not isinstance(error, HubNotSet), error=error, failed=self._desk.clock.now()))

    def _pause(self) -> float:
        again = self.pace.again
        last = not self._tries or isinstance(self._error, _FOR_LONG)
        return again[-1] if last else again[min(self._tries, len(again)) - 1]

    def _leave_if_stopped(self) -> None:
        if self._stop.is_set():
            raise _Stopped
