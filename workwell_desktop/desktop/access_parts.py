"""What a screen reader meets in our own parts: their role and name. ``access`` asks for it when it is needed."""

from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

_SAID_BY_NAME = frozenset({"Alert"})


class Named(QAccessibleWidget):
    """A widget with a role of ours; its name is its accessible name, or else what it shows."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            shown: Any = getattr(self._widget, "plain", None)
            return self._widget.accessibleName() or (shown() if shown else "")
        return str(super().text(kind))


class Whole(Named):
    """Says its words itself, so that below it only what can be used is found: they would be heard a second time."""

    def childCount(self) -> int:
        return len(self._used())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        used = self._used()
        return used[index] if 0 <= index < len(used) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((place for place, one in enumerate(self._used()) if one.object() is child.object()), -1)

    def _used(self) -> list[QAccessibleInterface]:
        every = [super(Whole, self).child(place) for place in range(super().childCount())]
        return [one for one in every if one is not None and not isinstance(one.object(), QLabel)]


def part(name: str, widget: QWidget, role: QAccessible.Role) -> Named:
    """The interface of a part whose class is called ``name``."""
    return (Whole if name in _SAID_BY_NAME else Named)(widget, role)
