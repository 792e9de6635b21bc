"""What each recipient may see, as plain frozen data. A field that is not here cannot reach that recipient's paper.

The employer's facts have no place for a diagnosis, a score, a risk line or another agency: they are not
left out when drawing, there is nowhere to put them. Moments are aware; days are London days; hours are per week.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from workwell_desktop.domain.plans import EmployerAnswer, PlanType, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, Outcome, Presence, Topics


@dataclass(frozen=True, kw_only=True)
class PaperHead:
    """What stands on every paper. ``document`` is the register entry's id, ``dated`` the day it speaks of.

    ``partnership`` is the line beside the mark, such as "Calder Valley partnership, work and health support".
    """

    document: Id
    partnership: str
    dated: date
    version: int = 1
    controller: str | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ring. ``hours`` in words: "9am to 5pm, Monday to Friday"."""

    name: str
    phone: str | None = None
    hours: str | None = None
    title: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignatoryFact:
    """Who is to sign, settled before the first signature; in the order of signing.

    ``title`` is the role in words. ``key`` is the SHA-256 (hex) of the DER of the certificate's public key, which
    ``documents.key_print`` makes: the person's own, or the device's for a participant; None where it is not known.
    ``outcome`` AWAITED gives a field; DECLINED and UNABLE give a printed line with ``reason``. ``statement`` is what
    they put their name to.
    """

    role: SignatoryRole
    name: str
    title: str
    registration: str | None = None
    key: str | None = None
    outcome: SignatureOutcome = SignatureOutcome.AWAITED
    reason: str | None = None
    statement: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionFact:
    """One thing, one owner, one date. ``owner`` in words for this reader: "You", "Maya, your coach"."""

    owner: str
    text: str
    by: date | None = None
    starts: bool = False
    """The date is the day it begins ("From …") and not the day it ends ("By …")."""
    done: bool = False
    yours: bool = False
    """It is the reader's own to do."""


@dataclass(frozen=True, kw_only=True)
class ChangeFact:
    """A change at work that was asked for, and the employer's own answer."""

    text: str
    answer: EmployerAnswer = EmployerAnswer.ASKED
    answer_note: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WeekFact:
    """One step of going back bit by bit. ``days`` are codes mon to sun; ``start`` and ``finish`` of a day, HH:MM."""

    starts_on: date
    hours: Decimal
    days: tuple[str, ...] = ()
    start: str | None = None
    finish: str | None = None
    duties: str | None = None
    duties_out: str | None = None
    place: str | None = None
    check_in: date | None = None
    check_in_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoalFact:
    """In the person's own words."""

    text: str
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class CrisisLine:
    """A line that a site adds under the pinned ones: "Calder crisis café: 01632 960777"."""

    label: str
    number: str


