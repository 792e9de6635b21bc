"""The computers of the partnership, for whoever looks after people: one that is lost seals nothing from then on."""

from functools import partial

from workwell_desktop.desktop.kit import Alert, Card, Clear, Flow, Page, Words, column, long_day, text
from workwell_desktop.desktop.pages.settings.cards import twice
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.administration import computers, revocation
from workwell_desktop.services.administration.computers import Computer


class ComputersCard(Card):
    """Each computer with what it may do, and a way to say that it is lost."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("cards.computers"), gap=10)
        self._page = page
        self._held = Clear()
        self._lines = column(self._held, (0, 0, 0, 0), 10)
        self.add(Words(text("cards.computers_note"), "note", "soft"), self._held)

    def look(self) -> None:
        """Reads them anew."""
        desk = self._page.context.desk
        self._page.run(lambda: computers.computers(desk), self._fill)

    def _fill(self, found: tuple[Computer, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in found:
            self._lines.addWidget(self._line(one))

    def _line(self, one: Computer) -> Clear:
        line = Clear()
        box = column(line, (0, 0, 0, 0), 2)
        name = one.name or text("settings.a_computer")
        here = text("cards.computer_here_named", name=one.name) if one.name else text("cards.computer_here")
        box.addWidget(Words(here if one.here else name, "label"))
        if one.until is None:
            box.addWidget(Words(text("cards.computer_none"), "note", "soft"))
            return line
        day = long_day(one.until.astimezone(LONDON).date(), self._page.context.today())
        box.addWidget(Words(text("cards.computer_until", day=day), "note", "soft"))
        if not one.here:
            ways = Clear()
            flow = Flow(ways, 10)
            lose = partial(revocation.lose_device, self._page.context.desk, one.id)
            for button in twice(text("cards.lost_computer", name=name), lambda: self._page.run(lose, self._lost)):
                flow.addWidget(button)
            box.addWidget(ways)
        return line

    def _lost(self, _nothing: None) -> None:
        self._page.say(Alert("", text("cards.lost_computer_done"), "done", on_close=self._page.unsay))
        self.look()
