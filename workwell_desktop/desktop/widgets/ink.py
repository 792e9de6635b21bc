"""The ink field: somebody draws their name with a mouse, a pen or a finger. Strokes are kept as points."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class InkPoint:
    """``x`` and ``y`` in pixels of the field at 100 %; ``at`` milliseconds since the first point; pressure 0 to 1."""

    x: float
    y: float
    at: int
    pressure: float = 0.5


Stroke = tuple[InkPoint, ...]


class InkField(QWidget):
    """128 high with a base line and the name under it. ``drawn`` comes after each stroke and after clearing.
    ``instead`` says what can be done without a pen."""

    drawn = Signal()

    def __init__(self, name: str, *, instead: str = "") -> None:
        super().__init__()
        self._name = name
        self._help = instead or text("parts.ink_help")
        self._strokes: list[list[InkPoint]] = []
        self._drawing = False
        self._pen_down = False
        self._began = 0
        self.setAccessibleName(text("parts.ink_name", name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def say_name(self, name: str) -> None:
        """Somebody else signs here."""
        self._name = name
        self.update()

    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def size_of_field(self) -> tuple[float, float]:
        """Width and height of the field in the points' own pixels."""
        return self.width() / theme().scale.factor, self.height() / theme().scale.factor

    @property
    def empty(self) -> bool:
        """A single dot is nobody's name."""
        return sum(len(stroke) for stroke in self._strokes) < 3

    def clear(self) -> None:
        """Takes the ink away."""
        self._strokes = []
        self._drawing = False
        self._changed()

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Shows ink that was drawn before."""
        self._strokes = [list(stroke) for stroke in strokes]
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().measure("ink_height"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().measure("ink_height"))

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self._pen_down:
            self._begin(event.position(), event.timestamp(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing and not self._pen_down:
            self._go_on(event.position(), event.timestamp(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawing and not self._pen_down:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind is QEvent.Type.TabletPress:
            self._pen_down = True
            self._begin(event.position(), event.timestamp(), event.pressure())
        elif kind is QEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position(), event.timestamp(), event.pressure())
        elif kind is QEvent.Type.TabletRelease:
            self._pen_down = False
            self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            return self._touch(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            return
        super().keyPressEvent(event)

    def _touch(self, event: QTouchEvent) -> bool:
        point = event.points()[0]
        if event.type() is QEvent.Type.TouchBegin:
            self._begin(point.position(), event.timestamp(), point.pressure())
        elif event.type() is QEvent.Type.TouchUpdate and self._drawing:
            self._go_on(point.position(), event.timestamp(), point.pressure())
        elif self._drawing:
            self._end()
        event.accept()
        return True

    def _begin(self, spot: QPointF, moment: int, pressure: float) -> None:
        if not self._strokes:
            self._began = moment
        self._drawing = True
        self._strokes.append([])
        self._go_on(spot, moment, pressure)

    def _go_on(self, spot: QPointF, moment: int, pressure: float) -> None:
        factor = theme().scale.factor
        x = min(max(spot.x(), 0), self.width()) / factor
        y = min(max(spot.y(), 0), self.height()) / factor
        self._strokes[-1].append(InkPoint(round(x, 1), round(y, 1), max(0, moment - self._began), round(pressure, 2)))
        self.update()

    def _end(self) -> None:
        self._drawing = False
        self._changed()

    def _changed(self) -> None:
        self._describe()
        self.update()
        self.drawn.emit()

    def _describe(self) -> None:
        drawn = text("parts.ink_drawn", count=len(self._strokes)) if self._strokes else ""
        self.setAccessibleDescription(f"{drawn} {self._help}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, colours = theme().px, theme().colour
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colours("edge"), 2))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(box, px(5), px(5))
        base = self.height() - px(24)
        painter.setPen(QPen(QColor("#b9aebd"), 1.5))
        painter.drawLine(QPointF(px(18), base), QPointF(self.width() - px(18), base))
        painter.setPen(QColor(theme().tokens.table["paper"]["soft"]))
        painter.setFont(theme().font("note"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(px(18), base + 2, self.width() - px(36), px(20)), left, self._name)
        pen = QPen(
            QColor(theme().tokens.table["paper"]["ink"]),
            px(2.4),
            c=Qt.PenCapStyle.RoundCap,
            j=Qt.PenJoinStyle.RoundJoin,
        )
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        factor = theme().scale.factor
        for stroke in self._strokes:
            painter.drawPath(_smooth([QPointF(point.x * factor, point.y * factor) for point in stroke]))
        painter.end()


def _smooth(spots: list[QPointF]) -> QPainterPath:
    """Through the middles of the points, so that a slow mouse does not look broken."""
    path = QPainterPath(spots[0])
    if len(spots) == 1:
        path.lineTo(spots[0] + QPointF(0.1, 0.1))
        return path
    for before, after in pairwise(spots):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(spots[-1])
    return path
