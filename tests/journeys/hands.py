"""Somebody at the laptop: goes by Tab and arrows, types, and waits until the program has answered."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import focus
from tests.desktop.reader import find, says
from tests.journeys import sight
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.screenshots import wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SLOW_LETTERS = 5_000
"""Milliseconds; what comes into the focus begins a word of its own all the same."""
MOST_TABS = 120
"""Twice round the fullest page."""


@dataclass
class Hands:
    """Works on the window of ``program``, whose work is done by the real worker."""

    program: Program

    def __post_init__(self) -> None:
        """Letters of one word add up to a word in a list also where a busy computer is slow between them."""
        QApplication.setKeyboardInputInterval(SLOW_LETTERS)

    @property
    def window(self) -> QWidget:
        return self.program.window

    @property
    def page(self) -> Any:
        work = self.program.workspace
        assert work is not None
        return work.host.page

    def says(self) -> str:
        """Every word in sight."""
        return says(self.window)

    def rest(self) -> None:
        """Until nothing is under way and everything is laid out."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settle()
        while self.program.operations.running:
            assert wait_for(app, lambda: not self.program.operations.running), "the worker never answered"
            settle()

    def key(self, key: Qt.Key, times: int = 1, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        for _ in range(times):
            QTest.keyClick(focus(), key, modifier)
            self.rest()

    def to(self, name: str) -> None:
        """Goes on by Tab to the control of this name; in a group on by the arrows."""
        self.rest()
        seen = []
        for _ in range(MOST_TABS):
            if at_work.offered(name):
                at_work.choose(name)
            if focus().accessibleName() == name:
                self.rest()
                return
            seen.append(focus().accessibleName())
            QTest.keyClick(focus(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"the Tab key never came to {name!r}; it went by {seen}")

    def write(self, words: str) -> None:
        """Types where the focus is."""
        QTest.keyClicks(focus(), words)
        self.rest()

    def fill(self, name: str, words: str) -> None:
        """Goes to a field and types into it."""
        self.to(name)
        self.write(words)

    def choose(self, name: str) -> None:
        """Goes by the arrows to an option of the group in focus, and takes it."""
        at_work.choose(name)
        self.rest()

    def press(self, name: str) -> None:
        """Goes to a button or a box and presses it."""
        self.to(name)
        self.key(Qt.Key.Key_Space)

    def go_on(self) -> None:
        """The filled button of the page, which is the next act."""
        assert len(sight.filled(self.window)) <= 1, sight.filled(self.window)
        self.key(Qt.Key.Key_Return, modifier=CONTROL)

    def do(self, act: str) -> None:
        """Finds an act or a page with Ctrl+K."""
        self.key(Qt.Key.Key_K, modifier=CONTROL)
        self.write(act)
        self.key(Qt.Key.Key_Return)
        # a window without a screen is not given back what its panel took
        self.window.activateWindow()
        self.rest()

    def draw(self, role: Any, name: str) -> None:
        """Draws a name with the mouse."""
        field = find(self.window, role, name)
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(field, left, pos=QPoint(30, 60))
        for step in range(1, 12):
            QTest.mouseMove(field, QPoint(30 + 20 * step, 60 + (step % 3) * 15))
        QTest.mouseRelease(field, left, pos=QPoint(270, 70))
        self.rest()
