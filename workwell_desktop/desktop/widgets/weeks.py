"""Going back bit by bit as a picture: a column a day with its hours, against the usual day."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.desktop.widgets.layouts import Clear, spaced
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """``hours`` from Monday on (five days, or seven where somebody works at the weekend); ``usual`` hours of a day."""

    title: str
    start: str
    hours: Sequence[Decimal]
    usual: Decimal


class WeekPicture(Picture):
    """One week; its name says each day's hours."""

    def __init__(self, facts: WeekFacts) -> None:
        self._facts = facts
        said = ", ".join(
            text("parts.weeks_hours", day=text(f"dates.weekdays.d{day}"), hours=f"{hours.normalize():f}")
            for day, hours in enumerate(facts.hours)
            if hours
        )
        super().__init__(text("parts.weeks_week", title=facts.title, days=said or text("parts.weeks_none")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(30 * max(5, len(self._facts.hours)) + 2), theme().px(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(26 * max(5, len(self._facts.hours))), self.sizeHint().height())

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px, facts = theme().colour, theme().px, self._facts
        painter.setFont(theme().font("note", 600))
        painter.setPen(colours("text"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, self.width(), px(22)), left, facts.title)
        top, tall, gap = px(26), px(84), px(4)
        days = max(1, len(facts.hours))
        wide = min(px(30), (self.width() - gap * (days - 1)) / days)
        most = float(max([facts.usual, *facts.hours, Decimal("0.1")]))
        for day, hours in enumerate(facts.hours):
            box = faced(self, QRectF(day * (wide + gap), top, wide, tall))
            painter.setPen(QPen(colours("line"), 1))
            painter.setBrush(colours("sunk"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
            if hours:
                high = max(float(hours) / most * tall, px(20))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours("chart_1"))
                painter.drawRoundedRect(QRectF(box.x(), box.bottom() - high, wide, high), px(3), px(3))
                painter.setPen(colours("on_brand"))
                painter.setFont(theme().font("note", 600))
                foot = QRectF(box.x(), box.bottom() - px(20), wide, px(18))
                painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"{hours.normalize():f}")
            painter.setPen(colours("text"))
            painter.setFont(theme().font("note"))
            initial = text(f"dates.weekdays_short.d{day}")[0]
            painter.drawText(QRectF(box.x(), top + tall + 1, wide, px(19)), Qt.AlignmentFlag.AlignCenter, initial)
        painter.setPen(colours("text_soft"))
        painter.drawText(QRectF(0, top + tall + px(20), self.width(), px(20)), left, facts.start)
        painter.end()


class WeeksPicture(Clear):
    """The weeks beside each other, as many as there is room for, the others below."""

    def __init__(self, weeks: Sequence[WeekFacts]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        spaced(self._grid, (0, 0, 0, 0), 16)
        self._shown: list[WeekPicture] = []
        self._across = 0
        self.show_weeks(weeks)

    def show_weeks(self, weeks: Sequence[WeekFacts]) -> None:
        """Draws other weeks."""
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [WeekPicture(week) for week in weeks]
        self._across = 0
        self._lay()

    def restyle(self) -> None:
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def minimumSizeHint(self) -> QSize:
        least = max((week.minimumSizeHint().width() for week in self._shown), default=0)
        return QSize(least, super().minimumSizeHint().height())

    def _lay(self) -> None:
        least = max((week.minimumSizeHint().width() for week in self._shown), default=1)
        gap = self._grid.horizontalSpacing()
        fits = (self.width() + gap) // (least + gap)
        across = max(1, min(len(self._shown), fits))
        if across == self._across:
            return
        for place in range(self._across):
            self._grid.setColumnStretch(place, 0)
        self._across = across
        for place, week in enumerate(self._shown):
            self._grid.removeWidget(week)
            self._grid.addWidget(week, place // across, place % across)
        for place in range(across):
            self._grid.setColumnStretch(place, 1)
