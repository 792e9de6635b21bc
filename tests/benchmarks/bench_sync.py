"""Syncing with a real hub over TLS on this computer, and by file: the table of goals, and growth."""

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.benchmarks.rows import Row
from tests.sync import hubs
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.episodes import Episode, Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import new_id
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.bundle.exchange import read_bundle, write_bundle

MANY = 100_000
TIMES = 15
_PEOPLE, _ANSWERS = 40, 62
"""In one unit of work, and in one response: about as a caseload is."""


def measure_a_hub_and_a_stick() -> list[Row]:
    """One hub and four laptops: small things first, then a hundred thousand changes, then the small things again."""
    server = hubs.begun()
    try:
        hubs.make_template(server)
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder), TestHub.fresh(server))
            try:
                return _measured(office, Path(folder))
            finally:
                office.close()
    finally:
        hubs.ended(server)


def _measured(office: Office, folder: Path) -> list[Row]:
    one, two = office.laptop(), office.laptop()
    new, stick = office.laptop(), office.laptop()
    for laptop in (one, two, new):
        laptop.sync()
    rows = [
        Row("whole sync of a 60-answer interview, line open", _interviews(one), "ms", goal=60),
        Row("the same with signing in (TLS, SCRAM)", _whole(one), "ms"),
        Row("nothing new, line open", _nothing(one), "ms", goal=12),
    ]
    made = _fill(one)
    rows.append(Row(f"push of {made} changes", _seconds(one.sync), "s", goal=made / 20_000))
    rows.append(Row(f"first sync of {made} changes, all verified", _seconds(new.sync), "s", goal=made / MANY * 6))
    rows.append(Row(f"nothing new, {made} changes on the hub", _nothing(one), "ms", goal=12))
    rows.append(Row(f"interview, {made} changes on the hub", _interviews(one), "ms", goal=60))
    rows += _by_file(one, stick, folder)
    rows.append(Row("what exists only here, asked", _ms(one.store.only_here), "ms", goal=5))
    return rows


def _by_file(one: Laptop, stick: Laptop, folder: Path) -> list[Row]:
    with one.store.read() as reader:
        device = reader.get(Device, stick.store.device)
    file = folder / "stick.changes"
    people = {one.anna.person}
    changes = 0

    def write() -> None:
        nonlocal changes
        changes = write_bundle(one.store, one.anna, device, people, file, one.clock).changes

    writing = _seconds(write)
    size = file.stat().st_size / 1e6
    reading = _seconds(lambda: read_bundle(stick.store, file, stick.clock))
    again = _seconds(lambda: read_bundle(stick.store, file, stick.clock))
    return [
        Row(f"file of {changes} changes written", writing, "s", goal=1),
        Row("its size", size, "MB", goal=45),
        Row("read and entered, all verified", reading, "s"),
        Row("read a second time", again, "s"),
    ]


def _interviews(laptop: Laptop) -> float:
    """The median of pushing what one interview wrote, on an open line."""
    taken = []
    kim = laptop.case()
    with closing(client.reached(standing.account_of(laptop.store))) as link:
        client.sync(laptop.store, link, laptop.clock)
        for _ in range(TIMES):
            laptop.interview(kim)
            taken.append(_ms(lambda: client.sync(laptop.store, link, laptop.clock)))
    return statistics.median(taken)


def _whole(laptop: Laptop) -> float:
    kim, taken = laptop.case(), []
    for _ in range(TIMES):
        laptop.interview(kim)
        taken.append(_ms(laptop.sync))
    return statistics.median(taken)


def _nothing(laptop: Laptop) -> float:
    with closing(client.reached(standing.account_of(laptop.store))) as link:
        client.sync(laptop.store, link, laptop.clock)
        return statistics.median(_ms(lambda: client.sync(laptop.store, link, laptop.clock)) for _ in range(TIMES))


def _fill(laptop: Laptop) -> int:
    """About a hundred thousand changes, as many people's cases are."""
    made = 0
    while made < MANY:
        with laptop.store.unit(laptop.anna) as unit:
            for _ in range(_PEOPLE):
                kim = new_id()
                unit.add(Participant(id=kim, scope=kim, given_name="Kim", family_name="Sample", town="Leeds"))
                unit.add(Episode(id=new_id(), scope=kim, coach=laptop.anna.person))
                response = unit.add(Response(id=new_id(), scope=kim, form_title="PHQ-4"))
                for number in range(_ANSWERS):
                    unit.answer(response, f"q{number}", number)
            made += len(unit.act.written)
    return made


def _ms(act: Callable[[], object]) -> float:
    return _seconds(act) * 1000


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
