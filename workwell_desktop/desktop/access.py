"""What a screen reader is told: roles of our own parts, and the one function that announces.

Qt asks the installed factory for each class name of a widget; the parts named in ``_ROLES`` get a role that Qt has no
widget for. A screen reader must find every control by role and name: see tests/desktop.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

    from workwell_desktop.desktop.access_parts import Named

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
    "ViewerArea": Role.Grouping,
    "Strip": Role.ToolBar,
    "ListRow": Role.ListItem,
    "RowList": Role.List,
    "Stepper": Role.Grouping,
    "NavItem": Role.PageTab,
    # a plain widget that is a window would be one filler among others, and nobody would be told its title
    "Window": Role.Window,
    "GateHelp": Role.Window,
    "Projector": Role.Window,
    # Qt's own gives the child of a number without looking whether there is one: a screen reader that asks for a scroll
    # bar which went meanwhile would end the program
    "QScrollArea": Role.Client,
}


class _Factory:
    """Keeps each interface alive as long as its widget: Qt holds only a bare pointer to it."""

    def __init__(self) -> None:
        self._alive: dict[int, Named] = {}

    def __call__(self, name: str, owner: QObject) -> "QAccessibleInterface | None":
        role = _ROLES.get(name)
        button = owner if role is None and isinstance(owner, QAbstractButton) and owner.isCheckable() else None
        if (role is None and button is None) or not isinstance(owner, QWidget):
            return None
        # only where somebody reads the screen: nobody else is to wait for it
        from workwell_desktop.desktop.access_parts import part, ticked

        made = ticked(button) if role is None and button is not None else part(name, owner, role or Role.Client)
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
    from PySide6.QtGui import QAccessibleAnnouncementEvent

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
