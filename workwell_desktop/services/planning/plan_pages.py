"""What the page Plan and the list Plans and papers read."""

from datetime import date
from decimal import Decimal

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    Goal,
    Obstacle,
    ObstacleStatus,
    OwnerKind,
    Plan,
    PlanStatus,
    PlanType,
    Signatory,
    SignatureOutcome,
)
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.returning import Week, warnings
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import latest_work
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment._absence import Standing, evidence_of
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.person.going_back import steps_of
from workwell_desktop.services.planning.adjustments import adjustment_row
from workwell_desktop.services.planning.plan_views import (
    ActionRow,
    AdjustmentRow,
    GoalRow,
    ObstacleRow,
    Owner,
    PlanLine,
    PlanView,
    SignatoryRow,
    WeekRow,
    WeekWarning,
)
from workwell_desktop.services.planning.signing_order import in_order, next_of
from workwell_desktop.store import Reader

TIREDNESS = "FTG"
"""Its code in ``adjustments/barriers.csv``."""


def view_plan(desk: Desk, plan: Id) -> PlanView:
    """One version of a plan, whole, with what stands in the way of signing."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        view = plan_in(reader, found, desk.clock.today(), _programme_ends(desk, reader, found))
    desk.opened(view.participant)
    return view


def list_plans(desk: Desk) -> list[PlanLine]:
    """The newest plan of each episode that runs: those being signed or ready first, then drafts, then signed ones."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        running = {one.id for one in reader.list(Episode, status=EpisodeStatus.ACTIVE)}
        newest: dict[Id, Plan] = {}
        for one in reader.list(Plan, order_by="version"):
            if one.episode in running and one.episode is not None:
                newest[one.episode] = one
        lines = [_line(reader, one) for one in newest.values()]
    rank = {PlanStatus.SIGNING: 0, PlanStatus.DRAFT: 1, PlanStatus.SIGNED: 2, PlanStatus.SUPERSEDED: 3}
    return sorted(lines, key=lambda one: (rank[one.status], bool(one.missing), one.name, one.plan))


def plan_in(reader: Reader, found: Plan, today: date, programme_ends: date | None) -> PlanView:
    """The view of a plan inside a read."""
    if found.episode is None:
        raise BadInput("not_found")
    person, people = reader.get(Participant, found.scope), staff(reader)
    work = latest_work(reader, found.scope)
    obstacles, loose = obstacles_of(reader, found, person, people, today)
    weeks = weeks_of(reader, found, work)
    signatories = reader.list(Signatory, plan=found.id)
    return PlanView(
        plan=found.id,
        participant=found.scope,
        episode=found.episode,
        type=found.type or PlanType.STAY_IN_WORK,
        version=found.version or 1,
        status=found.status or PlanStatus.DRAFT,
        what_matters=found.what_matters,
        strengths=found.strengths,
        if_worse=found.if_worse,
        function=found.function,
        gp_problem=found.gp_problem,
        gp_request=found.gp_request,
        gp_risk=found.gp_risk,
        review_on=found.review_on,
        agreed_on=found.agreed_on,
        employer=work.employer if work else None,
        usual_hours=work.usual_hours if work else None,
        obstacles=obstacles,
        loose_actions=loose,
        covered=sum(1 for one in obstacles if one.covered),
        goals=goals_of(reader, found),
        adjustments=adjustments_of(reader, found),
        weeks=weeks,
        warnings=_warnings(
            weeks,
            work,
            evidence_of(reader, found.scope, work, today),
            programme_ends,
            tired=_tires(obstacles, work),
        ),
        signatories=_signatories(signatories, people),
        owners=_owners(person, work, people),
        missing=missing_in(reader, found),
    )


def missing_in(reader: Reader, found: Plan) -> tuple[str, ...]:
    """Codes of what a plan lacks before it can be signed."""
    lacks = []
    actions = reader.list(Action, episode=found.episode)
    asked = reader.list(Adjustment, episode=found.episode)
    open_ones = reader.list(Obstacle, episode=found.episode, status=ObstacleStatus.OPEN)
    covered = {one.obstacle for one in actions} | {one.obstacle for one in asked}
    if any(one.id not in covered for one in open_ones):
        lacks.append("obstacle_uncovered")
    if not actions:
        lacks.append("no_actions")
    if any(one.due is None or one.owner_kind is None for one in actions):
        lacks.append("action_incomplete")
    if found.review_on is None:
        lacks.append("no_review")
    if not found.what_matters:
        lacks.append("no_what_matters")
    return tuple(lacks)


def obstacles_of(
    reader: Reader, found: Plan, person: Participant, people: dict[Id, Person], today: date
) -> tuple[tuple[ObstacleRow, ...], tuple[ActionRow, ...]]:
    """Each obstacle with its actions, and the actions that stand under none."""
    actions = reader.list(Action, order_by="position", episode=found.episode)
    asked = {one.obstacle for one in reader.list(Adjustment, episode=found.episode)}
    rows: dict[Id | None, list[ActionRow]] = {}
    for one in actions:
        rows.setdefault(one.obstacle, []).append(_action(one, person, people, today))
    obstacles = reader.list(Obstacle, order_by="position", episode=found.episode)
    return tuple(
        ObstacleRow(
            obstacle=one.id,
            kind=one.kind,
            text=one.text or "",
            noted_on=one.noted_on,
            done=one.status is ObstacleStatus.DONE,
            left_reason=one.left_reason if one.status is ObstacleStatus.LEFT else None,
            covered=one.id in rows or one.id in asked or one.status is not ObstacleStatus.OPEN,
            actions=tuple(rows.get(one.id, ())),
        )
        for one in obstacles
        if one.kind is not None
    ), tuple(rows.get(None, ()))


