"""Charts of counts: the number is printed beside or under every mark, and a screen reader hears the rows one by one.

A count that is not shown has words in the place of its number, and no mark that would give its size away.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.domain.screen import text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
ONE_LINE_FROM = 420
"""Width at 100 % from which a row of bars has its name beside its bar; below, the name stands above it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``number`` and ``share`` as they are read; ``size`` None where the count is not shown."""

    name: str
    number: str
    share: str = ""
    size: float | None = None


class Chart(Picture):
    """Grows with the text; its height follows its width."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def tall(self) -> int:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), self.tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), self.tall())

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.height() != self.tall():
            self.setFixedHeight(self.tall())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError


def said(name: str, bars: Sequence[Bar]) -> str:
    """The rows of a chart in words."""
    rows = [
        text("summary.said_share", row=one.name, number=one.number, share=one.share)
        if one.share
        else text("summary.said", row=one.name, number=one.number)
        for one in bars
    ]
    return text("summary.said_chart", name=name, rows="; ".join(rows))


class BarChart(Chart):
    """A row a category: name, number, share, bar."""

    def __init__(self, name: str, bars: Sequence[Bar]) -> None:
        self._bars = bars
        super().__init__(said(name, bars))

    def _stacked(self) -> bool:
        return self.width() < theme().px(ONE_LINE_FROM)

    def tall(self) -> int:
        return theme().px(52 if self._stacked() else 28) * len(self._bars)

    def draw(self, painter: QPainter) -> None:
        px, colours, stacked = theme().px, theme().colour, self._stacked()
        step = px(52 if stacked else 28)
        painter.setFont(theme().font("label"))
        metrics = painter.fontMetrics()
        number_wide = max((metrics.horizontalAdvance(one.number) for one in self._bars), default=0) + px(8)
        painter.setFont(theme().font("body"))
        metrics = painter.fontMetrics()
        share_wide = max((metrics.horizontalAdvance(one.share) for one in self._bars), default=0)
        share_wide += px(12) if share_wide else 0
        name_wide = max((metrics.horizontalAdvance(one.name) for one in self._bars), default=0) + px(12)
        name_wide = self.width() if stacked else min(name_wide, self.width() - number_wide - share_wide - px(70))
        most = max((one.size or 0 for one in self._bars), default=0) or 1
        for place, one in enumerate(self._bars):
            top = place * step
            line = QRectF(0, top, name_wide, px(26))
            painter.setFont(theme().font("body"))
            painter.setPen(colours("text"))
            words = painter.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideRight, round(name_wide))
            painter.drawText(faced(self, line), _LEFT, words)
            left = 0.0 if stacked else float(name_wide)
            below = top + (px(24) if stacked else 0)
            painter.setFont(theme().font("label"))
            number = faced(self, QRectF(left, below, number_wide, px(26)))
            painter.drawText(number, _LEFT if stacked else _RIGHT, one.number)
            painter.setFont(theme().font("body"))
            share = faced(self, QRectF(left + number_wide, below, share_wide, px(26)))
            painter.drawText(share, _RIGHT, one.share)
            start = left + number_wide + share_wide + px(12)
            box = QRectF(start, below + px(5), self.width() - start, px(16))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours("ground"))
            painter.drawRoundedRect(faced(self, box), px(3), px(3))
            if one.size:
                painter.setBrush(colours("chart_1"))
                wide = max(px(3), box.width() * one.size / most)
                painter.drawRoundedRect(faced(self, QRectF(box.x(), box.y(), wide, box.height())), px(3), px(3))


_LOOKS = (
    ("chart_2", Qt.BrushStyle.SolidPattern),
    ("chart_1", Qt.BrushStyle.BDiagPattern),
    ("chart_3", Qt.BrushStyle.SolidPattern),
    ("chart_4", Qt.BrushStyle.VerPattern),
    ("chart_2", Qt.BrushStyle.DiagCrossPattern),
    ("line", Qt.BrushStyle.SolidPattern),
)


