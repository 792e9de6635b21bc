"""The tabs of a record; in one column they become a list box."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTabBar, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.choices import Option
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Words, button_words
from workwell_desktop.domain.screen import text


class _Bar(QTabBar):
    """Words with a plum line under the one in front."""

    def __init__(self) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme().font("body", 600))
        self.updateGeometry()

    def tabSizeHint(self, index: int) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.tabText(index).replace("&&", "&"))
        return QSize(words + theme().px(24), theme().measure("tab") - theme().px(3))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours, line = theme().colour, theme().px(3)
        painter.setFont(self.font())
        for index in range(self.count()):
            box, here = self.tabRect(index), index == self.currentIndex()
            painter.setPen(colours("text" if here else "text_soft"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tabText(index).replace("&&", "&"))
            if here:
                painter.fillRect(box.x(), box.bottom() - line + 1, box.width(), line, colours("brand"))
        painter.end()


class Tabs(QFrame):
    """``chosen(code)`` comes when the person opens another part; Ctrl+Tab goes on to the next."""

    chosen = Signal(str)

    def __init__(self, parts: Sequence[Option], value: str, *, name: str) -> None:
        super().__init__()
        self.setProperty("part", "sheet")
        self.setAccessibleName(name)
        self._codes = [code for code, _words in parts]
        box = column(self, (12, 0, 24, 0))
        self.bar = _Bar()
        self.bar.setAccessibleName(name)
        for _code, words in parts:
            self.bar.addTab(button_words(words))
        self.bar.currentChanged.connect(lambda place: self.chosen.emit(self._codes[place]))
        box.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignLeft)
        self._narrow: QWidget = Clear()
        line = row(self._narrow, (12, 0, 0, 8), 12)
        label = Words(name, "label", wrap=False)
        count = len(parts)
        numbered = [
            (code, text("parts.tab", words=words, number=place + 1, count=count))
            for place, (code, words) in enumerate(parts)
        ]
        self.list = DropDown(numbered, value, width=320)
        self.list.setAccessibleName(name)
        label.setBuddy(self.list)
        self.list.edited.connect(lambda: self.set_value(self.list.value() or ""))
        line.addWidget(label)
        line.addWidget(self.list, 1)
        line.addStretch(1)
        box.addWidget(self._narrow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.bar.blockSignals(True)
        self.set_value(value)
        self.bar.blockSignals(False)
        self._choose()

    def value(self) -> str:
        """The part in front."""
        return self._codes[self.bar.currentIndex()]

    def set_value(self, value: str) -> None:
        """Puts a part in front; ``chosen`` comes when it was another."""
        if value in self._codes:
            self.bar.setCurrentIndex(self._codes.index(value))
            self.list.set_value(value)

    def step(self, by: int) -> None:
        """The next part, or the one before."""
        self.set_value(self._codes[(self.bar.currentIndex() + by) % len(self._codes)])

    def restyle(self) -> None:
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), super().minimumSizeHint().height())

    def _choose(self) -> None:
        needed = sum(self.bar.tabSizeHint(place).width() for place in range(self.bar.count())) + theme().px(40)
        one_column = self.window().width() / theme().scale.factor < theme().tokens.reflow("two_columns_from")
        narrow = one_column or (self.width() > theme().px(240) and needed > self.width())
        self.bar.setVisible(not narrow)
        self._narrow.setVisible(narrow)
