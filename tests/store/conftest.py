"""Stores to break: made fast, by synthetic people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.store import (
    Argon2Profile,
    Founder,
    Identity,
    RecoveryCode,
    Store,
    create_store,
    restore_backup,
    unlock,
)

FAST = Argon2Profile(memory=8, passes=1, lanes=1)
PASSPHRASE = "correct horse battery"
ANNA = Founder("Anna Example", Profession.OCCUPATIONAL_THERAPIST, PASSPHRASE, "OT000001")


@dataclass
class House:
    """A store with its first person, and whatever else a test opens."""

    path: Path
    store: Store
    anna: Identity
    code: RecoveryCode
    clock: FixedClock
    close_later: list[Store]

    def again(self) -> None:
        """Closes the store and opens it anew."""
        self.store.close()
        self.store, self.anna = unlock(self.path, self.anna.person, PASSPHRASE, clock=self.clock)
        self.close_later.append(self.store)

    def twin(self, name: str = "twin") -> tuple[Store, Identity]:
        """A second store with everything that this one holds, under an incarnation of its own."""
        file = self.path.with_name(f"{name}.backup")
        self.store.backup(file)
        path = self.path.with_name(f"{name}.store")
        restore_backup(file, path)
        store, identity = unlock(path, self.anna.person, PASSPHRASE, clock=self.clock)
        self.close_later.append(store)
        return store, identity

    def participant(self, given: str = "Kim", family: str = "Sample") -> Id:
        made = new_id()
        with self.store.unit(self.anna) as unit:
            unit.add(Participant(id=made, scope=made, given_name=given, family_name=family))
        return made

    def response(self, participant: Id) -> Id:
        with self.store.unit(self.anna) as unit:
            return unit.add(Response(id=new_id(), scope=participant, status=ResponseStatus.IN_PROGRESS))


@pytest.fixture
def make_house(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[str], House]]:
    opened: list[Store] = []

    def make(name: str) -> House:
        path = tmp_path / f"{name}.store"
        store, anna, code = create_store(
            path, ANNA, clock=clock, partnership_name="Testshire WorkWell", site="generic", profile=FAST
        )
        opened.append(store)
        return House(path, store, anna, code, clock, opened)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def house(make_house: Callable[[str], House]) -> House:
    return make_house("one")


def exchange(left: Store, right: Store) -> None:
    """Each gives the other what it lacks."""
    for giver, taker in ((left, right), (right, left)):
        report = taker.apply(giver.changes_since(taker.vector()))
        assert report.refused == ()
        assert report.forks == ()


def content(store: Store) -> dict[str, str]:
    """What every ordinary table holds."""
    from workwell_desktop.store.safekeeping.check import digests

    with store._engine.connect() as connection:
        return digests(connection)
