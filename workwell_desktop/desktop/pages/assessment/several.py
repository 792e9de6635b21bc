"""Several answers to one question: each has a control of its own, and there is always room for one more."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Button, Clear, Words, column, quiet, row, text
from workwell_desktop.desktop.pages.assessment.asked import Asked, focus_target


class Several(Clear):
    """``make`` gives an empty control. Return in the last one, when something stands in it, brings the next."""

    edited = Signal()
    done = Signal()

    def __init__(self, label: str, make: Callable[[], Asked], most: int | None = None) -> None:
        super().__init__()
        self._label, self._make, self._most = label, make, most
        self._lines: list[tuple[QWidget, Asked, Button]] = []
        self._read_only = False
        box = column(self, (0, 0, 0, 0), 4)
        self._box = column(None, (0, 0, 0, 0), 4)
        box.addLayout(self._box)
        self._add = quiet(text("assessment.add"), self._one_more, "plus")
        self._add.setAccessibleName(text("assessment.add_named", title=label))
        box.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._grow()

    def all(self) -> tuple[Any, ...] | None:
        """The answers in their order; None for none."""
        found = tuple(answer for _holder, asked, _remove in self._lines if (answer := asked.read()) is not None)
        return found or None

    def show_all(self, answers: Any) -> None:
        """Shows answers; nothing is signalled."""
        every = answers if isinstance(answers, tuple) else () if answers is None else (answers,)
        self._have(max(1, len(every)))
        for place, (_holder, asked, _remove) in enumerate(self._lines):
            asked.show(every[place] if place < len(every) else None)

    def show_words(self, words: str) -> None:
        """Puts typed words back, a line for each."""
        every = words.split("\n")
        self._have(max(1, len(every)))
        for (_holder, asked, _remove), said in zip(self._lines, every, strict=False):
            asked.show_words(said)

    def value(self) -> str:
        """What is typed, a line for each."""
        return "\n".join(asked.words() for _holder, asked, _remove in self._lines).strip("\n")

    def first(self) -> QWidget:
        """Where the focus goes."""
        return focus_target(self._lines[0][1].control)

    def fault(self) -> str | None:
        """The first fault of its lines."""
        return next((fault for _holder, asked, _remove in self._lines if (fault := asked.control.fault())), None)

    def set_wrong(self, wrong: bool) -> None:
        for _holder, asked, _remove in self._lines:
            asked.control.set_wrong(wrong and bool(asked.control.fault()))

    def set_read_only(self, read_only: bool = True) -> None:
        self._read_only = read_only
        for _holder, asked, _remove in self._lines:
            asked.control.set_read_only(read_only)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = self.focusWidget()
        last = self._lines[-1][1]
        within = now is not None and (last.control is now or last.control.isAncestorOf(now))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and within and last.read() is not None:
            self._one_more()
            return
        super().keyPressEvent(event)

    def _one_more(self) -> None:
        if not self._add.isVisibleTo(self):
            return
        if self._lines[-1][1].read() is not None:
            self._grow()
        focus_target(self._lines[-1][1].control).setFocus(Qt.FocusReason.OtherFocusReason)

    def _have(self, count: int) -> None:
        while len(self._lines) < count:
            self._grow()
        while len(self._lines) > count:
            self._drop(len(self._lines) - 1)
        self._say()

    def _grow(self) -> None:
        asked = self._make()
        holder = Clear()
        line = row(holder, (0, 0, 0, 0), 8)
        line.addWidget(asked.control, 1)
        if asked.unit:
            line.addWidget(Words(asked.unit, "body", wrap=False))
        remove = quiet(text("assessment.remove"), lambda: self._take_away(holder), "trash-2")
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(0)
        asked.control.edited.connect(self._changed)
        asked.control.done.connect(self.done.emit)
        asked.control.set_read_only(self._read_only)
        self._box.addWidget(holder)
        self._lines.append((holder, asked, remove))
        self._say()
        self._in_order()

    def _take_away(self, holder: QWidget) -> None:
        place = next(at for at, line in enumerate(self._lines) if line[0] is holder)
        if len(self._lines) == 1:
            self._lines[0][1].show(None)
        else:
            self._drop(place)
        self._say()
        focus_target(self._lines[min(place, len(self._lines) - 1)][1].control).setFocus()
        self.edited.emit()
        self.done.emit()

    def _drop(self, place: int) -> None:
        holder, _asked, _remove = self._lines.pop(place)
        self._box.removeWidget(holder)
        holder.hide()
        holder.deleteLater()

    def _changed(self) -> None:
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        for number, (_holder, asked, remove) in enumerate(self._lines, 1):
            name = self._label if number == 1 else text("assessment.instance", title=self._label, number=number)
            focus_target(asked.control).setAccessibleName(name)
            remove.setAccessibleName(text("assessment.remove_named", title=name))
            given = len(self._lines) > 1 or asked.read() is not None
            if remove.isVisibleTo(self) != (given and not self._read_only):
                remove.setVisible(given and not self._read_only)
        room = self._most is None or len(self._lines) < self._most
        self._add.setVisible(room and not self._read_only)

    def _in_order(self) -> None:
        stops = [stop for holder, _asked, _remove in self._lines for stop in _stops(holder)]
        for before, after in zip(stops, [*stops[1:], self._add], strict=True):
            QWidget.setTabOrder(before, after)


def _stops(holder: QWidget) -> Iterable[QWidget]:
    return (one for one in holder.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
