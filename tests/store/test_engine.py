"""What every connection promises, and that no trouble carries anybody's data."""

import gc

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.store.conftest import House
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.store.engine import OLDEST_SQLITE, open_engine
from workwell_desktop.store.log import tables
from workwell_desktop.store.prepared import Statement


@pytest.mark.parametrize("writes", [True, False])
def test_every_connection_is_durable_and_silent(house: House, writes: bool) -> None:
    with house.store._engine.connect().execution_options(writes=writes) as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1
        assert connection.execute(text("PRAGMA temp_store")).scalar() == 2
    assert driver.sqlite_version_info >= OLDEST_SQLITE


def test_a_writer_holds_the_store_from_its_first_moment(house: House) -> None:
    other = open_engine(house.path, house.store._key)
    try:
        with house.store.unit(house.anna), other.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA busy_timeout = 0").fetchall()
            with pytest.raises(driver.OperationalError, match="locked"):
                raw.execute("BEGIN IMMEDIATE")
        with house.store.read() as reader, other.connect().execution_options(writes=True) as connection:
            reader.count(Participant)
            with connection.begin():
                connection.execute(text("DELETE FROM draft"))
    finally:
        other.dispose()


def test_another_key_opens_nothing(house: House) -> None:
    key = bytes(48)
    other = open_engine(house.path, key)
    try:
        with pytest.raises(DBAPIError, match="not a database"), other.connect():
            pass
    finally:
        other.dispose()


def test_an_error_of_the_database_names_no_value(house: House) -> None:
    with house.store._engine.connect() as connection, pytest.raises(DBAPIError) as trouble:
        connection.execute(text("INSERT INTO draft (key, text) VALUES (:key, :text)"), {"key": None, "text": "Secret"})
    assert "Secret" not in str(trouble.value)
    assert house.store._key.hex() not in repr(house.store._engine)
    assert house.store._key.hex() not in str(house.store._engine.url)


def test_a_cursor_that_stopped_half_way_sets_nobody_back(house: House) -> None:
    """The driver gives a statement that was let go of to the next one who says the same. A cursor of an act that
    failed lives on as long as its traceback, and when it goes, the other one would read its rows again."""
    with house.store.unit(house.anna) as unit:
        for number in range(4):
            unit.add(Participant(id=Id(made := new_id()), scope=made, given_name=f"Kim {number}"))
    said = Statement(select(tables.change.c.n).order_by(tables.change.c.n))
    with house.store._writes() as cursor:
        assert cursor.run(said).fetchone() is not None
    with house.store._writes() as other:
        rows = other.run(said)
        first = [rows.fetchone()[0] for _ in range(2)]
        del cursor
        gc.collect()
        rest = [row[0] for row in rows.fetchall()]
    assert [*first, *rest] == sorted({*first, *rest})
