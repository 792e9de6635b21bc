"""Gathers for each recipient only what that recipient may see, from the records of one plan.

What stands on a paper for the employer is named here field by field: nothing of health, measures, risk or another
agency is ever read into it.
"""

from dataclasses import dataclass, replace
from datetime import date

from workwell_desktop.catalogue import has, text
from workwell_desktop.documents.facts import (
    ActionFact,
    ChangeFact,
    Contact,
    CrisisLine,
    EmployerSummaryFacts,
    GoalFact,
    GpSummaryFacts,
    MeasureFact,
    PaperHead,
    ParticipantPlanFacts,
    SignatoryFact,
    WeekFact,
)
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.people import Partnership, Person, Profession
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    EmployerAnswer,
    Goal,
    OwnerKind,
    Plan,
    PlanType,
    SignatoryRole,
)
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Advice, AdviceKind
from workwell_desktop.domain.site import Site
from workwell_desktop.services._reads import latest_work
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.person.going_back import steps_of
from workwell_desktop.store import Reader

PINNED = frozenset({"danger", "mental_health", "listening", "text"})
"""Crisis lines that every paper for the participant carries by itself."""


@dataclass(frozen=True)
class Gathered:
    """What the papers of one plan are made from, read once."""

    site: Site
    plan: Plan
    person: Participant
    work: WorkSituation | None
    people: dict[Id, Person]
    coach: Person | None
    partnership: Partnership
    actions: tuple[Action, ...]
    adjustments: tuple[Adjustment, ...]
    goals: tuple[Goal, ...]
    weeks: tuple[WeekFact, ...]
    measures: tuple[MeasureView, ...]
    fit_note_advice: str | None
    """The newest draft that was chosen for the GP."""
    dated: date


def gather(reader: Reader, site: Site, plan: Plan, measures: tuple[MeasureView, ...], today: date) -> Gathered:
    """Reads everything once; ``measures`` go to the GP alone."""
    people = staff(reader)
    episode = reader.find(Episode, plan.episode)
    dropped = (ActionStatus.NOT_NEEDED,)
    return Gathered(
        site=site,
        plan=plan,
        person=reader.get(Participant, plan.scope),
        work=latest_work(reader, plan.scope),
        people=people,
        coach=people.get(episode.coach) if episode is not None and episode.coach else None,
        partnership=reader.list(Partnership)[0],
        actions=tuple(
            one for one in reader.list(Action, order_by="position", episode=plan.episode) if one.status not in dropped
        ),
        adjustments=tuple(reader.list(Adjustment, order_by="position", episode=plan.episode)),
        goals=tuple(reader.list(Goal, order_by="position", episode=plan.episode)),
        weeks=tuple(
            WeekFact(
                starts_on=one.starts_on,
                hours=one.hours,
                days=days,
                start=one.start,
                finish=one.finish,
                duties=one.duties,
                duties_out=one.duties_out,
                place=one.place,
                check_in=one.check_in,
                check_in_by=one.check_in_by,
            )
            for one, days in steps_of(reader, plan.episode)
            if one.starts_on is not None and one.hours is not None
        ),
        measures=measures,
        fit_note_advice=_chosen_advice(reader, plan.scope),
        dated=plan.agreed_on or today,
    )


def _chosen_advice(reader: Reader, participant: Id) -> str | None:
    found = reader.list(
        Advice, order_by=("-at", "-id"), scope=participant, kind=AdviceKind.FIT_NOTE, for_gp=True, limit=1
    )
    return found[0].text if found else None


