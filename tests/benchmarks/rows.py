"""One measured thing, and how a table of them is written."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``value`` in ``unit`` (ms, s, MB). ``baseline`` was measured in the same run and unit; ``goal`` is the most
    that is wanted, of the ratio where there is a baseline, else of the value."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def holds(self) -> bool | None:
        """Whether the goal is kept; None where there is none."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal


def table(rows: Sequence[Row]) -> str:
    """Aligned columns for a terminal."""
    lines = [("what", "value", "baseline", "ratio", "goal", "")]
    for row in rows:
        lines.append(
            (
                row.name,
                f"{row.value:.4g} {row.unit}",
                "" if row.baseline is None else f"{row.baseline:.4g} {row.unit}",
                "" if row.ratio is None else f"{row.ratio:.2f}",
                "" if row.goal is None else f"{row.goal:g}" + ("" if row.ratio is not None else f" {row.unit}"),
                {True: "kept", False: "OVER", None: ""}[row.holds],
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(_aligned(line, widths) for line in lines)


def median_ms(act: Callable[[], object], times: int) -> float:
    """The median of ``times`` calls, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def alternating_ms(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[float, float]:
    """The medians of two acts that take turns, so that a busy moment of the computer falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for act, kept in ((first, taken[0]), (second, taken[1])):
            kept.append(median_ms(act, 1))
    return statistics.median(taken[0]), statistics.median(taken[1])


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(line, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])
