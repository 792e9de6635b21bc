"""kill -9 between the log and the key slots, which are two files: nobody is locked out, and nobody is half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.conftest import FAST, PASSPHRASE, House
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import WrongPassphrase
from workwell_desktop.store import Founder, Store, slots, unlock, unlock_with_recovery

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")

NEW = "another long one"
_KILLED = """
import os, sys
from pathlib import Path
from tests.store.conftest import FAST, PASSPHRASE
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.store import Founder, slots, unlock, unlock_with_recovery
from workwell_desktop.store.keys.recovery import RecoveryCode
path, person, code = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
die = lambda *_: os.kill(os.getpid(), 9)
written, save = slots.write_atomically, slots.save
def saved(*given):
    save(*given)
    die()
def half(file, data):
    written(file, data)
    die()
"""
_ENTER = "store, me = unlock(path, person, PASSPHRASE, clock=SystemClock())\n{kill}\n"
_BY_CODE = "store = unlock_with_recovery(path, RecoveryCode.parse(code), clock=SystemClock())\n{kill}\n"
CHANGE = f"{_ENTER}store.change_passphrase(me, PASSPHRASE, {NEW!r}, profile=FAST)"
ADD = f"{_ENTER}store.add_person(me, Founder('Ben Sample', Profession.COACH, 'words of his'), profile=FAST)"
RECOVER = f"{_BY_CODE}store.set_passphrase(person, {NEW!r}, profile=FAST)"
BEFORE, BETWEEN, AFTER = "slots.save = die", "slots.write_atomically = half", "slots.save = saved"


def killed(house: House, act: str, moment: str) -> None:
    house.store.close()
    script = _KILLED + act.format(kill=moment)
    arguments = [sys.executable, "-c", script, str(house.path), house.anna.person, " ".join(house.code.groups)]
    run = subprocess.run(arguments, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert run.returncode == -signal.SIGKILL, run.stderr


def opened(house: House, *passphrases: str) -> tuple[Store, str]:
    """Opens with the first of these that opens."""
    for words in passphrases:
        try:
            store, _anna = unlock(house.path, house.anna.person, words, clock=house.clock)
        except WrongPassphrase:
            continue
        house.close_later.append(store)
        return store, words
    raise AssertionError("nobody can get in")


def writes(store: Store, person: Id, words: str, kim: Id) -> None:
    """What this person writes now is signed by a key that the log knows."""
    with store.unit(store.identity(person, words)) as unit:
        unit.set(Participant, kim, town="Leeds")
    report = store.check()
    assert report.ok, report.problems


@pytest.mark.parametrize(("moment", "opens"), [(BEFORE, PASSPHRASE), (BETWEEN, NEW), (AFTER, NEW)])
def test_a_passphrase_being_changed_is_the_old_or_the_new_one(house: House, moment: str, opens: str) -> None:
    kim = house.participant()
    killed(house, CHANGE, moment)
    store, words = opened(house, PASSPHRASE, NEW)
    assert words == opens
    writes(store, house.anna.person, words, kim)
    written = (slots.keys_path(house.path).read_bytes(), slots.copy_path(house.path).read_bytes())
    assert written[0] == written[1], "the copy opens with the same words from the next unlock on"
    store.close()
    unlock_with_recovery(house.path, house.code, clock=house.clock).close()


@pytest.mark.parametrize("moment", [BEFORE, BETWEEN, AFTER])
def test_somebody_who_was_being_added_is_not_half_there(house: House, moment: str) -> None:
    kim = house.participant()
    killed(house, ADD, moment)
    store, words = opened(house, PASSPHRASE)
    assert [one.name for one in store.header.people] == ["Anna Example"]
    assert [slot.holder for slot in slots.load(house.path).sealed if slot.kind == "person"] == [house.anna.person]
    with store.read() as reader:
        assert reader.count(Person) == 1
    writes(store, house.anna.person, words, kim)
    ben = store.add_person(
        store.identity(house.anna.person, words), Founder("Ben Sample", Profession.COACH, "words of his"), profile=FAST
    )
    writes(store, ben, "words of his", kim)


@pytest.mark.parametrize("moment", [BEFORE, BETWEEN, AFTER])
def test_a_recovery_that_was_cut_short_is_done_again(house: House, moment: str) -> None:
    kim = house.participant()
    killed(house, RECOVER, moment)
    store, words = opened(house, NEW, PASSPHRASE)
    assert words == (PASSPHRASE if moment == BEFORE else NEW)
    writes(store, house.anna.person, words, kim)
    store.close()
    store = unlock_with_recovery(house.path, house.code, clock=house.clock)
    house.close_later.append(store)
    identity = store.set_passphrase(house.anna.person, "a third set of words", profile=FAST)
    writes(store, house.anna.person, "a third set of words", kim)
    assert identity.signer().chain == (store.trust()[0],)
    assert store.authority(identity).key
