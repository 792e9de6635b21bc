"""Single papers from the record: offered where they can be made, looked at, saved, and in the register."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all, says
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.services.paperwork import register


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def test_a_card_is_looked_at_in_another_format_and_saved_from_the_record(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = here.go("record", tab="papers")
    assert not find_all(page, Role.Button, "Going back bit by bit")
    page = here.go("handout", kind=PaperKind.SERVICE_CARD.value)
    assert "It does not say whose card it is." in says(page)
    choice = find(page, Role.ComboBox, "Format")
    choice.set_value("large")  # type: ignore[attr-defined]
    choice.done.emit()  # type: ignore[attr-defined]
    settle()
    place = tmp_path / "card.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    click(here.page, Role.Button, "Save as PDF")
    settle()
    assert place.read_bytes().startswith(b"%PDF")
    (line,) = register.list_papers(here.desk, here.dani)
    assert (line.kind, len(line.releases)) == (PaperKind.SERVICE_CARD, 1)
    assert "Card of whom to call" in says(here.go("record", tab="papers"))


def test_what_cannot_be_made_yet_says_why(here: AtWork) -> None:
    page = here.go("handout", kind=PaperKind.PHASED_RETURN.value)
    assert "There is no plan yet" in says(page)
    assert not find_all(page, Role.Button, "Print")
