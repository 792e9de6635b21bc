"""Buttons: a verb with its object. At most one filled button stands on a page."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.desktop.theme.icons import ICON_GAP, spaced_icon
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.words import button_words
from workwell_desktop.domain import screen

_INK = {
    "filled": "on_brand",
    "risk": "on_risk",
    "outlined": "link",
    "quiet": "link",
    "row": "link",
    "chip": "text",
    "bar": "rail_text",
    "barquiet": "rail_text",
    "find": "text_soft",
    "link": "link",
}

_TWO_LINES_FROM = 30
"""Letters."""

Act = Callable[[], Any]


class Button(QPushButton):
    """``kind`` is filled, outlined, quiet, link, row, risk, chip or bar; ``icon_name`` a Lucide name, beside words.
    One that ``turns`` is on or off, as each chip is."""

    def __init__(
        self, words: str, act: Act | None = None, *, kind: str = "outlined", icon_name: str = "", turns: bool = False
    ) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.kind = kind
        # before its name, with which a screen reader comes to know what it is
        self.setCheckable(turns or kind == "chip")
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._rests = False
        self._went_on: QWidget | None = None
        self.say(words)
        if act is not None:
            self.clicked.connect(lambda _checked=False: act())
        self.restyle()

    def say(self, words: str) -> None:
        """Shows other words."""
        self.setText(_in_lines(button_words(words)))
        self.setAccessibleName(words)

    def setEnabled(self, on: bool) -> None:
        """One that rests while its work is done has the focus again afterwards, unless somebody has gone on meanwhile:
        Qt gives it to whatever comes next, which may be at the other end of the window."""
        had = not on and self.isEnabled() and self.hasFocus()
        super().setEnabled(on)
        if had:
            self._rests, self._went_on = True, QApplication.focusWidget()
        elif on and self._rests:
            if QApplication.focusWidget() in (self._went_on, None):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rests, self._went_on = False, None

    def show_icon(self, name: str) -> None:
        """Shows another icon."""
        self._icon_name = name
        self.restyle()

    def restyle(self) -> None:
        small = self.kind in ("bar", "find", "chip")
        self.setFont(theme().font("body", 400 if self.kind == "find" else 600))
        if self.kind == "find" or (small and self.kind == "bar"):
            self.setFont(theme().font("note", 400 if self.kind == "find" else 600))
        plain = theme().high_contrast
        self.setMinimumHeight(
            theme().measure("button_in_row" if self.kind in {"row", "link"} else "button") if plain else 0
        )
        if self._icon_name:
            self.setIcon(spaced_icon(self._icon_name, "text" if plain else _INK[self.kind]))
            self.setIconSize(QSize(theme().px(20 + ICON_GAP), theme().px(20)))

    def keyPressEvent(self, event: Any) -> None:
        """Return presses the button that has the focus, as people expect of a form; held down, it presses no second
        one, such as the Yes to a question that has just come."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Words of a button are never cut."""
        return self.sizeHint()


def _in_lines(words: str) -> str:
    """In another language than English, for which the pages were drawn, long words of a button stand in two lines."""
    if len(words) < _TWO_LINES_FROM or screen.language() == SOURCE_LANGUAGE:
        return words
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(words) / 2), default=-1)
    return words if middle < 0 else f"{words[:middle]}\n{words[middle + 1 :]}"


def filled(words: str, act: Act | None = None, icon_name: str = "") -> Button:
    """The next act: one on a page."""
    return Button(words, act, kind="filled", icon_name=icon_name)


def outlined(words: str, act: Act | None = None, icon_name: str = "") -> Button:
    """Another act of the page."""
    return Button(words, act, kind="outlined", icon_name=icon_name)


def quiet(words: str, act: Act | None = None, icon_name: str = "") -> Button:
    """A lesser act, without an edge."""
    return Button(words, act, kind="quiet", icon_name=icon_name)


def row_button(words: str, act: Act | None = None) -> Button:
    """38 high, only within a row of 54 that is itself clickable."""
    return Button(words, act, kind="row")


def risk_button(words: str, act: Act | None = None, icon_name: str = "message-circle") -> Button:
    """Red: only to record a risk conversation."""
    return Button(words, act, kind="risk", icon_name=icon_name)


def chip(words: str, act: Act | None = None, *, on: bool = False) -> Button:
    """A filter that is on or off."""
    made = Button(words, act, kind="chip")
    made.setChecked(on)
    return made


def only(buttons: list[Button], parent: QWidget) -> None:
    """Makes chips exclude each other; the Tab key comes to the chosen one, the arrows go on from there."""
    from PySide6.QtWidgets import QButtonGroup

    from workwell_desktop.desktop.widgets.one_stop import one_stop

    group = QButtonGroup(parent)
    group.setExclusive(True)
    for button in buttons:
        group.addButton(button)
    group.buttonToggled.connect(lambda _button, on: one_stop(buttons) if on else None)
    one_stop(buttons)
