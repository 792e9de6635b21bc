"""Wrong tries make the next one wait: five are free, then 5 seconds, doubling to a quarter of an hour.

The count lies beside the slots, so that starting the program again does not reset it. It holds ids and moments.
"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from workwell_desktop.domain.clock import Clock
from workwell_desktop.errors import StoreTrouble, TooSoon, WrongPassphrase
from workwell_desktop.store.files import write_atomically

FREE = 5
_FIRST = 5
_LONGEST = 15 * 60


class Tries:
    """The wrong tries of one store."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    def check(self, holder: str) -> None:
        """Raises TooSoon, with the seconds left to wait, for a try that comes too early."""
        count, last = self._known().get(holder, (0, ""))
        pause = delay(count)
        if pause == 0:
            return
        passed = (self._clock.now() - datetime.fromisoformat(last)).total_seconds()
        if passed < 0:
            # the clock went back: the wait begins anew, else setting it back would end every wait
            self._save({**self._known(), holder: (count, self._clock.now().isoformat())})
            passed = 0
        if passed < pause:
            raise TooSoon(wait=math.ceil(pause - passed))

    @contextmanager
    def counting(self, holder: str) -> Iterator[None]:
        """Counts the WrongPassphrase that comes out of the block, and says how long to wait."""
        try:
            yield
        except WrongPassphrase as wrong:
            known = self._known()
            count = known.get(holder, (0, ""))[0] + 1
            known[holder] = (count, self._clock.now().isoformat())
            self._save(known)
            raise WrongPassphrase(wait=delay(count)) from wrong

    def count(self, holder: str) -> int:
        """How many wrong tries there were."""
        return self._known().get(holder, (0, ""))[0]

    def forgive(self, holder: str) -> int:
        """Forgets the wrong tries; gives how many there were."""
        known = self._known()
        if holder not in known:
            return 0
        count, _last = known.pop(holder)
        self._save(known)
        return count

    def _known(self) -> dict[str, tuple[int, str]]:
        try:
            found = json.loads(self._path.read_bytes())
            known = {holder: (int(count), str(last)) for holder, (count, last) in found.items()}
            if all(datetime.fromisoformat(last).tzinfo for _count, last in known.values()):
                return known
        except (OSError, ValueError, TypeError, AttributeError):
            # whoever can write this file can also take it away, and try a copy of the store elsewhere: what slows
            # them down there is Argon2id. Here an unreadable count must not keep anybody out
            return {}
        return {}

    def _save(self, known: dict[str, tuple[int, str]]) -> None:
        try:
            write_atomically(self._path, json.dumps(known).encode())
        except StoreTrouble:
            # a full or read-only disk must not turn a wrong passphrase into another error
            return


def delay(count: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if count < FREE else min(_LONGEST, _FIRST * 2 ** (count - FREE))
