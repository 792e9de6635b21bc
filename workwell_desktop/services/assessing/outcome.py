"""What came of an episode in numbers: each measure at its start and now, and how far the goals were reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workwell_desktop.domain import goals as attainment
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Episode, Response
from workwell_desktop.domain.plans import Goal
from workwell_desktop.domain.records import Id
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.assessing.measure_views import MeasureView, Point
from workwell_desktop.services.assessing.measures import measures_in
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure that was taken more than once. ``change`` is from the first to the last (negative is down);
    ``passes`` whether it is at least the published number, None where there is none."""

    measure: MeasureView
    first: Point
    last: Point
    change: Decimal
    passes: bool | None


def from_start(desk: Desk, participant: Id) -> tuple[Outcome, ...]:
    """The measures of the episode that counts now; those taken once, or not calculated, have nothing to compare."""
    desk.allow(Act.READ_SCORES, Response)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        found = measures_in(desk, reader, participant) if episode is not None else ()
    outcomes = (_outcome(one, episode) for one in found)
    return tuple(one for one in outcomes if one is not None)


def goal_attainment(goals: Sequence[Goal]) -> Decimal | None:
    """T of goal attainment scaling, each goal weighing the same; None while a goal is not looked at yet."""
    levels = [one.level for one in goals if one.level is not None]
    if len(levels) < len(goals):
        return None
    return attainment.t_score([attainment.RatedGoal(level) for level in levels])


def _outcome(measure: MeasureView, episode: Episode | None) -> Outcome | None:
    began = episode.opened_on if episode is not None else None
    points = [one for one in measure.points if began is None or london_day(one.at) >= began]
    if len(points) < 2:
        return None
    change = points[-1].value - points[0].value
    passes = None if measure.threshold is None else abs(change) >= measure.threshold
    return Outcome(measure, points[0], points[-1], change, passes)
