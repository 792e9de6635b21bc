"""Words on the screen: labels that wrap and are never cut, headings that a screen reader knows as headings."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import repolish, theme

_TAG = re.compile(r"<[^>]+>")
NO_WIDTH = "\u200b"
"""A space of no width: a line may break there, and nobody hears it."""
_BREAK = re.compile(rf"[\s{NO_WIDTH}]+")
"""Where a line may go on below: at a space, and at one of no width."""
_SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
"""In the order of escaping. The library for it reads a table of all names that there are, before the first paint."""

_LINE = 116
"""Percent of the natural line (1.30) that gives 24 on 16."""


class Words(QLabel):
    """Plain words in a type of the tokens; ``tone`` is a colour role (soft, risk, due, done, info, brand, rail).

    ``rich`` takes simple markup (``<b>``); what comes from a record must then have been through ``safe()``.
    ``reading`` gives running text its larger line height.
    """

    def __init__(
        self,
        words: str = "",
        kind: str = "body",
        tone: str = "",
        *,
        wrap: bool = True,
        rich: bool = False,
        reading: bool = False,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._weight = kind, weight
        self._rich, self._reading = rich, reading
        self._words = ""
        self.setTextFormat(Qt.TextFormat.RichText if rich or reading else Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        self.set_tone(tone)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.restyle()
        self.say(words)

    def say(self, words: str) -> None:
        """Shows other words."""
        self._words = words
        shown = words if self._rich else safe(words)
        if self._reading:
            super().setText(f'<div style="line-height:{_LINE}%">{shown}</div>')
        else:
            super().setText(shown if self._rich else words)
        if NO_WIDTH in words:
            self.setAccessibleName(self.plain())

    def wrap(self, wrapped: bool) -> None:
        """On as many lines as its width asks for, or on one."""
        if self.wordWrap() is not wrapped:
            policy = self.sizePolicy()
            policy.setHeightForWidth(wrapped)
            self.setSizePolicy(policy)
            self.setWordWrap(wrapped)

    def plain(self) -> str:
        """What it says, as it is heard: without markup."""
        return self._bare().replace(NO_WIDTH, "")

    def _bare(self) -> str:
        return _unescaped(_TAG.sub("", self._words)) if self._rich else self._words

    def set_tone(self, tone: str) -> None:
        """Takes another colour role."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)

    def restyle(self) -> None:
        self.setFont(theme().font(self._kind, self._weight))

    def sizeHint(self) -> QSize:
        """The words on one line, or on as many as a line of 680 gives: Qt's own guess is too narrow."""
        if not self.wordWrap():
            return super().sizeHint()
        metrics = self.fontMetrics()
        lines = self.plain().split("\n")
        # bold words within rich text are wider than the font says
        whole = max(metrics.horizontalAdvance(line) for line in lines) * (1.07 if self._rich else 1.0)
        width = min(round(whole) + 4, theme().measure("reading_width"))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line and the longest word: a wrapped label that asks for its ideal height inflates every parent."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in _BREAK.split(self._bare())), default=0)
        return QSize(longest + 2, metrics.height())


class Heading(Words):
    """A title with the role of a heading; ``kind`` is page, heading or section."""

    def __init__(self, words: str = "", kind: str = "section", tone: str = "", *, wrap: bool = True) -> None:
        super().__init__(words, kind, tone, wrap=wrap)


def alone(words: str) -> str:
    """Words of the middle of a sentence as they stand by themselves: with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def safe(words: str) -> str:
    """Words of a record for use within markup."""
    for sign, name in _SIGNS:
        words = words.replace(sign, name)
    return words


def _unescaped(words: str) -> str:
    for sign, name in reversed((*_SIGNS, ("\u00a0", "&nbsp;"))):
        words = words.replace(name, sign)
    return words


def button_words(words: str) -> str:
    """Qt reads ``&`` as a mnemonic; a name with an ampersand keeps it."""
    return words.replace("&", "&&")


class IconMark(QLabel):
    """A tinted icon beside words; it says nothing itself."""

    def __init__(self, name: str, role: str = "text", size: int = 20) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_icon(self, name: str, role: str | None = None) -> None:
        """Shows another icon."""
        self._name = name
        self._role = role or self._role
        self.restyle()

    def restyle(self) -> None:
        from workwell_desktop.desktop.theme.icons import pixmap

        self.setPixmap(pixmap(self._name, self._role, self._size))
        self.setFixedSize(theme().px(self._size), theme().px(self._size))
