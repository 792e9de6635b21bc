"""What the four steps of a plan show: plain values, never sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workwell_desktop.domain.plans import (
    ActionKind,
    ActionStatus,
    AdjustmentStatus,
    Effect,
    EmployerAnswer,
    ObstacleKind,
    OwnerKind,
    PlanStatus,
    PlanType,
    SignatoryRole,
    SignatureOutcome,
)
from workwell_desktop.domain.records import Code, Id


@dataclass(frozen=True, slots=True)
class Owner:
    """One who may own an action; exactly one of ``person`` and a kind other than staff says who."""

    kind: OwnerKind
    person: Id | None
    name: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action under its obstacle."""

    action: Id
    text: str
    kind: ActionKind | None
    owner: Owner | None
    due: date | None
    status: ActionStatus
    overdue_days: int
    done_on: date | None
    for_employer: bool
    effect: str | None


@dataclass(frozen=True, slots=True)
class ObstacleRow:
    """One obstacle with what is done about it. ``covered``: it has an action or a change at work, or was left."""

    obstacle: Id
    kind: ObstacleKind
    text: str
    noted_on: date | None
    done: bool
    left_reason: str | None
    covered: bool
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """What the person wants, in their words."""

    goal: Id
    text: str
    by: date | None
    level: int | None


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A change at work that is asked for, the employer's answer, whether it is there and what came of it."""

    adjustment: Id
    code: Code | None
    text: str
    reason: str | None
    obstacle: Id | None
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    answer: EmployerAnswer | None
    answer_note: str | None
    asked_by: Id | None
    asked_on: date | None
    answered_by: str | None
    answered_on: date | None
    trial_until: date | None
    funding: str | None
    status: AdjustmentStatus | None
    effect: Effect | None
    effect_note: str | None


@dataclass(frozen=True, slots=True)
class AdjustmentChoice:
    """A row of the catalogue of changes at work. ``fits`` are the obstacles of this plan that share a word with it;
    ``boxes`` the boxes of a fit note that it belongs to, as codes of ``domain.evidence.Option``."""

    code: Code
    text: str
    group: str
    note: str | None
    fits: tuple[str, ...]
    chosen: bool
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeTip:
    """Changes at work that fit one obstacle, at most two; ``asked``: others here asked for each of them."""

    obstacle: Id
    text: str
    changes: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One step of going back bit by bit. ``share`` is the part of the usual week, 0 to 1, None where unknown."""

    week: Id
    number: int
    starts_on: date | None
    days: tuple[str, ...]
    hours: Decimal | None
    start: str | None
    finish: str | None
    share: Decimal | None
    duties: str | None
    check_in: date | None
    on_call: bool
    duties_out: str | None
    place: str | None
    check_in_by: str | None


@dataclass(frozen=True, slots=True)
class WeekWarning:
    """A check, never a block. ``code`` is one of ``domain.returning``; ``weeks`` are numbers from 1."""

    code: str
    weeks: tuple[int, ...]
    on: date | None


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """Who is to sign, in order, and what came of it."""

    signatory: Id
    role: SignatoryRole
    person: Id | None
    name: str
    profession: Code | None
    registration: str | None
    outcome: SignatureOutcome
    reason: str | None
    at: datetime | None
    next: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """One version of a plan, whole."""

    plan: Id
    participant: Id
    episode: Id
    type: PlanType
    version: int
    status: PlanStatus
    what_matters: str | None
    strengths: str | None
    if_worse: str | None
    function: str | None
    gp_problem: str | None
    gp_request: str | None
    gp_risk: str | None
    review_on: date | None
    agreed_on: date | None
    employer: str | None
    usual_hours: Decimal | None
    obstacles: tuple[ObstacleRow, ...]
    loose_actions: tuple[ActionRow, ...]
    covered: int
    goals: tuple[GoalRow, ...]
    adjustments: tuple[AdjustmentRow, ...]
    weeks: tuple[WeekRow, ...]
    warnings: tuple[WeekWarning, ...]
    signatories: tuple[SignatoryRow, ...]
    owners: tuple[Owner, ...]
    missing: tuple[str, ...]
    """Codes of what stands in the way of signing: ``obstacle_uncovered``, ``no_actions``, ``no_review`` …"""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in the list Plans and papers."""

    plan: Id
    participant: Id
    name: str
    born: date | None
    address: str | None
    type: PlanType
    version: int
    status: PlanStatus
    review_on: date | None
    missing: tuple[str, ...]
