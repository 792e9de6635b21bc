"""The certificate of erasure: what was erased, when, by whom, what remains and why; no word of the record itself."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Block, BulletList, Composition, KeyValues, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.erasure_facts import ErasureFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind


def erasure_certificate(facts: ErasureFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``. The name stands on the one that is made at the moment of erasing, and nowhere
    else."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    number = facts.case[:8]
    whose = facts.name or words("erasure.number", number=number)
    rows = [
        (words("erasure.whose"), f"{facts.name} ({number})" if facts.name else number),
        (words("erasure.when"), words.moment(facts.at)),
        (words("erasure.why"), facts.reason),
        *([(words("erasure.rule"), facts.rule)] if facts.rule else []),
        (words("erasure.who"), facts.decided_by),
        *([(words("erasure.second"), facts.second)] if facts.second else []),
    ]
    blocks: list[Block] = [Paragraph(plain(words("erasure.about"))), KeyValues(tuple(rows))]
    gone = catalogue.text("papers.erasure.entries", count=facts.changes)
    papers = catalogue.text("papers.erasure.papers", count=facts.papers)
    went = BulletList(tuple(plain(one) for one in (gone, papers, words("erasure.places"))))
    common.section(blocks, words("erasure.gone"), went)
    stays = [words("erasure.log"), words("erasure.register")]
    if facts.minutes:
        stays.append(catalogue.text("papers.erasure.minutes", count=facts.minutes))
    stays.append(words("erasure.given"))
    common.section(blocks, words("erasure.remains"), BulletList(tuple(plain(one) for one in stays)))
    held = tuple(
        (name, words("erasure.until", day=words.day(day, year=True)) if day else words("erasure.by_hand"))
        for name, day in facts.backups
    )
    if held:
        common.section(
            blocks, words("erasure.backups"), Paragraph(plain(words("erasure.backups_line"))), KeyValues(held)
        )
    hub = words("erasure.hub_open" if facts.hub else "erasure.hub_none")
    if facts.hub_at:
        hub = words("erasure.hub_done", when=words.moment(facts.hub_at))
    elsewhere = [hub, words("erasure.laptops")]
    common.section(blocks, words("erasure.elsewhere"), BulletList(tuple(plain(one) for one in elsewhere)))
    day = facts.head.dated
    return common.paper(
        PaperKind.ERASURE_CERTIFICATE,
        facts.head,
        catalogue.language,
        blocks,
        title=words("erasure.title"),
        byline=words.rich("erasure.byline", name=whose, day=words.day(day, year=True)),
        footer=words("erasure.footer", number=number, day=words.plain_day(day)),
    )
