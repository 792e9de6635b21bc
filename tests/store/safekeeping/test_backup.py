"""A safe copy, its return, and what stands in the way of either."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from tests.store.conftest import PASSPHRASE, House, content
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.participants import Participant
from workwell_desktop.errors import (
    BadInput,
    DamagedBackup,
    NewerStore,
    NotABackup,
    ReadOnlyFolder,
    StoreInUse,
)
from workwell_desktop.store import read_slots, restore_backup, slots, unlock


def test_a_backup_comes_back_whole_under_a_new_incarnation(house: House, tmp_path: Path) -> None:
    kim = house.participant()
    made = house.store.backup(tmp_path / "safe.backup")
    before = content(house.store)
    restored = restore_backup(tmp_path / "safe.backup", tmp_path / "elsewhere" / "back.store")
    assert restored.sha256 == made.sha256
    assert restored.changes == made.changes == sum(house.store.vector().values())
    assert read_slots(tmp_path / "elsewhere" / "back.store").store == house.store.header.store
    store, anna = unlock(tmp_path / "elsewhere" / "back.store", house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    assert content(store) == before
    assert store.check().ok
    known = {incarnation for _scope, incarnation in store.vector()}
    with store.unit(anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    assert len({incarnation for _scope, incarnation in store.vector()} - known) == 1
    incarnation = store._counter.incarnation
    store.close()
    store, anna = unlock(tmp_path / "elsewhere" / "back.store", house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    assert store._counter.incarnation == incarnation


def test_a_backup_can_be_made_again_over_the_last_one(house: House, tmp_path: Path) -> None:
    file = tmp_path / "safe.backup"
    first = house.store.backup(file)
    (tmp_path / ".safe.backup.k3x_z91a").write_bytes(b"what a power cut left of one")
    house.participant()
    assert house.store.backup(file).changes > first.changes
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == ["safe.backup"]


def test_a_backup_names_no_participant(house: House, tmp_path: Path) -> None:
    house.participant("Zebedee", "Unmistakable")
    house.store.backup(tmp_path / "safe.backup")
    assert b"nmistakable" not in (tmp_path / "safe.backup").read_bytes()


def test_a_changed_backup_is_refused_and_leaves_nothing(house: House, tmp_path: Path) -> None:
    file = tmp_path / "safe.backup"
    house.store.backup(file)
    whole = bytearray(file.read_bytes())
    whole[20_000] ^= 1
    (tmp_path / "rotten.backup").write_bytes(whole)
    with zipfile.ZipFile(file) as kept, zipfile.ZipFile(tmp_path / "altered.backup", "w") as altered:
        for name in kept.namelist():
            data = kept.read(name)
            altered.writestr(name, data[:-1] + b"x" if name == "store" else data)
    with zipfile.ZipFile(file) as kept, zipfile.ZipFile(tmp_path / "folded.backup", "w") as folded:
        for name in kept.namelist():
            folded.writestr(name, kept.read(name), zipfile.ZIP_DEFLATED)
    # cut short, and with the place of its table of contents before its beginning
    (tmp_path / "cut.backup").write_bytes(file.read_bytes()[:20_000])
    lost = bytearray(file.read_bytes())
    lost[-4] ^= 0xFF
    (tmp_path / "lost.backup").write_bytes(lost)
    target = tmp_path / "back" / "back.store"
    for name in ("rotten.backup", "altered.backup", "folded.backup", "cut.backup", "lost.backup"):
        with pytest.raises(DamagedBackup):
            restore_backup(tmp_path / name, target)
        assert list(target.parent.iterdir()) == []


def test_something_else_is_no_backup(house: House, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as missing:
        restore_backup(tmp_path / "none", tmp_path / "x.store")
    assert missing.value.reason == "file_missing"
    other = tmp_path / "letter.txt"
    other.write_text("Dear Kim")
    with pytest.raises(NotABackup):
        restore_backup(other, tmp_path / "x.store")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as packed:
        packed.writestr("a.jpg", b"x")
    with pytest.raises(NotABackup):
        restore_backup(tmp_path / "photos.zip", tmp_path / "x.store")
    house.store.backup(tmp_path / "safe.backup")
    with pytest.raises(BadInput) as refused:
        restore_backup(tmp_path / "safe.backup", house.path)
    assert refused.value.reason == "store_exists"


def test_a_backup_where_nothing_can_be_written(house: House, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(ReadOnlyFolder):
        house.store.backup(tmp_path / "a-file" / "safe.backup")
    with pytest.raises(ReadOnlyFolder):
        house.store.backup(tmp_path / "no-such-folder" / "safe.backup")
    assert house.participant()


def test_a_reader_that_does_not_let_go_is_waited_for_and_named(house: House, tmp_path: Path) -> None:
    house.store._engine.dispose()
    with house.store.read() as reader:
        reader.count(Participant)
        house.participant()
        with pytest.raises(StoreInUse):
            house.store.backup(tmp_path / "safe.backup")
    house.store.backup(tmp_path / "safe.backup")


def test_a_restored_store_can_be_restored_by_its_recovery_code(house: House, tmp_path: Path, clock: FixedClock) -> None:
    from workwell_desktop.store import unlock_with_recovery

    house.store.backup(tmp_path / "safe.backup")
    restore_backup(tmp_path / "safe.backup", tmp_path / "back.store")
    store = unlock_with_recovery(tmp_path / "back.store", house.code, clock=clock)
    house.close_later.append(store)
    assert not slots.load(tmp_path / "back.store").renew
    assert os.path.getsize(tmp_path / "back.store") > 0  # noqa: PTH202


def test_a_log_that_another_store_left_is_never_mixed_into_a_restored_one(house: House, tmp_path: Path) -> None:
    """Somebody moved a store away and left the log beside it; the log is encrypted with the same key."""
    kim = house.participant()
    house.store.backup(tmp_path / "safe.backup")
    for number in range(30):
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, town=f"Leeds {number}")
    log = house.path.with_name(house.path.name + "-wal")
    left = tmp_path / "moved.store-wal"
    left.write_bytes(log.read_bytes())
    with pytest.raises(BadInput) as refused:
        restore_backup(tmp_path / "safe.backup", tmp_path / "moved.store")
    assert refused.value.reason == "store_exists"
    assert left.read_bytes() == log.read_bytes()
    left.write_bytes(b"")
    restore_backup(tmp_path / "safe.backup", tmp_path / "moved.store")
    store, _anna = unlock(tmp_path / "moved.store", house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    with store.read() as reader:
        assert reader.get(Participant, kim).town is None
    assert store.check().ok


def test_a_backup_of_a_newer_version_is_left_alone(house: House, tmp_path: Path) -> None:
    house.store.backup(tmp_path / "safe.backup")
    with (
        zipfile.ZipFile(tmp_path / "safe.backup") as kept,
        zipfile.ZipFile(tmp_path / "newer.backup", "w") as newer,
    ):
        for name in kept.namelist():
            data = kept.read(name)
            if name == "manifest.json":
                data = json.dumps({**json.loads(data), "format": 99}).encode()
            newer.writestr(name, data)
    with pytest.raises(NewerStore):
        restore_backup(tmp_path / "newer.backup", tmp_path / "back" / "back.store")
    assert not (tmp_path / "back").exists()


def test_an_older_backup_never_takes_the_place_of_a_store_that_went_on(house: House, tmp_path: Path) -> None:
    """What was written since lies in the store that is there: it is kept, and the backup comes back beside it."""
    kim = house.participant()
    house.store.backup(tmp_path / "safe.backup")
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    house.store.close()
    with pytest.raises(BadInput) as refused:
        restore_backup(tmp_path / "safe.backup", house.path)
    assert refused.value.reason == "store_exists"
    house.again()
    with house.store.read() as reader:
        assert reader.get(Participant, kim).town == "Leeds"
