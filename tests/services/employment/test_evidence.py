"""Papers for being off work: written down, in Today, in the record, in the export; and what they never become."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import ready_plan
from tests.services.conftest import OFF_SICK
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.employment import Contract, EmployerSize, Sector
from workwell_desktop.domain.evidence import MAY_ISSUE, AbsenceEvidence, Fitness, Issuer
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Evidence, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AdviceKind
from workwell_desktop.domain.site import EvidenceRule, EvidenceStart
from workwell_desktop.errors import FieldsInvalid, NoPermission
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import evidence, work
from workwell_desktop.services.employment.evidence_views import EvidenceDetails
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import going_back, record
from workwell_desktop.services.planning import plan_pages, plans
from workwell_desktop.services.planning.commitments import MAY_ADVISE
from workwell_desktop.services.travel import bundle

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
TODAY = date(2026, 11, 24)
NOTE = EvidenceDetails(Evidence.FIT_NOTE, date(2026, 10, 19), date(2026, 12, 6), issuer=Issuer.DOCTOR)


def refused(desk: Desk, who: Id, given: EvidenceDetails) -> list[tuple[str, str]]:
    with pytest.raises(FieldsInvalid) as wrong:
        evidence.record(desk, who, given)
    return list(wrong.value.problems)


def test_several_papers_stand_beside_each_other_newest_first(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    own = EvidenceDetails(Evidence.SELF_CERTIFIED, date(2026, 10, 12), date(2026, 10, 18))
    evidence.record(desk, who, own)
    noted = replace(
        NOTE,
        fitness=Fitness.MAY_BE_FIT,
        options=frozenset({"phased", "amended_duties"}),
        function="Can stand for an hour",
        issuer_name="Dr Example",
        seen_again=True,
        issued_on=date(2026, 10, 19),
    )
    evidence.record(desk, who, noted)
    found = evidence.view(desk, who)
    assert [one.details for one in found.lines] == [noted, own]
    assert [(one.days_left, one.counts) for one in found.lines] == [(12, True), (-37, False)]
    assert {one.recorded_by for one in found.lines} == {"Maya Okafor"}
    assert found.hints == ()


def test_one_that_was_wrong_is_corrected_and_the_history_keeps_it(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = evidence.record(desk, who, NOTE)
    evidence.change(desk, made, replace(NOTE, ends_on=date(2026, 11, 29)))
    assert evidence.find(desk, made).ends_on == date(2026, 11, 29)
    with desk.read() as reader:
        assert len(reader.history(made, "ends_on")) == 2
    evidence.remove(desk, made)
    assert evidence.view(desk, who).lines == ()


def test_what_belongs_to_another_kind_of_paper_is_not_kept(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    given = EvidenceDetails(
        Evidence.SELF_CERTIFIED, TODAY, TODAY, fitness=Fitness.NOT_FIT, function="x", issuer_name="y", seen_again=True
    )
    made = evidence.record(desk, who, given)
    assert evidence.find(desk, made) == EvidenceDetails(Evidence.SELF_CERTIFIED, TODAY, TODAY)
    made = evidence.record(desk, who, replace(NOTE, fitness=Fitness.NOT_FIT, options=frozenset({"phased"})))
    assert evidence.find(desk, made).options == frozenset()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (replace(NOTE, ends_on=date(2026, 10, 18)), ("ends_on", "ends_before_start")),
        (replace(NOTE, starts_on=date(1980, 1, 1)), ("starts_on", "evidence_before_birth")),
        (replace(NOTE, starts_on=None), ("starts_on", "date_missing")),
        (replace(NOTE, ends_on=None), ("ends_on", "evidence_end_missing")),
        (replace(NOTE, issued_on=TODAY + timedelta(days=1)), ("issued_on", "date_in_future")),
        (replace(NOTE, issued_on=date(1980, 1, 1)), ("issued_on", "evidence_before_birth")),
        (replace(NOTE, fitness=Fitness.MAY_BE_FIT, options=frozenset({"rest"})), ("options", "option_unknown")),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: Desk, refer: Refer, given: EvidenceDetails, problem: tuple[str, str]
) -> None:
    who = refer().participant
    assert refused(desk, who, given) == [problem]
    assert evidence.view(desk, who).lines == ()


def test_a_plan_of_a_pilot_needs_no_last_day(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    evidence.record(desk, who, EvidenceDetails(Evidence.PILOT_PLAN, TODAY))
    now = work.current(desk, who)
    assert now is not None
    assert (now.evidence, now.evidence_until, now.evidence_days_left) == (Evidence.PILOT_PLAN, None, None)


def test_who_may_not_write_it_down_does_not(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    with pytest.raises(NoPermission):
        evidence.record(jo, who, NOTE)
    with pytest.raises(NoPermission):
        evidence.view(jo, who)


# --- where it is seen -------------------------------------------------------------------------------------------------


def test_a_paper_that_was_seen_counts_before_what_was_told(desk: Desk, refer: Refer) -> None:
    told = replace(OFF_SICK, evidence=Evidence.SELF_CERTIFIED, evidence_until=date(2026, 10, 18))
    who = refer(work=told).participant
    now = work.current(desk, who)
    assert now is not None
    assert (now.evidence, now.evidence_days_left) == (Evidence.SELF_CERTIFIED, -37)
    evidence.record(desk, who, NOTE)
    now = work.current(desk, who)
    assert now is not None
    assert (now.evidence, now.evidence_until, now.evidence_days_left) == (Evidence.FIT_NOTE, date(2026, 12, 6), 12)


def test_today_names_the_paper_that_runs_out_and_no_more_once_the_next_is_there(
    desk: Desk, clock: FixedClock, refer: Refer
) -> None:
    who = refer().participant
    made = evidence.record(desk, who, replace(NOTE, ends_on=TODAY + timedelta(days=1)))
    found = [one for one in today.view(desk).items if one.kind == "evidence"]
    assert [(one.record, one.due, one.words["evidence"]) for one in found] == [
        (made, TODAY + timedelta(days=1), "fit_note")
    ]
    evidence.record(desk, who, replace(NOTE, starts_on=TODAY + timedelta(days=2), ends_on=TODAY + timedelta(days=30)))
    assert [one for one in today.view(desk).items if one.kind == "evidence"] == []


def test_weeks_after_the_paper_that_counts_are_named_in_the_plan(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    plan = plans.open_plan(desk, who)
    going_back.add_week(desk, who, starts_on=date(2026, 12, 7), days=["mon"], hours=Decimal(4))
    assert "past_evidence" not in {one.code for one in plan_pages.view_plan(desk, plan).warnings}
    evidence.record(desk, who, NOTE)
    found = {one.code: one.on for one in plan_pages.view_plan(desk, plan).warnings}
    assert found["past_evidence"] == date(2026, 12, 6)


def test_it_stands_among_everything_by_date(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    evidence.record(desk, who, NOTE)
    (line,) = (one for one in record.everything(desk, who) if one.kind == "evidence")
    assert dict(line.words) == {"evidence": "fit_note", "until": "Sunday 6 December 2026"}


def test_it_is_exported_as_what_it_is(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = evidence.record(desk, who, replace(NOTE, fitness=Fitness.NOT_FIT, function="Cannot stand"))
    bundled = bundle.export_case(desk, who)
    (found,) = (one["resource"] for one in bundled["entry"] if one["resource"]["id"] == made)
    assert found["resourceType"] == "Observation"
    assert found["effectivePeriod"] == {"start": "2026-10-19", "end": "2026-12-06"}
    assert found["valueCodeableConcept"]["coding"][0]["code"] == "fit_note"
    assert "Cannot stand" in json.dumps(found["component"])


# --- work over time ---------------------------------------------------------------------------------------------------


def test_the_job_and_its_demands_are_kept_with_the_telling(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    told = replace(
        OFF_SICK,
        job_title="Warehouse operative",
        contract=Contract.PERMANENT,
        sector=Sector.TRANSPORT,
        employer_size=EmployerSize.LARGE,
        demands=frozenset({"LFT", "FTG"}),
        demands_words="Lifts parcels all day",
    )
    work.record(desk, who, told)
    now = work.current(desk, who)
    assert now is not None
    assert replace(now.details, told_on=None) == told


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (WorkDetails(WorkStatus.OFF_SICK, since=date(1980, 1, 1)), ("since", "since_before_birth")),
        (WorkDetails(WorkStatus.OFF_SICK, demands=frozenset({"HOUSE"})), ("demands", "demand_unknown")),
    ],
)
def test_work_that_cannot_be_is_refused(desk: Desk, refer: Refer, told: WorkDetails, problem: tuple[str, str]) -> None:
    with pytest.raises(FieldsInvalid) as wrong:
        work.record(desk, refer().participant, told)
    assert wrong.value.problems == (problem,)


def test_work_over_time_is_read_as_stretches(desk: Desk, refer: Refer) -> None:
    who = refer(work=WorkDetails(WorkStatus.STRUGGLING, told_on=date(2026, 9, 3))).participant
    work.record(desk, who, replace(OFF_SICK, told_on=date(2026, 10, 20)))
    found = evidence.view(desk, who).stretches
    assert [(one.status, one.since, one.until) for one in found] == [
        (WorkStatus.OFF_SICK, date(2026, 10, 12), None),
        (WorkStatus.STRUGGLING, date(2026, 9, 3), date(2026, 10, 11)),
    ]


# --- what would be embarrassing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", list(EvidenceStart))
def test_error_4_nobody_needs_a_fit_note_to_be_helped(desk: Desk, refer: Refer, start: EvidenceStart) -> None:
    """Under every rule of an area the record, the plan and Today work without one, and ``none`` is an answer."""
    desk.site = replace(desk.site, evidence=EvidenceRule(start, "words"))
    who = refer().participant
    evidence.record(desk, who, EvidenceDetails(Evidence.NONE, date(2026, 10, 12)))
    codes = [one.code for one in evidence.view(desk, who).hints]
    assert codes == (["fit_note_first"] if start is EvidenceStart.FIT_NOTE_FIRST else [])
    assert plan_pages.view_plan(desk, plans.open_plan(desk, who)).warnings == ()
    assert [one for one in today.view(desk).items if one.kind == "evidence"] == []


def test_errors_5_and_6_no_field_holds_pay_or_an_entitlement() -> None:
    """Sick pay follows rules that change and that the employer applies: there is no place to compute it."""
    from workwell_desktop.domain import evidence as rules
    from workwell_desktop.domain.plans import ReturnWeek
    from workwell_desktop.domain.records import FieldType, fields_of

    money = ("pay", "ssp", "amount", "rate", "entitle", "earn")
    for kind in (AbsenceEvidence, ReturnWeek):
        assert not [spec.name for spec in fields_of(kind) if any(word in spec.name for word in money)]
        assert {spec.name for spec in fields_of(kind) if spec.holds is FieldType.DECIMAL} <= {"hours"}
    assert not [name for name in vars(rules) if any(word in name.lower() for word in ("ssp", "entitle", "earn"))]


def test_error_7_what_a_paper_says_goes_into_no_paper_of_ours(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    evidence.record(desk, who, replace(NOTE, function="Quartz function", issuer_name="Dr Feldspar", note="Basalt note"))
    work.record(desk, who, replace(OFF_SICK, demands_words="Granite demands"))
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, who, clinician=tom.me)
    for kind in (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY):
        said = words_of(papers.preview(desk, plan, kind).pdf)
        assert [word for word in ("Quartz", "Feldspar", "Basalt", "Granite", "fit note") if word in said] == []


@pytest.mark.parametrize("issuer", sorted(set(Issuer) - MAY_ISSUE[Evidence.FIT_NOTE]))
def test_error_8_a_fit_note_is_of_five_professions_alone(desk: Desk, refer: Refer, issuer: Issuer) -> None:
    assert refused(desk, refer().participant, replace(NOTE, issuer=issuer)) == [("issuer", "issuer_may_not")]


def test_error_8_the_same_five_may_draft_advice_for_one() -> None:
    five = {one.value for one in MAY_ISSUE[Evidence.FIT_NOTE]}
    assert {one.value for one in MAY_ADVISE[AdviceKind.FIT_NOTE]} == five


def test_error_9_an_ahp_report_is_of_allied_health_professions_and_no_doctors(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    report = replace(NOTE, kind=Evidence.AHP_REPORT)
    assert refused(desk, who, report) == [("issuer", "issuer_may_not")]
    evidence.record(desk, who, replace(report, issuer=Issuer.PODIATRIST))
    ours = {one.value for one in MAY_ADVISE[AdviceKind.AHP_REPORT]}
    assert ours <= {one.value for one in MAY_ISSUE[Evidence.AHP_REPORT]}
