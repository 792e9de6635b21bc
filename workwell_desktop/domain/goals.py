"""Goal attainment scaling (Kiresuk and Sherman 1968; Turner-Stokes 2009): one number for several goals.

Each goal is at a level from -2 (much less than expected) over 0 (as expected) to +2 (much better).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from workwell_desktop.errors import BadInput

RHO = Decimal("0.3")
"""The correlation between goals that the method assumes."""
LEVELS = range(-2, 3)
RATINGS = range(4)
"""Importance and difficulty run from 0 to 3."""


@dataclass(frozen=True, slots=True)
class RatedGoal:
    """One goal as attained. ``weight`` is importance times difficulty, 1 where nobody weighed it."""

    level: int
    weight: int = 1


def weight(importance: int, difficulty: int) -> int:
    """The weight of a goal, 0 to 9. Raises BadInput ``goal_rating`` outside 0 to 3."""
    if importance not in RATINGS or difficulty not in RATINGS:
        raise BadInput("goal_rating")
    return importance * difficulty


def t_score(goals: Sequence[RatedGoal]) -> Decimal | None:
    """T, 50 where every goal came out as expected, to four decimal places; None while there is no goal.

    T = 50 + 10·Σwx / √((1-ρ)Σw² + ρ(Σw)²). Raises BadInput ``goal_weights`` where every weight is 0, because the
    formula then says nothing and 50 would say "as expected"; ``goal_level`` outside -2 to 2.
    """
    if not goals:
        return None
    if any(goal.level not in LEVELS for goal in goals):
        raise BadInput("goal_level")
    weights = [Decimal(goal.weight) for goal in goals]
    if any(each < 0 for each in weights):
        raise BadInput("goal_rating")
    if not any(weights):
        raise BadInput("goal_weights")
    with localcontext() as exact:
        exact.prec = 28
        spread = ((1 - RHO) * sum(each * each for each in weights) + RHO * sum(weights) ** 2).sqrt()
        attained = sum(each * goal.level for each, goal in zip(weights, goals, strict=True))
        return (50 + 10 * attained / spread).quantize(Decimal("0.0001"))
