"""Every page of the window with the demonstration caseload: seen whole, found by role and name, reached by keyboard."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, find, says
from tests.journeys import sight
from tests.journeys.places import ABOUT_ONE, PLACES, THERE, Rehearsal
from workwell_desktop.catalogue import text
from workwell_desktop.desktop import pictures
from workwell_desktop.desktop.pages import routes
from workwell_desktop.desktop.theme.theme import theme

LOOKS = [(1366, 690, 100), (1280, 642, 100), (1280, 642, 200)]
"""Client areas of the usual laptop and of the smallest, and the largest text on it."""


def opened(rehearsal: Rehearsal, name: str, width: int = 1366, height: int = 690, percent: int = 100) -> None:
    """Opens a place at a size of the window and of the text."""
    if theme().scale.percent != percent:
        theme().choose(percent=percent)
    rehearsal.window.resize(width, height)
    settle()
    route, find_params = PLACES[name]
    rehearsal.go(route, find_params(rehearsal))
    settle()


def test_every_route_is_gone_to() -> None:
    assert set(routes.table()) <= {route for route, _find in PLACES.values()}


def test_every_route_has_its_picture(rehearsal: Rehearsal) -> None:
    drawn = {route for _name, route, _params in pictures._places(rehearsal.desk)}
    assert set(routes.table()) == drawn


@pytest.mark.parametrize(("width", "height", "percent"), LOOKS)
@pytest.mark.parametrize("name", THERE)
def test_a_page_is_seen_whole(rehearsal: Rehearsal, name: str, width: int, height: int, percent: int) -> None:
    """No Qt warning (the suite fails on one), no word cut, nothing sideways, one filled button, the marks in sight."""
    opened(rehearsal, name, width, height, percent)
    window = rehearsal.window
    assert window.size().toTuple() == (width, height), "the page pushes the window larger"
    faults = [*sight.cut(window), *(f"sideways: {one}" for one in sight.sideways(window))]
    if len(sight.filled(window)) > 1:
        faults.append(f"filled: {sight.filled(window)}")
    assert not faults, "\n".join(faults)
    assert sight.in_sight(find(window, Role.Grouping, text("shell.rehearsal")))
    if "participant" in rehearsal.page.params:
        assert rehearsal.page.banner is not None
        assert sight.in_sight(rehearsal.page.banner)


@pytest.mark.parametrize("name", THERE)
def test_a_page_is_found_and_reached_by_keyboard(rehearsal: Rehearsal, name: str) -> None:
    opened(rehearsal, name)
    faults = [f"no role or name: {one}" for one in sight.unnamed(rehearsal.window)]
    faults += sight.unreached(rehearsal.window)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_another_persons_page_holds_nothing_of_the_first(rehearsal: Rehearsal, name: str) -> None:
    route, find_params = PLACES[name]
    params = find_params(rehearsal)
    first = rehearsal.participant(rehearsal.main)
    rehearsal.go(route, params)
    assert first.family_name
    assert first.family_name in says(rehearsal.window), "the page says whose it is"
    QApplication.clipboard().setText(f"copied of {first.family_name}")
    second = next(one for one in map(rehearsal.participant, rehearsal.others()) if one.family_name != first.family_name)
    rehearsal.go(route, {**params, "participant": str(second.id)})
    settle()
    marks = [mark for mark in (first.family_name, first.nhs_number, first.preferred_name, first.address) if mark]
    held = [*sight.words_anywhere(rehearsal.window), QApplication.clipboard().text()]
    left = [words for words in held if any(mark in words for mark in marks)]
    assert not left, left
