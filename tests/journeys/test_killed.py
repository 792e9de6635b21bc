"""kill -9 in the middle of an assessment: every answer that the page called saved is in the store, and it is whole."""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import FORMS
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.support.tree import ROOT
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Mode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Coding
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")


def begun(path: Path) -> Id:
    """A PHQ-9 that was begun, in a closed store."""
    at_work.make(path)
    desk = opening.unlock(path, whoever(path), PASSPHRASE, clock=FixedClock(at_work.NOW), profile=CHEAP)
    try:
        with desk.read() as reader:
            who = reader.list(Participant)[0].id
        return assessments.start(desk, who, FORMS + "phq-9", Mode.INTERVIEW).response
    finally:
        desk.store.close()


def whoever(path: Path) -> Id:
    return Id(read_slots(path).people[0].person)


def held(path: Path, response: Id) -> dict[str, str]:
    """What the store holds by question, after it was looked through."""
    desk = opening.unlock(path, whoever(path), PASSPHRASE, clock=FixedClock(at_work.NOW), profile=CHEAP)
    try:
        assert desk.store.check().ok
        with desk.read() as reader:
            answers = reader.answers(response)
        return {key: value.code or "" for key, value in answers.items() if isinstance(value, Coding)}
    finally:
        desk.store.close()


def said_until_killed(path: Path, response: Id, seed: int, chance: random.Random) -> list[tuple[str, str]]:
    """Lets the page answer, kills it at some moment, and gives what its foot had called saved, in order."""
    arguments = [sys.executable, "-m", "tests.journeys.answering", str(path), response, str(seed)]
    answering = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert answering.stdout is not None
    # a moment is one of the few answers and a part of the time that one takes
    wanted, later = chance.randrange(1, 14), chance.random() * 0.02
    said: list[tuple[str, str]] = []
    for line in answering.stdout:
        word, link_id, code = line.split()
        assert word == "SAVED"
        said.append((link_id, code))
        if len(said) == wanted:
            threading.Timer(later, os.kill, (answering.pid, signal.SIGKILL)).start()
    assert answering.wait() == -signal.SIGKILL
    answering.stdout.close()
    assert len(said) >= wanted
    return said


def rounds(path: Path, count: int) -> None:
    response = begun(path)
    chance = random.Random(20261124)
    shown: dict[str, str] = {}
    for turn in range(count):
        said = said_until_killed(path, response, turn, chance)
        shown.update(said)
        found = held(path, response)
        # one answer may have been made durable after the last one that the page could speak of
        other = {key for key, code in shown.items() if found.get(key) != code}
        assert len(other) <= 1, f"shown as saved and gone: {sorted(other)}"
        if other:
            assert other.isdisjoint({said[-1][0]}), "the last answer shown as saved is gone"
            (key,) = other
            assert found.get(key), "an answer shown as saved is gone"
        shown.update(found)


@pytest.mark.timeout(120)
def test_no_answer_shown_as_saved_is_lost_by_killing_the_page(tmp_path: Path) -> None:
    rounds(tmp_path / "made.workwell", 4)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_hundred_killed_pages_lose_no_answer(tmp_path: Path) -> None:
    rounds(tmp_path / "made.workwell", 100)
