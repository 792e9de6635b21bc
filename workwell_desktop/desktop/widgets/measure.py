"""A measure: name, value, trend on tinted bands, the band in words, the change and its direction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.desktop.days import long_day, short_day
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.facing import faced, faced_point
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Words, alone
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """``value`` is shown as it stands; empty means not calculated and ``missing`` says why, in words.

    ``bands`` are the upper ends of the bands from the lowest up (two or three tints), within ``low`` to ``high``.
    """

    name: str
    value: str = ""
    points: Sequence[Point] = ()
    low: float = 0
    high: float = 10
    bands: Sequence[float] = ()
    band_words: str = ""
    change_words: str = ""
    missing: str = ""


class Spark(Picture):
    """The trend, 88 x 50; a screen reader hears each value with its day."""

    def __init__(self, facts: MeasureFacts, *, width: int = 88, height: int = 50) -> None:
        said = ", ".join(
            text("parts.spark_point", value=f"{point.value:g}", day=long_day(point.day)) for point in facts.points
        )
        super().__init__(text("parts.spark", name=facts.name, points=said))
        self._facts, self._width, self._height = facts, width, height
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._width), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(self.rect()))
        painter.end()

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        facts = self._facts
        ends = [*facts.bands, facts.high] if facts.bands else [facts.high]
        start = facts.low
        shown = faced(self, box)
        for place, end in enumerate(ends):
            tint = theme().colour(f"band_{min(3, 1 + round(place * 2 / max(1, len(ends) - 1)))}")
            top = self._height_of(end, box)
            painter.fillRect(QRectF(shown.x(), top, box.width(), self._height_of(start, box) - top), tint)
            start = end
        self._line(painter, box, theme().px(6))

    def _height_of(self, value: float, box: QRectF) -> float:
        facts = self._facts
        span = (facts.high - facts.low) or 1
        return box.bottom() - (min(max(value, facts.low), facts.high) - facts.low) / span * box.height()

    def _line(self, painter: QPainter, box: QRectF, pad: int) -> None:
        facts = self._facts
        if not facts.points:
            return
        first, last = facts.points[0].day, facts.points[-1].day
        days = max(1, (last - first).days)
        room = box.width() - 2 * pad
        spots = []
        for point in facts.points:
            along = (point.day - first).days / days if len(facts.points) > 1 else 1.0
            y = self._height_of(point.value, box)
            spot = QPointF(box.x() + pad + along * room, min(max(y, box.y() + pad), box.bottom() - pad))
            spots.append(faced_point(self, spot))
        ink, thick = theme().colour("chart_1"), theme().px(2)
        painter.setPen(QPen(ink, thick))
        painter.drawPolyline(spots)
        for spot in spots[:-1]:
            painter.setBrush(theme().colour("card"))
            painter.drawEllipse(spot, theme().px(3), theme().px(3))
        painter.setBrush(ink)
        painter.drawEllipse(spots[-1], theme().px(4), theme().px(4))


class Trend(Spark):
    """The same larger, with the ends of the bands before it and the first and last day below."""

    def __init__(self, facts: MeasureFacts) -> None:
        super().__init__(facts, width=320, height=150)

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        facts, px = self._facts, theme().px
        painter.setFont(theme().font("note"))
        metrics = painter.fontMetrics()
        marks = [facts.low, *facts.bands, facts.high]
        left = max(metrics.horizontalAdvance(f"{mark:g}") for mark in marks) + px(8)
        tall = metrics.height()
        inner = box.adjusted(left, tall / 2, 0, -(tall + px(6)))
        super()._draw(painter, inner)
        painter.setPen(theme().colour("text_soft"))
        lowest_free = box.bottom()
        for mark in marks:
            y = self._height_of(mark, inner)
            # a band that is less tall than its number lends its place to the next
            if y + tall / 2 <= lowest_free:
                place = faced(self, QRectF(box.x(), y - tall / 2, left - px(8), tall))
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{mark:g}")
                lowest_free = y - tall / 2
        if facts.points:
            below = faced(self, QRectF(inner.x(), inner.bottom() + px(6), inner.width(), tall))
            first, last = (short_day(point.day, weekday=False) for point in (facts.points[0], facts.points[-1]))
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, last)
            if len(facts.points) > 1:
                painter.drawText(below, Qt.AlignmentFlag.AlignLeft, first)


class Measure(Clear):
    """One line of the card "Measures"."""

    def __init__(self, facts: MeasureFacts) -> None:
        super().__init__()
        box = row(self, (0, 6, 0, 6), 10)
        left = column(None, (0, 0, 0, 0), 2)
        left.addWidget(Words(facts.name, "note"))
        shown = facts.value or text("parts.not_calculated")
        left.addWidget(Words(shown, "heading" if facts.value else "label"))
        box.addLayout(left, 3)
        if facts.value and facts.points:
            box.addWidget(Spark(facts), 0, Qt.AlignmentFlag.AlignVCenter)
        right = column(None, (0, 0, 0, 0), 8)
        for words, tone in (
            ((facts.band_words, ""), (facts.change_words, "soft")) if facts.value else ((facts.missing, "soft"),)
        ):
            if words:
                right.addWidget(Words(alone(words), "note", tone))
        box.addLayout(right, 5)
