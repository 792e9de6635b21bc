"""The document register, approvals and releases; and audit events."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.records import Code, Id, Record, Scope, record
from workwell_desktop.domain.values import BlobRef


class PaperKind(StrEnum):
    PARTICIPANT_PLAN = "participant_plan"
    GP_SUMMARY = "gp_summary"
    EMPLOYER_SUMMARY = "employer_summary"
    MINUTES = "minutes"
    AGENDA = "agenda"
    REFERRAL_LETTER = "referral_letter"
    APPOINTMENT = "appointment"
    PHASED_RETURN = "phased_return"
    SERVICE_CARD = "service_card"
    AHP_REPORT = "ahp_report"
    FIT_NOTE_DRAFT = "fit_note_draft"
    ACCESS_COPY = "access_copy"
    BLANK_ASSESSMENT = "blank_assessment"
    ERASURE_CERTIFICATE = "erasure_certificate"


class PaperStatus(StrEnum):
    """``awaiting`` is a genuine copy that not everyone has signed yet."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    COMPLETE = "complete"
    SUPERSEDED = "superseded"
    REFUSED = "refused"


@dataclass(kw_only=True, eq=False)
class _Register(Record):
    """What a register entry says of a finished PDF. ``content`` is the hash of what it says, ``file`` the bytes."""

    kind: PaperKind | None = None
    recipient: Party | None = None
    recipient_name: str | None = None
    version: int | None = None
    status: PaperStatus | None = None
    content: str | None = None
    words: str | None = None
    """The hash of what it says apart from its date and who signs: what an approval is held against."""
    file: BlobRef | None = None
    expected: frozenset[str] = frozenset()
    """Names of the signature fields that the composition settled."""
    present: frozenset[str] = frozenset()
    made_at: datetime | None = None
    made_by: Id | None = None
    superseded_by: Id | None = None
    refused_reason: str | None = None


@record("document", Scope.PARTICIPANT)
class Document(_Register):
    """A paper about one participant."""

    plan: Id | None = None
    session: Id | None = None
    apart: BlobRef | None = None
    """Another file of it, that somebody else signed at the same step on another computer; both are kept."""
    apart_settled: bool | None = None
    """Whether a person has said which of the two goes on: ``file`` is that one then."""


@record("team_document", Scope.TEAM)
class TeamDocument(_Register):
    """A paper of the team: an agenda or minutes."""

    session: Id | None = None


class ApprovalHow(StrEnum):
    IN_ROOM = "in_room"
    ON_PAPER = "on_paper"
    TELEPHONE = "telephone"


@record("approval", Scope.PARTICIPANT)
class Approval(Record):
    """The participant saw one content for one recipient and agreed or refused."""

    document: Id | None = None
    content: str | None = None
    recipient: Party | None = None
    recipient_name: str | None = None
    approved: bool | None = None
    how: ApprovalHow | None = None
    read_out_by: Id | None = None
    reason: str | None = None
    at: datetime | None = None
    until: datetime | None = None
    recorded_by: Id | None = None


class ReleaseHow(StrEnum):
    PRINTED = "printed"
    SAVED = "saved"
    HANDED_OVER = "handed_over"
    EMAILED = "emailed"
    """By hand, from somebody's own mailbox: the program sends nothing."""
    POSTED = "posted"


@record("release", Scope.PARTICIPANT)
class Release(Record):
    """Giving a document to somebody, or the whole case, which has no ``document``. ``basis`` is ``approval``,
    ``own_copy``, ``team`` or ``agreement``; what is told without agreement is a ``duties.Disclosure``."""

    document: Id | None = None
    recipient: Party | None = None
    recipient_name: str | None = None
    how: ReleaseHow | None = None
    basis: Code | None = None
    approval: Id | None = None
    at: datetime | None = None
    by: Id | None = None
    content: str | None = None
    """SHA-256 of the very file that went out."""


class AuditKind(StrEnum):
    """Acts that change nothing, and are written down all the same."""

    UNLOCKED = "unlocked"
    UNLOCK_FAILED = "unlock_failed"
    LOCKED = "locked"
    OPENED = "opened"
    SEARCHED = "searched"
    PRINTED = "printed"
    RELEASED = "released"
    EXPORTED = "exported"
    REFUSED = "refused"
    SITE_CHANGED = "site_changed"
    """A site pack was taken into use; ``detail`` is its code."""
    RECOVERED = "recovered"
    """The store was opened with the recovery code or the escrow key; ``detail`` says with which."""
    REKEYED = "rekeyed"
    """The store got a new key; ``record`` is whoever was removed."""
    PASSPHRASE = "passphrase"  # noqa: S105 - the word for an event
    """Somebody changed their own passphrase."""
    BACKED_UP = "backed_up"
    """An encrypted copy was made by rule; ``detail`` is the occasion."""
    BROKE_GLASS = "broke_glass"
    """A restricted record was opened by somebody whose role does not include it; ``record`` is that one."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of a person's signed, chained, append-only stream. ``detail`` is a code, never health data."""

    kind: AuditKind
    participant: Id | None = None
    record: Id | None = None
    detail: Code | None = None
