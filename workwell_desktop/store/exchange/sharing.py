"""What ``Store`` knows of a hub: what it has acknowledged, blobs on their way, and what goes. Mixed into ``Store``.

Each act is one short transaction; whoever talks to the hub does so between them, and no writer waits for a network.
"""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from workwell_desktop.domain.records import new_id
from workwell_desktop.store import blobs, computer
from workwell_desktop.store.blobs import Wanted
from workwell_desktop.store.exchange import receipts
from workwell_desktop.store.exchange.giving_way import give_way, written_again
from workwell_desktop.store.exchange.healing import heal
from workwell_desktop.store.exchange.pages import PAGE
from workwell_desktop.store.exchange.purging import purge
from workwell_desktop.store.exchange.receipts import OnlyHere, OnlyHereOf, Unsent
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.keys import seal
from workwell_desktop.store.log import streams
from workwell_desktop.store.log.ledger import Touched
from workwell_desktop.store.log.streams import Vector
from workwell_desktop.store.prepared import Cursor

if TYPE_CHECKING:
    import threading

    from workwell_desktop.store.log.undo import UndoLog
    from workwell_desktop.store.log.unit import Counter


class Sharing:
    """Receipts, pieces, purging, and what this computer keeps about the hub."""

    _turn: "threading.RLock"
    _counter: "Counter"
    _undo: "UndoLog"

    if TYPE_CHECKING:

        def _writes(self) -> AbstractContextManager[Cursor]: ...
        def _reads(self) -> AbstractContextManager[Cursor]: ...
        def _tell(self, touched: set[Touched]) -> None: ...
        def _transaction(self) -> AbstractContextManager[Connection]: ...
        def _milliseconds(self) -> int: ...

    def only_here(self) -> OnlyHere:
        """What exists on this computer alone: how much, and since when."""
        with self._reads() as cursor:
            return receipts.only_here(cursor)

    def only_here_by_kind(self) -> list[OnlyHereOf]:
        """The same by scope and kind of record, what has waited longest first."""
        with self._reads() as cursor:
            return receipts.only_here_by_kind(cursor)

    def waiting(self) -> int:
        """How many changes and papers the hub has not acknowledged, audit events too."""
        with self._reads() as cursor:
            return receipts.waiting(cursor)

    def only_here_in(self, scope: str) -> bool:
        """Whether the hub lacks anything of this scope, audit events and blobs too."""
        with self._reads() as cursor:
            return receipts.lacks(cursor, scope) or any(one.scope == scope for one in blobs.unsent_blobs(cursor))

    def blobs_wait(self) -> bool:
        """Whether any blob is to be sent or fetched."""
        with self._reads() as cursor:
            return bool(blobs.unsent_blobs(cursor) or blobs.missing_blobs(cursor))

    @property
    def incarnation(self) -> str:
        """As which this computer writes now."""
        return self._counter.incarnation

    def unsent(self, after: int = 0, most: int = PAGE) -> Unsent | None:
        """The next changes that the hub has not acknowledged; None for no more."""
        with self._reads() as cursor:
            return receipts.unsent(cursor, after, most)

    def acknowledge(self, streams_held: Vector, *, fold: bool = False) -> None:
        """Writes down how far the hub holds streams; with ``fold`` moves the point that counting begins at."""
        with self._writes() as cursor:
            receipts.acknowledged(cursor, streams_held)
            if fold:
                receipts.fold(cursor)

    def knows(self, change: str) -> bool:
        """Whether this change is here."""
        with self._reads() as cursor:
            return streams.is_here(cursor, change)

    def forget_receipts(self) -> None:
        """For a hub that lost what it had acknowledged."""
        with self._writes() as cursor:
            receipts.forget(cursor)

    def forget_blob_receipts(self) -> None:
        """For a hub that lost papers that it had acknowledged."""
        with self._writes() as cursor:
            receipts.forget_blobs(cursor)

    def scopes(self) -> frozenset[str]:
        """Every scope of which this computer holds anything."""
        with self._reads() as cursor:
            return frozenset(streams.scopes_of(cursor))

    def purge(self, scopes: Collection[str]) -> None:
        """Takes these scopes off this computer for good, and goes on as a new incarnation."""
        if not scopes:
            return
        incarnation = new_id()
        with self._turn:
            with self._writes() as cursor:
                purge(cursor, scopes)
                computer.set_own(cursor, "incarnation", incarnation.encode())
            self._counter.incarnation = incarnation
            self._log_was_cut(scopes)

    def heal(self, identity: Identity, forked: Mapping[tuple[str, str], int]) -> bool:
        """Where another laptop wrote as this one, and the hub took its changes from these numbers on: see ``healing``.

        False, with nothing done, where somebody else wrote a part of it, or what was signed since names it.
        """
        incarnation = new_id()
        with self._turn:
            with self._transaction() as connection:
                found = heal(connection, identity, forked, incarnation, self._counter.lamport, self._milliseconds())
            if found is None:
                return False
            self._counter.incarnation, self._counter.lamport = incarnation, found
            self._log_was_cut({scope for scope, _incarnation in forked})
        return True

    def branches(self) -> dict[tuple[str, str], int]:
        """Streams in which this computer holds what was written again elsewhere: see ``giving_way``."""
        with self._reads() as cursor:
            return written_again(cursor, self._counter.incarnation)

    def give_way(self, branches: Mapping[tuple[str, str], int]) -> None:
        """Lets go of them. What others hold in their place is to be read from the beginning of their scopes."""
        with self._turn:
            with self._transaction() as connection:
                give_way(connection, branches.items())
            self._log_was_cut({scope for scope, _incarnation in branches})

    def _log_was_cut(self, scopes: Collection[str]) -> None:
        """What is remembered of places in the log, and could be undone, counts no more."""
        self._counter.homes.clear()
        self._counter.tips.clear()
        self._undo.forget_all()
        self._tell({("participant", scope, scope) for scope in scopes})

    def missing_blobs(self) -> list[Wanted]:
        """Blobs that are referred to and not yet on this computer."""
        with self._reads() as cursor:
            return blobs.missing_blobs(cursor)

    def unsent_blobs(self) -> list[Wanted]:
        """Blobs that the hub has not acknowledged."""
        with self._reads() as cursor:
            return blobs.unsent_blobs(cursor)

    def blob_piece(self, sha256: str, piece: int) -> bytes:
        """One piece of a blob that is here, 256 KiB but the last."""
        with self._reads() as cursor:
            return blobs.piece_of(cursor, sha256, piece)

    def pieces_here(self, sha256: str) -> frozenset[int]:
        """Which pieces of a blob have come so far."""
        with self._reads() as cursor:
            return blobs.pieces_here(cursor, sha256)

    def put_piece(self, wanted: Wanted, piece: int, data: bytes) -> bool:
        """Keeps a piece that came; whether the blob is whole now, and right."""
        with self._writes() as cursor:
            return blobs.put_piece(cursor, wanted, piece, data)

    def blobs_acknowledged(self, held: Collection[tuple[str, str]]) -> None:
        """The hub holds these blobs whole, by scope and hash."""
        if not held:
            return
        with self._writes() as cursor:
            for scope, sha256 in held:
                blobs.blob_acknowledged(cursor, scope, sha256)

    def people_by_device(self) -> dict[str, frozenset[str]]:
        """Who signed changes on which computer, as far as its changes are here."""
        with self._reads() as cursor:
            return streams.authors_by_device(cursor)

    def kept(self, name: str) -> bytes | None:
        """What this computer keeps under a name, encrypted as everything here is: its login at the hub, for one."""
        with self._reads() as cursor:
            return computer.find_own(cursor, name)

    def keep(self, name: str, value: bytes | None) -> None:
        """Keeps it; None forgets it."""
        with self._writes() as cursor:
            if value is None:
                computer.drop_own(cursor, name)
            else:
                computer.set_own(cursor, name, value)

    def unsealed(self, sealed: bytes) -> bytes:
        """What was sealed to this computer's own key. Raises ``seal.SealBroken``."""
        with self._reads() as cursor:
            return seal.unseal_with(computer.own(cursor, "seed"), sealed)
