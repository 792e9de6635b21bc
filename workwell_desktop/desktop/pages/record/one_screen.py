"""The overview on one screen: what does not fit is left out from the end, and a line says how much and where it is.

First the lines of an obstacle become one each, then the tallest card gives up its last line, until the page needs no
scrolling. Where a few lines of each card do not fit (large text, a low window), everything is shown and it scrolls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLayout, QWidget

from workwell_desktop.desktop.kit import Button, Card, Columns
from workwell_desktop.desktop.widgets.layouts import Scroll

LEAST = 2
"""Lines that a card keeps; with fewer it says too little."""


@dataclass
class Part:
    """A card that may be shortened. Each of ``units`` is shown or hidden whole; ``swaps`` are a line and a shorter one.

    ``more`` is shown while something is hidden, and ``say_more`` names how many units that are.
    """

    card: Card
    units: Sequence[Sequence[QWidget]]
    more: Button | None = None
    say_more: Callable[[int], str] | None = None
    swaps: Sequence[tuple[QWidget, QWidget]] = ()
    hidden: int = field(default=0)

    def show(self, hidden: int, *, short: bool) -> None:
        """Leaves out the last ``hidden`` units."""
        self.hidden = hidden
        shorter = dict(self.swaps)
        for place, unit in enumerate(self.units):
            seen = place < len(self.units) - hidden
            for widget in unit:
                brief = shorter.get(widget)
                widget.setVisible(seen and not (short and brief is not None))
                if brief is not None:
                    brief.setVisible(seen and short)
        if self.more is not None:
            self.more.setVisible(hidden > 0)
            if hidden and self.say_more is not None:
                self.more.say(self.say_more(hidden))
        self._tell()

    def _tell(self) -> None:
        """Every layout around the lines forgets how high it was; by itself it would learn of it a turn later."""
        for unit in self.units:
            for widget in unit:
                above = widget.parentWidget()
                while above is not None and above is not self.card:
                    above.updateGeometry()
                    above = above.parentWidget()
        holder: QWidget | None = self.card
        while holder is not None and not isinstance(holder, Scroll):
            holder.updateGeometry()
            holder = holder.parentWidget()

    @property
    def height(self) -> int:
        """What the card needs at its width."""
        return _height(self.card.layout(), self.card.width())

    @property
    def can_give(self) -> bool:
        """Whether another line can go."""
        return len(self.units) - self.hidden > LEAST


class OneScreen(QObject):
    """Keeps the last row of cards (``columns``) within the window; lives as long as these cards."""

    def __init__(self, scroller: Scroll, columns: Columns, parts: Sequence[Part]) -> None:
        super().__init__(columns)
        self._scroller, self._columns, self._parts = scroller, columns, parts
        scroller.installEventFilter(self)
        QTimer.singleShot(0, self, self.fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Shows as much as there is room for."""
        self._show_all(short=False)
        if self._columns.one:
            return
        # the bar that would come and go changes the width, and with it every height
        self._scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if self._over() > 0:
            self._show_all(short=True)
            over = self._over()
            if over > 0 and not self._shorten(over):
                self._show_all(short=False)
        self._scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _show_all(self, *, short: bool) -> None:
        for part in self._parts:
            part.show(0, short=short)

    def _over(self) -> int:
        """Pixels that the page needs beyond its room."""
        layout = self._scroller.inside.layout()
        if layout is None:
            return 0
        layout.activate()
        return _height(layout, self._scroller.width()) - self._scroller.height()

    def _shorten(self, over: int) -> bool:
        heights = {id(part): part.height for part in self._parts}
        room = max(heights.values()) - over
        while True:
            tallest = max(self._parts, key=lambda part: heights[id(part)])
            if heights[id(tallest)] <= room:
                return True
            if not tallest.can_give:
                return False
            tallest.show(tallest.hidden + 1, short=True)
            heights[id(tallest)] = tallest.height


def _height(layout: QLayout | None, width: int) -> int:
    if layout is None:
        return 0
    layout.invalidate()
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


__all__ = ["OneScreen", "Part"]
