"""The thread obstacle, action, owner, date; the kind is a shape and a word: ● person ■ workplace ◆ around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.tag import Tag
from workwell_desktop.desktop.widgets.words import IconMark, Words
from workwell_desktop.domain.screen import text

KINDS = ("person", "workplace", "around")


class Marker(QWidget):
    """The shape of a kind, 14 wide."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        side = theme().measure("marker")
        self.setFixedSize(side, side)

    def sizeHint(self) -> QSize:
        return QSize(theme().measure("marker"), theme().measure("marker"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_marker(painter, self.kind, QRectF(self.rect()))
        painter.end()


def paint_marker(painter: QPainter, kind: str, box: QRectF) -> None:
    """Draws the shape into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(kind))
    inner = box.adjusted(1, 1, -1, -1)
    if kind == "person":
        painter.drawEllipse(inner)
    elif kind == "workplace":
        painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 1.5, 1.5)
    else:
        middle = inner.center()
        corners = [
            QPointF(middle.x(), inner.top() - 1),
            QPointF(inner.right() + 1, middle.y()),
            QPointF(middle.x(), inner.bottom() + 1),
            QPointF(inner.left() - 1, middle.y()),
        ]
        painter.drawPolygon(QPolygonF(corners))


class KindHead(Clear):
    """Marker and word of a kind, above its obstacles."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        box = row(self, (2, 2, 0, 0), 6)
        box.addWidget(Marker(kind), 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(Words(text(f"parts.kind_{kind}"), "note", kind, weight=600), 1)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is done about it, and who does it."""

    words: str
    owner: str = ""


class ObstacleLine(Clear):
    """The obstacle with its date (or a tag), under it each action with a turn arrow and its owner."""

    def __init__(
        self,
        words: str,
        actions: Sequence[ActionFacts] = (),
        *,
        when: str = "",
        when_tint: str = "",
        kind: str = "",
    ) -> None:
        super().__init__()
        box = column(self, (0, 1, 0, 1), 2)
        first = row(None, (0, 0, 0, 0), 8)
        if kind:
            first.addWidget(Marker(kind), 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            first.addSpacing(theme().space(22))
        first.addWidget(Words(words, "body"), 1)
        if when:
            shown: QWidget = Tag(when, when_tint) if when_tint else Words(when, "note", "soft", wrap=False)
            first.addWidget(shown, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addLayout(first)
        for action in actions:
            line = row(None, (22, 0, 0, 0), 6)
            line.addWidget(IconMark("corner-down-right", "text_soft", 16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(action.words, "note", "soft"), 1)
            if action.owner:
                line.addWidget(Words(action.owner, "note", "soft", wrap=False))
            box.addLayout(line)
