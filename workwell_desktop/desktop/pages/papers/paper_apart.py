"""Two files of one paper that were signed apart: who signed each, and which goes on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from workwell_desktop.desktop.days import clock_words
from workwell_desktop.desktop.kit import Alert, Card, Page, Words, long_day, outlined, text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.plans import Signatory
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork import signed_apart
from workwell_desktop.services.paperwork.signed_apart import Way


class ApartCard(Card):
    """Hidden unless there is something to choose."""

    def __init__(self, page: Page, document: Id, chosen: Callable[[], None]) -> None:
        super().__init__(text("paper.apart"), gap=8)
        self._page, self._document, self._chosen = page, document, chosen
        self.hide()
        desk = page.context.desk
        page.run(lambda: signed_apart.ways(desk, document), self._show)

    def _show(self, ways: tuple[Way, ...]) -> None:
        if not ways:
            return
        self.add(Words(text("paper.apart_note"), "note", "soft"))
        may = self._page.context.desk.may(Act.TAKE_SIGNATURE, Signatory)
        for one in ways:
            lines = [text("paper.apart_here" if one.here else "paper.apart_taken_in")]
            lines += [self._signer(name, when) for name, when in one.signers]
            self.add(Words(" ".join(lines)))
            if may:
                key = "paper.keep_here" if one.here else "paper.keep_taken_in"
                self.add_left(outlined(text(key), partial(self._choose, one), "file-check"))
        self.show()

    def _signer(self, name: str, when: datetime | None) -> str:
        if when is None:
            return text("paper.apart_signer", name=name)
        local = when.astimezone(LONDON)
        day = long_day(local.date(), self._page.context.today())
        return text("paper.apart_signer_at", name=name, day=day, time=clock_words(local))

    def _choose(self, one: Way) -> None:
        desk, document = self._page.context.desk, self._document

        def done(_status: object) -> None:
            self._page.say(Alert("", text("paper.apart_done"), "done", on_close=self._page.unsay))
            self._chosen()

        self._page.run(lambda: signed_apart.choose(desk, document, one.sha256), done)
