"""Finding the same control again in a page that was made anew, and the regions that F6 goes through."""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton, QWidget

from workwell_desktop.desktop.widgets.banner import Region

DIVIDED = "divided"
"""Property of a region whose parts are regions of their own: F6 goes through them, and not to the whole."""


def focus_key(page: QWidget) -> tuple[str, str, str, int] | None:
    """What names the control that has the focus within ``page``: class, name of the object, name, which of such."""
    widget = QApplication.focusWidget()
    if widget is None or not page.isAncestorOf(widget):
        return None
    key = _key(widget)
    alike = [found for found in page.findChildren(QWidget) if _key(found) == key]
    return (*key, alike.index(widget) if widget in alike else 0)


def focus_again(page: QWidget, key: tuple[str, str, str, int]) -> bool:
    """Gives the focus to the control that ``key`` names; False when it is no longer there."""
    alike = [found for found in page.findChildren(QWidget) if _key(found) == tuple(key[:3])]
    if not alike:
        return False
    alike[min(key[3], len(alike) - 1)].setFocus(Qt.FocusReason.BacktabFocusReason)
    return True


def _key(widget: QWidget) -> tuple[str, str, str]:
    words: Any = widget.text() if isinstance(widget, QAbstractButton) else ""
    return type(widget).__name__, widget.objectName(), widget.accessibleName() or words


def first_control(root: QWidget, *, but: Sequence[QWidget] = ()) -> QWidget | None:
    """The first control below ``root`` that the Tab key reaches, in tab order; none within any of ``but``."""
    return next(iter(controls(root, but)), None)


def first_to_use(root: QWidget, *, but: Sequence[QWidget] = ()) -> QWidget | None:
    """As ``first_control``, past fields that can only be read; of radio buttons the one that is chosen."""
    for found in controls(root, but):
        if getattr(found, "isReadOnly", bool)():
            continue
        group = found.group() if isinstance(found, QRadioButton) else None
        chosen = group.checkedButton() if group is not None else None
        return chosen or found
    return None


def controls(root: QWidget, but: Sequence[QWidget] = ()) -> Iterator[QWidget]:
    """What the Tab key reaches below ``root``, in tab order, without what is within any of ``but``."""
    found: QWidget | None = root.nextInFocusChain()
    while found is not None and found is not root:
        tab = bool(found.focusPolicy() & Qt.FocusPolicy.TabFocus)
        left_out = any(one.isAncestorOf(found) for one in but)
        if tab and root.isAncestorOf(found) and found.isVisible() and found.isEnabled() and not left_out:
            yield found
        found = found.nextInFocusChain()


def reading_order(root: QWidget, first: Sequence[QWidget], last: Sequence[QWidget]) -> None:
    """Lets the Tab key come to what is within ``first`` before, and within ``last`` after, all else below ``root``;
    within each the order stays."""
    places = list(zip(first, range(len(first)), strict=True))
    places += zip(last, range(len(first) + 1, len(first) + 1 + len(last)), strict=True)

    def place(control: QWidget) -> int:
        return next((at for one, at in places if one is control or one.isAncestorOf(control)), len(first))

    stops: list[QWidget] = []
    found = root.nextInFocusChain()
    while found is not None and found is not root:
        if found.focusPolicy() is not Qt.FocusPolicy.NoFocus and root.isAncestorOf(found):
            stops.append(found)
        found = found.nextInFocusChain()
    wanted = sorted(stops, key=place)
    if wanted != stops:
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(before, after)


def come_after(made: QWidget, *others: QWidget | None) -> None:
    """Lets the Tab key come to what is within ``others`` after ``made``, whose controls were just made anew and would
    else be the last of all."""
    parts = [made, *(one for one in others if one is not None)]
    window = made.window()

    def stops_of(part: QWidget) -> list[QWidget]:
        # the list of a drop-down is a window of its own
        found = (one for one in part.findChildren(QWidget) if one.window() is window)
        return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus]

    stops, *rest = map(stops_of, parts)
    if stops:
        for before, after in pairwise([stops[-1], *chain.from_iterable(rest)]):
            QWidget.setTabOrder(before, after)


def regions(window: QWidget) -> list[Region]:
    """The regions in sight that hold a control, in reading order."""
    found = (region for region in window.findChildren(Region) if not region.property(DIVIDED))
    seen = [region for region in found if region.isVisible() and first_control(region)]
    outer = [one for one in seen if not any(other is not one and other.isAncestorOf(one) for other in seen)]
    return sorted(
        outer,
        key=lambda one: (one.mapTo(window, one.rect().topLeft()).y() // 8, one.mapTo(window, one.rect().topLeft()).x()),
    )


def next_region(window: QWidget, step: int = 1) -> None:
    """Moves the focus to the next region (F6), or the one before."""
    found = regions(window)
    if not found:
        return
    now = QApplication.focusWidget()
    place = next((at for at, one in enumerate(found) if now is not None and one.isAncestorOf(now)), -step)
    target = first_control(found[(place + step) % len(found)])
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
