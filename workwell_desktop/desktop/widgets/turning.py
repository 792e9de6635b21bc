"""Things beside each other that come below each other where their words are too long for the width."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import spaced

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Turning(QBoxLayout):
    """Asks for no more width than its widest part; ``gap`` is between the parts either way.

    ``first`` is the least that the first part has beside the others, in pixels at 100 %: words that wrap ask for no
    more than their longest one. ``needs`` gives the pixels that all need, where that is another rule.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        gap: int = 12,
        *,
        first: int = 0,
        needs: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(_ACROSS, parent) if parent is not None else super().__init__(_ACROSS)
        self._first, self._needs = first, needs or self.beside
        spaced(self, (0, 0, 0, 0), gap)

    def minimumSize(self) -> QSize:
        return QSize(max(self._widths(), default=0), super().minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:
        wanted = _ACROSS if self._fits(rect.width()) else _DOWN
        if self.direction() is not wanted:
            self.setDirection(wanted)
        super().setGeometry(rect)

    def heightForWidth(self, width: int) -> int:
        """As it will stand at that width, which may be the other way than it stands now."""
        if self._fits(width):
            return super().heightForWidth(width) if self.direction() is _ACROSS else self._tallest(width)
        heights = [_height(item, width) for item in self._items()]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def beside(self) -> int:
        """The least pixels that the parts need beside each other."""
        widths = self._widths()
        if widths:
            widths[0] = max(widths[0], theme().px(self._first))
        return sum(widths) + self.spacing() * max(0, len(widths) - 1)

    def _fits(self, width: int) -> bool:
        return self._needs() <= width

    def _tallest(self, width: int) -> int:
        """Beside each other the first has what the others leave."""
        items = self._items()
        others = [min(item.sizeHint().width(), width) for item in items[1:]]
        first = max(0, width - sum(others) - self.spacing() * len(others))
        return max((_height(item, wide) for item, wide in zip(items, (first, *others), strict=True)), default=0)

    def _widths(self) -> list[int]:
        return [item.minimumSize().width() for item in self._items()]

    def _items(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
