"""The service summary of 2,000 and of 59,000 people, and how long it takes to make such a store."""

import csv
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

from tests.benchmarks.large import fill_large
from tests.benchmarks.places import MOMENT, made_desk
from tests.benchmarks.rows import Row
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.reporting import summary, summary_files

SIZES = (2_000, 10_000, 59_000)
MOST = SIZES[-1]
FIRST = date(2024, 4, 1)
ROUNDS = 3


def measure_the_service_summary() -> list[Row]:
    """At most 3 s for 59,000 people, from the first read to the last table; the store itself is made in 180 s."""
    rows: list[Row] = []
    for people in SIZES:
        with tempfile.TemporaryDirectory(prefix="workwell-") as folder:
            desk = made_desk(Path(folder))
            try:
                start = time.perf_counter()
                changes = fill_large(desk, people)
                made = time.perf_counter() - start
                rows.append(
                    Row(
                        f"store of {people} people, {changes} changes, made",
                        made,
                        "s",
                        goal=180 if people == MOST else None,
                    )
                )
                rows += _summaries(desk, people, Path(folder) / "out")
            finally:
                desk.store.close()
    return rows


def _note(told: list[int], done: int, of: int) -> None:
    told.append(of - done)


def _summaries(desk: Desk, people: int, folder: Path) -> list[Row]:
    last, taken, worked = MOMENT.date(), [], []
    for step in range(ROUNDS):
        told: list[int] = []
        start, before = time.perf_counter(), time.process_time()
        # another first day each time: a summary that was made stays until a record changes
        summary.summarise(desk, FIRST.replace(day=1 + step), last, partial(_note, told))
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - before)
        if not told or told[-1]:
            raise RuntimeError("no progress was told")
    start = time.perf_counter()
    summary_files.report(desk, FIRST, last, folder)
    again = time.perf_counter() - start
    with (folder / summary_files.NUMBERS).open(encoding="utf-8-sig", newline="") as file:
        counted = {row["table"]: row["value"] for row in csv.DictReader(file) if row["team"] == "All teams"}
    if counted["people"] != str(people):
        raise RuntimeError("not everybody was counted")
    goal = 3 if people == MOST else None
    return [
        Row(f"summary of {people} people", sorted(taken)[ROUNDS // 2], "s", goal=goal),
        # what a busy computer does meanwhile is not in it
        Row(f"summary of {people} people, processor alone", sorted(worked)[ROUNDS // 2], "s"),
        Row(f"summary of {people} people kept, written as files", again, "s"),
    ]
