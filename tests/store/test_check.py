"""Somebody edits the file behind our back, holding the key: the check names what they did."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.store.conftest import House, content
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id


def tamper(house: House, sql: str, **values: object) -> None:
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert connection.execute(text(sql), values).rowcount > 0


def codes(house: House) -> set[str]:
    return {problem.code for problem in house.store.check().problems}


def prepared(house: House) -> Id:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
        unit.set(Participant, kim, town="York", phone="01632 960001")
        unit.answer(house_response(house, kim, unit), "scan", unit.blob(b"scanned", "image/png", kim))
    return kim


def house_response(house: House, kim: Id, unit: object) -> Id:
    from workwell_desktop.domain.episodes import Response
    from workwell_desktop.domain.records import new_id
    from workwell_desktop.store import Unit

    assert isinstance(unit, Unit)
    return unit.add(Response(id=new_id(), scope=kim, form_title="PHQ-4"))


def test_a_whole_store_is_whole(house: House) -> None:
    prepared(house)
    report = house.store.check()
    assert report.ok
    assert report.participants == 1
    assert report.changes > 10


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE value SET value = (SELECT value FROM value WHERE n = 1) WHERE n = (SELECT max(n) FROM value)",
            "value",
        ),
        ("UPDATE change SET signature = zeroblob(64) WHERE field = 'phone'", "signature"),
        ("UPDATE change SET author = scope WHERE field = 'phone'", "columns"),
        ("UPDATE change SET field = 'email' WHERE field = 'phone'", "columns"),
        ("UPDATE change SET header = zeroblob(9) WHERE field = 'phone'", "unreadable"),
        ("DELETE FROM change WHERE n = (SELECT min(n) FROM change WHERE field = 'town')", "gap"),
        ("UPDATE r_participant SET town = 'Hull'", "table"),
        ("DELETE FROM head WHERE field LIKE 'answer/%'", "table"),
        ("DELETE FROM head WHERE field = 'phone'", "table"),
        ("DELETE FROM search", "table"),
        ("DELETE FROM blob WHERE media_type = 'image/png'", "blob_missing"),
        ("UPDATE blob SET data = zeroblob(size) WHERE media_type = 'image/png'", "blob_changed"),
        ("DELETE FROM signer WHERE author IN (SELECT author FROM change WHERE field = 'phone')", "unknown_author"),
    ],
)
def test_each_kind_of_tampering_is_named(house: House, sql: str, found: str) -> None:
    prepared(house)
    tamper(house, sql)
    assert found in codes(house)


def test_two_changes_that_swap_places_break_the_chain(house: House) -> None:
    kim = prepared(house)
    with house.store.read() as reader:
        first, second = (line.change for line in reader.history(kim, "town"))
    tamper(house, "UPDATE change SET number = -1 WHERE id = :id", id=first)
    tamper(house, "UPDATE change SET number = number - 1 WHERE id = :id", id=second)
    tamper(
        house,
        "UPDATE change SET number = (SELECT number + 1 FROM change WHERE id = :b) WHERE id = :a",
        a=first,
        b=second,
    )
    assert {"columns", "chain"} & codes(house)


def test_the_check_writes_nothing(house: House) -> None:
    prepared(house)
    tamper(house, "UPDATE r_participant SET town = 'Hull'")
    before = content(house.store)
    house.store.check()
    assert content(house.store) == before


def test_a_damaged_page_is_found(house: House) -> None:
    prepared(house)
    house.store.close()
    whole = bytearray(house.path.read_bytes())
    whole[-2000] ^= 1
    house.path.write_bytes(whole)
    from workwell_desktop.errors import DamagedStore

    try:
        house.again()
    except DamagedStore:
        return
    assert "file" in codes(house)


def test_a_rebuild_mends_the_tables(house: House) -> None:
    prepared(house)
    before = content(house.store)
    for sql in (
        "UPDATE r_participant SET town = 'Hull'",
        "DELETE FROM head WHERE field LIKE 'answer/%'",
        "DELETE FROM search",
    ):
        tamper(house, sql)
    assert content(house.store) != before
    seen: list[tuple[int, int]] = []
    house.store.rebuild(lambda done, total: seen.append((done, total)))
    assert content(house.store) == before
    assert seen[-1][0] == seen[-1][1] > 0
    assert house.store.check().ok


def test_another_stamp_rebuilds_at_the_next_unlock(house: House, make_house: Callable[[str], House]) -> None:
    prepared(house)
    before = content(house.store)
    tamper(house, "UPDATE stamp SET stamp = 'of an earlier version'")
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("DROP TABLE r_participant"))
        connection.execute(text("CREATE TABLE r_of_old (id TEXT)"))
    house.again()
    assert content(house.store) == before
    assert house.store.check().ok
