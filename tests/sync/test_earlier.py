"""A store of the first issue's version opens, syncs with a hub, and with a store of this version both ways."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.store import earlier
from tests.store.conftest import content
from tests.store.test_earlier import laid_out, opened
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.store import restore_backup
from workwell_desktop.sync import standing
from workwell_desktop.sync.hub import making
from workwell_desktop.sync.standing import Account


def another(first: Laptop, partnership: Id, path: Path) -> Laptop:
    """A laptop of this version, from a copy of the first, as a device of its own."""
    first.store.backup(path.with_suffix(".backup"))
    restore_backup(path.with_suffix(".backup"), path)
    store, anna = opened(path, first.clock)
    device = new_id()
    store.keep("device", device.encode())
    with first.store.unit(first.anna) as unit:
        unit.add(Device(id=device, scope=partnership, name="second", verify_key=anna.device_public.hex()))
    store.apply(first.store.changes_since(store.vector()))
    store.close()
    return Laptop(path, *opened(path, first.clock), first.clock)


def test_the_first_version_syncs_with_a_hub_and_with_this_one(hub: TestHub, tmp_path: Path) -> None:
    clock = FixedClock(datetime.now(UTC))
    path = laid_out(earlier.STORES[0], tmp_path)
    one = Laptop(path, *opened(path, clock), clock)
    with one.store.read() as reader:
        partnership = Id(reader.partnership() or "")
        (kim,) = reader.list(Participant)
    two = another(one, partnership, tmp_path / "two.workwell")
    with closing(hub.server.connect("postgres")) as admin:
        admin.execute(f"drop database {hub.database} with (force)".encode())
        admin.execute(f"create database {hub.database}".encode())
    with closing(hub.server.connect(hub.database)) as admin:
        making.make(admin, partnership, "Testshire WorkWell")
    for laptop in (one, two):
        key = bytes(laptop.anna.changes_key.verify_key)
        login = hub.enrol(laptop.anna.person, laptop.store.device, key, administrator=True)
        standing.keep_account(laptop.store, Account(hub.address, login.user, login.password))
    assert one.sync().refused == {}
    assert two.sync().refused == {}
    two.set(kim.id, town="York")
    one.set(kim.id, preferred_name="Kimbo")
    for laptop in (two, one, two):
        assert laptop.sync().refused == {}
    assert content(one.store) == content(two.store)
    with one.store.read() as reader:
        (found,) = reader.list(Participant)
        assert (found.given_name, found.preferred_name, found.town) == ("Kimberley", "Kimbo", "York")
    # and straight from store to store, as a file carries it
    two.set(kim.id, town="Leeds")
    assert one.store.apply(two.store.changes_since(one.store.vector())).refused == ()
    assert content(one.store) == content(two.store)
    for laptop in (one, two):
        assert laptop.store.check().problems == ()
        laptop.store.close()
