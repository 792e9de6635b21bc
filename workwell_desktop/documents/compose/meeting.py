"""The agenda and the minutes of a session: papers inside the team, under each participant's agreement to be
discussed."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import (
    Block,
    BulletList,
    Composition,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    plain,
)
from workwell_desktop.documents.compose import common, meeting_case
from workwell_desktop.documents.facts import AgendaFacts, AttendanceFact, MinutesFacts, PaperHead, UnnamedCase
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.sessions import Presence


def minutes(facts: MinutesFacts, catalogue: Catalogue | None = None) -> Composition:
    """The record of one session, or of one case of it. Minutes carry no attachment."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    blocks: list[Block] = [_meeting(words, facts)]
    if facts.attendance:
        common.section(blocks, words("meeting.attendance"), _attendance(words, facts.attendance))
    for case in facts.cases:
        if isinstance(case, UnnamedCase):
            meeting_case.unnamed(blocks, words, case, level=2)
            continue
        blocks.append(Heading(words("meeting.case", number=case.number, name=case.name)))
        meeting_case.case(blocks, words, case)
    if not facts.cases:
        blocks.append(Paragraph(plain(words("meeting.no_cases_talked"))))
    if facts.added:
        common.section(blocks, words("meeting.added"), *meeting_case.added(words, facts.added))
    if facts.stand_by:
        lines = tuple(
            words.rich("meeting.stand_by_line", name=one.name, title=one.title, when=words.moment(one.at))
            for one in facts.stand_by
        )
        common.section(blocks, words("meeting.stand_by"), BulletList(lines))
    blocks += common.signatures(words, facts.signatories)
    blocks.append(common.code(words, facts.head, with_hash=True))
    title = "minutes_alone" if facts.alone else PaperKind.MINUTES.value
    return _paper(
        PaperKind.MINUTES,
        head=facts.head,
        team=facts.team,
        words=words,
        catalogue=catalogue,
        blocks=blocks,
        title=title,
    )


def agenda(facts: AgendaFacts, catalogue: Catalogue | None = None) -> Composition:
    """What a session will talk about, lane by lane. Actions that are overdue head it."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    rows = [(words("meeting.when"), words.moment(facts.starts_at))]
    for key, value in (("meeting.place", facts.place), ("meeting.chair", facts.chair)):
        if value:
            rows.append((words(key), value))
    blocks: list[Block] = [KeyValues(tuple(rows))]
    if facts.overdue:
        common.section(blocks, words("meeting.overdue"), common.action_table(words, facts.overdue))
    lane = None
    for case in facts.cases:
        if case.lane is not lane:
            lane = case.lane
            blocks.append(Heading(words(f"meeting.lanes.{lane.value}")))
        if isinstance(case, UnnamedCase):
            meeting_case.unnamed(blocks, words, case, level=3)
            continue
        meeting_case.asked(blocks, words, case)
    if not facts.cases:
        blocks.append(Paragraph(plain(words("meeting.no_cases"))))
    if facts.invited:
        common.section(blocks, words("meeting.invited"), _invited(words, facts.invited))
    return _paper(PaperKind.AGENDA, head=facts.head, team=facts.team, words=words, catalogue=catalogue, blocks=blocks)


def _paper(
    kind: PaperKind,
    *,
    head: PaperHead,
    team: str,
    words: Words,
    catalogue: Catalogue,
    blocks: list[Block],
    title: str = "",
) -> Composition:
    day = head.dated
    return common.paper(
        kind,
        head,
        catalogue.language,
        blocks,
        title=words(f"meeting.title.{title or kind.value}"),
        byline=words.rich(f"meeting.byline.{kind.value}", team=team, day=words.day(day, year=True)),
        footer=words(f"meeting.footer.{kind.value}", team=team, version=head.version, day=words.plain_day(day)),
    )


def _meeting(words: Words, facts: MinutesFacts) -> KeyValues:
    rows = [(words("meeting.when"), words.moment(facts.starts_at))]
    if facts.started_at:
        rows.append((words("meeting.started"), _held(words, facts)))
    chair = facts.chair
    if facts.chair_before:
        chair = words("meeting.chair_took_over", name=facts.chair, before=facts.chair_before)
    named = (("meeting.place", facts.place), ("meeting.chair", chair), ("meeting.note_taker", facts.note_taker))
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


def _held(words: Words, facts: MinutesFacts) -> str:
    """2pm to 3:20pm; with both days where it went past midnight."""
    assert facts.started_at is not None  # noqa: S101 - asked by the caller
    if facts.ended_at is None:
        return words.moment(facts.started_at)
    if london_day(facts.started_at) != london_day(facts.ended_at):
        return words("meeting.from_to", start=words.moment(facts.started_at), end=words.moment(facts.ended_at))
    return words("meeting.from_to", start=words.moment(facts.started_at), end=words.clock(facts.ended_at))


def _attendance(words: Words, people: tuple[AttendanceFact, ...]) -> Table:
    rows = []
    for person in people:
        role = [person.title, person.registration or "", person.organisation or ""]
        rows.append((person.name, "\n".join(part for part in role if part), _presence(words, person)))
    return Table((words("meeting.name"), words("meeting.role"), words("meeting.there")), tuple(rows), (5, 6, 4))


def _presence(words: Words, person: AttendanceFact) -> str:
    if person.presence is Presence.PART and person.came_at and person.left_at:
        return words("meeting.part", start=words.clock(person.came_at), end=words.clock(person.left_at))
    if person.presence is Presence.PART and person.came_at:
        return words("meeting.part_from", start=words.clock(person.came_at))
    if person.presence is Presence.PART and person.left_at:
        return words("meeting.part_until", end=words.clock(person.left_at))
    return words(f"meeting.presence.{person.presence.value}")


def _invited(words: Words, people: tuple[AttendanceFact, ...]) -> Table:
    rows = tuple((p.name, "\n".join(part for part in (p.title, p.organisation or "") if part)) for p in people)
    return Table((words("meeting.name"), words("meeting.role")), rows, (1, 1))
