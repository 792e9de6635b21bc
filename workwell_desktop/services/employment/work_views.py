"""A person's work situation, as pages are shown it and as it is told."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workwell_desktop.domain.employment import Contract, EmployerSize, Sector
from workwell_desktop.domain.participants import EmployerContact, Evidence, WorkStatus
from workwell_desktop.domain.records import Id


@dataclass(frozen=True, slots=True)
class WorkDetails:
    """The work situation as told on one day. ``usual_hours`` a week; ``told_on`` None is today."""

    status: WorkStatus
    since: date | None = None
    job_title: str | None = None
    employer: str | None = None
    employer_person: str | None = None
    usual_hours: Decimal | None = None
    usual_pattern: str | None = None
    contract: Contract | None = None
    sector: Sector | None = None
    employer_size: EmployerSize | None = None
    demands: frozenset[str] = frozenset()
    """Codes of ``adjustments/barriers.csv``."""
    demands_words: str | None = None
    evidence: Evidence | None = None
    evidence_until: date | None = None
    employer_contact: EmployerContact | None = None
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkView:
    """The present situation. ``days`` counts calendar days since ``since``, 0 on that day, or is None."""

    record: Id
    details: WorkDetails
    days: int | None
    evidence: Evidence | None
    evidence_until: date | None
    """What stands for the absence now, and its last day: a paper that was looked at, else what was told."""
    evidence_days_left: int | None
    """Days until the evidence runs out, 0 on its last day, negative after; None where there is none."""
    agreed_to_talk: date | None
    """The day on which the participant agreed that we contact the employer, unless that was withdrawn."""
    recorded_by: str
