"""What the instruments add up to, run by the engine: right totals, and none where an answer is missing."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop import assets
from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import Form, Run, compile_form

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
SIZES = {"phq-9": 9, "phq-8": 8, "phq-2": 2, "gad-7": 7, "gad-2": 2, "phq-4": 4}


@cache
def compiled(name: str) -> Form:
    return compile_form(assets.resource("instruments", f"{name}.json").read_bytes())


def filled(name: str, values: list[int | None]) -> Run:
    run = Run(compiled(name), now=NOW)
    prefix = name.replace("-", "")
    for number, value in enumerate(values, 1):
        if value is not None:
            run.answer(f"{prefix}-{number}", Coding("http://loinc.org", CODES[value]))
    return run


def scores(run: Run) -> dict[str, Decimal | None]:
    return {score.link_id: None if score.value is None else Decimal(score.value) for score in run.scores()}


@pytest.mark.parametrize("name", SIZES)
@given(data=st.data())
def test_the_total_is_the_sum_of_all_answers(name: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(0, 3), min_size=SIZES[name], max_size=SIZES[name]))
    assert scores(filled(name, list(values)))[f"{name.replace('-', '')}-total"] == sum(values)


@pytest.mark.parametrize(
    ("name", "missing"), [(name, number) for name, size in SIZES.items() for number in range(size)]
)
def test_one_missing_answer_leaves_no_total(name: str, missing: int) -> None:
    values: list[int | None] = [3] * SIZES[name]
    values[missing] = None
    assert scores(filled(name, values))[f"{name.replace('-', '')}-total"] is None


@pytest.mark.parametrize("name", SIZES)
def test_all_not_at_all_is_zero_and_nothing_answered_is_no_total(name: str) -> None:
    total = f"{name.replace('-', '')}-total"
    assert scores(filled(name, [0] * SIZES[name]))[total] == 0
    assert scores(filled(name, [None] * SIZES[name]))[total] is None


def test_an_answer_that_is_taken_back_takes_the_total_with_it() -> None:
    run = filled("gad-7", [1] * 7)
    run.answer("gad7-3", None)
    assert scores(run)["gad7-total"] is None


def test_the_halves_of_phq_4_stand_by_themselves() -> None:
    found = scores(filled("phq-4", [3, 2, None, 1]))
    assert found == {"phq4-anxiety": 5, "phq4-depression": None, "phq4-total": None}
    assert scores(filled("phq-4", [3, 2, 0, 1])) == {"phq4-anxiety": 5, "phq4-depression": 1, "phq4-total": 6}


@pytest.mark.parametrize(
    ("values", "asked"),
    [([0] * 9, False), ([0] * 8 + [1], True), ([1] * 9, True), ([1] * 8 + [None], False), ([None] * 9, False)],
)
def test_phq_9_asks_how_hard_it_was_only_above_zero(values: list[int | None], asked: bool) -> None:
    assert ("phq9-difficulty" in filled("phq-9", values).enabled()) is asked


def test_how_hard_it_was_is_not_counted() -> None:
    run = filled("phq-9", [1] * 9)
    run.answer("phq9-difficulty", Coding("http://loinc.org", "LA6574-3"))
    assert scores(run) == {"phq9-total": 9}


def test_the_highest_totals() -> None:
    assert scores(filled("phq-9", [3] * 9))["phq9-total"] == 27
    assert scores(filled("gad-7", [3] * 7))["gad7-total"] == 21
    assert scores(filled("phq-4", [3] * 4))["phq4-total"] == 12


def test_loneliness_adds_three_questions_and_leaves_the_direct_one_alone() -> None:
    run = Run(compiled("loneliness-3"), now=NOW)
    system = "https://workwell-desktop.example/codes/loneliness"
    for link, code in (("lon-1", "often"), ("lon-2", "some"), ("lon-3", "hardly-ever")):
        run.answer(link, Coding(system, code))
    assert scores(run) == {"lon-total": 6}
    run.answer("lon-direct", Coding(system, "never"))
    assert scores(run) == {"lon-total": 6}


@pytest.mark.parametrize("name", ["ons4", "pain-0-10", "work-ability-ruler", "work-and-health"])
def test_rulers_are_never_added_to_anything(name: str) -> None:
    assert Run(compiled(name), now=NOW).scores() == []


def test_a_ruler_takes_0_to_10_and_says_so() -> None:
    run = Run(compiled("work-ability-ruler"), now=NOW)
    for value, codes in ((0, []), (10, []), (11, ["maxValue"]), (-1, ["minValue"])):
        run.answer("ability", value)
        assert [issue.code for issue in run.issues()] == codes


@pytest.mark.parametrize("written", ["%answered.weight().sum()", "%answered.value.ordinal().sum()"])
def test_totals_may_be_written_in_each_way_that_real_forms_use(written: str) -> None:
    source = assets.resource("instruments", "gad-7.json").read_bytes()
    assert b"%answered.value.weight().sum()" in source
    run = Run(compile_form(source.replace(b"%answered.value.weight().sum()", written.encode())), now=NOW)
    for number in range(1, 8):
        run.answer(f"gad7-{number}", Coding("http://loinc.org", CODES[2]))
    assert scores(run) == {"gad7-total": 14}
