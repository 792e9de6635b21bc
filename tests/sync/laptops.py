"""Laptops with a whole store each, of one partnership, enrolled at one hub: what the tests of syncing stand on.

office = Office(folder, hub)          a hub, and the first laptop with its founder
office.laptop()                       another one; each has its own device, incarnation and login
office.colleague(founder)             one of somebody else
laptop.sync()                         connects, syncs, and closes; a report
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.store.conftest import ANNA, FAST, PASSPHRASE
from tests.sync.hubs import PARTNERSHIP, TestHub
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Episode, Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import Id, ids_from, new_id
from workwell_desktop.store import Founder, Identity, Store, create_store, restore_backup, unlock
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.client import SyncReport
from workwell_desktop.sync.standing import Account


@dataclass
class Laptop:
    """A store, who works on it, and its account at the hub."""

    path: Path
    store: Store
    anna: Identity
    clock: FixedClock

    def sync(self, account: Account | None = None) -> SyncReport:
        link = client.reached(account or standing.account_of(self.store))
        try:
            return client.sync(self.store, link, self.clock)
        finally:
            link.close()

    def case(self, name: str = "Kim") -> Id:
        """A participant whose coach is Anna."""
        kim = new_id()
        with self.store.unit(self.anna) as unit:
            unit.add(Participant(id=kim, scope=kim, given_name=name, family_name="Sample"))
            unit.add(Episode(id=new_id(), scope=kim, coach=self.anna.person))
        return kim

    def interview(self, kim: Id, answers: int = 60) -> Id:
        with self.store.unit(self.anna) as unit:
            response = unit.add(Response(id=new_id(), scope=kim, form_title="PHQ-4"))
        for number in range(answers):
            with self.store.unit(self.anna) as unit:
                unit.answer(response, f"q{number}", number)
        return response

    def set(self, kim: Id, **values: object) -> None:
        with self.store.unit(self.anna) as unit:
            unit.set(Participant, kim, **values)

    def reopen(self) -> None:
        """As after the program ended, however it ended."""
        self.store.close()
        self.store, self.anna = unlock(self.path, self.anna.person, PASSPHRASE, clock=self.clock)


@dataclass
class Office:
    """A hub and the laptops of one partnership. ``hub`` None: laptops that exchange by file alone."""

    folder: Path
    hub: TestHub | None
    laptops: list[Laptop] = field(default_factory=list)
    begins: datetime | None = None
    """What every clock says; None for now."""

    def laptop(self) -> Laptop:
        path = self.folder / f"laptop{len(self.laptops)}.store"
        clock = FixedClock(self.begins or datetime.now(UTC))
        if not self.laptops:
            drawn = [new_id() for _ in range(50)]
            drawn[-2] = Id(PARTNERSHIP)
            with ids_from(drawn.pop):
                store, anna, _code = create_store(
                    path, ANNA, clock=clock, partnership_name="Testshire WorkWell", site="generic", profile=FAST
                )
            made = Laptop(path, store, anna, clock)
        else:
            made = self._another(path, clock)
        return self._enrolled(made, administrator=True)

    def colleague(self, founder: Founder) -> Laptop:
        """The laptop of somebody else, whose name the first one writes down, and who holds no case."""
        first = self.laptops[0]
        person = first.store.add_person(first.anna, founder, profile=FAST)
        made = self._another(
            self.folder / f"laptop{len(self.laptops)}.store", FixedClock(self.begins or datetime.now(UTC))
        )
        made.anna = made.store.identity(person, PASSPHRASE)
        made.store.purge(made.store.scopes() - {PARTNERSHIP, person})
        return self._enrolled(made, administrator=False)

    def _enrolled(self, made: Laptop, *, administrator: bool) -> Laptop:
        self.laptops.append(made)
        if self.hub is not None:
            key = bytes(made.anna.changes_key.verify_key)
            login = self.hub.enrol(made.anna.person, made.store.device, key, administrator=administrator)
            standing.keep_account(made.store, Account(self.hub.address, login.user, login.password))
        return made

    def _another(self, path: Path, clock: FixedClock) -> Laptop:
        """From a copy of the first one, as a device of its own."""
        first = self.laptops[0]
        copy = path.with_suffix(".backup")
        first.store.backup(copy)
        restore_backup(copy, path)
        store, anna = unlock(path, first.anna.person, PASSPHRASE, clock=clock)
        device = new_id()
        store.keep("device", device.encode())
        with first.store.unit(first.anna) as unit:
            unit.add(Device(id=device, scope=Id(PARTNERSHIP), name=path.stem, verify_key=anna.device_public.hex()))
        store.apply(first.store.changes_since(store.vector()))
        standing.forget_account(store)
        store.close()
        store, anna = unlock(path, first.anna.person, PASSPHRASE, clock=clock)
        return Laptop(path, store, anna, clock)

    def close(self) -> None:
        for one in self.laptops:
            one.store.close()
