"""MDT sessions. The meeting belongs to the team; what is said and decided about a person belongs to the participant."""

from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.domain.records import Code, Id, Record, Scope, record


class SessionStatus(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    LOCKED = "locked"


@record("session", Scope.TEAM)
class Session(Record):
    """A meeting of a team. ``covers`` are the changes that the chair's lock stands for."""

    team: Id | None = None
    starts_at: datetime | None = None
    place: str | None = None
    chair: Id | None = None
    note_taker: Id | None = None
    status: SessionStatus | None = None
    started_at: datetime | None = None
    locked_at: datetime | None = None
    locked_by: Id | None = None
    covers: frozenset[str] = frozenset()


class Presence(StrEnum):
    INVITED = "invited"
    PRESENT = "present"
    REMOTE = "remote"
    PART = "part"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@record("attendance", Scope.TEAM)
class Attendance(Record):
    """One person at one session. ``person`` is None for a guest, who has a name, a role and an organisation."""

    session: Id | None = None
    person: Id | None = None
    name: str | None = None
    role: Code | None = None
    organisation: str | None = None
    presence: Presence | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None


class Lane(StrEnum):
    URGENT = "urgent"
    DISCUSS = "discuss"
    NOTE = "note"


@record("agenda_item", Scope.TEAM)
class AgendaItem(Record):
    """A case on the agenda. Holds no word about the person: those stand in the discussion."""

    session: Id | None = None
    participant: Id | None = None
    discussion: Id | None = None
    lane: Lane | None = None
    position: str | None = None
    presenter: Id | None = None
    minutes: int | None = None
    late: bool | None = None
    carried_reason: str | None = None


class Topics(StrEnum):
    """The participant's agreement to be discussed."""

    YES = "yes"
    SOME = "some"
    NO = "no"


class Outcome(StrEnum):
    """What becomes of the case."""

    CARRY_ON = "carry_on"
    STEP_UP = "step_up"
    REFER_ON = "refer_on"
    PLAN_TO_CLOSE = "plan_to_close"
    CLOSE = "close"
    INFORMATION = "information"


@record("discussion", Scope.PARTICIPANT)
class Discussion(Record):
    """One case at one session: its question, the person's view, the decision and why."""

    session: Id | None = None
    agenda_item: Id | None = None
    question: str | None = None
    topics: Topics | None = None
    topics_limits: str | None = None
    own_words: str | None = None
    view_how: Code | None = None
    """``in_person``, ``told_coach``, ``written``, ``not_asked``."""
    since_last: str | None = None
    options: str | None = None
    decision: str | None = None
    rationale: str | None = None
    dissent: str | None = None
    outcome: Outcome | None = None
    provisional: bool | None = None
    tell_owner: Id | None = None
    tell_how: Code | None = None
    tell_by: date | None = None
    told_at: datetime | None = None
    told_by: Id | None = None
    next_review: date | None = None
    decided_at: datetime | None = None


@record("contribution", Scope.PARTICIPANT)
class Contribution(Record):
    """What one discipline brings to one case; opinion apart from fact."""

    discussion: Id | None = None
    session: Id | None = None
    author: Id | None = None
    discipline: Code | None = None
    facts: str | None = None
    opinion: str | None = None
    at: datetime | None = None


@record("addendum", Scope.PARTICIPANT)
class Addendum(Record):
    """A dated line after something was signed or locked; the only thing that may follow."""

    about: Id | None = None
    text: str | None = None
    at: datetime | None = None
    author: Id | None = None


@record("session_addendum", Scope.TEAM)
class SessionAddendum(Record):
    """The same for the meeting itself."""

    about: Id | None = None
    text: str | None = None
    at: datetime | None = None
    author: Id | None = None
