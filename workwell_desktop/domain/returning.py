"""Checks on going back bit by bit. They warn and never block: what is right is agreed with the employer.

step_too_big       a week asks for over 25 percentage points of the usual hours more than the week before
full_first_week    five days or more in the first week
no_rest_day        somebody who tires has three days or more in a row without a day off between, before the full week
early_or_late      work before 6am or after 10pm in the first two weeks
on_call            nights or being on call in the first two weeks
over_usual         more hours than usual
past_evidence      a week goes on after the fit note or other evidence ends
past_programme     a week goes on after our support is planned to end
same_week          two lines begin in the same week
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BIGGEST_STEP = Decimal("0.25")
FIRST_WEEKS = 2
FULL_WEEK = 5
IN_A_ROW = 3
EARLIEST, LATEST = "06:00", "22:00"


@dataclass(frozen=True, slots=True)
class Week:
    """One step: its first day, the days worked (codes of ``DAYS``), hours in all, and when a day starts and ends."""

    starts_on: date | None
    days: frozenset[str] = frozenset()
    hours: Decimal | None = None
    start: str | None = None
    finish: str | None = None
    on_call: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One week of a plan that was filled in evenly."""

    starts_on: date
    days: tuple[str, ...]
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - it is one, and it is never raised
    """One thing to look at. ``weeks`` are numbers from 1 in the order given; ``on`` the day that is passed, if any."""

    code: str
    weeks: tuple[int, ...]
    on: date | None = None


def warnings(
    weeks: Sequence[Week],
    *,
    usual_hours: Decimal | None = None,
    evidence_until: date | None = None,
    programme_ends: date | None = None,
    tired: bool = False,
) -> list[Warning]:
    """What is worth a second look, in the order of the list above; what nobody filled in is not judged.

    ``tired``: whether tiredness is among what is hard, so that a day of rest in the middle of the week matters.
    """
    numbered = list(enumerate(weeks, 1))
    early = numbered[:FIRST_WEEKS]
    found = (
        ("step_too_big", _big_steps(weeks, usual_hours), None),
        ("full_first_week", (n for n, week in numbered[:1] if len(week.days) >= FULL_WEEK), None),
        ("no_rest_day", (n for n, week in numbered if tired and _no_rest(week, usual_hours)), None),
        ("early_or_late", (n for n, week in early if _early_or_late(week)), None),
        ("on_call", (n for n, week in early if week.on_call), None),
        ("over_usual", (n for n, week in numbered if _over(week.hours, usual_hours)), None),
        ("past_evidence", (n for n, week in numbered if _past(week, evidence_until)), evidence_until),
        ("past_programme", (n for n, week in numbered if _past(week, programme_ends)), programme_ends),
        ("same_week", _same_weeks(weeks), None),
    )
    return [Warning(code, which, on) for code, numbers, on in found if (which := tuple(numbers))]


def share_of_usual(hours: Decimal, usual_hours: Decimal) -> int:
    """Hours as a percentage of the usual ones, rounded half up; ``usual_hours`` must be above 0."""
    return int((hours / usual_hours * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _big_steps(weeks: Sequence[Week], usual: Decimal | None) -> Iterator[int]:
    if not usual:
        return
    before: Decimal | None = None
    for number, week in enumerate(weeks, 1):
        if before is not None and week.hours is not None and (week.hours - before) / usual > BIGGEST_STEP:
            yield number
        before = week.hours if week.hours is not None else before


def even_steps(usual_hours: Decimal, weeks: int, starts_on: date, days_a_week: int = FULL_WEEK) -> list[Step]:
    """From the first step to the usual hours in ``weeks`` even steps, to the half hour; the last week is the usual one.

    A week has as many days as its hours fill usual days, with days of rest between them as long as that goes.
    """
    daily = usual_hours / days_a_week
    steps = []
    for number in range(1, weeks + 1):
        share = usual_hours * number / weeks
        hours = usual_hours if number == weeks else (share * 2).quantize(Decimal(1), rounding="ROUND_HALF_UP") / 2
        needed = int((hours / daily).to_integral_value(rounding="ROUND_CEILING"))
        days = _SPREAD[max(1, min(needed, days_a_week))]
        steps.append(Step(starts_on + timedelta(weeks=number - 1), days, hours))
    return steps


_SPREAD: dict[int, tuple[str, ...]] = {
    1: ("wed",),
    2: ("tue", "thu"),
    3: ("mon", "wed", "fri"),
    4: ("mon", "tue", "thu", "fri"),
    5: DAYS[:5],
    6: DAYS[:6],
    7: DAYS,
}
"""Days for so many days of work, with rest between them."""


def _no_rest(week: Week, usual: Decimal | None) -> bool:
    """Before the week is the usual one: a usual week of five days has its rest at the weekend."""
    below = usual is None or week.hours is None or week.hours < usual
    return below and _without_rest(week.days)


def _without_rest(days: frozenset[str]) -> bool:
    worked = [place for place, day in enumerate(DAYS) if day in days]
    return len(worked) >= IN_A_ROW and _longest_run(worked) >= IN_A_ROW


def _longest_run(places: Iterable[int]) -> int:
    longest = run = 0
    before: int | None = None
    for place in places:
        run = run + 1 if before is not None and place == before + 1 else 1
        longest, before = max(longest, run), place
    return longest


def _early_or_late(week: Week) -> bool:
    """A day that ends before it starts goes through the night."""
    start, finish = week.start, week.finish
    overnight = start is not None and finish is not None and finish <= start
    return overnight or (start is not None and start < EARLIEST) or (finish is not None and finish > LATEST)


def _over(hours: Decimal | None, usual: Decimal | None) -> bool:
    return hours is not None and usual is not None and hours > usual


def _past(week: Week, end: date | None) -> bool:
    return end is not None and week.starts_on is not None and week.starts_on + timedelta(days=6) > end


def _same_weeks(weeks: Sequence[Week]) -> Iterator[int]:
    seen: set[tuple[int, int]] = set()
    for number, week in enumerate(weeks, 1):
        if week.starts_on is not None:
            calendar_week = week.starts_on.isocalendar()[:2]
            if calendar_week in seen:
                yield number
            seen.add(calendar_week)
