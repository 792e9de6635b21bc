"""What the pages about MDT sessions show: plain values, never sentences."""

from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Lane, Outcome, Presence, SessionStatus, Topics
from workwell_desktop.services.measure_views import MeasureView


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


@dataclass(frozen=True, slots=True)
class QuorumView:
    """Whether the site's rule is met by those who are here. ``lacking`` holds codes such as ``chair``."""

    met: bool
    lacking: tuple[Code, ...]
    here: int
    invited: int
    apologies: int


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One case on the agenda, numbered from 1 through all lanes. ``question`` is None while nobody asked one."""

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


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list. ``unasked`` are the names of those whose case has no question yet.

    What is still open of one that was held: ``undecided`` cases, ``untold`` people, and minutes that nobody ``signed``.
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


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as the room sees it. ``may_lock`` is true for its chair alone, once each case to discuss is decided."""

    session: Id
    team: Id
    team_name: str
    place: str | None
    starts_at: datetime
    status: SessionStatus
    started_at: datetime | None
    locked_at: datetime | None
    locked_by: str | None
    chair: Id | None
    note_taker: Id | None
    attendees: tuple[Attendee, ...]
    quorum: QuorumView
    agenda: tuple[AgendaLine, ...]
    undecided: tuple[Id, ...]
    may_lock: bool
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


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody who is to hear what the team decided."""

    discussion: Id
    participant: Id
    name: str
    session_on: date
    by: date | None
    owner: Id | None
