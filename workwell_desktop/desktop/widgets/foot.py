"""The foot of a page: what is saved at the left; Back and the filled button at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.catalogue import text
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import Region
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.layouts import Clear, row
from workwell_desktop.desktop.widgets.words import IconMark, Words


class Foot(Region):
    """``saved(words)`` is called only after a value is durable."""

    def __init__(self, *buttons: Button, left: Button | None = None) -> None:
        super().__init__(text("parts.foot"))
        self.setProperty("part", "foot")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box = row(self, (24, 8, 24, 8), 10)
        self._state = Clear()
        state = row(self._state, (0, 0, 0, 0), 10)
        self._icon = IconMark("circle-check", "done", 20)
        self._words = Words("", "body")
        state.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        state.addWidget(self._words, 1)
        self._state.setVisible(False)
        if left is not None:
            box.addWidget(left)
        box.addWidget(self._state, 1)
        box.addStretch(0 if left is None else 1)
        for button in buttons:
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        self.buttons = buttons
        self.restyle()

    def saved(self, words: str) -> None:
        """Says where and when it was saved."""
        self._show(words, "circle-check", "done")

    def waiting(self, words: str) -> None:
        """Says what has not been saved yet, or went wrong."""
        self._show(words, "triangle-alert", "due")

    def _show(self, words: str, icon_name: str, role: str) -> None:
        self._icon.show_icon(icon_name, role)
        self._words.say(words)
        self._state.setVisible(bool(words))

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(44) + theme().space(18))
