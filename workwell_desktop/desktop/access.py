"""What a screen reader is told: roles of our own parts, and the one function that announces.

Qt asks the installed factory for each class name of a widget; the parts named in ``_ROLES`` get a role that Qt has no
widget for. A screen reader must find every control by role and name: see tests/desktop.
"""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

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


class _Factory:
    """Keeps each interface alive as long as its widget: Qt holds only a bare pointer to it."""

    def __init__(self) -> None:
        self._alive: dict[int, _Named] = {}

    def __call__(self, name: str, owner: QObject) -> QAccessibleInterface | None:
        role = _ROLES.get(name)
        if role is None or not isinstance(owner, QWidget):
            return None
        made = _Named(owner, role)
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
