"""Beside an appointment: its card as it will be printed, in English or in another language, saved or printed."""

from collections.abc import Callable

from workwell_desktop.desktop.kit import Card, Field, Page, Words, text
from workwell_desktop.desktop.pages.papers.paper_formats import language_choice
from workwell_desktop.desktop.pages.printing import choose_printer, draw_pages, print_width
from workwell_desktop.desktop.widgets.paper import Sheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, ReleaseHow
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import languages, letters, register
from workwell_desktop.services.paperwork.languages import Language

WIDTH = 700
Shown = tuple[bytes, tuple[Language, ...]]
"""The picture of the card, and the languages that it can be in."""


def shown(desk: Desk, participant: Id, contact: Id) -> Shown | None:
    """What the card begins with, in the language that is on record where that is offered; None for whoever may not
    read papers."""
    if not desk.may(Act.READ, Document):
        return None
    tongues = languages.offered(desk, participant)
    own = next((one.code for one in tongues if one.theirs and not one.draft), None)
    return picture(desk, contact, own), tongues


def picture(desk: Desk, contact: Id, language: str | None) -> bytes:
    """The card's one page as a PNG."""
    pdf, _pages = letters.card(desk, contact, language)
    return register.page_images(desk, pdf, WIDTH)[0]


class AppointmentCard(Card):
    """``refused`` is told when the card cannot be made."""

    def __init__(self, page: Page, contact: Id, found: Shown | None, refused: Callable[[Exception], None]) -> None:
        super().__init__(text("appointment.card"), gap=10)
        self._page, self._contact, self._refused = page, contact, refused
        self.sheet = Sheet(text("appointment.card"))
        png, tongues = found or (b"", ())
        self.tongue = language_choice(tongues)
        self.tongue.done.connect(self._choose)
        if png:
            self.sheet.show_png(png)
            self.add(self.sheet)
        if tongues:
            self.add(Field(text("paper.language"), self.tongue))
            self.add(Words(text("paper.language_line"), "note", "soft"))

    @property
    def language(self) -> str | None:
        """What was chosen (BCP 47), None for English."""
        return self.tongue.value() or None

    def print(self) -> None:
        """Asks for a printer and prints the card; the register says so."""
        printer = choose_printer(self._page, text("appointment.print"))
        if printer is None:
            return
        desk, contact, tongue = self._page.context.desk, self._contact, self.language
        width = print_width(printer)

        def work() -> list[bytes]:
            return register.page_images(desk, letters.give_card(desk, contact, ReleaseHow.PRINTED, tongue), width)

        self._page.run(work, lambda pages: draw_pages(printer, pages), self._refused)

    def _choose(self) -> None:
        desk, contact, tongue = self._page.context.desk, self._contact, self.language
        self._page.run(lambda: picture(desk, contact, tongue), self.sheet.show_png, self._refused)
