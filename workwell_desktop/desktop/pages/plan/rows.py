"""A row of fields under one head, as in a table: in one column each field gets its label back."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from workwell_desktop.desktop.kit import Button, Clear, Columns, Field, Fixed, Words, column, text, theme

Share = int | Fixed


class CellField(Field):
    """A field in a row: ``name`` says in full what it is; the day that was typed is said, not shown beside it."""

    def __init__(self, label: str, control: Any, name: str) -> None:
        super().__init__(label, control)
        self.label = name
        control.setAccessibleName(name)

    def show_label(self, on: bool) -> None:
        """Shows the short label above the control, or leaves it to the head of the rows."""
        self._title.setVisible(on)

    def _echo(self, words: str) -> None:
        self.control.setToolTip(words)


class FieldRow(Clear):
    """Cells beside each other in the shares of their head."""

    def __init__(self, cells: Sequence[tuple[QWidget, Share]]) -> None:
        super().__init__()
        self._cells = [cell for cell, _share in cells]
        self._columns = Columns(list(cells), gap=8, one_when_tight=False)
        column(self).addWidget(self._columns)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        for cell in self._cells:
            if isinstance(cell, CellField):
                cell.show_label(self._columns.one)


class HeadRow(Clear):
    """The heads of the columns; away while the fields stand below each other."""

    def __init__(self, heads: Sequence[tuple[str, Share]], *, indent: int = 0) -> None:
        super().__init__()
        self._words = [Words(head, "note", "soft", weight=600) for head, _share in heads]
        shares = [share for _head, share in heads]
        self._columns = Columns(list(zip(self._words, shares, strict=True)), gap=8, one_when_tight=False)
        column(self, (indent, 0, 0, 0)).addWidget(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for words in self._words:
            words.setVisible(not self._columns.one)


def level(widget: QWidget) -> Clear:
    """Brings what is no field onto the line of the fields beside it."""
    holder = Clear()
    column(holder, (0, 8, 0, 3)).addWidget(widget)
    return holder


_MORE = 52
"""Pixels at 100 % that the last column of a row has."""


class MoreButton(Button):
    """ "More", or three dots where that is longer than its column, with a menu; ``name`` says about what."""

    def __init__(self, name: str, acts: Sequence[tuple[str, Callable[[], Any]]]) -> None:
        super().__init__(text("plan.more"), self._open, kind="link")
        if self.sizeHint().width() > theme().px(_MORE):
            self.say("…")
        self.setAccessibleName(name)
        held = self.sizePolicy()
        held.setRetainSizeWhenHidden(True)
        self.setSizePolicy(held)
        self.menu_of_acts = QMenu(self)
        for words, act in acts:
            self.menu_of_acts.addAction(words).triggered.connect(lambda _on=False, act=act: act())

    def _open(self) -> None:
        self.menu_of_acts.popup(self.mapToGlobal(self.rect().bottomLeft()))
