"""The foot of a page: what is saved at the left; Back and the filled button at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from workwell_desktop.desktop.theme.theme import moved, theme
from workwell_desktop.desktop.widgets.banner import Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.layouts import Clear, row, spaced
from workwell_desktop.desktop.widgets.words import IconMark, Words
from workwell_desktop.domain.screen import text

_LEAST_WORDS = 260
"""Pixels at 100 % within which what is saved still reads well."""

_ABOVE, _ABOVE_LOW = 8, 3
"""Pixels at 100 % above the buttons and below them, usually and in a low window."""


class Foot(Region):
    """``saved(words)`` is called only after a value is durable. Where one line has no room for everything the buttons
    stand below the words, and go on to a second line themselves."""

    def __init__(self, *buttons: Button, left: Button | None = None) -> None:
        super().__init__(text("parts.foot"))
        self.setProperty("part", "foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._box = box = row(self, (24, _ABOVE, 24, _ABOVE), 10)
        self._state = Clear()
        state = row(self._state, (0, 0, 0, 0), 10)
        self._icon = IconMark("circle-check", "done", 20)
        self._words = Words("", "body")
        state.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        state.addWidget(self._words, 1)
        self._state.setVisible(False)
        if left is not None:
            box.addWidget(left)
        self._end: QBoxLayout | None = None
        self._state_place = box.count()
        self._said: tuple[str, str, str] | None = None
        box.addWidget(self._state, 1)
        box.addStretch(0 if left is None else 1)
        self._left = left
        self._acts = Clear()
        flow = Flow(self._acts, 10)
        for button in buttons:
            flow.addWidget(button)
        box.addWidget(self._acts)
        self.buttons = buttons
        self.restyle()

    def saved(self, words: str) -> None:
        """Says where and when it was saved."""
        self._show(words, "circle-check", "done")

    def waiting(self, words: str) -> None:
        """Says what has not been saved yet, or went wrong."""
        self._show(words, "triangle-alert", "due")

    def _show(self, words: str, icon_name: str, role: str) -> None:
        if (words, icon_name, role) == self._said:
            return
        self._said = (words, icon_name, role)
        self._icon.show_icon(icon_name, role)
        self._words.say(words)
        self._state.setVisible(bool(words))
        self._arrange()

    def set_low(self, end: QBoxLayout | None) -> None:
        """In a low window what is saved stands at the ``end`` of the body, and the foot holds its buttons alone."""
        if end is not self._end:
            (self._end or self._box).removeWidget(self._state)
            self._end = end
            if end is None:
                self._box.insertWidget(self._state_place, self._state, 1)
            else:
                end.insertWidget(0, self._state)
            moved(self._state)
        above = _ABOVE if end is None else _ABOVE_LOW
        spaced(self._box, (24, above, 24, above), 10)
        self.restyle()

    def give_back(self) -> None:
        """Takes what is saved out of the body again: the foot goes, and everything of it."""
        self.set_low(None)

    def fits(self, width: int) -> bool:
        """Whether there are buttons, and they stand on one line of ``width``."""
        return (bool(self.buttons) or self._left is not None) and self._needed() <= width

    def _needed(self) -> int:
        margins, gap = self._box.contentsMargins(), self._box.spacing()
        need = margins.left() + margins.right() + self._acts.sizeHint().width()
        if self._left is not None:
            need += self._left.sizeHint().width() + gap
        return need

    def _arrange(self) -> None:
        """One line, or two where that is too narrow."""
        need = self._needed()
        if self._end is None and not self._state.isHidden():
            words = self._words.fontMetrics().horizontalAdvance(self._words.text())
            need += self._icon.sizeHint().width() + min(words, theme().px(_LEAST_WORDS)) + 2 * self._box.spacing()
        one = need <= self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if one else down)
        policy = QSizePolicy.Policy.Fixed if one else QSizePolicy.Policy.Preferred
        self._acts.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(44) + theme().space(2 * (_ABOVE if self._end is None else _ABOVE_LOW) + 2))
        self._arrange()
