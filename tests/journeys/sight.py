"""What can be seen, reached and heard of a window as it stands: each gives the faults that it finds, in words."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, name_of
from workwell_desktop.desktop.widgets.buttons import Button

Seen = TypeVar("Seen")

MOST_WITHIN = 80
"""Links of one text that the Tab key may go through before it comes on."""
SLACK = 6
"""Pixels by which two controls may overlap and still be above each other, or side by side."""
NO_ROLES = (Role.NoRole, Role.Client, Role.Window, Role.Whitespace)


def controls(root: QWidget) -> list[QWidget]:
    """Everything in sight that the Tab key is to reach."""
    return [
        one
        for one in root.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    ]


def called(one: QWidget) -> str:
    """A control for a person who reads the failure."""
    found = QAccessible.queryAccessibleInterface(one)
    role = found.role().name if found is not None else "no role"
    return f"{type(one).__name__} {role} {name_of(found) if found is not None else ''!r}"


def unnamed(root: QWidget) -> Iterator[str]:
    """Controls that a screen reader has no role or no name for."""
    for one in controls(root):
        if isinstance(one, QMenuBar):
            continue
        found = QAccessible.queryAccessibleInterface(one)
        if found is None or found.role() in NO_ROLES or not name_of(found).strip():
            yield f"{called(one)} ({one.objectName()}) in {type(one.parentWidget()).__name__}"


def unreached(window: QWidget) -> Iterator[str]:
    """What the Tab key does not come to when it goes round once, and where it is held fast."""
    wanted = controls(window)
    if not wanted:
        return
    if QApplication.focusWidget() not in wanted:
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
        settle()
    start = QApplication.focusWidget()
    if start is None:
        yield "nothing takes the focus"
        return
    seen = [start]
    held = 0
    for _ in range(2 * len(wanted) + MOST_WITHIN):
        now = QApplication.focusWidget()
        if now is None:
            yield f"after {called(seen[-1])} nothing has the focus"
            return
        QTest.keyClick(now, Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is seen[-1]:
            held += 1
            if held > MOST_WITHIN:
                yield f"{called(seen[-1])} holds the Tab key fast"
                return
            continue
        held = 0
        if now is start:
            break
        if now is not None:
            seen.append(now)
    else:
        yield f"the Tab key does not come round to {called(start)}"
    # a page may show more as the focus comes to it; what was there from the beginning must have been come to
    for one in wanted:
        if one not in seen and one.isVisible() and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus):
            yield f"the Tab key never comes to {called(one)}"


def walk(page: QWidget, faults: list[str], look: Callable[[], Seen]) -> list[tuple[QWidget, Seen]]:
    """What the Tab key comes to within ``page``, one after the other, from its first control on, each with what
    ``look`` saw there. Where it goes up within a column, or back within a line, and so not as one reads, is added to
    ``faults``."""
    wanted = controls(page)
    if not wanted:
        return []
    first = page.nextInFocusChain()
    while first not in wanted:
        first = first.nextInFocusChain()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    seen: list[tuple[QWidget, Seen]] = []
    now = QApplication.focusWidget()
    for _ in range(2 * len(wanted) + MOST_WITHIN):
        if now is None or not page.isAncestorOf(now) or any(now is stop for stop, _ in seen[:-1]):
            break
        if not seen or now is not seen[-1][0]:
            faults += _back(seen[-1][0], now) if seen else ()
            seen.append((now, look()))
        QTest.keyClick(now, Qt.Key.Key_Tab)
        settle()
        now = QApplication.focusWidget()
    return seen


def _back(before: QWidget, after: QWidget) -> Iterator[str]:
    window = before.window()
    old, new = (QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in (before, after))
    beside = min(old.right(), new.right()) - max(old.left(), new.left()) > SLACK
    level = min(old.bottom(), new.bottom()) - max(old.top(), new.top()) > SLACK
    if (beside and new.bottom() <= old.top()) or (level and not beside and new.right() <= old.left()):
        yield f"after {called(before)} at {old.getRect()} comes {called(after)} at {new.getRect()}"


def cut(root: QWidget) -> Iterator[str]:
    """Words that have less room than they need, or lie outside of what holds them."""
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.height() < need - 1:
            yield f"{label.text()!r} is {label.height()} high and needs {need}"
        if not label.wordWrap() and label.width() < label.sizeHint().width() - 1:
            yield f"{label.text()!r} is {label.width()} wide and needs {label.sizeHint().width()}"
        if outside := _outside(label):
            yield f"{label.text()!r} {outside}"
    for button in root.findChildren(QAbstractButton):
        if not button.isVisible():
            continue
        if button.width() < button.minimumSizeHint().width():
            yield f"{button.text()!r} is {button.width()} wide and needs {button.minimumSizeHint().width()}"
        if outside := _outside(button):
            yield f"{button.text()!r} {outside}"


def _outside(one: QWidget) -> str:
    """Whether something above cuts it off, up to what scrolls."""
    above = one.parentWidget()
    while above is not None:
        holder = above.parentWidget()
        place = one.mapTo(above, QPoint(0, 0))
        if not above.rect().adjusted(-1, -1, 1, 1).contains(one.rect().translated(place)):
            return (
                f"lies at {place.toTuple()} {one.size().toTuple()} in {type(above).__name__} {above.size().toTuple()}"
            )
        if holder is None or isinstance(holder.parentWidget(), QAbstractScrollArea):
            return ""
        above = holder
    return ""


def sideways(root: QWidget) -> Iterator[str]:
    """What would have to be scrolled sideways."""
    for area in root.findChildren(QAbstractScrollArea):
        if not area.isVisible():
            continue
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if inside is not None and inside.width() > area.viewport().width():
            yield f"{type(area).__name__}: {inside.width()} in {area.viewport().width()}"
        elif area.horizontalScrollBar().maximum() > 0:
            yield f"{type(area).__name__}: {area.horizontalScrollBar().maximum()} more"


def filled(root: QWidget) -> list[str]:
    """The words of every filled button in sight."""
    return [one.text() for one in root.findChildren(Button) if one.kind == "filled" and one.isVisible()]


def in_sight(one: QWidget) -> bool:
    """Wholly within the window, and nothing scrolled away."""
    window = one.window()
    place = one.mapTo(window, QPoint(0, 0))
    return (
        one.isVisible()
        and window.rect().contains(one.rect().translated(place))
        and one.visibleRegion().boundingRect().size() == one.size()
    )


def words_anywhere(root: QWidget) -> Iterator[str]:
    """Every word that a widget holds, in sight or not: what is shown, typed, described or offered."""
    for one in [root, *root.findChildren(QWidget)]:
        yield one.accessibleName()
        yield one.accessibleDescription()
        yield one.toolTip()
        yield one.windowTitle()
        if isinstance(one, QLabel | QLineEdit | QAbstractButton):
            yield one.text()
        elif isinstance(one, QPlainTextEdit | QTextEdit):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield from (one.itemText(place) for place in range(one.count()))
        elif isinstance(one, QMenu | QMenuBar):
            yield one.objectName()
        for action in one.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
            yield action.text()
        found = QAccessible.queryAccessibleInterface(one)
        if found is not None and one.isVisible():
            yield name_of(found)
