"""Papers for being off work, as pages are shown them and as they are given."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.evidence import Fitness, Hint, Issuer
from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.work_history import Stretch


@dataclass(frozen=True, slots=True)
class EvidenceDetails:
    """One paper. ``options`` are codes of ``domain.evidence.Option``; ``ends_on`` None where it has no last day."""

    kind: Evidence
    starts_on: date | None = None
    ends_on: date | None = None
    issued_on: date | None = None
    issuer: Issuer | None = None
    issuer_name: str | None = None
    fitness: Fitness | None = None
    options: frozenset[str] = frozenset()
    function: str | None = None
    seen_again: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A paper of the list. ``days_left`` is 0 on its last day, negative after, None where it has none; ``counts``
    marks the one whose last day is the one that runs out next; ``brought`` is how many files show it."""

    evidence: Id
    details: EvidenceDetails
    days_left: int | None
    counts: bool
    brought: int
    recorded_by: str
    recorded_on: date | None


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """Work over time and its papers: stretches and papers newest first, hints by their first day."""

    stretches: tuple[Stretch, ...]
    lines: tuple[EvidenceLine, ...]
    hints: tuple[Hint, ...]
    brought: int
    """How many files are kept in this record."""
