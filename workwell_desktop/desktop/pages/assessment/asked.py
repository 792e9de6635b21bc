"""A control with its way in and out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget


@dataclass
class Asked:
    """A control with its way in and out. ``read`` gives the answer or None; ``show`` puts one in without a signal."""

    control: Any
    read: Callable[[], Any]
    show: Callable[[Any], None]
    unit: str = ""
    typed: bool = False
    """Whether it is typed, so that a pause saves it."""

    def words(self) -> str:
        """What stands in it as typed."""
        return str(self.control.value() or "") if self.typed else ""

    def show_words(self, words: str) -> None:
        """Puts typed words back that were no answer yet."""
        own = getattr(self.control, "show_words", None)
        if own is not None:
            own(words)
            return
        field = self.control.first() if hasattr(self.control, "first") else self.control
        field.set_value(words)


def focus_target(control: QWidget) -> QWidget:
    """Where the focus goes in a control."""
    first = getattr(control, "first", None)
    return first() if first is not None else control
