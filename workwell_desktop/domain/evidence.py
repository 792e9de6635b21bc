"""What stands for an absence: papers with a beginning and an end, who gave them, and what is worth a second look.

The hints warn and never block. None of them computes what somebody is paid or entitled to, and none expects a fit note
of everybody: people may have another paper, or none.

self_certificate_long  a self-certificate for more than 7 days (after them an employer may ask for a paper)
over_three_months      a fit note for more than 3 months in the first 6 months of the absence (guidance of 2022)
gap                    days off sick between two papers that no paper covers
overlap                two papers for the same days
run_out                the last paper ended, and the person is still off sick
fit_note_first         this area begins with a GP's fit note, and none is written down after 7 days
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workwell_desktop.domain.participants import Evidence
from workwell_desktop.domain.records import Id, Record, Scope, record
from workwell_desktop.domain.work_history import Stretch, off_sick

SELF_CERTIFIED_DAYS = 7
LONGEST_MONTHS, FIRST_MONTHS = 3, 6
DAY = timedelta(days=1)


class Fitness(StrEnum):
    """The two things that a fit note or an AHP report can say. Neither says that somebody is fit."""

    NOT_FIT = "not_fit"
    MAY_BE_FIT = "may_be_fit"


class Option(StrEnum):
    """The four boxes beside "may be fit"."""

    PHASED = "phased"
    ALTERED_HOURS = "altered_hours"
    AMENDED_DUTIES = "amended_duties"
    ADAPTATIONS = "adaptations"


class Issuer(StrEnum):
    """Of what profession somebody is who gave a paper."""

    DOCTOR = "doctor"
    NURSE = "nurse"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    PHARMACIST = "pharmacist"
    PHYSIOTHERAPIST = "physiotherapist"
    PODIATRIST = "podiatrist"
    OTHER_AHP = "other_ahp"
    OCCUPATIONAL_HEALTH = "occupational_health"
    SERVICE = "service"
    OTHER = "other"


MAY_ISSUE: Mapping[Evidence, frozenset[Issuer]] = {
    Evidence.FIT_NOTE: frozenset(
        {Issuer.DOCTOR, Issuer.NURSE, Issuer.OCCUPATIONAL_THERAPIST, Issuer.PHARMACIST, Issuer.PHYSIOTHERAPIST}
    ),
    Evidence.AHP_REPORT: frozenset(
        {Issuer.OCCUPATIONAL_THERAPIST, Issuer.PHYSIOTHERAPIST, Issuer.PODIATRIST, Issuer.OTHER_AHP}
    ),
}
"""Fit notes: five professions since 1 July 2022. AHP Health and Work Report: allied health professions. Others: any."""
ISSUED = (Evidence.FIT_NOTE, Evidence.AHP_REPORT, Evidence.PILOT_PLAN, Evidence.OTHER)
"""Kinds that somebody gives; a self-certificate is the person's own."""
SAYS_FITNESS = (Evidence.FIT_NOTE, Evidence.AHP_REPORT)


@record("absence_evidence", Scope.PARTICIPANT)
class AbsenceEvidence(Record):
    """One paper, or the knowledge that there is none, for a time of absence."""

    kind: Evidence | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    """Its last day; None where it has none."""
    issued_on: date | None = None
    issuer: Issuer | None = None
    issuer_name: str | None = None
    fitness: Fitness | None = None
    options: frozenset[str] = frozenset()
    """Codes of ``Option``."""
    function: str | None = None
    """What the paper says about the effects at work, in its words."""
    seen_again: bool | None = None
    """Whether the issuer wrote that they will need to see the person again."""
    note: str | None = None
    recorded_by: Id | None = None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at, about the days from ``starts_on`` to ``ends_on``; ``evidence`` is the paper, if one."""

    code: str
    starts_on: date
    ends_on: date
    evidence: Id | None = None


def covering(papers: Iterable[AbsenceEvidence]) -> list[AbsenceEvidence]:
    """Papers that stand for days, by their first day; that there is none covers nothing."""
    found = [one for one in papers if one.starts_on is not None and one.kind not in (None, Evidence.NONE)]
    return sorted(found, key=lambda one: (one.starts_on or date.min, one.ends_on or date.max, one.id))


def standing(papers: Iterable[AbsenceEvidence], today: date) -> AbsenceEvidence | None:
    """The paper whose last day counts: the last of those that follow each other without a gap from today on.

    Where nothing covers today it is the one that ended last, else the first that is still to begin; where it is only
    known that there is no paper, that.
    """
    every = list(papers)
    found = covering(every)
    begun = [one for one in found if one.starts_on is not None and one.starts_on <= today]
    if not begun:
        known = [one for one in every if one.kind is Evidence.NONE]
        return found[0] if found else max(known, key=_age) if known else None
    best = max(begun, key=lambda one: (_end(one), one.starts_on or date.min, one.id))
    for one in found:
        if one.starts_on is not None and _end(best) < date.max and one.starts_on <= _end(best) + DAY:
            best = max(best, one, key=_end)
    return best


def hints(
    papers: Sequence[AbsenceEvidence],
    stretches: Iterable[Stretch],
    today: date,
    *,
    fit_note_first: bool = False,
    fit_note_expected: bool = True,
) -> list[Hint]:
    """What is worth a second look, by the day it begins. ``fit_note_first`` is the rule of the area; where nobody
    expects a fit note at the start, the days before the first paper are no gap."""
    absences = off_sick(stretches)
    found = covering(papers)
    told = [
        *_long_self_certificates(found),
        *_long_notes(found, absences),
        *_overlaps(found),
        *_gaps(found, list(papers), absences, today, expected=fit_note_expected),
    ]
    if fit_note_first:
        told += _no_first_note(found, absences, today)
    return sorted(told, key=lambda one: (one.starts_on, one.code))


def months_after(day: date, months: int) -> date:
    """The day before the same day some months later: three months from 5 March end on 4 June."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - DAY).day
    return date(year, month, min(day.day, last)) - DAY


