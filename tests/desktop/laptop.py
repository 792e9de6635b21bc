"""The whole program on a real store that two people work on: what a test of the way through the window begins with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, click, find
from tests.services.conftest import CHEAP, FIRST, OFF_SICK, PASSPHRASE, TAKES_PART, dani
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.operations import Inline, Runner
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
MAYA, TOM = "Maya Okafor", "Tom Reid"


@dataclass
class Laptop:
    """One computer with its store; nobody is signed in at first."""

    program: Program
    gate: StoreGate
    clock: FixedClock

    @property
    def window(self) -> Window:
        return self.program.window

    @property
    def desk(self) -> Desk:
        found = self.gate._desk
        assert found is not None
        found.profile = CHEAP
        return found

    @property
    def page(self) -> Any:
        work = self.program.workspace
        assert work is not None
        return work.host.page

    def rest(self) -> None:
        """Until nothing is under way on the store's thread."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        assert wait_for(app, lambda: not self.program.operations.running)
        settle()

    def unlock(self, name: str = MAYA, passphrase: str = PASSPHRASE) -> None:
        """As somebody does with the mouse."""
        click(self.window, Role.RadioButton, name)
        QTest.keyClicks(find(self.window, Role.EditableText, "Passphrase"), passphrase)
        click(self.window, Role.Button, "Unlock")
        self.rest()
        assert self.desk.person.name == name

    def go(self, route: str, **params: str) -> Any:
        work = self.program.workspace
        assert work is not None
        work.navigator.go(route, **params)
        settle()
        return self.page

    def person(self, name: str) -> Id:
        """Of the people who work here."""
        return next(one.id for one in people.everyone(self.desk, gone=True) if one.name == name)


def make(path: Path) -> None:
    """A closed store: Maya, administrator and coach; Tom, coach; Dani Marsh is Maya's."""
    desk, _code = opening.create(path, FIRST, clock=FixedClock(NOW), profile=CHEAP)
    people.add(desk, NewPerson(TOM, Profession.COACH, frozenset({"coach"}), PASSPHRASE, teams=desk.person.teams))
    referrals.create(
        desk,
        NewReferral(
            source=ReferralSource.GP,
            reason="Off work with her back.",
            who=dani(),
            agreements=(TAKES_PART,),
            work=OFF_SICK,
            accept=True,
        ),
    )
    desk.lock()


@contextmanager
def at_the_laptop(made: Path, folder: Path, runner: Runner | None = None) -> Iterator[Laptop]:
    """Opens the window on a copy of the store; work is done at once, or by ``runner``."""
    for file in made.parent.iterdir():
        if file.name.startswith(made.name) and not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    clock = FixedClock(NOW)
    gate = StoreGate(folder / made.name, clock)
    program = program_for(gate, clock, runner or Inline())
    program.window.resize(1366, 768)
    program.start()
    program.window.activateWindow()
    settle()
    try:
        yield Laptop(program, gate, clock)
    finally:
        program.window.close()
        program.close()
        gate.close()
        program.window.deleteLater()
        settle()
