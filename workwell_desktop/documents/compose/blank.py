"""A form of the library on paper, to be filled in by hand: boxes to tick, and lines to write on."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import AnswerBoxes, Block, Composition, Heading, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import BlankFormFacts, BlankItem
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def blank_assessment(facts: BlankFormFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``. Who fills it in writes their name and the date; nothing is scored on paper."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    name = AnswerBoxes(words("blank.name"), None, (), 1)
    blocks = [*common.own(words, "blank", "before"), name, AnswerBoxes(words("blank.date"), None, (), 1)]
    for item in facts.items:
        blocks.append(_item(words, item))
    blocks += common.own(words, "blank", "after")
    if facts.source:
        blocks.append(Paragraph(plain(facts.source), soft=True))
    return common.paper(
        PaperKind.BLANK_ASSESSMENT,
        facts.head,
        catalogue.language,
        blocks,
        title=facts.title,
        byline=words.rich("blank.byline"),
        footer=words("blank.footer", title=facts.title, day=words.plain_day(facts.head.dated)),
    )


def _item(words: Words, item: BlankItem) -> Block:
    asked = f"{item.number} {item.text}" if item.number else item.text
    if item.heading:
        return Heading(asked)
    if not item.options and not item.lines:
        return Paragraph(plain(asked))
    several = words("blank.several") if item.several else None
    told = " ".join(part for part in (item.help, several) if part)
    return AnswerBoxes(asked, told or None, item.options, item.lines)
