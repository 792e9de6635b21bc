"""The programme clock: a box a week, plum past, marigold now, empty to come; over ten weeks one bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text

BOXES_UP_TO = 10


def paint_clock(painter: QPainter, box: QRectF, now: int, weeks: int) -> None:
    """Draws ``now`` (from 1; 0 is not begun) of ``weeks`` into ``box``; the first week where one begins to read."""
    painter.save()
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        painter.translate(box.left() + box.right(), 0)
        painter.scale(-1, 1)
    _paint(painter, box, now, weeks)
    painter.restore()


def _paint(painter: QPainter, box: QRectF, now: int, weeks: int) -> None:
    colours, gap = theme().colour, max(2.0, box.height() / 4)
    past, here, edge = colours("brand"), colours("marigold"), colours("edge")
    dark = colours("focus_edge" if theme().scheme == "light" else "text")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    round_by = box.height() / 6
    if weeks > BOXES_UP_TO:
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(colours("card"))
        painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), round_by, round_by)
        done = box.width() * min(now - 1, weeks) / weeks if now > 0 else 0.0
        if done > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(past)
            painter.drawRoundedRect(QRectF(box.x(), box.y(), done, box.height()), round_by, round_by)
        if 0 < now <= weeks:
            painter.setPen(QPen(dark, 1.4))
            painter.setBrush(here)
            mark = QRectF(
                box.x() + done, box.y() + 0.7, max(box.width() / weeks, box.height() * 0.6), box.height() - 1.4
            )
            painter.drawRoundedRect(mark, round_by, round_by)
        return
    width = (box.width() - gap * (weeks - 1)) / max(weeks, 1)
    for week in range(1, weeks + 1):
        cell = QRectF(box.x() + (week - 1) * (width + gap), box.y(), width, box.height()).adjusted(0.7, 0.7, -0.7, -0.7)
        pen, fill = (past, past) if week < now else (dark, here) if week == now else (edge, colours("card"))
        painter.setPen(QPen(pen, 1.6 if week == now else 1.2))
        painter.setBrush(fill)
        painter.drawRoundedRect(cell, round_by, round_by)


def clock_text(now: int, weeks: int) -> str:
    """ "Week 5 of 8"."""
    if now < 1:
        return text("parts.week_none")
    return text("parts.week_over", weeks=weeks) if now > weeks else text("parts.week", now=now, weeks=weeks)


class Picture(QWidget):
    """A painted part with a name in words and the role of a picture."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)


class ClockBoxes(Picture):
    """The boxes alone."""

    def __init__(self, now: int, weeks: int, *, width: int = 236, height: int = 12) -> None:
        super().__init__(clock_text(now, weeks))
        self._now, self._weeks, self._width, self._height = now, weeks, width, height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._width), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().px(self._height))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_clock(painter, QRectF(self.rect()), self._now, self._weeks)
        painter.end()


class ProgrammeClock(Clear):
    """Always with its words: "Week 5 of 8", and when the programme ends."""

    def __init__(self, now: int, weeks: int, ends: str = "") -> None:
        super().__init__()
        box = column(self, (0, 0, 0, 0), 8)
        line = row(None, (0, 0, 0, 0), 12)
        line.addWidget(Words(clock_text(now, weeks), "note", weight=600, wrap=False))
        line.addStretch(1)
        if ends:
            line.addWidget(Words(ends, "note", "soft", wrap=False))
        box.addLayout(line)
        box.addWidget(ClockBoxes(now, weeks))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
