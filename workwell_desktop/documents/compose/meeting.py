"""The agenda and the minutes of a session: papers inside the team, under each participant's agreement to be
discussed."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import (
    Block,
    Composition,
    Heading,
    KeyValues,
    Paragraph,
    Quote,
    Table,
    plain,
)
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import AgendaFacts, AttendanceFact, MinutesFacts, PaperHead, SessionCase
from workwell_desktop.documents.words import Words
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.sessions import Presence


def minutes(facts: MinutesFacts, catalogue: Catalogue | None = None) -> Composition:
    """The record of one session. Minutes carry no attachment."""
    catalogue = catalogue or Catalogue()
    words = Words(catalogue, facts.head.dated.year)
    blocks: list[Block] = [_meeting(words, facts)]
    if facts.attendance:
        common.section(blocks, words("meeting.attendance"), _attendance(words, facts.attendance))
    for number, case in enumerate(facts.cases, start=1):
        blocks.append(Heading(words("meeting.case", number=number, name=case.name)))
        _case(blocks, words, case)
    blocks += common.signatures(words, facts.signatories)
    blocks.append(common.code(words, facts.head))
    return _paper(PaperKind.MINUTES, head=facts.head, team=facts.team, words=words, catalogue=catalogue, blocks=blocks)


def agenda(facts: AgendaFacts, catalogue: Catalogue | None = None) -> Composition:
    """What a session will talk about. Actions that are overdue head it."""
    catalogue = catalogue or Catalogue()
    words = Words(catalogue, facts.head.dated.year)
    rows = [(words("meeting.when"), words.moment(facts.starts_at))]
    for key, value in (("meeting.place", facts.place), ("meeting.chair", facts.chair)):
        if value:
            rows.append((words(key), value))
    blocks: list[Block] = [KeyValues(tuple(rows))]
    if facts.overdue:
        common.section(blocks, words("meeting.overdue"), common.action_table(words, facts.overdue))
    if facts.invited:
        common.section(blocks, words("meeting.invited"), _invited(words, facts.invited))
    for number, case in enumerate(facts.cases, start=1):
        blocks.append(Heading(words("meeting.case", number=number, name=case.name)))
        blocks.append(KeyValues(tuple(_case_head(words, case))))
        if case.own_words:
            blocks.append(Quote(words("meeting.own_words"), (f"“{case.own_words.strip()}”",)))
    if not facts.cases:
        blocks.append(Paragraph(plain(words("meeting.no_cases"))))
    return _paper(PaperKind.AGENDA, head=facts.head, team=facts.team, words=words, catalogue=catalogue, blocks=blocks)


def _paper(
    kind: PaperKind,
    *,
    head: PaperHead,
    team: str,
    words: Words,
    catalogue: Catalogue,
    blocks: list[Block],
) -> Composition:
    day = head.dated
    return common.paper(
        kind,
        head,
        catalogue.language,
        blocks,
        title=words(f"meeting.title.{kind.value}"),
        byline=words.rich("meeting.byline", team=team, day=words.day(day, year=True)),
        footer=words(f"meeting.footer.{kind.value}", team=team, version=head.version, day=words.plain_day(day)),
    )


def _meeting(words: Words, facts: MinutesFacts) -> KeyValues:
    started = words.moment(facts.starts_at)
    if facts.ended_at:
        started = words("meeting.from_to", start=started, end=words.clock(facts.ended_at))
    rows = [(words("meeting.when"), started)]
    named = (("meeting.place", facts.place), ("meeting.chair", facts.chair), ("meeting.note_taker", facts.note_taker))
    rows += [(words(key), value) for key, value in named if value]
    if facts.quorum_met is not None:
        met = words("meeting.quorum_met" if facts.quorum_met else "meeting.quorum_not_met")
        rows.append((words("meeting.quorum"), f"{met}\n{facts.quorum_rule}" if facts.quorum_rule else met))
    if facts.confidentiality_read is not None:
        read = words("meeting.yes" if facts.confidentiality_read else "meeting.no")
        rows.append((words("meeting.confidentiality"), read))
    if facts.recorded is not None:
        rows.append((words("meeting.recorded"), words("meeting.yes" if facts.recorded else "meeting.no")))
    if facts.conflicts_declared is not None:
        rows.append((words("meeting.conflicts"), facts.conflicts_declared or words("meeting.none")))
    return KeyValues(tuple(rows))


def _attendance(words: Words, people: tuple[AttendanceFact, ...]) -> Table:
    rows = []
    for person in people:
        role = [person.title, person.registration or "", person.organisation or ""]
        rows.append((person.name, "\n".join(part for part in role if part), _presence(words, person)))
    return Table((words("meeting.name"), words("meeting.role"), words("meeting.there")), tuple(rows), (5, 6, 4))


def _presence(words: Words, person: AttendanceFact) -> str:
    if person.presence is Presence.PART and person.came_at and person.left_at:
        return words("meeting.part", start=words.clock(person.came_at), end=words.clock(person.left_at))
    return words(f"meeting.presence.{person.presence.value}")


def _invited(words: Words, people: tuple[AttendanceFact, ...]) -> Table:
    rows = tuple((p.name, "\n".join(part for part in (p.title, p.organisation or "") if part)) for p in people)
    return Table((words("meeting.name"), words("meeting.role")), rows, (1, 1))


def _case_head(words: Words, case: SessionCase) -> list[tuple[str, str]]:
    rows = []
    if case.date_of_birth:
        rows.append((words("meeting.born"), words.plain_day(case.date_of_birth)))
    rows.append((words("meeting.question"), case.question))
    rows.append((words("meeting.lane"), words(f"meeting.lanes.{case.lane.value}")))
    if case.presenter:
        rows.append((words("meeting.presenter"), case.presenter))
    if case.minutes is not None:
        rows.append((words("meeting.time"), words("meeting.minutes", count=case.minutes)))
    if case.topics is not None:
        agreed = words(f"meeting.topics.{case.topics.value}")
        rows.append((words("meeting.agreement"), f"{agreed}\n{case.topics_limits}" if case.topics_limits else agreed))
    return rows


def _case(blocks: list[Block], words: Words, case: SessionCase) -> None:
    rows = _case_head(words, case)
    if case.view_how:
        rows.append((words("meeting.view_how"), case.view_how))
    if case.since_last:
        rows.append((words("meeting.since_last"), case.since_last))
    blocks.append(KeyValues(tuple(rows)))
    if case.own_words:
        blocks.append(Quote(words("meeting.own_words"), (f"“{case.own_words.strip()}”",)))
    if case.contributions:
        blocks.append(Heading(words("meeting.contributions"), level=3))
        for one in case.contributions:
            blocks.append(Paragraph(words.rich("meeting.contributor", name=one.author, title=one.title)))
            for key, said in (("meeting.facts", one.facts), ("meeting.opinion", one.opinion)):
                if said:
                    blocks.append(Paragraph(plain(words(key, said=said.strip()))))
    _decided(blocks, words, case)
    if case.actions:
        blocks.append(Heading(words("meeting.actions"), level=3))
        blocks.append(common.action_table(words, case.actions))


def _decided(blocks: list[Block], words: Words, case: SessionCase) -> None:
    blocks.append(Heading(words("meeting.decision"), level=3))
    rows = []
    if case.options:
        rows.append((words("meeting.options"), case.options))
    rows.append((words("meeting.decided"), case.decision or words("meeting.no_decision")))
    if case.provisional:
        rows.append((words("meeting.provisional"), words("meeting.until_discussed")))
    for key, value in (("meeting.rationale", case.rationale), ("meeting.dissent", case.dissent)):
        if value:
            rows.append((words(key), value))
    if case.outcome:
        rows.append((words("meeting.outcome"), words(f"meeting.outcomes.{case.outcome.value}")))
    if case.tell:
        parts = [case.tell.who, case.tell.how or ""]
        if case.tell.by:
            parts.append(words("action.by", day=words.day(case.tell.by)))
        rows.append((words("meeting.tell"), "\n".join(part for part in parts if part)))
    if case.next_review:
        rows.append((words("meeting.review"), words.day(case.next_review)))
    blocks.append(KeyValues(tuple(rows)))
