"""What the tabs of a record ask of the page around them; the page itself stands above its tabs."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Page, Words
from workwell_desktop.domain.records import Id


class RecordSheet(Page):
    """A page about one person that shows one tab at a time."""

    who: Id
    tab: str
    writing: bool
    """Whether what matters is being written in place."""
    pending: Callable[[], None] | None
    """Saves what is being typed; called before the tab is left."""
    lane: str
    """Of "everything, by date": the lane that is shown alone, or nothing for all."""
    saved_line: Words | None
    first_words: QWidget | None

    def open_page(self, route: str, **params: str) -> None:
        """Another page about this person."""
        self.go(route, participant=str(self.who), **params)

    def write(self, on: bool) -> None:
        """What matters becomes fields to write in, or words to read again."""

    def choose(self, tab: str) -> None:
        """Shows another tab."""

    def ask(self) -> None:
        """Reads what the tab shows."""
