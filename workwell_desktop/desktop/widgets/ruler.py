"""The ruler: eleven cells from 0 to 10, one of them chosen or none."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.layouts import spaced
from workwell_desktop.desktop.widgets.one_stop import one_stop
from workwell_desktop.domain.screen import text


class Cell(QRadioButton):
    """One number, 44 wide and high."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(str(number), parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = theme().measure("ruler_cell")
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, on = theme().colour, self.isChecked()
        edge = "brand" if on else "edge" if self.isEnabled() else "line"
        painter.setPen(QPen(colours(edge), theme().px(2)))
        painter.setBrush(colours("brand" if on else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme().px(5), theme().px(5))
        painter.setFont(theme().font("body", 700 if on else 400))
        painter.setPen(colours("on_brand" if on else "text" if self.isEnabled() else "text_soft"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Ruler(QWidget):
    """A number from 0 to 10, or None. ``low`` and ``high`` say in words what the ends mean."""

    edited = Signal()
    done = Signal()

    def __init__(self, value: int | None = None, *, low: str = "", high: str = "", top: int = 10) -> None:
        super().__init__()
        self.setObjectName("clear")
        box = Flow(self)
        spaced(box, (0, 0, 0, 0), 6)
        self._buttons = QButtonGroup(self)
        self._cells = [Cell(number, self) for number in range(top + 1)]
        for number, cell in enumerate(self._cells):
            self._buttons.addButton(cell, number)
            box.addWidget(cell)
            cell.clicked.connect(lambda _on: self._changed())
        if low:
            self._cells[0].setAccessibleName(text("fields.ruler_low", number=0, low=low))
        if high:
            self._cells[-1].setAccessibleName(text("fields.ruler_high", number=top, high=high))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_value(value)

    def value(self) -> int | None:
        """The chosen number; None when none is."""
        chosen = self._buttons.checkedId()
        return None if chosen < 0 else chosen

    def set_value(self, value: int | None) -> None:
        """Shows a number, or none."""
        self._buttons.setExclusive(False)
        for number, cell in enumerate(self._cells):
            cell.setChecked(number == value)
        self._buttons.setExclusive(True)
        one_stop(self._cells)

    def first(self) -> QWidget:
        """Where the focus goes."""
        value = self.value()
        return self._cells[0 if value is None else value]

    def fault(self) -> str | None:
        """Never wrong by itself."""
        return None

    def set_wrong(self, wrong: bool) -> None:
        """The bar of the field group is enough."""

    def set_read_only(self, read_only: bool = True) -> None:
        """Shows without letting change."""
        for cell in self._cells:
            cell.setEnabled(not read_only)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure chooses its cell; Delete takes the answer back."""
        typed = event.text()
        if typed.isdigit() and int(typed) < len(self._cells):
            cell = self._cells[int(typed)]
            cell.setFocus(Qt.FocusReason.OtherFocusReason)
            cell.click()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_value(None)
            self._changed()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        self.edited.emit()
        self.done.emit()
