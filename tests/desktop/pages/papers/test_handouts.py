"""Single papers from the record: offered where they can be made, looked at, saved, and in the register."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, description, find, find_all, says
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork.access_copies import Reason


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


def test_what_tells_of_others_is_held_back_from_the_copy_by_keyboard(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with here.desk.unit() as unit:
        work = unit.reader.list(WorkSituation, scope=here.dani)[0]
        unit.set(WorkSituation, work.id, employer_person="Sue Hartley, depot manager")
    page = here.go("handout", kind=PaperKind.ACCESS_COPY.value)
    assert "Said by somebody else, or about them. “Sue Hartley, depot manager”" in says(page)
    choice = next(one for one in find_all(page, Role.ComboBox) if "Sue Hartley" in description(one))
    label = choice.accessibleName()
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    settle()
    assert set(page.held.values()) == {Reason.CONFIDENCE}
    again = find(page, Role.ComboBox, label)
    assert again.value() == "confidence"  # type: ignore[attr-defined]
    place = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    button = find(page, Role.Button, "Save as PDF")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    words = words_of(place.read_bytes())
    assert "Sue Hartley" not in words
    assert "Somebody else said it in confidence" in words
    QTest.keyClick(find(page, Role.ComboBox, label), Qt.Key.Key_Up)
    settle()
    assert page.held == {}


def test_what_cannot_be_made_yet_says_why(here: AtWork) -> None:
    page = here.go("handout", kind=PaperKind.PHASED_RETURN.value)
    assert "There is no plan yet" in says(page)
    assert not find_all(page, Role.Button, "Print")
