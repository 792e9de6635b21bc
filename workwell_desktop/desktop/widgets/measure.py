"""A measure: name, value, trend on tinted bands, the band in words, the change and its direction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.catalogue import text
from workwell_desktop.desktop.days import long_day
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Words


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
        facts, pad = self._facts, theme().px(6)
        box = QRectF(self.rect())
        span = (facts.high - facts.low) or 1

        def height_of(value: float) -> float:
            return box.bottom() - (min(max(value, facts.low), facts.high) - facts.low) / span * box.height()

        ends = [*facts.bands, facts.high] if facts.bands else [facts.high]
        start = facts.low
        for place, end in enumerate(ends):
            tint = theme().colour(f"band_{min(3, 1 + round(place * 2 / max(1, len(ends) - 1)))}")
            top = height_of(end)
            painter.fillRect(QRectF(0, top, box.width(), height_of(start) - top), tint)
            start = end
        self._line(painter, facts, pad, height_of)
        painter.end()

    def _line(self, painter: QPainter, facts: MeasureFacts, pad: int, height_of: object) -> None:
        if not facts.points:
            return
        first, last = facts.points[0].day, facts.points[-1].day
        days = max(1, (last - first).days)
        room = self.width() - 2 * pad
        spots = []
        for point in facts.points:
            along = (point.day - first).days / days if len(facts.points) > 1 else 1.0
            y = height_of(point.value)  # type: ignore[operator]
            spots.append(QPointF(pad + along * room, min(max(y, pad), self.height() - pad)))
        ink, thick = theme().colour("chart_1"), theme().px(2)
        painter.setPen(QPen(ink, thick))
        painter.drawPolyline(spots)
        for spot in spots[:-1]:
            painter.setBrush(theme().colour("card"))
            painter.drawEllipse(spot, theme().px(3), theme().px(3))
        painter.setBrush(ink)
        painter.drawEllipse(spots[-1], theme().px(4), theme().px(4))


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
                right.addWidget(Words(words, "note", tone))
        box.addLayout(right, 5)
