"""A scan, photo or PDF that somebody brought: kept inside the record, shown inside the window, given to nobody."""

from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.domain.records import Id, Record, Scope, record
from workwell_desktop.domain.values import BlobRef

LIMIT = 10 * 1024 * 1024
"""Bytes of a file as it is kept."""
MOST_PAGES = 60
TYPES = ("image/jpeg", "image/png", "application/pdf")


class Brought(StrEnum):
    """What it is."""

    FIT_NOTE = "fit_note"
    OH_LETTER = "oh_letter"
    AHP_REPORT = "ahp_report"
    PILOT_PLAN = "pilot_plan"
    EMPLOYER_LETTER = "employer_letter"
    CLINIC_LETTER = "clinic_letter"
    OTHER = "other"


@record("attachment", Scope.PARTICIPANT)
class Attachment(Record):
    """One file. ``removed_on`` with its reason takes the file away from view and from hand-over; the log keeps it."""

    kind: Brought | None = None
    title: str | None = None
    dated: date | None = None
    """The day that stands on it."""
    evidence: Id | None = None
    """The evidence of absence that it is the paper of."""
    seen_by: Id | None = None
    seen_on: date | None = None
    """Who looked at the paper itself, and when."""
    file: BlobRef | None = None
    pages: int | None = None
    added_at: datetime | None = None
    added_by: Id | None = None
    removed_on: date | None = None
    removed_by: Id | None = None
    removed_why: str | None = None
