"""A damaged store: everything that can be read comes over into a new one, and what cannot is named."""

import shutil
from pathlib import Path

import pytest

from tests.store.conftest import PASSPHRASE, House, content
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, DamagedStore, OtherKeys, StoreInUse
from workwell_desktop.store import Store, unlock
from workwell_desktop.store.safekeeping import raw_pages, salvage
from workwell_desktop.store.safekeeping.raw_pages import PAGE

NOTE = "They would rather begin after ten in the morning, and the bus is at twenty to. "


def written(house: House) -> list[Id]:
    """Thirty people with long notes, a scan of many pages, and a draft."""
    people = [house.participant("Kim", f"Sample{number}") for number in range(30)]
    for person in people:
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, person, town="Leeds", address=NOTE)
    response = house.response(people[0])
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "scan", unit.blob(bytes(range(256)) * 300, "image/png", people[0]))
        unit.answer(response, "note", NOTE * 100)
    house.store.drafts.put("note", "half a sentence")
    house.store.settings.put("app:folder", "/there")
    return people


def opened(house: House, path: Path) -> Store:
    store, _anna = unlock(path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    return store


def damage(path: Path, page: int, at: int = 1500, length: int = 40) -> None:
    whole = bytearray(path.read_bytes())
    begin = (page - 1) * PAGE + at
    whole[begin : begin + length] = bytes(byte ^ 0x55 for byte in whole[begin : begin + length])
    path.write_bytes(whole)


def test_a_whole_store_comes_over_whole_its_log_on_the_side_too(house: House, tmp_path: Path) -> None:
    written(house)
    house.store.drafts.put("sent", "what was saved since")
    house.store.drafts.clear("sent")
    key, before = house.store._key, content(house.store)
    crashed = tmp_path / "crashed.store"
    for one in house.path.parent.glob(house.path.name + "*"):
        # as a crash leaves it: with a write-ahead log beside it
        shutil.copy(one, crashed.with_name(one.name.replace(house.path.name, crashed.name)))
    assert crashed.with_name(crashed.name + "-wal").stat().st_size > 0
    done = salvage.salvage(crashed, key, tmp_path / "saved.store")
    assert done.whole
    assert done.damaged == 0
    store = opened(house, tmp_path / "saved.store")
    assert store.check().ok
    after = content(store)
    assert {name for name in before if before[name] != after[name]} <= {"event"}
    assert store.drafts.get("note") == "half a sentence"
    assert store.drafts.get("sent") is None
    assert store.settings.get("app:folder") == "/there"
    assert store._counter.incarnation != house.store._counter.incarnation


def test_rows_that_stand_between_the_pages_of_an_index_come_over_too(house: House, tmp_path: Path) -> None:
    """What a draft is kept in is all index: where it takes several pages, the rows between them stand nowhere else."""
    key = house.store._key
    for number in range(60):
        house.store.drafts.put(f"draft{number:02}", f"half a sentence {number} " * 20)
    house.store.close()
    assert salvage.salvage(house.path, key, tmp_path / "saved.store").whole
    store = opened(house, tmp_path / "saved.store")
    found = [store.drafts.get(f"draft{number:02}") for number in range(60)]
    assert found == [f"half a sentence {number} " * 20 for number in range(60)]


def test_each_page_in_turn_may_be_damaged_and_nobody_loses_more_than_what_stood_there(
    house: House, tmp_path: Path
) -> None:
    written(house)
    key = house.store._key
    house.store.close()
    pages = house.path.stat().st_size // PAGE
    total = salvage.salvage(house.path, key, tmp_path / "all.store").changes
    lost = []
    for page in range(2, pages + 1, max(1, pages // 12)):
        hurt = tmp_path / f"hurt{page}.store"
        for ending in ("", ".keys"):
            shutil.copy(house.path.with_name(house.path.name + ending), hurt.with_name(hurt.name + ending))
        damage(hurt, page)
        done = salvage.salvage(hurt, key, tmp_path / f"saved{page}.store")
        assert done.damaged == 1
        lost.append(total - done.changes)
        named = sum(len(gap.missing) for gap in done.gaps)
        assert named == total - done.changes
    assert max(lost) <= 12
    assert min(lost) == 0


def test_what_is_lost_is_named_and_the_rest_can_be_read_and_written(house: House, tmp_path: Path) -> None:
    people = written(house)
    key = house.store._key
    with house.store.read() as reader:
        victim = reader.history(people[7], "address")[0].change
    house.store.close()
    pages = raw_pages.read(house.path, key)
    (number,) = [
        at
        for at, page in pages.pages.items()
        if any(victim in row for _id, row in pages._rows_on(page, 0) if len(row) > 9)
    ]
    whole = bytearray(house.path.read_bytes())
    whole[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    house.path.write_bytes(whole)
    done = salvage.salvage(house.path, key, tmp_path / "saved.store")
    assert people[7] in done.scopes
    assert not done.whole
    store = opened(house, tmp_path / "saved.store")
    assert {one.code for one in store.check().problems} <= {"gap", "unknown_author"}
    with store.read() as reader:
        assert reader.get(Participant, people[29]).address == NOTE
    with store.unit(store.identity(house.anna.person, PASSPHRASE)) as unit:
        unit.set(Participant, people[7], address="7 Mill Lane")


def test_a_file_whose_end_is_gone_is_not_called_whole(house: House, tmp_path: Path) -> None:
    """Nothing that is left names what a stream lost at its end, where the index of places went with it."""
    written(house)
    key = house.store._key
    house.store.close()
    whole = house.path.read_bytes()
    house.path.write_bytes(whole[: -12 * PAGE - 100])
    done = salvage.salvage(house.path, key, tmp_path / "saved.store")
    assert (done.cut, done.whole) == (13, False)
    house.path.write_bytes(whole)
    assert salvage.salvage(house.path, key, tmp_path / "all.store").cut == 0
    with pytest.raises(OtherKeys):
        salvage.salvage(house.path, bytes(48), tmp_path / "none.store")


def test_a_place_that_is_taken_a_store_in_use_and_a_wrong_key(house: House, tmp_path: Path) -> None:
    key = house.store._key
    with pytest.raises(StoreInUse):
        salvage.salvage(house.path, key, tmp_path / "saved.store")
    house.store.close()
    with pytest.raises(BadInput):
        salvage.salvage(house.path, key, house.path)
    with pytest.raises(DamagedStore):
        salvage.salvage(house.path, bytes(48), tmp_path / "saved.store")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("saved")]