@dataclass(frozen=True, kw_only=True)
class ParticipantPlanFacts:
    """The participant's own plan. ``title`` is the site's name for this type of plan, or None for ours."""

    head: PaperHead
    name: str
    type: PlanType
    contact: Contact
    title: str | None = None
    what_matters: str | None = None
    goals: tuple[GoalFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    employer: str | None = None
    changes: tuple[ChangeFact, ...] = ()
    weeks: tuple[WeekFact, ...] = ()
    usual_hours: Decimal | None = None
    strengths: str | None = None
    if_worse: str | None = None
    review_on: date | None = None
    crisis_lines: tuple[CrisisLine, ...] = ()
    signatories: tuple[SignatoryFact, ...] = ()
    to_read: bool = False
    """A copy in another format, beside the one that people sign: it has no places for signatures and no code."""


@dataclass(frozen=True, kw_only=True)
class MeasureFact:
    """A measure as the GP reads it: "PHQ-9", "14 of 27", "moderate range". Never "0" for not calculated."""

    name: str
    on: date
    value: str
    meaning: str | None = None


@dataclass(frozen=True, kw_only=True)
class GpSummaryFacts:
    """For the GP practice. ``risk`` only where a person chose to add it; ``request`` is a request, never a task."""

    head: PaperHead
    practice: str
    name: str
    contact: Contact
    date_of_birth: date | None = None
    nhs_number: str | None = None
    problem: str | None = None
    function: str | None = None
    own_words: str | None = None
    measures: tuple[MeasureFact, ...] = ()
    risk: str | None = None
    actions: tuple[ActionFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    weeks: tuple[WeekFact, ...] = ()
    fit_note_advice: str | None = None
    request: str | None = None
    review_on: date | None = None
    approved_on: date | None = None
    signatories: tuple[SignatoryFact, ...] = ()
    looking: bool = False
    """Somebody who looks for work: there is no employer yet who could have been asked."""


@dataclass(frozen=True, kw_only=True)
class EmployerSummaryFacts:
    """For the employer: function, changes, going back bit by bit, review; and that the participant agreed, and when."""

    head: PaperHead
    employer: str
    name: str
    contact: Contact
    function: str | None = None
    changes: tuple[ChangeFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    """Work matters only, those marked for the employer."""
    weeks: tuple[WeekFact, ...] = ()
    usual_hours: Decimal | None = None
    review_on: date | None = None
    approved_on: date | None = None
    signatories: tuple[SignatoryFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReferralLetterFacts:
    """For a service that is asked to help: who, how to reach them, what is asked. There is no place for a diagnosis, a
    score or a number of the health service. ``needs`` in words; ``reach`` as the person gave it."""

    head: PaperHead
    service: str
    name: str
    asked: str
    contact: Contact
    date_of_birth: date | None = None
    reach: tuple[tuple[str, str], ...] = ()
    """Name and value, such as ("Phone", "07700 900123")."""
    needs: tuple[str, ...] = ()
    approved_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AppointmentFacts:
    """The participant's card: when, for how long, how or where, with whom. There is no place for what it is about."""

    head: PaperHead
    name: str
    at: datetime
    minutes: int
    where: str
    who: str
    contact: Contact
    interpreter: str | None = None
    """In words, such as "Polish"; None where nobody asked for one."""
    cancelled: bool = False
    crisis_lines: tuple[CrisisLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PhasedReturnFacts:
    """Going back bit by bit on a page of its own, which a person may show at work. There is no place for health, for
    another agency or for a warning about the steps."""

    head: PaperHead
    name: str
    contact: Contact
    weeks: tuple[WeekFact, ...]
    employer: str | None = None
    usual_hours: Decimal | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceCardFacts:
    """A card to cut out. It names nobody whose it is: a card that is lost tells nothing about anybody."""

    head: PaperHead
    contact: Contact
    crisis_lines: tuple[CrisisLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AdviceOfFacts:
    """What a professional is handed to issue a paper of theirs from: an AHP Health and Work Report, or a fit note.

    It is for the person's work: there is no place for a condition, a score or another agency. ``options`` are in words,
    ``rows`` what is hard at work and what is recommended. ``adviser`` may issue the paper by profession.
    """

    head: PaperHead
    name: str
    adviser: str
    title: str
    organisation: str
    contact: Contact
    born: date | None = None
    registration: str | None = None
    advised_on: date | None = None
    draft: str | None = None
    function: str | None = None
    options: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    weeks: tuple[WeekFact, ...] = ()
    starts_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AccessEntry:
    """One record: what it is, and each of its fields in words."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class AccessCopyFacts:
    """Everything that is on record about somebody, for themselves; ``kept_apart`` counts entries that whoever prints
    may not read, which are not in this copy."""

    head: PaperHead
    name: str
    controller: str
    sections: tuple[tuple[str, tuple[AccessEntry, ...]], ...]
    kept_apart: int = 0
    held: tuple[tuple[str, str], ...] = ()
    """What is held back because of somebody else: which entry it is, and why. There is no place for what it says."""


@dataclass(frozen=True, kw_only=True)
class BlankItem:
    """One line of a form on paper. With ``options`` there is a box before each; else ``lines`` to write on, 0 for a
    text that is only read. ``heading`` begins a part; ``several``: more than one box may be ticked."""

    text: str
    number: str | None = None
    help: str | None = None
    options: tuple[str, ...] = ()
    several: bool = False
    lines: int = 0
    heading: bool = False


@dataclass(frozen=True, kw_only=True)
class BlankFormFacts:
    """A form to fill in by hand; nobody's name is on it yet."""

    head: PaperHead
    title: str
    source: str | None
    items: tuple[BlankItem, ...]


@dataclass(frozen=True, kw_only=True)
class AttendanceFact:
    """``title`` is the role in words; ``came_at`` and ``left_at`` for somebody who was there in part."""

    name: str
    title: str
    presence: Presence
    organisation: str | None = None
    registration: str | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ContributionFact:
    """What one discipline brought; facts apart from opinion."""

    author: str
    title: str
    facts: str | None = None
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class TellFact:
    """Who tells the participant; ``how`` in words."""

    who: str
    how: str | None = None
    by: date | None = None


@dataclass(frozen=True, kw_only=True)
class FundingFact:
    """Something that costs money, in pounds, and who approved it."""

    what: str
    cost: Decimal
    approver: str


@dataclass(frozen=True, kw_only=True)
class AdviceFact:
    """A draft of advice by one professional; ``kind`` in words. The paper it is meant for is made elsewhere."""

    kind: str
    author: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AddedFact:
    """A dated line that somebody wrote after the lock."""

    author: str
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class StandsByFact:
    """Somebody who was there and stands by the record beside the chair."""

    name: str
    title: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class UnnamedCase:
    """A case that goes by its number alone; ``why`` in words. There is no place here for who it is about."""

    number: int
    lane: Lane
    why: str


@dataclass(frozen=True, kw_only=True)
class SessionCase:
    """One case of a session. ``view_how``, ``there``, ``why`` and ``withdrawn`` in words: how the participant's view
    was gathered, who of their side was in the room, what brought the case here, why it left the table."""

    name: str
    question: str
    number: int = 1
    lane: Lane = Lane.DISCUSS
    late: bool = False
    why: str | None = None
    there: str | None = None
    minutes_used: int | None = None
    withdrawn: str | None = None
    carried: str | None = None
    """Why it was carried over to another session."""
    funding: tuple[FundingFact, ...] = ()
    advice: tuple[AdviceFact, ...] = ()
    added: tuple[AddedFact, ...] = ()
    date_of_birth: date | None = None
    presenter: str | None = None
    minutes: int | None = None
    topics: Topics | None = None
    topics_limits: str | None = None
    own_words: str | None = None
    view_how: str | None = None
    since_last: str | None = None
    contributions: tuple[ContributionFact, ...] = ()
    options: str | None = None
    decision: str | None = None
    rationale: str | None = None
    dissent: str | None = None
    provisional: bool = False
    outcome: Outcome | None = None
    actions: tuple[ActionFact, ...] = ()
    tell: TellFact | None = None
    next_review: date | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """The record of one session, for the team. ``quorum_rule`` in words, ``quorum_met`` by who came, None where nobody
    wrote down who did. ``alone`` is a paper of one case, which names nobody else who takes part."""

    head: PaperHead
    team: str
    starts_at: datetime
    chair: str
    chair_before: str | None = None
    """Who had the chair before a deputy took it."""
    started_at: datetime | None = None
    alone: bool = False
    added: tuple[AddedFact, ...] = ()
    stand_by: tuple[StandsByFact, ...] = ()
    ended_at: datetime | None = None
    place: str | None = None
    note_taker: str | None = None
    quorum_rule: str | None = None
    quorum_met: bool | None = None
    confidentiality_read: bool | None = None
    recorded: bool | None = None
    conflicts_declared: str | None = None
    """What was declared, or nothing in an empty text; None where nobody wrote down that it was asked."""
    attendance: tuple[AttendanceFact, ...] = ()
    cases: tuple[SessionCase | UnnamedCase, ...] = ()
    signatories: tuple[SignatoryFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgendaFacts:
    """What a session will talk about, for the team. ``overdue`` actions head it."""

    head: PaperHead
    team: str
    starts_at: datetime
    chair: str | None = None
    place: str | None = None
    invited: tuple[AttendanceFact, ...] = ()
    overdue: tuple[ActionFact, ...] = ()
    cases: tuple[SessionCase | UnnamedCase, ...] = field(default=())
