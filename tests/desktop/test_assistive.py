"""What a program that reads the screen aloud may ask of ours, and must get an answer to without harm."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.desktop.conftest import Show, settle
from tests.desktop.reader import Role, name_of, tree
from workwell_desktop.desktop.shell.rail import NavEntry, NavItem
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.widgets.buttons import chip, quiet
from workwell_desktop.desktop.widgets.choices import Check, Choice
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.ink import InkField
from workwell_desktop.desktop.widgets.layouts import Scroll
from workwell_desktop.desktop.widgets.lists import RowFacts, RowList

PRESS = QAccessibleActionInterface.pressAction()
asked = QAccessible.queryAccessibleInterface


def test_a_part_that_went_meanwhile_is_no_part(show: Show) -> None:
    """A screen reader counts, and asks for each by its number; a scroll bar goes in between."""
    area = Scroll()
    show(area)
    found = asked(area)
    assert found.childCount() > 0
    for place in (found.childCount(), 99, -1):
        assert found.child(place) is None


def test_a_row_is_pressed_and_one_that_leads_nowhere_offers_nothing(show: Show) -> None:
    opened: list[str] = []
    rows = RowList([("", [RowFacts("Daniel", on_open=lambda: opened.append("Daniel")), RowFacts("Nothing")])])
    show(rows)
    row, still = (asked(one) for one in rows.rows)
    assert (row.role(), row.actionInterface().actionNames()[0]) == (Role.ListItem, PRESS)
    assert still.actionInterface().actionNames() == []
    row.actionInterface().doAction(PRESS)
    settle()
    assert opened == ["Daniel"]


def test_what_a_screen_reader_ticks_has_been_pressed(show: Show) -> None:
    """Else an answer is shown that no page was told of, and nothing saves it."""
    told: list[str] = []
    # as it is while somebody listens: what a part is called is told while it is being made
    QAccessible.setActive(True)
    tick, chip_ = Check("Large print"), chip("Whole team", lambda: told.append("chip"))
    choices = Choice([("yes", "Yes"), ("no", "No")])
    tick.edited.connect(lambda: told.append("tick"))
    choices.edited.connect(lambda: told.append(str(choices.value())))
    holder = QWidget()
    box = QHBoxLayout(holder)
    for one in (tick, chip_, choices):
        box.addWidget(one)
    show(holder)
    radios = [one for one in tree(choices) if one.role() is Role.RadioButton]
    assert [name_of(one) for one in (asked(tick), asked(chip_), *radios)] == ["Large print", "Whole team", "Yes", "No"]
    for found in (asked(tick), asked(chip_), radios[1]):
        assert (bool(found.state().checkable), bool(found.state().checked)) == (True, False)
        found.actionInterface().doAction(QAccessibleActionInterface.toggleAction())
        settle()
        assert found.state().checked
    assert told == ["tick", "chip", "no"]
    QAccessible.setActive(False)


def test_the_rail_says_which_page_is_in_front_and_is_pressed(show: Show) -> None:
    went: list[str] = []
    item = NavItem(NavEntry("today", "sun", "Ctrl+1"), lambda: went.append("today"))
    show(item)
    found = asked(item)
    assert (found.role(), bool(found.state().selected)) == (Role.PageTab, False)
    item.setChecked(True)
    assert found.state().selected
    found.actionInterface().doAction(PRESS)
    settle()
    assert went == ["today"]


def test_a_list_of_options_without_a_field_has_a_label_all_the_same(show: Show) -> None:
    holder = QWidget()
    down = DropDown([("a", "Anything"), ("b", "Walking")])
    QHBoxLayout(holder).addWidget(down)
    down.setAccessibleName("What is hard")
    show(holder)
    relations = asked(down).relations(QAccessible.RelationFlag.Label)
    assert [one.text(QAccessible.Text.Name) for one, _flag in relations] == ["What is hard"]
    assert name_of(asked(down)) == "What is hard"


def test_what_is_pressed_stays_under_the_mouse_and_what_is_reached_by_key_comes_into_sight() -> None:
    """Half of the field is in sight: a pen that begins to sign there must not find the page moved under it."""
    window = Window()
    window.resize(1000, 600)
    area = Scroll()
    field = InkField("Danielle Marsh")
    first = quiet("First", lambda: None)
    area.body.addWidget(first)
    area.body.addSpacing(450)
    area.body.addWidget(field)
    area.body.addSpacing(900)
    window.put(area)
    window.show()
    window.activateWindow()
    settle()
    first.setFocus()
    bar = area.verticalScrollBar()
    bar.setValue(0)
    # at the window, as the system sends it: what a widget is sent alone holds no button down
    handle, spot = window.windowHandle(), field.mapTo(window, QPoint(30, 20))
    assert handle is not None
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert (field.hasFocus(), bar.value()) == (True, 0)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=spot)
    first.setFocus()
    bar.setValue(0)
    settle()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert bar.value() > 0
    window.close()
    window.deleteLater()


@pytest.mark.parametrize(
    ("free", "fills"), [(QSize(1366, 768), True), (QSize(1920, 800), True), (QSize(1920, 1040), False)]
)
def test_the_window_goes_on_its_screen_whole_and_is_one_to_a_screen_reader(free: QSize, fills: bool) -> None:
    window = Window()
    window.fit(free)
    assert bool(window.windowState() & Qt.WindowState.WindowMaximized) is fills
    assert (asked(window).role(), name_of(asked(window))) == (Role.Window, window.windowTitle())
    assert window.windowTitle()
    window.deleteLater()
