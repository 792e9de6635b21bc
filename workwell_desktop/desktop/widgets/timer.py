"""The session's clock: the time, "6 of 8 minutes", a thin marigold bar. No sound, no red, no counting down."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.domain.screen import text


class SessionTimer(Picture):
    """``show_time`` is called by the page with the clock's words and the minutes of this case."""

    def __init__(self, *, on_rail: bool = True) -> None:
        super().__init__()
        self._on_rail = on_rail
        self._clock, self._minutes, self._planned = "", 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(self, clock: str, minutes: int, planned: int) -> None:
        """``clock`` as "2:31pm"; ``minutes`` spent of ``planned``."""
        self._clock, self._minutes, self._planned = clock, minutes, planned
        self.setAccessibleName(text("parts.timer_whole", clock=clock, minutes=minutes, planned=planned))
        self.updateGeometry()
        self.update()

    def _said(self) -> str:
        return text("parts.timer", minutes=self._minutes, planned=self._planned) if self._planned else ""

    def sizeHint(self) -> QSize:
        said = QFontMetrics(theme().font("note")).horizontalAdvance(self._said())
        clock = QFontMetrics(theme().font("body", 600)).horizontalAdvance(self._clock)
        return QSize(max(theme().px(180), clock + theme().px(9) + said), theme().px(42))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px = theme().colour, theme().px
        ink, soft = ("rail_text", "rail_text_soft") if self._on_rail else ("text", "text_soft")
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme().font("body", 600))
        painter.setPen(colours(ink))
        wide = painter.fontMetrics().horizontalAdvance(self._clock)
        painter.drawText(QRectF(0, 0, self.width(), px(28)), middle, self._clock)
        painter.setFont(theme().font("note"))
        painter.setPen(colours(soft))
        beside = QRectF(wide + px(9), 0, self.width() - wide - px(9), px(28))
        painter.drawText(faced(self, beside), middle, self._said())
        bar = QRectF(0, px(32), self.width() - px(8), px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours("rail_raised" if self._on_rail else "line"))
        painter.drawRoundedRect(faced(self, bar), px(3), px(3))
        if self._planned:
            bar.setWidth(bar.width() * min(1.0, self._minutes / self._planned))
            painter.setBrush(colours("marigold"))
            painter.drawRoundedRect(faced(self, bar), px(3), px(3))
        painter.end()
