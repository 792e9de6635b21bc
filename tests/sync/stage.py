"""What the lives of the state machines begin with: laptops from a template, and ways for a sync or a store to die."""

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.store.conftest import PASSPHRASE
from tests.sync import model
from tests.sync.hub_states import HubStates
from tests.sync.hubs import PARTNERSHIP, TestHub
from tests.sync.laptops import Laptop, Office
from tests.sync.model import Model
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import ids_from, new_id
from workwell_desktop.domain.sessions import Grant
from workwell_desktop.errors import HubStopped
from workwell_desktop.store import Exchange, Founder, Identity
from workwell_desktop.store.exchange import pages as exchange
from workwell_desktop.store.log import unit
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.sync import client, link, standing
from workwell_desktop.sync.link import Link
from workwell_desktop.sync.standing import Account

_PAGE = 7
BEA = Founder("Bea Example", Profession.PHYSIOTHERAPIST, PASSPHRASE, "PH000001")
_LOG = "SELECT change.header, change.signature, value.value FROM change LEFT JOIN value ON value.n = change.n"


BASE = datetime(2090, 6, 1, 12, tzinfo=UTC)
"""What the clocks of the laptops say, so that every life is the same on any day. The hub has a clock of its own, and
nothing that is granted in these years ends before it."""


class Died(BaseException):
    """The program ended here, without a chance to tidy up."""


@dataclass
class Master:
    """One laptop as it stands when a world begins."""

    path: Path
    key: bytes
    who: Identity
    account: Account | None
    device: str


@dataclass
class Stage:
    """Masters to copy, the hub where there is one, and connections that stay open from world to world."""

    folder: Path
    states: HubStates | None
    masters: list[Master]
    model: Model
    links: dict[int, Link] = field(default_factory=dict)
    worlds: int = 0

    @classmethod
    def made(cls, folder: Path, hub: TestHub | None) -> "Stage":
        """The same laptops each time, but for their keys."""
        with drawn_from("stage"):
            return cls._made(folder, hub)

    @classmethod
    def _made(cls, folder: Path, hub: TestHub | None) -> "Stage":
        office = Office(folder, hub, begins=BASE)
        first, second = office.laptop(), office.laptop()
        third = office.colleague(BEA)
        second.store.apply(first.store.changes_since(second.store.vector()))
        kim, lee = first.case("Kim"), third.case("Lee")
        # each sees the other's case: three laptops write in both, until somebody changes that
        for each, case, other in ((first, kim, third), (third, lee, first)):
            with each.store.unit(each.anna) as unit:
                unit.add(Response(id=new_id(), scope=case, form_title="PHQ-4"))
                ends = BASE.date() + timedelta(days=9)
                unit.add(Grant(id=new_id(), scope=case, person=other.anna.person, ends_on=ends))
        if hub is None:
            hand_round(office, frozenset((PARTNERSHIP, kim, lee)))
        else:
            for each in (*office.laptops, *office.laptops):
                each.sync()
        known = Model()
        for each in office.laptops:
            known.saved(model.read(*row) for row in rows_of(each))
        masters = []
        for each in office.laptops:
            account, store = standing.account_of(each.store) if hub is not None else None, each.store
            masters.append(Master(each.path, store._key, each.anna, account, store.device))
        office.close()
        states = HubStates.of(hub) if hub is not None else None
        if states is not None:
            states.keep("first")
        return cls(folder, states, masters, known)

    @property
    def hub_states(self) -> HubStates:
        assert self.states is not None
        return self.states

    def link(self, at: int) -> Link:
        """The connection of a laptop, opened anew where the last one was cut."""
        found = self.links.get(at)
        if found is None or found._hub.closed:
            account = self.masters[at].account
            assert account is not None
            found = self.links[at] = client.reached(account)
        return found

    def close(self) -> None:
        for one in self.links.values():
            one.close()


def hand_round(office: Office, scopes: frozenset[str]) -> None:
    """What all of them may hold, from each to each."""
    for giver in office.laptops:
        for taker in office.laptops:
            sent = giver.store.changes_since(taker.store.vector())
            changes = tuple(row for row in sent.changes if model.read(*row, None).scope in scopes)
            assert taker.store.apply(Exchange(changes, sent.values)).refused == ()


def rows_of(laptop: Laptop) -> list[Any]:
    with laptop.store._reads() as cursor:
        found: list[Any] = cursor._raw.execute(_LOG).fetchall()
        return found


@contextmanager
def drawn_from(seed: object) -> Iterator[None]:
    """What the program would draw by luck, and what a life depends on: ids, and the salts that go into each change."""
    chance = random.Random(repr(seed))
    with pytest.MonkeyPatch.context() as patch, ids_from(lambda: f"{chance.getrandbits(128):032x}"):
        patch.setattr(unit, "secrets", SimpleNamespace(token_bytes=chance.randbytes))
        yield


@contextmanager
def small_pages() -> Iterator[None]:
    """So that a handful of changes takes several pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(link, "PAGE", _PAGE)
        patch.setattr(client, "PAGE", _PAGE)
        patch.setattr(exchange, "PAGE", _PAGE)
        yield


class CutLink(Link):
    """A connection that goes before, or just after, the nth time that something is asked. With ``torn`` the line itself
    is gone as well, and the next one is made anew: that takes longer than all the rest."""

    def __init__(self, of: Link, after: int, *, answered: bool, torn: bool) -> None:
        super().__init__(of._hub)
        self._left = after
        self._answered = answered
        self._torn = torn

    def _one(self, act: Callable[[], Any]) -> Any:
        self._left -= 1
        if self._left == 0 and self._answered:
            act()
        if self._left <= 0:
            if self._torn:
                self._hub.close()
            raise HubStopped(state="")
        return act()

    def _ask(self, statement: Any, values: Any = ()) -> Any:
        return self._one(lambda: Link._ask(self, statement, values))

    def _page(self, cursor: Any) -> Any:
        return self._one(lambda: Link._page(self, cursor))


@contextmanager
def dying(laptop: Laptop, after: int) -> Iterator[None]:
    """The program ends at the nth statement that its store runs, with the files as they lie at that moment."""
    left = after
    dead: list[Path] = []
    ran = {name: getattr(Cursor, name) for name in ("run", "lots", "sql")}

    def counted(name: str) -> Callable[..., Any]:
        def act(self: Cursor, *given: Any, **named: Any) -> Any:
            nonlocal left
            # what is read ahead meanwhile is not counted, or no two deaths would be the same
            left -= threading.current_thread() is threading.main_thread()
            if left == 0 and not dead:
                dead.append(laptop.path)
                keep_as_it_lies(laptop.path)
            if left <= 0:
                raise Died
            return ran[name](self, *given, **named)

        return act

    with pytest.MonkeyPatch.context() as patch:
        for name in ran:
            patch.setattr(Cursor, name, counted(name))
        yield


def keep_as_it_lies(path: Path) -> None:
    for one in (path, path.with_name(path.name + "-wal")):
        if one.exists():
            shutil.copyfile(one, one.with_name(one.name + ".died"))
