"""Acts that may take over 50 ms: run on the one store worker thread, answered on the window's thread.

    page ── run(owner, work, done) ──▶ worker: work() ──▶ done(result) on the page, if it still stands
                                                     └──▶ failed(error), or the page's own ``fail(error)``

The store's change notice comes in on the thread that committed and goes out once as ``changed`` on the window's.
"""

import threading
from _queue import SimpleQueue
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

Change: TypeAlias = tuple[str, str, str]
"""Kind, id of the record, id of its scope."""

EVENT = "audit_event"
"""The kind under which the store notes that something was done: no record, and nothing that a page shows."""

Work = Callable[[], Any]
Progress = Callable[[int, int], None]
"""Steps done, steps in all; may be called on the worker."""


class Runner(Protocol):
    """Where work is done."""

    def submit(self, work: Callable[[], None]) -> None: ...
    def close(self) -> None: ...


class Inline:
    """At once, on the caller's thread: for unit tests and for drawing pictures of pages."""

    def submit(self, work: Callable[[], None]) -> None:
        work()

    def close(self) -> None:
        """Nothing runs."""


class Worker:
    """One thread that takes work in order, so that the store is never used by two at once."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="store worker", daemon=True)
            self._thread.start()
        self._waiting.put(work)

    def close(self) -> None:
        """Waits for what was begun."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def _serve(self) -> None:
        while (work := self._waiting.get()) is not None:
            work()


class Operation(QObject):
    """One piece of work on its way. The signals come on the window's thread, one of the two ends it."""

    succeeded = Signal(object)
    failed = Signal(object)
    progress = Signal(int, int)
    ended = Signal()

    def __init__(self, owner: QObject | None) -> None:
        super().__init__()
        self._owner = owner

    def owner_stands(self) -> bool:
        """Whether whoever asked is still there to be told."""
        return self._owner is None or shiboken6.isValid(self._owner)

    def perform(self, work: Callable[[], Any]) -> None:
        """Does the work and passes on what came of it; called by the runner."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - every failure is told to the page, none may end the worker
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)


class Operations(QObject):
    """What pages run work with. ``changed`` carries a frozenset of Change."""

    changed = Signal(object)
    busy = Signal(bool)
    unexpected = Signal(object)
    """An error that nobody drew in the tree of errors, for the diagnostics page."""
    _noticed = Signal(object)

    def __init__(self, runner: Runner | None = None) -> None:
        super().__init__()
        self._runner: Runner = Worker() if runner is None else runner
        self._under_way: set[Operation] = set()
        self._closed = False
        manner = Qt.ConnectionType.AutoConnection
        self._noticed.connect(self.changed.emit, manner)

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return bool(self._under_way)

    def notice(self, changes: Iterable[Change]) -> None:
        """The store's ``on_change`` calls this, on any thread; what the store says while it is closed asks nobody.

        That an event was noted is not passed on: a page that is refused would ask again, be noted again, and go on.
        """
        records = frozenset(one for one in changes if one[0] != EVENT)
        if records and not self._closed:
            self._noticed.emit(records)

    def run(
        self,
        owner: QObject | None,
        work: Work,
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        progress: Progress | None = None,
    ) -> Operation:
        """Runs ``work()`` and calls ``done(result)`` or ``failed(error)`` on the window's thread.

        Nothing is called when ``owner`` is gone by then. Without ``failed`` the nearest page shows the error's
        sentence. With ``progress`` the work is called with one argument, to report on.
        """
        operation = Operation(owner)
        self._under_way.add(operation)
        self.busy.emit(True)

        def succeed(result: object) -> None:
            if done is not None and operation.owner_stands():
                done(result)
            self._end(operation)

        def fail(error: Exception) -> None:
            if operation.owner_stands():
                (failed or _nearest_fail(owner))(error)
            self._tell(error)
            self._end(operation)

        operation.succeeded.connect(succeed)
        operation.failed.connect(fail)
        if progress is not None:
            operation.progress.connect(progress)
            reporting: Any = work
            self._runner.submit(lambda: operation.perform(lambda: reporting(operation.progress.emit)))
        else:
            self._runner.submit(lambda: operation.perform(work))
        return operation

    def beside(self) -> "Operations":
        """Others of the same manner, for work that has nothing to do with the store; whoever asked closes them."""
        return Operations(type(self._runner)())

    def close(self) -> None:
        """Waits for what is under way and ends the worker."""
        self._closed = True
        self._runner.close()
        self._under_way.clear()

    def _end(self, operation: Operation) -> None:
        self._under_way.discard(operation)
        operation.ended.emit()
        # its connections hold what was to be done, and with that the page: they go with it
        operation.deleteLater()
        if not self._under_way:
            self.busy.emit(False)

    def _tell(self, error: Exception) -> None:
        from workwell_desktop.errors import WorkWellError

        if not isinstance(error, WorkWellError):
            self.unexpected.emit(error)


def _nearest_fail(owner: QObject | None) -> Callable[[Exception], Any]:
    found = owner
    while found is not None:
        fail = getattr(found, "fail", None)
        if callable(fail):
            return fail  # type: ignore[no-any-return]
        found = found.parent()
    return lambda _error: None
