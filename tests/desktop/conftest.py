"""One application with our fonts and look, and a window that leaves nothing behind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop import access
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.shell.workspace import Doors, Workspace
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.clock import FixedClock

if TYPE_CHECKING:
    from tests.desktop.laptop import Laptop

Show = Callable[..., QWidget]


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> QApplication:
    """Dressed once; each test begins with light colours at 100 %."""
    app = QApplication.instance() or QApplication(qapp_args)
    assert isinstance(app, QApplication)
    access.install()
    theme().chosen_scheme = "light"
    theme().start(app)
    # letters of one word add up also where a busy computer is slow between them
    app.setKeyboardInputInterval(5_000)
    return app


def settle() -> None:
    """Lets layouts, waiting events and deletions come to rest."""
    for _ in range(8):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The usual look before each test; afterwards no window stays and no timer runs."""
    if (theme().scale.percent, theme().scheme, theme().scale.wide) != (100, "light", False):
        theme().choose(percent=100, scheme="light", wide=False)
    yield
    left = [window for window in qapp.topLevelWidgets() if window.isVisible()]
    for window in qapp.topLevelWidgets():
        window.hide()
        window.deleteLater()
    settle()
    running = [timer for timer in qapp.findChildren(QTimer) if timer.isActive()]
    if left or running:
        pytest.fail(f"left behind: {left + running}", pytrace=False)


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    """Shows a widget in the window, at a size and a text size, and takes it away again."""
    windows: list[Window] = []

    def put(
        widget: QWidget, *, width: int = 1366, height: int = 768, percent: int = 100, scheme: str = "light"
    ) -> QWidget:
        theme().choose(percent=percent, scheme=scheme)
        window = Window()
        windows.append(window)
        window.resize(width, height)
        window.put(widget)
        window.show()
        window.activateWindow()
        settle()
        return widget

    yield put
    for window in windows:
        window.close()
        window.deleteLater()
    settle()


@pytest.fixture
def fixed() -> FixedClock:
    """Ten in the morning of Tuesday 24 November 2026, the day of the pictures."""
    return FixedClock(datetime(2026, 11, 24, 10, tzinfo=UTC))


@pytest.fixture
def operations() -> Iterator[Operations]:
    made = Operations(Inline())
    yield made
    made.close()


@pytest.fixture
def open_pages(show: Show, operations: Operations, fixed: FixedClock) -> Callable[..., Workspace]:
    """A workspace with pages of the test; goes to the first of them."""

    def begin(*pages: type[Page], desk: Any = None, doors: Doors | None = None, **how: Any) -> Workspace:
        navigator = Navigator(Routes({page.route: page for page in pages}))
        doors = doors or Doors(lock=lambda: None, quit=lambda: None)
        work = Workspace(navigator, doors, name="Maya Okafor", role="Work and Health Coach")
        show(work, **how)
        work.serve(Context(desk, operations, navigator, theme(), fixed, work))
        navigator.go(pages[0].route)
        settle()
        return work

    return begin


@pytest.fixture(scope="session")
def made_laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with Maya and Tom, that no test writes to."""
    from tests.desktop import laptop

    path = tmp_path_factory.mktemp("laptop") / "made.workwell"
    laptop.make(path)
    return path


@pytest.fixture
def at_laptop(
    qapp: QApplication, made_laptop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[Laptop]":
    """The whole program on a copy of it, before anybody has unlocked."""
    from tests.desktop.laptop import at_the_laptop

    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made_laptop, tmp_path) as found:
        yield found


@pytest.fixture
def at_laptop_working(
    qapp: QApplication, made_laptop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[Laptop]":
    """The same, where work is done by a worker of its own, as in life."""
    from tests.desktop.laptop import at_the_laptop
    from workwell_desktop.desktop.operations import Worker

    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made_laptop, tmp_path, Worker()) as found:
        yield found
