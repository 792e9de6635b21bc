"""Stores for measuring on: real ones, with the cost of a release."""

from datetime import UTC, datetime
from pathlib import Path

from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.store import Argon2Profile, Founder, create_store

MOMENT = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
PASSPHRASE = "orchard lantern seven pebbles"


def made_store(folder: Path) -> Path:
    """A new store with one person, closed again."""
    path = folder / "benchmark.workwell"
    founder = Founder("Morgan Ellis", next(iter(Profession)), PASSPHRASE)
    store, _, _ = create_store(
        path,
        founder,
        clock=FixedClock(MOMENT),
        partnership_name="Benchmark",
        site="generic",
        profile=Argon2Profile.floor(),
    )
    store.close()
    return path
