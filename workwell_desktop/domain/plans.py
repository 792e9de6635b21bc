"""Obstacles become actions and changes at work; the plan gathers them in the person's words."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workwell_desktop.domain.records import Code, Id, Record, Scope, record
from workwell_desktop.domain.values import BlobRef


class ObstacleKind(StrEnum):
    """The flags framework in plain words (Kendall, Burton, Main and Watson 2009)."""

    PERSON = "person"
    WORKPLACE = "workplace"
    CONTEXT = "context"


class ObstacleStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    LEFT = "left"


@record("obstacle", Scope.PARTICIPANT)
class Obstacle(Record):
    """What gets in the way. ``left_reason`` says why it has no action for now."""

    episode: Id | None = None
    kind: ObstacleKind | None = None
    text: str | None = None
    noted_on: date | None = None
    status: ObstacleStatus | None = None
    left_reason: str | None = None
    position: str | None = None


@record("goal", Scope.PARTICIPANT)
class Goal(Record):
    """What the person wants, in their words. ``level`` is goal attainment, -2 to +2."""

    episode: Id | None = None
    text: str | None = None
    by: date | None = None
    level: int | None = None
    position: str | None = None


class ActionKind(StrEnum):
    IN_HOUSE = "in_house"
    REFERRAL = "referral"
    SIGNPOST = "signpost"
    ADJUSTMENT = "adjustment"
    SELF = "self"
    EMPLOYER = "employer"


class ActionStatus(StrEnum):
    """``overdue`` is derived from the date, never stored."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"
    BLOCKED = "blocked"


class OwnerKind(StrEnum):
    """Who does it: one of ours (``owner`` is the person), the participant, the employer, or another by name."""

    STAFF = "staff"
    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    OTHER = "other"


@record("action", Scope.PARTICIPANT)
class Action(Record):
    """One thing that one owner does by one date."""

    episode: Id | None = None
    obstacle: Id | None = None
    discussion: Id | None = None
    kind: ActionKind | None = None
    text: str | None = None
    owner_kind: OwnerKind | None = None
    owner: Id | None = None
    owner_name: str | None = None
    due: date | None = None
    status: ActionStatus | None = None
    done_on: date | None = None
    effect: str | None = None
    for_employer: bool | None = None
    """Whether it may stand in the employer's copy; only work matters may."""
    position: str | None = None


class EmployerAnswer(StrEnum):
    """``agreed`` only when the employer says so: what we recommend is a request."""

    ASKED = "asked"
    AGREED = "agreed"
    AGREED_WITH_CHANGE = "agreed_with_change"
    TRIAL = "trial"
    NOT_NOW = "not_now"
    REFUSED = "refused"


class AdjustmentStatus(StrEnum):
    """Whether the change is there: an employer may agree long before it is."""

    NOT_YET = "not_yet"
    IN_PLACE = "in_place"
    ENDED = "ended"


class Effect(StrEnum):
    """What the person says came of it."""

    HELPED = "helped"
    A_BIT = "a_bit"
    NO = "no"
    WORSE = "worse"


@record("adjustment", Scope.PARTICIPANT)
class Adjustment(Record):
    """A change at work. ``code`` names the catalogue row that it came from, or is None for the person's own."""

    episode: Id | None = None
    obstacle: Id | None = None
    code: Code | None = None
    text: str | None = None
    reason: str | None = None
    asked_by: Id | None = None
    """Who of ours thought of it."""
    asked_on: date | None = None
    """When the employer was asked."""
    answer: EmployerAnswer | None = None
    answer_note: str | None = None
    """What they said: why not, or what they would do instead."""
    answered_by: str | None = None
    """Who at the employer said so, by name or role."""
    answered_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    """The last day that is asked for; None where it is meant to stay."""
    trial_until: date | None = None
    review_on: date | None = None
    funding: str | None = None
    """Who pays, in words: the employer, Access to Work, nobody needs to."""
    status: AdjustmentStatus | None = None
    effect: Effect | None = None
    effect_note: str | None = None
    position: str | None = None


@record("return_week", Scope.PARTICIPANT)
class ReturnWeek(Record):
    """One step of going back bit by bit. ``days`` are codes mon to sun; ``hours`` a week in all."""

    episode: Id | None = None
    position: str | None = None
    starts_on: date | None = None
    days: frozenset[str] = frozenset()
    hours: Decimal | None = None
    start: str | None = None
    """When a day starts, ``HH:MM``."""
    finish: str | None = None
    on_call: bool | None = None
    """Whether nights or being on call are part of it."""
    duties: str | None = None
    duties_out: str | None = None
    """What is left out for now."""
    place: str | None = None
    """Where: at work, at home, how to get there."""
    check_in: date | None = None
    check_in_by: str | None = None
    """Who asks how it goes."""


class PlanType(StrEnum):
    """Three plans by situation; the site pack labels them."""

    STAY_IN_WORK = "stay_in_work"
    RETURN_TO_WORK = "return_to_work"
    SEEK_WORK = "seek_work"


class PlanStatus(StrEnum):
    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    SUPERSEDED = "superseded"


@record("plan", Scope.PARTICIPANT)
class Plan(Record):
    """One version of the plan. ``covers`` are the changes that its signatures stand for."""

    episode: Id | None = None
    type: PlanType | None = None
    version: int | None = None
    status: PlanStatus | None = None
    what_matters: str | None = None
    strengths: str | None = None
    if_worse: str | None = None
    function: str | None = None
    """What the person can do and finds hard at work, in words fit for an employer: no diagnosis."""
    gp_problem: str | None = None
    """For the GP: the problem in the coach's or clinician's words."""
    gp_request: str | None = None
    """"Please consider…": a request, never a task."""
    gp_risk: str | None = None
    """What a clinician chose to tell the GP about risk, once the participant has seen it; never from an answer."""
    review_on: date | None = None
    agreed_on: date | None = None
    supersedes: Id | None = None
    covers: frozenset[str] = frozenset()


class SignatoryRole(StrEnum):
    COACH = "coach"
    PARTICIPANT = "participant"
    CLINICIAN = "clinician"
    CHAIR = "chair"


class SignatureOutcome(StrEnum):
    """Declining is an outcome with a reason, not an error."""

    AWAITED = "awaited"
    SIGNED = "signed"
    DECLINED = "declined"
    UNABLE = "unable"


@record("signatory", Scope.PARTICIPANT)
class Signatory(Record):
    """Who is to sign one plan, settled before the first signature, and what came of it."""

    plan: Id | None = None
    role: SignatoryRole | None = None
    person: Id | None = None
    name: str | None = None
    outcome: SignatureOutcome | None = None
    reason: str | None = None
    ink: BlobRef | None = None
    at: datetime | None = None
    position: str | None = None
