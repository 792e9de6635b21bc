"""Every table of the service summary: whom it counts, its rows, and how a row is found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workwell_desktop.domain.episodes import ClosureReason, ReferralSource
from workwell_desktop.domain.participants import EmployerContact, Evidence, WorkStatus
from workwell_desktop.domain.plans import ActionKind, ActionStatus, EmployerAnswer, ObstacleKind, PlanType
from workwell_desktop.services.assessing.measures import Measure, published
from workwell_desktop.services.reporting._summary_cases import Case
from workwell_desktop.services.reporting.summary_cuts import CUTS

UNKNOWN = "not_known"
PEOPLE, OBSTACLES, ACTIONS, CHANGES = "people", "obstacles", "actions", "changes"
IN_WORK = frozenset({WorkStatus.WORKING, WorkStatus.STRUGGLING, WorkStatus.RETURNED})
AWAY = frozenset({WorkStatus.OFF_SICK, WorkStatus.OUT_OF_WORK})
MONTHS = 24
"""A longer period is told by years."""


@dataclass(frozen=True, slots=True)
class Spec:
    """``of`` is a population, or the table and the row that hold who is counted; ``way`` gives the row of one."""

    code: str
    of: str | tuple[str, str]
    rows: tuple[str, ...]
    way: Callable[[Any], str]
    words: str = ""


def specs(cases: Sequence[Case], first: date, last: date) -> Iterator[Spec]:
    """In the order of the file; a table stands after the one that it is part of."""
    yield Spec("status", PEOPLE, ("waiting", "active", "closed"), _status)
    yield Spec("came_in", PEOPLE, ("in_period", "before"), lambda case: "in_period" if case.came_in else "before")
    new = ("came_in", "in_period")
    yield Spec("source", new, _codes(ReferralSource), lambda case: case.source or UNKNOWN)
    yield Spec("meeting", new, ("met", "waiting", "closed", UNKNOWN), _meeting)
    met = ("meeting", "met")
    yield Spec("wait", met, ("week", "fortnight", "month", "longer"), _wait)
    months, month = _months(first, last)
    yield Spec("month", met, months, month)
    yield Spec("agreement", PEOPLE, ("agreed", "declined", "withdrawn", "not_recorded"), _agreement)
    yield Spec("work_start", PEOPLE, _codes(WorkStatus), lambda case: case.work_start or UNKNOWN, "work")
    yield Spec("work_now", PEOPLE, _codes(WorkStatus), lambda case: case.work_now or UNKNOWN, "work")
    yield Spec("evidence", PEOPLE, _codes(Evidence), lambda case: case.evidence or UNKNOWN)
    yield Spec("employer", PEOPLE, _codes(EmployerContact), lambda case: case.employer or UNKNOWN)
    yield Spec("plan", PEOPLE, ("signed", "none"), lambda case: "signed" if case.plan else "none")
    yield Spec("plan_type", ("plan", "signed"), _codes(PlanType), lambda case: case.plan.strip("?") or UNKNOWN)
    yield Spec("discussed", PEOPLE, ("yes", "no"), lambda case: "yes" if case.discussed else "no")
    yield Spec("funded", PEOPLE, ("yes", "no"), lambda case: "yes" if case.funded else "no")
    yield Spec("obstacle", OBSTACLES, _codes(ObstacleKind), lambda kind: kind or UNKNOWN)
    yield Spec("action", ACTIONS, _codes(ActionKind), lambda action: action[0] or UNKNOWN)
    for kind in ActionKind:
        done = _codes(ActionStatus)
        yield Spec(
            f"action_{kind.value}", ("action", kind.value), done, lambda action: action[1] or UNKNOWN, "action_status"
        )
    yield Spec(
        "change", CHANGES, ("not_asked", *(one.value for one in EmployerAnswer)), lambda answer: answer or "not_asked"
    )
    yield Spec("reason", ("status", "closed"), _codes(ClosureReason), lambda case: case.reason or UNKNOWN)
    sides = ("away", "in_work", UNKNOWN)
    yield Spec("closed_from", ("status", "closed"), sides, lambda case: _side(case.work_start), "side")
    yield Spec("closed_to", ("closed_from", "away"), sides, lambda case: _side(case.work_now), "side")
    for cut in CUTS:
        yield Spec(cut.code, PEOPLE, cut.rows, cut.way)
    yield from _measures(cases)


def measured(cases: Sequence[Case]) -> list[Measure]:
    """The measures that somebody took."""
    taken = {code for case in cases for code in case.measured}
    return [entry for entry in published() if entry.code in taken]


def _measures(cases: Sequence[Case]) -> Iterator[Spec]:
    for entry in measured(cases):
        code = f"measure_{entry.code}"
        yield Spec(code, PEOPLE, ("both", "first", "none"), _completeness(entry.code), "measure")
        if entry.lower_is_better is not None and entry.threshold is not None:
            yield Spec(f"{code}_change", (code, "both"), ("better", "same", "worse"), _change(entry), "measure_change")


def _completeness(code: str) -> Callable[[Case], str]:
    def way(case: Case) -> str:
        taken = case.measured.get(code)
        return "none" if taken is None else "first" if taken[1] is None else "both"

    return way


def _change(entry: Measure) -> Callable[[Case], str]:
    def way(case: Case) -> str:
        first, last = case.measured[entry.code]
        change = (last or 0) - first
        if not entry.passes(change):
            return "same"
        return "better" if (change < 0) is entry.lower_is_better else "worse"

    return way


def _codes(kind: type[Any]) -> tuple[str, ...]:
    return (*(one.value for one in kind), UNKNOWN)


def _status(case: Case) -> str:
    return "closed" if case.closed else "waiting" if case.waiting else "active"


def _meeting(case: Case) -> str:
    if case.wait is None:
        return "closed" if case.closed else "waiting"
    return "met" if case.wait >= 0 else UNKNOWN


def _wait(case: Case) -> str:
    days = case.wait or 0
    return "week" if days <= 7 else "fortnight" if days <= 14 else "month" if days <= 28 else "longer"


def _agreement(case: Case) -> str:
    return case.agreement or "not_recorded"


def _side(status: str) -> str:
    return "in_work" if status in IN_WORK else "away" if status in AWAY else UNKNOWN


def _months(first: date, last: date) -> tuple[tuple[str, ...], Callable[[Case], str]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > MONTHS:
        return tuple(str(year) for year in range(first.year, last.year + 1)), lambda case: case.since[:4]
    places = [divmod(first.year * 12 + first.month - 1 + step, 12) for step in range(count)]
    return tuple(f"{year:04}-{month + 1:02}" for year, month in places), lambda case: case.since[:7]
