"""The GP's summary: the problem, how the person manages at work, measures, what was agreed, and what is asked of the
practice. Advice and requests are for the clinician to consider; nothing here is an instruction or a task."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import fhir
from workwell_desktop.documents.blocks import Block, Composition, KeyValues, Paragraph, Quote, Table, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import GpSummaryFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def gp_summary(facts: GpSummaryFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    day = facts.head.dated
    blocks: list[Block] = [_who(words, facts), *common.own(words, "gp", "before")]
    if facts.request:
        common.section(blocks, words("gp.request"), *common.paragraphs(facts.request))
    for heading, text in (("gp.problem", facts.problem), ("gp.function", facts.function)):
        if text:
            common.section(blocks, words(heading), *common.paragraphs(text))
    if facts.own_words:
        blocks.append(Quote(words("gp.own_words"), (f"“{facts.own_words.strip()}”",)))
    if facts.risk:
        common.section(blocks, words("gp.risk"), *common.paragraphs(facts.risk))
    if facts.measures:
        common.section(blocks, words("gp.measures"), _measures(words, facts))
    if facts.actions:
        common.section(blocks, words("gp.plan"), common.action_table(words, facts.actions))
    if facts.changes:
        asked = common.changes(words, facts.changes, None, looking=facts.looking)[0]
        common.section(blocks, words("gp.changes_to_come" if facts.looking else "gp.changes"), asked)
    if facts.weeks:
        common.section(
            blocks,
            words("gp.weeks"),
            *common.weeks(words, facts.weeks, None, None, yours=False),
        )
    if facts.fit_note_advice:
        common.section(
            blocks,
            words("gp.fit_note"),
            *common.paragraphs(facts.fit_note_advice),
            Paragraph(plain(words("gp.fit_note_decides"))),
        )
    _end(blocks, words, facts)
    title = words("gp.title")
    return common.paper(
        PaperKind.GP_SUMMARY,
        facts.head,
        catalogue.language,
        blocks,
        title=title,
        byline=words.rich("gp.byline", practice=facts.practice, day=words.day(day, year=True)),
        footer=words("gp.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
        attachment=fhir.document(
            facts.head,
            title,
            catalogue.language,
            fhir.Subject(name=facts.name, born=facts.date_of_birth, nhs_number=facts.nhs_number),
            blocks,
            fhir.Facts(
                actions=[(action, common.when(words, action)) for action in facts.actions],
                changes=facts.changes,
                measures=facts.measures,
                review_on=facts.review_on,
            ),
        ),
    )


def _who(words: Words, facts: GpSummaryFacts) -> KeyValues:
    rows = [(words("gp.name"), facts.name)]
    if facts.date_of_birth:
        rows.append((words("gp.born"), words.plain_day(facts.date_of_birth)))
    if facts.nhs_number:
        digits = facts.nhs_number.replace(" ", "")
        rows.append((words("gp.nhs_number"), f"{digits[:3]}\u00a0{digits[3:6]}\u00a0{digits[6:]}"))
    if facts.review_on:
        rows.append((words("gp.review"), words.day(facts.review_on, year=True)))
    return KeyValues(tuple(rows))


def _measures(words: Words, facts: GpSummaryFacts) -> Table:
    heads = (words("gp.measure"), words("gp.on"), words("gp.value"), words("gp.meaning"))
    rows = tuple((m.name, words.short(m.on, year=True), m.value, m.meaning or "") for m in facts.measures)
    if not any(row[3] for row in rows):
        return Table(heads[:3], tuple(row[:3] for row in rows), (5, 4, 4))
    return Table(heads, rows, (114, 90, 82, 201))


def _end(blocks: list[Block], words: Words, facts: GpSummaryFacts) -> None:
    common.section(
        blocks,
        words("contact.heading"),
        Paragraph(common.contact_line(words, facts.contact)),
        Paragraph(plain(words("gp.consider"))),
    )
    blocks += common.own(words, "gp", "after")
    if facts.approved_on:
        agreed = words("gp.approved", name=facts.name, day=words.day(facts.approved_on, year=True))
        blocks.append(Paragraph(plain(agreed)))
    if facts.head.controller:
        blocks.append(Paragraph(plain(words("gp.controller", controller=facts.head.controller))))
    blocks += common.signatures(words, facts.signatories)
    blocks.append(common.code(words, facts.head))
