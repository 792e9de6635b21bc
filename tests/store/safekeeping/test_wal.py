"""A log that a crash left and that lost a byte: never forgotten without a word, never touched."""

import random
import shutil
import struct
from pathlib import Path

import pytest

from tests.store.conftest import PASSPHRASE, House
from workwell_desktop.errors import DamagedStore
from workwell_desktop.store import Store, unlock

ANSWERS = 12
PAGE, HEAD, FRAME = 4096, 32, 24


@pytest.fixture
def left(house: House, tmp_path: Path) -> Path:
    """A store as a crash leaves it: the log holds twelve answers, each durable before the next."""
    response = house.response(house.participant())
    house.store._fold()
    for number in range(ANSWERS):
        with house.store.unit(house.anna) as unit:
            unit.answer(response, f"q{number}", number)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for file in house.path.parent.iterdir():
        if file.is_file() and not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, crashed / file.name)
    (crashed / "response").write_text(response)
    return crashed / house.path.name


def held(store: Store, path: Path) -> int:
    """How many answers there are."""
    with store.read() as reader:
        return len(reader.answers((path.parent / "response").read_text()))  # type: ignore[arg-type]


def opened(house: House, path: Path) -> int:
    """How many answers the store holds when it opens."""
    store, _anna = unlock(path, house.anna.person, PASSPHRASE, clock=house.clock)
    try:
        assert store.check().ok
        return held(store, path)
    finally:
        store.close()


def log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def endings(data: bytes) -> list[int]:
    """Where the frames stand that end a transaction."""
    places = range(HEAD, len(data) - FRAME - PAGE + 1, FRAME + PAGE)
    return [at for at in places if struct.unpack(">I", data[at + 4 : at + 8])[0]]


def test_what_a_crash_left_is_all_there(house: House, left: Path) -> None:
    assert opened(house, left) == ANSWERS


def test_a_byte_lost_anywhere_in_the_log_is_damage_and_nothing_is_touched(house: House, left: Path) -> None:
    whole = log(left).read_bytes()
    last_but_one = endings(whole)[-2]
    chance = random.Random(20261124)
    for at in [0, 9, 17, 25, *(chance.randrange(HEAD, last_but_one) for _ in range(60))]:
        data = bytearray(whole)
        data[at] ^= 1 << chance.randrange(8)
        log(left).write_bytes(data)
        before = {file.name: file.read_bytes() for file in left.parent.iterdir()}
        with pytest.raises(DamagedStore):
            unlock(left, house.anna.person, PASSPHRASE, clock=house.clock)
        after = {file.name: file.read_bytes() for file in left.parent.iterdir() if not file.name.endswith(".lock")}
        assert after == {name: data for name, data in before.items() if not name.endswith(".lock")}, at
    log(left).write_bytes(whole)
    assert opened(house, left) == ANSWERS


@pytest.mark.parametrize("frames", [1, 2])
def test_the_one_transaction_that_a_power_cut_tore_is_forgotten_alone(house: House, left: Path, frames: int) -> None:
    whole = log(left).read_bytes()
    torn = endings(whole)[-1]
    log(left).write_bytes(whole[: torn + FRAME * frames])
    assert opened(house, left) == ANSWERS - 1


def test_bytes_put_into_the_log_are_damage(house: House, left: Path) -> None:
    whole = log(left).read_bytes()
    half = len(whole) // 2
    log(left).write_bytes(whole[:half] + bytes(100) + whole[half:])
    with pytest.raises(DamagedStore):
        unlock(left, house.anna.person, PASSPHRASE, clock=house.clock)


def test_frames_of_a_log_that_was_begun_anew_are_no_damage(house: House, left: Path) -> None:
    """After a checkpoint the log is written from its beginning over the old one, whose frames stay behind."""
    house.store._fold()
    response = house.response(house.participant())
    for number in range(40):
        with house.store.unit(house.anna) as unit:
            unit.answer(response, f"q{number}", number)
    raw = house.store._writer.connection.driver_connection  # type: ignore[union-attr]
    raw.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "after", 1)
    for file in house.path.parent.iterdir():
        if file.is_file() and not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, left.parent / file.name)
    (left.parent / "response").write_text(response)
    assert opened(house, left) == 41


def test_a_page_that_cannot_be_read_does_not_stop_the_store_from_closing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_given: object) -> None:
        raise DamagedStore

    monkeypatch.setattr("workwell_desktop.store.store.streams.highest_lamport", damaged)
    house.store.close()
    assert house.store.closed
    monkeypatch.undo()
    house.again()
