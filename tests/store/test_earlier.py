"""A store of every earlier version opens in this one, with everything that was written there; an older program refuses
the store of a newer one and leaves it as it was."""

import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store import earlier
from tests.store.earlier.make import make
from workwell_desktop.catalogue import sentence
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.errors import NewerStore
from workwell_desktop.store import Identity, Store, read_slots, restore_backup, slots, unlock
from workwell_desktop.store.log import tables
from workwell_desktop.store.safekeeping import keeping

LARGEST = 150_000


def laid_out(packed: Path, folder: Path) -> Path:
    path = folder / "earlier.workwell"
    with zipfile.ZipFile(packed) as found:
        path.write_bytes(found.read("store"))
        path.with_name(path.name + ".keys").write_bytes(found.read("keys"))
    return path


def opened(path: Path, clock: FixedClock) -> tuple[Store, Identity]:
    return unlock(path, read_slots(path).people[0].person, earlier.PASSPHRASE, clock=clock)


def is_whole(path: Path, clock: FixedClock) -> None:
    """Everything that `make` writes is there; it can be written on, and the whole of it checks."""
    store, anna = opened(path, clock)
    try:
        with store.read() as reader:
            (kim,) = reader.list(Participant)
            (response,) = reader.list(Response)
            assert [str(one.value) for one in reader.history(kim.id, "given_name")] == ["Kim", "Kimberley"]
        assert (kim.given_name, kim.family_name, kim.nhs_number) == ("Kimberley", "Sample", "9990000018")
        assert (response.scope, response.status) == (kim.id, ResponseStatus.IN_PROGRESS)
        assert store.drafts.get("note") == "half a sentence"
        with store.unit(anna) as unit:
            unit.set(Participant, kim.id, family_name="Sampleton")
        report = store.check()
        assert report.ok
        assert report.problems == ()
        with store._engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == tables.SCHEMA
    finally:
        store.close()


@pytest.mark.parametrize("packed", earlier.STORES, ids=lambda packed: packed.stem)
def test_a_store_of_an_earlier_version_opens(packed: Path, tmp_path: Path, clock: FixedClock) -> None:
    assert packed.stat().st_size < LARGEST
    is_whole(laid_out(packed, tmp_path), clock)


def test_before_a_store_is_changed_a_copy_of_it_stands_beside(tmp_path: Path, clock: FixedClock) -> None:
    path = laid_out(earlier.STORES[0], tmp_path)
    is_whole(path, clock)
    (copy,) = keeping.folder_of(path, None).iterdir()
    assert f"-before_{tables.SCHEMA}." in copy.name
    restored = tmp_path / "restored.workwell"
    restore_backup(copy, restored)
    is_whole(restored, clock)


def test_the_store_that_a_release_adds_will_open(tmp_path: Path, clock: FixedClock) -> None:
    is_whole(laid_out(make(tmp_path / "this.zip", clock), tmp_path), clock)


def test_an_older_program_leaves_a_newer_store_as_it_was(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = laid_out(make(tmp_path / "this.zip", clock), tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(tables, "SCHEMA", "0001")
    monkeypatch.setattr(tables, "OLDER", ())
    with pytest.raises(NewerStore) as refused:
        opened(path, clock)
    assert path.read_bytes() == before
    assert sentence(refused.value).startswith("This store was written by a newer version")
    # and so it does where the file of the keys says more than it knows
    monkeypatch.undo()
    monkeypatch.setattr(slots, "asdict", lambda one: {**asdict(one), "of_a_later_version": 1})
    slots.save(path, slots.load(path))
    with pytest.raises(NewerStore):
        opened(path, clock)
