"""What may go wrong with a hub: after each, nothing that it had answered for is missing and every chain is whole."""

import os
import random
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.sync.hubs import CLIENT, PARTNERSHIP, ZEROS, Laptop, Sent, TestHub, hex_id, make_template
from workwell_desktop.errors import (
    BadInput,
    HubFull,
    HubIncompatible,
    HubNotAdministrator,
    HubOfAnother,
    HubReadOnly,
    HubTrouble,
)
from workwell_desktop.store.log.changes import Change
from workwell_desktop.sync.hub import keeping, local, making, wire
from workwell_desktop.sync.hub.local import SUPERUSER, LocalHub
from workwell_desktop.sync.hub.wire import Address


def whole(hub: TestHub) -> dict[str, int]:
    """How far each stream stands; fails where a chain, a seal, a position or a receipt is not what it says."""
    with closing(hub.server.connect(hub.database)) as admin:
        rows = admin.execute(
            "select c.position, c.id, c.header, c.signature, v.salt, v.value from workwell.change c"
            " left join workwell.value v on v.position = c.position order by c.position"
        ).fetchall()
        standing = {
            (scope.hex, incarnation.hex): (number, bytes(tip).hex())
            for scope, incarnation, number, tip in admin.execute(
                "select scope, incarnation, number, tip from workwell.stream"
            ).fetchall()
        }
        counter = admin.execute("select c.position from workwell.counter c").fetchone()
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for at, (position, change_id, header, signature, salt, value) in enumerate(rows, start=1):
        change = Change.read(header, signature)
        assert (position, change_id.hex()) == (at, change.id)
        assert (change.number - 1, change.previous) == found.get((change.scope, change.incarnation), (0, ZEROS))
        assert salt is None or change.seals(salt, value)
        found[change.scope, change.incarnation] = (change.number, change.id)
    assert found == standing
    assert counter == (len(rows),)
    return {scope: number for (scope, _incarnation), (number, _tip) in found.items()}


def test_a_backend_killed_in_the_middle_of_a_push_loses_nothing_it_answered_for(hub: TestHub) -> None:
    anna = hub.laptop()
    assert anna.login is not None
    case, lot, answered, cut = hex_id(), list[Sent](), 0, 0
    done, went_well = threading.Event(), threading.Event()
    order = random.Random(7)
    taken = 0.05

    def kill() -> None:
        while not done.is_set():
            # each time after a push that went well, so that there is progress on a slow computer too
            if went_well.wait(0.1):
                went_well.clear()
                done.wait(order.uniform(0, 1.5 * taken))
                hub.kill_backends()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        while cut < 5:
            lot += anna.many(case, 200)
            try:
                with closing(wire.connect(hub.address, anna.login.user, anna.login.password)) as anna.hub:
                    start = time.monotonic()
                    (answer,) = anna.push(lot[answered:])
                    taken = time.monotonic() - start
                    answered = answer.number
                    went_well.set()
            except (psycopg.Error, HubTrouble):
                cut += 1
    finally:
        done.set()
        killer.join()
    assert whole(hub)[case] >= answered > 0
    with closing(hub.connect(anna.login)) as again:
        anna.hub = again
        anna.push(lot[answered:])
    assert whole(hub) == {case: len(lot)}


def test_a_server_that_dies_comes_back_with_what_it_answered_for(hub: TestHub) -> None:
    anna = hub.laptop()
    assert anna.login is not None
    case = hex_id()
    lot = anna.many(case, 50)
    anna.push(lot)
    hub.server.stop("immediate")
    hub.server.start()
    assert whole(hub) == {case: 50}
    anna.hub = hub.connect(anna.login)
    assert anna.push(anna.many(case, 1))[0].number == 51


