"""Three laptops of two people and a stick, and what befalls them: all that needs no hub, for the state machines.

Each act takes small numbers; what cannot be done at that moment is not done. What a life does depends on its seed and
on nothing else: ids, salts and clocks come from it.
"""

import random
import shutil
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.sync import model
from tests.sync.laptops import Laptop
from tests.sync.model import Model
from tests.sync.stage import BASE, Died, Stage, drawn_from, dying
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Episode, Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Grant
from workwell_desktop.errors import BadInput
from workwell_desktop.store import DELETED, Exchange, restore_backup
from workwell_desktop.store.log import fields
from workwell_desktop.store.opening import open_with_key
from workwell_desktop.sync.bundle.exchange import read_bundle, write_bundle

TOWNS = ("Leeds", "York", " Leeds", "Hull")
"""Two of them say the same."""
_OWN = (
    "SELECT change.id, change.header, change.signature, value.value FROM change"
    " LEFT JOIN value ON value.n = change.n WHERE change.incarnation = ?"
)


class Company:
    """Laptops as a stage left them, in a folder of their own. ``close`` it."""

    def __init__(self, stage: Stage, seed: object) -> None:
        self.stage = stage
        stage.worlds += 1
        self.folder = stage.folder / f"world{stage.worlds}"
        self.folder.mkdir()
        self.model = Model(dict(stage.model.facts))
        self.open = ExitStack()
        self.open.enter_context(drawn_from(seed))
        self.laptops: list[Laptop] = []
        for number, one in enumerate(stage.masters):
            path = self.folder / f"{number}.store"
            for suffix in ("", ".keys", ".keys.copy"):
                shutil.copyfile(f"{one.path}{suffix}", f"{path}{suffix}")
            clock = FixedClock(BASE + timedelta(hours=number))
            self.laptops.append(Laptop(path, open_with_key(path, one.key, clock), one.who, clock))
        self.sticks: list[tuple[int, Path]] = []
        self.backups: dict[int, Path] = {}
        self.files = 0
        self.seen: set[str] = set()
        """What of all that can happen happened here."""

    # what people do

    def edit(self, at: int, case: int, what: int, value: int) -> None:
        laptop, kim = self._case(at, case)
        if kim is None:
            return
        with laptop.store.unit(laptop.anna) as unit:
            if what == 0:
                unit.set(Participant, kim, town=TOWNS[value % 4])
            elif what == 1:
                unit.set(Participant, kim, phone=f"01632 96000{value}", town=TOWNS[value % 4])
            elif what == 2:
                found = unit.reader.list(Response, scope=kim)
                if found:
                    unit.answer(found[0].id, f"q{value % 2}", value)
            elif what == 3:
                unit.add(Action(id=new_id(), scope=kim, text=f"Ask {value}"))
            elif actions := unit.reader.list(Action, scope=kim):
                action = actions[value % len(actions)]
                if what == 4:
                    unit.set(Action, action.id, text=f"Tell {value}")
                else:
                    unit.delete(Action, action.id)
        self._saved(at)

    def two_edit(self, at: int, other: int, case: int, value: int) -> None:
        """The same field, apart."""
        self.edit(at, case, 0, value)
        self.edit(other, case, 0, value + 1)

    def open_case(self, at: int) -> None:
        self.laptops[at].case(f"New {at}")
        self._saved(at)

    def paper(self, at: int, case: int, size: int) -> None:
        laptop, kim = self._case(at, case)
        if kim is None:
            return
        data = random.Random(size).randbytes(300_000 if size % 5 == 0 else 100 + size)
        with laptop.store.unit(laptop.anna) as unit:
            found = unit.reader.list(Response, scope=kim)
            if found:
                unit.answer(found[0].id, "scan", unit.blob(data, "image/png", kim))
        self._saved(at)

    def settle(self, at: int, which: int) -> None:
        laptop = self.laptops[at]
        with laptop.store.unit(laptop.anna) as unit:
            for conflict in unit.reader.conflicts()[:2]:
                self.seen.add("conflict")
                value: Any = conflict.heads[which % len(conflict.heads)].value
                unit.settle(conflict.id, bool(which % 2) if conflict.field == DELETED else value)
        self._saved(at)

    def turn(self, at: int, *, redo: bool) -> None:
        laptop = self.laptops[at]
        if (laptop.store.redo if redo else laptop.store.undo)(laptop.anna) is not None:
            self.seen.add("undone")
        self._saved(at)

    def hand_over(self, at: int, case: int, to: int) -> None:
        laptop, kim = self._case(at, case)
        if kim is None:
            return
        with laptop.store.unit(laptop.anna) as unit:
            for episode in unit.reader.list(Episode, scope=kim):
                if episode.coach == laptop.anna.person or at < 2:
                    unit.set(Episode, episode.id, coach=self.laptops[to].anna.person)
        self._saved(at)

    def grant(self, at: int, case: int, days: int) -> None:
        """To the other person, or an end to it."""
        laptop, kim = self._case(at, case)
        if kim is None:
            return
        other = self.laptops[0 if at == 2 else 2].anna.person
        with laptop.store.unit(laptop.anna) as unit:
            mine = [one for one in unit.reader.list(Grant, scope=kim) if one.ended_at is None]
            if mine and days % 2:
                unit.set(Grant, mine[0].id, ended_at=laptop.clock.now())
            else:
                ends = laptop.clock.today() + timedelta(days=10 + days)
                unit.add(Grant(id=new_id(), scope=kim, person=other, ends_on=ends))
        self._saved(at)

    # how things travel

    def stick(self, giver: int, taker: int) -> None:
        if giver == taker:
            return
        one, other = self.laptops[giver], self.laptops[taker]
        self.files += 1
        file = self.folder / f"{self.files}.changes"
        with one.store.read() as reader:
            device = reader.get(Device, Id(self.stage.masters[taker].device))
        write_bundle(one.store, one.anna, device, {other.anna.person}, file, one.clock)
        self.sticks.append((taker, file))

    def plug_in(self, which: int, *, cut: bool) -> None:
        """One of the files, in any order, late, and as often as it pleases; or the first half of it."""
        if not self.sticks:
            return
        at, file = self.sticks[which % len(self.sticks)]
        laptop = self.laptops[at]
        if cut:
            half = file.with_suffix(".half")
            half.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
            file = half
        try:
            read_bundle(laptop.store, file, laptop.clock)
            self.seen.add("file")
        except BadInput as trouble:
            if not cut or trouble.reason != "bundle_cut":
                raise

    def by_hand(self, giver: int, taker: int, order: int) -> None:
        """A part of what one laptop holds, shuffled, with gaps and twice, straight into another."""
        one, other = self.laptops[giver], self.laptops[taker]
        shared = one.store.scopes() & other.store.scopes()
        sent = one.store.changes_since(other.store.vector())
        mixed = random.Random(order)
        rows = [row for row in sent.changes if self._scope(row) in shared]
        some = mixed.sample(rows, mixed.randint(0, len(rows)))
        report = other.store.apply(Exchange((*some, *some[:2]), sent.values, sent.blobs))
        self.seen |= {code for _change, code in report.refused}
        assert {code for _change, code in report.refused} <= {"gap", "chain", "unknown_author", "rights"}

    # what befalls them

    def write_dies(self, at: int, case: int, after: int) -> None:
        """Nothing of what was being written was acknowledged, so nothing of it may be there."""
        laptop, kim = self._case(at, case)
        if kim is None:
            return
        try:
            with dying(laptop, after), laptop.store.unit(laptop.anna) as unit:
                unit.set(Participant, kim, town=f"Half {after}", phone="01632 960999")
        except Died:
            self._again(at)
            assert self.held(at) <= set(self.model.facts), "half of what was never acknowledged"
        else:
            self._saved(at)

    def skew(self, at: int, hours: int) -> None:
        self.laptops[at].clock.set(BASE + timedelta(hours=hours))

    def back_up(self, at: int) -> None:
        file = self.folder / f"{at}.backup"
        file.unlink(missing_ok=True)
        self.laptops[at].store.backup(file)
        self.backups[at] = file

    def restore(self, at: int) -> None:
        """The laptop is replaced by its own backup, and everything since then is gone from it."""
        if at not in self.backups:
            return
        laptop = self.laptops[at]
        laptop.store.close()
        self.files += 1
        laptop.path = self.folder / f"{at}.{self.files}.store"
        restore_backup(self.backups[at], laptop.path)
        laptop.store = open_with_key(laptop.path, self.stage.masters[at].key, laptop.clock, renew=True)
        self._lost()

    # what must be true

    def held(self, at: int) -> set[str]:
        with self.laptops[at].store._reads() as cursor:
            return {row[0] for row in cursor._raw.execute("SELECT id FROM change")}

    def check(self, at: int) -> None:
        """As check-store does: every chain, signature, value and ordinary table."""
        problems = self.laptops[at].store.check().problems
        assert {one.code for one in problems} <= {"blob_missing"}, problems

    def _fields(self, laptop: Laptop, held: set[str]) -> None:
        """Heads, conflicts and histories against the model's."""
        expected = self.model.standing(held)
        with laptop.store._reads() as cursor:
            rows = cursor._raw.execute(
                "SELECT h.record, h.field, c.id FROM head h JOIN change c ON c.n = h.n"
            ).fetchall()
            apart = set(cursor._raw.execute("SELECT record, field FROM conflict").fetchall())
            values = dict(cursor._raw.execute("SELECT c.id, v.value FROM change c LEFT JOIN value v ON v.n = c.n"))
            towns = dict(cursor._raw.execute("SELECT id, town FROM r_participant").fetchall())
        if apart:
            self.seen.add("conflict")
        heads: dict[tuple[str, str], set[str]] = {}
        for record, name, change in rows:
            heads.setdefault((record, name), set()).add(change)
        assert heads == {place: set(one.heads) for place, one in expected.items()}
        assert all(fields.content(values[one]) == self.model.facts[one].value for one in held), "history"
        for place, one in expected.items():
            if place[1] != DELETED:
                said = {value.strip() if isinstance(value, str) else value for value in one.values}
                assert (place in apart) == (len(said) > 1), f"{place[1]}: {said}"
            if place[1] == "town" and place[0] in towns:
                assert towns[place[0]] == one.shown

    def close(self) -> None:
        self.open.close()
        for one in self.laptops:
            one.store.close()
        shutil.rmtree(self.folder)

    # within

    def _case(self, at: int, which: int) -> tuple[Laptop, Id | None]:
        laptop = self.laptops[at]
        with laptop.store._reads() as cursor:
            cases = [row[0] for row in cursor._raw.execute("SELECT id FROM r_participant ORDER BY id")]
        return laptop, Id(cases[which % len(cases)]) if cases else None

    def _scope(self, row: tuple[bytes, bytes]) -> str:
        return model.read(*row, None).scope

    def _saved(self, at: int) -> None:
        """Whatever this laptop wrote as itself and nobody was told of yet is acknowledged now."""
        laptop = self.laptops[at]
        with laptop.store._reads() as cursor:
            rows = cursor._raw.execute(_OWN, (laptop.store.incarnation,)).fetchall()
        self.model.saved(model.read(*row[1:]) for row in rows if row[0] not in self.model.facts)

    def _again(self, at: int) -> None:
        """The files as they lay when the program died, opened by the next one."""
        laptop = self.laptops[at]
        laptop.store.close()
        for one in (laptop.path, laptop.path.with_name(laptop.path.name + "-wal")):
            died = one.with_name(one.name + ".died")
            one.unlink(missing_ok=True)
            if died.exists():
                died.rename(one)
        laptop.store = open_with_key(laptop.path, self.stage.masters[at].key, laptop.clock)

    def _lost(self) -> None:
        """Something was set back: what nobody holds any more is gone."""
        self.seen.add("set back")
        self.model.lost(self._everything())

    def _everything(self) -> list[set[str]]:
        return [self.held(at) for at in range(3)]
