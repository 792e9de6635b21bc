"""Words that are spelt right here: added while one writes, listed and taken back in Settings."""

from collections.abc import Callable
from functools import partial

from workwell_desktop.desktop.kit import Button, Card, Clear, Flow, Words, row, text
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.spelling import OwnWord


class OwnWordsCard(Card):
    """``remove`` takes the id of a word."""

    def __init__(self, remove: Callable[[Id], object]) -> None:
        super().__init__(text("settings.own_words"), gap=10)
        self._remove = remove
        self._list: Clear | Words | None = None
        self.add(Words(text("settings.own_words_note"), "note", "soft"))

    def show_words(self, found: tuple[OwnWord, ...]) -> None:
        """Draws the list anew."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
        if found:
            self._list = Clear()
            flow = Flow(self._list, gap=18)
            for one in found:
                flow.addWidget(self._line(one))
        else:
            self._list = Words(text("settings.no_own_words"), tone="soft")
        self.add(self._list)

    def _line(self, one: OwnWord) -> Clear:
        line = Clear()
        box = row(line, (0, 0, 0, 0), 4)
        box.addWidget(Words(one.text or "", wrap=False))
        gone = Button(text("settings.remove_word"), partial(self._remove, one.id), kind="link")
        gone.setAccessibleName(text("settings.remove_word_name", word=one.text or ""))
        box.addWidget(gone)
        return line
