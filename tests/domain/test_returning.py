"""Going back bit by bit: what is worth a second look. Nothing here ever blocks."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from workwell_desktop.domain.returning import Week, even_steps, share_of_usual, warnings

MONDAY = date(2026, 11, 30)


def week(number: int, hours: str, days: str = "mon wed", start: str | None = None, finish: str | None = None) -> Week:
    starts = date.fromordinal(MONDAY.toordinal() + 7 * (number - 1))
    return Week(starts, frozenset(days.split()), Decimal(hours), start, finish)


def codes(*weeks: Week, **known: object) -> dict[str, tuple[int, ...]]:
    return {each.code: each.weeks for each in warnings(weeks, **known)}  # type: ignore[arg-type]


def test_a_gentle_plan_has_nothing_to_look_at() -> None:
    plan = (week(1, "10"), week(2, "18"), week(3, "27", "mon tue thu fri"), week(4, "36", "mon tue wed thu fri"))
    assert codes(*plan, usual_hours=Decimal(36), evidence_until=date(2027, 1, 31)) == {}


def test_a_step_of_over_25_percentage_points_is_named() -> None:
    assert codes(week(1, "10"), week(2, "20"), week(3, "30"), usual_hours=Decimal(40)) == {}
    assert codes(week(1, "10"), week(2, "20.5"), usual_hours=Decimal(40)) == {"step_too_big": (2,)}


def test_going_down_is_never_a_step_too_big() -> None:
    assert codes(week(1, "30"), week(2, "10"), usual_hours=Decimal(40)) == {}


def test_five_days_in_the_first_week_are_named() -> None:
    found = codes(week(1, "20", "mon tue wed thu fri"))
    assert found["full_first_week"] == (1,)


@pytest.mark.parametrize(
    ("days", "named"),
    [("mon wed fri", False), ("mon tue thu fri", False), ("mon tue wed", True), ("fri sat sun", True)],
)
def test_three_days_in_a_row_are_named_where_tiredness_is_hard(days: str, named: bool) -> None:
    assert ("no_rest_day" in codes(week(1, "12", days), tired=True)) is named
    assert "no_rest_day" not in codes(week(1, "12", days))


def test_the_usual_week_has_its_rest_at_the_weekend() -> None:
    full = week(3, "36", "mon tue wed thu fri")
    plan = (week(1, "18"), week(2, "27", "mon tue wed"), full)
    assert codes(*plan, usual_hours=Decimal(36), tired=True) == {"no_rest_day": (2,)}


@pytest.mark.parametrize(
    ("start", "finish", "named"), [("08:00", "12:00", False), ("05:30", "12:00", True), ("22:00", "06:00", True)]
)
def test_early_late_and_night_work_at_the_start_is_named(start: str, finish: str, named: bool) -> None:
    assert ("early_or_late" in codes(week(1, "8", start=start, finish=finish))) is named


def test_nights_and_being_on_call_at_the_start_are_named() -> None:
    plan = [Week(MONDAY, frozenset({"mon"}), Decimal(8), on_call=on) for on in (True, False, True)]
    assert [(one.code, one.weeks) for one in warnings(plan) if one.code == "on_call"] == [("on_call", (1,))]


def test_more_hours_than_usual_are_named() -> None:
    assert codes(week(1, "41", "mon"), usual_hours=Decimal(40)) == {"over_usual": (1,)}


def test_weeks_after_the_fit_note_are_named_with_its_last_day() -> None:
    last = date(2026, 12, 6)
    (found,) = warnings([week(1, "8"), week(2, "8"), week(3, "8")], evidence_until=last)
    assert (found.code, found.weeks, found.on) == ("past_evidence", (2, 3), last)


def test_weeks_after_our_support_are_named() -> None:
    assert codes(week(1, "8"), programme_ends=date(2026, 12, 1)) == {"past_programme": (1,)}


def test_two_lines_for_one_week_are_named() -> None:
    assert codes(week(1, "8"), week(1, "9")) == {"same_week": (2,)}


def test_what_nobody_filled_in_is_not_judged() -> None:
    assert codes(Week(None), Week(None, frozenset(), None), usual_hours=Decimal(40)) == {}


def test_a_share_is_rounded_half_up() -> None:
    assert share_of_usual(Decimal("12"), Decimal("37.5")) == 32
    assert share_of_usual(Decimal("16.2"), Decimal("40")) == 41


@pytest.mark.parametrize(
    ("usual", "weeks", "hours"),
    [
        ("40", 4, ["10", "20", "30", "40"]),
        ("37.5", 4, ["9.5", "19", "28", "37.5"]),
        ("16", 3, ["5.5", "10.5", "16"]),
        ("37.5", 1, ["37.5"]),
    ],
)
def test_even_steps_end_at_the_usual_hours(usual: str, weeks: int, hours: list[str]) -> None:
    found = even_steps(Decimal(usual), weeks, MONDAY)
    assert [str(one.hours.normalize()) for one in found] == [str(Decimal(each).normalize()) for each in hours]
    assert [one.starts_on for one in found] == [MONDAY + timedelta(weeks=each) for each in range(weeks)]


def test_even_steps_keep_days_of_rest_and_have_nothing_to_look_at() -> None:
    found = even_steps(Decimal("37.5"), 5, MONDAY)
    assert [len(one.days) for one in found] == [1, 2, 3, 4, 5]
    assert found[2].days == ("mon", "wed", "fri")
    plan = [Week(one.starts_on, frozenset(one.days), one.hours) for one in found]
    assert warnings(plan, usual_hours=Decimal("37.5"), tired=True) == []


def test_somebody_who_works_three_days_is_never_asked_for_a_fourth() -> None:
    assert [len(one.days) for one in even_steps(Decimal(24), 4, MONDAY, days_a_week=3)] == [1, 2, 3, 3]
