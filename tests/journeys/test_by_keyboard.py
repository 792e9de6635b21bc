"""Every page with the keyboard alone: the order of Tab, the ring, the regions, help, keys, and going anywhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, find, says
from tests.journeys import sight
from tests.journeys.places import PLACES, THERE, Rehearsal
from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.desktop.shell import focus
from workwell_desktop.desktop.widgets.ring import FocusRing

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def opened(rehearsal: Rehearsal, name: str) -> QWidget:
    rehearsal.window.resize(1366, 690)
    rehearsal.window.activateWindow()
    route, find_params = PLACES[name]
    page: QWidget = rehearsal.go(route, find_params(rehearsal))
    settle()
    return page


def press(rehearsal: Rehearsal, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or rehearsal.window, key, held)
    settle()


@pytest.mark.parametrize("name", THERE)
def test_the_keyboard_goes_through_a_page_and_its_regions_and_to_its_help(rehearsal: Rehearsal, name: str) -> None:
    page = opened(rehearsal, name)
    tab_goes_as_one_reads_and_the_ring_goes_along(rehearsal, page)
    f6_goes_through_the_regions_and_comes_round(rehearsal)
    f1_helps_with_the_page_in_front(rehearsal, page)


def tab_goes_as_one_reads_and_the_ring_goes_along(rehearsal: Rehearsal, page: QWidget) -> None:
    faults: list[str] = []
    ring = rehearsal.window.findChild(FocusRing)
    assert ring is not None
    for stop, ringed in sight.walk(page, faults, lambda: ring.target):
        if not stop.inherits("QTextBrowser") and ringed is not stop:
            faults.append(f"no ring around {sight.called(stop)}")
    assert not faults, "\n".join(faults)


def f6_goes_through_the_regions_and_comes_round(rehearsal: Rehearsal) -> None:
    regions = focus.regions(rehearsal.window)
    seen = []
    for _ in regions:
        press(rehearsal, Qt.Key.Key_F6)
        now = QApplication.focusWidget()
        assert now is not None
        seen.append(next(one for one in regions if one.isAncestorOf(now)))
    assert sorted(map(id, seen)) == sorted(map(id, regions)), "each region once"
    press(rehearsal, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    now = QApplication.focusWidget()
    assert now is not None
    assert seen[-2 if len(seen) > 1 else -1].isAncestorOf(now), "and back"


def f1_helps_with_the_page_in_front(rehearsal: Rehearsal, page: QWidget) -> None:
    topic = page.help_topic or page.route  # type: ignore[attr-defined]
    press(rehearsal, Qt.Key.Key_F1)
    assert rehearsal.page.route == "help"
    if topic not in ("help", "about"):
        file = assets.resource("guide") / f"{topic}.md"
        assert file.is_file(), f"the guide says nothing of {topic}"
        title = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert rehearsal.page.guide.toPlainText().startswith(title)


def test_all_keys_are_a_key_away(rehearsal: Rehearsal) -> None:
    opened(rehearsal, "record")
    press(rehearsal, Qt.Key.Key_Slash, CTRL)
    assert rehearsal.page.route == "keys"
    assert text("keys.title") in says(rehearsal.window)
    press(rehearsal, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert rehearsal.page.route == "record"


@pytest.mark.parametrize(
    ("words", "found", "leads"),
    [("danielle", "Danielle Marsh", "record"), ("settings", "Settings", "settings"), ("record a talk", "", "contact")],
)
def test_go_anywhere_finds_people_pages_and_acts(rehearsal: Rehearsal, words: str, found: str, leads: str) -> None:
    opened(rehearsal, "record")
    press(rehearsal, Qt.Key.Key_K, CTRL)
    panel = QApplication.activeModalWidget() or QApplication.activeWindow()
    assert panel is not None
    field = find(panel, Role.EditableText, text("shell.find"))
    QTest.keyClicks(field, words)
    panel._ask_slow()  # type: ignore[attr-defined]
    settle()
    listed = panel.findChild(QListWidget)
    assert listed is not None
    assert found in listed.item(0).text()
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    rehearsal.window.activateWindow()
    settle()
    assert rehearsal.page.route == leads
