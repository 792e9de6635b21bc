"""The frame: pages, history, keys, folding, the rail, the ring, finding."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, click, find, find_all, says, typed
from workwell_desktop.catalogue import sentence
from workwell_desktop.desktop.pages.help.keys import KeysPage
from workwell_desktop.desktop.pages.help.page import HelpPage
from workwell_desktop.desktop.shell import workspace
from workwell_desktop.desktop.shell.context import PageAct, Params
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.palette import Found
from workwell_desktop.desktop.shell.rail import RailFacts
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.shell.workspace import Doors, Undoing, Workspace
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import filled, outlined
from workwell_desktop.desktop.widgets.fields import NumberField, TextField
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.errors import Locked

Open = Callable[..., Workspace]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class TodayPage(Page):
    route = "today"
    nav = "today"

    def enter(self, params: Params) -> None:
        self.set_title("Tuesday 24 November", "", outlined("New referral", lambda: self.go("record", participant="p1")))
        for number in range(30):
            self.add(Field(f"Field {number}", TextField()))
        self.ready()


class RecordPage(Page):
    route = "record"
    nav = "participants"
    pressed: list[str]
    heard: list[Any]

    def build(self) -> None:
        self.pressed, self.heard = [], []

    def enter(self, params: Params) -> None:
        self.set_title(f"Record {params.get('participant', '')}")
        self.hours = Field("Hours", NumberField(high=100))
        self.add(self.hours)
        self.set_foot(Foot(outlined("Back"), filled("Next", lambda: self.pressed.append("next"))))
        self.ready()

    def changed(self, records: frozenset[Any]) -> None:
        self.heard.append(records)

    def leave(self) -> None:
        left.append(self.params.get("participant", ""))

    def acts(self) -> list[PageAct]:
        return [PageAct("Record a call", lambda: self.pressed.append("call"), "Ctrl+Shift+C")]


left: list[str] = []


def press(work: Workspace, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or work, key, held)
    settle()


def test_back_returns_to_the_same_place_and_focus(open_pages: Open) -> None:
    work = open_pages(TodayPage, RecordPage)
    page = work.host.page
    assert isinstance(page, TodayPage)
    find(page, Role.EditableText, "Field 25").setFocus()
    settle()
    assert page.scroller is not None
    place = page.scroller.verticalScrollBar().value()
    assert place > 0
    page.go("record", participant="p1")
    settle()
    assert "Record p1" in says(work)
    press(work, Qt.Key.Key_Left, ALT)
    again = work.host.page
    assert isinstance(again, TodayPage)
    assert again is not page
    assert again.scroller is not None
    assert again.scroller.verticalScrollBar().value() == place
    assert QApplication.focusWidget() is find(again, Role.EditableText, "Field 25")
    press(work, Qt.Key.Key_Right, ALT)
    assert isinstance(work.host.page, RecordPage)


def test_what_stands_beside_stays_there_when_the_page_grows_longer_than_the_window(open_pages: Open) -> None:
    """The bar that scrolls takes its room before the body gives it: nothing is too long by that."""
    work = open_pages(RecordPage)
    page = work.host.page
    assert isinstance(page, RecordPage)
    assert page.scroller is not None
    beside = Words("The paper that Dani takes home")
    page.set_side(beside, right=True)
    settle()
    page.scroller.horizontalScrollBar().setRange(0, 14)
    settle()
    assert not page.scroller.isAncestorOf(beside)
    page.add(Words("Donaudampfschifffahrtsgesellschaft" * 8, wrap=False))
    settle()
    assert page.scroller.isAncestorOf(beside)


def test_history_forgets_what_lies_ahead_and_replaces() -> None:
    navigator = Navigator(Routes({"a": list, "b": list}))
    for number in ("1", "2", "3"):
        navigator.go("a", number=number)
    navigator.back()
    navigator.back()
    navigator.go("b")
    assert not navigator.can_forward
    navigator.replace("a", number="9")
    navigator.back()
    assert navigator.here is not None
    assert navigator.here.params == {"number": "1"}
    with pytest.raises(KeyError):
        navigator.go("nowhere")


def test_the_filled_button_is_pressed_by_control_and_return(open_pages: Open) -> None:
    work = open_pages(RecordPage)
    page = work.host.page
    assert isinstance(page, RecordPage)
    press(work, Qt.Key.Key_Return, CTRL)
    assert page.pressed == ["next"]


def test_acts_of_the_page_stand_in_the_menu_with_their_key(open_pages: Open) -> None:
    work = open_pages(RecordPage, TodayPage)
    page = work.host.page
    assert isinstance(page, RecordPage)
    press(work, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.pressed == ["call"]
    titles = [action.text() for action in work.menus.bar.actions() if action.isVisible()]
    assert titles == ["&File", "&Edit", "&Go", "&Participant", "&Help"]
    work.navigator.go("today")
    settle()
    assert "&Participant" not in [action.text() for action in work.menus.bar.actions() if action.isVisible()]


def test_leaving_a_page_lets_it_save_and_changes_reach_the_page_in_front(open_pages: Open) -> None:
    left.clear()
    work = open_pages(RecordPage, TodayPage)
    page = work.host.page
    assert isinstance(page, RecordPage)
    assert work.context is not None
    work.context.operations.notice({("participant", "p1", "p1")})
    settle()
    assert page.heard == [frozenset({("participant", "p1", "p1")})]
    work.navigator.go("today")
    assert left == [""]


def test_the_rail_shows_counts_and_marks_the_page(open_pages: Open) -> None:
    facts = RailFacts({"today": 6}, "14 answers only here", "14 only here", "Synced today, 8:52am", True)
    doors = Doors(lock=lambda: None, quit=lambda: None, rail=lambda: facts, sync=lambda: None)
    work = open_pages(TodayPage, RecordPage, doors=doors)
    item = find(work, Role.PageTab, "Today, 6")
    assert item.isChecked()  # type: ignore[attr-defined]
    said = says(work)
    for words in ("14 answers only here", "Synced today, 8:52am", "Maya Okafor", "Work and Health Coach", "Sync now"):
        assert words in said


def test_the_rail_folds_into_a_bar_and_then_to_the_least(open_pages: Open) -> None:
    work = open_pages(TodayPage)
    assert work.rail.isVisible()
    assert not work.folded.isVisible()
    work.window().resize(1280, 642)
    settle()
    assert not work.rail.isVisible()
    assert find_all(work, Role.Button, "Menu")
    assert find_all(work, Role.Button, "Lock")
    theme().choose(percent=200)
    settle()
    assert work.window().width() == 1280
    assert find_all(work, Role.Button, "Back")
    assert not find_all(work, Role.Button, "Lock")


def test_text_grows_by_key_and_is_remembered(open_pages: Open) -> None:
    kept: list[int] = []
    work = open_pages(TodayPage, doors=Doors(lock=lambda: None, quit=lambda: None, remember_text_size=kept.append))
    press(work, Qt.Key.Key_Plus, CTRL)
    press(work, Qt.Key.Key_Equal, CTRL)
    press(work, Qt.Key.Key_Minus, CTRL)
    press(work, Qt.Key.Key_0, CTRL)
    assert kept == [120, 140, 120, 100]


def test_f6_goes_from_region_to_region_and_round(open_pages: Open) -> None:
    work = open_pages(RecordPage)
    seen = []
    for _ in range(4):
        press(work, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.window() is work.window())
    assert all(seen)
    press(work, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert work.isAncestorOf(QApplication.focusWidget())


def test_lock_by_key(open_pages: Open) -> None:
    locked: list[bool] = []
    work = open_pages(TodayPage, doors=Doors(lock=lambda: locked.append(True), quit=lambda: None))
    press(work, Qt.Key.Key_L, CTRL)
    click(work, Role.Button, "Lock")
    assert locked == [True, True]


def test_undo_has_words_and_leaves_a_field_its_own(open_pages: Open) -> None:
    done: list[str] = []
    undoing = Undoing(lambda: ("work ability 6", ""), lambda: done.append("undo"), lambda: done.append("redo"))
    work = open_pages(RecordPage, doors=Doors(lock=lambda: None, quit=lambda: None, undoing=undoing))
    assert work.menus.actions["undo"].text() == "Undo: work ability 6"
    assert not work.menus.actions["redo"].isEnabled()
    find(work, Role.Button, "Next").setFocus()
    press(work, Qt.Key.Key_Z, CTRL)
    assert done == ["undo"]
    typed(work, "Hours", "37")
    press(work, Qt.Key.Key_Z, CTRL)
    assert done == ["undo"]
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_what_was_undone_is_said_aloud(open_pages: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(workspace, "announce", lambda words, _near: heard.append(words))
    undoing = Undoing(lambda: ("work ability 6", "Town Hebble"), lambda: None, lambda: None)
    work = open_pages(RecordPage, doors=Doors(lock=lambda: None, quit=lambda: None, undoing=undoing))
    find(work, Role.Button, "Next").setFocus()
    press(work, Qt.Key.Key_Z, CTRL)
    press(work, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert heard == ["Taken back: work ability 6", "Done again: Town Hebble"]


def test_control_k_finds_people_pages_and_acts(open_pages: Open) -> None:
    work = open_pages(TodayPage, RecordPage)
    gone: list[str] = []
    work.finders.add(
        lambda words: [Found(f"Dani {words}", "14 Mar 1984, 3 Mill Lane", lambda: gone.append(words))], slow=True
    )
    press(work, Qt.Key.Key_K, CTRL)
    palette = QApplication.activeModalWidget() or next(iter(work.findChildren(QDialog)))
    typed(palette, "Find a person or a page", "ma")
    for _ in range(40):
        QTest.qWait(5)
        if "Dani ma" in [palette.list.item(row).text().split("\n")[0] for row in range(palette.list.count())]:  # type: ignore[attr-defined]
            break
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert gone == ["ma"]
    assert not work.findChildren(QDialog)


def test_an_error_is_said_on_the_page_and_what_was_typed_stays(open_pages: Open) -> None:
    work = open_pages(RecordPage)
    page = work.host.page
    assert page is not None
    typed(work, "Hours", "12")

    def refuse() -> None:
        raise Locked

    page.run(refuse)
    page.run(refuse)
    settle()
    assert sentence(Locked()) in says(work)
    assert len(find_all(work, Role.AlertMessage)) == 1
    click(work, Role.Button, "Close")
    settle()
    assert not find_all(work, Role.AlertMessage)
    assert find(work, Role.EditableText, "Hours").text() == "12"  # type: ignore[attr-defined]


def test_the_ring_lies_around_the_focus_and_goes_with_it(open_pages: Open) -> None:
    work = open_pages(TodayPage)
    window = work.window()
    assert isinstance(window, Window)
    field = find(work, Role.EditableText, "Field 3")
    field.setFocus()
    settle()
    assert window.ring.target is field
    around = window.ring.geometry()
    assert around.contains(field.mapTo(window, field.rect().center()))
    page = work.host.page
    assert page is not None
    assert page.scroller is not None
    page.scroller.verticalScrollBar().setValue(60)
    settle()
    assert window.ring.geometry().y() < around.y()
    page.scroller.verticalScrollBar().setValue(page.scroller.verticalScrollBar().maximum())
    settle()
    assert window.ring.target is None


def test_the_rehearsal_mark_stands_above_every_page(open_pages: Open) -> None:
    work = open_pages(TodayPage)
    window = work.window()
    assert isinstance(window, Window)
    assert "Rehearsal" not in says(window)
    window.set_rehearsal(True)
    settle()
    assert "Rehearsal: these people are made up. Nothing here may be given out." in says(window)


def test_all_keys_are_listed_and_help_opens_without_a_network(open_pages: Open) -> None:
    work = open_pages(TodayPage, KeysPage, HelpPage)
    press(work, Qt.Key.Key_Slash, CTRL)
    assert isinstance(work.host.page, KeysPage)
    said = says(work)
    for key in ("Ctrl+K", "Alt+Left", "F6", "Ctrl+Shift+A", "24/11/2026, 24 11, tomorrow, +2w"):
        assert key in said
    press(work, Qt.Key.Key_F1)
    assert isinstance(work.host.page, HelpPage)


def test_a_guide_page_outside_the_guide_is_not_shown(open_pages: Open) -> None:
    work = open_pages(HelpPage)
    page = work.host.page
    assert isinstance(page, HelpPage)
    assert not page.guide.show_file("../../pyproject")
    assert not page.guide.show_file("no such page")


def test_larger_text_from_1800_pixels_on(open_pages: Open) -> None:
    work = open_pages(TodayPage, width=1920, height=1080)
    assert theme().scale.wide
    assert Words("x").font().pixelSize() == 18
    work.window().resize(1366, 768)
    settle()
    assert not theme().scale.wide
