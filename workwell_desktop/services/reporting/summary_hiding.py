"""Small numbers: which cells of a table of counts are not shown, so that nobody is found by reading or by subtracting.

    category   north  south   all          every column adds up to a total that is known,
    self         12      3     15          every row adds up to its last cell
    GP           20     11     31

A count from 1 to 4 is not shown (``FEW``). Where the other numbers would give it away, further ones of 5 or more go
with it (``HIDDEN``). Readers know what the two marks mean, so a cell is safe only where at least two values fit
everything that is shown: the marks, the rows and the totals. Nought is shown; it is nobody's number.

The test of that is exact. Two tables that fit differ by steps of one around rings of hidden cells, so a cell is safe
where such a ring leads through it and no cell of the ring leaves the range of its mark (integral network flow).
"""

from collections.abc import Sequence
from enum import StrEnum

FEWEST = 5
"""The smallest count that is shown."""


class Shown(StrEnum):
    """What becomes of a count."""

    YES = "shown"
    FEW = "few"
    """From 1 to 4."""
    HIDDEN = "hidden"
    """5 or more, and not shown because another one could be worked out from it."""


Place = tuple[int, int]
Marks = list[list[Shown]]


def few(count: int) -> bool:
    """Whether a count is too small to be shown."""
    return 0 < count < FEWEST


def hide(counts: Sequence[Sequence[int]]) -> Marks | None:
    """The marks of a table of rows by columns whose column totals are known; each row has one more, for its sum.

    None where no choice of marks is safe: the table is then not shown at all.
    """
    table = [[*row, sum(row)] for row in counts]
    marks = [[Shown.FEW if few(count) else Shown.YES for count in row] for row in table]
    while exposed := given_away(table, marks):
        hidden = [_another(table, marks, place) for place in exposed]
        chosen = {place for place in hidden if place is not None}
        if not chosen:
            return None
        for row, column in chosen:
            marks[row][column] = Shown.HIDDEN
    return marks


def given_away(table: Sequence[Sequence[int]], marks: Sequence[Sequence[Shown]]) -> list[Place]:
    """The cells that are not shown and can be worked out all the same. ``table`` has the sums of rows last."""
    paths = _steps(table, marks)
    return [
        (row, column)
        for row, line in enumerate(marks)
        for column, mark in enumerate(line)
        if mark is not Shown.YES and not _free(paths, ("row", row), ("column", column))
    ]


_Node = tuple[str, int]


def _steps(table: Sequence[Sequence[int]], marks: Sequence[Sequence[Shown]]) -> dict[_Node, set[_Node]]:
    """Where one may be added (from a row to a column) and taken away (back again)."""
    steps: dict[_Node, set[_Node]] = {}
    for row, line in enumerate(marks):
        for column, mark in enumerate(line):
            if mark is Shown.YES:
                continue
            count = table[row][column]
            more = mark is Shown.HIDDEN or count < FEWEST - 1
            less = count > (FEWEST if mark is Shown.HIDDEN else 1)
            if column == len(line) - 1:  # a sum stands on the other side of its row
                more, less = less, more
            if more:
                steps.setdefault(("row", row), set()).add(("column", column))
            if less:
                steps.setdefault(("column", column), set()).add(("row", row))
    return steps


def _free(steps: dict[_Node, set[_Node]], row: _Node, column: _Node) -> bool:
    """Whether the cell between them can be another one: a ring through it, one way or the other."""
    return (column in steps.get(row, ()) and _leads(steps, column, row)) or (
        row in steps.get(column, ()) and _leads(steps, row, column)
    )


def _leads(steps: dict[_Node, set[_Node]], start: _Node, end: _Node) -> bool:
    """Whether steps lead from ``start`` to ``end`` by another way than the straight one."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for there in steps.get(here, ()):
            if there == end and here != start:
                return True
            if there not in seen and there != end:
                seen.add(there)
                waiting.append(there)
    return False


def _another(table: Sequence[Sequence[int]], marks: Marks, place: Place) -> Place | None:
    """The smallest count that is still shown and can stand beside this one: in its row where it is alone there, else
    in its column, else anywhere."""
    row, column = place
    beside = [(row, other) for other in range(len(marks[row]))]
    below = [(other, column) for other in range(len(marks))]
    alone = sum(1 for one in marks[row] if one is not Shown.YES) == 1
    everywhere = [(one, other) for one in range(len(marks)) for other in range(len(marks[one]))]
    for among in (beside, below) if alone else (below, beside):
        if found := _smallest(table, marks, among):
            return found
    return _smallest(table, marks, everywhere)


def _smallest(table: Sequence[Sequence[int]], marks: Marks, among: Sequence[Place]) -> Place | None:
    last = len(table[0]) - 1
    there = [(row, column) for row, column in among if marks[row][column] is Shown.YES and table[row][column]]
    # a sum goes last: it is what most people look for
    return min(there, key=lambda one: (one[1] == last, table[one[0]][one[1]], one), default=None)
