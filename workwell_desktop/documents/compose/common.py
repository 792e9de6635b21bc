"""Parts that several kinds of paper share. They take facts that every recipient of those papers may see."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.documents.blocks import (
    ActionRow,
    ActionTable,
    Block,
    BulletList,
    Composition,
    CrisisBox,
    Foreign,
    Heading,
    PaperCode,
    Paragraph,
    Run,
    SignatureBlock,
    SignatureField,
    Table,
    Text,
    WeekBar,
    WeeksPicture,
    plain,
    strong,
)
from workwell_desktop.documents.facts import (
    ActionFact,
    ChangeFact,
    Contact,
    CrisisLine,
    PaperHead,
    SignatoryFact,
    WeekFact,
)
from workwell_desktop.documents.translated import draft_mark
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.plans import EmployerAnswer, SignatoryRole, SignatureOutcome


def paper(
    kind: PaperKind,
    head: PaperHead,
    language: str,
    blocks: Sequence[Block],
    *,
    title: str,
    byline: Text,
    footer: str,
    attachment: Mapping[str, Any] | None = None,
) -> Composition:
    """The composition of a paper whose head is ``head``."""
    return Composition(
        kind=kind,
        document=head.document,
        version=head.version,
        dated=head.dated,
        language=language,
        partnership=head.partnership,
        title=title,
        byline=byline,
        footer=footer,
        blocks=tuple(blocks),
        attachment=attachment,
        draft=draft_mark(language),
    )


def safe(text: str | None) -> str:
    """What somebody typed, without blanks at its ends; nothing for None. A record is kept in English."""
    said = (text or "").strip()
    return Foreign(said, SOURCE_LANGUAGE) if said else said


def when(words: Words, action: ActionFact) -> str | None:
    """By Friday 27 November, or From … where it begins."""
    if action.done:
        return words("action.done")
    if action.by is None:
        return None
    return words("action.from" if action.starts else "action.by", day=words.day(action.by))


def action_table(words: Words, actions: Sequence[ActionFact]) -> ActionTable:
    """One owner and one date each."""
    return ActionTable(tuple(ActionRow(safe(a.owner), safe(a.text), when(words, a)) for a in actions))


def changes(words: Words, asked: Sequence[ChangeFact], employer: str | None, *, looking: bool = False) -> list[Block]:
    """Changes at work and what the employer said; until they say so, a change is only asked for.

    Somebody who is ``looking`` for work has nobody to ask yet, and the paper does not say that they did.
    """
    rows = tuple((safe(change.text), _answer(words, change, looking=looking)) for change in asked)
    who = employer or words("changes.the_employer")
    heads = (words("changes.change"), words("changes.answer"))
    line = words("changes.a_new_one_decides") if looking else words("changes.decides", employer=who)
    return [Table(heads, rows, (6, 7)), Paragraph(plain(line))]


def _answer(words: Words, change: ChangeFact, *, looking: bool = False) -> str:
    asked = change.answer is EmployerAnswer.ASKED
    parts = [words("changes.to_come" if looking and asked else f"changes.answers.{change.answer.value}")]
    if change.answer_note and change.answer is not EmployerAnswer.ASKED:
        parts.append(safe(change.answer_note))
    if change.starts_on and change.ends_on:
        parts.append(words("changes.from_to", start=words.day(change.starts_on), end=words.day(change.ends_on)))
    elif change.ends_on:
        parts.append(words("changes.until", day=words.day(change.ends_on)))
    elif change.starts_on:
        parts.append(words("changes.from", day=words.day(change.starts_on)))
    if change.review_on:
        parts.append(words("changes.review", day=words.day(change.review_on)))
    return "\n".join(parts)


def weeks(
    words: Words, steps: Sequence[WeekFact], usual: Decimal | None, employer: str | None, *, yours: bool
) -> list[Block]:
    """The picture of the weeks, the line under it, and the same in a table."""
    full = usual or max((step.hours for step in steps), default=Decimal(1)) or Decimal(1)
    bars = tuple(
        WeekBar(
            words.hours(step.hours),
            words("weeks.from", day=words.short(step.starts_on, year=False)),
            (step.hours / full).quantize(Decimal("0.001")),
        )
        for step in steps
    )
    said = ". ".join(
        words("weeks.said", day=words.day(step.starts_on), hours=words.hours(step.hours)) for step in steps
    )
    blocks: list[Block] = [WeeksPicture(bars, words("weeks.alternative", weeks=said))]
    who = employer or words("changes.the_employer_start")
    whose = "yours" if yours else "theirs"
    if usual:
        line = words(f"weeks.usual_{whose}", hours=words.hours(usual), employer=who)
    else:
        line = words("weeks.decides", employer=who)
    blocks.append(Paragraph(plain(line)))
    if any(step.days or step.duties or step.duties_out or step.place or step.check_in or step.start for step in steps):
        blocks.append(week_table(words, steps))
    return blocks


def week_table(words: Words, steps: Sequence[WeekFact]) -> Table:
    """The weeks with days, times, duties, place and check-ins; two columns where nothing stands in the third."""
    rows = []
    for step in steps:
        start = words("weeks.from", day=words.day(step.starts_on))
        what = [safe(step.duties)] if step.duties else []
        if step.duties_out:
            what.append(words("weeks.left_out", duties=safe(step.duties_out)))
        if step.place:
            what.append(words("weeks.place", place=safe(step.place)))
        if step.check_in:
            day = words.day(step.check_in)
            by = safe(step.check_in_by) if step.check_in_by else ""
            what.append(words("weeks.check_in_by", name=by, day=day) if by else words("weeks.check_in", day=day))
        hours = words.hours(step.hours)
        worked = words("weeks.on_days", hours=hours, days=words.days(step.days)) if step.days else hours
        if step.start and step.finish:
            worked += "\n" + words("weeks.times", start=words.hour(step.start), finish=words.hour(step.finish))
        rows.append((start, worked, "\n".join(what)))
    heads = (words("weeks.week"), words("weeks.hours"), words("weeks.work"))
    if not any(row[2] for row in rows):
        return Table(heads[:2], tuple((first, second) for first, second, _ in rows), (1, 1))
    return Table(heads, tuple(rows), (4, 5, 5))


def contact_line(words: Words, contact: Contact) -> Text:
    """Maya: 01632 960142, 9am to 5pm, Monday to Friday."""
    kind = "phone_hours" if contact.phone and contact.hours else "phone" if contact.phone else "name"
    line = words.rich(f"contact.{kind}", name=contact.name, phone=contact.phone, hours=contact.hours)
    return (*line, *plain(f", {contact.email}")) if contact.email else line


def crisis(words: Words, lines: Sequence[CrisisLine], contact: Contact) -> CrisisBox:
    """Four pinned lines of the catalogue that nobody can take out, what a site adds, and whom to call here."""
    pinned = _pinned(words)
    added = [words.rich("crisis.added", label=line.label, number=line.number) for line in lines]
    english: list[Text] = []
    if words.catalogue.language != SOURCE_LANGUAGE:
        # whoever is shown the paper in an emergency may read no other language
        source = Words(shared(), words.year)
        said = [strong(source("crisis.heading")), *_pinned(source)]
        english = [tuple(replace(run, lang=SOURCE_LANGUAGE) for run in line) for line in said]
    return CrisisBox(words("crisis.heading"), (*pinned, *added, contact_line(words, contact), *english))


def _pinned(words: Words) -> list[Text]:
    return [words.rich(f"crisis.{name}") for name in ("danger", "mental_health", "listening", "text")]


def signatures(words: Words, signatories: Sequence[SignatoryFact]) -> list[Block]:
    """Fields for those who sign, a printed line for those who would rather not or cannot."""
    fields: list[SignatureField] = []
    outcomes: list[Text] = []
    for person in signatories:
        if person.outcome in (SignatureOutcome.DECLINED, SignatureOutcome.UNABLE):
            reason = safe(person.reason) or words("signatures.no_reason")
            key = f"signatures.{person.outcome.value}"
            outcomes.append(plain(words(key, name=person.name, title=person.title, reason=reason)))
            continue
        fields.append(_field(words, person, fields))
    if not fields and not outcomes:
        return []
    return [SignatureBlock(words("signatures.heading"), tuple(fields), tuple(outcomes))]


def _field(words: Words, person: SignatoryFact, before: Sequence[SignatureField]) -> SignatureField:
    title = person.title
    if person.registration:
        title = words("signatures.registered", title=title, registration=person.registration)
    same = sum(1 for field in before if field.role == person.role.value)
    return SignatureField(
        field=person.role.value + (str(same + 1) if same else ""),
        role=person.role.value,
        name=person.name,
        title=title,
        hint=words("signatures.hint", name=person.name, title=person.title),
        key=person.key,
        device=person.role is SignatoryRole.PARTICIPANT,
        statement=person.statement,
    )


def code(words: Words, head: PaperHead, *, with_hash: bool = False) -> PaperCode:
    """Where a sheet of paper says which content it carries; ``with_hash`` in letters too."""
    number = " ".join(head.document[start : start + 4].upper() for start in range(0, 12, 4))
    return PaperCode(
        words("code.heading"),
        words("code.sentence"),
        words("code.label", number=number),
        words("code.alternative", number=number),
        words("code.content") if with_hash else "",
    )


def own(words: Words, part: str, place: str) -> list[Block]:
    """What a partnership says besides, at a ``place`` of its letter (``before`` or ``after``): nothing as shipped.

    Each line is a paragraph; lines that begin with a dash are a list.
    """
    blocks: list[Block] = []
    things: list[Text] = []
    for line in [*_lines(words.rich(f"{part}.{place}")), ()]:
        if line and line[0].text.startswith("- "):
            rest = (replace(line[0], text=line[0].text[2:]), *line[1:])
            things.append(tuple(run for run in rest if run.text))
            continue
        if things:
            blocks.append(BulletList(tuple(things)))
            things = []
        if line:
            blocks.append(Paragraph(line))
    return blocks


def _lines(said: Text) -> list[Text]:
    """The lines of a text, without those that are blank."""
    lines: list[list[Run]] = [[]]
    for run in said:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=each)] for each in more]
    found = (tuple(run for run in line if run.text) for line in lines)
    return [line for line in found if "".join(run.text for run in line).strip()]


def section(blocks: list[Block], heading: str, *more: Block) -> None:
    """A heading with what stands under it."""
    blocks.append(Heading(heading))
    blocks.extend(more)


def paragraphs(text: str) -> list[Block]:
    """What somebody wrote in several lines, as paragraphs."""
    return [Paragraph(plain(safe(line))) for line in safe(text).splitlines() if line.strip()]
