"""What this computer knows of its hub: where it is, how to sign in there, and how far it has read.

hub         address, login                                     sealed with everything else in the store
hub_at      epoch, position, id of the newest change read      saved in the transaction of each page
hub_seen    the newest change that the hub said it had taken, from before what it acknowledged is written down
hub_paper   the newest paper that the hub is known to have held, from before its receipt is written down
hub_scopes  scopes that are held, those that are being filled from their beginning, and how far that is
hub_emptied that this computer was lost, and heard of it
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workwell_desktop.errors import HubNotSet
from workwell_desktop.store import Store, computer
from workwell_desktop.store.prepared import Cursor

if TYPE_CHECKING:
    from workwell_desktop.sync.hub.wire import Address

_HUB, _AT, _SEEN, _SCOPES, _SYNCED = "hub", "hub_at", "hub_seen", "hub_scopes", "hub_synced"
_PAPER, _EMPTIED = "hub_paper", "hub_emptied"


@dataclass(frozen=True, slots=True)
class Account:
    """Where the hub is, and this computer's login there; ``emptied`` where that computer was lost and heard of it."""

    address: "Address"
    user: str
    password: str = field(repr=False)
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """The newest change that was read, of which life of the hub. Ids are hexadecimal; empty before the first."""

    epoch: str = ""
    position: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Paper:
    """A paper that became whole at the hub: as which one, and when (microseconds). A hub that has the newest one that
    it acknowledged has them all, since numbers are given in the order of commits; the same number may be given twice
    by a hub that was set back, but not at the same moment."""

    number: int
    scope: str
    sha256: str
    came: int


@dataclass(frozen=True, slots=True)
class Scopes:
    """``held`` are read up to ``At``; ``filling`` from their beginning up to ``after``. ``digest`` is the hub's, of
    those that this computer may read."""

    held: frozenset[str] = frozenset()
    filling: frozenset[str] = frozenset()
    after: int = 0
    digest: str = ""

    def granted(self, scopes: Iterable[str]) -> "Scopes":
        """With more to fill; what was being filled begins anew with them."""
        new = frozenset(scopes)
        return replace(self, held=self.held - new, filling=self.filling | new, after=0) if new else self

    def gone(self, scopes: Iterable[str]) -> "Scopes":
        away = frozenset(scopes)
        return replace(self, held=self.held - away, filling=self.filling - away)

    def filled(self) -> "Scopes":
        return replace(self, held=self.held | self.filling, filling=frozenset(), after=0)


def account_of(store: Store) -> Account:
    """Raises HubNotSet where this computer was never enrolled."""
    kept = store.kept(_HUB)
    if kept is None:
        raise HubNotSet
    # what reaches a hub takes long to load, and most of what is asked here needs none of it
    from workwell_desktop.sync.hub.wire import Address

    said = json.loads(kept)
    address = Address(said["host"], said["port"], said["database"], said["root"])
    return Account(address, said["user"], said["password"], store.kept(_EMPTIED) is not None)


def is_enrolled(store: Store) -> bool:
    """Whether there is a hub to sync with."""
    return store.kept(_HUB) is not None


def keep_account(store: Store, account: Account) -> None:
    """For another hub than before, what was read and acknowledged counts no more."""
    kept = store.kept(_HUB)
    if kept is not None and json.loads(kept)["host"] != account.address.host:
        begin_anew(store)
    said = {
        "host": account.address.host,
        "port": account.address.port,
        "database": account.address.database,
        "root": account.address.root,
        "user": account.user,
        "password": account.password,
    }
    store.keep(_EMPTIED, None)
    store.keep(_HUB, json.dumps(said).encode())


def forget_account(store: Store) -> None:
    """This computer syncs with no hub any more; what it holds stays."""
    begin_anew(store)
    store.keep(_HUB, None)


def begin_anew(store: Store) -> None:
    """Everything is read again from its beginning, and handed back where the hub lacks it."""
    store.forget_receipts()
    for name in (_AT, _SEEN, _PAPER, _SCOPES, _SYNCED):
        store.keep(name, None)


def emptied(store: Store) -> None:
    """Everything about people has gone from this computer, which was lost: remembered until it gets another login."""
    begin_anew(store)
    store.keep(_EMPTIED, b"1")


def at_of(store: Store) -> At:
    kept = store.kept(_AT)
    return At(*json.loads(kept)) if kept is not None else At()


def seen_of(store: Store) -> At:
    """The newest change that the hub is known to have had, read or handed over: does it not have that one, it was set
    back. Not a place to read on from."""
    at, kept = at_of(store), store.kept(_SEEN)
    seen = At(*json.loads(kept)) if kept is not None else at
    return seen if seen.epoch and (not at.epoch or (seen.epoch == at.epoch and seen.position > at.position)) else at


def keep_seen(store: Store, at: At) -> None:
    store.keep(_SEEN, json.dumps([at.epoch, at.position, at.id]).encode())


def paper_of(store: Store) -> Paper | None:
    """None before the first, and after the hub was set back behind it."""
    kept = store.kept(_PAPER)
    return Paper(*json.loads(kept)) if kept is not None else None


def saw_papers(store: Store, papers: Iterable[Paper]) -> None:
    """The hub holds these. Written down before their receipts are."""
    known = paper_of(store)
    newest = max(papers, default=None)
    if newest is not None and (known is None or newest > known):
        store.keep(_PAPER, json.dumps([newest.number, newest.scope, newest.sha256, newest.came]).encode())


def forget_papers(store: Store) -> None:
    """The hub lost papers that it had acknowledged."""
    store.forget_blob_receipts()
    store.keep(_PAPER, None)


def scopes_of(store: Store) -> Scopes:
    kept = store.kept(_SCOPES)
    if kept is None:
        return Scopes()
    held, filling, after, digest = json.loads(kept)
    return Scopes(frozenset(held), frozenset(filling), after, digest)


def mark_at(cursor: Cursor, at: At) -> None:
    computer.set_own(cursor, _AT, _written_at(at))


def mark_scopes(cursor: Cursor, scopes: Scopes) -> None:
    computer.set_own(cursor, _SCOPES, _written_scopes(scopes))


def keep_at(store: Store, at: At) -> None:
    store.keep(_AT, _written_at(at))


def keep_scopes(store: Store, scopes: Scopes) -> None:
    store.keep(_SCOPES, _written_scopes(scopes))


def _written_at(at: At) -> bytes:
    return json.dumps([at.epoch, at.position, at.id]).encode()


def _written_scopes(scopes: Scopes) -> bytes:
    return json.dumps([sorted(scopes.held), sorted(scopes.filling), scopes.after, scopes.digest]).encode()


def read_again(store: Store) -> None:
    """The next sync reads every scope from its beginning; what is here already is passed over."""
    scopes = scopes_of(store)
    keep_scopes(store, replace(scopes.granted(scopes.held), digest=""))


def look_again(store: Store) -> None:
    """The next sync asks what this computer may read, and lets go of the rest, even where the hub has nothing new."""
    scopes = scopes_of(store)
    if scopes.digest:
        keep_scopes(store, replace(scopes, digest=""))


def synced_at(store: Store) -> str | None:
    """When this computer last agreed with its hub, an ISO moment."""
    kept = store.kept(_SYNCED)
    return kept.decode() if kept is not None else None


def keep_synced(store: Store, moment: str) -> None:
    store.keep(_SYNCED, moment.encode())
