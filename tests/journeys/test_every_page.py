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

USUAL, SMALLEST = (1366, 690), (1280, 642)
"""Client areas of the usual laptop and of the smallest."""


def opened(rehearsal: Rehearsal, name: str, size: tuple[int, int] = USUAL) -> None:
    """Opens a place at a size of the window, in the text size that there is."""
    rehearsal.window.resize(*size)
    settle()
    route, find_params = PLACES[name]
    rehearsal.go(route, find_params(rehearsal))
    settle()


def seen_whole(rehearsal: Rehearsal, size: tuple[int, int]) -> None:
    """No Qt warning (the suite fails on one), no word cut, nothing sideways, one filled button, the marks in sight."""
    window = rehearsal.window
    assert window.size().toTuple() == size, "the page pushes the window larger"
    faults = [*sight.cut(window), *(f"sideways: {one}" for one in sight.sideways(window))]
    if len(sight.filled(window)) > 1:
        faults.append(f"filled: {sight.filled(window)}")
    assert not faults, "\n".join(faults)
    assert sight.in_sight(find(window, Role.Grouping, text("shell.rehearsal")))
    if "participant" in rehearsal.page.params:
        assert rehearsal.page.banner is not None
        assert sight.in_sight(rehearsal.page.banner)


def test_every_route_is_gone_to() -> None:
    assert set(routes.table()) <= {route for route, _find in PLACES.values()}


def test_every_route_has_its_picture(rehearsal: Rehearsal) -> None:
    drawn = {route for _name, route, _params in pictures.places(rehearsal.desk)}
    assert set(routes.table()) == drawn


@pytest.mark.parametrize("name", THERE)
def test_a_page_is_seen_whole_and_found_by_role_and_name(rehearsal: Rehearsal, name: str) -> None:
    opened(rehearsal, name)
    seen_whole(rehearsal, USUAL)
    faults = [f"no role or name: {one}" for one in sight.unnamed(rehearsal.window)]
    faults += sight.unreached(rehearsal.window)
    assert not faults, "\n".join(faults)
    opened(rehearsal, name, SMALLEST)
    seen_whole(rehearsal, SMALLEST)


@pytest.mark.parametrize("percent", [200])
@pytest.mark.parametrize("name", THERE)
def test_a_page_in_the_largest_text_is_seen_whole_on_the_smallest_laptop(
    rehearsal: Rehearsal, name: str, percent: int
) -> None:
    opened(rehearsal, name, SMALLEST)
    assert theme().scale.percent == percent
    seen_whole(rehearsal, SMALLEST)


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
