"""What may be passed on of an error that nobody expected: where in the code, and nothing about anybody.

    Operations.unexpected ─┐
    sys.excepthook ────────┼──▶ Diagnostics.note ──▶ kind, code, frames ──▶ Help > Diagnostics, shown and saved
    threading.excepthook ──┤
    Qt's messages ─────────┘

Kept are the kind of the error, our own code, and file, line and function of each frame. Never kept are messages,
locals, arguments, parameters of SQL, or paths outside the program: each may hold a name.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

from workwell_desktop import __version__
from workwell_desktop.domain.clock import Clock, SystemClock
from workwell_desktop.errors import WorkWellError

MOST = 50
"""Errors that are kept; older ones go."""

_PACKAGE = Path(__file__).resolve().parents[1]
_LIBRARIES = ("site-packages", "dist-packages")
_DEEPEST = 10


class Frame(NamedTuple):
    """``file`` begins at the program or at a library; of any other file nothing but ``?`` is kept."""

    file: str
    line: int
    function: str


class Noted(NamedTuple):
    """One error. ``kinds`` names its class and those of the errors behind it; ``code`` is ours or empty."""

    at: datetime
    kinds: tuple[str, ...]
    code: str = ""
    frames: tuple[Frame, ...] = ()


class Diagnostics(QObject):
    """One for the application. ``happened`` carries an error that no page was told of."""

    happened = Signal(object)

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__()
        self.clock: Clock = clock or SystemClock()
        self._noted: deque[Noted] = deque(maxlen=MOST)
        self._before: tuple[Any, Any, Any] | None = None

    @property
    def noted(self) -> tuple[Noted, ...]:
        """What was kept, the latest last."""
        return tuple(self._noted)

    def note(self, error: BaseException) -> None:
        """Keeps where an error came from. The error itself, with its words and values, is let go of."""
        code = next((one.code for one in _chain(error) if isinstance(one, WorkWellError)), "")
        kinds = tuple(_kind(one) for one in _chain(error))
        frames = tuple(frame for one in _chain(error) for frame in _frames(one.__traceback__))
        self._noted.append(Noted(self.clock.now(), kinds, code, frames))

    def note_qt(self, level: str, context: QMessageLogContext | None) -> None:
        """Keeps that Qt complained, and in which file of its own; never what it said."""
        file = Path(str(getattr(context, "file", "") or "?")).name
        line = int(getattr(context, "line", 0) or 0)
        self._noted.append(Noted(self.clock.now(), (f"Qt.{level}",), "", (Frame(file, line, "?"),)))

    def clear(self) -> None:
        """Forgets everything."""
        self._noted.clear()

    # Hooks of the running program

    def install(self) -> None:
        """Listens to what nobody caught. Nothing is printed: a terminal keeps what it is shown."""
        if self._before is not None:
            return
        before_qt = qInstallMessageHandler(self._qt)
        self._before = (sys.excepthook, threading.excepthook, before_qt)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def uninstall(self) -> None:
        """Gives the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, before_qt = self._before
            qInstallMessageHandler(before_qt)
            self._before = None

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.note(error)
        self.happened.emit(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.note(args.exc_value)
            self.happened.emit(args.exc_value)

    def _qt(self, level: QtMsgType, context: QMessageLogContext, _message: str) -> None:
        if level is not QtMsgType.QtDebugMsg and level is not QtMsgType.QtInfoMsg:
            self.note_qt(level.name, context)


def report(noted: tuple[Noted, ...], head: Callable[[str], str]) -> str:
    """The file, as it is shown and saved. ``head(name)`` gives the words before a value."""
    import platform

    lines = [
        f"{head('version')}: {__version__}",
        f"{head('system')}: {platform.system()} {platform.release()} {platform.machine()}",
        f"{head('python')}: {platform.python_version()}, Qt {qVersion()}",
        f"{head('errors')}: {len(noted)}",
    ]
    for one in reversed(noted):
        lines += ["", f"{one.at:%Y-%m-%d %H:%M:%S} {' < '.join(one.kinds)} {one.code}".rstrip()]
        lines += [f"  {frame.file}:{frame.line} {frame.function}" for frame in one.frames]
    return "\n".join(lines) + "\n"


@cache
def diagnostics() -> Diagnostics:
    """The application's."""
    return Diagnostics()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those behind it."""
    now: BaseException | None = error
    for _ in range(_DEEPEST):
        if now is None:
            return
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _kind(error: BaseException) -> str:
    """Module and class: names of the code, told by whoever wrote it."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames(trace: TracebackType | None) -> Iterator[Frame]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield Frame(_file(code.co_filename), trace.tb_lineno, code.co_name)
        trace = trace.tb_next


def _file(name: str) -> str:
    """Ours from the package on, a library's from its own name on; anything else may lie in somebody's folder."""
    path = Path(name)
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    for place, part in enumerate(path.parts):
        if part in _LIBRARIES:
            return "/".join(path.parts[place + 1 :])
    standard = Path(threading.__file__).parent
    return path.relative_to(standard).as_posix() if path.is_relative_to(standard) else "?"
