"""From referral to closure."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.records import Code, Id, Record, Scope, record


class ReferralSource(StrEnum):
    """How somebody comes in."""

    SELF = "self"
    GP = "gp"
    PHARMACIST = "pharmacist"
    EMPLOYER = "employer"
    JOBCENTRE = "jobcentre"
    TALKING_THERAPIES = "talking_therapies"
    OTHER_NHS = "other_nhs"
    COUNCIL = "council"
    COMMUNITY = "community"
    HOUSING = "housing"
    OTHER = "other"


@record("referral", Scope.PARTICIPANT)
class Referral(Record):
    """Somebody asks for help, or is sent."""

    source: ReferralSource | None = None
    received_on: date | None = None
    organisation: str | None = None
    """From where: the practice, the employer, the Jobcentre office. Which fields a source has: ``domain.coming_in``."""
    referrer_name: str | None = None
    referrer_role: str | None = None
    referrer_contact: str | None = None
    reference: str | None = None
    """Number or word by which whoever sends them knows this referral."""
    person_knows: bool | None = None
    """Whether the person knows of the referral and wants it. It is never an agreement to take part."""
    heard_from: str | None = None
    """How somebody who comes by themselves heard of the service."""
    reason: str | None = None
    recorded_by: Id | None = None
    read_at: datetime | None = None


class EpisodeStatus(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class ClosureReason(StrEnum):
    """Why an episode ends."""

    STAYED_IN_WORK = "stayed_in_work"
    RETURNED_TO_WORK = "returned_to_work"
    STARTED_WORK = "started_work"
    LONGER_SUPPORT = "longer_support"
    PLAN_COMPLETE = "plan_complete"
    CHOSE_TO_LEAVE = "chose_to_leave"
    NO_CONTACT = "no_contact"
    MOVED_AWAY = "moved_away"
    NOT_ELIGIBLE = "not_eligible"
    SIGNPOSTED = "signposted"
    """What helps was found elsewhere before a programme began."""
    DIED = "died"
    OTHER = "other"


class Onward(StrEnum):
    """Who carries on after us."""

    GP = "gp"
    TALKING_THERAPIES = "talking_therapies"
    OTHER_NHS = "other_nhs"
    OCCUPATIONAL_HEALTH = "occupational_health"
    CONNECT_TO_WORK = "connect_to_work"
    JOBCENTRE = "jobcentre"
    ADVICE = "advice"
    COMMUNITY = "community"
    OTHER = "other"


@record("episode", Scope.PARTICIPANT)
class Episode(Record):
    """Referral to closure. ``clock`` names the programme clock of the site pack that it runs by."""

    referral: Id | None = None
    team: Id | None = None
    coach: Id | None = None
    status: EpisodeStatus | None = None
    opened_on: date | None = None
    clock: Code | None = None
    closed_on: date | None = None
    closed_by: Id | None = None
    closure_reason: ClosureReason | None = None
    closed_work: WorkStatus | None = None
    """Where the person stood with work at the end."""
    onward: Annotated[frozenset[str], Onward] = frozenset()
    """Codes of ``Onward``."""
    onward_note: str | None = None
    own_view: str | None = None
    """How it was for them, in the person's own words."""


@record("handover", Scope.PARTICIPANT)
class Handover(Record):
    """The case went from one coach to another. ``told``: whether the person knows of it."""

    episode: Id | None = None
    before: Id | None = None
    after: Id | None = None
    team: Id | None = None
    note: str | None = None
    told: bool | None = None
    at: datetime | None = None
    recorded_by: Id | None = None


class ContactStatus(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


@record("contact", Scope.PARTICIPANT)
class Contact(Record):
    """A talk with the participant, planned or done. ``due`` is the day, ``at`` the moment where one is fixed."""

    episode: Id | None = None
    purpose: str | None = None
    mode: Code | None = None
    """``phone``, ``video``, ``room``, ``home``, ``text``."""
    place: str | None = None
    due: date | None = None
    at: datetime | None = None
    owner: Id | None = None
    status: ContactStatus | None = None
    done_at: datetime | None = None
    note: str | None = None
    minutes: int | None = None
    """How long it took."""
    tries: int | None = None
    """How often somebody tried to reach the person, of a talk that did not come about."""
    left_words: Code | None = None
    """What was left behind when nobody was reached: ``voicemail``, ``text``, ``letter``, ``nothing``."""
    block: Id | None = None
    """The block of sessions that it is one of."""


class RiskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


@record("risk", Scope.PARTICIPANT)
class RiskConversation(Record):
    """A positive risk item opens this; it stays until a named person records what was done. Never a grade."""

    response: Id | None = None
    form_title: str | None = None
    question: str | None = None
    """The place of the question in its form, as people say it: "question 9"."""
    answer: str | None = None
    raised_at: datetime | None = None
    status: RiskStatus | None = None
    handed_to: Id | None = None
    asked: str | None = None
    agreed: str | None = None
    steps: frozenset[str] = frozenset()
    """Codes of the steps taken, from the site pack."""
    told: str | None = None
    done_by: Id | None = None
    done_at: datetime | None = None


class ResponseStatus(StrEnum):
    """FHIR QuestionnaireResponse.status, the part of it that the product uses."""

    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered-in-error"


class Mode(StrEnum):
    """How the questions were put."""

    INTERVIEW = "interview"
    SELF = "self"
    PHONE = "phone"
    REMOTE = "remote"


@record("response", Scope.PARTICIPANT)
class Response(Record):
    """One filling of one form, pinned to the version and the bytes it was given on. Its answers are fields of it."""

    episode: Id | None = None
    form_url: str | None = None
    form_version: str | None = None
    form_digest: str | None = None
    form_title: str | None = None
    status: ResponseStatus | None = None
    mode: Mode | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    author: Id | None = None


@record("repeat", Scope.PARTICIPANT)
class Repeat(Record):
    """One instance of a repeating group in a response. ``parent`` is the repeat around it, or None."""

    response: Id | None = None
    link_id: Code | None = None
    parent: Id | None = None
    position: str | None = None
