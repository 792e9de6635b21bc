"""What a professional issues a paper of their own from: data for an AHP Health and Work Report, draft advice for a fit
note.

The headings of the report are used as data and not its artwork, which belongs to the professional bodies. The draft for
a fit note has no serial number, no barcode and no boxes to tick: nobody can take it for a Statement of Fitness for
Work.
"""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Block, BulletList, Composition, KeyValues, Paragraph, Table, plain, strong
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import AdviceOfFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def ahp_report(facts: AdviceOfFacts, catalogue: Catalogue | None = None) -> Composition:
    """The data of the report under its headings. It carries no attachment."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    blocks: list[Block] = [
        Paragraph(plain(words("ahp.what_it_is", adviser=facts.adviser))),
        Paragraph(plain(words("ahp.not_for_benefits"))),
        *common.own(words, "ahp", "before"),
    ]
    common.section(blocks, words("ahp.who"), KeyValues(_person(words, facts)))
    common.section(blocks, words("ahp.fitness"), Paragraph(plain(words("ahp.fitness_line", adviser=facts.adviser))))
    done = [(words("ahp.completed_by"), facts.adviser), (words("ahp.profession"), facts.title)]
    done.append((words("ahp.registration"), facts.registration or words("ahp.to_add")))
    done.append((words("ahp.organisation"), facts.organisation))
    done.append((words("ahp.contact"), "".join(run.text for run in common.contact_line(words, facts.contact))))
    if facts.advised_on:
        done.append((words("ahp.assessed"), words.day(facts.advised_on, year=True)))
    common.section(blocks, words("ahp.by"), KeyValues(tuple(done)))
    starts = words.day(facts.starts_on, year=True) if facts.starts_on else words("ahp.to_add")
    review = (
        words("ahp.review_is", day=words.day(facts.review_on, year=True)) if facts.review_on else words("ahp.to_add")
    )
    period = [(words("ahp.from"), starts), (words("ahp.to"), words("ahp.to_add")), (words("ahp.review"), review)]
    common.section(blocks, words("ahp.period"), KeyValues(tuple(period)))
    _options(blocks, words, facts, "ahp.options")
    if facts.rows:
        heads = (words("ahp.difficulty"), words("ahp.recommendation"))
        common.section(blocks, words("ahp.rows"), Table(heads, facts.rows, (1, 1)))
    if facts.draft:
        common.section(blocks, words("ahp.draft"), *common.paragraphs(facts.draft))
    _weeks(blocks, words, facts)
    blocks += common.own(words, "ahp", "after")
    return _paper(PaperKind.AHP_REPORT, "ahp", facts, catalogue, words, blocks)


def fit_note_draft(facts: AdviceOfFacts, catalogue: Catalogue | None = None) -> Composition:
    """Draft advice for whoever certifies; what it is not stands first, and behind every page. No attachment."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    blocks: list[Block] = [
        Paragraph(strong(words("fit_note.watermark"))),
        Paragraph(plain(words("fit_note.decides", adviser=facts.adviser))),
        *common.own(words, "fit_note", "before"),
        KeyValues(_person(words, facts)),
    ]
    _options(blocks, words, facts, "fit_note.options")
    if facts.draft:
        common.section(blocks, words("fit_note.comments"), *common.paragraphs(facts.draft))
    if facts.function:
        common.section(blocks, words("fit_note.function"), *common.paragraphs(facts.function))
    _weeks(blocks, words, facts)
    common.section(blocks, words("fit_note.period"), Paragraph(plain(words("fit_note.period_line"))))
    common.section(blocks, words("contact.heading"), Paragraph(common.contact_line(words, facts.contact)))
    blocks += common.own(words, "fit_note", "after")
    return _paper(PaperKind.FIT_NOTE_DRAFT, "fit_note", facts, catalogue, words, blocks)


def _person(words: Words, facts: AdviceOfFacts) -> tuple[tuple[str, str], ...]:
    rows = [(words("ahp.name"), facts.name)]
    if facts.born:
        rows.append((words("ahp.born"), words.plain_day(facts.born)))
    return tuple(rows)


def _options(blocks: list[Block], words: Words, facts: AdviceOfFacts, key: str) -> None:
    if facts.options:
        common.section(blocks, words(key), BulletList(tuple(plain(one) for one in facts.options)))


def _weeks(blocks: list[Block], words: Words, facts: AdviceOfFacts) -> None:
    if facts.weeks:
        common.section(blocks, words("ahp.weeks"), common.week_table(words, facts.weeks))


def _paper(
    kind: PaperKind, part: str, facts: AdviceOfFacts, catalogue: Catalogue, words: Words, blocks: list[Block]
) -> Composition:
    day = facts.head.dated
    return common.paper(
        kind,
        facts.head,
        catalogue.language,
        blocks,
        title=words(f"{part}.title"),
        byline=words.rich("ahp.byline", adviser=facts.adviser, title=facts.title, day=words.day(day, year=True)),
        footer=words(f"{part}.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
    )