def goals_of(reader: Reader, found: Plan) -> tuple[GoalRow, ...]:
    """Goals in their order."""
    return tuple(
        GoalRow(one.id, one.text or "", one.by, one.level)
        for one in reader.list(Goal, order_by="position", episode=found.episode)
    )


def adjustments_of(reader: Reader, found: Plan) -> tuple[AdjustmentRow, ...]:
    """Changes at work in their order."""
    return tuple(adjustment_row(one) for one in reader.list(Adjustment, order_by="position", episode=found.episode))


def weeks_of(reader: Reader, found: Plan, work: WorkSituation | None) -> tuple[WeekRow, ...]:
    """Steps of going back, by the day they begin."""
    usual = work.usual_hours if work else None
    return tuple(
        WeekRow(
            week=one.id,
            number=number,
            starts_on=one.starts_on,
            days=days,
            hours=one.hours,
            start=one.start,
            finish=one.finish,
            share=(one.hours / usual).quantize(Decimal("0.001")) if one.hours is not None and usual else None,
            duties=one.duties,
            check_in=one.check_in,
            on_call=bool(one.on_call),
            duties_out=one.duties_out,
            place=one.place,
            check_in_by=one.check_in_by,
        )
        for number, (one, days) in enumerate(steps_of(reader, found.episode), start=1)
    )


def _action(one: Action, person: Participant, people: dict[Id, Person], today: date) -> ActionRow:
    late = one.status is ActionStatus.OPEN and one.due is not None
    return ActionRow(
        action=one.id,
        text=one.text or "",
        kind=one.kind,
        owner=owner_of(one, person, people),
        due=one.due,
        status=one.status or ActionStatus.OPEN,
        overdue_days=max(0, (today - one.due).days) if late and one.due else 0,
        done_on=one.done_on,
        for_employer=bool(one.for_employer),
        effect=one.effect,
    )


def owner_of(one: Action, person: Participant, people: dict[Id, Person]) -> Owner | None:
    """Who does it, by the name that pages and papers use."""
    if one.owner_kind is None:
        return None
    if one.owner_kind is OwnerKind.PARTICIPANT:
        return Owner(one.owner_kind, None, person.called)
    return Owner(one.owner_kind, one.owner, name_of(people, one.owner) or one.owner_name or "")


def _owners(person: Participant, work: WorkSituation | None, people: dict[Id, Person]) -> tuple[Owner, ...]:
    ours = sorted((one for one in people.values() if one.active is not False), key=lambda one: (one.name or "", one.id))
    employer = [Owner(OwnerKind.EMPLOYER, None, work.employer)] if work and work.employer else []
    staff_owners = [Owner(OwnerKind.STAFF, one.id, one.name or "") for one in ours]
    return (Owner(OwnerKind.PARTICIPANT, None, person.called), *staff_owners, *employer)


def _signatories(found: list[Signatory], people: dict[Id, Person]) -> tuple[SignatoryRow, ...]:
    upcoming = next_of(found)
    rows = []
    for one in in_order(found):
        if one.role is None:
            continue
        ours = people.get(one.person) if one.person else None
        rows.append(
            SignatoryRow(
                signatory=one.id,
                role=one.role,
                person=one.person,
                name=one.name or "",
                profession=Code(ours.profession.value) if ours and ours.profession else None,
                registration=ours.registration_number if ours else None,
                outcome=one.outcome or SignatureOutcome.AWAITED,
                reason=one.reason,
                at=one.at,
                next=upcoming is not None and upcoming.id == one.id,
            )
        )
    return tuple(rows)


def _warnings(
    weeks: tuple[WeekRow, ...],
    work: WorkSituation | None,
    stands: Standing | None,
    ends: date | None,
    *,
    tired: bool,
) -> tuple[WeekWarning, ...]:
    plain = [Week(one.starts_on, frozenset(one.days), one.hours, one.start, one.finish, one.on_call) for one in weeks]
    found = warnings(
        plain,
        usual_hours=work.usual_hours if work else None,
        evidence_until=stands.until if stands else None,
        programme_ends=ends,
        tired=tired,
    )
    return tuple(WeekWarning(one.code, one.weeks, one.on) for one in found)


def _tires(obstacles: tuple[ObstacleRow, ...], work: WorkSituation | None) -> bool:
    """Whether tiredness is among what is hard: ticked with the work, or said as an obstacle that is still there."""
    if work is not None and TIREDNESS in work.demands:
        return True
    said = " ".join(one.text.lower() for one in obstacles if not one.done)
    return any(word in said for word in text("plan.tired_words").split(", "))


def _programme_ends(desk: Desk, reader: Reader, found: Plan) -> date | None:
    episode = reader.find(Episode, found.episode) if found.episode else None
    return programme(desk.site, episode, latest_work(reader, found.scope), desk.clock.today()).ends_on


def _line(reader: Reader, found: Plan) -> PlanLine:
    person = reader.get(Participant, found.scope)
    return PlanLine(
        plan=found.id,
        participant=found.scope,
        name=person.name,
        born=person.birth_date,
        address=person.address,
        type=found.type or PlanType.STAY_IN_WORK,
        version=found.version or 1,
        status=found.status or PlanStatus.DRAFT,
        review_on=found.review_on,
        missing=missing_in(reader, found) if found.status is PlanStatus.DRAFT else (),
    )
