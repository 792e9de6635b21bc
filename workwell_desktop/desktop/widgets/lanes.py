"""A whole episode at a glance: a lane for each kind of thing, a dot for each time, from the first day to today.

What it shows stands below it as lines of words; a screen reader hears one sentence a lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from workwell_desktop.desktop.days import short_day
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.charts import Chart
from workwell_desktop.desktop.widgets.facing import faced, faced_point

_ROW, _AXIS = 26, 24
_DOT = 5
_NAME = 130
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of thing and the days on which it happened."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """An episode: from its first day to its last, or to today while it runs."""

    first: date
    last: date


class LanesPicture(Chart):
    """``said`` is what a screen reader hears."""

    def __init__(self, lanes: Sequence[Lane], spans: Sequence[Span], today: date, said: str) -> None:
        self._lanes, self._spans, self._today = tuple(lanes), tuple(spans), today
        days = [day for lane in lanes for day in lane.days] + [day for span in spans for day in (span.first, span.last)]
        first, last = min([*days, today]), max([*days, today])
        # a day of room at both ends, so that no dot is cut in half
        self._first = first - timedelta(days=1)
        self._length = max((last - first).days + 2, 7)
        super().__init__(said)

    def tall(self) -> int:
        return theme().px(_ROW * len(self._lanes) + _AXIS)

    def draw(self, painter: QPainter) -> None:
        px, colours = theme().px, theme().colour
        bottom = px(_ROW * len(self._lanes))
        for span in self._spans:
            first, last = self._x(span.first), self._x(span.last)
            painter.fillRect(QRectF(min(first, last), 0, max(abs(last - first), 2), bottom), colours("brand_soft"))
        painter.setPen(QPen(colours("line"), 1))
        now = self._x(self._today)
        painter.drawLine(QPointF(now, 0), QPointF(now, bottom))
        painter.setFont(theme().font("note"))
        for place, lane in enumerate(self._lanes):
            self._draw_lane(painter, lane, px(_ROW * place + _ROW // 2))
        self._draw_days(painter, bottom)

    def _draw_lane(self, painter: QPainter, lane: Lane, middle: int) -> None:
        px, colours = theme().px, theme().colour
        painter.setPen(colours("text_soft"))
        name = painter.fontMetrics().elidedText(lane.name, Qt.TextElideMode.ElideRight, px(_NAME) - px(8))
        painter.drawText(faced(self, QRectF(0, middle - px(_ROW) / 2, px(_NAME), px(_ROW))), _LEFT, name)
        painter.setPen(QPen(colours("line"), 1))
        ends = (QPointF(px(_NAME), middle), QPointF(self.width(), middle))
        painter.drawLine(*(faced_point(self, end) for end in ends))
        painter.setPen(QPen(colours("card"), px(1)))
        painter.setBrush(colours("brand"))
        for day in sorted(set(lane.days)):
            painter.drawEllipse(QPointF(self._x(day), middle), px(_DOT), px(_DOT))

    def _draw_days(self, painter: QPainter, top: int) -> None:
        """The first day where one begins to read, the last at the end, and today where there is room between them."""
        px = theme().px
        painter.setPen(theme().colour("text_soft"))
        first, last = self._first + timedelta(days=1), self._first + timedelta(days=self._length - 1)
        for day, flag in ((first, _LEFT), (last, _RIGHT)):
            words = short_day(day, self._today)
            line = QRectF(px(_NAME), top, self.width() - px(_NAME), px(_AXIS))
            painter.drawText(faced(self, line), flag, words)

    def _x(self, day: date) -> float:
        """Time goes the way one reads."""
        room = self.width() - theme().px(_NAME) - theme().px(_DOT + 1)
        along = theme().px(_NAME) + room * (day - self._first).days / self._length
        return faced_point(self, QPointF(along, 0)).x()
