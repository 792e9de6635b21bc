"""A whole process that unlocks a store through the real window, and says how long it took and what it holds in memory.

``unlocking.py STORE PASSPHRASE [REST_S [PLANS]]`` prints a JSON object with ``argon2_ms`` (of this store's own slot,
alone), ``today_ms`` (from the passphrase to a Today that can be used), ``today_mb`` (resident, ``REST_S`` later) and
``plans_mb`` (resident after each of ``PLANS`` plans that were previewed and signed on the store's own thread).
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.desktop.program import Program
from workwell_desktop.domain.clock import SystemClock

TYPING_S = 0.3
"""A passphrase takes at least this long to type, and preloading may use it."""


def resident_mb() -> float:
    """Resident memory of this process."""
    with Path("/proc/self/statm").open() as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def until(done: Callable[[], bool], limit_s: float = 120) -> None:
    """Handles what comes in, as the event loop does."""
    app, end = application(), time.monotonic() + limit_s
    while not done():
        if time.monotonic() > end:
            raise TimeoutError
        app.processEvents()
        time.sleep(0.001)


def rest(seconds: float) -> None:
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end, seconds + 5)


def unlock(program: Program, gate: StoreGate, passphrase: str) -> float:
    """Milliseconds from the passphrase to a Today that is filled and has handled what came in."""
    window = program.window
    until(lambda: (handle := window.windowHandle()) is not None and handle.isExposed())
    rest(TYPING_S)
    facts, page = gate.facts(), window.in_front()
    assert facts is not None
    assert page is not None

    def usable() -> bool:
        work = program.workspace
        return work is not None and work.host.page is not None and work.host.page.body.count() > 0

    begin = time.perf_counter()
    page.asked.emit(facts.people[0].id, passphrase)  # type: ignore[attr-defined]
    until(usable)
    application().processEvents()
    return (time.perf_counter() - begin) * 1000


def argon2_ms(store: Path, person: str, passphrase: str) -> float:
    """What the slot asks for, and nothing else."""
    from workwell_desktop.store import slots
    from workwell_desktop.store.keys import vault

    begin = time.perf_counter()
    vault.open_person(slots.load(store), person, passphrase)
    return (time.perf_counter() - begin) * 1000


def sign_a_plan(desk: Any, passphrase: str) -> None:
    """Previews every paper of a plan's next version, page by page, agrees to them, and signs."""
    from workwell_desktop.domain.papers import ApprovalHow
    from workwell_desktop.domain.plans import Plan, PlanStatus
    from workwell_desktop.services.paperwork import papers
    from workwell_desktop.services.planning import plans
    from workwell_desktop.services.planning.signing_together import Hands, sign_together

    with desk.read() as reader:
        before = reader.list(Plan, status=PlanStatus.SIGNED)[0]
    newest = plans.newest_plan(desk, before.scope)
    assert newest is not None
    plan = plans.change_the_plan(desk, newest)
    plans.set_review(desk, plan, desk.clock.today() + timedelta(days=28))
    for view in papers.approvals(desk, plan):
        seen = papers.preview(desk, plan, view.kind)
        for page in range(seen.pages):
            papers.preview_page(desk, seen, page, 900)
        if view.recipient_name:
            papers.approve(desk, plan, view.kind, seen.content, how=ApprovalHow.IN_ROOM)
    sign_together(desk, plan, Hands(coach=desk.me, coach_passphrase=passphrase, typed="Made Up"))


def main(store: Path, passphrase: str, rest_s: float, signing: int) -> None:
    clock = SystemClock()
    gate = StoreGate(store, clock)
    application()
    program = program_for(gate, clock)
    program.start()
    found: dict[str, Any] = {"today_ms": unlock(program, gate, passphrase)}
    rest(rest_s)
    found["today_mb"] = resident_mb()
    work = program.workspace
    assert work is not None
    assert work.context is not None
    desk, after = work.context.desk, []
    for _ in range(signing):
        ended: list[object] = []
        program.operations.run(None, lambda: sign_a_plan(desk, passphrase), ended.append, ended.append)
        until(lambda here=ended: bool(here))  # type: ignore[misc]
        if isinstance(ended[0], Exception):
            raise ended[0]
        after.append(resident_mb())
    found["plans_mb"] = after
    found["argon2_ms"] = argon2_ms(store, str(desk.me), passphrase)
    print(json.dumps(found))
    program.window.close()
    program.close()
    gate.close()


if __name__ == "__main__":
    words = sys.argv[1:]
    main(Path(words[0]), words[1], float(words[2]) if len(words) > 2 else 0.0, int(words[3]) if len(words) > 3 else 0)
