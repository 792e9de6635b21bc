"""Two partnerships between which a case travels; what their stores hold at first is made once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE, TUESDAY, at_work, copied
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening

THEIRS = "Low Moor partnership"


def with_a_case(made_store: Path, folder: Path, begin: Callable[[Desk], object]) -> Path:
    """A closed copy of a store in which ``begin`` was done."""
    path = copied(made_store, folder)
    with at_work(path, FixedClock(TUESDAY)) as desk:
        begin(desk)
    return path


@pytest.fixture(scope="session")
def made_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of another partnership."""
    path = tmp_path_factory.mktemp("made") / "elsewhere.workwell"
    first = opening.FirstRun(THEIRS, "Low Moor team", "Ann Bell", Profession.COACH, PASSPHRASE)
    desk, _code = opening.create(path, first, clock=FixedClock(TUESDAY), profile=CHEAP)
    desk.lock()
    return path


@pytest.fixture
def elsewhere(made_elsewhere: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """A copy of it, at work."""
    with at_work(copied(made_elsewhere, tmp_path), clock) as opened:
        yield opened
