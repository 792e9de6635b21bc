"""Participants: found as one types, opened by the keyboard, remembered on the way back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import says
from workwell_desktop.services.caseload import search


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        with_pages(found)
        found.workspace.navigator.go("participants")
        settle()
        yield found


def test_a_person_is_found_by_employer_and_opened_by_keyboard(here: AtWork) -> None:
    assert focus().accessibleName() == "Find by name, NHS number or employer"
    write("northgate")
    assert "1 of my 1 person match “northgate”" in says(here.page)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert here.page.route == "record"
    assert here.page.who == here.dani
    page = here.back()
    assert page.search.text() == "northgate"
    page._rest.stop()


def test_before_the_first_person_it_says_how_somebody_comes(here: AtWork) -> None:
    found = search.find(here.desk, "", here.page._among)
    here.page._show(replace(found, rows=(), of=0, counts=dict.fromkeys(found.counts, 0)))
    assert "Nobody is here yet" in says(here.page)
    assert "Nobody is found" not in says(here.page)
    here.page._show(found)
    assert "Nobody is here yet" not in says(here.page)


def test_nobody_found_says_what_to_try(here: AtWork) -> None:
    write("zzz")
    words = says(here.page)
    assert "Nobody is found" in words
    assert "Try fewer letters" in words
    here.page._rest.stop()