def participant_facts(found: Gathered, document: Id, signatories: tuple[SignatoryFact, ...]) -> ParticipantPlanFacts:
    """The person's own plan: everything agreed, in their words, with whom to call."""
    plan, work = found.plan, found.work
    plan_type = plan.type or PlanType.STAY_IN_WORK
    return ParticipantPlanFacts(
        head=_head(found, document),
        name=found.person.name,
        type=plan_type,
        contact=_contact(found, first_name=True),
        title=found.site.plans[plan_type].title if plan_type in found.site.plans else None,
        what_matters=plan.what_matters,
        goals=tuple(GoalFact(text=one.text or "", by=one.by) for one in found.goals),
        actions=tuple(
            replace(_action(one, _to_participant(found, one)), yours=one.owner_kind is OwnerKind.PARTICIPANT)
            for one in found.actions
        ),
        employer=work.employer if work else None,
        changes=_changes(found),
        weeks=found.weeks,
        usual_hours=work.usual_hours if work else None,
        strengths=plan.strengths,
        if_worse=plan.if_worse,
        review_on=plan.review_on,
        crisis_lines=tuple(
            CrisisLine(label=line.label, number=line.number) for line in found.site.crisis if line.code not in PINNED
        ),
        signatories=signatories,
    )


def gp_facts(
    found: Gathered, document: Id, signatories: tuple[SignatoryFact, ...], approved_on: date | None
) -> GpSummaryFacts:
    """For the practice: the problem, what the person can do, measures, requests; risk only as a clinician wrote it."""
    plan = found.plan
    return GpSummaryFacts(
        head=_head(found, document),
        practice=found.person.gp_practice or "",
        fit_note_advice=found.fit_note_advice,
        name=found.person.name,
        contact=_contact(found),
        date_of_birth=found.person.birth_date,
        nhs_number=found.person.nhs_number,
        problem=plan.gp_problem,
        function=plan.function,
        own_words=plan.what_matters,
        measures=tuple(_measure(one) for one in found.measures if one.value is not None and one.at is not None),
        risk=plan.gp_risk,
        actions=tuple(_action(one, _to_others(found, one)) for one in found.actions),
        changes=_changes(found),
        weeks=found.weeks,
        request=plan.gp_request,
        review_on=plan.review_on,
        approved_on=approved_on,
        signatories=signatories,
        looking=plan.type is PlanType.SEEK_WORK,
    )


def employer_facts(
    found: Gathered, document: Id, signatories: tuple[SignatoryFact, ...], approved_on: date | None
) -> EmployerSummaryFacts:
    """For the employer: function, changes, weeks, review; and only the actions that are marked for them."""
    plan, work = found.plan, found.work
    return EmployerSummaryFacts(
        head=_head(found, document),
        employer=(work.employer if work else None) or "",
        name=found.person.name,
        contact=_contact(found),
        function=plan.function,
        changes=_changes(found),
        actions=tuple(_action(one, _to_employer(found, one)) for one in _for_employer(found)),
        weeks=found.weeks,
        usual_hours=work.usual_hours if work else None,
        review_on=plan.review_on,
        approved_on=approved_on,
        signatories=signatories,
    )


def unfit_for_employer(found: Gathered) -> str | None:
    """The first word of the employer's summary that has no place there, as somebody wrote it, or None."""
    told = [found.plan.function]
    told += [part for one in found.adjustments for part in (one.text, one.answer_note)]
    told += [one.text for one in _for_employer(found)]
    told += [part for one in found.weeks for part in (one.duties, one.duties_out, one.place, one.check_in_by)]
    return next((word for one in told if (word := first_in(one))), None)


def recipient_name(found: Gathered, kind: PaperKind) -> str | None:
    """Who gets a paper, by name; None where nobody is known: then it cannot be made."""
    if kind is PaperKind.PARTICIPANT_PLAN:
        return found.person.name
    if kind is PaperKind.GP_SUMMARY:
        return found.person.gp_practice
    if kind is PaperKind.EMPLOYER_SUMMARY:
        return found.work.employer if found.work else None
    return None


def title_of(person: Person | None) -> str:
    """What somebody is, in words."""
    return text(f"paper_words.title.{(person.profession if person else None) or Profession.OTHER}")


