"""The shape of the pages before unlocking: what this is at the left, one card at the right, a line at the foot."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QWidget

from workwell_desktop import __version__
from workwell_desktop.desktop.widgets.buttons import quiet
from workwell_desktop.desktop.widgets.card import Card, empty
from workwell_desktop.desktop.widgets.layouts import Clear, Columns, Fixed, Scroll, column, row, spaced
from workwell_desktop.desktop.widgets.mark import Mark
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text


class GatePage(QWidget):
    """``painted`` comes once, after the first paint: only then may anything slow begin."""

    painted = Signal()
    help_topic: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._was_painted = False
        outer = column(self)
        scroll = Scroll((24, 24, 24, 12), 0, "gate")
        outer.addWidget(scroll, 1)
        self.left = Clear()
        self.left_box = column(self.left, (0, 28, 0, 0), 10)
        self.card = Card(gap=8)
        spaced(self.card.body, (40, 32, 40, 36), 9)
        self._columns = Columns([(self.left, Fixed(430)), (self.card, Fixed(600))], gap=78, first_when_one=self.card)
        line = row(None, (0, 0, 0, 0), 0)
        line.addStretch(1)
        line.addWidget(self._columns)
        line.addStretch(1)
        scroll.body.addStretch(2)
        scroll.body.addLayout(line)
        scroll.body.addStretch(3)
        foot = row(None, (24, 6, 24, 12), 12)
        foot.addWidget(Words(text("unlock.version", version=__version__), "note", "soft"), 1)
        self.foot_note = Words("", "note", "soft")
        foot.addWidget(self.foot_note)
        self.help_button = quiet(text("unlock.help"), self.show_help, "circle-question-mark")
        foot.addWidget(self.help_button)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_help)
        outer.addLayout(foot)

    def show_left(self, lines: Sequence[str], *more: QWidget) -> None:
        """The mark, the name, and what is said under it."""
        while self.left_box.count():
            empty(self.left_box.takeAt(0))
        self.left_box.addWidget(Mark(52), 0, Qt.AlignmentFlag.AlignLeft)
        self.left_box.addSpacing(12)
        self.left_box.addWidget(Words(text("unlock.product"), "display"))
        under = column(None, (0, 0, 0, 0), 3)
        for line in lines:
            under.addWidget(Words(line, "section", "soft", weight=400))
        self.left_box.addLayout(under)
        self.left_box.addSpacing(14)
        for widget in more:
            self.left_box.addWidget(widget)
        self.left_box.addStretch(1)

    def show_help(self) -> None:
        """The guide's page for this one, in a window that goes with it."""
        from workwell_desktop.desktop.pages.opening.gate_help import GateHelp

        GateHelp(self, self.help_topic).show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
