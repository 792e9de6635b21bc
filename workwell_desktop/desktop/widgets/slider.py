"""A slider from one number to another in even steps, empty until somebody answers."""

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced_point

_MARKS = 20
"""With more steps than these the marks would run into each other."""


class Slider(QSlider):
    """A number or None. Arrows step, Page keys take ten steps, Home and End the ends, Delete takes the answer back.

    ``moved`` comes while it is dragged, ``done`` when it rests.
    """

    edited = Signal()
    done = Signal()

    def __init__(self, low: Decimal, high: Decimal, step: Decimal) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._low, self._step = low, step
        self._answered = False
        self.setRange(0, max(1, int((high - low) / step)))
        self.setPageStep(max(1, min(10, self.maximum() // 4)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def number(self) -> Decimal | None:
        """The number; None where nobody answered."""
        return self._low + self._step * self.value() if self._answered else None

    def set_number(self, number: Decimal | int | None) -> None:
        """Shows a number, or none; nothing is signalled."""
        self._answered = number is not None
        place = 0 if number is None else round((Decimal(number) - self._low) / self._step)
        self.blockSignals(True)
        self.setValue(max(0, min(self.maximum(), place)))
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().measure("ruler_cell"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().measure("ruler_cell"))

    def restyle(self) -> None:
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_number(None)
            self._told()
            return
        ways = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        jumps = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if key not in (*ways, *jumps) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        if self._answered or key in jumps:
            super().keyPressEvent(event)
        self._answered = True
        self.update()
        self._told()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page and never changes an answer in passing."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self._answered:
            self.done.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme().colour
        on = "brand" if self.isEnabled() else "text_soft"
        line = self._groove()
        edge = colours("edge" if self.isEnabled() else "line")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2)
        if self.maximum() <= _MARKS:
            for step in range(self.maximum() + 1):
                at = self._x(step)
                painter.drawRect(QRectF(at - 1, line.bottom() + theme().px(6), 2, theme().px(5)))
        if self._answered:
            at, size = self._x(self.value()), float(theme().px(12))
            painter.setBrush(colours(on))
            painter.drawRoundedRect(self._done_part(line, at), line.height() / 2, line.height() / 2)
            painter.setPen(QPen(colours(on), theme().px(6)))
            painter.setBrush(colours("card"))
            painter.drawEllipse(QPointF(at, line.center().y()), size - theme().px(3), size - theme().px(3))
        painter.end()

    def _groove(self) -> QRectF:
        side, high = theme().px(14), theme().px(6)
        return QRectF(side, (self.height() - high) / 2, self.width() - 2 * side, high)

    def _done_part(self, line: QRectF, at: float) -> QRectF:
        """From the end where one begins to read to the knob."""
        start = faced_point(self, line.topLeft()).x()
        return QRectF(min(start, at), line.top(), abs(at - start), line.height())

    def _x(self, step: int) -> float:
        """Where a step stands, the first where one begins to read."""
        line = self._groove()
        return faced_point(self, QPointF(line.left() + line.width() * step / self.maximum(), 0)).x()

    def _drag(self, event: QMouseEvent) -> None:
        line = self._groove()
        share = (faced_point(self, event.position()).x() - line.left()) / max(1.0, line.width())
        self._answered = True
        self.setValue(round(max(0.0, min(1.0, share)) * self.maximum()))
        self.update()
        self.edited.emit()
        event.accept()

    def _told(self) -> None:
        self.edited.emit()
        self.done.emit()
