"""The window as a screen reader has it: controls found by role and name, never by where they lie in the code."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
Name = QAccessible.Text.Name


def tree(root: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything in sight below ``root``, in order."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        found = waiting.pop(0)
        if found is None or not found.isValid() or found.state().invisible:
            continue
        yield found
        waiting[:0] = [found.child(place) for place in range(found.childCount())]


def widget_of(found: QAccessibleInterface) -> QWidget | None:
    """The widget behind an interface; a cell of a view has none of its own."""
    owner: QObject | None = found.object()
    return owner if isinstance(owner, QWidget) else None


def name_of(found: QAccessibleInterface) -> str:
    """The name; a combo box has one where a label stands beside it, for on Linux its own name is its value."""
    owner = widget_of(found)
    if found.role() is Role.ComboBox and owner is not None:
        return owner.accessibleName() if found.relations(QAccessible.RelationFlag.Label) else ""
    return found.text(Name)


def find_all(root: QWidget, role: QAccessible.Role, name: str | None = None) -> list[QWidget]:
    """Every widget in sight with this role and name."""
    found = [one for one in tree(root) if one.role() is role and (name is None or name_of(one) == name)]
    return [owner for one in found if (owner := widget_of(one)) is not None]


def find(root: QWidget, role: QAccessible.Role, name: str) -> QWidget:
    """The one widget with this role and name; fails with what there is instead."""
    found = find_all(root, role, name)
    if len(found) != 1:
        there = sorted({f"{one.role().name}: {name_of(one)}" for one in tree(root) if name_of(one)})
        raise AssertionError(f"{len(found)} of {role.name} {name!r} among\n" + "\n".join(there))
    return found[0]


def click(root: QWidget, role: QAccessible.Role, name: str) -> None:
    """Clicks in the middle of a control."""
    target = find(root, role, name)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(target.width() // 2, target.height() // 2))


def typed(root: QWidget, name: str, words: str) -> None:
    """Types into the field of this name, as somebody who moved there."""
    field = find(root, Role.EditableText, name)
    field.setFocus()
    for place, line in enumerate(words.split("\n")):
        if place:
            QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClicks(field, line)


def says(root: QWidget) -> str:
    """Every word in sight."""
    return "\n".join(name_of(one) for one in tree(root) if name_of(one))


def description(widget: QWidget) -> str:
    """What is read after the name."""
    interface = cast(QAccessibleInterface, QAccessible.queryAccessibleInterface(widget))
    return interface.text(QAccessible.Text.Description)
