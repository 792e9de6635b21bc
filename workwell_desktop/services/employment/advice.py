"""Drafts of advice on fitness for work, written from the plan; those of a session stand beside them.

Words for a professional to use, never the form and never a paper of their own. Whose profession may not issue it
writes none. A draft for a fit note goes into the GP summary where somebody chose that, headed as a draft.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import date_words
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Adjustment, EmployerAnswer, Plan, ReturnWeek
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Advice, AdviceKind
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.person.going_back import steps_of
from workwell_desktop.services.planning.adjustment_catalogue import rows
from workwell_desktop.services.planning.commitments import MAY_ADVISE

LONGEST = 1000
"""Letters of a draft: what a fit note has room for is about 300."""


@dataclass(frozen=True, slots=True)
class Adviser:
    """One of ours who may issue one paper or both."""

    person: Id
    name: str
    kinds: frozenset[AdviceKind]


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. ``of_session``: it was written at a session, and is changed there."""

    advice: Id
    kind: AdviceKind
    author: Id | None
    author_name: str
    text: str
    for_gp: bool
    of_session: bool
    at: datetime | None


def advisers(desk: Desk) -> tuple[Adviser, ...]:
    """Everybody who works here and whose profession may issue one or the other, by name."""
    desk.allow(Act.READ, Advice)
    with desk.read() as reader:
        people = [one for one in staff(reader).values() if one.active is not False]
    found = (Adviser(one.id, one.name or "", _may(one)) for one in people)
    return tuple(sorted((one for one in found if one.kinds), key=lambda one: (one.name, one.person)))


def drafts(desk: Desk, participant: Id) -> tuple[Draft, ...]:
    """Every draft about one person, the newest first."""
    desk.allow(Act.READ, Advice)
    with desk.read() as reader:
        found = reader.list(Advice, order_by=("-at", "-id"), scope=participant)
        people = staff(reader)
    return tuple(
        Draft(
            advice=one.id,
            kind=one.kind,
            author=one.author,
            author_name=name_of(people, one.author),
            text=one.text or "",
            for_gp=bool(one.for_gp),
            of_session=one.discussion is not None,
            at=one.at,
        )
        for one in found
        if one.kind is not None
    )


def draft(desk: Desk, participant: Id, kind: AdviceKind, words: str, author: Id, *, for_gp: bool = False) -> Id:
    """The draft of one professional beside the plan: one a kind and person, written again until it is right.

    Raises BadInput ``may_not_advise`` where the author's profession may not issue this, ``text_missing`` and
    ``draft_too_long``. ``for_gp`` counts for a fit note alone.
    """
    desk.allow(Act.EDIT_PLAN, Advice)
    said = words.strip()
    if not said:
        raise BadInput("text_missing")
    if len(said) > LONGEST:
        raise BadInput("draft_too_long", limit=LONGEST)
    with desk.unit() as unit:
        if kind not in _may(unit.reader.get(Person, author)):
            raise BadInput("may_not_advise")
        chosen = for_gp and kind is AdviceKind.FIT_NOTE
        for one in unit.reader.list(Advice, scope=participant, kind=kind, author=author, discussion=None):
            unit.set(Advice, one.id, text=said, for_gp=chosen, at=desk.clock.now())
            return one.id
        made = Advice(
            id=new_id(),
            scope=participant,
            kind=kind,
            author=author,
            text=said,
            for_gp=chosen,
            at=desk.clock.now(),
        )
        return unit.add(made)


def remove_draft(desk: Desk, advice: Id) -> None:
    """Takes a draft of the plan away. Raises BadInput ``draft_of_a_session`` for one that was written at a session."""
    desk.allow(Act.EDIT_PLAN, Advice)
    with desk.unit() as unit:
        if unit.reader.get(Advice, advice).discussion is not None:
            raise BadInput("draft_of_a_session")
        unit.delete(Advice, advice)


def words_from_plan(desk: Desk, participant: Id) -> str:
    """A first wording from what the plan asks for: the boxes, the weeks, and what is hard; nothing of health."""
    desk.allow(Act.READ, Advice)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        if episode is None:
            return ""
        asked = reader.list(Adjustment, order_by="position", episode=episode.id)
        weeks = steps_of(reader, episode.id)
        plans = reader.list(Plan, order_by="-version", episode=episode.id)
    boxes = {row.code: row.boxes for row in rows()}
    wanted = [one for one in asked if one.answer is not EmployerAnswer.REFUSED]
    found = {box for one in wanted if one.code for box in boxes.get(one.code, ())} | ({"phased"} if weeks else set())
    parts = []
    if found:
        named = [text(f"absence.option.{box}") for box in ("phased", "altered_hours", "amended_duties", "adaptations")]
        codes = ("phased", "altered_hours", "amended_duties", "adaptations")
        chosen = [name for name, box in zip(named, codes, strict=True) if box in found]
        parts.append(text("advice.boxes", boxes=_listed(chosen)))
    parts += [text("advice.change", change=one.text) for one in wanted if one.text]
    if weeks and (days := _days([week for week, _days_of in weeks])):
        parts.append(days)
    if plans and plans[0].function:
        parts.append(text("advice.function", words=plans[0].function))
    return "\n".join(parts)


def _days(weeks: list[ReturnWeek]) -> str:
    starts = [one.starts_on for one in weeks if one.starts_on is not None]
    if not starts:
        return ""
    return text("advice.weeks", count=len(starts), first=date_words(min(starts)))


def _listed(words: list[str]) -> str:
    small = [word[:1].lower() + word[1:] for word in words]
    return ", ".join(small)


def _may(person: Person) -> frozenset[AdviceKind]:
    return frozenset(kind for kind, professions in MAY_ADVISE.items() if person.profession in professions)
