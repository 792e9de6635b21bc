"""The agenda as it prints."""

from workwell_desktop.desktop.kit import Card, Clear, Columns, Fixed, Page, PaperPreview, Words, column, outlined, text
from workwell_desktop.desktop.pages import printing
from workwell_desktop.desktop.pages.prepare.places import at_top
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services import paper_pages, papers


class AgendaPaper(Clear):
    """The true paper, and the button that prints it for the team."""

    def __init__(self, page: Page, session: Id) -> None:
        super().__init__()
        self._page, self._session = page, session
        self.preview = PaperPreview(text("prepare.paper"), note=text("prepare.paper_note"))
        self.preview.wanted.connect(self._draw)
        beside = Card(text("prepare.print_title"), gap=8)
        beside.add(Words(text("prepare.print_words")))
        beside.add_left(outlined(text("prepare.print"), self._print, "printer"))
        column(self).addWidget(Columns([(self.preview, Fixed(398)), (at_top(beside), 1)]))
        self.preview.ask()

    def _draw(self, index: int, width: int) -> None:
        desk, session = self._page.context.desk, self._session

        def work() -> tuple[bytes, int, int]:
            return paper_pages.page(desk, papers.preview_session(desk, session, PaperKind.AGENDA).pdf, index, width)

        self._page.run(work, lambda found: self.preview.show_page(*found))

    def _print(self) -> None:
        desk, session = self._page.context.desk, self._session
        printer = printing.choose_printer(self.window(), text("prepare.print"))
        if printer is None:
            return
        width = printing.print_width(printer)
        self._page.run(
            lambda: paper_pages.printed_agenda(desk, session, width),
            lambda pages: printing.draw_pages(printer, pages),
        )