class SplitChart(Chart):
    """Two bars over each other, split alike, and the rows of both below, with their marks."""

    def __init__(self, name: str, heads: tuple[str, str], first: Sequence[Bar], last: Sequence[Bar]) -> None:
        self._heads, self._sides = heads, (first, last)
        rows = "; ".join(
            text("summary.said", row=head, number=", ".join(f"{one.name} {one.number}" for one in side))
            for head, side in zip(heads, self._sides, strict=True)
        )
        super().__init__(text("summary.said_chart", name=name, rows=rows))

    def tall(self) -> int:
        return theme().px(80 + 24 + 26 * len(self._sides[0]))

    def draw(self, painter: QPainter) -> None:
        px, colours = theme().px, theme().colour
        painter.setFont(theme().font("note"))
        metrics = painter.fontMetrics()
        left = max(metrics.horizontalAdvance(head) for head in self._heads) + px(10)
        wide = max(metrics.horizontalAdvance(one.number) for side in self._sides for one in side)
        wide = max(wide, *(metrics.horizontalAdvance(head) for head in self._heads)) + px(14)
        for place, (head, side) in enumerate(zip(self._heads, self._sides, strict=True)):
            top = px(2) + place * px(38)
            painter.setFont(theme().font("note"))
            painter.setPen(colours("text_soft"))
            painter.drawText(faced(self, QRectF(0, top, left, px(32))), _LEFT, head)
            self._split(painter, QRectF(left, top, self.width() - left, px(32)), side)
        top = px(80)
        painter.setFont(theme().font("note", 600))
        painter.setPen(colours("text_soft"))
        for place, head in enumerate(self._heads):
            at = faced(self, QRectF(self.width() - wide * (2 - place), top, wide, px(22)))
            painter.drawText(at, _RIGHT, head)
        for step, (before, after) in enumerate(zip(*self._sides, strict=True)):
            line = top + px(24) + step * px(26)
            self._mark(painter, QRectF(0, line + px(5), px(16), px(16)), step)
            painter.setFont(theme().font("body"))
            painter.setPen(colours("text"))
            room = self.width() - 2 * wide - px(28)
            words = painter.fontMetrics().elidedText(before.name, Qt.TextElideMode.ElideRight, round(room))
            painter.drawText(faced(self, QRectF(px(28), line, room, px(26))), _LEFT, words)
            painter.setFont(theme().font("note", 600))
            for place, one in enumerate((before, after)):
                at = faced(self, QRectF(self.width() - wide * (2 - place), line, wide, px(26)))
                painter.drawText(at, _RIGHT, one.number)

    def _split(self, painter: QPainter, box: QRectF, side: Sequence[Bar]) -> None:
        """What is not shown is the empty rest of the bar: its sum is known, its parts are not."""
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(faced(self, box))
        # shares are of the whole, so the rest stays empty by itself
        along = box.x()
        for step, one in enumerate(side):
            if not one.size:
                continue
            part = QRectF(along, box.y(), box.width() * one.size, box.height())
            along += part.width()
            self._mark(painter, part.adjusted(0, 0, -1.5, 0), step)
            painter.setFont(theme().font("note", 600))
            wide = painter.fontMetrics().horizontalAdvance(one.number) + theme().px(8)
            if wide + theme().px(4) <= part.width():
                label = QRectF(part.x() + theme().px(4), part.y() + theme().px(6), wide, theme().px(20))
                label = faced(self, label)
                painter.fillRect(label, theme().colour("card"))
                painter.setPen(theme().colour("text"))
                painter.drawText(label, _CENTRE, one.number)

    def _mark(self, painter: QPainter, box: QRectF, step: int) -> None:
        role, pattern = _LOOKS[step % len(_LOOKS)]
        box = faced(self, box)
        painter.fillRect(box, theme().colour(role))
        if pattern is not Qt.BrushStyle.SolidPattern:
            painter.fillRect(box, QBrush(theme().colour("card"), pattern))


class ColumnChart(Chart):
    """A column a month with its number above and its name below."""

    def __init__(self, name: str, bars: Sequence[Bar]) -> None:
        self._bars = bars
        super().__init__(said(name, bars))

    def tall(self) -> int:
        return theme().px(210)

    def draw(self, painter: QPainter) -> None:
        px, colours = theme().px, theme().colour
        across = self.width() / max(1, len(self._bars))
        most = max((one.size or 0 for one in self._bars), default=0) or 1
        floor, room = self.height() - px(44), self.height() - px(72)
        painter.setPen(QPen(colours("line"), 1))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        for place, one in enumerate(self._bars):
            left = faced(self, QRectF(place * across, 0, across, 0)).x()
            top = floor - room * (one.size or 0) / most
            wide = min(px(44), across * 0.6)
            painter.setPen(Qt.PenStyle.NoPen)
            if one.size:
                painter.setBrush(colours("chart_1"))
                painter.drawRect(QRectF(left + (across - wide) / 2, top, wide, floor - top))
            painter.setPen(colours("text"))
            painter.setFont(theme().font("note", 600))
            painter.drawText(QRectF(left, top - px(44), across, px(42)), _CENTRE_LOW, one.number)
            painter.setFont(theme().font("note"))
            painter.setPen(colours("text_soft"))
            painter.drawText(QRectF(left, floor + px(4), across, px(40)), _WRAP, one.name)


_CENTRE_LOW = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