def _end(one: AbsenceEvidence) -> date:
    return one.ends_on or date.max


def _age(one: AbsenceEvidence) -> tuple[date, str]:
    return one.starts_on or date.min, one.id


def _long_self_certificates(found: Iterable[AbsenceEvidence]) -> Iterator[Hint]:
    for one in found:
        if one.kind is not Evidence.SELF_CERTIFIED or one.starts_on is None or one.ends_on is None:
            continue
        if (one.ends_on - one.starts_on).days + 1 > SELF_CERTIFIED_DAYS:
            yield Hint("self_certificate_long", one.starts_on, one.ends_on, one.id)


def _long_notes(found: Iterable[AbsenceEvidence], absences: Iterable[Stretch]) -> Iterator[Hint]:
    begins = [one.since for one in absences]
    for one in found:
        if one.kind is not Evidence.FIT_NOTE or one.starts_on is None or one.ends_on is None:
            continue
        begun = max((day for day in begins if day <= one.starts_on), default=one.starts_on)
        early = one.starts_on <= months_after(begun, FIRST_MONTHS)
        if early and one.ends_on > months_after(one.starts_on, LONGEST_MONTHS):
            yield Hint("over_three_months", one.starts_on, one.ends_on, one.id)


def _overlaps(found: Sequence[AbsenceEvidence]) -> Iterator[Hint]:
    before: AbsenceEvidence | None = None
    for one in found:
        if before is not None and one.starts_on is not None and one.starts_on <= _end(before):
            last = min(_end(before), _end(one))
            yield Hint("overlap", one.starts_on, one.starts_on if last == date.max else last, one.id)
        before = one if before is None or _end(one) >= _end(before) else before


def _gaps(
    found: Sequence[AbsenceEvidence],
    every: Sequence[AbsenceEvidence],
    absences: Iterable[Stretch],
    today: date,
    *,
    expected: bool,
) -> Iterator[Hint]:
    """Days of an absence that no paper stands for. One with no paper at all has no gap: nobody has to have one."""
    known = [one for one in every if one.kind is Evidence.NONE and one.starts_on is not None]
    for absence in absences:
        last_day = min(absence.until or today, today)
        papers = [one for one in found if one.starts_on is not None and one.starts_on <= last_day]
        papers = [one for one in papers if _end(one) >= absence.since]
        if not papers or papers[0].starts_on is None:
            continue
        covered = absence.since - DAY
        if not expected or papers[0].starts_on <= absence.since + DAY * SELF_CERTIFIED_DAYS:
            covered = max(covered, papers[0].starts_on - DAY)
        for one in papers:
            if one.starts_on is not None and one.starts_on - DAY > covered:
                yield from _unknown("gap", covered + DAY, one.starts_on - DAY, known)
            covered = max(covered, _end(one))
        if covered < last_day:
            code = "run_out" if absence.until is None else "gap"
            yield from _unknown(code, covered + DAY, last_day, known)


def _unknown(code: str, first: date, last: date, known: Iterable[AbsenceEvidence]) -> Iterator[Hint]:
    """Not where somebody wrote down that there is no paper for these days."""
    for one in known:
        if one.starts_on is not None and one.starts_on <= first and _end(one) >= last:
            return
    yield Hint(code, first, last)


def _no_first_note(found: Iterable[AbsenceEvidence], absences: Sequence[Stretch], today: date) -> Iterator[Hint]:
    now = absences[-1] if absences and absences[-1].until is None else None
    if now is None or now.days(today) <= SELF_CERTIFIED_DAYS:
        return
    if not any(one.kind is Evidence.FIT_NOTE and _end(one) >= now.since for one in found):
        yield Hint("fit_note_first", now.since, today)
