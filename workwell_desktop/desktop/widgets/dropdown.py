"""A drop-down of coded options with a painted arrow."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSizePolicy

from workwell_desktop.desktop.theme import icons
from workwell_desktop.desktop.theme.theme import repolish, theme
from workwell_desktop.desktop.widgets.choices import Option
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.domain.screen import text

_LEAST = 300
"""Pixels at 100 %."""


class DropDown(QComboBox):
    """One of many options. With ``empty`` the first line asks for a choice and means None. A code that it was given and
    has no option for stays until the person chooses."""

    edited = Signal()
    done = Signal()

    def __init__(
        self, options: Sequence[Option], value: str | None = None, *, empty: bool | str = False, width: int = 0
    ) -> None:
        super().__init__()
        self._width = width
        self._empty = empty
        self._given: str | None = None
        self._last_letter = QElapsedTimer()
        self._label: QLabel | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        self.set_value(value)
        self.activated.connect(lambda _index: self._changed())
        self.restyle()

    def set_options(self, options: Sequence[Option], value: str | None = None) -> None:
        """Offers other options, and chooses among them."""
        self.clear()
        if self._empty:
            self.addItem(self._empty if isinstance(self._empty, str) else text("fields.choose"), None)
        for code, words in options:
            self.addItem(words, code)
        self.set_value(value if self.findData(value) >= 0 else None)

    def value(self) -> str | None:
        """The code of the chosen option."""
        if self.currentIndex() < 0:
            return self._given
        found = self.currentData()
        return None if found is None else str(found)

    def set_value(self, value: str | None) -> None:
        """Shows an option; nothing is signalled."""
        place = self.findData(value) if value is not None else 0 if self._empty else -1
        self._given = value
        self.setCurrentIndex(place)

    def fault(self) -> str | None:
        """Never wrong by itself."""
        return None

    def set_wrong(self, wrong: bool) -> None:
        """Draws the red edge."""
        self.setProperty("wrong", wrong)
        repolish(self)

    def set_read_only(self, read_only: bool = True) -> None:
        """Shows without letting change."""
        self.setEnabled(not read_only)

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.setMinimumHeight(theme().measure("field") if theme().high_contrast else 0)
        if self._width:
            self.setMaximumWidth(theme().px(self._width))

    def minimumSizeHint(self) -> QSize:
        """The longest option asks for its room, but makes no page wider than its window: the list shows it whole."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), theme().px(_LEAST)), least.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page and never changes an answer in passing."""
        event.ignore()

    def showPopup(self) -> None:
        """The list is made when it is first asked for, and dressed when it opens."""
        self.view().setFont(theme().font("body"))
        super().showPopup()

    def showEvent(self, event: QShowEvent) -> None:
        """On Linux a screen reader takes the value for the name, and looks for a label beside it: there is one."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is None or not self.accessibleName():
            return
        if self._label is None or self._label.parentWidget() is not parent:
            beside = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if any(one.buddy() is self for one in beside if one is not self._label):
                return
            self._label = QLabel(parent)
            self._label.hide()
            self._label.setBuddy(self)
        self._label.setText(self.accessibleName())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes here begins a word of their own."""
        self._begin_word()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A space within typed words goes on searching, as a letter does; alone it opens the list."""
        if (
            event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self._searching()
        ):
            self._search(event.text())
            return
        if event.text().isprintable() and event.text().strip():
            self._last_letter.restart()
        super().keyPressEvent(event)

    def _begin_word(self) -> None:
        """The next letter begins a word, also within the second in which letters add up."""
        self._last_letter.invalidate()
        view = self.view()
        here = view.currentIndex()
        view.keyboardSearch("")
        # an empty search goes on to the next line: what Return chose in the open list would be the one below it
        view.setCurrentIndex(here)

    def _searching(self) -> bool:
        last = self._last_letter
        return last.isValid() and last.elapsed() < QApplication.keyboardInputInterval()

    def _search(self, letters: str) -> None:
        """What Qt does with a letter."""
        self._last_letter.restart()
        view, before = self.view(), self.currentIndex()
        view.setCurrentIndex(self.model().index(before, self.modelColumn(), self.rootModelIndex()))
        view.keyboardSearch(letters)
        found = view.currentIndex().row()
        if found not in (-1, before):
            self.setCurrentIndex(found)
            self.activated.emit(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if theme().high_contrast:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().px(18)
        box = QRectF(self.width() - side - theme().px(9), (self.height() - side) / 2, side, side)
        icons.paint(painter, "chevron-down", theme().colour("edge"), faced(self, box))
        painter.end()

    def _changed(self) -> None:
        self.edited.emit()
        self.done.emit()
