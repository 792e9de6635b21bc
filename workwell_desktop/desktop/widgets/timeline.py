"""So far: what happened, newest first, on a line of days."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced_point
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Event:
    """One line: the day in short, what, and who."""

    day: str
    words: str
    who: str = ""


class Timeline(Clear):
    """The first event has a full dot."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__()
        box = column(self)
        self.lines: list[QWidget] = []
        for place, event in enumerate(events):
            self.lines.append(_Line(event, first=place == 0, last=place == len(events) - 1))
            box.addWidget(self.lines[-1])


class _Line(QWidget):
    def __init__(self, event: Event, *, first: bool, last: bool) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._first, self._last = first, last
        box = row(self, (0, 2, 0, 10), 0)
        self._day = Words(event.day, "note", "soft", wrap=False)
        box.addWidget(self._day, 0, Qt.AlignmentFlag.AlignTop)
        box.addSpacing(1)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(event.words, "note"))
        if event.who:
            lines.addWidget(Words(event.who, "note", "soft"))
        box.addLayout(lines, 1)
        self.setAccessibleName(", ".join(part for part in (event.day, event.words, event.who) if part))
        self.restyle()

    def restyle(self) -> None:
        self._day.setMinimumWidth(theme().px(80))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, colours = theme().px, theme().colour
        at = faced_point(self, QPointF(px(65), px(12)))
        x, y = at.x(), at.y()
        painter.setPen(QPen(colours("line"), 2))
        if not self._last:
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        painter.setPen(QPen(colours("brand"), px(2)))
        painter.setBrush(colours("brand" if self._first else "card"))
        painter.drawEllipse(QPointF(x, y), px(4), px(4))
        painter.end()
