"""One case on the papers of a session: what was asked, said, decided and committed to, each under its own name."""

from collections.abc import Sequence

from workwell_desktop.documents.blocks import Block, Heading, KeyValues, Paragraph, Quote, Run, Table, plain
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import AddedFact, SessionCase, UnnamedCase
from workwell_desktop.documents.words import Words


def unnamed(blocks: list[Block], words: Words, found: UnnamedCase, *, level: int) -> None:
    """A case that goes by its number: somebody who did not agree to be discussed."""
    blocks.append(Heading(words("meeting.unnamed", number=found.number), level=level))
    blocks.append(KeyValues(((words("meeting.unnamed_why"), found.why),)))


def asked(blocks: list[Block], words: Words, found: SessionCase) -> None:
    """A case on the agenda, whose headings say the lane: what is asked, by whom, under which agreement.

    Few rows: the room turns this paper over while it talks.
    """
    key = "meeting.case_late" if found.late else "meeting.case"
    name = found.name
    if found.date_of_birth:
        name = words("meeting.name_born", name=name, day=words.plain_day(found.date_of_birth))
    blocks.append(Heading(words(key, number=found.number, name=name), level=3))
    rows = [(words("meeting.question"), found.question)]
    brought = ", ".join(part for part in (found.presenter or "", _time(words, found)) if part)
    if brought:
        rows.append((words("meeting.presenter"), brought))
    if found.topics is not None:
        agreed = words(f"meeting.topics.{found.topics.value}")
        limits = words("meeting.left_out", what=found.topics_limits) if found.topics_limits else ""
        rows.append((words("meeting.agreed"), f"{agreed}. {limits}" if limits else agreed))
    if found.own_words:
        rows.append((words("meeting.own_words"), f"“{found.own_words.strip()}”"))
    blocks.append(KeyValues(tuple(rows)))


def head(words: Words, found: SessionCase) -> list[tuple[str, str]]:
    """What stands at the head of a case in the minutes."""
    rows = []
    if found.date_of_birth:
        rows.append((words("meeting.born"), words.plain_day(found.date_of_birth)))
    rows.append((words("meeting.question"), found.question))
    rows.append((words("meeting.lane"), words(f"meeting.lanes.{found.lane.value}")))
    if found.late:
        rows.append((words("meeting.late"), words("meeting.late_words")))
    if found.why:
        rows.append((words("meeting.why_here"), found.why))
    if found.presenter:
        rows.append((words("meeting.presenter"), found.presenter))
    if time := _time(words, found):
        rows.append((words("meeting.time"), time))
    if found.topics is not None:
        agreed = words(f"meeting.topics.{found.topics.value}")
        rows.append((words("meeting.agreement"), f"{agreed}\n{found.topics_limits}" if found.topics_limits else agreed))
    return rows


def case(blocks: list[Block], words: Words, found: SessionCase) -> None:
    """One case in the minutes, below its heading."""
    rows = head(words, found)
    for key, value in (
        ("meeting.view_how", found.view_how),
        ("meeting.there_of_theirs", found.there),
        ("meeting.since_last", found.since_last),
    ):
        if value:
            rows.append((words(key), value))
    blocks.append(KeyValues(tuple(rows)))
    if found.own_words:
        blocks.append(Quote(words("meeting.own_words"), (f"“{found.own_words.strip()}”",)))
    if found.contributions:
        blocks.append(Heading(words("meeting.contributions"), level=3))
        for one in found.contributions:
            blocks.append(Paragraph(words.rich("meeting.contributor", name=one.author, title=one.title)))
            for key, said in (("meeting.facts", one.facts), ("meeting.opinion", one.opinion)):
                if said:
                    blocks.append(Paragraph(plain(words(key, said=said.strip()))))
    _decided(blocks, words, found)
    _committed(blocks, words, found)
    if found.added:
        blocks.append(Heading(words("meeting.added"), level=3))
        blocks += added(words, found.added)


def added(words: Words, lines: Sequence[AddedFact]) -> list[Block]:
    """Dated lines after the lock."""
    return [
        Paragraph((*words.rich("meeting.added_line", author=one.author, when=words.moment(one.at)), Run(one.text)))
        for one in lines
    ]


def _time(words: Words, found: SessionCase) -> str:
    """10 minutes, 7 minutes used."""
    planned = words("meeting.minutes", count=found.minutes) if found.minutes is not None else ""
    if found.minutes_used is None:
        return planned
    used = words("meeting.minutes", count=found.minutes_used)
    return words("meeting.used", planned=planned, used=used) if planned else words("meeting.time_used", used=used)


def _decided(blocks: list[Block], words: Words, found: SessionCase) -> None:
    blocks.append(Heading(words("meeting.decision"), level=3))
    rows = []
    if found.withdrawn:
        rows.append((words("meeting.withdrawn"), found.withdrawn))
    if found.carried:
        rows.append((words("meeting.carried"), found.carried))
    if found.options:
        rows.append((words("meeting.options"), found.options))
    rows.append((words("meeting.decided"), found.decision or words("meeting.no_decision")))
    if found.provisional:
        rows.append((words("meeting.provisional"), words("meeting.until_discussed")))
    for key, value in (("meeting.rationale", found.rationale), ("meeting.dissent", found.dissent)):
        if value:
            rows.append((words(key), value))
    if found.outcome:
        rows.append((words("meeting.outcome"), words(f"meeting.outcomes.{found.outcome.value}")))
    if found.tell:
        parts = [found.tell.who, found.tell.how or ""]
        if found.tell.by:
            parts.append(words("action.by", day=words.day(found.tell.by)))
        rows.append((words("meeting.tell"), "\n".join(part for part in parts if part)))
    if found.next_review:
        rows.append((words("meeting.review"), words.day(found.next_review)))
    blocks.append(KeyValues(tuple(rows)))


def _committed(blocks: list[Block], words: Words, found: SessionCase) -> None:
    """Actions, what costs money, and drafts of advice that say of themselves that they are drafts."""
    if found.actions:
        blocks.append(Heading(words("meeting.actions"), level=3))
        blocks.append(common.action_table(words, found.actions))
    if found.funding:
        blocks.append(Heading(words("meeting.funding"), level=3))
        names = (words("meeting.funding_what"), words("meeting.funding_cost"), words("meeting.funding_approver"))
        rows = tuple(
            (one.what, words("meeting.cost", pounds=f"{one.cost:,.2f}"), one.approver) for one in found.funding
        )
        blocks.append(Table(names, rows, (6, 3, 4)))
    if found.advice:
        blocks.append(Heading(words("meeting.advice"), level=3))
        blocks.append(Paragraph(plain(words("meeting.advice_note"))))
        for one in found.advice:
            blocks.append(Paragraph(words.rich("meeting.advice_of", kind=one.kind, name=one.author, title=one.title)))
            blocks += common.paragraphs(one.text)
