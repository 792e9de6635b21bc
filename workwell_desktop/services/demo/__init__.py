"""A rehearsal store with a made-up caseload, made through the same services that pages call.

Everything in it is laid out around one day and drawn from a seed: equal seed and day give equal records and equal
unsigned papers. Keys, certificates and signatures are fresh each time.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.records import ids_from
from workwell_desktop.services.demo.making import Maker
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile

PASSPHRASE = "marigold half sun"  # noqa: S105 - it opens made-up people alone, and is shown to whoever makes them
"""Of everybody in a rehearsal store."""
BEFORE = timedelta(days=200)
"""How long before its day the store was begun."""


def make_store(path: Path, *, clock: Clock, seed: int = 1, profile: Argon2Profile | None = None) -> Desk:
    """Makes the store at ``path`` and opens it as its first person. Raises as ``opening.create``."""
    with ids_from(_ids(seed)):
        maker = Maker(path, clock.today(), PASSPHRASE, profile or Argon2Profile.floor())
        try:
            maker.everything()
            opening.finish(path)
        except BaseException:
            maker.desk.store.close()
            opening.give_up(path)
            raise
        maker.desk.store.close()
    return opening.unlock(path, maker.desk.me, PASSPHRASE, clock=clock, profile=None)


def _ids(seed: int) -> Callable[[], str]:
    numbers = count()
    return lambda: hashlib.sha256(f"{seed}:{next(numbers)}".encode()).hexdigest()[:32]
