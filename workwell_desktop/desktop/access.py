"""What a screen reader is told: roles of our own parts, and the one function that announces.

Qt asks the installed factory for each class name of a widget; the parts named in ``_ROLES`` get a role that Qt has no
widget for. A screen reader must find every control by role and name: see tests/desktop.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

Role = QAccessible.Role

_ROLES = {
    "Heading": Role.Heading,
    "Alert": Role.AlertMessage,
    "Picture": Role.Graphic,
    "Region": Role.Grouping,
    "Group": Role.Grouping,
    "InkField": Role.Canvas,
    "Matrix": Role.Grouping,
    "PartList": Role.Grouping,
    "Ruler": Role.Grouping,
    "Together": Role.Grouping,
    "Strip": Role.ToolBar,
    "ListRow": Role.ListItem,
    "RowList": Role.List,
    "Stepper": Role.PageTabList,
}

_SAID_BY_NAME = frozenset({"Alert"})


class _Named(QAccessibleWidget):
    """A widget with a role of ours; its name is its accessible name, or else what it shows."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            shown: Any = getattr(self._widget, "plain", None)
            return self._widget.accessibleName() or (shown() if shown else "")
        return str(super().text(kind))


class _Whole(_Named):
    """Says its words itself, so that below it only what can be used is found: they would be heard a second time."""

    def childCount(self) -> int:
        return len(self._used())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        used = self._used()
        return used[index] if 0 <= index < len(used) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((place for place, one in enumerate(self._used()) if one.object() is child.object()), -1)

    def _used(self) -> list[QAccessibleInterface]:
        every = [super(_Whole, self).child(place) for place in range(super().childCount())]
        return [one for one in every if one is not None and not isinstance(one.object(), QLabel)]


class _Factory:
    """Keeps each interface alive as long as its widget: Qt holds only a bare pointer to it."""

    def __init__(self) -> None:
        self._alive: dict[int, _Named] = {}

    def __call__(self, name: str, owner: QObject) -> QAccessibleInterface | None:
        role = _ROLES.get(name)
        if role is None or not isinstance(owner, QWidget):
            return None
        made = (_Whole if name in _SAID_BY_NAME else _Named)(owner, role)
        key = id(made)
        self._alive[key] = made
        owner.destroyed.connect(lambda: self._alive.pop(key, None))
        return made


_factory = _Factory()
_installed: list[_Factory] = []


def install() -> None:
    """Once for the application, before the first window."""
    if not _installed:
        QAccessible.installFactory(_factory)
        _installed.append(_factory)


def announce(words: str, near: QWidget, *, at_once: bool = False) -> None:
    """Says ``words`` to a screen reader; ``at_once`` breaks into what it is saying, for errors and risk alone."""
    event = QAccessibleAnnouncementEvent(near, words)
    manner = QAccessible.AnnouncementPoliteness
    event.setPoliteness(manner.Assertive if at_once else manner.Polite)
    QAccessible.updateAccessibility(event)


def describe(widget: QWidget, *, name: str | None = None, more: str | None = None) -> None:
    """Gives a control its name and its description."""
    if name is not None:
        widget.setAccessibleName(name)
    if more is not None:
        widget.setAccessibleDescription(more)
