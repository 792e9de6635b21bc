"""Settings through the whole program: what a person does, and what the store holds afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop
from tests.desktop.pages.settings.conftest import rewrite
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import DiskFull, WrongPassphrase
from workwell_desktop.services.administration import audit, certificates, partnership, people, removal, teams
from workwell_desktop.services.planning import spelling
from workwell_desktop.services.safekeeping import settings
from workwell_desktop.store import RecoveryCode

NEW = "willow copper lantern"


# My settings


def test_text_size_and_colours_take_effect_and_are_kept(maya: Laptop) -> None:
    maya.go("settings")
    click(maya.window, Role.RadioButton, "120 %")
    click(maya.window, Role.RadioButton, "Dark")
    settle()
    assert (theme().scale.percent, theme().scheme) == (120, "dark")
    assert settings.mine(maya.desk)["text_size"] == "120"
    assert settings.mine(maya.desk)["theme"] == "dark"
    assert "Saved on this computer, 10:42am" in says(maya.window)
    QTest.keyClick(maya.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert find(maya.window, Role.RadioButton, "100 %").isChecked()  # type: ignore[attr-defined]


def test_the_passphrase_is_changed_by_whoever_knows_it(maya: Laptop) -> None:
    maya.go("settings")
    typed(maya.window, "Passphrase now", "not this one")
    typed(maya.window, "New passphrase", NEW)
    typed(maya.window, "New passphrase again", NEW + "s")
    click(maya.window, Role.Button, "Change the passphrase")
    assert "The two passphrases are not the same." in says(maya.window)
    rewrite(maya, "New passphrase again", NEW)
    click(maya.window, Role.Button, "Change the passphrase")
    settle()
    assert "That is not the passphrase you use now." in says(maya.window)
    assert find(maya.window, Role.EditableText, "New passphrase").text() == NEW  # type: ignore[attr-defined]
    rewrite(maya, "Passphrase now", PASSPHRASE)
    click(maya.window, Role.Button, "Change the passphrase")
    settle()
    assert "Your passphrase was changed." in says(maya.window)
    assert find(maya.window, Role.EditableText, "New passphrase").text() == ""  # type: ignore[attr-defined]
    with pytest.raises(WrongPassphrase):
        maya.desk.store.identity(maya.desk.me, PASSPHRASE)
    assert maya.desk.store.identity(maya.desk.me, NEW).person == maya.desk.me


def test_a_weak_passphrase_is_said_at_its_field(maya: Laptop) -> None:
    maya.go("settings")
    typed(maya.window, "Passphrase now", PASSPHRASE)
    typed(maya.window, "New passphrase", "short")
    typed(maya.window, "New passphrase again", "short")
    click(maya.window, Role.Button, "Change the passphrase")
    settle()
    assert "Make the passphrase longer: three or four words do well." in says(maya.window)


# People


def test_a_person_is_added_and_can_sign_in(maya: Laptop) -> None:
    maya.go("settings", section="people")
    QTest.keyClick(maya.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert maya.page.route == "person"
    click(maya.window, Role.Button, "Add the person")
    settle()
    assert "4 answers need another look:" in says(maya.window)
    assert "Choose a profession." in says(maya.window)
    typed(maya.window, "Name", "Priya Nair")
    maya.page._form.fields["profession"].control.setFocus()
    QTest.keyClicks(maya.page._form.fields["profession"].control, "Physio")
    settle()
    typed(maya.window, "Registration number", "PH123456")
    typed(maya.window, "Phone (if you want)", "01632 960 101")
    typed(maya.window, "Their passphrase", NEW)
    typed(maya.window, "Their passphrase again", NEW)
    click(maya.window, Role.Button, "Add the person")
    settle()
    assert "Choose at least one role." in says(maya.window)
    assert find(maya.window, Role.EditableText, "Their passphrase").text() == NEW  # type: ignore[attr-defined]
    click(maya.window, Role.CheckBox, "Clinician")
    click(maya.window, Role.Button, "Add the person")
    settle()
    assert maya.page.route == "settings"
    assert "Priya Nair was added." in says(maya.window)
    one = next(one for one in people.everyone(maya.desk) if one.name == "Priya Nair")
    assert (one.profession, one.registration_number) == (Profession.PHYSIOTHERAPIST, "PH123456")
    assert one.phone == "01632 960 101"
    assert one.roles == {"clinician"}
    assert one.teams == maya.desk.person.teams
    maya.program.lock()
    settle()
    maya.unlock("Priya Nair", NEW)


def test_what_is_changed_of_a_person_is_saved_when_left(maya: Laptop) -> None:
    tom = maya.person(TOM)
    maya.go("settings", section="people")
    click(maya.window, Role.Button, "Change: Tom Reid")
    settle()
    rewrite(maya, "Phone", "01632 960 122")
    click(maya.window, Role.CheckBox, "Chair of the team meeting")
    settle()
    one = next(one for one in people.everyone(maya.desk) if one.id == tom)
    assert one.phone == "01632 960 122"
    assert one.roles == {"coach", "chair"}
    rewrite(maya, "Name", "")
    assert "Give a name." in says(maya.window)
    rewrite(maya, "Name", "Tom Reid-Hall")
    assert "Give a name." not in says(maya.window)
    assert maya.page.heading.plain() == "Tom Reid-Hall"


def test_the_last_manager_stays_and_it_is_said_at_the_roles(maya: Laptop) -> None:
    maya.go("person", person=str(maya.desk.me))
    click(maya.window, Role.CheckBox, "Administrator")
    settle()
    assert "Nobody else could add people or change their roles after this" in says(maya.window)
    click(maya.window, Role.Button, "Works here no more")
    settle()
    assert maya.desk.person.roles == {"administrator", "coach"}
    assert len(people.everyone(maya.desk)) == 2


def test_somebody_leaves_and_comes_back(maya: Laptop) -> None:
    maya.go("person", person=str(maya.person(TOM)))
    click(maya.window, Role.Button, "Works here no more")
    settle()
    assert "They work here no more." in says(maya.window)
    assert [one.name for one in people.everyone(maya.desk)] == [MAYA]
    maya.program.lock()
    settle()
    assert not find_all(maya.window, Role.RadioButton, TOM)
    maya.unlock(MAYA)
    click(maya.window, Role.Button, "Works here again")
    settle()
    assert [one.name for one in people.everyone(maya.desk)] == [MAYA, TOM]


def test_what_somebody_wrote_who_left_is_saved_from_their_page(
    maya: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "left.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    tom = maya.person(TOM)
    people.deactivate(maya.desk, tom)
    maya.go("person", person=str(tom))
    click(maya.window, Role.Button, "Save what they wrote")
    settle()
    assert "A file with every entry that Tom Reid made" in says(maya.window)
    assert file.read_text("utf-8-sig").startswith("when,whose,kind")
    event = next(one for one in audit.my_own(maya.desk) if one.detail == "own_entries")
    assert event.kind is AuditKind.EXPORTED


def test_a_key_is_taken_away_for_good(maya: Laptop) -> None:
    tom = maya.person(TOM)
    people.deactivate(maya.desk, tom)
    maya.go("person", person=str(tom))
    click(maya.window, Role.Button, "Take their key away")
    settle()
    spoken = next(line for line in says(maya.window).splitlines() if line.startswith("Recovery code: "))
    code = RecoveryCode.parse(spoken.removeprefix("Recovery code: "))
    click(maya.window, Role.Button, "I have written it down")
    settle()
    typed(maya.window, "Recovery code", str(code))
    click(maya.window, Role.Button, "Compare")
    settle()
    said = says(maya.window)
    assert "their key is gone" in said
    assert "still open with their passphrase" in said
    assert not find_all(maya.window, Role.Button, "Works here again")
    assert not removal.still_opens(maya.desk, tom)


def test_who_was_removed_types_a_new_passphrase_and_is_back(maya: Laptop) -> None:
    tom = maya.person(TOM)
    removal.remove(maya.desk, tom)
    maya.go("person", person=str(tom))
    click(maya.window, Role.Button, "Works here again")
    settle()
    assert not removal.still_opens(maya.desk, tom)
    typed(maya.window, "Their passphrase", "willow copper lantern nine")
    click(maya.window, Role.Button, "Works here again")
    settle()
    assert maya.desk.store.identity(tom, "willow copper lantern nine").person == tom
    assert find_all(maya.window, Role.Button, "Renew the certificate")


def test_a_certificate_is_renewed(maya: Laptop) -> None:
    tom = maya.person(TOM)
    before = certificates.until(maya.desk, tom)
    from datetime import timedelta

    maya.clock.set(maya.clock.now() + timedelta(days=100))
    maya.go("person", person=str(tom))
    click(maya.window, Role.Button, "Renew the certificate")
    settle()
    assert "The certificate was renewed." in says(maya.window)
    after = certificates.until(maya.desk, tom)
    assert before is not None
    assert after == before + timedelta(days=100)


def test_who_may_not_change_people_sees_them_and_whom_to_ask(tom: Laptop) -> None:
    tom.go("settings", section="people")
    assert "change what they may do: Maya Okafor." in says(tom.window)
    assert tom.page.filled_button() is None
    click(tom.window, Role.Button, "Open: Maya Okafor")
    settle()
    assert find(tom.window, Role.EditableText, "Name").isReadOnly()  # type: ignore[attr-defined]
    assert not find(tom.window, Role.CheckBox, "Administrator").isEnabled()
    assert not find_all(tom.window, Role.Button, "Renew the certificate")
    tom.go("person")
    assert "Your role does not include adding people" in says(tom.window)


# Teams and the partnership


def test_teams_are_changed_and_added(maya: Laptop) -> None:
    maya.go("settings", section="teams")
    assert "Belong to it: Maya Okafor, Tom Reid" in says(maya.window)
    field = find(maya.window, Role.EditableText, "Where it meets, Calder Valley team")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, " or by video")
    find(maya.window, Role.EditableText, "Where it meets").setFocus()
    settle()
    assert teams.everyone(maya.desk)[0].place == "Room 4 or by video"
    click(maya.window, Role.Button, "Add the team")
    settle()
    assert "Give a name." in says(maya.window)
    name = find(maya.window, Role.EditableText, "Name of the team")
    name.setFocus()
    QTest.keyClicks(name, "Aire Valley team")
    click(maya.window, Role.Button, "Add the team")
    settle()
    assert [one.name for one in teams.everyone(maya.desk)] == ["Aire Valley team", "Calder Valley team"]
    assert find(maya.window, Role.EditableText, "Name of the team, Aire Valley team")


def test_the_partnership_is_saved_field_by_field_and_undone(maya: Laptop) -> None:
    maya.go("settings", section="partnership")
    rewrite(maya, "Phone", "01632 960 199")
    assert partnership.get(maya.desk).phone == "01632 960 199"
    assert "Saved on this computer, 10:42am" in says(maya.window)
    find(maya.window, Role.Button, "Record of events").setFocus()
    QTest.keyClick(QApplication.focusWidget() or maya.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert partnership.get(maya.desk).phone is None
    assert find(maya.window, Role.EditableText, "Phone").text() == ""  # type: ignore[attr-defined]


def test_what_was_typed_stays_when_the_disk_is_full(maya: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise DiskFull

    maya.go("settings", section="partnership")
    monkeypatch.setattr(partnership, "change", full)
    rewrite(maya, "Phone", "01632 960 199")
    assert "The disk is full" in says(maya.window)
    assert find(maya.window, Role.EditableText, "Phone").text() == "01632 960 199"  # type: ignore[attr-defined]
    assert "Saved on this computer" not in says(maya.window)
    monkeypatch.undo()
    maya.go("participants")
    assert partnership.get(maya.desk).phone == "01632 960 199"


def test_a_word_of_our_own_is_taken_back(maya: Laptop) -> None:
    spelling.add_word(maya.desk, "cirdan")
    maya.go("settings", section="partnership")
    assert "cirdan" in says(maya.page)
    click(maya.page, Role.Button, "Take back the word cirdan")
    maya.rest()
    assert spelling.own_words(maya.desk) == ()
    assert "No words were added yet." in says(maya.page)


def test_who_may_not_change_the_partnership_reads_it(tom: Laptop) -> None:
    tom.go("settings", section="partnership")
    assert "The administrator of the partnership can change it." in says(tom.window)
    assert find(tom.window, Role.EditableText, "Phone").isReadOnly()  # type: ignore[attr-defined]


def test_who_may_not_even_read_it_is_told_so_and_nothing_is_refused(maya: Laptop) -> None:
    people.change(maya.desk, maya.person(TOM), roles=frozenset({"coordinator"}))
    maya.program.lock()
    settle()
    maya.unlock(TOM)
    maya.go("settings", section="partnership")
    assert "Your role does not include this" in says(maya.window)
    maya.go("settings", section="computer")
    for words in ("making backups", "checking the store"):
        assert f"Your role does not include {words}." in says(maya.window)
    assert "Whoever manages people can make a new recovery code." in says(maya.window)
    assert AuditKind.REFUSED not in [one.kind for one in audit.my_own(maya.desk)]


def test_the_parts_are_reached_by_keyboard(maya: Laptop) -> None:
    maya.go("settings")
    for part in ("people", "teams", "partnership", "computer", "mine"):
        QTest.keyClick(QApplication.focusWidget() or maya.window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert maya.page.tabs.value() == part


def test_a_person_is_added_by_keyboard_alone(maya: Laptop) -> None:
    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or maya.window, key, held)
        settle()

    def tab_to(name: str) -> None:
        for _ in range(40):
            found = QApplication.focusWidget()
            if found is not None and found.accessibleName() == name:
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"the Tab key never came to {name!r}")

    def write(name: str, words: str) -> None:
        tab_to(name)
        QTest.keyClicks(QApplication.focusWidget() or maya.window, words)

    press(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write("Name", "Jo Pike")
    write("Profession", "Coordinator")
    tab_to("Team coordinator")
    press(Qt.Key.Key_Space)
    write("Their passphrase", NEW)
    write("Their passphrase again", NEW)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Jo Pike was added." in says(maya.window)
    one = next(one for one in people.everyone(maya.desk) if one.name == "Jo Pike")
    assert one.roles == {"coordinator"}
    assert one.profession is Profession.COORDINATOR


def test_help_and_its_menu_lead_to_the_guide(maya: Laptop) -> None:
    for route, title in (
        ("settings", "Settings"),
        ("person", "Settings"),
        ("events", "The record of events"),
        ("diagnostics", "When something goes wrong"),
        ("about", "What is stored where, and who can see it"),
    ):
        maya.go(route)
        QTest.keyClick(QApplication.focusWidget() or maya.window, Qt.Key.Key_F1)
        settle()
        assert maya.page.guide.toPlainText().startswith(title)
    work = maya.program.workspace
    assert work is not None
    for act, route in (
        ("guide", "help"),
        ("keys", "keys"),
        ("events", "events"),
        ("diagnostics", "diagnostics"),
        ("about", "about"),
    ):
        work.menus.actions[act].trigger()
        settle()
        assert maya.page.route == route
    assert maya.go("help", topic="index").guide.toPlainText().startswith("Guide")
