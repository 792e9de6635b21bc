"""Every score by worked example: least, most, band edges, one missing; the sum of the ordinals and nothing else."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.instruments.vectors import ADDING, UNWEIGHTED, WEIGHTED, Adding, of_total
from workwell_desktop import assets
from workwell_desktop.domain.goals import RatedGoal, t_score
from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import Form, Run, compile_form
from workwell_desktop.services.assessing.measures import published

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOALS = "https://workwell-desktop.example/codes/goal-attainment"
LEVELS = {-2: "much-less", -1: "less", 0: "expected", 1: "better", 2: "much-better"}
RATINGS = ("not", "little", "moderate", "very")
IDS = [one.form for one in ADDING]
Goal = tuple[int | None, int | None, int | None]


@cache
def compiled(name: str) -> Form:
    return compile_form(assets.resource("instruments", f"{name}.json").read_bytes())


def answered(adding: Adding, values: list[int | None]) -> Any:
    """The total that the form gives for these ordinals; None is left out."""
    run = Run(compiled(adding.form), now=NOW)
    for number, value in enumerate(values, 1):
        if value is not None:
            item = compiled(adding.form).index[f"{adding.prefix}-{number}"]
            run.answer(item.link_id, next(one.value for one in item.options if one.weight == value))
    return next(score.value for score in run.scores() if score.link_id == adding.total)


@pytest.mark.parametrize("adding", ADDING, ids=IDS)
def test_least_and_most(adding: Adding) -> None:
    assert answered(adding, list(adding.lowest)) == sum(adding.lowest)
    assert answered(adding, list(adding.highest)) == sum(adding.highest)


@pytest.mark.parametrize("adding", [one for one in ADDING if one.bands], ids=lambda one: one.form)
def test_each_band_begins_and_ends_where_it_is_published(adding: Adding) -> None:
    (measure,) = [one for one in published() if one.code == adding.measure]
    ends = [*adding.bands[1:], sum(adding.highest) + 1]
    assert [band.low for band in measure.bands] == list(adding.bands)
    for place, (first, after) in enumerate(zip(adding.bands, ends, strict=True)):
        for total in (first, after - 1):
            value = answered(adding, list(of_total(adding, total)))
            assert (value, measure.band_of(Decimal(value))) == (total, measure.bands[place].key)
    for band, after_it in pairwise(measure.bands):
        assert band.key != after_it.key


@pytest.mark.parametrize("adding", ADDING, ids=IDS)
@given(data=st.data())
def test_the_total_is_the_sum_of_the_ordinals(adding: Adding, data: st.DataObject) -> None:
    values = [data.draw(st.integers(low, most)) for low, most in zip(adding.lowest, adding.highest, strict=True)]
    assert answered(adding, list(values)) == sum(values)


@pytest.mark.parametrize("adding", ADDING, ids=IDS)
@given(data=st.data())
def test_with_one_or_more_missing_there_is_no_total(adding: Adding, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(adding.highest) - 1), min_size=1))
    values: list[int | None] = [None if place in gone else most for place, most in enumerate(adding.highest)]
    assert answered(adding, values) is None


def test_a_question_about_periods_that_does_not_apply_counts_as_answered_and_for_nothing() -> None:
    run = Run(compiled("phq-15"), now=NOW)
    for number in range(1, 16):
        item = compiled("phq-15").index[f"phq15-{number}"]
        run.answer(item.link_id, item.options[3 if number == 4 else 2].value)
    assert [score.value for score in run.scores()] == [28]


def attainment(goals: list[Goal], *, told: bool = True) -> Decimal | None:
    """T as the form gives it for goals of (level, importance, difficulty)."""
    run = Run(compiled("goal-attainment"), now=NOW)
    for _ in goals[1:]:
        run.add_repeat("gas-goal")
    places = [row.path.rpartition("/")[0] for row in run.rows() if row.link_id == "gas-goal"]
    for place, (level, importance, difficulty) in zip(places, goals, strict=False):
        if told:
            run.answer(f"{place}/gas-text", "A goal")
        if level is not None:
            run.answer(f"{place}/gas-level", Coding(GOALS, f"level-{LEVELS[level]}"))
        if importance is not None:
            run.answer(f"{place}/gas-importance", Coding(GOALS, f"importance-{RATINGS[importance]}"))
        if difficulty is not None:
            run.answer(f"{place}/gas-difficulty", Coding(GOALS, f"difficulty-{RATINGS[difficulty]}"))
    (score,) = run.scores()
    found: Decimal | None = score.value
    return found


@pytest.mark.parametrize(("levels", "expected"), UNWEIGHTED)
def test_goals_without_weights(levels: tuple[int, ...], expected: str) -> None:
    assert attainment([(level, None, None) for level in levels]) == Decimal(expected)


def test_goals_with_weights() -> None:
    goals, expected = WEIGHTED
    assert attainment(list(goals)) == Decimal(expected)


@pytest.mark.parametrize(
    ("goals", "why"),
    [
        ([(2, 0, 3), (1, 3, 0)], "every weight is 0: 50 would say that all came out as expected"),
        ([(2, 3, None)], "a goal is half rated"),
        ([(2, None, 3)], "a goal is half rated the other way"),
        ([(1, 1, 1), (None, 2, 2)], "a goal has no level"),
        ([(None, None, None)], "the one goal has no level"),
    ],
)
def test_goal_attainment_is_not_calculated(goals: list[Goal], why: str) -> None:
    assert attainment(goals) is None, why


def test_without_a_goal_there_is_no_number() -> None:
    assert attainment([(None, None, None)], told=False) is None


def test_a_goal_that_nobody_wrote_into_counts_for_nothing() -> None:
    assert attainment([(1, 2, 2), (None, None, None)], told=False) == Decimal("60.0000")


@given(
    st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5).filter(
        lambda goals: any(importance * difficulty for _, importance, difficulty in goals)
    )
)
def test_the_form_and_the_plan_work_out_the_same(goals: list[tuple[int, int, int]]) -> None:
    whole = t_score([RatedGoal(level, importance * difficulty) for level, importance, difficulty in goals])
    assert attainment(list(goals)) == whole


@pytest.mark.parametrize(("raw", "out_of_100"), [(0, "0.0"), (12, "25.0"), (31, "64.6"), (48, "100.0"), (None, None)])
def test_the_simple_sum_of_whodas_is_also_shown_out_of_100(raw: int | None, out_of_100: str | None) -> None:
    run = Run(compiled("whodas-12-score"), now=NOW)
    run.answer("whodas12-sum", raw)
    assert [score.value for score in run.scores()] == [None if out_of_100 is None else Decimal(out_of_100)]


@pytest.mark.parametrize(
    ("form", "link_id", "kind", "lowest", "highest"),
    [
        ("wsas-score", "wsas-total", Decimal, 0, 40),
        ("whodas-12-score", "whodas12-sum", int, 0, 48),
        ("whodas-12-score", "whodas12-complex", Decimal, 0, 100),
        ("whodas-12-score", "whodas12-h1", int, 0, 30),
        ("eq-5d-5l-score", "eq5d-vas", int, 0, 100),
        ("msk-hq-score", "mskhq-total", int, 0, 56),
        ("msk-hq-score", "mskhq-days", int, 0, 7),
        ("start-msk-score", "startmsk-total", int, 0, 12),
        ("orebro-short-score", "orebro-total", int, 1, 100),
    ],
)
def test_a_score_that_is_entered_stays_within_its_range(
    form: str, link_id: str, kind: type[int] | type[Decimal], lowest: int, highest: int
) -> None:
    run = Run(compiled(form), now=NOW)
    for value, codes in ((lowest, []), (highest, []), (lowest - 1, ["minValue"]), (highest + 1, ["maxValue"])):
        run.answer(link_id, kind(value))
        # days and ratings beside the score leave open why there is no score
        assert [issue.code for issue in run.issues() if issue.code != "required"] == codes


@pytest.mark.parametrize(
    ("profile", "right"), [("11111", True), ("55555", True), ("1234", False), ("12346", False), ("0 111", False)]
)
def test_a_profile_of_eq_5d_is_five_digits_from_1_to_5(profile: str, right: bool) -> None:
    run = Run(compiled("eq-5d-5l-score"), now=NOW)
    run.answer("eq5d-profile", profile)
    assert (run.issues() == []) is right


def test_an_index_of_eq_5d_names_its_value_set() -> None:
    run = Run(compiled("eq-5d-5l-score"), now=NOW)
    assert "eq5d-value-set" not in run.enabled()
    run.answer("eq5d-index", Decimal("0.721"))
    assert [issue.code for issue in run.issues()] == ["required"]


def test_half_a_point_of_wsas_lies_in_the_band_below_the_next_number() -> None:
    (wsas,) = [one for one in published() if one.code == "wsas"]
    found = [wsas.band_of(Decimal(value)) for value in ("0", "9.5", "9.99", "10", "20", "20.25", "40")]
    low, middle, high = (band.key for band in wsas.bands)
    assert found == [low, low, low, middle, middle, high, high]
