"""The store that most pages are tested on, made once, and the window on a copy of it for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store that no test writes to: ``at_work.begin`` opens a copy."""
    path = tmp_path_factory.mktemp("at_work") / "made.workwell"
    at_work.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield found
