"""The table says a ratio where there is a baseline, and whether a goal is kept."""

from tests.benchmarks.rows import Row, alternating_ms, median_ms, table


def test_a_goal_is_of_the_ratio_where_there_is_a_baseline() -> None:
    assert Row("start", 150, "ms", baseline=100, goal=1.5).holds is True
    assert Row("start", 151, "ms", baseline=100, goal=1.5).holds is False
    assert Row("answer", 0.9, "ms", goal=1).holds is True
    assert Row("memory", 200, "MB").holds is None


def test_the_table_is_aligned() -> None:
    lines = table([Row("start", 151, "ms", baseline=100, goal=1.5), Row("memory", 200, "MB", goal=160)]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].split() == ["start", "151", "ms", "100", "ms", "1.51", "1.5", "OVER"]
    assert lines[2].split() == ["memory", "200", "MB", "160", "MB", "OVER"]


def test_two_acts_take_turns() -> None:
    seen: list[str] = []
    one, two = alternating_ms(lambda: seen.append("a"), lambda: seen.append("b"), 3)
    assert seen == ["a", "b"] * 3
    assert one >= 0
    assert two >= 0
    assert median_ms(lambda: None, 5) >= 0
