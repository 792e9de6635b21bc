"""The text size changed while a page is open: words that are moved or put aside for it are as large as all others."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.desktop.conftest import settle
from tests.journeys.places import PLACES, Rehearsal
from workwell_desktop.desktop.pages.assessment.page import AssessmentPage
from workwell_desktop.desktop.theme.theme import refresh, theme


def sizes(root: QWidget) -> dict[QWidget, int]:
    return {part: part.font().pixelSize() for part in root.findChildren(QWidget) if part.isVisible()}


def odd(root: QWidget) -> list[str]:
    """What is drawn in another size than it would be if it were dressed now."""
    before = sizes(root)
    refresh(root)
    after = sizes(root)
    return [f"{type(part).__name__} {size} for {after[part]}" for part, size in before.items() if after[part] != size]


def seen(rehearsal: Rehearsal, percent: int, width: int, height: int) -> list[str]:
    theme().choose(percent=percent)
    settle()
    rehearsal.window.resize(width, height)
    settle()
    return odd(rehearsal.window)


@pytest.mark.parametrize("name", ["coming-in", "session"])
def test_what_moves_for_another_text_size_takes_it(rehearsal: Rehearsal, name: str) -> None:
    route, find_params = PLACES[name]
    rehearsal.window.resize(1366, 690)
    rehearsal.go(route, find_params(rehearsal))
    assert seen(rehearsal, 200, 1366, 690) == []
    assert seen(rehearsal, 200, 1280, 642) == []
    assert seen(rehearsal, 100, 1366, 690) == []


def test_the_parts_of_a_form_take_it_each_time_they_come_back(rehearsal: Rehearsal) -> None:
    route, find_params = PLACES["assessment-begun"]
    rehearsal.window.resize(1366, 690)
    page = rehearsal.go(route, find_params(rehearsal))
    assert isinstance(page, AssessmentPage)
    for part in (0, 1):
        page.show_part(part)
        settle()
    seen(rehearsal, 200, 1280, 642)
    for part in (0, 1, 0, 1):
        page.show_part(part)
        settle()
        assert odd(rehearsal.window) == [], part
