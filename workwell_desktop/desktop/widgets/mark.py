"""The product's own mark: a marigold half sun over three lines of writing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme


class Mark(QWidget):
    """``size`` is its width in pixels at 100 %."""

    def __init__(self, size: int = 28, *, on_rail: bool = False) -> None:
        super().__init__()
        self._size, self._on_rail = size, on_rail
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedSize(theme().px(self._size), theme().px(self._size))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._size), theme().px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), on_rail=self._on_rail)
        painter.end()


def mark_icon() -> QIcon:
    """The mark on its ground, for title bars and task bars; a bundle carries the same as files."""
    pixels = QPixmap(128, 128)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("ground"))
    painter.drawRoundedRect(QRectF(0, 0, 128, 128), 28, 28)
    paint_mark(painter, QRectF(14, 14, 100, 100))
    painter.end()
    return QIcon(pixels)


def paint_mark(painter: QPainter, box: QRectF, *, on_rail: bool = False) -> None:
    """Draws the mark into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    unit = box.width() / 28
    x, y = box.x(), box.y()
    painter.setBrush(theme().colour("marigold"))
    painter.drawPie(QRectF(x + 3 * unit, y + 1 * unit, 22 * unit, 22 * unit), 0, 180 * 16)
    painter.setBrush(theme().colour("rail_text" if on_rail else "brand"))
    for place, width in ((14.5, 27), (19.5, 18), (24.5, 10)):
        line = QRectF(x + 0.5 * unit, y + place * unit, width * unit, 3 * unit)
        painter.drawRoundedRect(line, 1.5 * unit, 1.5 * unit)
