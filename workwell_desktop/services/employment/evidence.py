"""Papers for being off work: written down one by one, each with its days and who gave it.

Nothing here says what somebody is paid or entitled to, and nobody has to have any paper.
"""

from collections import Counter
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.evidence import (
    ISSUED,
    MAY_ISSUE,
    SAYS_FITNESS,
    AbsenceEvidence,
    Fitness,
    Option,
    hints,
)
from workwell_desktop.domain.participants import Evidence, Participant, WorkSituation
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.site import EvidenceStart
from workwell_desktop.domain.work_history import stretches
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import newest_work, staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment._absence import standing_for
from workwell_desktop.services.employment.evidence_views import AbsenceView, EvidenceDetails, EvidenceLine
from workwell_desktop.services.lookup import words_or_none


def record(desk: Desk, participant: Id, given: EvidenceDetails) -> Id:
    """Writes one paper down. Raises FieldsInvalid for what cannot be; what is only unusual is a hint of ``view``."""
    desk.allow(Act.RECORD_WORK, AbsenceEvidence)
    with desk.unit() as unit:
        _check(given, unit.reader.get(Participant, participant).birth_date, desk.clock.today())
        made = AbsenceEvidence(
            id=new_id(),
            scope=participant,
            recorded_by=desk.me,
            recorded_on=desk.clock.today(),
            **_fields(given),
        )
        return unit.add(made)


def change(desk: Desk, evidence: Id, given: EvidenceDetails) -> None:
    """Corrects one; what stood there before stays in the history. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_WORK, AbsenceEvidence)
    with desk.unit() as unit:
        found = unit.reader.get(AbsenceEvidence, evidence)
        _check(given, unit.reader.get(Participant, found.scope).birth_date, desk.clock.today())
        unit.set(AbsenceEvidence, evidence, **_fields(given))


def remove(desk: Desk, evidence: Id) -> None:
    """Takes one out that was written down by mistake; the history keeps it, and files that were brought stay."""
    desk.allow(Act.RECORD_WORK, AbsenceEvidence)
    with desk.unit() as unit:
        unit.delete(AbsenceEvidence, evidence)


def find(desk: Desk, evidence: Id) -> EvidenceDetails:
    """One paper, to be changed."""
    desk.allow(Act.READ, AbsenceEvidence)
    with desk.read() as reader:
        return details_of(reader.get(AbsenceEvidence, evidence))


def view(desk: Desk, participant: Id) -> AbsenceView:
    """Work over time, every paper, and what is worth a second look under the rules of the area."""
    desk.allow(Act.READ, AbsenceEvidence)
    today = desk.clock.today()
    with desk.read() as reader:
        papers = reader.list(AbsenceEvidence, scope=participant)
        tellings = reader.list(WorkSituation, scope=participant)
        files = [one for one in reader.list(Attachment, scope=participant) if one.removed_on is None]
        names = staff_names(reader)
    over_time = stretches(tellings)
    counts = standing_for(papers, newest_work(tellings).get(participant), today)
    brought = Counter(one.evidence for one in files)
    start = desk.site.evidence.start
    newest = sorted(papers, key=lambda one: (one.starts_on or date.min, one.ends_on or date.max, one.id), reverse=True)
    return AbsenceView(
        stretches=tuple(reversed(over_time)),
        lines=tuple(
            EvidenceLine(
                evidence=one.id,
                details=details_of(one),
                days_left=(one.ends_on - today).days if one.ends_on else None,
                counts=counts is not None and counts.record == one.id,
                brought=brought[one.id],
                recorded_by=names.get(one.recorded_by, "") if one.recorded_by else "",
                recorded_on=one.recorded_on,
            )
            for one in newest
        ),
        hints=tuple(
            hints(
                papers,
                over_time,
                today,
                fit_note_first=start is EvidenceStart.FIT_NOTE_FIRST,
                fit_note_expected=start is not EvidenceStart.NO_FIT_NOTE,
            )
        ),
        brought=len(files),
    )


def details_of(one: AbsenceEvidence) -> EvidenceDetails:
    """What a record says."""
    return EvidenceDetails(
        kind=one.kind or Evidence.OTHER,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        issued_on=one.issued_on,
        issuer=one.issuer,
        issuer_name=one.issuer_name,
        fitness=one.fitness,
        options=one.options,
        function=one.function,
        seen_again=one.seen_again,
        note=one.note,
    )


def _fields(given: EvidenceDetails) -> dict[str, Any]:
    """What is kept: a self-certificate has no issuer, and only some papers say anything of fitness."""
    issued = given.kind in ISSUED
    fit = given.fitness if given.kind in SAYS_FITNESS else None
    return {
        "kind": given.kind,
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "issued_on": given.issued_on if issued else None,
        "issuer": given.issuer if issued else None,
        "issuer_name": words_or_none(given.issuer_name) if issued else None,
        "fitness": fit,
        "options": given.options if fit is Fitness.MAY_BE_FIT else frozenset(),
        "function": words_or_none(given.function) if issued else None,
        "seen_again": given.seen_again if given.kind in SAYS_FITNESS else None,
        "note": words_or_none(given.note),
    }


def _check(given: EvidenceDetails, born: date | None, today: date) -> None:
    problems: list[tuple[str, str]] = []
    if given.starts_on is None:
        problems.append(("starts_on", "date_missing"))
    elif born is not None and given.starts_on < born:
        problems.append(("starts_on", "evidence_before_birth"))
    if given.ends_on is not None and given.starts_on is not None and given.ends_on < given.starts_on:
        problems.append(("ends_on", "ends_before_start"))
    if given.ends_on is None and given.kind in (Evidence.SELF_CERTIFIED, *SAYS_FITNESS):
        problems.append(("ends_on", "evidence_end_missing"))
    if given.issued_on is not None and given.issued_on > today:
        problems.append(("issued_on", "date_in_future"))
    elif given.issued_on is not None and born is not None and given.issued_on < born:
        problems.append(("issued_on", "evidence_before_birth"))
    if given.issuer is not None and given.issuer not in MAY_ISSUE.get(given.kind, {given.issuer}):
        problems.append(("issuer", "issuer_may_not"))
    if not given.options <= {one.value for one in Option}:
        problems.append(("options", "option_unknown"))
    if problems:
        raise FieldsInvalid(tuple(problems))
