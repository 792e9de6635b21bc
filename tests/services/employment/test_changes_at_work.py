"""Changes at work from asking to what came of them, and weeks of going back filled in; the employer decides."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.services.case_help import ready_plan
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.evidence import Option
from workwell_desktop.domain.papers import ApprovalHow, PaperKind
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import AdjustmentStatus, Effect, EmployerAnswer, ObstacleKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.reference import CATEGORIES, load_barriers
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import going_back, obstacles
from workwell_desktop.services.planning import adjustments, plan_pages, plans

Refer = Callable[..., Referred]
TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 30)
SOON = TODAY + timedelta(days=1)
NO = (None, EmployerAnswer.ASKED, EmployerAnswer.NOT_NOW, EmployerAnswer.REFUSED)


def due(desk: Desk) -> list[tuple[Id, date | None, str]]:
    return [(one.record, one.due, one.route.page) for one in today.view(desk).items if one.kind == "adjustment_review"]


# --- the catalogue ----------------------------------------------------------------------------------------------------


def test_the_sixty_are_found_by_what_is_hard_by_kind_and_by_the_box_of_a_fit_note(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    every = adjustments.find_adjustments(desk, who)
    assert len(every) == 60
    by_box = {box: {one.code for one in adjustments.find_adjustments(desk, who, box=box)} for box in Option}
    assert set.union(*by_box.values()) == {one.code for one in every}
    assert "H01" in by_box[Option.PHASED]
    assert "H05" in by_box[Option.ALTERED_HOURS] & by_box[Option.ADAPTATIONS]
    by_group = [len(adjustments.find_adjustments(desk, who, group=group)) for group in CATEGORIES]
    assert by_group == [10, 12, 12, 9, 11, 3, 3]
    lifting = {one.code for one in adjustments.find_adjustments(desk, who, barrier="LFT")}
    assert {"D01", "D04", "Q07", "D11"} <= lifting
    assert "E05" not in lifting


def test_whatever_is_hard_there_is_a_change_for_it(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    found = {one.code: adjustments.find_adjustments(desk, who, barrier=one.code) for one in load_barriers()}
    assert [code for code, rows in found.items() if len(rows) < 2] == []


def test_words_and_filters_narrow_down_together(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    found = adjustments.find_adjustments(desk, who, "desk", barrier="POS", group="environment", box="adaptations")
    assert [one.code for one in found] == ["E01"]
    assert adjustments.find_adjustments(desk, who, "desk", group="travel") == []


# --- what the employer says -------------------------------------------------------------------------------------------


def test_an_answer_says_who_gave_it_and_when(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    made = adjustments.ask_for(desk, who, "Start at 9am")
    assert adjustments.find(desk, made).asked_by == desk.me
    adjustments.record_answer(desk, made, EmployerAnswer.ASKED)
    found = adjustments.find(desk, made)
    assert (found.asked_on, found.answered_on) == (TODAY, None)
    yes = EmployerAnswer.AGREED_WITH_CHANGE
    adjustments.record_answer(desk, made, yes, "At 8am", by="Shift manager", on=TODAY - timedelta(days=1))
    found = adjustments.find(desk, made)
    assert (found.answer, found.answer_note, found.answered_by) == (yes, "At 8am", "Shift manager")
    assert (found.asked_on, found.answered_on) == (TODAY, TODAY - timedelta(days=1))
    adjustments.record_answer(desk, made, yes, "At 8am, not before")
    assert adjustments.find(desk, made).answered_by == "Shift manager"
    with pytest.raises(FieldsInvalid):
        adjustments.record_answer(desk, made, yes, on=SOON)


@pytest.mark.parametrize("answer", NO)
@pytest.mark.parametrize("status", [AdjustmentStatus.IN_PLACE, AdjustmentStatus.ENDED])
def test_nothing_is_in_place_before_the_employer_said_yes(
    desk: Desk, refer: Refer, answer: EmployerAnswer | None, status: AdjustmentStatus
) -> None:
    made = adjustments.ask_for(desk, refer().participant, "Start at 9am")
    adjustments.record_answer(desk, made, answer)
    with pytest.raises(FieldsInvalid) as wrong:
        adjustments.record_how_it_goes(desk, made, status=status)
    assert wrong.value.problems == (("status", "employer_has_not_agreed"),)


def test_a_yes_that_is_taken_back_is_not_in_place_any_more(desk: Desk, refer: Refer) -> None:
    made = adjustments.ask_for(desk, refer().participant, "Start at 9am")
    adjustments.record_answer(desk, made, EmployerAnswer.TRIAL, by="Sam")
    adjustments.record_how_it_goes(desk, made, status=AdjustmentStatus.IN_PLACE, effect=Effect.A_BIT)
    adjustments.record_answer(desk, made, EmployerAnswer.REFUSED, "Too few people")
    found = adjustments.find(desk, made)
    assert (found.status, found.effect) == (None, Effect.A_BIT)


def test_what_came_of_it_is_kept(desk: Desk, refer: Refer) -> None:
    made = adjustments.ask_for(desk, refer().participant, "Start at 9am", starts_on=TODAY)
    adjustments.record_answer(desk, made, EmployerAnswer.TRIAL)
    adjustments.record_how_it_goes(
        desk,
        made,
        status=AdjustmentStatus.IN_PLACE,
        effect=Effect.HELPED,
        effect_note=" Sleeps through ",
        funding="Access to Work",
        trial_until=SOON,
    )
    found = adjustments.find(desk, made)
    assert (found.status, found.effect, found.effect_note, found.funding, found.trial_until) == (
        AdjustmentStatus.IN_PLACE,
        Effect.HELPED,
        "Sleeps through",
        "Access to Work",
        SOON,
    )
    with pytest.raises(FieldsInvalid) as wrong:
        adjustments.record_how_it_goes(desk, made, status=None, trial_until=TODAY - timedelta(days=1))
    assert wrong.value.problems == (("trial_until", "ends_before_start"),)


# --- Today ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "asked_about"),
    [
        (EmployerAnswer.AGREED, True),
        (EmployerAnswer.TRIAL, True),
        (EmployerAnswer.NOT_NOW, True),
        (EmployerAnswer.ASKED, True),
        (EmployerAnswer.REFUSED, False),
        (None, False),
    ],
)
def test_a_review_is_due_in_today(desk: Desk, refer: Refer, answer: EmployerAnswer | None, asked_about: bool) -> None:
    made = adjustments.ask_for(desk, refer().participant, "Start at 9am", review_on=SOON)
    adjustments.record_answer(desk, made, answer)
    assert due(desk) == ([(made, SOON, "change")] if asked_about else [])


def test_a_trial_that_ends_is_due_before_its_review_and_an_ended_change_is_not(desk: Desk, refer: Refer) -> None:
    made = adjustments.ask_for(desk, refer().participant, "Start at 9am")
    adjustments.record_answer(desk, made, EmployerAnswer.TRIAL)
    later = TODAY + timedelta(days=60)
    adjustments.record_how_it_goes(desk, made, status=None, trial_until=SOON, review_on=later)
    assert due(desk) == [(made, SOON, "change")]
    adjustments.record_how_it_goes(desk, made, status=AdjustmentStatus.ENDED, trial_until=SOON, review_on=later)
    assert due(desk) == []


# --- going back bit by bit --------------------------------------------------------------------------------------------


@pytest.fixture
def usual(desk: Desk, refer: Refer) -> Id:
    """Somebody in work, and finding it hard, who usually works 40 hours."""
    told = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels", usual_hours=Decimal(40))
    return refer(work=told).participant


def test_weeks_are_filled_in_from_the_usual_hours_in_one_act(desk: Desk, usual: Id) -> None:
    plan = plans.open_plan(desk, usual)
    assert going_back.fill_weeks(desk, usual, starts_on=MONDAY, weeks=4) == 4
    view = plan_pages.view_plan(desk, plan)
    assert [(one.starts_on, one.hours, len(one.days)) for one in view.weeks] == [
        (MONDAY, Decimal(10), 2),
        (MONDAY + timedelta(7), Decimal(20), 3),
        (MONDAY + timedelta(14), Decimal(30), 4),
        (MONDAY + timedelta(21), Decimal(40), 5),
    ]
    assert [one.code for one in view.warnings] == []


def test_fewer_steps_are_filled_in_too_and_named_as_big(desk: Desk, usual: Id) -> None:
    plan = plans.open_plan(desk, usual)
    going_back.fill_weeks(desk, usual, starts_on=MONDAY, weeks=2)
    assert {one.code for one in plan_pages.view_plan(desk, plan).warnings} == {"step_too_big"}


def test_weeks_that_are_there_are_never_overwritten(desk: Desk, usual: Id) -> None:
    going_back.add_week(desk, usual, starts_on=MONDAY, days=["mon"], hours=Decimal(4))
    with pytest.raises(BadInput) as wrong:
        going_back.fill_weeks(desk, usual, starts_on=MONDAY, weeks=4)
    assert wrong.value.reason == "weeks_there"


@pytest.mark.parametrize("weeks", [0, 27])
def test_a_number_of_weeks_that_cannot_be_is_refused(desk: Desk, usual: Id, weeks: int) -> None:
    with pytest.raises(FieldsInvalid):
        going_back.fill_weeks(desk, usual, starts_on=MONDAY, weeks=weeks)


def test_without_usual_hours_nothing_is_worked_out(desk: Desk, refer: Refer) -> None:
    with pytest.raises(BadInput) as wrong:
        going_back.fill_weeks(desk, refer().participant, starts_on=MONDAY, weeks=4)
    assert wrong.value.reason == "usual_hours_missing"


def test_a_week_says_what_is_left_out_where_and_who_asks(desk: Desk, usual: Id) -> None:
    plan = plans.open_plan(desk, usual)
    made = going_back.add_week(desk, usual, starts_on=MONDAY, days=["mon"], hours=Decimal(4))
    said = {"duties_out": "Heavy parcels", "place": "Depot, by bus", "check_in_by": "Shift manager", "on_call": True}
    going_back.change_week(desk, made, **said)
    (week,) = plan_pages.view_plan(desk, plan).weeks
    assert {name: getattr(week, name) for name in said} == said
    assert "on_call" in {one.code for one in plan_pages.view_plan(desk, plan).warnings}
    going_back.change_week(desk, made, place="", on_call=False)
    (week,) = plan_pages.view_plan(desk, plan).weeks
    assert (week.place, week.on_call) == (None, False)


@pytest.mark.parametrize("how", ["ticked", "said"])
def test_a_day_of_rest_is_asked_about_where_tiredness_is_hard(
    desk: Desk, usual: Id, clock: FixedClock, how: str
) -> None:
    plan = plans.open_plan(desk, usual)
    going_back.add_week(desk, usual, starts_on=MONDAY, days=["mon", "tue", "wed"], hours=Decimal(9))
    assert "no_rest_day" not in {one.code for one in plan_pages.view_plan(desk, plan).warnings}
    if how == "ticked":
        told = WorkDetails(WorkStatus.STRUGGLING, usual_hours=Decimal(40), demands=frozenset({"FTG"}))
        work.record(desk, usual, told)
    else:
        obstacles.add_obstacle(desk, usual, ObstacleKind.PERSON, "So tired by noon")
    assert "no_rest_day" in {one.code for one in plan_pages.view_plan(desk, plan).warnings}


# --- on paper ---------------------------------------------------------------------------------------------------------


def test_what_we_recommend_stands_on_paper_as_a_request_until_the_employer_answers(desk: Desk, usual: Id) -> None:
    made = adjustments.ask_for(desk, usual, "Start at 9am", reason="because of lumbago")
    plan = ready_plan(desk, usual)
    shown = words_of(papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY).pdf)
    assert "Start at 9am Asked, no answer yet" in shown
    assert "greed" not in shown.partition("Start at 9am")[2].partition("decide")[0]
    assert "lumbago" not in shown
    adjustments.record_answer(desk, made, EmployerAnswer.AGREED, by="Sam")
    adjustments.record_how_it_goes(desk, made, status=AdjustmentStatus.IN_PLACE, effect_note="Sleeps through")
    shown = words_of(papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY).pdf)
    assert "Start at 9am Agreed" in shown
    assert "Sleeps through" not in shown


def test_error_10_the_weeks_say_times_duties_and_place_and_no_word_of_health(desk: Desk, usual: Id) -> None:
    week = going_back.add_week(desk, usual, starts_on=MONDAY, days=["mon"], start="09:00", finish="13:00")
    said = {"duties_out": "Heavy parcels", "place": "Depot", "check_in": MONDAY, "check_in_by": "Sam"}
    going_back.change_week(desk, week, duties="Packing", **said)
    plan = ready_plan(desk, usual)
    for kind in (PaperKind.PARTICIPANT_PLAN, PaperKind.EMPLOYER_SUMMARY):
        shown = words_of(papers.preview(desk, plan, kind).pdf)
        for words in ("9am to 1pm", "Packing", "Not for now: Heavy parcels", "Where: Depot", "Sam checks in on"):
            assert words in shown
    going_back.change_week(desk, week, duties_out="Lifting, for her depression")
    shown_now = papers.preview(desk, plan, PaperKind.EMPLOYER_SUMMARY)
    with pytest.raises(BadInput) as wrong:
        papers.approve(desk, plan, PaperKind.EMPLOYER_SUMMARY, shown_now.content, how=ApprovalHow.IN_ROOM)
    assert wrong.value.reason == "unfit_for_employer"
