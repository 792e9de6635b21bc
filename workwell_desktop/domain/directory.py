"""The partnership's own services, what it found out about national ones, and what came of a service that was chosen.

A service that is old, full, closed or past its day stays in the directory and says so; nothing disappears in silence.
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated

from workwell_desktop.domain.records import Code, Id, Record, Scope, record

HELPS = ("danger", "mood", "work", "employer", "jobs", "skills", "money", "home", "health", "company", "other")
"""What a service helps with; ``danger`` stands for the crisis lines alone."""
OWN_HELPS = HELPS[1:]


class Access(StrEnum):
    """What makes a service easier to use."""

    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign_language"
    EASY_WORDS = "easy_words"
    QUIET_PLACE = "quiet_place"
    ONLINE = "online"
    PHONE = "phone"
    HOME_VISITS = "home_visits"
    EVENINGS = "evenings"


class Capacity(StrEnum):
    """Whether a service takes people on."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"


class Way(StrEnum):
    """How somebody comes to a service."""

    SELF = "self"
    REFERRAL = "referral"
    BOTH = "both"


@record("local_service", Scope.PARTNERSHIP)
class LocalService(Record):
    """A service that the partnership knows. ``code`` is its own short name in files; ``wait_weeks`` is a whole number.

    ``closed_until`` is the first day on which a closed one takes people on again, where that is known.
    """

    code: str | None = None
    name: str | None = None
    helps: frozenset[str] = frozenset()
    """Codes of ``OWN_HELPS``."""
    area: str | None = None
    """The place, in words."""
    way: Way | None = None
    how: str | None = None
    """How to ask for it, in a sentence."""
    eligibility: str | None = None
    wait_weeks: int | None = None
    capacity: Capacity | None = None
    closed_until: date | None = None
    access: Annotated[frozenset[str], Access] = frozenset()
    """Codes of ``Access``."""
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    note: str | None = None
    checked_on: date | None = None
    checked_by: Id | None = None
    expires_on: date | None = None
    """The last day of the service, such as the end of its funding."""


@record("national_check", Scope.PARTNERSHIP)
class NationalCheck(Record):
    """What the partnership found out about a service of the national list: a newer number, page or way, and when.

    What is None stands as the list has it. Its id follows from the code, so that two computers meet in one record.
    """

    code: Code | None = None
    number: str | None = None
    web: str | None = None
    how: str | None = None
    checked_on: date | None = None
    checked_by: Id | None = None


def national_check_id(code: str) -> Id:
    """The id of what is known here about one national service."""
    return Id(hashlib.sha256(f"national_check/{code}".encode()).hexdigest()[:32])


class Stage(StrEnum):
    """How far it went, in order; each but the last two may be passed over."""

    CHOSEN = "chosen"
    SENT = "sent"
    ACCEPTED = "accepted"
    STARTED = "started"
    COMPLETED = "completed"
    NOT_STARTED = "not_started"


class NotStarted(StrEnum):
    """Why nothing came of it. None of these is anybody's failure."""

    OWN_CHOICE = "own_choice"
    BETTER = "better"
    NOT_ELIGIBLE = "not_eligible"
    TOO_LONG = "too_long"
    FULL = "full"
    NOT_REACHED = "not_reached"
    NO_ANSWER = "no_answer"
    OTHER = "other"


@record("service_loop", Scope.PARTICIPANT)
class ServiceLoop(Record):
    """A service that was chosen with somebody, and what came of it, until the loop is closed.

    ``name``, ``phone`` and ``email`` say the service as it was then. ``way`` is self or referral, never both.
    """

    episode: Id | None = None
    action: Id | None = None
    obstacle: Id | None = None
    service: Id | None = None
    """One of the partnership's own."""
    national: Code | None = None
    """One of the national list."""
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    way: Way | None = None
    asked: str | None = None
    """What the service is asked to help with, in words fit for a letter."""
    chosen_on: date | None = None
    chosen_by: Id | None = None
    sent_on: date | None = None
    accepted_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    not_started_on: date | None = None
    why: NotStarted | None = None
    why_note: str | None = None
    effect: str | None = None
    """What changed for the person."""


STEPS = (Stage.SENT, Stage.ACCEPTED, Stage.STARTED, Stage.COMPLETED, Stage.NOT_STARTED)
"""The stages that somebody records, each with its day in ``<stage>_on``."""


def day_of(loop: ServiceLoop, stage: Stage) -> date | None:
    """When a loop came to a stage."""
    found: date | None = getattr(loop, f"{stage.value}_on")
    return found


def stage_of(loop: ServiceLoop) -> Stage:
    """How far a loop went: the last stage that has a day."""
    return next((stage for stage in reversed(STEPS) if day_of(loop, stage) is not None), Stage.CHOSEN)


def is_open(loop: ServiceLoop) -> bool:
    """Whether somebody still has to ask what came of it."""
    return loop.completed_on is None and loop.not_started_on is None


def moved_on(loop: ServiceLoop) -> date | None:
    """The last day on which anything happened."""
    days = [day for stage in (Stage.CHOSEN, *STEPS) if (day := day_of(loop, stage)) is not None]
    return max(days, default=None)
