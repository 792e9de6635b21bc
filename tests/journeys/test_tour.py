"""The tour leads through ten pages by keyboard, waits where it was left, and is in no store of real people."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, find
from tests.journeys.places import Rehearsal
from tests.journeys.sight import cut
from workwell_desktop.catalogue import text
from workwell_desktop.desktop.touring import Touring
from workwell_desktop.services.demo import tour

MOST_OF_IT = 300
"""Pixels of 642 that the page keeps."""


@pytest.fixture
def touring(rehearsal: Rehearsal) -> Touring:
    found = rehearsal.workspace.findChild(Touring)
    assert isinstance(found, Touring)
    return found


def in_front(shop: Rehearsal) -> None:
    """Without a screen nothing is in front by itself once a page has taken the whole window."""
    shop.window.activateWindow()
    settle()


def step(shop: Rehearsal, *, back: bool = False) -> None:
    in_front(shop)
    held = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(shop.window, Qt.Key.Key_F1, held | Qt.KeyboardModifier.ShiftModifier if back else held)
    settle()


def below(above: QWidget, under: QWidget) -> int:
    """Pixels between the lower edge of the one and the upper edge of the other."""
    window = above.window()
    return under.mapTo(window, under.rect().topLeft()).y() - above.mapTo(window, above.rect().bottomLeft()).y()


def press(touring: Touring, name: str) -> None:
    button = find(touring, Role.Button, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()


def test_ten_steps_from_a_referral_to_a_paper_by_keyboard(rehearsal: Rehearsal, touring: Touring) -> None:
    rehearsal.go("today", {})
    assert not touring.isVisible(), "somebody who has ended it is not asked again"
    rehearsal.workspace.menus.actions["tour"].trigger()
    settle()
    seen = []
    for number in range(1, 11):
        way = tour.way(rehearsal.desk)
        assert way is not None
        assert way.at == number - 1, "kept, so that a lock loses nothing"
        assert touring.isVisible()
        assert below(touring, rehearsal.workspace.host) >= 0, "it covers nothing of the page"
        seen.append(rehearsal.page.route)
        step(rehearsal)
    assert seen == [
        *("today", "referrals", "referral", "record", "agreement", "assessment", "session", "plan", "plan", "paper")
    ]
    assert not touring.isVisible()


def test_one_goes_back_leaves_and_comes_back_to_the_same_step(rehearsal: Rehearsal, touring: Touring) -> None:
    tour.keep(rehearsal.desk, tour.OFFERED)
    touring._found(tour.way(rehearsal.desk))
    rehearsal.go("record", {"participant": str(rehearsal.main)})
    assert not touring.isVisible(), "it is offered on Today alone"
    rehearsal.go("today", {})
    press(touring, text("tour.begin"))
    press(touring, text("tour.next_of"))
    step(rehearsal)
    step(rehearsal, back=True)
    assert rehearsal.page.route == "referrals"
    rehearsal.go("participants", {})
    assert touring.isVisible()
    rehearsal.go("help", {})
    assert not touring.isVisible(), "what is read has the room to itself"
    rehearsal.workspace.menus.actions["tour"].trigger()
    settle()
    assert rehearsal.page.route == "referrals"
    press(touring, text("tour.end_of"))
    assert not touring.isVisible()


@pytest.mark.parametrize("percent", [200])
def test_with_large_text_every_word_of_it_stands_and_the_page_has_room(
    rehearsal: Rehearsal, touring: Touring, percent: int
) -> None:
    before = rehearsal.window.size()
    rehearsal.window.resize(1280, 642)
    try:
        way = tour.way(rehearsal.desk)
        assert way is not None
        for at in range(tour.OFFERED, 10):
            touring._found(way._replace(at=at))
            rehearsal.go("today", {})
            assert not [*cut(touring)]
            assert rehearsal.workspace.host.height() >= MOST_OF_IT
    finally:
        touring.end()
        rehearsal.window.resize(before)


def test_a_store_of_real_people_has_none(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal.desk, "rehearsal", False)
    assert tour.way(rehearsal.desk) is None
    assert rehearsal.workspace.context is not None
    real = Touring(rehearsal.workspace.context)
    assert not real.possible
    real.begin()
    assert not real.isVisible()
    real.deleteLater()
