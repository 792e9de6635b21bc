"""The laptop in the participant's hands: one form, large, and no way to anything else until the passphrase."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import laptop
from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, Laptop, at_the_laptop
from tests.desktop.pages.at_work import FORMS, focus, press, write
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.assessment.handed import LARGE, HandedScreen
from workwell_desktop.desktop.pages.opening.unlock import UnlockPage
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.episodes import Mode, Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import assessments, library, risk

CONTROL = Qt.KeyboardModifier.ControlModifier
SECRETS = ("Marsh", "NHS number", "999", "GAD-7", "Participants", "Library", "Settings", "Stop and talk")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("handed") / "made.workwell"
    laptop.make(path)
    return path


@pytest.fixture
def at(qapp: QApplication, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made, tmp_path) as found:
        found.unlock(MAYA)
        library.bring_in_shipped(found.desk)
        yield found


def dani(at: Laptop) -> Id:
    with at.desk.read() as reader:
        return reader.list(Participant)[0].id


def handed(at: Laptop, form: str = "phq-9") -> Id:
    """A form that the coach has begun and handed over with its key."""
    page = at.go("assessment", participant=dani(at), form=FORMS + form)
    response: Id = page.filling.response
    QTest.keyClick(focus(), Qt.Key.Key_H, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    at.rest()
    return response


def screen(at: Laptop) -> Any:
    found = at.window.in_front()
    assert isinstance(found, HandedScreen)
    return found


def take_back(at: Laptop, passphrase: str) -> None:
    field = find(at.window, Role.EditableText, f"Passphrase of {MAYA}")
    field.setFocus()
    QTest.keyClicks(field, passphrase)
    press(Qt.Key.Key_Return)
    at.rest()


def test_the_form_alone_is_there_in_large_type(at: Laptop) -> None:
    response = handed(at)
    words = says(at.window)
    assert "Over the last 2 weeks" in words
    assert not [one for one in SECRETS if one in words]
    assert theme().scale.percent >= LARGE
    assert at.program.workspace is None
    with at.desk.read() as reader:
        assert reader.get(Response, response).mode is Mode.SELF


def test_no_key_leads_out_of_it(at: Laptop) -> None:
    handed(at)
    front = screen(at)
    control = [Qt.Key(getattr(Qt.Key, f"Key_{name}")) for name in "1 2 3 4 5 6 7 K N L Z Y Q P T A Tab".split()]
    tries = [(key, CONTROL) for key in control]
    tries += [(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)]
    plain = Qt.KeyboardModifier.NoModifier
    tries += [(key, plain) for key in (Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_Escape)]
    for key, modifier in tries:
        QTest.keyClick(at.window, key, modifier)
        QTest.keyClick(focus(), key, modifier)
        settle()
        assert at.window.in_front() is front, (key, modifier)
        assert not [one for one in SECRETS if one in says(at.window)], (key, modifier)
        assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [at.window]
    assert not [one for one in at.window.findChildren(QAction) if one.isEnabled() and one.shortcut().toString()]


def test_the_window_stays_when_it_is_closed_and_asks_for_it_back(at: Laptop) -> None:
    handed(at)
    assert not at.window.close()
    settle()
    assert at.window.isVisible()
    assert f"Please give the laptop back to {MAYA}." in says(at.window)
    click(at.window, Role.Button, "Back to the questions")
    settle()
    assert "Over the last 2 weeks" in says(at.window)
    take = screen(at)
    take.give_back()
    take_back(at, PASSPHRASE)
    assert at.window.close()


def test_a_person_answers_gives_it_back_and_the_coach_goes_on_with_the_passphrase(at: Laptop) -> None:
    response = handed(at)
    screen(at).page._columns[0].focus("phq9-1")
    for figure in "222222221":
        write(figure)
        at.rest()
    # what the answers mean is not for this screen
    assert not [one for one in SECRETS if one in says(at.window)]
    assert "17" not in says(at.window)
    click(at.window, Role.Button, "I have finished")
    at.rest()
    words = says(at.window)
    assert f"Thank you, Dani. Please give the laptop back to {MAYA}." in words
    assert "Samaritans: 116 123" in words
    take_back(at, "something else")
    assert isinstance(at.window.in_front(), HandedScreen)
    assert at.program.workspace is None
    assert "passphrase" in says(at.window).casefold()
    QTest.keyClick(focus(), Qt.Key.Key_A, CONTROL)
    take_back(at, PASSPHRASE)
    assert at.page.route == "assessment"
    assert at.page.filling.response == response
    assert len(at.page.filling.run.answers()) == 9
    assert "Stop and talk now" in says(at.window)
    assert theme().scale.percent == 100
    assert risk.open_ones(at.desk, dani(at))


def test_only_the_one_who_handed_it_over_gets_it_back(at: Laptop) -> None:
    handed(at)
    screen(at).give_back()
    assert [field.accessibleName() for field in find_all(at.window, Role.EditableText)] == [f"Passphrase of {MAYA}"]
    assert not find_all(at.window, Role.RadioButton)


@pytest.mark.parametrize("what", ["rest", "sleep"])
def test_left_alone_it_locks_with_what_was_typed(at: Laptop, what: str) -> None:
    response = handed(at, "work-and-health")
    job = "What is your job, or the last job you had?"
    field = find(at.window, Role.EditableText, job)
    field.setFocus()
    QTest.keyClicks(field, "Team lea")
    if what == "rest":
        at.program._rest.timeout.emit()
    else:
        assert at.program.suspend is not None
        at.program.suspend.slept.emit()
    at.rest()
    assert isinstance(at.window.in_front(), UnlockPage)
    assert theme().scale.percent == 100
    at.unlock(MAYA)
    filling = assessments.open_response(at.desk, response)
    assert filling.run.answers()["wh-job"] == "Team lea"
    assert at.page.filling.response == response


def test_a_program_that_died_meanwhile_begins_at_unlock(
    qapp: QApplication, at: Laptop, tmp_path: Path, made: Path
) -> None:
    response = handed(at)
    screen(at).page._columns[0].focus("phq9-1")
    write("2")
    at.rest()
    # the process ends without a word: nothing is asked of its window any more
    at.program.window.may_close = lambda: True
    at.program._handed = None
    at.gate.close()
    from workwell_desktop.app import StoreGate
    from workwell_desktop.desktop.begin import program_for
    from workwell_desktop.desktop.operations import Inline

    gate = StoreGate(tmp_path / made.name, at.clock)
    again = program_for(gate, at.clock, Inline())
    again.start()
    settle()
    try:
        assert isinstance(again.window.in_front(), UnlockPage)
        assert not [one for one in SECRETS if one in says(again.window)]
        desk = gate.unlock(gate.facts().people[0].id, PASSPHRASE)  # type: ignore[union-attr]
        assert len(assessments.open_response(desk, response).run.answers()) == 1
    finally:
        again.window.close()
        again.close()
        gate.close()
        again.window.deleteLater()
        settle()