def statement_of(role: SignatoryRole, called: str) -> str:
    """What somebody puts their name to."""
    return text(f"paper_words.statement.{role.value}", name=called)


def partnership_line(site: Site, partnership: Partnership) -> str:
    """What stands beside the mark on every paper."""
    return text("paper_words.partnership", name=partnership.name or site.name, service=site.service.name.lower())


def _head(found: Gathered, document: Id) -> PaperHead:
    return PaperHead(
        document=document,
        partnership=partnership_line(found.site, found.partnership),
        dated=found.dated,
        version=found.plan.version or 1,
        controller=found.partnership.controller or found.site.service.controller,
    )


def _contact(found: Gathered, *, first_name: bool = False) -> Contact:
    service, coach = found.site.service, found.coach
    name = (coach.name if coach else None) or service.name
    return Contact(
        name=name.split()[0] if first_name and coach else name,
        phone=(coach.phone if coach else None) or found.partnership.phone or service.phone,
        hours=found.partnership.hours or service.hours,
        title=title_of(coach) if coach else None,
        email=(coach.email if coach else None) or service.email,
    )


def _action(one: Action, owner: str) -> ActionFact:
    return ActionFact(owner=owner, text=one.text or "", by=one.due, done=one.status is ActionStatus.DONE)


def _to_participant(found: Gathered, one: Action) -> str:
    if one.owner_kind is OwnerKind.PARTICIPANT:
        return text("paper_words.you")
    if one.owner_kind is OwnerKind.EMPLOYER:
        return one.owner_name or text("paper_words.your_employer")
    person = found.people.get(one.owner) if one.owner else None
    if person is None or not person.name:
        return one.owner_name or ""
    first = person.name.split()[0]
    if found.coach is not None and person.id == found.coach.id:
        return text("paper_words.coach", name=first)
    return text("paper_words.staff", name=person.name, title=_small(title_of(person)))


def _to_others(found: Gathered, one: Action) -> str:
    if one.owner_kind is OwnerKind.PARTICIPANT:
        return found.person.name
    person = found.people.get(one.owner) if one.owner else None
    if person is None or not person.name:
        return one.owner_name or ""
    return text("paper_words.staff", name=person.name, title=_small(title_of(person)))


def _for_employer(found: Gathered) -> tuple[Action, ...]:
    """What is theirs, and what is marked for them; never what another agency does, even where it is marked."""
    return tuple(
        one
        for one in found.actions
        if one.owner_kind is OwnerKind.EMPLOYER or (one.for_employer and one.owner_kind is not OwnerKind.OTHER)
    )


def _to_employer(found: Gathered, one: Action) -> str:
    """The coach by name and every other one of us as the service: a therapist's name or title would say why."""
    if one.owner_kind is OwnerKind.STAFF:
        coach = found.coach
        return coach.name if coach is not None and coach.name and coach.id == one.owner else found.site.service.name
    return _to_others(found, one)


def _small(title: str) -> str:
    """A profession within a sentence; a title of capitals, such as Work and Health Coach, stays as it is."""
    return title[:1].lower() + title[1:] if title[1:].islower() else title


def _changes(found: Gathered) -> tuple[ChangeFact, ...]:
    """What is asked for and what the employer said, without the reason it is needed for."""
    return tuple(
        ChangeFact(
            text=one.text or "",
            answer=one.answer or EmployerAnswer.ASKED,
            answer_note=one.answer_note,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            review_on=one.review_on,
        )
        for one in found.adjustments
    )


def _measure(one: MeasureView) -> MeasureFact:
    value = one.shown(one.value) if one.value is not None else ""
    if one.highest is not None and one.out_of:
        value = text("paper_words.measure", value=value, highest=one.shown(one.highest))
    meaning = text(one.band) if one.band and has(one.band) else None
    assert one.at is not None  # noqa: S101 - the caller left out those without a moment
    return MeasureFact(name=one.name, on=london_day(one.at), value=value, meaning=meaning)
