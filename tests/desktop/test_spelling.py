"""A wavy line under words that nobody knows; F7 leads from one to the next and says what may have been meant."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.desktop.conftest import Show, settle
from tests.desktop.laptop import Laptop
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.spelling import Marks
from workwell_desktop.desktop.widgets.fields import LongText
from workwell_desktop.desktop.widgets.reading_age import ReadingAge
from workwell_desktop.services.planning import spelling


@pytest.fixture
def laptop(at_laptop: Laptop) -> Laptop:
    at_laptop.unlock()
    return at_laptop


@pytest.fixture
def field(laptop: Laptop, show: Show) -> LongText:
    """A text of two wrong words, with a letter before them that Qt counts as two; the cursor at its beginning."""
    made = LongText("\U0001f642 I recieve help with organizing my week")
    show(made)
    made.setFocus()
    settle()
    return made


def marked(field: LongText) -> list[str]:
    found = field.findChild(Marks)
    assert isinstance(found, Marks)
    drawn = [one.cursor.selectedText() for one in field.extraSelections()]  # type: ignore[attr-defined]
    assert drawn == [word.text for word in found.wrong]
    return drawn


def press(laptop: Laptop, key: str) -> None:
    """A key of the window: its act among those of the menu Edit."""
    work = laptop.program.workspace
    assert work is not None
    (act,) = (one for one in work.menus.actions.values() if one.shortcut().toString() == key)
    act.trigger()


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def offered(one: QMenu) -> list[str]:
    return [action.text() for action in one.actions() if action.text()]


def test_words_that_nobody_knows_are_marked_and_nothing_is_edited(field: LongText) -> None:
    edits: list[None] = []
    field.edited.connect(lambda: edits.append(None))
    assert marked(field) == ["recieve", "organizing"]
    assert edits == []
    assert not field.document().isUndoAvailable()


def test_f7_goes_through_them_and_enter_takes_the_first_suggestion(laptop: Laptop, field: LongText) -> None:
    press(laptop, "F7")
    assert offered(menu())[0] == "receive"
    QTest.keyClick(menu(), Qt.Key.Key_Return)
    settle()
    assert field.value() == "\U0001f642 I receive help with organizing my week"
    assert marked(field) == ["organizing"]
    field.window().activateWindow()  # without a window manager nobody gives the focus back after a menu
    field.setFocus()
    settle()
    press(laptop, "F7")
    assert offered(menu())[0] == "organising"
    QTest.keyClick(menu(), Qt.Key.Key_Escape)
    settle()
    field.undo()
    assert "recieve" in field.value()


def test_the_menu_at_a_marked_word_offers_what_was_meant_and_elsewhere_the_usual(field: LongText) -> None:
    cursor = field.textCursor()
    cursor.setPosition(field.toPlainText().index("recieve") + 4)
    field.customContextMenuRequested.emit(field.cursorRect(cursor).center())
    assert offered(menu())[0] == "receive"
    menu().close()
    cursor.setPosition(3)
    field.customContextMenuRequested.emit(field.cursorRect(cursor).center())
    assert any("Paste" in words for words in offered(menu()))
    menu().close()


def test_a_text_that_goes_with_its_page_takes_its_marks_along(field: LongText) -> None:
    marks = field.findChild(Marks)
    field.window().hide()
    field.deleteLater()
    settle()
    assert not shiboken6.isValid(marks)


def test_the_word_being_typed_is_left_until_it_ends(field: LongText) -> None:
    field.set_value("")
    QTest.keyClicks(field, "my tratment")
    field.findChild(Marks).look()  # type: ignore[union-attr]
    assert marked(field) == []
    QTest.keyClicks(field, " helps")
    field.findChild(Marks).look()  # type: ignore[union-attr]
    assert marked(field) == ["tratment"]


def test_a_word_of_our_own_is_never_marked_again(laptop: Laptop, field: LongText) -> None:
    press(laptop, "F7")
    add = next(action for action in menu().actions() if "our words" in action.text())
    add.trigger()
    menu().close()
    settle()
    assert [one.text for one in spelling.own_words(laptop.desk)] == ["recieve"]
    assert marked(field) == ["organizing"]


def test_a_text_that_may_only_be_read_is_left_alone(laptop: Laptop, show: Show) -> None:
    signed = LongText("I recieve help")
    signed.set_read_only()
    show(signed)
    signed.setFocus()
    settle()
    assert signed.findChild(Marks) is None


def test_nothing_is_looked_at_behind_the_lock(laptop: Laptop, show: Show) -> None:
    laptop.program.lock()
    settle()
    mine = LongText("I recieve help")
    show(mine)
    mine.setFocus()
    settle()
    assert mine.findChild(Marks) is None


def test_the_dictionary_is_read_beside_the_store() -> None:
    first = Operations(Inline())
    other = first.beside()
    assert other is not first
    assert isinstance(other._runner, Inline)


def test_f8_puts_in_a_phrase_of_the_site_pack_and_one_undo_takes_it_out(laptop: Laptop, field: LongText) -> None:
    before = field.value()
    field.use = "if_worse"
    field.moveCursor(QTextCursor.MoveOperation.End)
    press(laptop, "F8")
    first = next(one.words for one in laptop.desk.site.phrases if one.use == "if_worse")
    assert offered(menu())[0] == first
    QTest.keyClick(menu(), Qt.Key.Key_Return)
    settle()
    assert field.value() == f"{before} {first}"
    field.undo()
    assert field.value() == before


def test_the_reading_age_follows_what_is_written(field: LongText) -> None:
    line = ReadingAge(field)
    assert line.plain() == ""
    field.set_value("It is recommended that occupational rehabilitation be facilitated incrementally by your employer.")
    line.measure()
    assert line.plain() == "Reading age 22: papers aim at 9 to 11"
    field.set_value("We will call you on Monday. Then we talk about what you can do at work. " + "and " * 21)
    line.measure()
    assert "1 sentence is over 20 words" in line.plain()
