"""A device that sends what others wrote, what it may no longer write, and what nobody can read."""

import random
from uuid import UUID

import psycopg
import pytest

from tests.sync.hubs import CLIENT, PARTNERSHIP, Laptop, TestHub, hex_id, push
from workwell_desktop.domain.erasure import erasure_id
from workwell_desktop.store.log.fields import FieldType
from workwell_desktop.sync.hub import keeping
from workwell_desktop.sync.hub.wire import Hub

NOTHING = bytes(32)


def test_who_sends_again_what_another_pushed_learns_and_gains_nothing(hub: TestHub) -> None:
    """Signed changes may come by anybody's hand; the hub says of them no more than the sender had."""
    anna, kim = hub.laptop(), hub.laptop()
    first, second = anna.write(case := "ab" * 16), anna.coach(case, anna.person)
    anna.push([first, second])
    (answer,) = kim.push([first])
    assert (answer.code, answer.accepted, answer.known) == (None, 0, 1)
    assert (answer.number, answer.tip, answer.position) == (1, NOTHING, 0)
    later = anna.write(case)
    assert kim.push([later])[0].accepted == 1
    assert kim.reads(case) == []
    assert case not in kim.scopes()
    assert len(anna.reads(case)) == 3
    # and with one's own behind it, in a stream of one's own or in theirs
    (own,) = kim.push([kim.write(case)])
    assert (own.code, own.number, own.tip, own.position) == ("scope", 0, NOTHING, 0)


def test_what_administrators_say_is_taken_from_nobody_else_in_whichever_scope_it_stands(hub: TestHub) -> None:
    """People, computers, the partnership, what was taken back, and what is erased; with what follows in the stream."""
    anna, kim = hub.laptop(administrator=True), hub.laptop()
    case = kim.case()
    warrant = erasure_id(case)
    tries = [
        ("erasure", warrant, "case", case),
        ("erasure", warrant, "@deleted", "true"),
        ("erasure", case, "case", case),
        ("revocation", "5e" * 16, "serial", "0a"),
        ("partnership", PARTNERSHIP, "root", "0a"),
        ("person", anna.person, "active", "false"),
        ("device", anna.device, "verify_key", "0a" * 32),
    ]
    for scope in (PARTNERSHIP, case):
        for kind, record, name, value in tries:
            kim.incarnation, kim.tips = hex_id(), {}
            lot = [kim.write(scope), kim.write(scope, name, value, kind=kind, record=record), kim.write(scope)]
            (row,) = kim.push(lot)
            assert (row.code, row.accepted, row.at_number) == ("right", 1, 2), kind
    # an administrator's warrant is taken, from whoever carries it
    said = anna.write(PARTNERSHIP, "case", case, kind="erasure", record=warrant)
    assert kim.push([said])[0].accepted == 1
    assert keeping.erase(hub.admin(), case, said.change.id)[0] > 0
    # under the name of an erasure nothing is put into what was erased
    kim.incarnation, kim.tips = hex_id(), {}
    assert kim.push([kim.write(case, "case", "Quillfeather", kind="erasure")])[0].code == "right"
    assert kim.hub.execute("select count(*) from workwell.value v where v.scope = %s", (UUID(case),)).fetchone() == (0,)


def test_after_a_case_was_taken_away_one_cannot_take_it_back(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case = anna.case()
    record = "cd" * 16
    given = anna.coach(case, kim.person, record)
    anna.push([given])
    assert case in kim.scopes()
    anna.push([anna.coach(case, anna.person, record, (given.change.id,))])
    assert case not in kim.scopes()
    # what was written before may still come, and whatever it says opens nothing
    for attempt in (
        kim.write(case, "town", "York"),
        kim.coach(case, kim.person, record, (given.change.id,)),
        kim.coach(case, kim.person),
    ):
        kim.push([attempt])
        assert case not in kim.scopes()
        assert kim.reads(case) == []
    piece = kim.hub.execute("select count(*) from workwell.blob_piece where scope = %s", (UUID(case),))
    assert piece.fetchone() == (0,)


def test_no_header_that_was_spoilt_does_more_than_be_refused(hub: TestHub) -> None:
    """Bytes changed, left out and put in, at random: an answer with a code, or refused as no change at all."""
    kim = hub.laptop()
    chance = random.Random(7)
    seen: set[str | None] = set()
    for number in range(120):
        good = kim.write(case := f"{number:032x}")
        kim.tips.pop(case)
        header = bytearray(good.change.header)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(header))
            how = chance.randrange(3)
            if how == 0:
                header[at] = chance.randrange(256)
            elif how == 1:
                del header[at : at + chance.randint(1, 40)]
            else:
                header[at:at] = chance.randbytes(chance.randint(1, 9))
        try:
            row = kim.hub.execute(
                "select code from workwell.push(%b, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])",
                (CLIENT, [bytes(header)], [good.change.signature], [good.salt], [good.value]),
            ).fetchone()
            seen.add(row[0] if row else None)
        except psycopg.Error as refusal:
            seen.add(refusal.sqlstate)
    assert "WW003" in seen
    assert seen <= {"WW003", None, "gap", "chain", "device", "author", "signature", "value", "scope", "right"}, seen


