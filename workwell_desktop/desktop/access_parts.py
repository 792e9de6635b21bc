"""What a screen reader meets in our own parts: their role and name. ``access`` asks for it when it is needed."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

_SAID_BY_NAME = frozenset({"Alert"})
_PRESSED = frozenset({"ListRow", "NavItem"})
_PRESS, _TOGGLE = QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.toggleAction()


class Named(QAccessibleWidget):
    """A widget with a role of ours; its name is its accessible name, or else what it shows or its title."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            shown: Any = getattr(self._widget, "plain", None)
            title = self._widget.windowTitle() if self._widget.isWindow() else ""
            return self._widget.accessibleName() or (shown() if shown else title)
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


class Pressed(Named):
    """Can be pressed by who does not use the mouse, and says whether it is the one that is shown."""

    def actionNames(self) -> list[str]:
        if self._widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            return []
        return [_PRESS, QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        if name not in (_PRESS, _TOGGLE):
            super().doAction(name)
            return
        shown: Any = self._widget
        act = shown.click if hasattr(shown, "click") else shown.opened.emit
        # it may lead away, and this must not go while it is being asked
        QTimer.singleShot(0, shown, act)

    def state(self) -> QAccessible.State:
        state = super().state()
        shown: Any = self._widget
        if hasattr(shown, "isChecked"):
            state.selectable, state.selected = 1, int(shown.isChecked())
        return state


class Ticked(Pressed):
    """A check or one of several choices. Qt's own is ticked by a screen reader without having been pressed: it would
    show an answer that nobody is told of, and that nothing saves."""

    def actionNames(self) -> list[str]:
        return [_TOGGLE, *super().actionNames()]

    def state(self) -> QAccessible.State:
        state = super(Pressed, self).state()
        shown: Any = self._widget
        state.checkable, state.checked = 1, int(shown.isChecked())
        return state

    def text(self, kind: QAccessible.Text) -> str:
        shown: Any = self._widget
        found = super().text(kind)
        return found or (shown.text().replace("&&", "&") if kind is QAccessible.Text.Name else "")


def ticked(widget: QAbstractButton) -> Ticked:
    """The interface of a button that is on or off."""
    return Ticked(widget, QAccessible.Role.RadioButton if widget.autoExclusive() else QAccessible.Role.CheckBox)


def part(name: str, widget: QWidget, role: QAccessible.Role) -> Named:
    """The interface of a part whose class is called ``name``."""
    kind = Whole if name in _SAID_BY_NAME else Pressed if name in _PRESSED else Named
    return kind(widget, role)
