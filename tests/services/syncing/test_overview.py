"""What exists on this computer alone, by person and kind, and how the last sync went, against a real hub."""

from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest

from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.duties import SafeguardingConcern
from workwell_desktop.domain.episodes import Contact
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import HubProxy, HubStopped
from workwell_desktop.services.administration.site_in_use import site_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import places
from workwell_desktop.services.syncing import exchange, here, outcome, overview
from workwell_desktop.sync import standing


def desk_of(laptop: Laptop, *roles: str) -> Desk:
    with laptop.store.read() as reader:
        person = reader.get(Person, laptop.anna.person)
        if roles:
            person = replace(person, roles=frozenset(roles))
        return Desk(laptop.store, laptop.anna, person, clock=laptop.clock, site=site_of(reader))


def test_without_a_hub_nothing_is_listed_and_nobody_is_asked_to_sync(office: Office) -> None:
    one = office.laptop()
    standing.forget_account(one.store)
    found = overview.view(desk_of(one))
    assert (found.standing.host, found.waits, found.outcome) == (None, (), None)
    assert here.look(desk_of(one)) == here.Here(False, False, None, None)


def test_what_waits_is_named_by_person_and_kind_and_goes_with_a_sync(office: Office) -> None:
    one = office.laptop()
    desk = desk_of(one, "coach", "administrator")
    exchange.sync(desk)
    assert overview.view(desk).waits == ()
    kim = one.case("Kim")
    response = one.interview(kim, 13)
    with one.store.unit(one.anna) as unit:
        unit.add(Contact(id=new_id(), scope=kim))
        unit.add(SafeguardingConcern(id=new_id(), scope=kim))
        unit.answer(response, "scan", unit.blob(b"scan" * 100, "image/png", kim))
        unit.event(AuditEvent(kind=AuditKind.OPENED, participant=kim))
    (line,) = overview.view(desk).waits
    assert (line.where, line.name, line.answers, line.papers) == ("participant", "Kim Sample", 14, 1)
    # that there is a concern is not for everybody to read, and still it is counted
    assert dict(line.kinds) == {"participant": 1, "episode": 1, "response": 1, "contact": 1, "": 1}
    # a coordinator may not read answers; an observer sees no name
    assert overview.view(desk_of(one, "observer")).waits[0].name == ""
    assert dict(overview.view(desk_of(one, "clinician")).waits[0].kinds)["safeguarding"] == 1
    found = here.look(desk)
    assert found.only_here is not None
    assert found.only_here.answers == 14
    exchange.sync(desk)
    assert overview.view(desk).waits == ()
    # what the partnership wrote and its files stand in one line
    with one.store.unit(one.anna) as unit:
        whole = unit.reader.list(Partnership)[0]
        unit.set(Partnership, whole.id, phone="01632 960 140", site_pack=unit.blob(b"pack", "text/plain", whole.scope))
    (line,) = overview.view(desk).waits
    assert (line.where, line.papers) == ("partnership", 1)
    assert found.enrolled
    assert found.may
    assert found.last is not None


def test_what_went_wrong_is_kept_until_a_sync_goes_through(office: Office) -> None:
    one = office.laptop()
    desk = desk_of(one)
    outcome.keep_trouble(desk, HubProxy(status="403"))
    found = outcome.last(desk)
    assert found is not None
    assert (found.trouble, dict(found.params)) == ("hub_proxy", {"status": "403"})
    exchange.sync(desk)
    found = outcome.last(desk)
    assert found is not None
    assert found.trouble is None


def test_a_line_is_cut_from_another_thread(office: Office) -> None:
    one = office.laptop()
    with exchange.live(desk_of(one)) as live:
        live.sync()
        cutter = Timer(0.1, live.cut)
        cutter.start()
        with pytest.raises(HubStopped):
            _wait_on(live)
        cutter.join()


def _wait_on(live: exchange.Live) -> None:
    while True:
        live.wait(5)


def test_what_the_unlock_page_says_is_of_this_store_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    places.remember(tmp_path / "one.workwell", {"changes": 3, "last": None})
    assert places.standing_of(tmp_path / "one.workwell") == {"changes": 3, "last": None}
    assert places.standing_of(tmp_path / "two.workwell") is None
    places.remember(tmp_path / "one.workwell")
    assert places.standing_of(tmp_path / "one.workwell") is None
