"""What ``Store`` does to exchange changes with other stores, page by page. Mixed into ``Store``."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from workwell_desktop.store.collecting import seldom_collecting
from workwell_desktop.store.exchange import pages as exchange
from workwell_desktop.store.exchange.arrival import Lot, read_lot
from workwell_desktop.store.exchange.erasing import Erased, follow
from workwell_desktop.store.exchange.intake import keys_of
from workwell_desktop.store.exchange.pages import ApplyReport, Exchange, Page, Vector
from workwell_desktop.store.exchange.verifying import verifying
from workwell_desktop.store.log import streams
from workwell_desktop.store.log.ledger import Ledger, Touched
from workwell_desktop.store.prepared import Cursor

if TYPE_CHECKING:
    import threading

    from workwell_desktop.store.log.unit import Counter

Mark = Callable[[Cursor], None]
"""Saves, in the transaction of a page, how far whoever sent it has been read."""

_ROOMY = ("PRAGMA cache_size = -32000", "PRAGMA wal_autocheckpoint = 8000")
_USUAL = ("PRAGMA cache_size = -2000", "PRAGMA wal_autocheckpoint = 1000")
"""KiB of pages that the connection which writes keeps in memory, and after how many pages the write-ahead log is
folded into the file: while thousands of changes enter, and at all other times."""
_MANY = 1000
"""Changes in one page from which on it is worth it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One page on its way in, and what is noted with it."""

    sent: Exchange
    mark: Mark | None = None


class Exchanging:
    """Taking in and giving out changes. Nothing here waits for a network: pages come ready."""

    _turn: "threading.RLock"
    _counter: "Counter"

    if TYPE_CHECKING:

        def _transaction(self) -> AbstractContextManager[Connection]: ...
        def _reads(self) -> AbstractContextManager[Cursor]: ...
        def _tell(self, touched: set[Touched]) -> None: ...
        def _milliseconds(self) -> int: ...
        def _erased(self, gone: Iterable[Erased]) -> None: ...

    def apply(self, received: Exchange) -> ApplyReport:
        """Checks and enters what another store sent, blobs too. What could not enter is named in the report."""
        with self._turn:
            with self._transaction() as connection, Cursor(connection) as cursor:
                ledger = Ledger(cursor)
                report = exchange.apply(cursor, ledger, received, self._milliseconds())
                ledger.finish()
                gone = follow(ledger, self._milliseconds())
            return self._took(ledger, report, gone)

    def take(self, pages: Iterable[Incoming], progress: Callable[[int], None] | None = None) -> ApplyReport:
        """Enters page after page, each in one transaction with its mark; the sum of what became of them.

        ``progress`` is told how many changes have been dealt with. The next page is fetched and its signatures are
        looked at before the last one enters, and nobody who writes waits for longer than one page takes.
        """
        total, done = ApplyReport(), 0
        with self._reads() as cursor:
            keys = keys_of(cursor)
        with seldom_collecting(), verifying(keys) as verifier:
            ahead: tuple[Incoming, Lot] | None = None
            try:
                for page in pages:
                    lot = read_lot(page.sent.changes, page.sent.values)
                    with self._reads() as cursor:
                        tips = {place: streams.tip_of(cursor, *place)[0] for place in lot.streams}
                    verifier.begin(lot, tips)
                    if ahead is not None:
                        total, done = self._enter(ahead, total, done, progress)
                    elif len(page.sent.changes) >= _MANY:
                        self._tune(_ROOMY)
                    ahead = (page, lot)
                if ahead is not None:
                    total, done = self._enter(ahead, total, done, progress)
            finally:
                if done >= _MANY:
                    self._tune(_USUAL)
        return total

    def vector(self) -> dict[tuple[str, str], int]:
        """How far this store knows each (scope, incarnation)."""
        with self._reads() as cursor:
            return streams.vector_of(cursor)

    def changes_since(self, vector: Vector) -> Exchange:
        """Everything that the holder of ``vector`` lacks, at once; an empty mapping asks for all."""
        with self._reads() as cursor:
            return exchange.since(cursor, vector)

    def pages_since(self, vector: Vector, allowed: Callable[[str], bool] | None = None) -> Iterator[Page]:
        """The same in pages, without blobs, of the scopes that are ``allowed``; what is written meanwhile waits for
        the next time. The store is not read while whoever takes the pages is busy with one."""
        with self._reads() as cursor:
            after, until = exchange.start_since(cursor, vector)
        while after < until:
            with self._reads() as cursor:
                page = exchange.page_since(cursor, vector, after, until, allowed)
            after = page.after
            yield page

    def _enter(
        self, ahead: tuple[Incoming, Lot], total: ApplyReport, done: int, progress: Callable[[int], None] | None
    ) -> tuple[ApplyReport, int]:
        page, lot = ahead
        lot.settled()
        with self._turn:
            with self._transaction() as connection, Cursor(connection) as cursor:
                ledger = Ledger(cursor)
                report = exchange.enter_lot(cursor, ledger, lot, self._milliseconds())
                ledger.finish()
                gone = follow(ledger, self._milliseconds())
                if page.mark is not None:
                    page.mark(cursor)
            report = self._took(ledger, report, gone)
        done += len(page.sent.changes)
        if progress is not None:
            progress(done)
        return total.with_more(report), done

    def _took(self, ledger: Ledger, report: ApplyReport, gone: tuple[Erased, ...]) -> ApplyReport:
        self._counter.lamport = max(self._counter.lamport, report.lamport)
        self._counter.tips.clear()
        self._erased(gone)
        self._tell(ledger.touched)
        return replace(report, erased=(*report.erased, *gone))

    def _tune(self, pragmas: tuple[str, ...]) -> None:
        with self._turn, self._transaction() as connection, Cursor(connection) as cursor:
            for pragma in pragmas:
                cursor.sql(pragma).fetchall()
