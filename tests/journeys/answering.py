"""A process that answers a PHQ-9 on its real page, item after item, until somebody kills it.

For each answer it prints ``SAVED <question> <code>``, once the foot of the page says that it is saved:
``python -m tests.journeys.answering STORE RESPONSE SEED``.
"""

import os
import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.pages.at_work import NOW
from tests.desktop.reader import says
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.app import StoreGate
from workwell_desktop.catalogue import text
from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.desktop.days import clock_words
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.records import Id
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")


def main(path: Path, response: Id, seed: int) -> None:
    """Answers for ever."""
    app = application()
    clock = FixedClock(NOW)
    person = Id(read_slots(path).people[0].person)
    desk = opening.unlock(path, person, PASSPHRASE, clock=clock, profile=CHEAP)
    program = program_for(StoreGate(path, clock), clock)
    program.start()
    program.enter(desk)
    assert program.workspace is not None
    with desk.read() as reader:
        who = reader.get(Response, response).scope
    program.workspace.navigator.go("assessment", participant=who, response=response)
    page: Any = program.workspace.host.page
    assert wait_for(app, lambda: page.foot is not None)
    program.window.activateWindow()
    chance = random.Random(seed)
    last: dict[str, int] = {}
    while True:
        for number in range(1, 10):
            figure = chance.choice([one for one in range(4) if one != last.get(f"q{number}")])
            last[f"q{number}"] = figure
            # each answer has a minute of its own, so that the foot's words can be told from those before
            clock.set(clock.now() + timedelta(minutes=1))
            answer(page, number, figure)
            words = text("assessment.saved", time=clock_words(clock.now()))
            assert wait_for(app, partial(_foot_says, page, words))
            print(f"SAVED phq9-{number} {CODES[figure]}", flush=True)


def _foot_says(page: Any, words: str) -> bool:
    return page.foot is not None and words in says(page.foot)


def answer(page: Any, number: int, figure: int) -> None:
    """Types the figure of an answer with the question in focus."""
    page._columns[page.part].focus(f"phq9-{number}")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, str(figure))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Id(sys.argv[2]), int(sys.argv[3]))
