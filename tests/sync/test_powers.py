"""What befalls a laptop in the middle of a sync: it is killed, its power goes, its disk is full, it is copied."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import PASSPHRASE, content
from tests.sync import forgetful
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from tests.sync.stage import BEA
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import DiskFull
from workwell_desktop.store import unlock
from workwell_desktop.sync import client, standing

_WORKER = """
import sys
from pathlib import Path
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.store import unlock
from workwell_desktop.store.exchange import pages as exchange
from workwell_desktop.sync import client, link, standing
link.PAGE = exchange.PAGE = 3
clock = SystemClock()
store, anna = unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=clock)
line = client.reached(standing.account_of(store))
number = int(sys.argv[5])
while True:
    with store.unit(anna) as unit:
        unit.answer(sys.argv[4], f"q{number % 40}", number)
        unit.answer(sys.argv[4], "both", number)
    print(number, flush=True)
    if number % 3 == 0:
        client.sync(store, line, clock)
    number += 1
"""


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def killed_at_work(path: Path, person: str, response: str, after: int, seconds: float) -> int:
    """Answers and syncs until it is killed; the last answer that it said is saved, or ``after``."""
    arguments = [str(path), person, PASSPHRASE, response, str(after + 1)]
    worker = subprocess.Popen([sys.executable, "-c", _WORKER, *arguments], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    said = [worker.stdout.readline()]
    assert said[0], "the worker did not begin"
    time.sleep(seconds)
    os.kill(worker.pid, signal.SIGKILL)
    said += worker.stdout.read().split("\n")
    worker.wait()
    worker.stdout.close()
    return max([after, *(int(line) for line in said if line.strip())])


def all_is_there(one: Laptop, two: Laptop, kim: Id, response: Id, saved: int) -> int:
    """Nothing acknowledged is missing on this laptop, at the hub, or on the other; gives the last answer."""
    assert one.sync().refused == {}
    two.sync()
    assert one.store.only_here().changes == 0
    with two.store.read() as reader:
        answers = reader.answers(response)
    both = answers["both"]
    assert isinstance(both, int)
    assert both >= saved, "an answer that was shown as saved is gone"
    assert answers[f"q{both % 40}"] == both, "half a unit"
    assert content(one.store) == content(two.store)
    return both


def killed(office: Office, count: int) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    response = one.interview(kim, 1)
    one.sync()
    saved = 0
    for turn in range(count):
        one.store.close()
        saved = killed_at_work(one.path, one.anna.person, response, saved, 0.01 + 0.017 * (turn % 20))
        one.store, one.anna = unlock(one.path, one.anna.person, PASSPHRASE, clock=one.clock)
        saved = all_is_there(one, two, kim, response, saved)
    assert one.store.check().problems == ()
    assert two.store.check().problems == ()


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_laptop_that_is_killed_while_it_syncs_loses_nothing(office: Office) -> None:
    killed(office, 3)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_sixty_times_killed_while_syncing(office: Office) -> None:
    killed(office, 60)


def cut_off(office: Office, count: int) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    response = one.interview(kim, 1)
    one.sync()
    saved, chance = 0, random.Random(count)
    for turn in range(count):
        one.store.close()
        folder = office.folder / f"disk{turn}"
        folder.mkdir()
        files = [file for file in one.path.parent.glob(f"{one.path.name}*") if file.is_file()]
        with forgetful.mounted(folder) as disk:
            for file in files:
                disk.put(file.name, file.read_bytes())
            place = folder / one.path.name
            saved = killed_at_work(place, one.anna.person, response, saved, 0.01 + 0.017 * (turn % 20))
            left = disk.power_cut(chance, turn % 3 / 2)
        for file in files:
            file.unlink()
        for name, data in left.items():
            (one.path.parent / name).write_bytes(data)
        one.store, one.anna = unlock(one.path, one.anna.person, PASSPHRASE, clock=one.clock)
        saved = all_is_there(one, two, kim, response, saved)
    assert one.store.check().problems == ()


_NO_DISK = forgetful.why_not()


@pytest.mark.skipif(_NO_DISK is not None, reason=str(_NO_DISK))
def test_a_power_cut_in_the_middle_of_a_sync_loses_nothing(office: Office) -> None:
    cut_off(office, 3)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.skipif(_NO_DISK is not None, reason=str(_NO_DISK))
def test_forty_power_cuts(office: Office) -> None:
    cut_off(office, 40)


@pytest.mark.skipif(_NO_DISK is not None, reason=str(_NO_DISK))
def test_the_disk_really_forgets(tmp_path: Path) -> None:
    """Or the two tests above would prove nothing."""
    with forgetful.mounted(tmp_path) as disk:
        file = tmp_path / "a"
        with file.open("wb") as target:
            target.write(b"kept")
            target.flush()
            os.fsync(target.fileno())
            target.write(b" and lost")
        assert file.read_bytes() == b"kept and lost"
        assert disk.power_cut(random.Random(0), 0) == {}
        handle = os.open(tmp_path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        (tmp_path / "b").write_bytes(b"no name yet")
        assert disk.power_cut(random.Random(0), 0) == {"a": b"kept"}
        assert disk.power_cut(random.Random(0), 1) == {"a": b"kept and lost"}


def test_a_full_disk_in_the_middle_of_a_pull_takes_nothing_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store may not grow any more after its first page; when there is room again, the sync goes on."""
    from workwell_desktop.sync import link

    monkeypatch.setattr(link, "PAGE", 20)
    one, two = office.laptop(), office.laptop()
    response = one.interview(one.case(), 200)
    one.sync()
    with two.store._writes() as cursor:
        pages = cursor.sql("PRAGMA page_count").fetchone()[0]
        cursor.sql(f"PRAGMA max_page_count = {pages + 4}").fetchall()
    before = two.store.only_here()
    with pytest.raises(DiskFull):
        two.sync()
    assert two.store.only_here().changes == 0 < before.changes
    assert two.store.check().problems == ()
    with two.store._writes() as cursor:
        cursor.sql("PRAGMA max_page_count = 1073741823").fetchall()
    two.reopen()
    two.sync()
    with two.store.read() as reader:
        assert len(reader.answers(response)) == 200
    assert content(one.store) == content(two.store)


