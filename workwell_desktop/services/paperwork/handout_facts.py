"""What the single papers beside the plan are made from, read field by field like every paper's facts."""

from dataclasses import replace
from datetime import date

from workwell_desktop.catalogue import text
from workwell_desktop.documents.facts import (
    AdviceOfFacts,
    Contact,
    CrisisLine,
    PaperHead,
    PhasedReturnFacts,
    ServiceCardFacts,
    WeekFact,
)
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.plans import EmployerAnswer, Plan
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.reference import load_barriers
from workwell_desktop.domain.sessions import Advice
from workwell_desktop.errors import BadInput, in_a_line
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_facts import PINNED, Gathered, gather, partnership_line, title_of
from workwell_desktop.services.planning.adjustment_catalogue import rows
from workwell_desktop.services.planning.commitments import MAY_ADVISE
from workwell_desktop.services.planning.plan_words import OF_WORK
from workwell_desktop.store import Reader

BOXES = ("phased", "altered_hours", "amended_duties", "adaptations")
"""The options of a fit note, in its order."""


def head_of(desk: Desk, reader: Reader, document: Id, *, neutral: bool = False) -> PaperHead:
    """The head of a paper of today; ``neutral`` says no more than the service's plain name."""
    partnership = reader.list(Partnership)[0]
    before = reader.find(Document, document)
    line = desk.site.service.neutral_name if neutral else partnership_line(desk.site, partnership)
    return PaperHead(
        document=document,
        partnership=line,
        dated=desk.clock.today(),
        version=(before.version or 1) if before is not None else 1,
        controller=partnership.controller or desk.site.service.controller,
    )


def phased_facts(desk: Desk, reader: Reader, plan: Plan, document: Id) -> PhasedReturnFacts:
    """The weeks, in words that may be read at work. Raises BadInput ``unfit_for_employer`` with one that may not."""
    found = gather(reader, desk.site, plan, (), desk.clock.today())
    _refuse(*_of_weeks(found.weeks))
    return PhasedReturnFacts(
        head=head_of(desk, reader, document),
        name=found.person.name,
        contact=_contact(desk, reader, plan.scope),
        weeks=found.weeks,
        employer=found.work.employer if found.work else None,
        usual_hours=found.work.usual_hours if found.work else None,
        review_on=plan.review_on,
    )


def card_facts(desk: Desk, reader: Reader, participant: Id, document: Id) -> ServiceCardFacts:
    """Whom to call; nothing about the person."""
    lines = (one for one in desk.site.crisis if one.code not in PINNED)
    return ServiceCardFacts(
        head=replace(head_of(desk, reader, document, neutral=True), version=1),
        contact=_contact(desk, reader, participant, first_name=True),
        crisis_lines=tuple(CrisisLine(label=one.label, number=one.number) for one in lines),
    )


def adviser_of(reader: Reader, draft: Advice) -> Person | None:
    """Who wrote a draft, where their profession may issue that paper."""
    person = reader.find(Person, draft.author) if draft.author else None
    allowed = MAY_ADVISE.get(draft.kind, frozenset()) if draft.kind is not None else frozenset()
    return person if person is not None and person.profession in allowed else None


def advice_facts(desk: Desk, reader: Reader, plan: Plan, draft: Advice, document: Id) -> AdviceOfFacts:
    """What a professional issues their paper from. Raises BadInput ``may_not_advise``, and ``unfit_for_employer``: both
    papers come to be read by an employer."""
    adviser = adviser_of(reader, draft)
    if adviser is None:
        raise BadInput("may_not_advise")
    found = gather(reader, desk.site, plan, (), desk.clock.today())
    hard = _rows(found)
    _refuse(plan.function, draft.text, *(part for row in hard for part in row), *_of_weeks(found.weeks))
    return AdviceOfFacts(
        head=head_of(desk, reader, document),
        name=found.person.name,
        adviser=adviser.name or "",
        title=title_of(adviser),
        organisation=found.partnership.name or desk.site.name,
        contact=_contact(desk, reader, plan.scope),
        born=found.person.birth_date,
        registration=adviser.registration_number,
        advised_on=london_day(draft.at) if draft.at else None,
        draft=draft.text,
        function=plan.function,
        options=_options(found),
        rows=hard,
        weeks=found.weeks,
        starts_on=_first(found.weeks),
        review_on=plan.review_on,
    )


def _rows(found: Gathered) -> tuple[tuple[str, str], ...]:
    """What is hard at work, by the change that is asked for; barriers that name a condition are left out."""
    words = {one.code: one.words for one in load_barriers()}
    known = {row.code: row for row in rows()}
    made = []
    for one in found.adjustments:
        if one.answer is EmployerAnswer.REFUSED or not one.text:
            continue
        row = known.get(one.code) if one.code else None
        codes = [code for code in OF_WORK if row is not None and code in row.barriers]
        hard = "; ".join(words[code] for code in codes if code in words and first_in(words[code]) is None)
        made.append((hard or text("paper_words.hard_to_say"), one.text))
    return tuple(made)


def _options(found: Gathered) -> tuple[str, ...]:
    known = {row.code: row.boxes for row in rows()}
    wanted = [one for one in found.adjustments if one.answer is not EmployerAnswer.REFUSED]
    boxes = {box for one in wanted if one.code for box in known.get(one.code, ())}
    if found.weeks:
        boxes.add("phased")
    return tuple(text(f"absence.option.{box}") for box in BOXES if box in boxes)


def _of_weeks(weeks: tuple[WeekFact, ...]) -> list[str | None]:
    return [part for one in weeks for part in (one.duties, one.duties_out, one.place, one.check_in_by)]


def _first(weeks: tuple[WeekFact, ...]) -> date | None:
    return min((one.starts_on for one in weeks), default=None)


def _refuse(*said: str | None) -> None:
    word = next((found for one in said if (found := first_in(one))), None)
    if word is not None:
        raise BadInput("unfit_for_employer", word=in_a_line(word))


def _contact(desk: Desk, reader: Reader, participant: Id, *, first_name: bool = False) -> Contact:
    service, partnership = desk.site.service, reader.list(Partnership)[0]
    episode = present_episode(reader, participant)
    coach = reader.find(Person, episode.coach) if isinstance(episode, Episode) and episode.coach else None
    name = (coach.name if coach else None) or (service.neutral_name if first_name else service.name)
    return Contact(
        name=name.split()[0] if first_name and coach else name,
        phone=(coach.phone if coach else None) or partnership.phone or service.phone,
        hours=partnership.hours or service.hours,
        email=None if first_name else (coach.email if coach else None) or service.email,
    )
