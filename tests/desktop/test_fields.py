"""Fields and choices by role, name and keyboard."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import Show, settle
from tests.desktop.reader import Role, click, description, find, find_all, says, typed
from workwell_desktop.desktop.widgets.choices import Check, Checks, Choice
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.fields import DateField, LongText, NumberField, TextField
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import Clear, column
from workwell_desktop.desktop.widgets.messages import ErrorSummary
from workwell_desktop.desktop.widgets.ruler import Ruler
from workwell_desktop.desktop.widgets.secret import Secret

TODAY = date(2026, 11, 24)
OPTIONS = [("carry", "Carry on"), ("refer", "Refer on")]


def form(*widgets: QWidget) -> Clear:
    whole = Clear()
    box = column(whole, (16, 16, 16, 16), 12)
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    return whole


def focused() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


def test_a_field_is_named_by_its_label_and_read_with_its_hint(show: Show) -> None:
    field = Field("What is your job?", TextField(), hint="In your words")
    page = show(form(field))
    typed(page, "What is your job?", "Team leader")
    assert field.control.value() == "Team leader"
    assert description(find(page, Role.EditableText, "What is your job?")) == "In your words"


def test_a_fault_shows_when_the_field_is_left_and_goes_when_it_is_mended(show: Show) -> None:
    hours = Field("Hours a week", NumberField(low=0, high=100, places=1), unit="hours")
    page = show(form(hours, Field("Next", TextField())))
    typed(page, "Hours a week", "390")
    assert not hours.wrong
    find(page, Role.EditableText, "Next").setFocus()
    assert hours.error() == "Enter a number from 0 to 100"
    assert "Problem: Enter a number from 0 to 100" in description(find(page, Role.EditableText, "Hours a week"))
    hours.control.clear()
    typed(page, "Hours a week", "37.5")
    find(page, Role.EditableText, "Next").setFocus()
    assert not hours.wrong
    assert hours.control.number() == Decimal("37.5")


@pytest.mark.parametrize("words", ["abc", "1e9", "NaN", "3.25", "-1", "101"])
def test_what_is_no_number_is_never_taken(show: Show, words: str) -> None:
    field = NumberField(low=0, high=100, places=1)
    show(field)
    QTest.keyClicks(field, words)
    assert field.fault()
    assert field.number() is None


def test_a_number_may_be_empty_and_steps_by_the_arrows(show: Show) -> None:
    field = NumberField(low=0, high=3)
    show(field)
    assert (field.number(), field.fault()) == (None, None)
    field.set_number(2)
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.number() == 3


def test_a_day_is_shown_back_with_its_weekday(show: Show) -> None:
    field = Field("By when", DateField(today=TODAY))
    page = show(form(field, Field("Next", TextField())))
    typed(page, "By when", "+2w")
    assert "Tuesday 8 December 2026" in says(page)
    find(page, Role.EditableText, "Next").setFocus()
    assert field.control.text() == "8/12/2026"
    assert field.control.day() == date(2026, 12, 8)
    field.control.setText("31 2")
    assert not field.check()
    assert "tomorrow" in field.error()


def test_a_day_that_has_been_is_not_asked_for_as_one_to_come(show: Show) -> None:
    for past, example in ((False, "tomorrow"), (True, "14/3/1984")):
        field = DateField(today=TODAY, past=past)
        show(field)
        QTest.keyClicks(field, "14 3 1984Them")
        assert example in str(field.fault())


def test_a_day_out_of_bounds_is_named(show: Show) -> None:
    field = DateField(date(2026, 11, 1), today=TODAY, earliest=TODAY, latest=date(2026, 12, 1))
    show(field)
    assert "Tuesday 24 November 2026" in (field.fault() or "")
    field.set_day(date(2027, 1, 1))
    assert "Tuesday 1 December 2026" in (field.fault() or "")


def test_return_takes_the_line_that_stands_in_the_open_list(show: Show) -> None:
    field = DropDown([("a", "Ada"), ("b", "Bea"), ("c", "Cy"), ("d", "Dov")], "a")
    show(field)
    field.setFocus()
    field.showPopup()
    settle()
    view = field.view()
    view.setCurrentIndex(view.model().index(2, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    settle()
    assert field.value() == "c"


def test_a_long_text_opens_as_tall_as_its_words_are_in_its_width(show: Show) -> None:
    holder = Clear()
    box = column(holder)
    field = LongText("Mornings for two weeks, then look again with the employer and the practice.", lines=2)
    field.setFixedWidth(180)
    box.addWidget(field)
    box.addStretch(1)
    show(holder)
    settle()
    assert field.height() == field.sizeHint().height()
    assert not field.verticalScrollBar().isVisible()


def test_tab_leaves_a_long_text_and_says_that_it_is_done(show: Show) -> None:
    field = LongText()
    heard: list[str] = []
    field.done.connect(lambda: heard.append(field.value()))
    page = show(form(Field("Why", field), Field("Next", TextField())))
    low = field.height()
    typed(page, "Why", "one\ntwo\nthree\nfour\nfive")
    settle()
    assert field.height() > low
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is find(page, Role.EditableText, "Next")
    assert heard == ["one\ntwo\nthree\nfour\nfive"]


def test_nothing_is_chosen_for_the_person(show: Show) -> None:
    choice = Choice(OPTIONS)
    page = show(form(Field("Decision", choice)))
    assert choice.value() is None
    assert find(page, Role.Grouping, "Decision") is choice
    click(page, Role.RadioButton, "Refer on")
    assert choice.value() == "refer"
    QTest.keyClick(find(page, Role.RadioButton, "Refer on"), Qt.Key.Key_Up)
    assert choice.value() == "carry"
    choice.set_value(None)
    assert choice.value() is None


def test_tab_comes_to_the_chosen_option_and_leaves_the_group(show: Show) -> None:
    page = show(form(Field("Job", TextField()), Field("Decision", Choice(OPTIONS, "refer")), Field("Why", TextField())))
    find(page, Role.EditableText, "Job").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is find(page, Role.RadioButton, "Refer on")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is find(page, Role.EditableText, "Why")
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is find(page, Role.RadioButton, "Refer on")


def test_tab_comes_to_the_first_option_while_none_is_chosen(show: Show) -> None:
    choice = Choice(OPTIONS)
    page = show(form(Field("Job", TextField()), Field("Decision", choice), Field("Able", Ruler(7))))
    find(page, Role.EditableText, "Job").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is find(page, Role.RadioButton, "Carry on")
    assert choice.value() is None, "to come there chooses nothing"
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is find(page, Role.RadioButton, "7")
    choice.set_value("refer")
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is find(page, Role.RadioButton, "Refer on")


def test_the_arrows_move_within_the_options_and_a_figure_chooses(show: Show) -> None:
    choice = Choice(OPTIONS, "carry")
    page = show(form(Field("Decision", choice)))
    find(page, Role.RadioButton, "Carry on").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert (choice.value(), focused()) == ("refer", find(page, Role.RadioButton, "Refer on"))
    QTest.keyClick(focused(), Qt.Key.Key_1)
    assert (choice.value(), focused()) == ("carry", find(page, Role.RadioButton, "Carry on"))
    QTest.keyClick(focused(), Qt.Key.Key_3)
    assert choice.value() == "carry", "there is no third"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_who_comes_back_to_a_list_begins_a_word_anew(show: Show) -> None:
    """Letters typed within a second add up; those of the time before do not."""
    box, beside = (
        DropDown([("priya", "Priya Nair"), ("tom", "Tom Reid"), ("helen", "Helen Frost")], empty=True),
        TextField(),
    )
    show(form(Field("Who", box), Field("Note", beside)))
    box.setFocus()
    for letter in "Pri":
        QTest.keyClick(box, letter)
    beside.setFocus()
    box.setFocus()
    for letter in "Tom":
        QTest.keyClick(box, letter)
    assert box.value() == "tom"


def test_a_space_goes_on_searching_in_a_list_and_opens_it_alone(show: Show) -> None:
    parties = [("gp", "General practice"), ("health", "Health at work"), ("home", "Health at home")]
    box = DropDown(parties, "gp")
    heard: list[str | None] = []
    box.edited.connect(lambda: heard.append(box.value()))
    show(form(Field("Who", box)))
    box.setFocus()
    for letter in "Health at h":
        QTest.keyClick(box, letter)
    assert (box.value(), box.view().isVisible()) == ("home", False)
    assert heard == ["health", "home"]
    fresh = DropDown(parties, "gp")
    show(form(Field("Who", fresh)))
    fresh.setFocus()
    QTest.keyClick(fresh, Qt.Key.Key_Space)
    assert fresh.view().isVisible()
    fresh.hidePopup()


def test_checks_hold_any_number_of_answers(show: Show) -> None:
    checks = Checks([("a", "Lifting & carrying"), ("b", "Standing")], ["b"], columns=2)
    heard: list[frozenset[str]] = []
    checks.edited.connect(lambda: heard.append(checks.value()))
    page = show(form(Field("Hard now", checks)))
    click(page, Role.CheckBox, "Lifting & carrying")
    QTest.keyClick(find(page, Role.CheckBox, "Standing"), Qt.Key.Key_Space)
    assert heard == [frozenset({"a", "b"}), frozenset({"a"})]


def test_a_code_that_no_option_stands_for_stays_until_somebody_chooses(show: Show) -> None:
    """A newer computer, or a list of this site that was changed, may have given it."""
    checks, choice, drop = Checks(OPTIONS, ["later", "refer"]), Choice(OPTIONS, "later"), DropDown(OPTIONS, "later")
    assert (checks.value(), choice.value(), drop.value()) == (frozenset({"later", "refer"}), "later", "later")
    page = show(form(Field("Said", checks), Field("Now", choice), Field("Then", drop)))
    click(page, Role.CheckBox, "Refer on")
    click(page, Role.RadioButton, "Carry on")
    drop.set_value("refer")
    assert (checks.value(), choice.value(), drop.value()) == (frozenset({"later"}), "carry", "refer")
    choice.set_value(None)
    drop.set_value(None)
    assert (choice.value(), drop.value()) == (None, None)


def test_a_check_is_said_and_drawn(show: Show) -> None:
    check = Check("I agree")
    page = show(form(check))
    click(page, Role.CheckBox, "I agree")
    assert check.value()


def test_the_ruler_takes_figures_arrows_and_no_answer(show: Show) -> None:
    ruler = Ruler(low="not able", high="at your best")
    page = show(form(Field("How able?", ruler)))
    assert ruler.value() is None
    assert len(find_all(page, Role.RadioButton)) == 11
    QTest.keyClicks(find(page, Role.RadioButton, "0, not able"), "7")
    assert ruler.value() == 7
    QTest.keyClick(find(page, Role.RadioButton, "7"), Qt.Key.Key_Right)
    assert ruler.value() == 8
    QTest.keyClick(find(page, Role.RadioButton, "8"), Qt.Key.Key_Delete)
    assert ruler.value() is None


def test_a_drop_down_begins_with_no_choice(show: Show) -> None:
    down = DropDown(OPTIONS, empty=True)
    heard: list[str | None] = []
    down.edited.connect(lambda: heard.append(down.value()))
    page = show(form(Field("Owner", down)))
    box = find(page, Role.ComboBox, "Owner")
    assert down.value() is None
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert heard == ["carry"]


def test_the_error_summary_names_the_fields_and_leads_to_them(show: Show) -> None:
    summary = ErrorSummary()
    first, second = Field("Name", TextField()), Field("Hours", NumberField(390, high=100))
    page = show(form(summary, first, second))
    assert not summary.isVisible()
    for field in (first, second):
        field.check()
    assert not summary.show_fields([first, second])
    settle()
    assert "1 answer needs another look:" in says(page)
    assert QApplication.focusWidget() is second.control
    first.control.setFocus()
    click(page, Role.Button, "Hours")
    assert QApplication.focusWidget() is second.control
    second.control.set_number(30)
    second.check()
    assert summary.show_fields([first, second])
    assert summary.isHidden()


def test_a_passphrase_is_hidden_until_asked_for(show: Show) -> None:
    secret = Secret("Passphrase")
    page = show(form(secret))
    typed(page, "Passphrase", " four words ")
    assert secret.value() == " four words "
    assert secret.field.displayText() != secret.value()
    click(page, Role.CheckBox, "Show: Passphrase")
    assert secret.field.displayText() == secret.value()
    secret.wipe()
    assert (secret.value(), secret.field.displayText()) == ("", "")
