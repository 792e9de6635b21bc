"""Words of letters through the whole program, by keyboard: written, seen, refused by line, used, looked back at."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from tests.desktop.laptop import MAYA, Laptop
from tests.desktop.reader import Role, find, find_all, says
from workwell_desktop.services.paperwork import wording

TITLE = "Support at work for {name}"


def write(at: Laptop, name: str, words: str) -> QPlainTextEdit:
    """Writes over a field, and lets what was typed rest until the page is drawn."""
    field = find(at.window, Role.EditableText, name)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    at.page.preview.ask()
    at.rest()
    return field


def press(at: Laptop, name: str) -> None:
    button = find(at.window, Role.Button, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    at.rest()


def offered(at: Laptop, name: str) -> str:
    """What a choice of the menu of names puts in where one writes; it is taken out again."""
    field = find(at.window, Role.EditableText, TITLE)
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    field.moveCursor(QTextCursor.MoveOperation.End)
    before = field.toPlainText()
    press(at, "Put in a name or a day…")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (choice,) = (one for one in menu.actions() if one.text().startswith(name))
    choice.trigger()
    menu.close()
    put = field.toPlainText().removeprefix(before)
    field.setPlainText(before)
    return put


def test_words_are_written_seen_and_used_by_keyboard(at_laptop: Laptop) -> None:
    at_laptop.unlock(MAYA)
    at_laptop.go("letters", letter="employer")
    at_laptop.rest()
    page = at_laptop.page
    first = page.preview.sheet.grab().toImage()
    write(at_laptop, TITLE, "Helping {name} at {diagnosis}")
    assert "Line 1: There is no {diagnosis} that this reader may be told." in says(at_laptop.window)
    assert page.preview.sheet.grab().toImage() == first, "what has a mistake is not on the page"
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at_laptop.rest()
    assert "One mistake." in says(at_laptop.window)
    assert wording.view(at_laptop.desk, "employer").history == ()

    write(at_laptop, TITLE, "Helping {name} at {employer}")
    assert page.preview.sheet.grab().toImage() != first
    assert "There is no {diagnosis}" not in says(at_laptop.window)
    assert offered(at_laptop, "The employer") == "{employer}"
    assert offered(at_laptop, "Telephone number: 01632 960142") == "{if phone}{phone}{end}"
    assert offered(at_laptop, "The changes at work, one by one: Shorter") == "{each changes}{item}{end}"
    # half-written words are there again after another page was looked at
    at_laptop.go("settings")
    assert at_laptop.program.workspace is not None
    at_laptop.program.workspace.navigator.back()
    at_laptop.rest()
    kept = find(at_laptop.window, Role.EditableText, TITLE)
    assert kept.toPlainText() == "Helping {name} at {employer}"  # type: ignore[attr-defined]
    QTest.keyClick(kept, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at_laptop.rest()
    assert "These words stand on every paper that is made from now on." in says(at_laptop.window)
    titles = {one.word: one.own for one in wording.view(at_laptop.desk, "employer").words}
    assert titles["title"] == "Helping {name} at {employer}"

    press(at_laptop, "Back to all words as shipped")
    titles = {one.word: one.own for one in wording.view(at_laptop.desk, "employer").words}
    assert titles["title"] is None
    assert find_all(at_laptop.window, Role.Button, "Back to all words as shipped") == []
    press(at_laptop, f"Write these words again: {TITLE}: Helping {{name}} at {{employer}}")
    again = find(at_laptop.window, Role.EditableText, TITLE)
    assert again.toPlainText() == "Helping {name} at {employer}"  # type: ignore[attr-defined]