def test_when_a_pull_breaks_off_nobody_is_asking_for_the_next_page_any_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or whoever closes the line then pulls it away from under a thread: libpq, and the program with it, died of it."""
    from workwell_desktop.sync import link

    monkeypatch.setattr(link, "PAGE", 5)
    one, two = office.laptop(), office.laptop()
    one.interview(one.case(), 20)
    one.sync()
    asked, fetched = link.Link._page, []

    def slow(self: link.Link, cursor: Any) -> Any:
        if threading.current_thread() is not threading.main_thread():
            time.sleep(0.2)
        fetched.append(cursor)
        return asked(self, cursor)

    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr(link.Link, "_page", slow)
    monkeypatch.setattr(two.store, "_enter", full)
    line = client.reached(standing.account_of(two.store))
    try:
        client.sync(two.store, line, two.clock)
        raise AssertionError("it did not break off")
    except DiskFull:
        # not after this block: as long as the error is known, so is everything that stood open
        assert [one.name for one in threading.enumerate() if one.name.startswith("pages")] == []
        assert len(fetched) > 1
    finally:
        line.close()


def test_a_case_given_away_before_the_hub_knew_of_it_goes_although_the_sync_was_cut_in_between(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub never said that it may be read here, so that nothing it says changes when it may not."""
    one = office.laptop()
    bea = one.store.add_person(one.anna, BEA)
    one.sync()
    kim = one.case()
    with one.store.unit(one.anna) as unit:
        for episode in unit.reader.list(Episode, scope=kim):
            unit.set(Episode, episode.id, coach=bea)
    with monkeypatch.context() as patch:
        patch.setattr(client._Sync, "_follow_scopes", lambda *_given: (_ for _ in ()).throw(DiskFull))
        with pytest.raises(DiskFull):
            one.sync()
    assert one.store.only_here().changes == 0
    assert one.sync().revoked == {kim}
    assert kim not in one.store.scopes()


def test_two_clones_of_one_laptop_are_found_out_and_neither_overwrites_the_other(
    office: Office, hub: TestHub, tmp_path: Path
) -> None:
    one, other = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    other.sync()
    one.store.close()
    for file in list(tmp_path.glob("laptop0.store*")):
        shutil.copy(file, tmp_path / file.name.replace("laptop0", "clone"))
    one.store, one.anna = unlock(one.path, one.anna.person, PASSPHRASE, clock=one.clock)
    store, anna = unlock(tmp_path / "clone.store", one.anna.person, PASSPHRASE, clock=one.clock)
    office.laptops.append(clone := Laptop(store.path, store, anna, one.clock))
    one.set(kim, town="Leeds")
    clone.set(kim, town="York")
    assert one.sync().forks == 0
    assert clone.sync().forks >= 1
    assert clone.store.only_here().changes >= 1, "a receipt for what the hub did not take"
    other.sync()
    with other.store.read() as reader:
        assert reader.get(Participant, kim).town == "Leeds"
        assert reader.conflicts() == []
    # what the clone wrote is still on it, and the administrator of the hub sees that there are two
    with clone.store.read() as reader:
        assert "York" in {line.value for line in reader.history(kim, "town")}
    assert hub.admin().execute("select count(*) from workwell.fork").fetchone() != (0,)
    assert other.store.check().problems == ()
