"""Words to be printed or copied: a letter or card for somebody who was not reached, or what was suggested."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Card, Clear, Field, Flow, LongText, Words, outlined, quiet, text
from workwell_desktop.desktop.pages.printing import choose_printer
from workwell_desktop.desktop.theme.theme import theme

STANDARD, LARGE = 12.0, 18.0
"""Points: standard print is 12 or more, large print 16 or more (RNIB)."""

Choose = Callable[[QWidget, str], QPrinter | None]


class LetterCard(Card):
    """The words may be changed before they go. ``large`` prints them in large print; ``printed`` is told of it."""

    def __init__(
        self, title: str, words: str, *, large: bool, printed: Callable[[], None], choose: Choose = choose_printer
    ) -> None:
        super().__init__(title, gap=10)
        self._title, self._large, self._printed, self._choose = title, large, printed, choose
        self.words = Field(
            text("referrals.letter"), LongText(words.strip(), lines=10), hint=text("referrals.letter_hint")
        )
        held = Clear()
        flow = Flow(held, 10)
        flow.addWidget(outlined(text("referrals.print"), self._print, "printer"))
        flow.addWidget(quiet(text("referrals.copy"), self._copy, "copy"))
        self.said = Words("", "note", "done")
        self.add(self.words, held, self.said)

    def _print(self) -> None:
        printer = self._choose(self, self._title)
        if printer is not None:
            paper_of(self.words.control.value(), large=self._large).print_(printer)
            self._printed()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.control.value())
        self.said.say(text("referrals.copied"))


def paper_of(words: str, *, large: bool) -> QTextDocument:
    """The words on paper: left aligned, nothing stressed, each line as it was written."""
    font = theme().font("body")
    font.setPointSizeF(LARGE if large else STANDARD)
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setPlainText(words)
    return document
