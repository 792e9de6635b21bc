"""The agenda as paper: looked at, printed for the room, and sent to the invited."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Clear,
    Columns,
    Fixed,
    Page,
    PaperPreview,
    Words,
    column,
    filled,
    moment_words,
    outlined,
    rule,
    text,
)
from workwell_desktop.desktop.pages import printing
from workwell_desktop.desktop.pages.prepare.places import at_top
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import PaperKind, TeamDocument
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Session
from workwell_desktop.services.meeting import sending
from workwell_desktop.services.meeting.sending import Sent
from workwell_desktop.services.meeting.session_views import SessionView
from workwell_desktop.services.paperwork import paper_pages, papers


class AgendaPaper(Clear):
    """The true paper, and the buttons that print and send it."""

    def __init__(self, page: Page, session: Id, saved: Callable[[Any], Any], *, to_send_next: bool = False) -> None:
        """``to_send_next`` while sending is what the page is for: before the day of the session."""
        super().__init__()
        self._page, self._session, self._saved = page, session, saved
        self.preview = PaperPreview(text("prepare.paper"), note=text("prepare.paper_note"))
        self.preview.wanted.connect(self._draw)
        beside = Card(text("prepare.print_title"), gap=8)
        beside.add(Words(text("prepare.print_words")))
        beside.add_left(outlined(text("prepare.print"), self._print, "printer"))
        beside.add(rule(), Words(text("prepare.send_title"), "label"))
        days = page.context.desk.site.pace.agenda_access_days
        beside.add(Words(text("prepare.send_words", count=days)))
        self.state = Words("", "note", "soft")
        beside.add(self.state)
        self.send = (filled if to_send_next else outlined)(text("prepare.send"), self._send, "mail")
        beside.add_left(self.send)
        acts = at_top(beside)
        column(self).addWidget(Columns([(self.preview, Fixed(398)), (acts, 1)], first_when_one=acts))

    def show_session(self, view: SessionView) -> None:
        """The paper as it stands now, and whether it was sent."""
        desk, today = self._page.context.desk, self._page.context.today()
        sent = view.agenda_sent_at
        self.state.say(text("prepare.sent", when=moment_words(sent, today)) if sent else text("prepare.not_sent"))
        self.send.say(text("prepare.send_again") if sent else text("prepare.send"))
        may = desk.may(Act.PREPARE_SESSION, Session) and desk.may(Act.MAKE_PAPERS, TeamDocument)
        self.send.setEnabled(may and bool(view.agenda))
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

    def _send(self) -> None:
        """The register's page has the ways out: saved as a file, printed, handed over."""
        desk, session = self._page.context.desk, self._session

        def done(sent: Sent) -> None:
            self._saved(sent)
            self._page.go("paper", paper=sent.document)

        self._page.run(lambda: sending.send_agenda(desk, session), done)
