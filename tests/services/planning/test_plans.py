"""Plans: one draft for an episode, each obstacle with an action or a reason, versions that follow signed ones."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import TODAY, ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import (
    EmployerAnswer,
    ObstacleKind,
    OwnerKind,
    PlanStatus,
    PlanType,
    SignatoryRole,
    SignatureOutcome,
)
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked, NoPermission
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.person import going_back, obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plan_pages, plans, signatories, signing

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
OUT_OF_WORK = WorkDetails(WorkStatus.OUT_OF_WORK, since=date(2026, 6, 1))


def out_of_work(refer: Refer) -> Referred:
    """Somebody whose plan the coach and the participant sign."""
    return refer(work=OUT_OF_WORK)


@pytest.mark.parametrize(
    ("status", "plan_type"),
    [
        (WorkStatus.OFF_SICK, PlanType.RETURN_TO_WORK),
        (WorkStatus.STRUGGLING, PlanType.STAY_IN_WORK),
        (WorkStatus.OUT_OF_WORK, PlanType.SEEK_WORK),
    ],
)
def test_the_type_comes_from_the_work_situation(
    desk: Desk, refer: Refer, status: WorkStatus, plan_type: PlanType
) -> None:
    plan = plans.open_plan(desk, refer(work=WorkDetails(status)).participant)
    assert plan_pages.view_plan(desk, plan).type is plan_type


def test_there_is_one_draft_for_an_episode(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    assert (
        plans.open_plan(desk, participant) == plans.open_plan(desk, participant) == plans.newest_plan(desk, participant)
    )


def test_an_obstacle_has_an_action_or_is_left_with_a_reason(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    plan = plans.open_plan(desk, participant)
    first, second, third = (
        obstacles.add_obstacle(desk, participant, ObstacleKind.PERSON, words) for words in ("One", "Two", "Three")
    )
    obstacles.add_action(desk, participant, "Walk", OwnedBy(OwnerKind.PARTICIPANT), TODAY, obstacle=first)
    adjustments.ask_for(desk, participant, "Shorter shifts", obstacle=second)
    assert plan_pages.view_plan(desk, plan).covered == 2
    assert "obstacle_uncovered" in plan_pages.view_plan(desk, plan).missing
    with pytest.raises(BadInput):
        obstacles.leave_obstacle(desk, third, "  ")
    obstacles.leave_obstacle(desk, third, "Not now")
    view = plan_pages.view_plan(desk, plan)
    assert (view.covered, view.obstacles[2].left_reason) == (3, "Not now")
    assert "obstacle_uncovered" not in view.missing


def test_a_plan_that_lacks_something_is_not_signed(desk: Desk, refer: Refer) -> None:
    plan = plans.open_plan(desk, out_of_work(refer).participant)
    assert set(plan_pages.view_plan(desk, plan).missing) == {"no_actions", "no_review", "no_what_matters"}
    with pytest.raises(BadInput) as refused:
        signatories.settle_signatories(desk, plan)
    assert refused.value.reason == "plan_not_ready"


def test_signatories_are_settled_in_the_order_of_signing(desk: Desk, refer: Refer, colleague: Join) -> None:
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, refer().participant, clinician=tom.me)
    rows = plan_pages.view_plan(desk, plan).signatories
    assert [one.role for one in rows] == [SignatoryRole.COACH, SignatoryRole.PARTICIPANT, SignatoryRole.CLINICIAN]
    assert [one.next for one in rows] == [True, False, False]


def test_a_return_to_work_plan_asks_for_a_clinician(desk: Desk, refer: Refer) -> None:
    with pytest.raises(BadInput) as refused:
        ready_plan(desk, refer().participant)
    assert refused.value.reason == "clinician_missing"


def test_nobody_signs_in_a_role_that_is_not_theirs(desk: Desk, refer: Refer, colleague: Join) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    with pytest.raises(BadInput) as refused:
        ready_plan(desk, refer().participant, clinician=jo.me)
    assert refused.value.reason == "may_not_sign"


def test_a_plan_being_signed_is_not_written_any_more(desk: Desk, refer: Refer) -> None:
    plan = ready_plan(desk, out_of_work(refer).participant)
    with pytest.raises(Locked):
        plans.set_plan_text(desk, plan, "strengths", "Patient")
    assert plans.change_the_plan(desk, plan) == plan
    plans.set_plan_text(desk, plan, "strengths", "Patient")
    assert plan_pages.view_plan(desk, plan).status is PlanStatus.DRAFT


def test_a_signed_plan_is_followed_by_a_new_version(desk: Desk, refer: Refer) -> None:
    participant = out_of_work(refer).participant
    plan = ready_plan(desk, participant)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    following = plans.change_the_plan(desk, plan)
    view = plan_pages.view_plan(desk, following)
    assert (view.version, view.status, view.what_matters) == (2, PlanStatus.DRAFT, "Back with my team")
    assert plan_pages.view_plan(desk, plan).status is PlanStatus.SIGNED


def test_declining_is_an_outcome_with_a_reason(desk: Desk, refer: Refer) -> None:
    plan = ready_plan(desk, out_of_work(refer).participant)
    with pytest.raises(BadInput):
        signatories.will_not_sign(desk, plan, " ")
    signatories.will_not_sign(desk, plan, "Wants to read it at home", outcome=SignatureOutcome.UNABLE)
    row = plan_pages.view_plan(desk, plan).signatories[1]
    assert (row.outcome, row.reason) == (SignatureOutcome.UNABLE, "Wants to read it at home")


def test_what_the_gp_hears_of_risk_is_a_clinicians_to_add(desk: Desk, refer: Refer, colleague: Join) -> None:
    plan = plans.open_plan(desk, refer().participant)
    with pytest.raises(NoPermission):
        plans.set_plan_text(desk, plan, "gp_risk", "Has had thoughts of self-harm; safe today.")
    plans.set_plan_text(colleague(), plan, "gp_risk", "Has had thoughts of self-harm; safe today.")
    assert plan_pages.view_plan(desk, plan).gp_risk


def test_weeks_work_out_their_hours_and_warn_without_blocking(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    work.record(desk, participant, WorkDetails(WorkStatus.OFF_SICK, usual_hours=Decimal("37.5")))
    plan = plans.open_plan(desk, participant)
    monday = date(2026, 12, 7)
    going_back.add_week(desk, participant, starts_on=monday, days=["fri", "mon"], start="09:00", finish="13:30")
    week = going_back.add_week(
        desk, participant, starts_on=monday + timedelta(weeks=1), days=["mon"], hours=Decimal(30)
    )
    view = plan_pages.view_plan(desk, plan)
    assert [(one.hours, one.days, one.share) for one in view.weeks] == [
        (Decimal(9), ("mon", "fri"), Decimal("0.240")),
        (Decimal(30), ("mon",), Decimal("0.800")),
    ]
    assert [(one.code, one.weeks) for one in view.warnings if one.code == "step_too_big"] == [("step_too_big", (2,))]
    with pytest.raises(FieldsInvalid):
        going_back.change_week(desk, week, days=["someday"])
    going_back.change_week(desk, week, start="09:00", finish="12:00", days=["mon", "tue"])
    assert plan_pages.view_plan(desk, plan).weeks[1].hours == Decimal(6)


def test_the_catalogue_finds_changes_that_fit_an_obstacle(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    obstacles.add_obstacle(desk, participant, ObstacleKind.WORKPLACE, "Lifting 12 kg parcels")
    found = adjustments.find_adjustments(desk, participant, "lift")
    assert found
    assert found[0].fits == ("Lifting 12 kg parcels",)
    adjustments.ask_for(desk, participant, found[0].text, code=found[0].code)
    assert adjustments.find_adjustments(desk, participant, "lift")[0].chosen


def test_a_change_at_work_is_agreed_when_the_employer_says_so(desk: Desk, refer: Refer) -> None:
    participant = refer().participant
    plan = plans.open_plan(desk, participant)
    made = adjustments.ask_for(desk, participant, "Start at 9am")
    assert plan_pages.view_plan(desk, plan).adjustments[0].answer is None
    adjustments.record_answer(desk, made, EmployerAnswer.AGREED, "By the shift manager")
    assert plan_pages.view_plan(desk, plan).adjustments[0].answer is EmployerAnswer.AGREED


def test_a_review_is_not_in_the_past(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    plan = plans.open_plan(desk, refer().participant)
    with pytest.raises(BadInput) as refused:
        plans.set_review(desk, plan, clock.today() - timedelta(days=1))
    assert refused.value.reason == "date_past"
