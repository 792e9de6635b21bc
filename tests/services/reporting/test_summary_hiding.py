"""No number that is not shown can be worked out: tried by every table that fits what is shown."""

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from workwell_desktop.services.reporting.summary_hiding import FEWEST, Shown, given_away, hide


def fitting(counts: Sequence[Sequence[int]], marks: Sequence[Sequence[Shown]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table that a reader could think of: it knows the marks' meaning, what is shown and the columns' totals."""
    totals = [sum(column) for column in zip(*counts, strict=True)]
    columns = range(len(totals))

    def ways(row: int, column: int, left: int) -> range:
        mark = marks[row][column]
        if mark is Shown.YES:
            return range(counts[row][column], counts[row][column] + 1)
        return range(1, FEWEST) if mark is Shown.FEW else range(FEWEST, left + 1)

    def right(row: int, line: Sequence[int]) -> bool:
        mark, total = marks[row][-1], sum(line)
        if mark is Shown.YES:
            return total == sum(counts[row])
        return 0 < total < FEWEST if mark is Shown.FEW else total >= FEWEST

    def rows(row: int, left: list[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
        if row == len(counts):
            if not any(left):
                yield ()
            return
        for line in product(*(ways(row, column, left[column]) for column in columns)):
            rest = [left[column] - line[column] for column in columns]
            if min(rest) >= 0 and right(row, line):
                for others in rows(row + 1, rest):
                    yield (line, *others)

    yield from rows(0, totals)


def determined(counts: Sequence[Sequence[int]], marks: Sequence[Sequence[Shown]]) -> set[tuple[int, int]]:
    """Hidden cells, sums of rows too, that are the same in every table that fits."""
    last = len(counts[0])
    seen: dict[tuple[int, int], set[int]] = {}
    for table in fitting(counts, marks):
        for row, line in enumerate(table):
            for column, value in enumerate([*line, sum(line)]):
                if marks[row][column] is not Shown.YES:
                    seen.setdefault((row, column), set()).add(value)
        if seen and all(len(values) > 1 for values in seen.values()):
            break
    assert all(column <= last for _row, column in seen)
    return {place for place, values in seen.items() if len(values) == 1}


def tables(shape: tuple[int, int], number: int) -> Iterator[list[list[int]]]:
    draw = random.Random(f"{shape}")
    for _ in range(number):
        yield [[draw.choice((0, 0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 9)) for _ in range(shape[1])] for _ in range(shape[0])]


@pytest.mark.parametrize("shape", [(2, 1), (3, 1), (5, 1), (2, 2), (3, 2), (2, 3)])
def test_nothing_that_is_not_shown_can_be_worked_out(shape: tuple[int, int]) -> None:
    hidden = 0
    for counts in tables(shape, 60):
        marks = hide(counts)
        if marks is None:
            continue
        hidden += sum(mark is not Shown.YES for line in marks for mark in line)
        assert determined(counts, marks) == set(), (counts, marks)
    assert hidden > 60, "tables without a small number prove nothing"


@pytest.mark.parametrize("shape", [(4, 1), (2, 2), (3, 2)])
def test_what_can_be_worked_out_is_found_exactly(shape: tuple[int, int]) -> None:
    """The quick test agrees with trying every table, for marks of any kind."""
    draw = random.Random(7)
    for counts in tables(shape, 60):
        whole = [[*row, sum(row)] for row in counts]
        marks = [
            [
                Shown.FEW if 0 < count < FEWEST else Shown.HIDDEN if count and draw.random() < 0.4 else Shown.YES
                for count in row
            ]
            for row in whole
        ]
        assert set(given_away(whole, marks)) == determined(counts, marks), (counts, marks)


def test_no_number_from_one_to_four_is_ever_shown() -> None:
    for counts in tables((6, 4), 100):
        marks = hide(counts)
        for row, line in enumerate(marks or ()):
            for column, mark in enumerate(line):
                count = [*counts[row], sum(counts[row])][column]
                assert (mark is Shown.FEW) == (0 < count < FEWEST)
                assert mark is not Shown.HIDDEN or count >= FEWEST


def test_one_small_number_takes_the_next_smallest_with_it() -> None:
    assert hide([[3], [8], [40], [0]]) == [
        [Shown.FEW, Shown.FEW],
        [Shown.HIDDEN, Shown.HIDDEN],
        [Shown.YES, Shown.YES],
        [Shown.YES, Shown.YES],
    ]


def test_two_small_numbers_that_could_only_be_one_each_take_a_third() -> None:
    marks = hide([[1], [1], [6], [30]])
    assert marks is not None
    assert [line[0] for line in marks] == [Shown.FEW, Shown.FEW, Shown.HIDDEN, Shown.YES]


def test_a_table_in_which_nothing_can_be_kept_is_not_shown() -> None:
    """Five people, each alone in a category: every cell must be one."""
    assert hide([[1], [1], [1], [1], [1]]) is None


def test_enough_everywhere_hides_nothing() -> None:
    assert hide([[5, 12], [0, 9]]) == [[Shown.YES] * 3, [Shown.YES] * 3]


def test_many_teams_are_done_quickly() -> None:
    draw = random.Random(3)
    counts = [[draw.choice((0, 2, 7, 30, 200)) for _ in range(25)] for _ in range(12)]
    marks = hide(counts)
    assert marks is not None
    assert given_away([[*row, sum(row)] for row in counts], marks) == []
