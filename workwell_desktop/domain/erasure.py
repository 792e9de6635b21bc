"""Erasing a person from the record: the warrant that every computer and the hub follow, and the log of what was erased.

What is written here outlives the person's record, so it says nothing about them: no name, no number, no free text. It
names the case by the random id that its entries bore.
"""

import hashlib
from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.domain.records import Code, Id, Record, Scope, record


class ErasureReason(StrEnum):
    """Why somebody's record was erased (UK GDPR, articles 5(1)(e) and 17)."""

    RETENTION = "retention"
    """It was kept as long as the partnership's rule says."""
    REQUEST = "request"
    """The person asked, and nothing in law says that it has to be kept."""
    ORDER = "order"
    """A court or the Information Commissioner said so."""
    MISTAKE = "mistake"
    """It should never have been made: somebody else's, or taken in twice."""


@record("erasure", Scope.PARTNERSHIP)
class Erasure(Record):
    """One person's record that was erased. Written by an administrator, or no other computer follows it.

    ``case`` is the scope that is erased. ``changes`` and ``papers`` count what went on the computer where it was
    decided; ``backups_until`` is the last day on which a backup of that computer still holds it.
    """

    case: Id | None = None
    reason: ErasureReason | None = None
    rule: Code | None = None
    """The code of the rule of retention that was met."""
    decided_by: Id | None = None
    second: Id | None = None
    """Who agreed with the decision, where the site asks for two."""
    at: datetime | None = None
    changes: int | None = None
    papers: int | None = None
    backups_until: date | None = None
    hub_at: datetime | None = None
    """When the hub erased it."""


def erasure_id(case: str) -> Id:
    """The same on every computer, so that two people who erase one case apart make one entry; the hub knows it too."""
    return Id(hashlib.sha256(f"erasure/{case}".encode()).hexdigest()[:32])


@record("kept_longer", Scope.PARTNERSHIP)
class KeptLonger(Record):
    """A decision to keep somebody's record past the day that the rule says; the newest of a case counts.

    ``reason`` is a code of the site's list and not words, because this stands where everybody of the partnership can
    read it; words about the person lie with the person's record (``Participant.kept_why``) and go with it.
    """

    case: Id | None = None
    until: date | None = None
    reason: Code | None = None
    rule: Code | None = None
    decided_by: Id | None = None
    at: datetime | None = None
