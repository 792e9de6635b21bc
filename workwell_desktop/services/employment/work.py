"""Where somebody stands with work, as told on one day; the newest telling is the present one."""

from datetime import date
from decimal import Decimal
from functools import cache

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.participants import (
    Agreement,
    AgreementKind,
    Participant,
    Party,
    WorkSituation,
    WorkStatus,
)
from workwell_desktop.domain.records import Id, fields_of, new_id
from workwell_desktop.domain.reference import load_barriers
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import latest_work, staff_names, standing
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment._absence import evidence_of
from workwell_desktop.services.employment.work_views import WorkDetails, WorkView

HOURS_IN_A_WEEK = 168


def record(desk: Desk, participant: Id, told: WorkDetails) -> Id:
    """Writes down the situation as told; told again on one day, it corrects what was told before.

    Raises FieldsInvalid for what cannot be.
    """
    desk.allow(Act.RECORD_WORK, WorkSituation)
    made = situation_of(desk, participant, told)
    with desk.unit() as unit:
        born = unit.reader.get(Participant, participant).birth_date
        if born is not None and made.since is not None and made.since < born:
            raise FieldsInvalid((("since", "since_before_birth"),))
        same_day = unit.reader.list(WorkSituation, scope=participant, told_on=made.told_on)
        if not same_day:
            return unit.add(made)
        # two computers may each have one of that day: the one that counts has the greatest id
        before = max(one.id for one in same_day)
        unit.set(WorkSituation, before, **{spec.name: getattr(made, spec.name) for spec in fields_of(WorkSituation)})
        return before


def current(desk: Desk, participant: Id) -> WorkView | None:
    """The present situation, or None where nobody has asked yet."""
    desk.allow(Act.READ, WorkSituation)
    with desk.read() as reader:
        now = latest_work(reader, participant)
        if now is None or now.status is None:
            return None
        agreed = standing(
            reader.list(Agreement, scope=participant, kind=AgreementKind.CONTACT, party=Party.EMPLOYER)
        ).get((AgreementKind.CONTACT, Party.EMPLOYER, ""))
        names = staff_names(reader)
        today = desk.clock.today()
        stands = evidence_of(reader, participant, now, today)
    until = stands.until if stands is not None else None
    spoke = agreed.at if agreed and agreed.given and agreed.withdrawn_at is None else None
    return WorkView(
        record=now.id,
        details=_details(now),
        days=(today - now.since).days if now.since else None,
        evidence=stands.kind if stands is not None else None,
        evidence_until=until,
        evidence_days_left=(until - today).days if until else None,
        agreed_to_talk=london_day(spoke) if spoke else None,
        recorded_by=names.get(now.recorded_by, "") if now.recorded_by else "",
    )


def history(desk: Desk, participant: Id) -> tuple[WorkSituation, ...]:
    """Every telling, newest first."""
    desk.allow(Act.READ, WorkSituation)
    with desk.read() as reader:
        return tuple(reader.list(WorkSituation, order_by=("-told_on", "-id"), scope=participant))


def situation_of(desk: Desk, participant: Id, told: WorkDetails) -> WorkSituation:
    """The record of a telling, for an act that writes it in its own unit of work. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_WORK, WorkSituation)
    today = desk.clock.today()
    problems = _problems(told, today)
    if problems:
        raise FieldsInvalid(tuple(problems))
    return WorkSituation(
        id=new_id(),
        scope=participant,
        told_on=told.told_on or today,
        status=told.status,
        since=told.since,
        job_title=told.job_title or None,
        employer=told.employer or None,
        employer_person=told.employer_person or None,
        usual_hours=told.usual_hours,
        usual_pattern=told.usual_pattern or None,
        contract=told.contract,
        sector=told.sector,
        employer_size=told.employer_size,
        demands=told.demands,
        demands_words=told.demands_words or None,
        evidence=told.evidence,
        evidence_until=told.evidence_until,
        employer_contact=told.employer_contact,
        recorded_by=desk.me,
    )


def _details(one: WorkSituation) -> WorkDetails:
    """The telling that a record holds, so that the next one starts from it."""
    return WorkDetails(
        status=one.status or WorkStatus.WORKING,
        since=one.since,
        job_title=one.job_title,
        employer=one.employer,
        employer_person=one.employer_person,
        usual_hours=one.usual_hours,
        usual_pattern=one.usual_pattern,
        contract=one.contract,
        sector=one.sector,
        employer_size=one.employer_size,
        demands=one.demands,
        demands_words=one.demands_words,
        evidence=one.evidence,
        evidence_until=one.evidence_until,
        employer_contact=one.employer_contact,
        told_on=one.told_on,
    )


def _problems(told: WorkDetails, today: date) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if told.since is not None and told.since > today:
        problems.append(("since", "date_in_future"))
    if told.told_on is not None and told.told_on > today:
        problems.append(("told_on", "date_in_future"))
    if told.usual_hours is not None and not Decimal(0) <= told.usual_hours <= HOURS_IN_A_WEEK:
        problems.append(("usual_hours", "hours_impossible"))
    if told.evidence_until is not None and told.since is not None and told.evidence_until < told.since:
        problems.append(("evidence_until", "ends_before_start"))
    if not told.demands <= _barriers():
        problems.append(("demands", "demand_unknown"))
    return problems


@cache
def _barriers() -> frozenset[str]:
    return frozenset(one.code for one in load_barriers())
