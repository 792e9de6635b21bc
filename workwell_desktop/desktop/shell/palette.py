"""Ctrl+K: go anywhere. People, pages and acts in one list, found while one types.

Finders register with ``add``: a quick one answers at once, a slow one (people in the store) on the worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.shell.palette_line import NOTE, Line
from workwell_desktop.desktop.theme.icons import icon
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.layouts import column
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text


@dataclass(frozen=True)
class Found:
    """One line: words, what tells it apart, and where it leads."""

    words: str
    note: str
    go: Callable[[], object]
    icon: str = "arrow-right"


Finder = Callable[[str], Sequence[Found]]
"""From what was typed to what was found; an empty text asks for what is offered at the start."""


class Finders:
    """Who can be asked; in order of registration."""

    def __init__(self) -> None:
        self.quick: list[Finder] = []
        self.slow: list[Finder] = []

    def add(self, finder: Finder, *, slow: bool = False) -> None:
        """``slow`` finders read the store, on its thread."""
        (self.slow if slow else self.quick).append(finder)


class Palette(QDialog):
    """The panel itself; made when opened, gone when closed, so that no name stays behind."""

    def __init__(self, parent: QWidget, finders: Finders, operations: Operations) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("shell.find"))
        self.setAccessibleName(text("shell.find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._finders, self._operations = finders, operations
        self._found: list[Found] = []
        self._asked = 0
        box = column(self, (16, 16, 16, 12), 8)
        self.field = TextField()
        self.field.setProperty("leading", True)
        self.field.setAccessibleName(text("shell.find"))
        self.list = QListWidget()
        self.list.setAccessibleName(text("shell.found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(False)
        self.list.setIconSize(QSize(theme().px(20), theme().px(20)))
        if not theme().high_contrast:
            self.list.setItemDelegate(Line(self.list))
        self._note = Words(text("shell.find_keys"), "note", "soft")
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        box.addWidget(self._note)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(80)
        self._rest.timeout.connect(self._ask_slow)
        self.field.edited.connect(self._ask)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._open())
        self.list.itemClicked.connect(lambda _item: self._open())
        self.resize(theme().px(620), min(theme().px(480), parent.height() - 80))
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                announce(self.list.currentItem().text(), self.list)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        self._asked += 1
        words = self.field.value()
        self._found = [found for finder in self._finders.quick for found in finder(words)]
        self._show()
        if words:
            self._rest.start()

    def _ask_slow(self) -> None:
        words, asked = self.field.value(), self._asked
        for finder in self._finders.slow:

            def work(finder: Finder = finder) -> Sequence[Found]:
                return finder(words)

            def done(found: Sequence[Found]) -> None:
                if asked == self._asked:
                    self._found = [*found, *self._found]
                    self._show()

            self._operations.run(self, work, done)

    def _show(self) -> None:
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem(
                icon(found.icon, "text_soft"), f"{found.words}\n{found.note}" if found.note else found.words
            )
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{found.words}, {found.note}" if found.note else found.words
            )
            item.setData(NOTE, found.note)
            self.list.addItem(item)
        if self._found:
            self.list.setCurrentRow(0)
        self._note.say(text("shell.find_keys") if self._found else text("shell.found_none"))

    def _open(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._found):
            found = self._found[place]
            self.close()
            found.go()