def impatient(admin: Hub) -> None:
    """Waits that are long in life are short in this hub."""
    for name in ("my_turn(boolean)", "my_paper(uuid, bytea, integer, text)"):
        admin.execute(f"alter function workwell.{name} set lock_timeout = '20ms'".encode())
    row = admin.execute("select pg_get_functiondef('workwell.end_lingering(interval)'::regprocedure)").fetchone()
    assert row is not None
    assert row[0].count("'10 seconds'") == 1
    admin.execute(row[0].replace("'10 seconds'", "'0 seconds'").encode())


def test_nobody_holds_up_the_others_by_leaving_a_transaction_open(hub: TestHub) -> None:
    """Whatever limits a session sets for itself: by a push, a paper, or its own row when it is to be shown out."""
    anna, kim, admin = hub.laptop(), hub.laptop(), hub.admin()
    case = anna.case()
    assert anna.push([anna.coach(case, kim.person)])[0].code is None
    impatient(admin)
    put = "select workwell.put_piece(%s, %s, sha256(%s), 3, 'a', 0, %s)"

    def paper(laptop: Laptop, data: bytes) -> object:
        return laptop.hub.execute(put.encode(), (CLIENT, UUID(case), data, data)).fetchone()

    def hold(*statements: str) -> None:
        assert kim.login is not None
        kim.hub = hub.connect(kim.login)
        for one in ("set idle_in_transaction_session_timeout = 0", "set lock_timeout = 0", "begin", *statements):
            kim.hub.execute(one.encode())

    hold()
    kim.push([kim.write(case)])
    assert anna.push([anna.write(case)])[0].accepted == 1
    hold()
    paper(kim, b"one")
    # another paper, and the same one
    assert (paper(anna, b"two"), paper(anna, b"one")) == ((True,), (True,))
    admin.execute("update workwell.device set seen = null")
    hold("select * from workwell.hello('1.0.0', 0, null)")
    keeping.show_out(admin, kim.device)
    with pytest.raises(psycopg.OperationalError):
        kim.hub.execute("commit")


def test_a_paper_is_not_kept_away_by_a_wrong_size_nor_a_version_made_of_anything(hub: TestHub) -> None:
    anna = hub.laptop()
    case = UUID(anna.case())

    def put(size: int, data: bytes) -> object:
        return anna.hub.execute(
            "select workwell.put_piece(%s, %s, sha256('paper'::bytea), %s::int4, 'a', 0, %s)",
            (CLIENT, case, size, data),
        ).fetchone()

    assert put(300_000, bytes(262_144)) == (False,)
    assert put(5, b"paper") == (True,)
    with pytest.raises(psycopg.Error) as refusal:
        put(300_000, bytes(262_144))
    assert refusal.value.sqlstate == "WW003"
    for version in ("1.0.0" + "x" * 40, "1.0\x1b[2J", "1.0.0.0.9999999999", "1..2", "1.0\nfoo", "", None, "१.0"):
        with pytest.raises(psycopg.Error) as refusal:
            anna.hub.execute("select workwell.hello(%s, 0, null)", (version,))
        assert refusal.value.sqlstate == "WW003", version
    for version in ("0.3.0", "1", "1.0rc1", "1.0.dev3+g1a2b"):
        anna.hub.execute("select workwell.hello(%s, 0, null)", (version,))


def test_arrays_of_another_shape_are_refused(hub: TestHub) -> None:
    kim = hub.laptop()
    one = kim.write("ef" * 16)
    shapes = (
        "array[[%(h)s::bytea],[%(h)s::bytea]], array[%(s)s::bytea,%(s)s], array[null::bytea], array[null::bytea]",
        "null, null, null, null",
        "array[%(h)s::bytea], array[]::bytea[], array[null::bytea], array[null::bytea]",
        "array[null::bytea], array[%(s)s::bytea], array[null::bytea], array[null::bytea]",
    )
    for shape in shapes:
        with pytest.raises(psycopg.Error) as refusal:
            kim.hub.execute(
                f"select * from workwell.push('{CLIENT}', {shape})".encode(),  # noqa: S608 shapes of ours
                {"h": one.change.header, "s": one.change.signature},
            )
        assert refusal.value.sqlstate in ("WW003", "0A000"), shape
    assert push(kim.hub, [one])[0].accepted == 1


def test_a_day_that_no_calendar_has_ends_no_grant_and_stops_no_push(hub: TestHub) -> None:
    """Whoever carried such a change could else never push again."""
    anna, kim = hub.laptop(), hub.laptop()
    case, record = anna.case(), "ad" * 16
    given = anna.write(case, "person", kim.person, kind="grant", record=record, holds=FieldType.ID)
    ends = [
        anna.write(case, "ends_on", day, kind="grant", record=record) for day in ("9999-99-99", "0000-00-00", "soon")
    ]
    assert anna.push([given, *ends])[0].code is None
    assert case in kim.scopes()


def test_what_was_written_during_a_grant_comes_after_its_end_even_where_both_came_at_once(hub: TestHub) -> None:
    anna, kim = hub.laptop(), hub.laptop()
    case, record = anna.case(), "ad" * 16
    given = anna.write(case, "person", kim.person, kind="grant", record=record, holds=FieldType.ID)
    anna.push([given, anna.write(case, "@deleted", True, kind="grant", record=record)])
    assert case not in kim.scopes()
    assert kim.push([kim.write(case)])[0].code is None
