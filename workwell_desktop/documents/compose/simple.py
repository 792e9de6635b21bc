"""The simple version of the participant's own plan: one idea to a sentence, and a picture beside it.

It is made from the same facts as the full plan and leaves none of them out. What somebody wrote or said stands as they
said it: no program makes it shorter. It is called the simple version and never Easy Read, which readers have tested.
"""

from collections.abc import Sequence

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Block, Composition, Pictured, Run, Text, plain, strong
from workwell_desktop.documents.compose import common
from workwell_desktop.documents.compose.plan import finished, what_matters
from workwell_desktop.documents.facts import ActionFact, ChangeFact, GoalFact, ParticipantPlanFacts, WeekFact
from workwell_desktop.documents.translated import tongue
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.plans import EmployerAnswer, PlanType


def simple_plan(facts: ParticipantPlanFacts, catalogue: Catalogue | None = None) -> Composition:
    """The composition of ``facts`` in short sentences; the same facts give the same content hash."""
    catalogue = catalogue or shared()
    words = Words(catalogue, facts.head.dated.year)
    named = facts.title or words(f"plan.title.{facts.type.value}")
    title = words("simple.title", title=named)
    looking = facts.type is PlanType.SEEK_WORK
    blocks: list[Block] = [Pictured("file-text", _lines(words, "about")), *common.own(words, "simple", "before")]
    if facts.to_read:
        blocks.append(Pictured("copy", _lines(words, "to_read")))
    if facts.what_matters:
        blocks.append(what_matters(words, facts.what_matters))
    if facts.goals:
        goals = [Pictured("flag", (plain(common.safe(one.text)), *_by(words, one))) for one in facts.goals]
        common.section(blocks, words("plan.goals"), *goals)
    if facts.actions:
        common.section(blocks, words("plan.each_do"), *(_action(words, one) for one in facts.actions))
    if facts.weeks:
        common.section(blocks, words("plan.weeks"), *_weeks(words, facts))
    if facts.changes:
        heading = words("plan.changes_to_come" if looking else "simple.changes")
        line = words("simple.new_one_decides") if looking else words("simple.decides", employer=_who(words, facts))
        asked = [_change(words, one, looking=looking) for one in facts.changes]
        common.section(blocks, heading, *asked, Pictured("scale", (plain(line),)))
    for said, heading, picture in (
        (facts.strengths, "plan.strengths", "sun"),
        (facts.if_worse, "plan.if_worse", "heart-pulse"),
    ):
        if lines := _said(said):
            common.section(blocks, words(heading), Pictured(picture, lines))
    _next(blocks, words, facts)
    blocks += common.own(words, "simple", "after")
    return finished(words, catalogue.language, facts, title, blocks)


def _lines(words: Words, key: str, **params: str) -> tuple[Text, ...]:
    """The lines of one entry of the catalogue; none where a place in it has nothing to stand there."""
    if not all(params.values()):
        return ()
    lang = tongue(words.catalogue, f"papers.simple.{key}")
    return tuple((Run(line, lang=lang),) for line in words(f"simple.{key}", **params).splitlines())


def _by(words: Words, goal: GoalFact) -> tuple[Text, ...]:
    return _lines(words, "by", day=words.day(goal.by) if goal.by else "")


def _said(text: str | None) -> tuple[Text, ...]:
    return tuple(plain(common.safe(line)) for line in common.safe(text).splitlines() if line.strip())


def _who(words: Words, facts: ParticipantPlanFacts) -> str:
    return facts.employer or words("simple.the_employer")


def _action(words: Words, action: ActionFact) -> Pictured:
    when = common.when(words, action)
    lines = [strong(action.owner), plain(common.safe(action.text))]
    if when:
        lines.append(plain(when))
    return Pictured("user" if action.yours else "users", tuple(lines))


def _weeks(words: Words, facts: ParticipantPlanFacts) -> list[Block]:
    picture = common.weeks(words, facts.weeks, facts.usual_hours, facts.employer, yours=True)[0]
    usual = words.hours(facts.usual_hours) if facts.usual_hours else ""
    under = _lines(words, "usual", hours=usual) + _lines(words, "decides", employer=_who(words, facts))
    return [picture, *(_week(words, one) for one in facts.weeks), Pictured("scale", under)]


def _week(words: Words, step: WeekFact) -> Pictured:
    lines = [
        strong(words("simple.week", day=words.day(step.starts_on))),
        *_lines(words, "hours", hours=words.hours(step.hours)),
    ]
    lines += _lines(words, "days", days=words.days(step.days))
    if step.start and step.finish:
        lines += _lines(words, "times", start=words.hour(step.start), finish=words.hour(step.finish))
    lines += _labelled(words, "duties", step.duties)
    lines += _labelled(words, "left_out", step.duties_out)
    lines += _labelled(words, "place", step.place)
    if step.check_in:
        by = common.safe(step.check_in_by) or words("simple.we")
        lines += _lines(words, "check_in", name=by, day=words.day(step.check_in))
    return Pictured("calendar-days", tuple(lines))


def _labelled(words: Words, key: str, said: str | None) -> tuple[Text, ...]:
    """A short line of ours, and then what somebody wrote, as they wrote it."""
    return (*_lines(words, key), *_said(said)) if _said(said) else ()


def _change(words: Words, change: ChangeFact, *, looking: bool) -> Pictured:
    asked = change.answer is EmployerAnswer.ASKED
    lines = [strong(common.safe(change.text))]
    lines += _lines(words, "to_come" if looking and asked else f"answers.{change.answer.value}")
    if not asked:
        lines += _said(change.answer_note)
    for key, day in (("from", change.starts_on), ("until", change.ends_on), ("review", change.review_on)):
        lines += _lines(words, key, day=words.day(day) if day else "")
    return Pictured("briefcase", tuple(lines))


def _next(blocks: list[Block], words: Words, facts: ParticipantPlanFacts) -> None:
    name, phone = facts.contact.name, facts.contact.phone or ""
    look: Sequence[Text] = _lines(words, "no_review", name=name)
    if facts.review_on:
        look = (words.rich("simple.look", day=words.day(facts.review_on, year=True)),)
    call = (words.rich("simple.call", name=name, phone=phone),) if phone else _lines(words, "tell", name=name)
    common.section(
        blocks,
        words("plan.next"),
        Pictured("calendar", tuple(look)),
        Pictured("phone" if phone else "message-circle", (*_lines(words, "contact", name=name), *call)),
    )
    common.section(
        blocks,
        words("plan.change_heading"),
        Pictured("pen-line", _lines(words, "yours")),
        Pictured("log-out", _lines(words, "leave")),
        Pictured("info", _lines(words, "not_a_test")),
    )
