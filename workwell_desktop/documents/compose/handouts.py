"""Single sheets for the participant: going back bit by bit, to show at work; and a card of whom to call."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Composition, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import PhasedReturnFacts, ServiceCardFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def phased_return(facts: PhasedReturnFacts, catalogue: Catalogue | None = None) -> Composition:
    """The weeks as a picture and as a table. It carries no attachment and no crisis lines: it is shown at work."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    day = facts.head.dated
    blocks = common.own(words, "phased", "before")
    blocks.append(Paragraph(plain(words("phased.about", name=facts.name))))
    blocks += common.weeks(words, facts.weeks, facts.usual_hours, facts.employer, yours=False)
    if facts.usual_hours:
        blocks.append(
            Paragraph(plain(words("phased.decides", employer=facts.employer or words("changes.the_employer_start"))))
        )
    if facts.review_on:
        review = words.rich("phased.review", day=words.day(facts.review_on, year=True))
        blocks.append(Paragraph(review))
    blocks.append(Paragraph(common.contact_line(words, facts.contact)))
    blocks += common.own(words, "phased", "after")
    return common.paper(
        PaperKind.PHASED_RETURN,
        facts.head,
        catalogue.language,
        blocks,
        title=words("phased.title"),
        byline=words.rich("phased.byline", name=facts.name, day=words.day(day, year=True)),
        footer=words("phased.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
    )


def service_card(facts: ServiceCardFacts, catalogue: Catalogue | None = None) -> Composition:
    """Whom to call, in the upper half of the sheet where it fits, to be cut out. Nobody is named whose it is."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    blocks = common.own(words, "service_card", "before")
    blocks.append(Paragraph(plain(words("service_card.about"))))
    blocks += common.own(words, "service_card", "after")
    blocks.append(common.crisis(words, facts.crisis_lines, facts.contact))
    return common.paper(
        PaperKind.SERVICE_CARD,
        facts.head,
        catalogue.language,
        blocks,
        title=words("service_card.title"),
        byline=words.rich("service_card.byline"),
        footer=words("service_card.footer", day=words.plain_day(facts.head.dated)),
    )
