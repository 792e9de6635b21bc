"""Goal attainment scaling: T against worked examples (Kiresuk and Sherman 1968)."""

from decimal import Decimal

import pytest

from workwell_desktop.domain.goals import RatedGoal, t_score, weight
from workwell_desktop.errors import BadInput


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((0, 0, 0), "50"),
        ((-1, -1, -1), "36.3069"),
        ((1, 0, -1), "50"),
        ((1, 1, 0), "59.1287"),
        ((-1, -1, -2), "31.7426"),
        ((-2,), "30"),
    ],
)
def test_goals_without_weights(levels: tuple[int, ...], expected: str) -> None:
    assert t_score([RatedGoal(level) for level in levels]) == Decimal(expected)


def test_goals_with_weights() -> None:
    assert t_score([RatedGoal(2, 3), RatedGoal(1, 2), RatedGoal(-1, 1)]) == Decimal("65.4228")


def test_without_a_goal_there_is_no_number() -> None:
    assert t_score([]) is None


def test_all_weights_zero_is_refused_and_never_fifty() -> None:
    with pytest.raises(BadInput) as refused:
        t_score([RatedGoal(2, 0), RatedGoal(1, 0)])
    assert refused.value.reason == "goal_weights"


@pytest.mark.parametrize("level", [-3, 3])
def test_a_level_outside_minus_two_to_two_is_refused(level: int) -> None:
    with pytest.raises(BadInput) as refused:
        t_score([RatedGoal(level)])
    assert refused.value.reason == "goal_level"


def test_a_weight_is_importance_times_difficulty() -> None:
    assert weight(3, 2) == 6
    with pytest.raises(BadInput):
        weight(4, 1)


def test_a_goal_of_weight_zero_counts_for_nothing() -> None:
    assert t_score([RatedGoal(1, 1), RatedGoal(-2, 0)]) == t_score([RatedGoal(1, 1)])
