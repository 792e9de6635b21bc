"""The service directory: how long each key pressed takes among 200 and 2,000 services, and the first look at all."""

import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.places import made_desk
from tests.benchmarks.rows import Row
from workwell_desktop.domain.directory import LocalService
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import new_id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import directory

TYPED = "service 19 calder"
ROUNDS = 12
INSTANT_MS = 16
"""One frame of the screen."""


def measure_looking_for_a_service() -> list[Row]:
    """At most a frame for each letter typed, at the 95th percentile, among 2,000 services."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        desk = made_desk(Path(folder))
        try:
            for count in (200, 2_000):
                _fill(desk, count)
                first = _taken(desk, "")
                keys = [_taken(desk, TYPED[:end]) for _ in range(ROUNDS) for end in range(1, len(TYPED) + 1)]
                each = statistics.quantiles(keys, n=20)[-1]
                goal = INSTANT_MS if count == 2_000 else None
                rows.append(Row(f"a letter typed among {count} services, p95", each, "ms", goal=goal))
                rows.append(Row(f"the first look at {count} services", first, "ms"))
        finally:
            desk.store.close()
    return rows


def _fill(desk: Desk, count: int) -> None:
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].id
        for number in range(unit.reader.count(LocalService), count):
            found = LocalService(
                id=new_id(),
                scope=scope,
                name=f"Service {number}",
                area="Calder Valley",
                helps=frozenset({"mood", "money"}),
                how="Call in the morning and ask for whoever is on duty.",
            )
            unit.add(found)


def _taken(desk: Desk, words: str) -> float:
    begun = time.perf_counter()
    directory.find(desk, words, need="mood")
    return (time.perf_counter() - begun) * 1000
