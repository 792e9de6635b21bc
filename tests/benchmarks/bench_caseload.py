"""Finding somebody as one types, Today, and opening a record: with 2,000 people on the computer and with 59,000."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.caseload import FAMILY, GIVEN
from tests.benchmarks.large import fill_large
from tests.benchmarks.places import made_desk
from tests.benchmarks.rows import Row
from workwell_desktop.services.caseload import search, today
from workwell_desktop.services.caseload.search_views import Among
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import record

USUAL, MOST = 2_000, 59_000
TYPED = (*(f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=False)), "nobody at all", "999 00")
"""What is typed, letter by letter."""


def measure_a_caseload() -> list[Row]:
    """Each key at most 16 ms in nineteen of twenty, Today at most 100 ms, a record at most 60 ms."""
    rows: list[Row] = []
    for people in (USUAL, MOST):
        with tempfile.TemporaryDirectory(prefix="workwell-") as folder:
            desk = made_desk(Path(folder))
            try:
                fill_large(desk, people)
                rows += measured(desk, people)
            finally:
                desk.store.close()
    return rows


def measured(desk: Desk, people: int) -> list[Row]:
    """The rows of one store."""
    first = _taken(lambda: search.quick(desk, "ha"))
    keys = [_taken(lambda words=words: search.quick(desk, words)) for words in _prefixes()]
    search.find(desk, "", Among.TEAM)
    listed = [_taken(lambda words=words: search.find(desk, words, Among.TEAM)) for words in _prefixes()]
    shown = _taken(lambda: today.view(desk))
    someone = search.quick(desk, "hannah")[0].participant
    record.overview(desk, someone)
    opened = [_taken(lambda: record.overview(desk, someone)) for _ in range(5)]
    return [
        Row(f"first search among {people}", first * 1e3, "ms"),
        Row(f"a key of the search among {people}, p95", _p95(keys) * 1e3, "ms", goal=16),
        Row(f"a key in the list of a team of {people // 6 or people}, p95", _p95(listed) * 1e3, "ms"),
        Row(f"Today with {people} people", shown * 1e3, "ms", goal=100 if people == USUAL else None),
        Row(f"a record among {people}", sorted(opened)[2] * 1e3, "ms", goal=60),
    ]


def _prefixes() -> list[str]:
    return [words[:last] for words in TYPED for last in range(1, len(words) + 1)]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _taken(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
