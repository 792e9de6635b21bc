"""A hub that was set back behind papers alone, with nobody saying so: no change is missing, and each paper returns."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.sync import hubs
from tests.sync.hub_states import HubStates
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.records import Id
from workwell_desktop.store.blobs import Wanted
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.hub import making
from workwell_desktop.sync.hub.local import LocalHub


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def written(laptop: Laptop, kim: Id, *papers: bytes) -> None:
    response = laptop.interview(kim, 1)
    with laptop.store.unit(laptop.anna) as unit:
        for number, data in enumerate(papers):
            unit.answer(response, f"paper{number}", unit.blob(data, "application/pdf", kim))


def only_changes(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sync that is cut before its papers."""
    with monkeypatch.context() as patch:
        patch.setattr(client, "send_blobs", lambda *_: 0)
        laptop.sync()


def test_papers_are_given_back_to_a_hub_that_lost_nothing_else(
    office: Office, hub: TestHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    written(one, kim, b"small" * 10, b"larger" * 300_000)
    only_changes(one, monkeypatch)
    states = HubStates.of(hub)
    states.keep("yesterday")
    assert one.sync().blobs_sent >= 2
    for laptop in (one, two):
        laptop.sync()
        assert laptop.sync().blobs_sent == 0
    assert two.store.missing_blobs() == []
    held = states.papers()
    states.back("yesterday")
    assert len(states.papers()) == 0
    # somebody hands back the very paper that was the newest: it is not what was acknowledged
    newest = standing.paper_of(one.store)
    assert newest is not None
    with closing(client.reached(standing.account_of(two.store))) as link:
        larger = Wanted(kim, newest.sha256, 1_800_000, "application/pdf")
        for piece in range(larger.pieces):
            link.put_piece(larger, piece, one.store.blob_piece(larger.sha256, piece))
    report = one.sync()
    assert (report.restored, report.blobs_sent, report.pushed) == (True, len(held) - 1, 0)
    assert states.papers() == held
    # the other one finds them there, and from then on there is nothing to do
    assert [two.sync().blobs_sent, two.sync().restored, one.sync().restored] == [0, False, False]


def test_cut_short_in_giving_back_it_goes_on_the_next_time(
    office: Office, hub: TestHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = office.laptop()
    written(one, one.case(), b"a paper" * 100)
    only_changes(one, monkeypatch)
    states = HubStates.of(hub)
    states.keep("yesterday")
    one.sync()
    held = states.papers()
    states.back("yesterday")
    only_changes(one, monkeypatch)
    one.reopen()
    one.sync()
    assert states.papers() == held


def test_a_hub_of_the_first_version_numbers_the_papers_it_holds(hub_server: LocalHub, office: Office) -> None:
    one = office.laptop()
    written(one, one.case(), b"a paper" * 100)
    one.sync()
    assert office.hub is not None
    with closing(hub_server.connect(office.hub.database)) as admin:
        admin.execute("drop table workwell.paper_counter")
        admin.execute("alter table workwell.blob drop column number, drop column came")
        admin.execute("alter table workwell.device drop column lost cascade, drop column emptied cascade")
        admin.execute("update workwell.hub set schema_version = 1")
        assert making.make(admin, hubs.PARTNERSHIP, "Testshire WorkWell").before == 1
        rows: list[Any] = admin.execute("select b.number from workwell.blob b where b.complete order by 1").fetchall()
        count = admin.execute("select c.number from workwell.paper_counter c").fetchone()
    assert [number for (number,) in rows] == list(range(1, len(rows) + 1))
    assert count == (len(rows),)
    # what it had acknowledged before is asked after once, and found
    report = one.sync()
    assert (report.restored, report.blobs_sent) == (False, 0)
    written(one, one.case("Lou"), b"another" * 100)
    assert [one.sync().blobs_sent, one.sync().restored] == [1, False]


def test_who_may_not_read_a_paper_learns_nothing_of_it_by_asking(hub: TestHub, office: Office) -> None:
    one, kim = office.laptop(), hub.laptop()
    written(one, one.case(), b"a paper" * 100)
    one.sync()
    known = standing.paper_of(one.store)
    assert known is not None
    assert kim.login is not None
    with closing(client.reached(standing.Account(hub.address, kim.login.user, kim.login.password))) as link:
        assert link.hello(standing.At(), known).papers is False
