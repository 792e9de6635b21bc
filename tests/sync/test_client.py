"""Laptops and a hub: everything arrives once, nothing is lost, and what is cut goes on where it was cut."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.store.conftest import content
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import HubRefused, HubTooNew
from workwell_desktop.store import unlock
from workwell_desktop.store.exchange import pages as exchange
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.hub import keeping
from workwell_desktop.sync.link import Link


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that goes to the hub from here on."""
    said: list[str] = []
    ask = Link._ask

    def noted(self: Link, statement: str, values: Sequence[object] = ()) -> object:
        said.append(statement)
        return ask(self, statement, values)

    monkeypatch.setattr(Link, "_ask", noted)
    return said


def test_an_interview_goes_to_the_hub_and_to_another_laptop(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    response = one.interview(kim)
    with one.store.unit(one.anna) as unit:
        ref = unit.blob(bytes(range(256)) * 2000, "image/png", kim)
        unit.answer(response, "scan", ref)
    found = one.store.only_here()
    assert found.answers == 61
    report = one.sync()
    assert report.pushed == sum(one.store.vector().values())
    assert (report.refused, report.blobs_missing, report.clock_off) == ({}, 0, 0)
    assert report.blobs_sent >= 1
    assert one.store.only_here().changes == 0
    assert one.store.unsent() is None
    report = two.sync()
    assert report.granted >= {kim}
    assert report.pulled > 60
    assert content(one.store) == content(two.store)
    with two.store.read() as reader:
        assert reader.blob(ref) == bytes(range(256)) * 2000
        assert len(reader.answers(response)) == 61
    assert two.store.check().problems == ()
    # nothing new: one round trip
    one.sync()
    two.sync()
    said = counted(monkeypatch)
    report = one.sync()
    assert (report.pushed, report.pulled) == (0, 0)
    assert [words.split("workwell.")[1][:5] for words in said] == ["hello"]


def test_two_edit_apart_are_asked_and_agree_afterwards(office: Office) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    two.sync()
    one.set(kim, town="Leeds")
    two.set(kim, town="York", phone="01632 960001")
    one.sync()
    assert two.sync().touched == {kim}
    one.sync()
    for each in (one, two):
        with each.store.read() as reader:
            (conflict,) = reader.conflicts()
            assert {head.value for head in conflict.heads} == {"Leeds", "York"}
    with two.store.unit(two.anna) as unit:
        unit.settle(conflict.id, "Hull")
    two.sync()
    one.sync()
    for each in (one, two):
        with each.store.read() as reader:
            assert reader.conflicts() == []
            assert reader.get(Participant, kim).town == "Hull"
    assert content(one.store) == content(two.store)


@pytest.mark.parametrize("killed", [1, 2, 4, 6, 9])
def test_a_sync_that_dies_goes_on_where_it_died(
    office: Office, hub: TestHub, monkeypatch: pytest.MonkeyPatch, killed: int
) -> None:
    """The hub's end of the connection dies before the nth statement, and with small pages there are many."""
    from workwell_desktop.errors import HubTrouble
    from workwell_desktop.sync import link

    monkeypatch.setattr(link, "PAGE", 20)
    monkeypatch.setattr(exchange, "PAGE", 20)
    one, two = office.laptop(), office.laptop()
    one.interview(one.case())
    two.interview(two.case("Lee"), 30)
    one.sync()
    before = two.store.only_here().changes
    reached = client.reached(standing.account_of(two.store))
    ask, page, count = link.Link._ask, link.Link._page, 0

    def counting() -> None:
        nonlocal count
        count += 1
        if count == killed:
            hub.kill_backends()

    def dying(self: link.Link, statement: str, values: Sequence[object] = ()) -> object:
        counting()
        return ask(self, statement, values)

    def dying_page(self: link.Link, cursor: object) -> object:
        counting()
        return page(self, cursor)  # type: ignore[arg-type]

    monkeypatch.setattr(link.Link, "_ask", dying)
    monkeypatch.setattr(link.Link, "_page", dying_page)
    with closing(reached), pytest.raises(HubTrouble):
        client.sync(two.store, reached, two.clock)
    monkeypatch.setattr(link.Link, "_ask", ask)
    monkeypatch.setattr(link.Link, "_page", page)
    assert two.store.only_here().changes <= before
    two.reopen()
    two.sync()
    one.sync()
    assert content(one.store) == content(two.store)
    assert two.store.only_here().changes == 0
    assert two.store.check().problems == ()


def test_a_hub_restored_from_yesterday_gets_back_what_it_lost(office: Office, hub: TestHub) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    two.sync()
    yesterday = TestHub(hub.server, f"{hub.database}_copy")
    with closing(hub.server.connect("postgres")) as server:
        hub.kill_backends()
        server.execute(f"create database {yesterday.database} template {hub.database}".encode())
    response = one.interview(kim, 5)
    with one.store.unit(one.anna) as unit:
        unit.answer(response, "scan", unit.blob(b"a scan", "image/png", kim))
    two.set(kim, town="York")
    one.sync()
    two.sync()
    try:
        accounts = {each.path: standing.account_of(each.store) for each in (one, two)}
        for each in (one, two):
            was = accounts[each.path]
            back = type(was)(yesterday.address, was.user, was.password)
            report = each.sync(back)
            assert report.restored
            assert report.refused == {}
            each.reopen()
        one.sync(type(was)(yesterday.address, accounts[one.path].user, accounts[one.path].password))
        assert content(one.store) == content(two.store)
        third = Office(office.folder / "third", yesterday, [one])
        third.folder.mkdir()
        new = third.laptop()
        new.sync()
        assert content(new.store) == content(one.store)
        with new.store.read() as reader:
            assert reader.get(Participant, kim).town == "York"
        assert new.store.missing_blobs() == []
        new.store.close()
    finally:
        yesterday.close()


def test_a_scope_is_granted_whole_and_taken_back_after_it_was_sent(office: Office, hub: TestHub) -> None:
    one, two = office.laptop(), office.laptop()
    one.sync()
    two.sync()
    other = new_id()
    hub.enrol(other, new_id(), b"k" * 32)  # somebody whose case it becomes
    kim = one.case()
    with one.store.read() as reader:
        episode = reader.list(Episode, scope=kim)[0].id
    one.sync()
    assert two.sync().granted == {kim}
    two.set(kim, town="York")
    with one.store.unit(one.anna) as unit:
        unit.set(Episode, episode, coach=other)
    one.sync()
    report = two.sync()
    assert (report.revoked, report.kept_back) == ({kim}, frozenset())
    assert kim not in two.store.scopes()
    assert two.store.check().problems == ()
    # what was written at the last moment is at the hub
    rows = hub.admin().execute("select count(*) from workwell.change where scope = %s", (UUID(kim),))
    # two names, two coaches, and the town
    assert rows.fetchone() == (5,)
    assert two.sync().revoked == frozenset()


def test_a_copied_laptop_is_found_out(office: Office, tmp_path: Path) -> None:
    import shutil

    from tests.store.conftest import PASSPHRASE

    one = office.laptop()
    kim = one.case()
    one.sync()
    one.store.close()
    for file in tmp_path.glob("laptop0.store*"):
        shutil.copy(file, tmp_path / file.name.replace("laptop0", "copied"))
    one.store, one.anna = unlock(one.path, one.anna.person, PASSPHRASE, clock=one.clock)
    path = tmp_path / "copied.store"
    store, anna = unlock(path, one.anna.person, PASSPHRASE, clock=one.clock)
    office.laptops.append(copied := Laptop(path, store, anna, one.clock))
    one.set(kim, town="Leeds")
    copied.set(kim, town="York")
    one.sync()
    report = copied.sync()
    assert report.refused["fork"] >= 1
    assert report.forks >= 1
    assert copied.store.only_here().changes >= 1


def test_a_clock_that_is_wrong_is_told_and_decides_nothing(office: Office) -> None:
    one = office.laptop()
    kim = one.case()
    one.clock.set(one.clock.moment - timedelta(days=1))
    report = one.sync()
    assert -87000 < report.clock_off < -86000
    assert report.refused == {}
    one.clock.set(one.clock.moment + timedelta(days=1, minutes=4))
    assert one.sync().clock_off == 0
    assert kim in one.store.scopes()


def test_a_revoked_laptop_and_one_that_is_too_old_are_told(office: Office, hub: TestHub) -> None:
    one = office.laptop()
    one.case()
    keeping.set_min_client(hub.admin(), "99.0.0")
    with pytest.raises(HubTooNew) as old:
        one.sync()
    assert old.value.params["least"] == "99.0.0"
    keeping.set_min_client(hub.admin(), "0.0.1")
    one.sync()
    keeping.revoke(hub.admin(), one.store.device)
    with pytest.raises(HubRefused):
        one.sync()
    assert one.store.check().problems == ()


def test_a_session_hears_of_news(office: Office) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    with closing(client.reached(standing.account_of(two.store))) as link:
        client.sync(two.store, link, two.clock)
        link.listen()
        assert not link.wait(0.05)
        one.set(kim, town="Leeds")
        one.sync()
        assert link.wait(5)
        assert client.sync(two.store, link, two.clock).touched == {kim}
    with two.store.read() as reader:
        assert reader.get(Participant, kim).town == "Leeds"
