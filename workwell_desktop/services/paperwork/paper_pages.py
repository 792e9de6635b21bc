"""Pages of a paper as pictures, for looking at it inside the window."""

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind, Document, PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import papers


def page(desk: Desk, pdf: bytes, index: int, width: int) -> tuple[bytes, int, int]:
    """One page (from 0, the last one where there are fewer) as PNG, ``width`` pixels wide; its index; how many."""
    desk.allow(Act.READ, Document)
    pages = documents.pages(pdf)
    shown = max(0, min(index, pages - 1))
    return documents.page_png(pdf, shown, width), shown, pages


def printed_agenda(desk: Desk, session: Id, width: int) -> tuple[bytes, ...]:
    """Every page of a session's agenda as PNG, to be printed for the team; written down as printed."""
    desk.allow(Act.PRINT, Document)
    pdf = papers.preview_session(desk, session, PaperKind.AGENDA).pdf
    drawn = tuple(documents.page_png(pdf, index, width) for index in range(documents.pages(pdf)))
    desk.noted(AuditKind.PRINTED, record=session, detail=PaperKind.AGENDA.value)
    return drawn
