"""Three stores of one partnership that edit apart and meet now and then, for the property test."""

import random
from datetime import UTC, datetime
from pathlib import Path

from tests.store.conftest import ANNA, FAST, PASSPHRASE, content
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import NotFound
from workwell_desktop.store import DELETED, Change, Identity, Store, create_store, restore_backup, unlock


def by_device(changes: list[tuple[bytes, bytes]], order: random.Random) -> list[list[tuple[bytes, bytes]]]:
    """In one lot for each store that wrote them, so that a change often comes before the one that it replaces."""
    lots: dict[str, list[tuple[bytes, bytes]]] = {}
    for header, signature in changes:
        lots.setdefault(Change.read(header, signature).incarnation, []).append((header, signature))
    found = list(lots.values())
    order.shuffle(found)
    return found


class Three:
    """Every value that anybody wrote must stand in the history of every store in the end."""

    def __init__(self, folder: Path) -> None:
        # each store has a clock of its own, hours apart: time must not decide anything
        moment = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
        first, anna, _code = create_store(
            folder / "0.store",
            ANNA,
            clock=FixedClock(moment),
            partnership_name="Testshire WorkWell",
            site="generic",
            profile=FAST,
        )
        self.kim = new_id()
        self.written: set[tuple[str, object]] = set()
        with first.unit(anna) as unit:
            unit.add(Participant(id=self.kim, scope=self.kim, given_name="Kim"))
            self.response = unit.add(Response(id=new_id(), scope=self.kim, form_title="PHQ-4"))
        self.stores: list[tuple[Store, Identity]] = [(first, anna)]
        for number, hour in ((1, 3), (2, 20)):
            first.backup(folder / f"{number}.backup")
            restore_backup(folder / f"{number}.backup", folder / f"{number}.store")
            clock = FixedClock(moment.replace(hour=hour))
            self.stores.append(unlock(folder / f"{number}.store", anna.person, PASSPHRASE, clock=clock))

    def act(self, at: int, act: str, value: int, order: random.Random) -> None:
        store, person = self.stores[at]
        if act == "sync":
            self.give(store, self.stores[value % 3][0], order)
            return
        with store.unit(person) as unit:
            if act in ("town", "phone"):
                unit.set(Participant, self.kim, **{act: f"{act} {value}"})
                self.written.add((act, f"{act} {value}"))
            elif act == "answer":
                unit.answer(self.response, "q1", value)
                self.written.add(("answer/q1", value))
            elif act == "delete":
                unit.delete(Participant, self.kim)
            elif act == "undelete":
                try:
                    unit.settle((self.kim, DELETED), False)
                except NotFound:
                    assert unit.reader.find(Participant, self.kim) is not None
            elif act == "settle":
                for conflict in unit.reader.conflicts():
                    unit.settle(conflict.id, conflict.heads[value % len(conflict.heads)].value)
            else:
                unit.add(Participant(id=Id(made := new_id()), scope=made, given_name=f"New {value}"))

    def give(self, giver: Store, taker: Store, order: random.Random) -> None:
        if giver is taker:
            return
        sent = giver.changes_since(taker.vector())
        changes = list(sent.changes)
        order.shuffle(changes)
        for lot in by_device(changes, order):
            report = taker.apply(type(sent)(tuple(lot), sent.values, sent.blobs))
            assert report.refused == ()
            assert report.forks == ()

    def finish(self, order: random.Random) -> None:
        for _round in range(2):
            for giver, _person in self.stores:
                for taker, _other in self.stores:
                    self.give(giver, taker, order)
        contents = [content(store) for store, _person in self.stores]
        assert contents[0] == contents[1] == contents[2]
        assert {len(store.vector()) for store, _person in self.stores} == {len(self.stores[0][0].vector())}
        for store, _person in self.stores:
            with store.read() as reader:
                lines = [*reader.history(self.kim), *reader.history(self.response)]
            assert self.written <= {(line.field, line.value) for line in lines}
        report = self.stores[0][0].check()
        assert report.problems == ()

    def close(self) -> None:
        for store, _person in self.stores:
            store.close()
