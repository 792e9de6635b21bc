"""The table of goals at one, ten and a hundred times as many changes: ten thousand, a hundred thousand, a million.

The last takes some minutes. Every size has a hub, and two laptops, of its own; each figure stands beside the one of the
smallest, and what is done for every change is said for a thousand of them.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.benchmarks.bench_sync import _ms, _seconds
from tests.benchmarks.large import fill_large
from tests.benchmarks.places import referred
from tests.benchmarks.rows import Row
from tests.store.conftest import PASSPHRASE
from tests.sync import hubs
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.people import Device, Person, Profession, Team
from workwell_desktop.domain.records import new_id
from workwell_desktop.services.administration.site_in_use import site_named
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Founder
from workwell_desktop.store.opening import open_with_key
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.bundle.exchange import read_bundle, write_bundle

BASE, GROWTH = 10_000, (1, 10, 100)
EACH = 20
"""Changes of one person of the benchmarks, about."""
TIMES, ROUNDS = 15, 15
FORM = "https://workwell-desktop.example/forms/work-and-health"
FLAT, EVEN = 2, 1.5
"""How much what should not grow may grow, and what is done for each change."""
CASELOAD = 80
"""Cases of a coach with many."""
NOTHING = "nothing new, for somebody with eighty cases"
HOLDS_ALL = ", for somebody who may read every case"
"""The hub finds out what may be read, so these grow with the number of cases: of 500 to 50,000 people here."""


def measure_the_same_things_at_three_sizes() -> list[Row]:
    """What stays as it is and what is done for each change, at each size; a write at the largest in milliseconds."""
    found = {}
    for size in (BASE * times for times in GROWTH):
        found[size] = _figures(size)
        # those who do not wait for the last one have these
        print(
            "".join(f"    {size:,} changes: {name} {value:.4g} ms\n" for name, value in found[size].items()), flush=True
        )
    first = found[BASE]
    rows = [
        Row(
            f"{name}, {size:,}",
            value,
            "ms",
            baseline=None if size == BASE else first[name],
            goal=None if size == BASE else _goal(name),
        )
        for name in first
        for size, value in ((size, figures[name]) for size, figures in found.items())
    ]
    largest = max(found)
    return [
        *rows,
        Row(f"a write at {largest:,} changes", found[largest]["answer saved, median"], "ms", goal=1.5),
        Row(f"opened with the key at {largest:,} changes", found[largest]["opened with the key"], "ms", goal=5),
        Row(f"nothing new at {largest:,} changes", found[largest][NOTHING], "ms", goal=12),
    ]


def _figures(size: int) -> dict[str, float]:
    server = hubs.begun()
    try:
        hubs.make_template(server)
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder), TestHub.fresh(server))
            try:
                return _measured(office, size, Path(folder))
            finally:
                office.close()
    finally:
        hubs.ended(server)


def _goal(name: str) -> float | None:
    if name.endswith(HOLDS_ALL):
        return None
    return EVEN if name.endswith("a thousand") else FLAT


def _measured(office: Office, size: int, folder: Path) -> dict[str, float]:
    one, new, stick = office.laptop(), office.laptop(), office.laptop()
    coach = office.colleague(Founder("Ben Ito", Profession.COACH, PASSPHRASE, role="coach"))
    desk = _desk(one)
    one.sync()
    changes = fill_large(desk, size // EACH)
    # what was set down behind the store's back is what a store finds that is opened
    one.reopen()
    desk = _desk(one)
    a_thousand = 1000 / changes
    found = {"answer saved, median": 0.0, "answer saved, 99 in 100": 0.0}
    saved = _answers(desk)
    found["answer saved, median"] = statistics.median(saved)
    found["answer saved, 99 in 100"] = statistics.quantiles(saved, n=100)[-1]
    found["opened with the key"] = _opened(one)
    found["pushed, a thousand"] = _seconds(one.sync) * 1000 * a_thousand
    found["first sync, a thousand"] = _seconds(new.sync) * 1000 * a_thousand
    kims = [coach.case() for _ in range(CASELOAD)]
    # what the disk still owes of a million changes is no part of what follows
    os.sync()
    found[NOTHING] = _line(coach, lambda: None)
    found["interview of 60 answers synced, eighty cases"] = _line(coach, lambda: coach.interview(kims[0]))
    kim = one.case()
    found["nothing new" + HOLDS_ALL] = _line(one, lambda: None)
    found["interview of 60 answers synced" + HOLDS_ALL] = _line(one, lambda: one.interview(kim))
    found["what exists only here, asked"] = statistics.median(_ms(one.store.only_here) for _ in range(TIMES))
    with one.store.read() as reader:
        device = reader.get(Device, stick.store.device)
    file = folder / "stick.changes"
    write = partial(write_bundle, one.store, one.anna, device, {one.anna.person}, file, one.clock)
    found["file written, a thousand"] = _seconds(write) * 1000 * a_thousand
    found["file read, a thousand"] = _seconds(lambda: read_bundle(stick.store, file, stick.clock)) * 1000 * a_thousand
    return found


def _desk(laptop: Laptop) -> Desk:
    """At which the laptop's person works as a coach in a team."""
    with laptop.store.read() as reader:
        person = reader.get(Person, laptop.anna.person)
    site = site_named("generic")
    if not person.teams:
        team = new_id()
        with laptop.store.unit(laptop.anna) as unit:
            unit.add(Team(id=team, scope=team, name="North"))
            unit.set(Person, person.id, teams=frozenset({team}), roles=frozenset(map(str, site.first_person)))
        with laptop.store.read() as reader:
            person = reader.get(Person, person.id)
    desk = Desk(laptop.store, laptop.anna, person, clock=laptop.clock, site=site)
    library.bring_in_shipped(desk)
    return desk


def _answers(desk: Desk) -> list[float]:
    """Milliseconds of each answer of our own assessment, given again and again through the service."""
    filling = assessments.start(desk, referred(desk), FORM)
    asked = [row for row in filling.run.rows() if row.item.type in {"integer", "string", "text"}]
    return [
        _ms(
            partial(
                assessments.answer,
                desk,
                filling,
                row.path,
                turn % 10 if row.item.type == "integer" else f"In my own words, {turn}",
            )
        )
        for turn in range(ROUNDS)
        for row in asked
    ]


def _opened(laptop: Laptop) -> float:
    """The median of what comes after Argon2id until the store stands open; nobody has come in yet."""
    key, taken = laptop.store._key, []
    laptop.store.close()
    for _ in range(5):
        start = time.perf_counter()
        opened = open_with_key(laptop.path, key, laptop.clock)
        taken.append((time.perf_counter() - start) * 1000)
        opened.close()
    laptop.reopen()
    return statistics.median(taken)


def _line(laptop: Laptop, before: Callable[[], object]) -> float:
    """The median of a sync on an open line, each after something was done."""
    with closing(client.reached(standing.account_of(laptop.store))) as link:
        client.sync(laptop.store, link, laptop.clock)
        taken = []
        for _ in range(TIMES):
            before()
            taken.append(_ms(lambda: client.sync(laptop.store, link, laptop.clock)))
    return statistics.median(taken)
