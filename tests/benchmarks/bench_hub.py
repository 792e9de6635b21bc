"""The hub's side of syncing: pushing a hundred thousand changes, and reading past a million that are others'."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from tests.benchmarks.rows import Row, median_ms
from tests.sync import hubs
from tests.sync.hubs import CLIENT, Sent, TestHub
from workwell_desktop.sync.hub.wire import Hub

CHANGES, CASES, LOT = 100_000, 1_000, 10_000
MILLION = 1_000_000
ROUNDS = 15
_FILL = """
insert into workwell.change (position, scope, incarnation, number, id, header, signature)
select c.position + n, md5((n / 100)::text)::uuid, md5((n / 100)::text)::uuid, n % 100 + 1, sha256(n::text::bytea),
    decode(repeat('ab', 300), 'hex'), decode(repeat('cd', 64), 'hex')
from workwell.counter c, generate_series(1, %s) n;
"""


@contextmanager
def _hub() -> Iterator[TestHub]:
    # as a hub is run: with every promise of its disk kept
    server = hubs.begun("max_wal_size = 4GB\n")
    try:
        hubs.make_template(server)
        hub = TestHub.fresh(server)
        yield hub
        hub.close()
    finally:
        hubs.ended(server)


def measure_push_and_reading() -> list[Row]:
    """A first push in lots of 10,000; then "nothing new" and one case, before and after others wrote a million."""
    with _hub() as hub:
        anna = hub.laptop()
        lot: list[Sent] = []
        cases = [hubs.hex_id() for _ in range(CASES)]
        for case in cases:
            lot += [anna.write(case), anna.coach(case, anna.person), *anna.many(case, CHANGES // CASES - 2)]
        start = time.perf_counter()
        accepted = sum(one.accepted for at in range(0, CHANGES, LOT) for one in anna.push(lot[at : at + LOT]))
        taken = time.perf_counter() - start
        if accepted != CHANGES:
            raise AssertionError(accepted)
        interview = anna.many(cases[0], 60)
        start = time.perf_counter()
        anna.push(interview)
        sixty = (time.perf_counter() - start) * 1000
        before = _reading(anna.hub, cases[0])
        admin = hub.admin()
        admin.execute(_FILL.replace("%s", str(MILLION)).encode())
        admin.execute("vacuum analyze workwell.change")
        after = _reading(anna.hub, cases[0])
        guarded = median_ms(lambda: anna.hub.execute("select count(*) from workwell.change").fetchone(), 3)
        open_to_all = median_ms(lambda: admin.execute("select count(*) from workwell.change").fetchone(), 3)
    return [
        Row("push 100,000 changes of 1,000 cases", taken, "s", goal=5),
        Row("push the 60 answers of an interview", sixty, "ms", goal=40),
        Row("hub: nothing new", after[0], "ms", goal=12),
        Row("hub: nothing new, ten times as many changes", after[0], "ms", baseline=before[0], goal=2),
        Row("read one case past a million changes of others", after[1], "ms", baseline=before[1], goal=2),
        Row("count a million rows past who may read them", guarded, "ms", baseline=open_to_all, goal=5),
    ]


def _reading(hub: Hub, case: str) -> tuple[float, float]:
    """Milliseconds of "nothing new", and of reading the changes of one case."""
    hello = median_ms(
        lambda: hub.execute("select * from workwell.hello(%b, 0::int8, null)", (CLIENT,)).fetchone(), ROUNDS
    )
    page = "select c.position, c.header from workwell.change c where c.scope = %b and c.position > 0"
    return hello, median_ms(lambda: hub.execute(page.encode(), (UUID(case),)).fetchall(), ROUNDS)
