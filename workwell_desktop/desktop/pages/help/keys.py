"""All keys, on Ctrl+/: what the window knows and what the page behind knows."""

from workwell_desktop.desktop.shell.context import Params
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.widgets.card import Card, SummaryList
from workwell_desktop.desktop.widgets.layouts import Columns
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import keys as names_of
from workwell_desktop.domain.screen import text

GROUPS = ("anywhere", "pages", "record", "grids", "fields")


class KeysPage(Page):
    """One card a group; the texts hold key and words, so that a translation can say both."""

    route = "keys"
    help_topic = "keys"

    def enter(self, params: Params) -> None:
        self.set_title(text("keys.title"))
        self.clear_body()
        cards = [self._card(group) for group in GROUPS]
        self.add(Columns([(cards[0], 1), (cards[1], 1)]), Columns([(cards[2], 1), (cards[3], 1)]), cards[4])
        self.add_end()
        self.ready()

    def _card(self, group: str) -> Card:
        card = Card(text(f"keys.{group}_title"))
        lines = SummaryList()
        start = f"{group}."
        for name in names_of("keys"):
            if name.startswith(start) and name.endswith("_key"):
                what = text(f"keys.{name.removesuffix('_key')}")
                lines.add(text(f"keys.{name}"), Words(what))
        card.add(lines)
        return card.end()
