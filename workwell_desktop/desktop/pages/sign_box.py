"""Where somebody signs with a pen, a finger or the mouse, and what they drew, to be looked at later."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.desktop.kit import InkField, text, theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.services.planning.signing import Ink, Stroke


class SignBox(InkField):
    """The ink field as a field: it has a value and an error."""

    def value(self) -> bool:
        """Whether somebody signed."""
        return not self.empty

    def fault(self) -> str | None:
        return None

    def set_wrong(self, wrong: bool) -> None:
        self.update()

    def ink(self) -> Ink | None:
        """What was drawn."""
        if self.empty:
            return None
        width, height = self.size_of_field()
        strokes = tuple(Stroke(tuple((point.x, point.y) for point in stroke)) for stroke in self.strokes())
        return Ink(strokes, width, height)


class SignedInk(Picture):
    """What was drawn, on white as on paper; never wider than it was drawn."""

    def __init__(self, ink: Ink, name: str) -> None:
        super().__init__(text("assessment.ink_of", name=name))
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(72))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(72))

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("edge"), 1))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme().px(5), theme().px(5))
        painter.setPen(QPen(QColor(theme().tokens.table["paper"]["ink"]), theme().px(1.6)))
        scale = min(self.width() / self._ink.width, self.height() / self._ink.height)
        for stroke in self._ink.strokes:
            painter.drawPolyline([QPointF(x * scale, y * scale) for x, y in stroke.points])
        painter.end()
