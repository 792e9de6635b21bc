"""One rehearsal store for every test of the folder, and the whole program on it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import qapp, settle
from tests.journeys.hands import Hands
from tests.journeys.places import Rehearsal
from tests.services.conftest import CHEAP
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.services import demo
from workwell_desktop.services.demo import tour
from workwell_desktop.store import Argon2Profile

__all__ = ["qapp"]

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
"""A Tuesday morning in London."""


@pytest.fixture(scope="package")
def rehearsal(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsal]:
    """The demonstration caseload in the real window, signed in; nobody writes in it."""
    clock = FixedClock(NOW)
    path = tmp_path_factory.mktemp("rehearsal") / "rehearsal.workwell"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKWELL_HOME", str(path.parent))
        desk = demo.make_store(path, clock=clock, profile=CHEAP)
        tour.keep(desk, tour.ENDED)
        gate = StoreGate(path, clock)
        program = program_for(gate, clock, Inline())
        program.window.resize(1366, 690)
        program.start()
        program.enter(desk)
        # it rests by the real time; on a busy computer the tests that share it take longer, and it would lock
        program._minutes = 24 * 60
        program.rest_after(None)
        program.window.activateWindow()
        settle()
        assert program.workspace is not None
        yield Rehearsal(path, desk, program.window, program.workspace, program)
        program.window.close()
        program.close()
        desk.lock()
        program.window.deleteLater()
        settle()


@pytest.fixture
def percent() -> int:
    """The text size that a test begins with: the usual one, unless it has a parameter of this name."""
    return 100


@pytest.fixture(autouse=True)
def look(qapp: QApplication, percent: int) -> None:
    """The usual look before each test; dressing the window anew costs more than opening a page."""
    if (theme().scale.percent, theme().scheme, theme().scale.wide) != (percent, "light", False):
        theme().choose(percent=percent, scheme="light", wide=False)


@pytest.fixture
def clock() -> FixedClock:
    """Of the window and of the store alike."""
    return FixedClock(NOW)


@pytest.fixture
def gate(qapp: QApplication, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreGate]:
    """A computer that nobody has used yet; passphrases cost little."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Argon2Profile, "calibrated", classmethod(lambda _cls: CHEAP))
    monkeypatch.setattr(Argon2Profile, "floor", classmethod(lambda _cls: CHEAP))
    made = StoreGate(None, clock)
    yield made
    made.close()


@pytest.fixture
def hands(gate: StoreGate, clock: FixedClock) -> Iterator[Hands]:
    program = program_for(gate, clock)
    program.window.resize(1366, 768)
    program.start()
    program.window.activateWindow()
    settle()
    yield Hands(program)
    program.window.close()
    program.close()
    program.window.deleteLater()
    settle()
