"""A computer that was lost: one signed word closes its login at the hub, and empties it when it reports again."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.sync.hubs import PARTNERSHIP, TestHub
from tests.sync.laptops import Laptop, Office
from tests.sync.test_bundle import read, written
from tests.sync.test_entitled import Colleague, codes, take
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import ComputerLost, HubRefused
from workwell_desktop.store import Store, slots
from workwell_desktop.store.exchange.lost import is_lost, waits_for_the_hub
from workwell_desktop.store.safekeeping import keeping, raw_pages
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.hub import enrolment
from workwell_desktop.sync.hub import keeping as hub_keeping

SECRET = "quillfeather"


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def declared(by: Laptop, lost: Laptop) -> None:
    with by.store.unit(by.anna) as unit:
        unit.set(Device, Id(lost.store.device), lost=by.clock.now())


def filled(laptop: Laptop) -> Path:
    """A case with a secret that only this laptop has, and a backup of it in the folder of backups."""
    laptop.case(SECRET)
    folder = keeping.folder_of(laptop.path, None)
    folder.mkdir()
    name = keeping.file_name(slots.load(laptop.path).store, laptop.clock.now(), "daily")
    laptop.store.backup(folder / name)
    # and what lies in a folder that was used before, with what a power cut left of one
    former = laptop.path.with_name("former")
    former.mkdir()
    laptop.store.settings.put(keeping.FORMER_KEY, [str(former)])
    for one in (name, f".{name}.k3x_z91a"):
        (former / one).write_bytes((folder / name).read_bytes())
    return folder / name


def is_emptied(laptop: Laptop) -> bool:
    with laptop.store.read() as reader:
        people = reader.list(Participant)
        staff = reader.list(Person)
    pages = raw_pages.read(laptop.store.path, laptop.store._key).pages.values()
    assert staff
    return (
        laptop.store.scopes() == {PARTNERSHIP}
        and list(laptop.path.with_name("former").iterdir()) == []
        and not people
        and not any(SECRET.encode() in page.lower() for page in pages)
    )


def row(hub: TestHub, laptop: Laptop) -> hub_keeping.DeviceRow:
    return next(one for one in hub_keeping.devices(hub.admin()) if one.device == laptop.store.device)


def test_one_signed_word_shuts_it_out_and_empties_it_when_it_reports(office: Office, hub: TestHub) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    two.sync()
    backup = filled(two)
    # said with no network: the hub has not heard of it, and lets it in
    declared(one, two)
    assert waits_for_the_hub(one.store, Id(two.store.device))
    with closing(client.reached(standing.account_of(two.store))) as open_line:
        one.sync()
        assert not waits_for_the_hub(one.store, Id(two.store.device))
        with pytest.raises(psycopg.Error):
            open_line._hub.execute("select 1")
    assert row(hub, two).revoked is not None
    assert row(hub, two).emptied is None
    with closing(client.reached(standing.account_of(one.store))) as line, pytest.raises(HubRefused):
        line.last_word()
    # its login says one thing more, and is let in to nothing
    with closing(client.reached(standing.account_of(two.store))) as line:
        assert line.scopes() == frozenset()
        assert line.streams() == {}
        assert line.last_word() is not None
    with pytest.raises(ComputerLost):
        two.sync()
    assert is_emptied(two)
    assert not backup.exists()
    assert two.store.check().problems == ()
    assert row(hub, two).emptied is not None
    with pytest.raises(HubRefused) as refused:
        client.reached(standing.account_of(two.store))
    assert type(refused.value) is ComputerLost, "and says so again, although the hub says nothing more"
    # the rest goes on as ever, and nothing that the hub had is gone
    with one.store.read() as reader:
        assert reader.find(Participant, kim) is not None
    assert one.sync().refused == {}


def test_the_hub_alone_empties_nobody(office: Office, hub: TestHub) -> None:
    """Shown out by somebody who runs the hub, or told a word that no administrator signed."""
    one, two = office.laptop(), office.laptop()
    one.sync()
    two.sync()
    filled(two)
    ben = Colleague.on(one)
    word = ben.write(PARTNERSHIP, "lost", one.clock.now(), kind="device", record=two.store.device)
    one.sync()
    two.sync()
    admin = hub.admin()
    hub_keeping.show_out(admin, two.store.device)
    with pytest.raises(HubRefused) as refused:
        two.sync()
    assert type(refused.value) is HubRefused
    position = admin.execute("select max(c.position) + 1 from workwell.change c").fetchone()
    assert position is not None
    ids = (UUID(PARTNERSHIP), UUID(ben.incarnation))
    admin.execute(
        "insert into workwell.change (position, scope, incarnation, number, id, header, signature)"
        " values (%s, %s, %s, 1, %s, %s, %s)",
        (position[0], *ids, bytes.fromhex(word.change.id), word.change.header, word.change.signature),
    )
    admin.execute("insert into workwell.value values (%s, %s, %s, %s)", (position[0], ids[0], word.salt, word.value))
    admin.execute(
        "update workwell.device set lost = %s where device = %s",
        (bytes.fromhex(word.change.id), UUID(two.store.device)),
    )
    with closing(client.reached(standing.account_of(two.store))) as line:
        assert line.last_word() is not None, "nothing was tried"
    with pytest.raises(HubRefused) as refused:
        two.sync()
    assert type(refused.value) is HubRefused
    assert not is_emptied(two)


def test_a_lost_computer_does_not_say_that_it_was_found(office: Office, hub: TestHub) -> None:
    one, two = office.laptop(), office.laptop()
    ben = Colleague.on(one)
    one.sync()
    declared(one, two)
    one.sync()
    # with its own key, by another's login at the hub and by file
    own = Colleague(two.store.device, two.store.device, two.anna.device_changes_key, "0d" * 16, lamport=9000)
    tries: list[tuple[str, Any]] = [("lost", None), ("@deleted", True)]
    ben.login = hub.enrol(ben.person, ben.device, bytes(ben.key.verify_key))
    ben.hub = hub.connect(ben.login)
    for name, value in tries:
        own.incarnation, own.tips = "0d" * 15 + ("01" if value else "02"), {}
        sent = own.write(PARTNERSHIP, name, value, kind="device", record=two.store.device)
        assert [each.code for each in ben.push([sent])] == ["right"]
        assert codes(take(one, sent)) == ["right"]
        ben.incarnation, ben.tips = "0e" * 15 + ("01" if value else "02"), {}
        said = ben.write(PARTNERSHIP, name, value, kind="device", record=two.store.device)
        assert [each.code for each in ben.push([said])] == ["right"]
    with one.store.read() as reader:
        assert reader.get(Device, Id(two.store.device)).lost is not None


def test_a_file_from_a_colleague_empties_it_too(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    one, two = office.laptop(), office.laptop()
    written(one, two, tmp_path / "first.changes")
    read(two, tmp_path / "first.changes")
    backup = filled(two)
    declared(one, two)
    # whoever has it now is handed the word, and nothing about anybody
    one.case("Written since")
    sent: set[str] = set()
    pages = type(one.store).pages_since

    def watched(store: Store, known: Any, may: Callable[[str], bool]) -> Any:
        sent.update(scope for scope in store.scopes() if may(scope))
        return pages(store, known, may)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(one.store), "pages_since", watched)
        written(one, two, tmp_path / "second.changes")
    assert sent == {PARTNERSHIP}
    with pytest.raises(ComputerLost):
        read(two, tmp_path / "second.changes")
    assert is_lost(two.store)
    assert is_emptied(two)
    assert not backup.exists()
    office.close()


def test_found_again_it_is_let_in_with_a_new_code(office: Office, hub: TestHub) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    two.sync()
    declared(one, two)
    one.sync()
    with pytest.raises(ComputerLost):
        two.sync()
    with one.store.unit(one.anna) as unit:
        unit.set(Device, Id(two.store.device), lost=None)
    one.sync()
    with closing(hub.server.connect(hub.database)) as admin:
        wanted = enrolment.Enrolment((one.anna.person,), one.clock.now().replace(year=2100), device=two.store.device)
        code = enrolment.enrol(admin, wanted)
    login = enrolment.redeem(hub.address, code, two.store.device)
    standing.keep_account(two.store, standing.Account(hub.address, login.user, login.password))
    assert not standing.account_of(two.store).emptied
    assert two.sync().granted >= {kim}
    with two.store.read() as reader:
        assert reader.find(Participant, kim) is not None
