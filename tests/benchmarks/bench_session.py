"""Sessions: opening one, going to the next case, filling an agenda; and how that grows."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.benchmarks.caseload import fill_caseload, fill_session
from tests.benchmarks.places import made_desk
from tests.benchmarks.rows import Row
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda_rules, case_pages, session_pages

ROUNDS = 15


def measure_a_session_of_sixty_cases() -> list[Row]:
    """What the page reads: at most 150 ms to open a session of 60 cases, 50 ms for the next case."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        desk = made_desk(Path(folder))
        try:
            people = fill_caseload(desk, 60)
            for cases in (8, 60):
                session = fill_session(desk, people[:cases], desk.clock.now() + timedelta(hours=cases))
                goals = (150, 50) if cases == 60 else (None, None)
                items = [line.item for line in session_pages.view_session(desk, session).agenda]
                opened = _median(partial(session_pages.view_session, desk, session))
                turned = _each(desk, items)
                rows.append(Row(f"session of {cases} cases read", opened, "ms", goal=goals[0]))
                rows.append(Row(f"next of {cases} cases read", turned, "ms", goal=goals[1]))
        finally:
            desk.store.close()
    return rows


def measure_an_agenda_from_the_caseload() -> list[Row]:
    """Whom the site's rules bring, from 200 and from 2,000 people: at most 300 ms."""
    rows = []
    for people in (200, 2_000):
        with tempfile.TemporaryDirectory() as folder:
            desk = made_desk(Path(folder))
            try:
                fill_caseload(desk, people)
                session = fill_session(desk, [], desk.clock.now() + timedelta(days=1))
                agenda_rules.suggestions(desk, session)
                taken = _median(partial(agenda_rules.suggestions, desk, session))
                found = len(agenda_rules.suggestions(desk, session))
            finally:
                desk.store.close()
        goal = 300 if people == 2_000 else None
        rows.append(Row(f"agenda from {people} people ({found} found)", taken, "ms", goal=goal))
    return rows


def _each(desk: Desk, items: list[Id]) -> float:
    taken = []
    for item in items:
        start = time.perf_counter()
        case_pages.view_case(desk, item)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
