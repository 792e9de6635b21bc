"""One sync with the hub: say hello, hand over, take in, let go.

    hello ──▶ nothing new? stop: one round trip
      │
      ├─ the hub lost something ──▶ forget receipts and places, read its streams, hand back what it lost
      ├─ push: what it has not acknowledged, in the order of the log
      ├─ purge: scopes that this computer may read no more, once all of theirs is acknowledged
      ├─ pull: scopes that are held, from the last position on; new ones from their beginning
      └─ blobs: both ways, in pieces, going on where the last time was cut

The network is never waited for while the store is held: a page is fetched first and entered then, and the place it was
read up to is saved in the same transaction.
"""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta

from workwell_desktop.domain.clock import Clock
from workwell_desktop.errors import ComputerLost, HubOfAnother, HubRefused
from workwell_desktop.store import ApplyReport, Store
from workwell_desktop.store.collecting import seldom_collecting
from workwell_desktop.store.exchange import receipts
from workwell_desktop.store.exchange.erasing import Erased
from workwell_desktop.store.exchange.exchanging import Incoming
from workwell_desktop.store.exchange.pages import PAGE
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.sync import lost, standing
from workwell_desktop.sync.blobs import fetch_blobs, offer_again, send_blobs
from workwell_desktop.sync.hub.wire import connect
from workwell_desktop.sync.link import Hello, Link, Pulled, Pushed
from workwell_desktop.sync.reach import named as reaching
from workwell_desktop.sync.standing import Account, At, Scopes

__all__ = ["SKEW", "Progress", "SyncReport", "reached", "reaching", "sync"]

SKEW = timedelta(minutes=5)
"""From here on a clock looks wrong."""

_ALL = 2**62
"""More than any stream holds."""

Progress = Callable[[int], None]
"""Told how many changes have come and gone so far."""


@dataclass(slots=True)
class SyncReport:
    """What one sync did. ``refused`` counts what did not pass, by code: of the hub (``gap``, ``chain``, ``fork``,
    ``scope``, ``device``, ``author``, ``signature``, ``value``) or of this computer's own checks.

    ``clock_off`` is how far this computer's clock is ahead of the hub's, in seconds, where that is over five minutes;
    ``restored`` that the hub had lost something that is here, and was given it back; ``kept_back`` are scopes that this
    computer may read no more and still holds, because the hub has not taken what was written in them.
    ``erased`` are people who were erased elsewhere and now are here too; of ``erased_unsent`` among them something had
    been written here that nobody else had.
    """

    pushed: int = 0
    pulled: int = 0
    blobs_sent: int = 0
    blobs_fetched: int = 0
    blobs_missing: int = 0
    granted: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()
    kept_back: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    refused: dict[str, int] = field(default_factory=dict)
    forks: int = 0
    clock_off: int = 0
    restored: bool = False
    forked: dict[tuple[str, str], int] = field(default_factory=dict)
    """Streams of this computer in which another one's changes stand at the hub, from these numbers on."""
    healed: bool = False
    """What was written here in their place was written again as a computer of its own, and nothing was lost."""
    erased: tuple[Erased, ...] = ()
    erased_unsent: frozenset[str] = frozenset()


def reached(account: Account, timeout: int = 10) -> Link:
    """A connection, signed in as this computer. Raises HubTrouble, with what stands in the way where that is told;
    ComputerLost where this one was lost, and heard so before."""
    try:
        with reaching(account.address):
            return Link(connect(account.address, account.user, account.password, timeout))
    except HubRefused:
        if account.emptied:
            # its login is closed for good, so nobody tells it any more
            raise ComputerLost from None
        raise


def sync(store: Store, link: Link, clock: Clock, progress: Progress | None = None) -> SyncReport:
    """Brings this computer and its hub together. May be cut at any moment and goes on there the next time.

    Raises HubTrouble; HubOfAnother where the hub belongs to another partnership; ComputerLost where this one was lost,
    and is emptied then; StoreTrouble.
    """
    try:
        report = _Sync(store, link, clock, progress).run()
    except HubRefused:
        lost.told(store, link)
        raise
    lost.by_the_records(store)
    return report


