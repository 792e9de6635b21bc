"""The copy of everything on record about somebody, for themselves: a part for each kind of entry."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Composition, Heading, KeyValues, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import AccessCopyFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def access_copy(facts: AccessCopyFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``. It carries no attachment: the whole case as data is a file of its own."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    blocks = common.own(words, "access", "before")
    blocks.append(Paragraph(plain(words("access.about"))))
    if facts.controller:
        blocks.append(Paragraph(plain(words("access.controller", controller=facts.controller))))
    if facts.kept_apart:
        apart = catalogue.text("papers.access.apart", count=facts.kept_apart)
        blocks.append(Paragraph(plain(apart)))
    if facts.held:
        line = Paragraph(plain(words("access.held_line")))
        common.section(blocks, words("access.held_heading"), line, KeyValues(facts.held))
    for heading, entries in facts.sections:
        blocks.append(Heading(heading))
        for number, entry in enumerate(entries, start=1):
            if len(entries) > 1:
                title = words("access.entry", number=number, title=entry.title) if entry.title else f"{number}"
                blocks.append(Heading(title, 3))
            blocks.append(KeyValues(entry.rows))
    blocks += common.own(words, "access", "after")
    day = facts.head.dated
    return common.paper(
        PaperKind.ACCESS_COPY,
        facts.head,
        catalogue.language,
        blocks,
        title=words("access.title"),
        byline=words.rich("access.byline", name=facts.name, day=words.day(day, year=True)),
        footer=words("access.footer", name=facts.name, day=words.plain_day(day)),
    )
