"""Another person takes over in two keystrokes and a passphrase; nothing of the first one stays."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop, at_the_laptop
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.operations import Worker
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.services.administration import audit, partnership, people
from workwell_desktop.services.safekeeping import settings, upkeep

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def at(at_laptop: Laptop) -> Laptop:
    at_laptop.unlock(MAYA)
    return at_laptop


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, held)
    settle()


def give(passphrase: str = PASSPHRASE) -> None:
    QTest.keyClicks(focus(), passphrase)
    press(Qt.Key.Key_Return)


def test_by_the_number_of_the_name(at: Laptop) -> None:
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_2, ALT)
    give()
    assert at.desk.person.name == TOM
    assert "Tom Reid" in says(at.window)
    assert at.page.route == "today"


def test_by_the_arrows(at: Laptop) -> None:
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_Down)
    assert find(at.window, Role.RadioButton, TOM).isChecked()  # type: ignore[attr-defined]
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Down)
    give()
    assert at.desk.person.name == TOM


def test_the_same_person_returns_to_the_same_page_and_focus(at: Laptop) -> None:
    at.go("participants")
    QTest.keyClicks(focus(), "marsh")
    at.go("settings", section="partnership")
    find(at.window, Role.EditableText, "Phone").setFocus()
    settle()
    press(Qt.Key.Key_L, CTRL)
    assert "Phone" not in says(at.window).splitlines()
    give()
    assert (at.page.route, at.page.tabs.value()) == ("settings", "partnership")
    assert focus().accessibleName() == "Phone"
    press(Qt.Key.Key_Left, ALT)
    assert at.page.route == "participants"
    assert at.page.search.text() == "marsh"


def test_what_was_typed_is_saved_before_the_lock(at: Laptop) -> None:
    at.go("settings", section="partnership")
    field = find(at.window, Role.EditableText, "Phone")
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field, "01632 960 777")
    press(Qt.Key.Key_L, CTRL)
    give()
    assert find(at.window, Role.EditableText, "Phone").text() == "01632 960 777"  # type: ignore[attr-defined]


def test_nothing_of_the_first_person_stays(at: Laptop) -> None:
    first = at.program.workspace
    settings.choose(at.desk, "text_size", "120")
    at.go("participants")
    QTest.keyClicks(focus(), "marsh")
    QApplication.clipboard().setText("Danielle Marsh")
    press(Qt.Key.Key_L, CTRL)
    assert QApplication.clipboard().text() == ""
    assert "Marsh" not in says(at.window)
    assert "Marsh" not in at.window.windowTitle()
    press(Qt.Key.Key_2, ALT)
    give()
    work = at.program.workspace
    assert work is not None
    assert work is not first
    assert at.page.route == "today"
    assert not work.navigator.can_back
    assert "Marsh" not in says(at.window)
    assert at.go("participants").search.text() == ""
    from workwell_desktop.desktop.theme.theme import theme

    assert theme().scale.percent == 100


def test_the_first_person_comes_back_to_today(at: Laptop) -> None:
    at.go("settings")
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_2, ALT)
    give()
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_1, ALT)
    give()
    assert at.desk.person.name == MAYA
    assert at.page.route == "today"


def test_a_wrong_passphrase_leaves_the_window_locked_and_is_written_down(at: Laptop) -> None:
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_2, ALT)
    give("not this one at all")
    assert at.program.workspace is None
    give()
    assert at.desk.person.name == TOM
    kinds = [one.kind for one in audit.my_own(at.desk)]
    assert kinds[:2] == [AuditKind.UNLOCKED, AuditKind.UNLOCK_FAILED]


def test_what_the_first_may_do_the_second_may_not(at: Laptop) -> None:
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_2, ALT)
    give()
    at.go("settings", section="people")
    assert "You can see who works here." in says(at.window)
    assert "Add a person" not in says(at.window)
    assert [one.name for one in people.everyone(at.desk)] == [MAYA, TOM]


def test_help_is_there_before_anybody_is_signed_in(at: Laptop) -> None:
    press(Qt.Key.Key_L, CTRL)
    press(Qt.Key.Key_F1)
    shown = QApplication.activeWindow() or focus().window()
    assert "Unlock, lock, and another person" in shown.guide.toPlainText()  # type: ignore[attr-defined]
    shown.guide.anchorClicked.emit(QUrl("settings.md"))  # type: ignore[attr-defined]
    assert "Ctrl+7" in shown.guide.toPlainText()  # type: ignore[attr-defined]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    settle()
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not at.window]
    at.window.activateWindow()
    settle()
    give()
    assert at.desk.person.name == MAYA


def test_one_change_is_told_once_however_often_people_switched(at: Laptop) -> None:
    told: list[object] = []
    at.program.operations.changed.connect(told.append)
    for figure in (Qt.Key.Key_2, Qt.Key.Key_1):
        press(Qt.Key.Key_L, CTRL)
        press(figure, ALT)
        give()
    told.clear()
    partnership.change(at.desk, phone="01632 960 100")
    settle()
    assert len(told) == 1


def test_who_comes_back_with_the_recovery_code_begins_at_today(at: Laptop) -> None:
    """The store was closed and opened in between: the pages of before belong to one that is gone."""
    code = upkeep.new_recovery_code(at.desk)
    at.go("settings")
    press(Qt.Key.Key_L, CTRL)
    click(at.window, Role.Button, "I have forgotten my passphrase")
    settle()
    typed(at.window, "Recovery code", str(code))
    typed(at.window, "New passphrase", "willow copper lantern")
    typed(at.window, "New passphrase again", "willow copper lantern")
    click(at.window, Role.Button, "Open and change the passphrase")
    settle()
    assert at.page.route == "today"
    assert at.go("settings").route == "settings"
    assert settings.mine(at.desk)["text_size"] == "100"


def test_the_focus_returns_when_a_page_is_read_on_the_store_s_thread(
    qapp: QApplication, made_laptop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made_laptop, tmp_path, Worker()) as at:
        at.unlock(MAYA)
        at.go("settings", section="partnership")
        at.rest()
        find(at.window, Role.EditableText, "Phone").setFocus()
        press(Qt.Key.Key_L, CTRL)
        give()
        at.rest()
        assert at.page.tabs.value() == "partnership"
        assert focus().accessibleName() == "Phone"


def test_a_form_half_filled_in_waits_for_the_same_person_without_its_passphrase(at: Laptop) -> None:
    at.go("person")
    typed(at.window, "Name", "Priya Nair")
    typed(at.window, "Their passphrase", "willow copper lantern")
    press(Qt.Key.Key_L, CTRL)
    kept = at.program._left
    assert kept is not None
    assert "willow" not in repr(kept)
    give()
    assert find(at.window, Role.EditableText, "Name").text() == "Priya Nair"  # type: ignore[attr-defined]
    assert find(at.window, Role.EditableText, "Their passphrase").text() == ""  # type: ignore[attr-defined]
    at.go("settings", section="teams")
    name = find_all(at.window, Role.EditableText, "Name of the team")[-1]
    name.setFocus()
    QTest.keyClicks(name, "Aire")
    press(Qt.Key.Key_L, CTRL)
    give()
    assert find_all(at.window, Role.EditableText, "Name of the team")[-1].text() == "Aire"  # type: ignore[attr-defined]
