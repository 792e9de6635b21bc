"""The risk conversation: help first, nothing typed lost, recorded by a named person, never sent away."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, press, tab_to, write
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Code
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.assessing import risk

ASKED = "What you asked, and what they said"
AGREED = "What you agreed"


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        found.filled("phq-9", {"phq9-9": 1}, complete=False)
        yield found


def test_help_stands_first_and_nothing_sends_the_talk_away(work: AtWork) -> None:
    page = work.go("risk")
    words = says(page)
    assert "Dani answered “Several days” to PHQ-9 question 9, today, 10:42am." in words
    places = [words.index(said) for said in ("116 123", "Ask about", ASKED)]
    assert places == sorted(places)
    names = {button.accessibleName() for button in find_all(page, Role.Button)}
    assert names == {"Open the record", "Record what was done"}


def test_what_was_done_is_recorded_by_keyboard_under_the_name_of_who_acts(work: AtWork) -> None:
    page = work.go("risk")
    assert focus().accessibleName() == ASKED
    write("Whether she thinks of ending her life. She does not.")
    press(Qt.Key.Key_Tab)
    assert focus().accessibleName() == AGREED
    write("She calls her GP today.")
    tab_to("Arranged to be seen by the GP on the same day")
    press(Qt.Key.Key_Space)
    tab_to("Who was told")
    write("Dr Frost, 11am")
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert risk.open_ones(work.desk, work.dani) == ()
    (done,) = risk.of_participant(work.desk, work.dani)
    assert (done.done_by_name, done.steps, done.told) == ("Maya Okafor", ("gp_same_day",), "Dr Frost, 11am")
    assert done.agreed == "She calls her GP today."
    assert "Maya Okafor, today, 10:42am" in says(page)
    assert not find_all(page, Role.Button, "Record what was done")


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(work: AtWork) -> None:
    page = work.go("risk")
    typed(page, ASKED, "How she is.")
    click(page, Role.Button, "Record what was done")
    settle()
    assert "Write what you agreed with the person." in says(page)
    assert find(page, Role.EditableText, ASKED).value() == "How she is."  # type: ignore[attr-defined]
    assert len(risk.open_ones(work.desk, work.dani)) == 1
    click(page.errors, Role.Button, AGREED)
    settle()
    assert focus().accessibleName() == AGREED


def test_what_is_typed_survives_going_away_and_is_nobody_elses(work: AtWork) -> None:
    page = work.go("risk")
    typed(page, ASKED, "Whether she")
    click(page, Role.CheckBox, "Made or looked at a safety plan together")
    work.go("record")
    page = work.back()
    assert find(page, Role.EditableText, ASKED).value() == "Whether she"  # type: ignore[attr-defined]
    assert find(page, Role.CheckBox, "Made or looked at a safety plan together").isChecked()  # type: ignore[attr-defined]
    assert risk.open_ones(work.desk, work.dani)[0].asked == ""
    typed(page, AGREED, "We speak tomorrow.")
    click(page, Role.Button, "Record what was done")
    settle()
    with work.desk.read():
        assert [key for key in work.desk.store.drafts.keys() if key.startswith("typed/")] == []  # noqa: SIM118


def test_a_named_person_is_asked_and_it_stays_open(work: AtWork) -> None:
    new = NewPerson(
        name="Priya Nair",
        profession=Profession.PHYSIOTHERAPIST,
        roles=frozenset({Code("clinician")}),
        passphrase=PASSPHRASE,
        registration_number="PH123456",
        teams=work.desk.person.teams,
    )
    priya = people.add(work.desk, new)
    page = work.go("risk")
    typed(page, ASKED, "Not yet.")
    click(page, Role.Button, "Ask them to have the talk")
    settle()
    assert "Choose who is to have the talk" in says(page)
    page.to.setFocus()
    QTest.keyClick(page.to, Qt.Key.Key_Down)
    click(page, Role.Button, "Ask them to have the talk")
    settle()
    (one,) = risk.open_ones(work.desk, work.dani)
    assert one.handed_to == priya
    assert "Priya Nair was asked to have this talk." in says(page)
    assert find(page, Role.EditableText, ASKED).value() == "Not yet."  # type: ignore[attr-defined]


def test_who_may_not_record_it_sees_whom_to_call(work: AtWork) -> None:
    work.desk.person = replace(work.desk.person, roles=frozenset({Code("coordinator")}))
    page = work.go("risk")
    words = says(page)
    assert "Stay with the person. Call the clinician on duty" in words
    assert "116 123" in words
    assert "Several days" not in words
    assert not find_all(page, Role.Button, "Record what was done")
