"""What the pages about MDT sessions show: plain values, never sentences."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import AdviceKind, Lane, Outcome, Presence, SessionStatus, Topics, Why, Withdrawn
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.assessing.risk import RiskView
from workwell_desktop.services.meeting.quorum import QuorumView


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person of the session. ``person`` is None for a guest. ``here`` is present, remote or for a part."""

    attendance: Id
    person: Id | None
    name: str
    role: Code | None
    profession: Code | None
    organisation: str | None
    presence: Presence
    here: bool
    chair: bool
    note_taker: bool
    came_at: datetime | None = None
    left_at: datetime | None = None
    left_us: bool = False
    """Works here no more."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody whom the site's rules bring to a session. ``address`` only where names are alike.

    ``question`` is one that was asked before: with the request, at the last session, or when the case was carried
    over. ``overdue`` counts actions. ``since`` is the day on which a review falls due.
    """

    participant: Id
    name: str
    born: date | None
    address: str | None
    why: tuple[Why, ...]
    lane: Lane
    question: str | None
    presenter: Id | None
    since: date | None
    overdue: int
    carried_from: Id | None
    request: Id | None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One case on the agenda, numbered from 1 through all lanes. ``question`` is None while nobody asked one.

    ``known`` is false for a case whose record is not on this computer: then it has a number and nothing else.
    """

    item: Id
    number: int
    lane: Lane
    participant: Id
    name: str
    born: date | None
    address: str | None
    question: str | None
    minutes: int | None
    presenter: Id | None
    presenter_name: str | None
    late: bool
    topics: Topics | None
    decided: bool
    provisional: bool
    carried: str | None = None
    why: tuple[Why, ...] = ()
    withdrawn: Withdrawn | None = None
    seconds: int = 0
    """How long the room gave it."""
    known: bool = True
    named: bool = True
    """False where the person did not agree to be discussed, or is not on this computer: then by number alone."""

    @property
    def open(self) -> bool:
        """Whether the room still owes it a decision."""
        return self.lane is not Lane.NOTE and not self.decided and not self.carried and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list. ``unasked`` are the names of those whose case has no question yet.

    What is still open of one that was held: ``undecided`` cases, ``untold`` people, minutes that nobody ``signed``,
    ``open_actions``, and cases that were carried over and stand on no later agenda (``waiting``).
    """

    session: Id
    team: str
    place: str | None
    starts_at: datetime
    status: SessionStatus
    discuss: int
    note: int
    coming: int
    invited: int
    quorum: bool
    unasked: tuple[str, ...]
    undecided: int = 0
    untold: int = 0
    signed: bool = False
    open_actions: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """An action of somebody on the agenda that nobody has finished in time."""

    action: Id
    participant: Id
    number: int
    name: str
    text: str
    owner_name: str
    due: date
    days: int
    owner_kind: OwnerKind | None = None


@dataclass(frozen=True, slots=True)
class CosignerLine:
    """Somebody who stands by the record beside the chair."""

    person: Id
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as the room sees it. ``may_lock`` is true for its chair alone, once each case to discuss is decided."""

    session: Id
    team: Id
    team_name: str
    place: str | None
    remote: str | None
    starts_at: datetime
    status: SessionStatus
    agenda_sent_at: datetime | None
    confidentiality_read: bool
    recorded: bool
    interests: str | None
    started_at: datetime | None
    locked_at: datetime | None
    locked_by: str | None
    chair: Id | None
    note_taker: Id | None
    attendees: tuple[Attendee, ...]
    quorum: QuorumView
    agenda: tuple[AgendaLine, ...]
    overdue: tuple[OverdueLine, ...]
    undecided: tuple[Id, ...]
    may_lock: bool
    cosigners: tuple[CosignerLine, ...]
    addenda: tuple["AddendumLine", ...]


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What one discipline brings; fact and opinion apart."""

    contribution: Id
    author: Id | None
    name: str
    discipline: Code | None
    facts: str | None
    opinion: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with its one owner and one date."""

    action: Id
    text: str
    owner_name: str
    owner: Id | None
    due: date | None
    done: bool
    overdue_days: int
    owner_left: bool = False
    """Its owner works here no more: it waits for somebody else."""
    owner_kind: OwnerKind | None = None


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """One obstacle as the session sees it."""

    obstacle: Id
    kind: ObstacleKind
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class AddendumLine:
    """A dated line after the lock."""

    text: str
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Something that costs money, in pounds, and who approved it."""

    funding: Id
    what: str
    cost: Decimal
    approver: str


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """A draft of advice by one professional."""

    advice: Id
    kind: AdviceKind
    author: Id
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NewSince:
    """How many of one kind came to the record since the team last spoke of it: ``assessments``, ``contacts``,
    ``actions_done``, ``obstacles``, ``work``."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as the page Session shows it. ``visible`` is false where the person did not agree to be discussed:
    then nothing below the question's number is given."""

    item: Id
    discussion: Id
    session: Id
    episode: Id | None
    participant: Id
    visible: bool
    number: int
    of: int
    lane: Lane
    name: str
    called: str
    pronouns: str | None
    born: date | None
    age: int | None
    job_title: str | None
    employer: str | None
    question: str | None
    minutes: int | None
    own_words: str | None
    topics: Topics | None
    topics_limits: str | None
    agreed_on: date | None
    view_how: Code | None
    since: date | None
    since_last: str | None
    obstacles: tuple[ObstacleLine, ...]
    measures: tuple[MeasureView, ...]
    contributions: tuple[ContributionLine, ...]
    not_heard: tuple[Attendee, ...]
    options: str | None
    decision: str | None
    rationale: str | None
    dissent: str | None
    outcome: Outcome | None
    provisional: bool
    tell_owner: Id | None
    tell_owner_name: str | None
    tell_how: Code | None
    tell_by: date | None
    told_at: datetime | None
    next_review: date | None
    decided_at: datetime | None
    actions: tuple[ActionLine, ...]
    allowed_outcomes: tuple[Outcome, ...]
    next_item: Id | None
    locked: bool
    addenda: tuple[AddendumLine, ...]
    last_decision: str | None = None
    """What was decided the time before, and on which day."""
    last_decided_on: date | None = None
    known: bool = True
    why: tuple[str, ...] = ()
    withdrawn: Withdrawn | None = None
    seconds: int = 0
    there: Code | None = None
    """Who of the person's side is in the room."""
    keep_off_screen: tuple[str, ...] = ()
    funding: tuple[FundingLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    open_actions: tuple[ActionLine, ...] = ()
    """Still to be done from before, the longest overdue first."""
    new_since: tuple[NewSince, ...] = ()
    risks: tuple[RiskView, ...] = ()
    """Open talks about risk: they stay in sight until a named person records what was done."""
