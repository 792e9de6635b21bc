"""The main window: the pages with their frame, or the gate while nobody is signed in. It holds, nothing more."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from workwell_desktop.assets import product
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import column, row
from workwell_desktop.desktop.widgets.ring import FocusRing
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text

_TITLE_BAR = 48
"""Pixels at most that a system puts above a window; its foot must not go off the screen for that."""


class Window(QWidget):
    """Shows either the gate or the workspace. ``used`` comes with each key and click, for the lock after rest."""

    used = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = column(self)
        self._strip: QWidget | None = None
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._outer.addWidget(holder, 1)
        self.ring = FocusRing(self)
        self.setWindowTitle(product())
        self.resize(1366, 768)
        self.setMinimumSize(800, 560)
        self.may_close: Callable[[], bool] = lambda: True

    def fit(self, free: QSize) -> None:
        """Before it is shown: fills a screen of which only ``free`` is left, where it would not go on it whole."""
        if free.width() <= self.width() or free.height() <= self.height() + _TITLE_BAR:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def put(self, widget: QWidget) -> None:
        """Shows the gate or the workspace; what it replaces stays until ``drop``."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def drop(self, widget: QWidget) -> None:
        """Takes a widget away for good."""
        self._stack.removeWidget(widget)
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()

    def in_front(self) -> QWidget | None:
        """What is shown."""
        return self._stack.currentWidget()

    def set_rehearsal(self, rehearsal: bool) -> None:
        """The strip that marks made-up people on every page."""
        if rehearsal and self._strip is None:
            from workwell_desktop.desktop.widgets.banner import Region

            self._strip = Region(text("shell.rehearsal"))
            self._strip.setObjectName("rehearsal")
            box = row(self._strip, (24, 3, 24, 3), 8)
            self._strip_words = Words(text("shell.rehearsal"), "note", weight=600)
            box.addWidget(self._strip_words)
            self._outer.insertWidget(0, self._strip)
        elif self._strip is not None:
            # whoever signs in may read another language
            self._strip.setAccessibleName(text("shell.rehearsal"))
            self._strip_words.say(text("shell.rehearsal"))
            self._strip.setVisible(rehearsal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() / (theme().scale.percent / 100) >= theme().tokens.reflow("wide_from")
        if wide != theme().scale.wide:
            theme().choose(wide=wide)
        self.ring.follow()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.Wheel,
            QEvent.Type.TouchBegin,
        ):
            self.used.emit()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()
