"""A drop-down whose choice is made, and not come past: letters and arrows only move it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from workwell_desktop.desktop.kit import DropDown
from workwell_desktop.desktop.widgets.choices import Option

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Pick(DropDown):
    """Return, Space after a pause, or a click in the list takes what stands there: "Ha" on the way to "Hannah" does
    nothing yet. ``on_leaving`` takes it too when the field is left; otherwise it goes back to what it was."""

    def __init__(
        self,
        options: Sequence[Option],
        value: str | None = None,
        *,
        empty: bool | str = False,
        width: int = 0,
        on_leaving: bool = False,
    ) -> None:
        self._taken: str | None = None
        self._typing = False
        self._on_leaving = on_leaving
        super().__init__(options, value, empty=empty, width=width)

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._taken = self.value()

    @property
    def waiting(self) -> bool:
        """Whether another choice stands there than the one that was taken."""
        return self.value() != self._taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        goes_on = event.key() == Qt.Key.Key_Space and self._searching()
        if event.key() in _TAKES and plain and self.waiting and not goes_on:
            self._take()
            return
        if event.key() == Qt.Key.Key_Escape and self.waiting:
            self.set_value(self._taken)
            return
        self._typing = True
        try:
            super().keyPressEvent(event)
        finally:
            self._typing = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.waiting and event.reason() != Qt.FocusReason.PopupFocusReason:
            if self._on_leaving and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self._take()
            elif not self._on_leaving:
                self.set_value(self._taken)

    def _take(self) -> None:
        self._taken = self.value()
        self._begin_word()
        super()._changed()

    def _changed(self) -> None:
        """A letter or an arrow moves the choice; the list that is open, and the mouse, choose."""
        if not self._typing:
            self._take()
