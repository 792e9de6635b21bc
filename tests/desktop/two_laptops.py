"""Two windows on two stores of one partnership, at one real hub."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, Laptop, at_the_laptop, make
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.desktop import syncing
from workwell_desktop.desktop.operations import Worker
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.desktop.syncing import Pace
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Device, Partnership
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.syncing import exchange, hub
from workwell_desktop.services.syncing.hub import Office
from workwell_desktop.store import read_slots, restore_backup
from workwell_desktop.sync.hub.local import SUPERUSER, LocalHub

PACE = Pace(rest=0.1, quick=0.05, every=60.0, again=(0.2,), look=0.05, least=0.02)


def opened(path: Path) -> Desk:
    """Maya's desk, by the clock of the server that the hub runs on."""
    maya = Id(read_slots(path).people[0].person)
    return opening.unlock(path, maya, PASSPHRASE, clock=FixedClock(datetime.now(UTC)), profile=CHEAP)


def fresh_hub(server: LocalHub) -> Office:
    """An empty database, where the first to come makes the hub."""
    name = f"window_{secrets.token_hex(6)}"
    server.database(name)
    return Office(server.address(name), SUPERUSER, server.password)


def let_in(desk: Desk, office: Office, admin: Desk) -> None:
    """By the invitation and the code of an administrator."""
    given = hub.enrol(admin, office, (MAYA,), label="Laptop")
    exchange.enrol(desk, given.file, given.code)


def copy_of(first: Desk, path: Path) -> Desk:
    """Another computer with the same people: from a copy, as a device of its own."""
    copy = path.with_suffix(".backup")
    first.store.backup(copy)
    restore_backup(copy, path)
    second, device = opened(path), new_id()
    second.store.keep("device", device.encode())
    with first.unit() as unit:
        scope = unit.reader.list(Partnership)[0].id
        key = second.identity.device_public.hex()
        unit.add(Device(id=device, scope=scope, name="Second laptop", verify_key=key))
    second.store.apply(first.store.changes_since(second.store.vector()))
    # without a word: an event would still be signed as the first computer
    second.store.close()
    return opened(path)


def prepare(folder: Path, office: Office, work: Callable[[Desk], object]) -> tuple[Path, Path]:
    """Two closed stores at the hub, after ``work`` on the first."""
    one, two = folder / "one" / "made.workwell", folder / "two" / "made.workwell"
    for path in (one, two):
        path.parent.mkdir()
    make(one)
    first = opened(one)
    work(first)
    hub.init(first, office)
    second = copy_of(first, two)
    for desk in (first, second):
        let_in(desk, office, first)
        exchange.sync(desk)
    for desk in (first, second):
        desk.lock()
    for path in (one, two):
        shutil.rmtree(path.with_name(f"{path.name}.backups"), ignore_errors=True)
    return one, two


@contextmanager
def windows(*made: Path) -> Iterator[list[Laptop]]:
    """Each with a worker of its own, as in life; nobody is signed in yet."""
    before, syncing.PACE = syncing.PACE, PACE
    with ExitStack() as open_ones:
        laptops = []
        for path in made:
            folder = path.parent / "at_work"
            folder.mkdir()
            laptops.append(open_ones.enter_context(at_the_laptop(path, folder, Worker())))
            laptops[-1].clock.set(datetime.now(UTC))
        try:
            yield laptops
        finally:
            syncing.PACE = before


def comes(done: Callable[[], bool], seconds: float = 10) -> bool:
    """Runs the windows until something is so."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = wait_for(app, done, round(1000 * seconds))
    settle()
    return found


__all__ = ["comes", "fresh_hub", "prepare", "windows"]