class _Sync:
    def __init__(self, store: Store, link: Link, clock: Clock, progress: Progress | None) -> None:
        self._store = store
        self._link = link
        self._clock = clock
        self._progress = progress
        self._report = SyncReport()
        self._scopes = standing.scopes_of(store)
        self._refused: set[str] = set()
        self._pushed: dict[str, int] = {}
        self._sent: set[str] = set()
        self._touched: set[str] = set()

    def run(self) -> SyncReport:
        before, seen = standing.at_of(self._store), standing.seen_of(self._store)
        hello = self._link.hello(seen, standing.paper_of(self._store))
        self._look(hello)
        if seen.epoch and (hello.at.epoch != seen.epoch or not hello.same):
            self._hand_back()
            before = At(hello.at.epoch)
        elif not hello.papers:
            waiting = self._store.waiting()
            offer_again(self._store, self._link)
            self._report.restored = self._store.waiting() > waiting
        news = hello.at != before or hello.digest != self._scopes.digest or bool(self._scopes.filling)
        if self._push(hello.at.epoch):
            hello = self._link.hello(At())
            news = True
        if news:
            self._follow_scopes(hello)
            self._pull(before, hello.at)
            self._give_way(hello.at)
        self._blobs(news=news)
        if news:
            self._store.acknowledge({}, fold=True)
        standing.keep_synced(self._store, self._clock.now().isoformat())
        self._report.touched = frozenset(self._touched)
        return self._report

    def _look(self, hello: Hello) -> None:
        with self._store.read() as reader:
            ours = reader.partnership()
        if hello.partnership and ours and hello.partnership != ours:
            raise HubOfAnother
        off = self._clock.now() - hello.now
        if abs(off) > SKEW:
            self._report.clock_off = round(off.total_seconds())

    def _hand_back(self) -> None:
        """The hub stands behind what it had acknowledged, or may: its own streams say what it holds now."""
        waiting = self._store.waiting()
        self._store.forget_receipts()
        offer_again(self._store, self._link)
        self._scopes = Scopes(filling=self._scopes.held | self._scopes.filling, digest=self._scopes.digest)
        standing.keep_scopes(self._store, self._scopes)
        standing.keep_at(self._store, At())
        standing.keep_seen(self._store, At())
        streams = self._link.streams()
        # should this be cut here, and the hub be set back once more, these receipts need their witness too
        standing.keep_seen(self._store, self._link.hello(At()).at)
        own = self._store.incarnation
        # a copy of this computer may have written there in the place of what is here: that is sent, and found out
        self._store.acknowledge(
            {place: held for place, (held, tip) in streams.items() if place[1] != own or self._store.knows(tip)}
        )
        self._report.restored = self._store.waiting() > waiting

    def _push(self, epoch: str) -> bool:
        """Whether there was anything to hand over. What proves that the hub had it is written down before the receipt:
        a hub that is set back before the next hello would else never be asked for what it took now.

        While the hub is busy with a full lot the next one is read.
        """
        lot = self._store.unsent(0, PAGE)
        if lot is None:
            return False
        with seldom_collecting(), ThreadPoolExecutor(1, thread_name_prefix="unsent") as ahead:
            while lot is not None:
                coming = ahead.submit(self._store.unsent, lot.after, PAGE) if len(lot.ids) == PAGE else None
                self._note_pushed(self._link.push(lot), epoch)
                self._tell()
                lot = self._store.unsent(lot.after, PAGE) if coming is None else coming.result()
        return True

    def _note_pushed(self, pushed: Pushed, epoch: str) -> None:
        if pushed.newest[0] > standing.seen_of(self._store).position:
            standing.keep_seen(self._store, At(epoch, *pushed.newest))
        sent = {scope for scope, _incarnation in pushed.held}
        if self._scopes.digest and not sent <= self._scopes.held | self._scopes.filling:
            # should this be cut before the scopes are followed, the next sync sends nothing and looks all the same
            self._scopes = replace(self._scopes, digest="")
            standing.keep_scopes(self._store, self._scopes)
        self._store.acknowledge(pushed.held)
        self._sent |= sent
        self._report.pushed += pushed.accepted
        for code in pushed.refused.values():
            self._report.refused[code] = self._report.refused.get(code, 0) + 1
        self._report.forks += sum(code == "fork" for code in pushed.refused.values())
        self._report.forked |= pushed.forked
        own = self._store.incarnation
        self._pushed |= {scope: number for (scope, known), number in pushed.held.items() if known == own}
        self._pushed |= {scope: _ALL for scope, known in pushed.forked if known == own}

    def _follow_scopes(self, hello: Hello) -> None:
        known = self._scopes.held | self._scopes.filling
        # a case that was opened and given away before the hub ever heard of it changes nothing of what may be read
        if hello.digest == self._scopes.digest and self._sent <= known:
            return
        may = self._link.scopes()
        # what came by a file, or was kept back the last time, stands in the store alone
        granted, revoked = may - known, (known | self._store.scopes()) - may
        self._report.granted = granted
        self._scopes = self._scopes.granted(granted)
        if revoked:
            self._let_go(revoked, may)
        # while something is kept back, the next sync looks again
        digest = "" if self._report.kept_back else hello.digest
        self._scopes = Scopes(self._scopes.held, self._scopes.filling, self._scopes.after, digest)
        standing.keep_scopes(self._store, self._scopes)

    def _let_go(self, revoked: frozenset[str], may: frozenset[str]) -> None:
        """What the hub has taken whole goes; the rest stays until it has. The partnership's own never goes."""
        with self._store.read() as reader:
            ours = reader.partnership()
        if ours and ours not in may:
            return
        unsent = {scope for scope in revoked if self._store.only_here_in(scope)}
        going = revoked - unsent
        self._report.kept_back, self._report.revoked = frozenset(unsent), going
        self._store.purge(going)
        self._scopes = self._scopes.gone(revoked)

    def _pull(self, before: At, until: At) -> None:
        filling = self._scopes.filling
        if self._scopes.held and before.position < until.position:
            # where every scope that may be read is held, none has to be named: somebody may hold thousands
            named = self._scopes.held if filling else None
            self._take(self._pages(named, before.position, until, self._mark_held))
        else:
            standing.keep_at(self._store, until)
        if filling:
            self._take(self._pages(filling, self._scopes.after, until, self._mark_filling))
            self._scopes = self._scopes.filled()
            standing.keep_scopes(self._store, self._scopes)
        if self._refused:
            self._once_more(until)

    def _give_way(self, until: At) -> None:
        """What a copy wrote as another laptop may have come by file: once it was written again, the hub's takes its
        place."""
        branches = self._store.branches()
        if branches:
            # first, so that the scopes are read again wherever this is cut
            self._scopes = self._scopes.granted(scope for scope, _incarnation in branches)
            standing.keep_scopes(self._store, self._scopes)
            self._store.give_way(branches)
            self._pull(until, until)

    def _once_more(self, until: At) -> None:
        """What did not pass may have waited for a key or a record that came later: those scopes are read again."""
        again, self._refused = self._refused, set()
        report = self._take(self._pages(frozenset(again), 0, until, None))
        for _change, code in report.refused:
            self._report.refused[code] = self._report.refused.get(code, 0) + 1
        if self._refused:
            self._scopes = self._scopes.granted(self._refused)
            standing.keep_scopes(self._store, Scopes(self._scopes.held, self._scopes.filling, 0, ""))

    def _pages(
        self, scopes: frozenset[str] | None, after: int, until: At, mark: Callable[[Cursor, At], None] | None
    ) -> Generator[tuple[Pulled, Incoming]]:
        own = self._store.incarnation
        with closing(self._link.changes(scopes, after, until, own, self._pushed)) as found:
            for page in found:
                yield page, Incoming(page.sent, _marking(page, mark))

    def _take(self, pages: Generator[tuple[Pulled, Incoming]]) -> ApplyReport:
        where: dict[str, str] = {}

        def incoming() -> Iterator[Incoming]:
            for page, one in pages:
                where.update(page.scopes)
                yield one

        done = self._report.pulled
        # whatever stops it, nobody may be asking for the next page when the line is closed: the program would die of it
        with closing(pages):
            report = self._store.take(incoming(), lambda count: self._tell(done + count))
        self._report.pulled += report.applied
        self._report.erased += report.erased
        too = self._sent & {one.scope for one in report.erased}
        if too:
            self._report.erased_unsent |= too
            self._store.erased_too(too)
        self._report.forks += len(report.forks)
        self._refused |= {where[change] for change, _code in report.refused if change in where}
        self._touched |= set(where.values())
        return report

    def _mark_held(self, cursor: Cursor, at: At) -> None:
        standing.mark_at(cursor, at)

    def _mark_filling(self, cursor: Cursor, at: At) -> None:
        scopes = Scopes(self._scopes.held, self._scopes.filling, at.position, self._scopes.digest)
        standing.mark_scopes(cursor, scopes)

    def _blobs(self, *, news: bool) -> None:
        if not news and not self._store.blobs_wait():
            return
        self._report.blobs_sent = send_blobs(self._store, self._link)
        self._report.blobs_fetched, self._report.blobs_missing = fetch_blobs(self._store, self._link)

    def _tell(self, pulled: int | None = None) -> None:
        if self._progress is not None:
            self._progress(self._report.pushed + (self._report.pulled if pulled is None else pulled))


def _marking(page: Pulled, mark: Callable[[Cursor, At], None] | None) -> Callable[[Cursor], None]:
    def note(cursor: Cursor) -> None:
        receipts.acknowledged(cursor, page.streams)
        # while what came is still at hand: at the end all of it would be read again
        receipts.fold(cursor)
        if mark is not None:
            mark(cursor, page.at)

    return note
