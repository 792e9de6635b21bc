"""A new key for the whole store: old slots open nothing, whoever stays comes in, and no kill leaves anybody outside."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.conftest import FAST, PASSPHRASE, House, content, exchange
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import DamagedStore, DiskFull, NoPermission, WrongPassphrase
from workwell_desktop.store import Founder, beside, slots, unlock, unlock_with_escrow, unlock_with_recovery
from workwell_desktop.store.safekeeping import rekey

BEN = Founder("Ben Example", Profession.COACH, "amber lantern seven")
CY = Founder("Cy Example", Profession.COACH, "copper kettle nine")


def test_who_was_removed_opens_nothing_any_more_and_the_others_do(house: House, tmp_path: Path) -> None:
    from nacl.public import PrivateKey

    escrow = PrivateKey.generate()
    house.store.set_escrow(house.anna, bytes(escrow.public_key))
    ben, cy = (house.store.add_person(house.anna, one, profile=FAST) for one in (BEN, CY))
    kim = house.participant()
    old_keys = house.path.with_name(house.path.name + ".keys").read_bytes()
    before = content(house.store)
    code = house.store.rekey(house.anna, [ben], profile=FAST)
    # the store goes on in the same hands, and says where it stands
    with house.store.read() as reader:
        assert reader.history(kim, "given_name")
    assert content(house.store) == before
    assert house.store.check().ok
    house.again()
    house.store.close()
    with pytest.raises(WrongPassphrase):
        unlock(house.path, ben, BEN.passphrase, clock=house.clock)
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(house.path, house.code, clock=house.clock)
    unlock_with_recovery(house.path, code, clock=house.clock).close()
    unlock_with_escrow(house.path, bytes(escrow), clock=house.clock).close()
    store, found = unlock(house.path, cy, CY.passphrase, clock=house.clock)
    house.close_later.append(store)
    store.change_passphrase(found, CY.passphrase, "willow copper lantern", profile=FAST)
    store.close()
    unlock(house.path, cy, "willow copper lantern", clock=house.clock)[0].close()
    # the slots of before, put back by whoever kept them, open no page of the new file
    for name in (".keys", ".keys.copy"):
        house.path.with_name(house.path.name + name).write_bytes(old_keys)
    with pytest.raises(DamagedStore):
        unlock(house.path, ben, BEN.passphrase, clock=house.clock)


def test_who_got_other_keys_on_another_laptop_comes_in_here_as_before(house: House) -> None:
    """Ben forgot his passphrase on the one laptop and got new keys there; on the other his slot still holds those of
    before, and he is not shut out of it when it gets a new key."""
    ben = house.store.add_person(house.anna, BEN, profile=FAST)
    with house.store.unit(house.store.identity(ben, BEN.passphrase)) as unit:
        unit.event(AuditEvent(AuditKind.UNLOCKED))
    twin, _anna = house.twin()
    twin.set_passphrase(ben, "willow copper lantern", profile=FAST)
    exchange(house.store, twin)
    house.store.rekey(house.anna, profile=FAST)
    house.store.close()
    store, as_ben = unlock(house.path, ben, BEN.passphrase, clock=house.clock)
    house.close_later.append(store)
    with store.unit(as_ben) as unit:
        unit.set(Person, ben, phone="01632 960004")
    assert store.check().ok


def test_only_who_holds_the_authority_may_and_nobody_removes_themselves(house: House) -> None:
    ben = house.store.add_person(house.anna, BEN, profile=FAST)
    as_ben = house.store.identity(ben, BEN.passphrase)
    with pytest.raises(NoPermission):
        house.store.rekey(as_ben, profile=FAST)
    with pytest.raises(ValueError, match="own slot"):
        house.store.rekey(house.anna, [house.anna.person], profile=FAST)


def test_a_disk_that_is_full_leaves_the_store_as_it_was(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(rekey, "sync_folder", full)
    with pytest.raises(DiskFull):
        house.store.rekey(house.anna, profile=FAST)
    monkeypatch.undo()
    assert not house.path.with_name(house.path.name + ".next").exists()
    assert house.participant()
    house.again()
    assert house.store.check().ok


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a killed process leaves there what it leaves on a disk, and sooner."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else tmp_path) as folder:
        yield Path(folder)


def killed_at(step: int, path: Path, anna: str, ben: str) -> int:
    """A child that changes the keys and is killed at its ``step``-th touch of the disk; how it ended."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def touched(*given: object, **named: object) -> object:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return touched

        try:
            store, as_anna = unlock(path, Id(anna), PASSPHRASE, clock=SystemClock())
            for module in (rekey, beside):
                for name in ("sync_folder", "write_atomically"):
                    setattr(module, name, counted(getattr(module, name)))
            for name in ("replace", "unlink"):
                setattr(Path, name, counted(getattr(Path, name)))
            store.rekey(as_anna, [ben], profile=FAST)
        except BaseException:  # noqa: BLE001 - the child must never go on as a second test run
            os._exit(2)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_at_each_step_the_store_opens_whole_under_the_one_key_or_the_other(house: House, memory: Path) -> None:
    ben = house.store.add_person(house.anna, BEN, profile=FAST)
    kim = house.participant()
    house.store.close()
    seen = []
    for step in range(1, 40):
        folder = memory / f"try{step}"
        folder.mkdir()
        for one in house.path.parent.glob(house.path.name + "*"):
            shutil.copy(one, folder / one.name)
        path = folder / house.path.name
        ended = killed_at(step, path, house.anna.person, ben)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        store, _anna = unlock(path, house.anna.person, PASSPHRASE, clock=house.clock)
        house.close_later.append(store)
        with store.read() as reader:
            assert reader.get(Participant, kim).given_name == "Kim"
        store.close()
        seen.append("after" if slots.load(path).slot("person", ben) is None else "before")
        assert not path.with_name(path.name + ".keys.next").exists()
    else:
        raise AssertionError("never came to the end")
    # once it counts it counts
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {"before", "after"}
