"""A card in another language, chosen in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all
from tests.services.paperwork.test_papers import words_of
from tests.services.person.test_appointments import MEET
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.person import appointments


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def test_the_card_of_an_appointment_is_saved_in_the_language_that_was_chosen(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = appointments.book(here.desk, Id(here.dani), MEET)
    page = here.go("appointment", contact=talk)
    english = page.paper.sheet.grab().toImage()
    choice = find(page, Role.ComboBox, "Language")
    choice.set_value("pl")  # type: ignore[attr-defined]
    choice.done.emit()  # type: ignore[attr-defined]
    settle()
    assert page.paper.sheet.grab().toImage() != english
    place = tmp_path / "card.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    click(page, Role.Button, "Save the card as a file")
    settle()
    assert "Twoja wizyta" in words_of(place.read_bytes())


def test_a_card_is_saved_in_the_language_that_was_chosen(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = here.go("handout", kind=PaperKind.SERVICE_CARD.value)
    choice = find(page, Role.ComboBox, "Language")
    choice.set_value("pl")  # type: ignore[attr-defined]
    choice.done.emit()  # type: ignore[attr-defined]
    settle()
    place = tmp_path / "card.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    click(here.page, Role.Button, "Save as PDF")
    settle()
    said = words_of(place.read_bytes())
    assert "Do kogo zadzwonić" in said
    assert "Life in danger" in said
    shown_at_work = here.go("handout", kind=PaperKind.ACCESS_COPY.value)
    assert not find_all(shown_at_work, Role.ComboBox, "Language")
