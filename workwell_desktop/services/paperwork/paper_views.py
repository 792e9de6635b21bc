"""What the pages about papers show: plain values, never sentences."""

from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.domain.papers import ApprovalHow, PaperKind, PaperStatus, ReleaseHow
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Code, Id


@dataclass(frozen=True, slots=True)
class Preview:
    """An unsigned paper, held in memory alone. ``content`` is the hash that an approval is for."""

    kind: PaperKind
    recipient: Party
    recipient_name: str | None
    content: str
    pdf: bytes
    pages: int
    refused: Code | None = None


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """Where the participant stands on one paper for one recipient.

    ``state``: ``not_needed`` (inside the team), ``not_asked``, ``agreed``, ``refused``, ``changed`` (agreed to other
    words: ask again), ``run_out``, ``withdrawn``, ``no_recipient``.
    """

    kind: PaperKind
    recipient: Party
    recipient_name: str | None
    state: Code
    at: datetime | None
    until: datetime | None
    how: ApprovalHow | None
    reason: str | None
    pages: int
    content: str
    stale: bool = False
    """Whether the paper says something else now than when the participant was last asked about it."""


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """To whom a paper was given, and how."""

    recipient: Party | None
    recipient_name: str | None
    how: ReleaseHow
    at: datetime
    by: str
    release: Id
    kept: bool
    """Whether the very file can be shown again."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One entry of the document register. ``awaiting`` are the roles whose signature is still expected."""

    document: Id
    kind: PaperKind
    participant: Id | None
    recipient: Party | None
    recipient_name: str | None
    version: int
    status: PaperStatus
    made_at: datetime | None
    made_by: str
    expected: int
    present: int
    awaiting: tuple[SignatoryRole, ...]
    refused_reason: str | None
    superseded: bool
    releases: tuple[ReleaseLine, ...]
    made: bool = True
    """Whether there is a file; one that was refused has none."""
    session: Id | None = None
    session_on: date | None = None
    """Of agendas and minutes, the session and its day."""


@dataclass(frozen=True, slots=True)
class SessionPapers:
    """The papers of one session. ``unsigned`` where it was locked, and nobody has signed its minutes."""

    session: Id
    team: str
    on: date
    locked: bool
    unsigned: bool
    papers: tuple[tuple[str, PaperLine], ...]
    """Each with whom it is about: the minutes of one case; the others are the team's and have no name."""


@dataclass(frozen=True, slots=True)
class SignatureAsk:
    """What the next signer is shown: role, name, registration and the words they put their name to."""

    role: SignatoryRole
    person: Id | None
    name: str
    profession: Code | None
    registration: str | None
    statement: str


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """An entry of the register with whom it is about, for lists of more than one person."""

    name: str
    born: date | None
    paper: PaperLine


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may sign a plan. ``coach`` is who signs as coach now, ``mine`` whether that is the person who acts.

    ``clinicians`` are pairs of id and name; with ``clinician_needed`` the site asks for one of them.
    """

    coach: Id | None
    coach_name: str
    mine: bool
    clinicians: tuple[tuple[Id, str], ...]
    clinician_needed: bool
    cards: frozenset[Id] = frozenset()
    """Those of them who have a smart card."""
