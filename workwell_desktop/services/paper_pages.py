"""Pages of a paper as pictures, for looking at it inside the window."""

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document
from workwell_desktop.services.desk import Desk


def page(desk: Desk, pdf: bytes, index: int, width: int) -> tuple[bytes, int, int]:
    """One page (from 0, the last one where there are fewer) as PNG, ``width`` pixels wide; its index; how many."""
    desk.allow(Act.READ, Document)
    pages = documents.pages(pdf)
    shown = max(0, min(index, pages - 1))
    return documents.page_png(pdf, shown, width), shown, pages
