"""A name to choose: radio, name and a line about the person, in a frame of its own."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.desktop.widgets.marks import ring
from workwell_desktop.desktop.widgets.words import button_words

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def _tall(words: str, kind: str, room: int) -> int:
    return QFontMetrics(theme().font(kind)).boundingRect(0, 0, room, 10000, _LEFT, words).height()


class PersonRadio(QRadioButton):
    """The whole frame is the target; the line is read with the name."""

    def __init__(self, name: str, line: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(button_words(name), parent)
        self._name, self._line, self._key = name, line, key
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{line}. {key}" if key else line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def restyle(self) -> None:
        self.updateGeometry()
        self._fit()

    def _heights(self, width: int) -> tuple[int, int]:
        """Of the name and of the line below it, each in as many lines as it needs."""
        px, room = theme().px, width - theme().px(50)
        return (
            max(px(24), _tall(self._name, "label", max(px(80), room - px(70)))),
            _tall(self._line, "note", max(px(100), room - px(20))),
        )

    def sizeHint(self) -> QSize:
        width = theme().px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(58))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        name, line = self._heights(width)
        return max(theme().px(58), theme().px(8) + name + line + theme().px(9))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A grid asks for the height of the width that was wished for: what it gave may need more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.heightForWidth(self.width())
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, colours, on = theme().px, theme().colour, self.isChecked()
        painter.setPen(QPen(colours("brand" if on else "line"), 2))
        painter.setBrush(colours("brand_soft" if on else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(6), px(6))
        side = theme().measure("radio")
        ring(painter, faced(self, QRectF(px(14), (self.height() - side) / 2, side, side)), on)
        left = px(50)
        painter.setPen(colours("text"))
        painter.setFont(theme().font("label"))
        name, _line = self._heights(self.width())
        painter.drawText(faced(self, QRectF(left, px(6), self.width() - left - px(70), name)), _LEFT, self._name)
        painter.setPen(colours("text_soft"))
        painter.setFont(theme().font("note"))
        below = QRectF(left, px(5) + name, self.width() - left - px(20), self.height() - px(12) - name)
        painter.drawText(faced(self, below), _LEFT, self._line)
        if self._key:
            right = QRectF(0, px(6), self.width() - px(14), px(24))
            painter.drawText(faced(self, right), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key)
        painter.end()
