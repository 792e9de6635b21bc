"""A slider with the figure beside it: the same answer, dragged, stepped or typed."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Words, column, row, text
from workwell_desktop.desktop.pages.assessment.fields import Number, Together
from workwell_desktop.desktop.widgets.slider import Slider
from workwell_desktop.forms import Row

_STEPS = 100
"""A slider of which the form says no step gets about this many."""
_STEPS_OF_TEN = (Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(10), Decimal(100))


class Slide(Together):
    """``low`` and ``high`` say in words what the ends mean."""

    def __init__(self, label: str, row_now: Row, low: str, high: str, unit: str) -> None:
        super().__init__()
        least, most = Decimal(row_now.minimum), Decimal(row_now.maximum)
        whole = row_now.item.type == "integer"
        self.slider = Slider(least, most, _step(row_now.item.step, most - least, whole=whole))
        self.number = Number(whole=whole)
        line = row(self, (0, 0, 0, 0), 12)
        box = column(None, (0, 0, 0, 0), 0)
        box.addWidget(self.slider)
        line.addLayout(box, 1)
        figure = row(None, (0, 0, 0, 0), 12)
        figure.addWidget(self.number)
        if unit:
            figure.addWidget(Words(unit, "body", wrap=False))
        line.addLayout(figure)
        line.setAlignment(figure, Qt.AlignmentFlag.AlignTop)
        if low or high:
            ends = row(None, (0, 0, 0, 0), 12)
            ends.addWidget(Words(low, "note", "soft"), 1)
            right = Words(high, "note", "soft")
            right.setAlignment(Qt.AlignmentFlag.AlignRight)
            ends.addWidget(right, 1)
            box.addLayout(ends)
        self._hold(self.slider, self.number)
        self.slider.setAccessibleName(label)
        self.number.setAccessibleName(text("assessment.part_of", label=label, part=text("assessment.number")))
        self.slider.edited.connect(self._slid)
        self.number.edited.connect(lambda: self.slider.set_number(self.number.number()))

    def first(self) -> QWidget:
        return self.slider

    def show_number(self, value: Decimal | int | None) -> None:
        """Shows an answer, or none."""
        self.slider.set_number(value)
        self.number.set_number(value)

    def show_words(self, words: str) -> None:
        """Puts typed words back that were no answer yet."""
        self.number.set_value(words)

    def value(self) -> str:
        return self.number.value()

    def fault(self) -> str | None:
        return self.number.fault()

    def set_wrong(self, wrong: bool) -> None:
        self.number.set_wrong(wrong)

    def set_read_only(self, read_only: bool = True) -> None:
        self.slider.setEnabled(not read_only)
        self.number.set_read_only(read_only)

    def _slid(self) -> None:
        self.number.set_number(self.slider.number())


def can_slide(row_now: Row) -> bool:
    """Whether the form says from where to where."""
    ends = (row_now.minimum, row_now.maximum)
    numbers = all(isinstance(one, int | Decimal) and not isinstance(one, bool) for one in ends)
    return row_now.item.control == "slider" and numbers and ends[0] < ends[1]


def _step(given: Any, reach: Decimal, *, whole: bool) -> Decimal:
    if isinstance(given, int | Decimal) and given > 0:
        return Decimal(given)
    wanted = reach / _STEPS
    step = min(_STEPS_OF_TEN, key=lambda one: abs(one - wanted))
    return max(step, Decimal(1)) if whole else step
