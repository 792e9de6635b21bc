"""Fields for several lines, a number and a day. Each says its value, its fault, and when it was changed.

``edited`` comes at each change by the person; ``done`` when they leave the field or press Return. A number or a day
may be empty; what is typed and not understood stays in the field and is named by ``fault()``.
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from workwell_desktop.desktop.days import long_day, parse_day
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.text_field import TextField, Typed
from workwell_desktop.domain.screen import text


class LongText(Typed, QPlainTextEdit):
    """Several lines; grows from ``lines`` with what is typed; Tab leaves it. ``use`` names the phrases that suit it."""

    edited = Signal()
    done = Signal()

    def __init__(self, value: str = "", *, lines: int = 2, most: int = 12, use: str = "any") -> None:
        super().__init__()
        self._lines, self._most = lines, most
        self.use = use
        self._quiet = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.restyle()
        self.set_value(value)

    def value(self) -> str:
        """What stands in the field, without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Shows a value; nothing is signalled."""
        self._quiet = True
        self.setPlainText(value or "")
        self._quiet = False

    def fault(self) -> str | None:
        """Never wrong."""
        return None

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = max(self._lines, min(self._most, round(self.document().size().height())))
        height = (
            lines * self.fontMetrics().lineSpacing()
            + theme().px(8)
            + 2 * 2
            + 3  # or a scroll bar stands beside the last line that fits
            + 2 * round(self.document().documentMargin())
        )
        return QSize(theme().px(240), max(height, theme().measure("field")))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words into other lines. Qt counts them when it paints and tells nobody."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.toPlainText():
            QTimer.singleShot(0, self, self.updateGeometry)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.done.emit()

    def _changed(self) -> None:
        self.updateGeometry()
        if not self._quiet:
            self.edited.emit()


class NumberField(TextField):
    """A number or nothing; ``low`` and ``high`` are the bounds, ``places`` the decimal places."""

    def __init__(
        self,
        value: Decimal | int | None = None,
        *,
        low: Decimal | int | None = None,
        high: Decimal | int | None = None,
        places: int = 0,
        width: int = 120,
    ) -> None:
        self._low, self._high, self._places = low, high, places
        super().__init__("", width=width)
        self.set_number(value)

    def number(self) -> Decimal | None:
        """The number; None when the field is empty or wrong."""
        return None if self.fault() else self._read()

    def set_number(self, value: Decimal | int | None) -> None:
        """Shows a number."""
        self.setText("" if value is None else f"{value}")

    def fault(self) -> str | None:
        if not self.value():
            return None
        number = self._read()
        places = -int(number.as_tuple().exponent) if number is not None else 0
        low, high = self._low, self._high
        if number is None or (places > self._places):
            return text("fields.whole" if self._places == 0 else "fields.number")
        if (low is not None and number < low) or (high is not None and number > high):
            if low is not None and high is not None:
                return text("fields.between", low=low, high=high)
            return (
                text("fields.at_least", low=low)
                if low is not None and number < low
                else text("fields.at_most", high=high)
            )
        return None

    def _read(self) -> Decimal | None:
        try:
            number = Decimal(self.value().replace(",", "."))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step by one."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        step = steps.get(Qt.Key(event.key()))
        number = self.number()
        if step is None or number is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        new = number + step
        if (self._low is None or new >= self._low) and (self._high is None or new <= self._high):
            self.set_number(new)
            self.edited.emit()


_WHOLE_DAY = 118
"""Pixels at 100 % in which 24/11/2026 stands whole."""


class DateField(TextField):
    """A day or nothing: takes 24/11/2026, 24 11, tomorrow, +2w and shows the weekday back in ``echo``.

    ``echoed(words)`` tells the field group what to show beside it; ``past`` reads a day without a year as the last one.
    """

    echoed = Signal(str)

    def __init__(
        self,
        value: date | None = None,
        *,
        today: date,
        past: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        width: int = 150,
    ) -> None:
        self._today, self._past = today, past
        self._earliest, self._latest = earliest, latest
        super().__init__("", width=width)
        self.textChanged.connect(lambda _words: self.echoed.emit(self.echo()))
        self.set_day(value)

    def restyle(self) -> None:
        super().restyle()
        # a whole day stays in sight: the words beside it give way
        self.setMinimumWidth(theme().px(min(self._width or _WHOLE_DAY, _WHOLE_DAY)))

    def day(self) -> date | None:
        """The day; None when the field is empty or wrong."""
        return None if self.fault() else self._read()

    def set_day(self, value: date | None) -> None:
        """Shows a day."""
        self.setText("" if value is None else f"{value.day}/{value.month}/{value.year}")

    def echo(self) -> str:
        """The day in words with its weekday, or nothing."""
        day = self.day()
        return "" if day is None else long_day(day)

    def fault(self) -> str | None:
        if not self.value():
            return None
        day = self._read()
        if day is None:
            return text("dates.past_not_understood" if self._past else "dates.not_understood")
        if self._earliest is not None and day < self._earliest:
            return text("dates.too_early", day=long_day(self._earliest))
        if self._latest is not None and day > self._latest:
            return text("dates.too_late", day=long_day(self._latest))
        return None

    def minimumSizeHint(self) -> QSize:
        """A whole date is seen, however narrow the column: the words beside it wrap."""
        return QSize(min(theme().px(112), self.maximumWidth()), super().minimumSizeHint().height())

    def _read(self) -> date | None:
        return parse_day(self.value(), self._today, past=self._past)

    def _finished(self) -> None:
        """Leaves the day written in full, so that what was meant can be seen."""
        day = self.day()
        if day is not None and not self.isReadOnly():
            self.set_day(day)
        super()._finished()


__all__ = ["DateField", "LongText", "NumberField", "TextField"]