def test_whoever_reads_by_position_misses_nothing_that_commits_late(hub: TestHub) -> None:
    laptops = [hub.laptop() for _ in range(4)]
    reader = hub.laptop()
    lots = [[laptop.many(PARTNERSHIP, 25) for _ in range(12)] for laptop in laptops]
    seen: list[int] = []
    done = threading.Event()

    def send(laptop: Laptop, parts: list[list[Sent]]) -> None:
        for part in parts:
            with laptop.hub.transaction():
                laptop.push(part)
                laptop.hub.execute("select pg_sleep(0.002)")

    def follow() -> None:
        last = False
        while not last:
            last = done.is_set()
            rows = reader.hub.execute(
                "select c.position from workwell.change c where c.position > %s order by c.position",
                (seen[-1] if seen else 0,),
            ).fetchall()
            seen.extend(row[0] for row in rows)

    threads = [threading.Thread(target=send, args=pair) for pair in zip(laptops, lots, strict=True)]
    following = threading.Thread(target=follow)
    for thread in (following, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    following.join()
    assert seen == list(range(1, 4 * 12 * 25 + 1))
    whole(hub)


def test_who_listens_hears_of_a_push_and_nothing_about_anybody(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    kim.hub.execute("listen workwell")
    anna.push(anna.many(hex_id(), 3))
    heard = [(one.channel, one.payload) for one in kim.hub.notifies(timeout=30, stop_after=1)]
    assert heard == [("workwell", "3")]
    anna.push([])
    assert list(kim.hub.notifies(timeout=0.05)) == []


def hello(laptop: Laptop, position: int = 0, change: str = ZEROS) -> tuple[object, ...]:
    row = laptop.hub.execute(
        "select * from workwell.hello(%b, %b::int8, %b)", (CLIENT, position, bytes.fromhex(change))
    ).fetchone()
    assert row is not None
    return row


def test_a_hub_restored_from_yesterday_is_noticed_and_given_back_what_it_lost(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    assert anna.login is not None
    assert kim.login is not None
    case = anna.case()
    anna.push([anna.coach(case, kim.person)])
    for one in hub.connections:
        wire.close(one)
    with closing(hub.server.connect("postgres")) as admin:
        admin.execute(f"create database {hub.database}_yesterday template {hub.database}".encode())
    anna.hub, kim.hub = hub.connect(anna.login), hub.connect(kim.login)
    lost = [*anna.many(case, 3), *kim.many(case, 2)]
    anna.push(lost[:3])
    kim.push(lost[3:])
    epoch, position, newest, same, *_rest = hello(kim)
    assert (position, same) == (8, True)
    assert hello(kim, 8, bytes(newest).hex())[3] is True  # type: ignore[call-overload]

    with closing(hub.server.connect("postgres")) as admin:
        admin.execute(f"drop database {hub.database} with (force)".encode())
        admin.execute(f"alter database {hub.database}_yesterday rename to {hub.database}".encode())
    with closing(hub.server.connect(hub.database)) as admin:
        making.protect(admin)
    kim.hub = hub.connect(kim.login)
    assert hello(kim, 8, bytes(newest).hex())[3] is False  # type: ignore[call-overload]
    assert keeping.was_restored(hub.admin()) != str(epoch).replace("-", "")
    # Kim hands back Anna's too, and only then something new is written: the place of the lost ones is taken again
    answers = kim.push(lost)
    assert [(one.code, one.accepted) for one in sorted(answers, key=lambda one: -one.accepted)] == [
        (None, 3),
        (None, 2),
    ]
    # the same change stands at the same position again, and is still not what it was: others may stand before it
    assert hello(kim, 8, bytes(newest).hex())[3] is False  # type: ignore[call-overload]
    assert hello(kim, 8, bytes(hello(kim)[2]).hex())[3] is True  # type: ignore[call-overload]
    anna.hub = hub.connect(anna.login)
    (known,) = anna.push([*lost[:3], anna.write(case)])
    assert (known.code, known.known, known.accepted) == (None, 3, 1)
    whole(hub)


def test_a_dump_taken_back_into_an_empty_database_is_the_same_hub(hub: TestHub, tmp_path: Path) -> None:
    anna = hub.laptop()
    case = anna.case()
    place = local.programs()
    assert place is not None
    env = {**os.environ, "PGPASSWORD": hub.server.password, "PGSSLMODE": "verify-full"}
    env["PGSSLROOTCERT"] = str(hub.server.folder / "root.pem")
    at = ["-h", "localhost", "-p", str(hub.server.port), "-U", SUPERUSER]
    dump = tmp_path / "hub.dump"
    subprocess.run([str(place / "pg_dump"), *at, "-Fc", "-f", str(dump), hub.database], env=env, check=True)
    with closing(hub.server.connect("postgres")) as admin:
        admin.execute(f"drop database {hub.database} with (force)".encode())
        admin.execute(f"create database {hub.database} template template0".encode())
    restore = [str(place / "pg_restore"), *at, "--exit-on-error", "-d", hub.database, str(dump)]
    subprocess.run(restore, env=env, check=True)
    with closing(hub.server.connect(hub.database)) as admin:
        assert making.make(admin, PARTNERSHIP, "Testshire WorkWell").before == making.SCHEMA
    assert anna.login is not None
    anna.hub = hub.connect(anna.login)
    assert anna.push([anna.write(case)])[0].number == 3
    assert len(anna.reads(case)) == 3
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        anna.hub.execute("create temporary table mine (a int)")
    with pytest.raises(psycopg.Error) as kept:
        hub.admin().execute("delete from workwell.change")
    assert kept.value.sqlstate == "WW009"


@pytest.fixture
def small(hub_server: LocalHub) -> Iterator[tuple[TestHub, Path]]:
    """A hub on a disk of 40 MB, and a file on it that can be taken away to make room."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root makes a small disk")
    folder = Path(tempfile.mkdtemp(prefix="workwell-small-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "none", str(folder)], check=False)
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("no disk can be mounted here")
    name = f"small_{hex_id()[:8]}"
    shutil.chown(folder, SUPERUSER, SUPERUSER)
    try:
        with closing(hub_server.connect("postgres")) as admin:
            admin.execute(f"create tablespace {name} location '{folder}'".encode())
            admin.execute(f"create database {name} template workwell_template tablespace {name}".encode())
        (folder / "filler").write_bytes(bytes(18 * 1024 * 1024))
        made = TestHub(hub_server, name)
        yield made, folder / "filler"
        made.close()
        with closing(hub_server.connect("postgres")) as admin:
            admin.execute(f"drop tablespace {name}".encode())
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_has_its_own_sentence_and_takes_nothing_away(small: tuple[TestHub, Path]) -> None:
    hub, filler = small
    anna = hub.laptop()
    case = hex_id()
    answered, said = 0, None
    while said is None:
        lot = [anna.write(case, value=secrets.token_hex(2000)) for _ in range(200)]
        try:
            answered = anna.push(lot)[0].number
        except psycopg.Error as error:
            said = wire.trouble(error)
    assert isinstance(said, HubFull)
    assert len(anna.reads(case)) == answered > 0
    filler.unlink()
    (answer,) = anna.push(lot)
    assert answer.number == answered + 200
    assert whole(hub) == {case: answered + 200}


def test_a_hub_that_only_lets_itself_be_read_says_so(hub: TestHub) -> None:
    anna = hub.laptop()
    anna.hub.execute("set default_transaction_read_only = on")
    with pytest.raises(psycopg.Error) as refused:
        anna.push([anna.write(hex_id())])
    assert isinstance(wire.trouble(refused.value), HubReadOnly)


def test_of_several_machines_the_one_that_may_be_written_to_is_taken(hub: TestHub) -> None:
    anna = hub.laptop()
    assert anna.login is not None
    several = Address.of(f"postgresql://localhost,127.0.0.1:{hub.server.port}/{hub.database}", hub.address.root)
    assert Address.of(several.url, several.root) == several
    with closing(wire.connect(several, anna.login.user, anna.login.password)) as anna.hub:
        assert anna.push([anna.write(hex_id())])[0].accepted == 1
    hub.admin().execute(f"alter role wd_{anna.device} set default_transaction_read_only = on".encode())
    with pytest.raises(HubReadOnly):
        wire.connect(several, anna.login.user, anna.login.password)


def test_init_again_mends_and_another_partnership_is_refused(hub: TestHub) -> None:
    admin = hub.admin()
    admin.execute("grant delete on workwell.change to public")
    admin.execute("drop trigger kept on workwell.change")
    assert making.make(admin, PARTNERSHIP, "Testshire WorkWell") == making.Made(
        PARTNERSHIP, making.SCHEMA, making.SCHEMA
    )
    anna = hub.laptop()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        anna.hub.execute("delete from workwell.change")
    with pytest.raises(psycopg.Error):
        admin.execute("delete from workwell.change")
    with pytest.raises(HubOfAnother):
        making.make(admin, hex_id(), "Elsewhere")
    with pytest.raises(HubNotAdministrator):
        making.make(anna.hub, PARTNERSHIP, "Testshire WorkWell")
    admin.execute("update workwell.hub set schema_version = 99")
    with pytest.raises(HubIncompatible):
        making.make(admin, PARTNERSHIP, "Testshire WorkWell")


def test_init_is_all_or_nothing(hub_server: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"cut_{hex_id()[:8]}"
    hub_server.database(name)
    monkeypatch.setattr(making, "_ALWAYS", ("guards.sql", "missing.sql"))
    with closing(hub_server.connect(name)) as hub:
        with pytest.raises(FileNotFoundError):
            making.make(hub, PARTNERSHIP, "Testshire WorkWell")
        assert hub.execute("select to_regnamespace('workwell')").fetchone() == (None,)
        monkeypatch.undo()
        assert making.make(hub, PARTNERSHIP, "Testshire WorkWell").before == 0
    with closing(hub_server.connect("postgres")) as admin:
        admin.execute(f"drop database {name}".encode())


def test_a_paper_travels_in_pieces_and_goes_on_where_it_stopped(hub: TestHub) -> None:
    import hashlib

    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    paper = os.urandom(2 * 262144 + 1000)
    digest = hashlib.sha256(paper).digest()
    pieces = [paper[at : at + 262144] for at in range(0, len(paper), 262144)]

    def put(piece: int, data: bytes) -> object:
        row = anna.hub.execute(
            "select workwell.put_piece(%b, %b, %b, %b::int4, %b, %b::int4, %b)",
            (CLIENT, UUID(case), digest, len(paper), "application/pdf", piece, data),
        ).fetchone()
        assert row is not None
        return row[0]

    assert put(2, pieces[2]) is False
    assert put(0, pieces[0]) is False
    there = "select b.piece from workwell.blob_piece b where b.sha256 = %s order by b.piece"
    assert anna.hub.execute(there, (digest,)).fetchall() == [(0,), (2,)]
    # a wrong piece is found out by the whole, and none is kept
    assert put(1, bytes(262144)) is None
    assert anna.hub.execute(there, (digest,)).fetchall() == []
    assert [put(at, data) for at, data in enumerate(pieces)] == [False, False, True]
    assert put(1, pieces[1]) is True
    rows = anna.hub.execute("select data from workwell.blob_piece where sha256 = %s order by piece", (digest,))
    assert b"".join(row[0] for row in rows) == paper
    assert anna.hub.execute("select complete, size from workwell.blob").fetchall() == [(True, len(paper))]
    assert kim.hub.execute("select * from workwell.blob_piece").fetchall() == []
    with pytest.raises(psycopg.Error) as short:
        put(1, b"short")
    assert short.value.sqlstate == "WW003"


def test_only_a_warrant_erases_and_the_chain_still_holds(hub: TestHub) -> None:
    boss, kim = hub.laptop(administrator=True), hub.laptop()
    case, other = kim.case(), kim.case()
    kim.push(kim.many(other, 2))
    admin = hub.admin()
    forged = kim.write(case, "reason", "gone", kind="erasure", record=case)
    assert kim.push([forged])[0].code == "right"
    # an administrator's computer hands on what stands in the log
    boss.push([forged])
    for warrant in (forged.change.id, ZEROS):
        with pytest.raises(BadInput) as refused:
            keeping.erase(admin, case, warrant)
        assert refused.value.reason == "hub_warrant"
    signed = boss.write(PARTNERSHIP, "reason", "their wish", kind="erasure", record=case)
    boss.push([signed])
    with pytest.raises(BadInput):
        keeping.erase(admin, other, signed.change.id)
    assert keeping.erase(admin, case, signed.change.id) == (2, 0)
    kept = kim.hub.execute("select v.value from workwell.value v where v.scope = %s", (UUID(case),)).fetchall()
    assert kept == [(forged.value,)], "what says that it was erased stays"
    assert kim.hub.execute("select scope from workwell.erased").fetchall() == [(UUID(case),)]
    assert len(kim.reads(case)) == 3
    # a laptop that was away brings values again: the change is kept, the value is not
    assert kim.push([kim.write(case)])[0].accepted == 1
    assert kim.hub.execute("select count(*) from workwell.value v where v.scope = %s", (UUID(case),)).fetchone() == (1,)
    assert whole(hub)[case] == 4


def test_the_template_is_made_as_any_hub_is(hub_server: LocalHub) -> None:
    make_template(hub_server)
    assert hub_server.is_running
    found = local.found(hub_server.folder)
    assert found == hub_server
