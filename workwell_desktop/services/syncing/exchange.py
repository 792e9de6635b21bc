"""Syncing with the partnership's hub: enrolling this computer, one sync, and what exists only here.

    invitation + code ──enrol──▶ a login of this computer's own      sync ──▶ Synced      standing: cheap, at any time

What is touched here never waits for the network with the store in hand; a page runs these on a worker of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups, forks
from workwell_desktop.services.syncing import outcome
from workwell_desktop.store.exchange.receipts import OnlyHere
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.client import Progress, SyncReport
from workwell_desktop.sync.hub import enrolment
from workwell_desktop.sync.hub.wire import Address
from workwell_desktop.sync.link import Link
from workwell_desktop.sync.standing import Account

__all__ = [
    "Line",
    "Live",
    "Progress",
    "Standing",
    "SyncReport",
    "Synced",
    "enrol",
    "leave",
    "line",
    "live",
    "stand",
    "sync",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said of syncing at any moment, without a network. ``host`` is None where there is no hub yet;
    ``blobs_missing`` are papers and forms that are named here and not yet on this laptop."""

    host: str | None
    last: datetime | None
    only_here: OnlyHere
    blobs_missing: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What one sync did, how many questions wait for a choice, and in whose cases others changed something."""

    report: SyncReport
    conflicts: int
    cases: tuple[Id, ...]
    seconds: float


def stand(desk: Desk) -> Standing:
    """Where this computer stands: for everybody who works here."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    store = desk.store
    last = standing.synced_at(store)
    host = standing.account_of(store).address.host if store.kept("hub") is not None else None
    missing = len({one.sha256 for one in store.missing_blobs()})
    return Standing(host, datetime.fromisoformat(last) if last else None, store.only_here(), missing)


def enrol(desk: Desk, invitation: bytes, code: str) -> None:
    """Gives this computer a login of its own at the hub, with the one-time code of an administrator.

    Raises BadInput ``hub_invitation``, ``hub_address`` or ``hub_code``; CodeRefused; HubTrouble.
    """
    desk.allow(Act.SYNC)
    address, _partnership = enrolment.invited(invitation)
    with client.reaching(address):
        login = enrolment.redeem(address, code, desk.store.device)
    standing.keep_account(desk.store, Account(address, login.user, login.password))


def leave(desk: Desk) -> None:
    """This computer syncs with no hub any more; everything that is here stays here."""
    desk.allow(Act.MANAGE_SITE)
    standing.forget_account(desk.store)


def sync(desk: Desk, hub: str | None = None, progress: Progress | None = None) -> Synced:
    """One sync; again at any time does no harm. ``hub`` is another address of the same hub.

    Raises HubNotSet, HubTrouble, BadInput ``hub_address``.
    """
    desk.allow(Act.SYNC)
    account = standing.account_of(desk.store)
    if hub is not None:
        account = replace(account, address=Address.of(hub, account.address.root))
    start = monotonic()
    link = client.reached(account)
    try:
        backups.before_first_sync(desk)
        return _synced(desk, link, start, progress)
    finally:
        link.close()


class Live:
    """An open line to the hub: ``wait`` until somebody wrote something, then ``sync``."""

    def __init__(self, desk: Desk, link: Link) -> None:
        self._desk = desk
        self._link = link

    def wait(self, seconds: float) -> bool:
        """Whether there was news within so many seconds. Raises HubTrouble where the line is gone."""
        return self._link.wait(seconds)

    def sync(self, progress: Progress | None = None) -> Synced:
        """As ``sync``, on the open line."""
        start = monotonic()
        backups.before_first_sync(self._desk)
        return _synced(self._desk, self._link, start, progress)

    def cut(self) -> None:
        """From another thread: what waits for the hub on this line ends at once with HubTrouble."""
        self._link.cut()


class Line:
    """The way to the hub, read from the store; ``open`` reaches it without touching the store."""

    def __init__(self, desk: Desk, account: Account) -> None:
        self._desk = desk
        self._account = account

    @contextmanager
    def open(self) -> Iterator[Live]:
        """Keeps the line open while the block runs. Raises HubTrouble."""
        link = client.reached(self._account)
        try:
            link.listen()
            yield Live(self._desk, link)
        finally:
            link.close()


def line(desk: Desk) -> Line:
    """Raises HubNotSet where this computer was never enrolled."""
    desk.allow(Act.SYNC)
    return Line(desk, standing.account_of(desk.store))


@contextmanager
def live(desk: Desk) -> Iterator[Live]:
    """Keeps a line to the hub open while the block runs. Raises HubNotSet, HubTrouble."""
    desk.allow(Act.SYNC)
    with line(desk).open() as found:
        yield found


def _synced(desk: Desk, link: Link, start: float, progress: Callable[[int], None] | None) -> Synced:
    report = client.sync(desk.store, link, desk.clock, progress)
    forks.note_refused(desk, report.forks)
    if report.forked and desk.store.heal(desk.identity, report.forked):
        # what the other one wrote stands behind what was read already
        standing.read_again(desk.store)
        again = client.sync(desk.store, link, desk.clock, progress)
        again.forks, again.healed = report.forks, True
        forks.note_healed(desk, report.forks)
        again.pushed, again.pulled = again.pushed + report.pushed, again.pulled + report.pulled
        report = again
    outcome.keep(desk, report)
    with desk.read() as reader:
        conflicts = reader.count_conflicts()
        cases = tuple(one.id for one in reader.list(Participant, id=report.touched)) if report.touched else ()
    return Synced(report, conflicts, cases, monotonic() - start)
