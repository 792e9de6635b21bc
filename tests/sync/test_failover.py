"""Three servers, the leader killed in the middle of a push: nothing that a laptop was answered for is lost."""

import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from tests.sync import failover
from tests.sync.failover import Cluster
from tests.sync.hubs import PARTNERSHIP, ZEROS, Laptop, Sent, hex_id
from workwell_desktop.errors import HubTrouble
from workwell_desktop.store.log.changes import Change
from workwell_desktop.sync.hub import enrolment, making, wire
from workwell_desktop.sync.hub.enrolment import Enrolment, Vouched

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    wanted = failover.missing()
    if wanted is not None:
        pytest.skip(wanted)
    made = Cluster.begin()
    try:
        yield made
    finally:
        made.end()


def test_the_leader_is_killed_in_the_middle_of_a_push_and_nothing_answered_for_is_lost(cluster: Cluster) -> None:
    leader = cluster.leader()
    with closing(cluster.connect(leader)) as admin:
        admin.execute("create database workwell template template0")
    anna = Laptop.fresh()
    with closing(cluster.connect(leader, "workwell")) as admin:
        making.make(admin, PARTNERSHIP, "Testshire WorkWell")
        enrolment.vouch(admin, (Vouched(anna.person, (bytes(anna.key.verify_key),)),))
        code = enrolment.enrol(admin, Enrolment((anna.person,), datetime.now(UTC) + timedelta(days=1)))
    login = enrolment.redeem(cluster.address(leader, "workwell"), code, anna.device)
    case, lot, answered = hex_id(), list[Sent](), 0
    killed = threading.Timer(1.0, cluster.kill, [leader])
    killed.start()
    with (
        closing(wire.connect(cluster.address(leader, "workwell"), login.user, login.password)) as hub,
        suppress(psycopg.Error, HubTrouble),
    ):
        anna.hub = hub
        while True:
            lot += anna.many(case, 100)
            answered = anna.push(lot[answered:])[0].number
    killed.join()
    assert answered > 0
    after = cluster.leader(120, but=leader)
    assert after != leader
    with closing(wire.connect(cluster.address(after, "workwell"), login.user, login.password)) as hub:
        anna.hub = hub
        kept = anna.reads(case)
        assert len(kept) >= answered
        assert kept == [one.change.id for one in lot[: len(kept)]]
        assert anna.push(lot[answered:])[0].number == len(lot)
        rows = hub.execute("select c.header, c.signature from workwell.change c order by c.position").fetchall()
    before = ZEROS
    for header, signature in rows:
        change = Change.read(header, signature)
        assert change.previous == before
        before = change.id
    assert len(rows) == len(lot)
