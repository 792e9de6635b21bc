"""The mark of a field that two people wrote in two ways: what it is, and the way to where somebody chooses.

A page holds ``apart_marks``: by record and field the way to the choice. A field that was told what it shows finds the
page around it and marks itself, whenever it comes into sight and wherever on the page it was made.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import IconMark
from workwell_desktop.domain.screen import text

Marks: TypeAlias = Mapping[tuple[str, str], Callable[[], None]]


@runtime_checkable
class Marked(Protocol):
    """Whatever holds fields and knows what was written in two ways."""

    apart_marks: Marks


class ApartLine(Clear):
    """Two answers stand here; choose. ``label`` is the field that it is about, ``words`` what stands there instead."""

    def __init__(self, label: str, words: str = "") -> None:
        super().__init__()
        self._choose: Callable[[], None] | None = None
        box = row(self, (0, 4, 0, 0), 10)
        box.addWidget(IconMark("git-compare-arrows", "due", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(words or text("conflict.mark"), self._go, kind="link")
        self.button.setAccessibleName(words or text("conflict.mark_of", field=label))
        box.addWidget(self.button)
        box.addStretch(1)

    def leads_to(self, choose: Callable[[], None]) -> None:
        """Where the answer is chosen."""
        self._choose = choose

    def _go(self) -> None:
        if self._choose is not None:
            self._choose()


class ApartLines(Clear):
    """The same for questions that share one control, such as a grid: a line for each that was answered in two ways.

    ``places`` are record and field of each, in the order of their numbers.
    """

    def __init__(self, places: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._places = tuple(places)
        self._box = column(self, (0, 0, 0, 0), 2)
        self._lines: dict[int, ApartLine] = {}

    def mark_apart(self) -> None:
        """Shows the lines that are wanted now."""
        marks = marks_around(self) or {}
        for number, place in enumerate(self._places, 1):
            choose = marks.get(place)
            if choose is not None and number not in self._lines:
                self._lines[number] = ApartLine("", text("conflict.mark_number", number=number))
                self._box.addWidget(self._lines[number])
            if number in self._lines:
                self._lines[number].setVisible(choose is not None)
            if choose is not None:
                self._lines[number].leads_to(choose)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.mark_apart()


def marks_around(widget: QWidget) -> Marks | None:
    """What the page around a widget knows, or None outside of one."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, Marked):
            return around.apart_marks
        around = around.parentWidget()
    return None


__all__ = ["ApartLine", "ApartLines", "Marked", "Marks", "marks_around"]
