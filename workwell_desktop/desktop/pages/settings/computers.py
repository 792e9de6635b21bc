"""The computers of the partnership, for whoever looks after people: one that is lost is said to be."""

from functools import partial

from workwell_desktop.desktop.kit import Alert, Button, Card, Clear, Flow, Page, Words, column, long_day, quiet, text
from workwell_desktop.desktop.pages import lost_computer
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import computers, lost
from workwell_desktop.services.administration.computers import Computer
from workwell_desktop.services.administration.lost import AtHub


class ComputersCard(Card):
    """Each computer with what it may do, and a way to say that it is lost."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("cards.computers"), gap=10)
        self._page = page
        self._ways: dict[Id, Button] = {}
        self._asked: Id | None = None
        self._held = Clear()
        self._lines = column(self._held, (0, 0, 0, 0), 10)
        self.add(Words(text("cards.computers_note"), "note", "soft"), self._held)

    def look(self) -> None:
        """Reads them anew."""
        desk = self._page.context.desk
        self._page.run(lambda: computers.computers(desk), self._fill)

    def _look_again(self, device: Id) -> None:
        """And goes on where somebody was: at the computer that was asked about, or at the next one."""
        self._asked = device
        self.look()

    def _fill(self, found: tuple[Computer, ...]) -> None:
        self._ways = {}
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in found:
            self._lines.addWidget(self._line(one))
        if self._asked is not None:
            known = [one.id for one in found]
            after = known[known.index(self._asked) :] if self._asked in known else []
            way = next((self._ways[one] for one in [*after, *known] if one in self._ways), None)
            self._asked = None
            if way is not None:
                way.setFocus()

    def _line(self, one: Computer) -> Clear:
        line = Clear()
        box = column(line, (0, 0, 0, 0), 2)
        name = one.name or text("sync.nameless")
        here = text("cards.computer_here_named", name=one.name) if one.name else text("cards.computer_here")
        box.addWidget(Words(here if one.here else name, "label"))
        if one.lost is not None:
            box.addWidget(Words(lost_computer.stands(self._page, one.lost, one.at_hub), "note", "risk"))
            return line
        if one.until is None:
            box.addWidget(Words(text("cards.computer_none"), "note", "soft"))
        else:
            day = long_day(one.until.astimezone(LONDON).date(), self._page.context.today())
            box.addWidget(Words(text("cards.computer_until", day=day), "note", "soft"))
        if not one.here:
            ways = Clear()
            self._ways[one.id] = quiet(text("cards.lost_computer", name=name), partial(self._ask, one.id, name, line))
            Flow(ways, 10).addWidget(self._ways[one.id])
            box.addWidget(ways)
        return line

    def _ask(self, device: Id, name: str, line: Clear) -> None:
        """In its own place: the head of the page may be out of sight."""
        declare = partial(lost.declare, self._page.context.desk, device)
        alert, sure = lost_computer.question(
            name,
            lambda: self._page.run(declare, partial(self._lost, device, name)),
            partial(self._look_again, device),
        )
        box = line.layout()
        if box is None or line.findChildren(Alert):
            return
        box.addWidget(alert)
        sure.setFocus()

    def _lost(self, device: Id, name: str, at_hub: AtHub) -> None:
        lost_computer.done(self._page, name, at_hub)
        self._look_again(device)
