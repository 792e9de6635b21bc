"""The employer's summary: what the person can do, what would help, going back bit by bit, and when to look again.

It is composed from facts that have no place for a diagnosis, a score, a risk line or another agency.
"""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Composition, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import EmployerSummaryFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def employer_summary(facts: EmployerSummaryFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``. Employer files carry no attachment."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    day = facts.head.dated
    blocks = common.own(words, "employer", "before")
    blocks.append(Paragraph(plain(words("employer.about", name=facts.name))))
    if facts.approved_on:
        agreed = words("employer.approved", name=facts.name, day=words.day(facts.approved_on, year=True))
        blocks.append(Paragraph(plain(agreed)))
    if facts.function:
        common.section(blocks, words("employer.function", name=facts.name), *common.paragraphs(facts.function))
    if facts.changes:
        asked = common.changes(words, facts.changes, None)[:1]
        common.section(blocks, words("employer.changes"), *asked, Paragraph(plain(words("employer.decides"))))
    if facts.weeks:
        weeks = common.weeks(words, facts.weeks, facts.usual_hours, facts.employer, yours=False)
        common.section(blocks, words("employer.weeks"), *weeks)
    if facts.actions:
        common.section(blocks, words("employer.actions"), common.action_table(words, facts.actions))
    if facts.review_on:
        review = words.rich("employer.review", day=words.day(facts.review_on, year=True), name=facts.contact.name)
        common.section(blocks, words("employer.next"), Paragraph(review))
    common.section(
        blocks,
        words("contact.heading"),
        Paragraph(common.contact_line(words, facts.contact)),
        Paragraph(plain(words("employer.keep"))),
    )
    blocks += common.own(words, "employer", "after")
    blocks += common.signatures(words, facts.signatories)
    blocks.append(common.code(words, facts.head))
    return common.paper(
        PaperKind.EMPLOYER_SUMMARY,
        facts.head,
        catalogue.language,
        blocks,
        title=words("employer.title", name=facts.name),
        byline=words.rich("employer.byline", employer=facts.employer, day=words.day(day, year=True)),
        footer=words("employer.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
    )
