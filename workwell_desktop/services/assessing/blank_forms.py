"""A form of the library as a blank paper, for somebody who would rather answer with a pen.

Only the words that may be shown are printed. Hidden and calculated items are left out, and no score is worked out on
paper: the answers are typed in afterwards.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.catalogue import text
from workwell_desktop.documents.facts import BlankFormFacts, BlankItem, PaperHead
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind, PaperKind
from workwell_desktop.domain.participants import PaperFormat
from workwell_desktop.domain.people import FormVersion, Partnership
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Item
from workwell_desktop.services import whole_files
from workwell_desktop.services.assessing import form_views
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_facts import partnership_line
from workwell_desktop.services.paperwork.paper_formats import chosen
from workwell_desktop.services.paperwork.wording import catalogue_for

CHOICES = frozenset({"choice", "open-choice"})
LONG = frozenset({"text"})
NEVER = frozenset({"attachment", "reference"})
LINES = 4
"""To write a longer answer on."""


def blank(desk: Desk, form: Id, look: PaperFormat = PaperFormat.STANDARD) -> bytes:
    """The form as PDF, held in memory. Raises BadInput ``words_not_shown`` where its words may not be printed."""
    desk.allow(Act.READ, FormVersion)
    view = form_views.view(desk, form)
    if not view.rights.words_shown:
        raise BadInput("words_not_shown")
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
        entry = view.version.entry
        head = PaperHead(
            document=Id(hashlib.sha256(f"{entry.url}/{entry.digest}".encode()).hexdigest()[:32]),
            partnership=partnership_line(desk.site, partnership),
            dated=desk.clock.today(),
        )
        items = tuple(_items(view.form.items))
        facts = BlankFormFacts(head=head, title=entry.title, source=view.form.copyright or None, items=items)
        words = catalogue_for(reader, desk.site, facts, head.dated.year)
    from workwell_desktop.documents import compose

    return documents.render(compose.blank_assessment(facts, words), chosen(look).style, rehearsal=desk.rehearsal)


def printed_blank(desk: Desk, form: Id, look: PaperFormat, width: int) -> list[bytes]:
    """Every page as PNG, ``width`` pixels wide, to be printed; written down as printed."""
    desk.allow(Act.PRINT, FormVersion)
    pdf = blank(desk, form, look)
    desk.noted(AuditKind.PRINTED, record=form, detail=PaperKind.BLANK_ASSESSMENT.value)
    return [documents.page_png(pdf, page, width) for page in range(documents.pages(pdf))]


def save_blank(desk: Desk, form: Id, look: PaperFormat, place: Path) -> None:
    """Writes it to a file that the person chose. Raises as ``blank``, and ReadOnlyFolder."""
    desk.allow(Act.READ, FormVersion)
    whole_files.write_chosen(place, lambda: blank(desk, form, look))


def _items(items: Iterable[Item]) -> Iterable[BlankItem]:
    for item in items:
        if item.hidden or item.helper or _closed(item) or item.type in NEVER:
            continue
        if item.type == "group":
            if item.text:
                yield BlankItem(text=item.text, number=item.prefix, heading=True)
        elif item.text:
            yield _question(item)


def _closed(item: Item) -> bool:
    """Worked out, or within something that is hidden or worked out."""
    if item.read_only or (item.calculated and not item.editable):
        return item.type != "display"
    above = item.parent
    while above is not None:
        if above.hidden:
            return True
        above = above.parent
    return False


def _question(item: Item) -> BlankItem:
    if item.type == "display":
        return BlankItem(text=item.text, number=item.prefix)
    told = [item.help or item.hint or ""]
    if item.conditions:
        told.append(text("papers.blank.if_it_fits"))
    if item.lower or item.upper:
        told.append(text("papers.blank.ends", lower=item.lower or "", upper=item.upper or ""))
    if item.unit is not None and item.unit.display:
        told.append(text("papers.blank.unit", unit=item.unit.display))
    options = tuple(one.label for one in item.options)
    if item.type == "boolean":
        options = (text("papers.blank.yes"), text("papers.blank.no"))
    lines = 0 if options else LINES if item.type in LONG else 1
    if item.open_choice:
        options = (*options, item.open_label or text("papers.blank.other"))
    return BlankItem(
        text=item.text,
        number=item.prefix,
        help=" ".join(part for part in told if part) or None,
        options=options,
        several=item.repeats and bool(options),
        lines=lines,
    )
