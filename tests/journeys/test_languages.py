"""The screen in other languages: nothing on a page passes the catalogue by, long words are not cut off, one may read
from the right, and no paper ever hears of it."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from tests.desktop.conftest import settle
from tests.journeys import sight
from tests.journeys.leaks import Known, literals
from tests.journeys.places import PLACES, Rehearsal
from workwell_desktop.catalogue import Catalogue
from workwell_desktop.desktop.speaking import speak
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain import screen
from workwell_desktop.domain.pseudo_language import LONG, RIGHT_TO_LEFT

ON_THE_LAPTOP, SMALLEST = (1366, 690), (1280, 642)
IN_A_SAMPLE = re.compile("November|December")
"""What a letter says of a person who is made up stands on its page in the language of the letter."""
ALONE = ("plan-changes", "record", "session", "settings-mine", "today", "work")
"""Pages with the longest words, drawn from left to right as well."""


@pytest.fixture
def spoken(rehearsal: Rehearsal) -> Iterator[Rehearsal]:
    """The window, whose language a test changes; afterwards it speaks English, as a window made anew."""
    yield rehearsal
    _speak(rehearsal, "en-GB")


def _speak(rehearsal: Rehearsal, language: str, percent: int = 100) -> None:
    """As at the next unlocking: the workspace is made anew, in the text size of whoever comes in."""
    program = rehearsal.program
    program.language = language
    speak(language)
    program.enter(rehearsal.desk)
    program._minutes = 24 * 60
    program.rest_after(None)
    settle()
    assert program.workspace is not None
    rehearsal.workspace = program.workspace
    theme().choose(percent=percent)


def _wrong(rehearsal: Rehearsal, name: str, known: Known) -> Iterator[str]:
    route, find_params = PLACES[name]
    window = rehearsal.window
    size = ON_THE_LAPTOP if theme().scale.percent == 100 else SMALLEST
    window.resize(*size)
    rehearsal.go(route, find_params(rehearsal))
    settle()
    if window.size().toTuple() != size:
        yield f"{name} pushes the window larger: {window.size().toTuple()}"
    for fault in [*sight.cut(window), *(f"sideways: {one}" for one in sight.sideways(window))]:
        yield f"{name}: {fault}"
    for fault in literals(window, known):
        if name == "letters" and IN_A_SAMPLE.search(fault):
            continue
        yield f"{name}: not of the catalogue: {fault}"


@pytest.mark.timeout(300)  # every page, which takes a busy computer its time
def test_every_page_in_long_words_from_right_to_left(spoken: Rehearsal) -> None:
    """One walk finds what passes the catalogue by, what is cut off, and what is made for one side alone."""
    known = Known(spoken.desk)
    _speak(spoken, RIGHT_TO_LEFT)
    assert QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    faults = [fault for name in PLACES for fault in _wrong(spoken, name, known)]
    assert not faults, "\n".join(faults)


def test_the_longest_pages_in_long_words(spoken: Rehearsal) -> None:
    known = Known(spoken.desk)
    _speak(spoken, LONG)
    faults = [fault for name in ALONE for fault in _wrong(spoken, name, known)]
    assert not faults, "\n".join(faults)


def test_the_longest_pages_in_long_words_and_the_largest_text(spoken: Rehearsal) -> None:
    """The smallest laptop, twice the text, and words longer by 40 %: the least room that there is."""
    known = Known(spoken.desk)
    _speak(spoken, LONG, 200)
    faults = [fault for name in ALONE for fault in _wrong(spoken, name, known)]
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("percent", [100, 200])
def test_every_page_in_long_words(spoken: Rehearsal, percent: int) -> None:
    known = Known(spoken.desk)
    _speak(spoken, LONG, percent)
    faults = [fault for name in PLACES for fault in _wrong(spoken, name, known)]
    assert not faults, "\n".join(faults)


def test_words_in_the_code_are_found_on_the_screen(spoken: Rehearsal) -> None:
    known = Known(spoken.desk)
    _speak(spoken, LONG)
    spoken.go("about", {})
    planted = QLabel("Quite plainly written here", spoken.window)
    planted.show()
    assert [fault for fault in literals(spoken.window, known) if "plainly" in fault]
    planted.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_welsh_is_spoken_where_it_is_there_and_english_where_it_is_not(spoken: Rehearsal) -> None:
    _speak(spoken, "cy")
    spoken.go("participants", {})
    said = [one.text() for one in spoken.window.findChildren(QLabel) if one.isVisible()]
    assert any("Cyfranogwyr" in words for words in said)
    assert screen.text("participants.out_of_work_days", count=2) == "Allan o waith, 2 ddiwrnod"
    assert screen.text("participants.out_of_work_days", count=3) == "Allan o waith, 3 diwrnod"
    assert screen.text("papers.draft") == Catalogue().text("papers.draft")
