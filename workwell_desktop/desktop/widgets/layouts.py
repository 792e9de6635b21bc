"""Layouts that grow with the text, scroll, and fall into one column when the window is narrow."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from workwell_desktop.desktop.theme.theme import SPACING, rescale, theme

_Box = TypeVar("_Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels at 100 %."""


def column(parent: QWidget | None = None, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """Things below each other."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(made, margins, gap)


def row(parent: QWidget | None = None, margins: Margins = (0, 0, 0, 0), gap: int = 12) -> QHBoxLayout:
    """Things beside each other."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(made, margins, gap)


def spaced(layout: QLayout, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> None:
    """Puts any layout under the scale."""
    layout.setProperty(SPACING, [*margins, gap])
    rescale(layout)


def _spaced(layout: _Box, margins: Margins, gap: int) -> _Box:
    spaced(layout, margins, gap)
    return layout


def rule(*, upright: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("part", "rule_up" if upright else "rule")
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class Clear(QWidget):
    """A widget without a ground of its own, to hold a layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")


class Scroll(QScrollArea):
    """A body that scrolls upright and never sideways; ``body`` is the column inside."""

    def __init__(self, margins: Margins = (24, 16, 24, 16), gap: int = 12, name: str = "body") -> None:
        super().__init__()
        self.setObjectName("scroll")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # a viewport made by Qt has no wrapper: to wrap it, PySide first sets up every class of widget there is (15 ms)
        self.setViewport(QWidget())
        self.inside = QWidget()
        self.inside.setObjectName(name)
        self.body = column(self.inside, margins, gap)
        self.setWidget(self.inside)

    def minimumSizeHint(self) -> QSize:
        """Never asks for more than a few lines, so that the window cannot be pushed larger."""
        return QSize(theme().px(120), theme().px(44))


class Fixed(NamedTuple):
    """A width in pixels at 100 %, grown with the text."""

    pixels: int


_NO_LIMIT = 16777215


class Columns(QWidget):
    """Columns of shares or fixed widths; below ``one_below`` (client width over text scale) one column.

    ``parts`` are ``(widget, share)``; instead of a share the name of a measure of the tokens (``"agenda"``) or
    ``Fixed(pixels)`` holds a width. ``first_when_one`` puts one part first when they stand below each other, which
    they do as well where long words would make the page wider than the window, unless ``one_when_tight`` is False.
    """

    def __init__(
        self,
        parts: Sequence[tuple[QWidget, int | str | Fixed]],
        *,
        gap: int = 12,
        one_below: int | None = None,
        first_when_one: QWidget | None = None,
        one_when_tight: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._parts = list(parts)
        self._first = first_when_one
        self._one_below = theme().tokens.reflow("two_columns_from") if one_below is None else one_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._one: bool | None = None
        self._one_when_tight = one_when_tight
        self._tight = False
        spaced(self._box, (0, 0, 0, 0), gap)
        self._arrange(False)

    @property
    def one(self) -> bool:
        """Whether the parts stand below each other now."""
        return bool(self._one)

    def _arrange(self, one: bool) -> None:
        if one == self._one:
            return
        self._one = one
        for widget, _share in self._parts:
            # takeAt would leave the old item alive in Python, and its stale height with it
            self._box.removeWidget(widget)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if one else across)
        parts = sorted(self._parts, key=lambda part: part[0] is not self._first) if one else self._parts
        for widget, share in parts:
            self._box.addWidget(widget, share if isinstance(share, int) and not one else 0)
        before: QWidget | None = None
        for widget, _ in parts:
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget
        self._hold_widths()

    def restyle(self) -> None:
        self._measure()
        self._hold_widths()

    def _hold_widths(self) -> None:
        for widget, share in self._parts:
            if isinstance(share, int):
                continue
            width = theme().measure(share) if isinstance(share, str) else theme().px(share.pixels)
            widget.setMinimumWidth(0 if self._one else width)
            widget.setMaximumWidth(_NO_LIMIT if self._one else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._measure()
        return super().event(event)

    def _measure(self) -> None:
        if self.isWindow():
            return
        self._tight = self._one_when_tight and self._is_tight()
        self._arrange(self._tight or self.window().width() / theme().scale.factor < self._one_below)

    def _is_tight(self) -> bool:
        """Whether the parts beside each other need more than the page has; once they do, until there is room again."""
        area = _scroll_above(self)
        inside = area.widget() if area is not None else None
        if area is None or inside is None:
            return False
        over = inside.width() - area.viewport().width()
        if over <= 0 and not self._tight:
            return False
        shown = [part for part in self._parts if not part[0].isHidden()]
        needed = sum(self._least(*part) for part in shown) + self._box.spacing() * (len(shown) - 1)
        return needed > self.width() - max(0, over)

    def _least(self, widget: QWidget, share: int | str | Fixed) -> int:
        if isinstance(share, int):
            return widget.minimumSizeHint().width()
        return theme().measure(share) if isinstance(share, str) else theme().px(share.pixels)


def _scroll_above(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None:
        holder = above.parentWidget()
        area = holder.parentWidget() if holder is not None else None
        if isinstance(area, QScrollArea):
            return area
        above = holder
    return None


def reveal(widget: QWidget) -> None:
    """Scrolls what holds ``widget`` so that it is in sight with room for its ring."""
    above = widget.parentWidget()
    while above is not None:
        holder = above.parentWidget()
        area = holder.parentWidget() if holder is not None else None
        if isinstance(area, QScrollArea) and area.widget() is above:
            area.ensureWidgetVisible(widget, 12, 24)
            return
        above = holder


class Held(QWidget):
    """Keeps ``widget`` at a measure of the tokens or at pixels, in step with the text."""

    def __init__(self, widget: QWidget, measure: str | int) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._measure = measure
        column(self).addWidget(widget)
        self.restyle()

    def restyle(self) -> None:
        asked = self._measure
        self.setFixedWidth(theme().measure(asked) if isinstance(asked, str) else theme().px(asked))
