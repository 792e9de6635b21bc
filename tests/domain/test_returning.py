"""Going back bit by bit: what is worth a second look. Nothing here ever blocks."""

from datetime import date
from decimal import Decimal

import pytest

from workwell_desktop.domain.returning import Week, share_of_usual, warnings

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
def test_three_days_in_a_row_at_the_start_are_named(days: str, named: bool) -> None:
    assert ("no_rest_day" in codes(week(1, "12", days))) is named


def test_later_weeks_may_have_days_in_a_row() -> None:
    assert codes(week(1, "8"), week(2, "8"), week(3, "12", "mon tue wed")) == {}


@pytest.mark.parametrize(
    ("start", "finish", "named"), [("08:00", "12:00", False), ("05:30", "12:00", True), ("22:00", "06:00", True)]
)
def test_early_late_and_night_work_at_the_start_is_named(start: str, finish: str, named: bool) -> None:
    assert ("early_or_late" in codes(week(1, "8", start=start, finish=finish))) is named


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
