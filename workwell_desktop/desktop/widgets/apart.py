"""The mark of a field that two people wrote in two ways: what it is, and the way to where somebody chooses.

A page holds ``apart_marks``: by record and field the way to the choice. A field that was told what it shows finds the
page around it and marks itself, whenever it comes into sight and wherever on the page it was made.
"""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.layouts import Clear, row
from workwell_desktop.desktop.widgets.words import IconMark
from workwell_desktop.domain.screen import text

Marks: TypeAlias = Mapping[tuple[str, str], Callable[[], None]]


@runtime_checkable
class Marked(Protocol):
    """Whatever holds fields and knows what was written in two ways."""

    apart_marks: Marks


class ApartLine(Clear):
    """Two answers stand here; choose. ``label`` is the field that it is about."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._choose: Callable[[], None] | None = None
        box = row(self, (0, 4, 0, 0), 10)
        box.addWidget(IconMark("git-compare-arrows", "due", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(text("conflict.mark"), self._go, kind="link")
        self.button.setAccessibleName(text("conflict.mark_of", field=label))
        box.addWidget(self.button)
        box.addStretch(1)

    def leads_to(self, choose: Callable[[], None]) -> None:
        """Where the answer is chosen."""
        self._choose = choose

    def _go(self) -> None:
        if self._choose is not None:
            self._choose()


def marks_around(widget: QWidget) -> Marks | None:
    """What the page around a widget knows, or None outside of one."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, Marked):
            return around.apart_marks
        around = around.parentWidget()
    return None


__all__ = ["ApartLine", "Marked", "Marks", "marks_around"]
