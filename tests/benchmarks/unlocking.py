"""A whole process that unlocks a store with the rehearsal caseload through the real window, and says how long it took.

``unlocking.py STORE PASSPHRASE``: prints a JSON object with ``argon2_ms`` (of this store's own slot, alone), ``today_ms``
(from the passphrase to a Today that can be used) and ``memory_mb`` (resident, a while after).
"""

import json
import os
import sys
import time
from pathlib import Path

TYPING_S = 0.3
"""A passphrase takes at least this long to type, and preloading may use it."""


def resident_mb() -> float:
    """Resident memory of this process."""
    with Path("/proc/self/statm").open() as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(store: Path, passphrase: str, rest_s: float) -> None:
    from workwell_desktop.app import StoreGate
    from workwell_desktop.desktop.begin import application, program_for
    from workwell_desktop.domain.clock import SystemClock

    clock = SystemClock()
    gate = StoreGate(store, clock)
    app = application()
    program = program_for(gate, clock)
    program.start()

    def until(done: object, limit: float = 60) -> None:
        end = time.monotonic() + limit
        while not done() and time.monotonic() < end:  # type: ignore[operator]
            app.processEvents()
            time.sleep(0.001)

    window = program.window
    until(lambda: window.windowHandle() is not None and window.windowHandle().isExposed())
    painted = time.monotonic()
    until(lambda: time.monotonic() - painted > TYPING_S)

    facts = gate.facts()
    assert facts is not None
    page = program.window.in_front()
    begin = time.perf_counter()
    page.asked.emit(facts.people[0].id, passphrase)

    def usable() -> bool:
        work = program.workspace
        return work is not None and work.host.page is not None and work.host.page.body.count() > 0

    until(usable)
    app.processEvents()
    today_ms = (time.perf_counter() - begin) * 1000
    rested = time.monotonic()
    until(lambda: time.monotonic() - rested > rest_s, rest_s + 5)
    memory = resident_mb()

    from workwell_desktop.store import slots
    from workwell_desktop.store.keys import vault

    begin = time.perf_counter()
    vault.open_person(slots.load(store), facts.people[0].id, passphrase)
    argon2_ms = (time.perf_counter() - begin) * 1000
    print(json.dumps({"argon2_ms": argon2_ms, "today_ms": today_ms, "memory_mb": memory}))
    program.window.close()
    program.close()
    gate.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 0.0)
