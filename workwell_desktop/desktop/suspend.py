"""Notices that the computer went to sleep, so that nobody finds an open record when its lid is lifted.

Linux says so over D-Bus (logind, ``PrepareForSleep``), Windows by a message to each window (``WM_POWERBROADCAST``).
Where neither is heard, as on macOS, a sleep shows in the clocks: the time of day goes on and the running time stands
still, or a tick comes far too late. That is looked at every few seconds, and at each key and click before it acts.
"""

import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QElapsedTimer,
    QObject,
    QTimer,
    Signal,
    Slot,
)

from workwell_desktop.domain.clock import Clock

TICK = 5000
"""Milliseconds between two looks at the clocks."""
MOST = 30.0
"""Seconds that a look may come late, or the two clocks go apart, before it counts as a sleep."""
_POWER_MESSAGE, _SUSPENDING = 0x0218, 4
_LOGIN = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")


class Suspend(QObject):
    """``slept`` comes when the computer goes to sleep, or on waking where only the clocks tell of it."""

    slept = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._running = QElapsedTimer()
        self._seen = clock.now()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self.look)
        self._messages: _Messages | None = None
        self._bus: Any = None

    def watch(self) -> None:
        """From now on; called when somebody has signed in."""
        self._seen = self._clock.now()
        self._running.start()
        self._tick.start()
        self._listen()

    def rest(self) -> None:
        """There is nothing to lock."""
        self._tick.stop()

    @property
    def watching(self) -> bool:
        return self._tick.isActive()

    def look(self) -> None:
        """Compares the time of day with the running time since the last look."""
        if not self.watching:
            return
        ran = self._running.restart() / 1000
        now = self._clock.now()
        passed, self._seen = (now - self._seen).total_seconds(), now
        if ran > TICK / 1000 + MOST or passed - ran > MOST:
            self.slept.emit()

    @Slot(bool)
    def prepare(self, going: bool) -> None:
        """logind: True before the sleep, False after it."""
        if going and self.watching:
            self.slept.emit()

    def _listen(self) -> None:
        if self._bus is not None or self._messages is not None:
            return
        if sys.platform == "linux":
            from PySide6.QtDBus import QDBusConnection

            self.listen_to(QDBusConnection.systemBus())
        elif sys.platform == "win32":
            self._messages = _Messages(self)
            app = QCoreApplication.instance()
            if app is not None:
                app.installNativeEventFilter(self._messages)

    def listen_to(self, bus: Any) -> bool:
        """Hears logind on ``bus``; False where there is none, as in a container."""
        self._bus = bus
        return bool(bus.isConnected() and bus.connect(*_LOGIN, "PrepareForSleep", self, SLOT("prepare(bool)")))


class _Messages(QAbstractNativeEventFilter):
    """Windows tells every window that the computer is about to sleep."""

    def __init__(self, suspend: Suspend) -> None:
        super().__init__()
        self._suspend = suspend

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):  # type: ignore[arg-type]
            told = wintypes.MSG.from_address(int(message))
            if told.message == _POWER_MESSAGE and told.wParam == _SUSPENDING:
                self._suspend.prepare(True)
        return False, 0
