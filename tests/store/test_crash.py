"""kill -9 in the middle of answers: whatever was said to be saved is there, and the store is whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.store.conftest import FAST, PASSPHRASE, House
from workwell_desktop.store import unlock

_WRITER = """
import sys
from pathlib import Path
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.store import unlock
store, anna = unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=SystemClock())
number = int(sys.argv[5])
while True:
    with store.unit(anna) as unit:
        unit.answer(sys.argv[4], f"q{number % 60}", number)
        unit.answer(sys.argv[4], "both", number)
    print(number, flush=True)
    number += 1
"""


def rounds(house: House, count: int) -> None:
    response = house.response(house.participant())
    house.store.close()
    saved = 0
    for turn in range(count):
        arguments = [str(house.path), house.anna.person, PASSPHRASE, response, str(saved + 1)]
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, *arguments], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.01 + 0.013 * turn)
        os.kill(writer.pid, signal.SIGKILL)
        said = [int(line) for line in writer.stdout.read().split("\n") if line.strip()]
        writer.wait()
        writer.stdout.close()
        saved = max([saved, *said])
        store, _anna = unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
        try:
            with store.read() as reader:
                answers = reader.answers(response)
            both = answers["both"]
            assert isinstance(both, int)
            assert both >= saved, "an answer that was shown as saved is gone"
            assert answers[f"q{both % 60}"] == both, "half a unit"
            saved = both
            if turn % 4 == 0:
                assert store.check().ok
        finally:
            store.close()
    assert FAST.weak


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_writer_loses_nothing_that_was_saved(house: House) -> None:
    rounds(house, 5)


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_sixty_killed_writers_lose_nothing(house: House) -> None:
    rounds(house, 60)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_store_that_was_killed_while_being_made_is_no_store(house: House, tmp_path: Path) -> None:
    script = (
        "import sys, os; from pathlib import Path; from tests.store.conftest import ANNA, FAST;"
        "from workwell_desktop.domain.clock import SystemClock; from workwell_desktop.store import slots, create_store;"
        "slots.save = lambda *_: os.kill(os.getpid(), 9);"
        "create_store(Path(sys.argv[1]), ANNA, clock=SystemClock(), partnership_name='P', site='generic', profile=FAST)"
    )
    made = tmp_path / "killed.store"
    run = subprocess.run([sys.executable, "-c", script, str(made)], check=False, cwd=Path(__file__).parents[2])
    assert run.returncode == -signal.SIGKILL
    from workwell_desktop.errors import NotAStore
    from workwell_desktop.store import read_slots

    with pytest.raises(NotAStore):
        read_slots(made)
