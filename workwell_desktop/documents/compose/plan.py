"""The participant's own plan: plain words, their goals first, who does what by when, and how to change it or leave."""

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import fhir
from workwell_desktop.documents.blocks import (
    Block,
    BulletList,
    Composition,
    Paragraph,
    Quote,
    plain,
)
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.facts import GoalFact, ParticipantPlanFacts
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.plans import PlanType


def participant_plan(facts: ParticipantPlanFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts``; the same facts give the same content hash."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    title = facts.title or words(f"plan.title.{facts.type.value}")
    blocks = common.own(words, "plan", "before")
    if facts.to_read:
        blocks.append(Paragraph(plain(words("plan.to_read"))))
    _what_matters(blocks, words, facts)
    if facts.actions:
        common.section(blocks, words("plan.each_do"), common.action_table(words, facts.actions))
    if facts.weeks:
        common.section(
            blocks,
            words("plan.weeks"),
            *common.weeks(words, facts.weeks, facts.usual_hours, facts.employer, yours=True),
        )
    if facts.changes:
        looking = facts.type is PlanType.SEEK_WORK
        asked = common.changes(words, facts.changes, facts.employer, looking=looking)
        common.section(blocks, words("plan.changes_to_come" if looking else "plan.changes"), *asked)
    if facts.strengths:
        common.section(blocks, words("plan.strengths"), *common.paragraphs(facts.strengths))
    if facts.if_worse:
        common.section(blocks, words("plan.if_worse"), *common.paragraphs(facts.if_worse))
    _next(blocks, words, facts)
    blocks += common.own(words, "plan", "after")
    return finished(words, catalogue.language, facts, title, blocks)


def finished(words: Words, language: str, facts: ParticipantPlanFacts, title: str, blocks: list[Block]) -> Composition:
    """What every version of the plan ends with: who signs, how it is checked, whom to call; and what is attached."""
    if not facts.to_read:
        blocks += common.signatures(words, facts.signatories)
        blocks.append(common.code(words, facts.head))
    blocks.append(common.crisis(words, facts.crisis_lines, facts.contact))
    day = facts.head.dated
    return common.paper(
        PaperKind.PARTICIPANT_PLAN,
        facts.head,
        language,
        blocks,
        title=title,
        byline=words.rich("plan.byline", name=facts.name, day=words.day(day, year=True)),
        footer=words("plan.footer", name=facts.name, version=facts.head.version, day=words.plain_day(day)),
        attachment=fhir.document(
            facts.head,
            title,
            language,
            fhir.Subject(name=facts.name),
            blocks,
            fhir.Facts(
                goals=facts.goals,
                actions=[(action, common.when(words, action)) for action in facts.actions],
                changes=facts.changes,
                review_on=facts.review_on,
            ),
        ),
    )


def _what_matters(blocks: list[Block], words: Words, facts: ParticipantPlanFacts) -> None:
    if facts.what_matters:
        blocks.append(what_matters(words, facts.what_matters))
    if facts.goals:
        items = tuple(plain(_goal(words, goal)) for goal in facts.goals)
        common.section(blocks, words("plan.goals"), BulletList(items))


def _goal(words: Words, goal: GoalFact) -> str:
    said = common.safe(goal.text)
    return words("plan.goal_by", goal=said, day=words.day(goal.by)) if goal.by else said


def what_matters(words: Words, text: str) -> Quote:
    """Their own words, within quotation marks."""
    said = tuple(line.strip() for line in text.strip().splitlines() if line.strip())
    if said:
        first, last = f"“{said[0]}", f"{said[-1]}”"
        said = (f"“{said[0]}”",) if len(said) == 1 else (first, *said[1:-1], last)
    return Quote(words("plan.what_matters"), tuple(map(common.safe, said)))


def _next(blocks: list[Block], words: Words, facts: ParticipantPlanFacts) -> None:
    lines: list[Block] = []
    if facts.review_on:
        lines.append(
            Paragraph(words.rich("plan.review", name=facts.contact.name, day=words.day(facts.review_on, year=True)))
        )
    else:
        lines.append(Paragraph(plain(words("plan.no_review", name=facts.contact.name))))
    common.section(blocks, words("plan.next"), *lines)
    if facts.contact.phone:
        how = words.rich("plan.change_by_phone", name=facts.contact.name, phone=facts.contact.phone)
    else:
        how = plain(words("plan.change", name=facts.contact.name))
    common.section(
        blocks,
        words("plan.change_heading"),
        Paragraph(how),
        Paragraph(plain(words("plan.leave"))),
        Paragraph(plain(words("plan.not_a_test"))),
    )
