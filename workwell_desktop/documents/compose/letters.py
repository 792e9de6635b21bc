"""A letter to a service that is asked to help, and the participant's card of an appointment."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import BulletList, Composition, KeyValues, Paragraph, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import AppointmentFacts, ReferralLetterFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import PaperKind


def referral_letter(facts: ReferralLetterFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``. It carries no attachment."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    day = facts.head.dated
    rows = [(words("letter.name"), facts.name)]
    if facts.date_of_birth is not None:
        rows.append((words("letter.born"), words.plain_day(facts.date_of_birth)))
    blocks = common.own(words, "letter", "before")
    blocks.append(Paragraph(plain(words("letter.about", name=facts.name, service=facts.service))))
    if facts.approved_on is not None:
        agreed = words("letter.agreed", name=facts.name, day=words.day(facts.approved_on, year=True))
        blocks.append(Paragraph(plain(agreed)))
    common.section(blocks, words("letter.who"), KeyValues((*rows, *facts.reach)))
    common.section(blocks, words("letter.asked"), *common.paragraphs(facts.asked))
    if facts.needs:
        needs = BulletList(tuple(plain(one) for one in facts.needs))
        common.section(blocks, words("letter.needs"), needs)
    common.section(blocks, words("letter.next"), Paragraph(plain(words("letter.tell_us"))))
    line = Paragraph(common.contact_line(words, facts.contact))
    common.section(blocks, words("contact.heading"), line, Paragraph(plain(words("letter.keep"))))
    blocks += common.own(words, "letter", "after")
    return common.paper(
        PaperKind.REFERRAL_LETTER,
        facts.head,
        catalogue.language,
        blocks,
        title=words("letter.title", name=facts.name),
        byline=words.rich("letter.byline", service=facts.service, day=words.day(day, year=True)),
        footer=words("letter.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
    )


def appointment_card(facts: AppointmentFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``; the crisis lines stand at its foot, and nothing says what it is about."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    day = facts.head.dated
    when = words(
        "card.when_at", day=words.day(facts.at.astimezone(LONDON).date(), year=True), time=words.clock(facts.at)
    )
    rows = [
        (words("card.when"), when),
        (words("card.long"), words("card.minutes", count=facts.minutes)),
        (words("card.where"), facts.where),
        (words("card.who"), facts.who),
    ]
    if facts.interpreter is not None:
        rows.append((words("card.interpreter"), facts.interpreter or words("card.yes")))
    blocks = common.own(words, "card", "before")
    if facts.cancelled:
        blocks.append(Paragraph(plain(words("card.is_off"))))
    blocks.append(KeyValues(tuple(rows)))
    how = "card.cannot_come" if facts.contact.phone else "card.cannot_come_ask"
    blocks.append(Paragraph(words.rich(how, phone=facts.contact.phone, name=facts.contact.name)))
    if not facts.cancelled:
        blocks.append(Paragraph(plain(words("card.bring"))))
    blocks += common.own(words, "card", "after")
    blocks.append(common.crisis(words, facts.crisis_lines, facts.contact))
    return common.paper(
        PaperKind.APPOINTMENT,
        facts.head,
        catalogue.language,
        blocks,
        title=words("card.title_off" if facts.cancelled else "card.title"),
        byline=words.rich("card.byline", name=facts.name),
        footer=words("card.footer", name=facts.name, day=words.plain_day(day)),
    )
