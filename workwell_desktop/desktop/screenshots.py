"""Pictures of pages: each at 100 % and 200 % text, in the dark and in high contrast, drawn without a screen.

Page builders register what is worth a picture with ``picture``; ``draw`` opens each in a window of the size of the
usual NHS laptop and saves what it shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QThread
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.theme.fonts import load_more_fonts
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.errors import ReadOnlyFolder

USUAL = (1366, 768)
_MOST_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is drawn; ``suffix`` ends the file's name."""

    suffix: str
    percent: int = 100
    scheme: str = "light"
    size: tuple[int, int] = USUAL


LOOKS = (
    Look(""),
    Look("-200-percent", percent=200),
    Look("-dark", scheme="dark"),
    Look("-high-contrast", scheme="contrast"),
    Look("-1280x642", size=(1280, 642)),
)


@dataclass(frozen=True)
class Picture:
    """``show`` puts the page into the window that it is given, which already has its size and look.

    ``of`` gives another window to take the picture of, such as the one for the room.
    """

    name: str
    show: Callable[[QWidget], None]
    of: Callable[[], QWidget] | None = None


def settle(app: QApplication) -> None:
    """Lets layouts, timers of no wait and deletions come to rest."""
    for _ in range(_MOST_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if not app.eventDispatcher().processEvents(QEventLoop.ProcessEventsFlag.AllEvents):
            break


def draw(window: QWidget, pictures: Iterable[Picture], out: Path, looks: Sequence[Look] = LOOKS[:1]) -> list[Path]:
    """Saves ``<name><suffix>.png`` for every picture in every look; ReadOnlyFolder where it cannot be written."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("pictures need an application")
    load_more_fonts()
    before = (theme().scale.percent, theme().chosen_scheme or "system")
    files: list[Path] = []
    listed = list(pictures)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for look in looks:
            theme().choose(percent=look.percent, scheme=look.scheme)
            window.resize(*look.size)
            window.show()
            for picture in listed:
                picture.show(window)
                settle(app)
                file = out / f"{picture.name}{look.suffix}.png"
                seen = window if picture.of is None else picture.of()
                if not seen.grab().save(str(file)):
                    raise ReadOnlyFolder
                files.append(file)
    except OSError as trouble:
        raise ReadOnlyFolder from trouble
    finally:
        theme().choose(percent=before[0], scheme=before[1])
    return files


def wait_for(app: QApplication, done: Callable[[], bool], milliseconds: int = 10_000) -> bool:
    """Runs the event loop until ``done()``; False when it took too long."""
    limit = QDeadlineTimer(milliseconds)
    while not done():
        if limit.hasExpired():
            return False
        app.processEvents()
        # asked to wait for events up to a time, Qt does not wait but goes round and round beside the worker
        QThread.msleep(1)
    return True
