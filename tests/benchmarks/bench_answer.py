"""How long one answer takes until it is durable, through the service that the page calls."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.places import made_desk, referred
from tests.benchmarks.rows import Row, median_ms
from workwell_desktop.services.assessing import assessments

FORM = "https://workwell-desktop.example/forms/work-and-health"
ROUNDS = 20


def measure_answers_of_the_whole_assessment() -> list[Row]:
    """The median of every answer of our own assessment, given again and again; at most a millisecond."""
    with tempfile.TemporaryDirectory() as folder:
        disk = _synced_write(Path(folder))
        desk = made_desk(Path(folder))
        try:
            filling = assessments.start(desk, referred(desk), FORM)
            asked = [row for row in filling.run.rows() if row.item.type in {"integer", "string", "text"}]
            taken: list[float] = []
            for turn in range(ROUNDS):
                for row in asked:
                    value = turn % 10 if row.item.type == "integer" else f"In my own words, {turn}"
                    start = time.perf_counter()
                    assessments.answer(desk, filling, row.path, value)
                    taken.append((time.perf_counter() - start) * 1000)
        finally:
            desk.store.close()
    tenth = statistics.quantiles(taken, n=10)[-1]
    return [
        Row("answer saved, median", statistics.median(taken), "ms", goal=1),
        Row("answer saved, 9 in 10", tenth, "ms"),
        Row("one synced write of this disk", disk, "ms"),
    ]


def _synced_write(folder: Path) -> float:
    """What the disk alone takes to promise one page: no answer can be durable sooner."""
    with (folder / "page").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(b"x" * 4096)
            os.fsync(file.fileno())

        return median_ms(write, 100)
