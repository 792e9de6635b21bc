"""MDT sessions. The meeting belongs to the team; what is said and decided about a person belongs to the participant."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

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
    remote: str | None = None
    """How to join from elsewhere, as it was given: a link or a number."""
    chair: Id | None = None
    note_taker: Id | None = None
    status: SessionStatus | None = None
    agenda_sent_at: datetime | None = None
    """When the invited were given the agenda; what is added afterwards is marked as late."""
    confidentiality_read: bool | None = None
    recorded: bool | None = None
    """Whether sound or picture is recorded; None and False are both "no"."""
    interests: str | None = None
    """Conflicts of interest that were declared."""
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


class Why(StrEnum):
    """What brings a case to a session; the site pack says which of them do, and to which lane."""

    RISK = "risk"
    CARRIED_OVER = "carried_over"
    ASKED_FOR = "asked_for"
    OVERDUE_ACTIONS = "overdue_actions"
    REVIEW_DUE = "review_due"
    NEW_ASSESSMENT = "new_assessment"


class Withdrawn(StrEnum):
    """Why a case left the table before it was decided."""

    PERSON_ASKED = "person_asked"
    NOT_READY = "not_ready"
    ELSEWHERE = "elsewhere"


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
    why: Annotated[frozenset[str], Why] = frozenset()
    """Values of ``Why``; empty where somebody put the case on by hand."""
    late: bool | None = None
    carried_from: Id | None = None
    """The agenda item of the session before, where the case was not reached there."""
    carried: bool | None = None
    """Whether it was not reached; why stands in the discussion, with the person's own record."""
    carried_reason: str | None = None
    """Where older versions wrote why; nothing is written here any more, so that no word outlives an erasure."""
    withdrawn: Withdrawn | None = None
    withdrawn_at: datetime | None = None
    seconds_used: int | None = None
    """How long the room gave it."""

    @property
    def was_carried(self) -> bool:
        """Whether it was not reached, as this version or an older one says it."""
        return bool(self.carried) or bool(self.carried_reason)


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
    there: Code | None = None
    """Who of the person's side is in the room: ``person``, ``supporter``, ``both``; None is nobody."""
    keep_off_screen: frozenset[str] = frozenset()
    """Names and words of this case that the second window must not show."""
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
    carried_reason: str | None = None
    """Why the case was not reached."""
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


@record("funding", Scope.PARTICIPANT)
class Funding(Record):
    """Something that costs money, decided for one person: ``cost`` in pounds, and who approved it."""

    discussion: Id | None = None
    session: Id | None = None
    what: str | None = None
    cost: Decimal | None = None
    approver: Id | None = None
    at: datetime | None = None


class AdviceKind(StrEnum):
    """What a professional may issue outside this program, of which the room drafts the words."""

    FIT_NOTE = "fit_note"
    AHP_REPORT = "ahp_report"


@record("advice", Scope.PARTICIPANT)
class Advice(Record):
    """A draft of advice on fitness for work by somebody who may issue it; never the form itself."""

    discussion: Id | None = None
    session: Id | None = None
    kind: AdviceKind | None = None
    author: Id | None = None
    text: str | None = None
    for_gp: bool | None = None
    """Whether it was chosen for the GP summary, where it stands as a draft."""
    at: datetime | None = None


@record("bring_request", Scope.PARTICIPANT)
class BringRequest(Record):
    """Somebody asks that a case be talked about; it waits for the team's next agenda."""

    asked_by: Id | None = None
    at: datetime | None = None
    question: str | None = None
    lane: Lane | None = None
    agenda_item: Id | None = None
    """The agenda item that answered it; None while it waits."""
    dropped_at: datetime | None = None


@record("grant", Scope.PARTICIPANT)
class Grant(Record):
    """The record of one person is opened to ``person`` for a session, within what the participant agreed to."""

    person: Id | None = None
    session: Id | None = None
    starts_at: datetime | None = None
    ends_on: date | None = None
    ended_at: datetime | None = None
    """When it was taken back before its last day."""


@record("cosignature", Scope.TEAM)
class Cosignature(Record):
    """Somebody who was there stands by what was recorded. ``covers`` are the changes that they read."""

    session: Id | None = None
    person: Id | None = None
    at: datetime | None = None
    covers: frozenset[str] = frozenset()


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
