"""What the certificate of erasure is made from."""

from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.documents.facts import PaperHead
from workwell_desktop.domain.records import Id


@dataclass(frozen=True, kw_only=True)
class ErasureFacts:
    """What is told of an erasure. ``name`` is empty once nobody knows it any more; ``backups`` are names of files and
    the last day on which each is kept, None for one that somebody has to take away."""

    head: PaperHead
    case: Id
    name: str
    at: datetime
    reason: str
    rule: str
    decided_by: str
    second: str
    changes: int
    papers: int
    minutes: int
    backups: tuple[tuple[str, date | None], ...] = ()
    hub_at: datetime | None = None
    hub: bool = False
    """Whether the computer on which it was erased has a hub."""
