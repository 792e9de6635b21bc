"""Which paper stands for an absence now; shared by Today, the record, the plan and the summary.

A paper that somebody looked at (``AbsenceEvidence``) counts before what was told in a referral or a form.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.evidence import AbsenceEvidence, standing
from workwell_desktop.domain.participants import Evidence, WorkSituation
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands: its record, what it is, and its last day, None where it has none or none is known."""

    record: Id
    kind: Evidence | None
    until: date | None


def standing_for(papers: list[AbsenceEvidence], told: WorkSituation | None, today: date) -> Standing | None:
    """What stands for one person, or None where nobody knows of anything."""
    found = standing(papers, today)
    if found is not None:
        return Standing(found.id, found.kind, found.ends_on)
    if told is None or (told.evidence is None and told.evidence_until is None):
        return None
    return Standing(told.id, told.evidence, told.evidence_until)


def evidence_of(reader: Reader, participant: Id, told: WorkSituation | None, today: date) -> Standing | None:
    """The same, read for one person."""
    return standing_for(reader.list(AbsenceEvidence, scope=participant), told, today)


def papers_of_everybody(desk: Desk) -> Mapping[Id, list[AbsenceEvidence]]:
    """The papers of each person, read once and kept until one changes; asked by acts that have asked already."""

    def read() -> Mapping[Id, list[AbsenceEvidence]]:
        found: dict[Id, list[AbsenceEvidence]] = defaultdict(list)
        with desk.read() as reader:
            for one in reader.list(AbsenceEvidence):
                found[one.scope].append(one)
        return found

    return desk.kept("papers for absence", (AbsenceEvidence,), read)
