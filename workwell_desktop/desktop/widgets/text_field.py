"""One line of words, the field that the others for a number and a day are made from."""

from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from workwell_desktop.desktop.theme.theme import repolish, theme

_LEAST = 96
"""Pixels at 100 %."""


class Typed:
    """What fields of one line and of several have in common; stands before the Qt class among the bases."""

    def set_wrong(self: Any, wrong: bool) -> None:
        """Draws the red edge."""
        self.setProperty("wrong", wrong)
        repolish(self)

    def set_read_only(self: Any, read_only: bool = True) -> None:
        """Sunk with a hairline; still reached by Tab so that it can be read and copied."""
        self.setReadOnly(read_only)
        repolish(self)


class TextField(Typed, QLineEdit):
    """One line of words."""

    edited = Signal()
    done = Signal()

    def __init__(self, value: str = "", *, width: int = 0, secret: bool = False) -> None:
        super().__init__()
        self._width = width
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.set_value(value)
        self.textEdited.connect(lambda _words: self.edited.emit())
        self.editingFinished.connect(self._finished)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def value(self) -> str:
        """What stands in the field, without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Shows a value from its beginning; nothing is signalled."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def fault(self) -> str | None:
        """Why what is typed cannot be taken, in words; None when it can."""
        return None

    def minimumSizeHint(self) -> QSize:
        """Room for a word, however long the words beside it are."""
        least = super().minimumSizeHint()
        return QSize(min(max(least.width(), theme().px(_LEAST)), self.maximumWidth()), least.height())

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.setMinimumHeight(theme().measure("field") if theme().high_contrast else 0)
        if self._width:
            self.setMaximumWidth(theme().px(self._width))

    def _finished(self) -> None:
        self.done.emit()
