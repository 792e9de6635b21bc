"""A whole case out of one window and into another: nothing without agreement, nothing before it is confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, says, typed
from tests.services.conftest import CHEAP, PASSPHRASE, dani
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Release, ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Participant, Party
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.coming_in import agreements, participants
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.safekeeping import opening, undoing

THEIRS = "Low Moor partnership"
PHRASE = "copper violin orchard"


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


@pytest.fixture
def there(qapp: QApplication, tmp_path: Path) -> Iterator[AtWork]:
    """The window of another partnership, with somebody else in it."""
    folder, first = tmp_path / "there", tmp_path / "made"
    folder.mkdir()
    first.mkdir()
    said = opening.FirstRun(THEIRS, "Low Moor team", "Ann Bell", Profession.COACH, PASSPHRASE)
    desk, _code = opening.create(first / "there.workwell", said, profile=CHEAP, clock=FixedClock(at_work.NOW))
    participants.register(desk, dani(given_name="Colin", family_name="Hart", nhs_number=None))
    desk.lock()
    with at_work.begin(first / "there.workwell", folder) as found:
        yield with_pages(found)


def test_a_case_goes_out_only_to_whom_the_person_agreed(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "case.workwell-case"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    assert "Nobody may have it yet" in says(here.go("case-out"))
    share = AgreementKind.SHARE
    said = AgreementDetails(share, Party.SERVICE, True, "in_room", party_name=THEIRS, limits="Not my diary")
    agreements.record(here.desk, here.dani, said)
    here.workspace.navigator.go("case-in")
    page = here.go("case-out")
    assert "agreed, but for “Not my diary”" in says(page)
    click(page, Role.Button, "Save the encrypted file")
    settle()
    assert "Choose how the file goes there" in says(page)
    click(page, Role.RadioButton, "By email, sent by you")
    typed(page, "Passphrase of the file", "short")
    click(page, Role.Button, "Save the encrypted file")
    settle()
    assert "Make the passphrase longer" in says(page)
    assert not place.exists()
    page.fields["passphrase"].control.clear()
    typed(page, "Passphrase of the file", PHRASE)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert f"The file for {THEIRS} is saved" in says(page)
    assert b"Marsh" not in place.read_bytes()
    with here.desk.read() as reader:
        [given] = reader.list(Release, scope=here.dani)
    assert (given.how, given.recipient_name) == (ReleaseHow.EMAILED, THEIRS)


def test_a_case_comes_in_when_it_was_looked_at_and_said_so(
    here: AtWork, there: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "case.workwell-case"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    agreements.record(
        here.desk, here.dani, AgreementDetails(AgreementKind.SHARE, Party.SERVICE, True, "in_room", party_name=THEIRS)
    )
    page = here.go("case-out")
    typed(page, "Passphrase of the file", PHRASE)
    click(page, Role.RadioButton, "Handed over in person")
    click(page, Role.Button, "Save the encrypted file")
    settle()
    there.workspace.navigator.go("case-in")
    settle()
    typed(there.page, "File", str(place))
    QTest.keyClick(find(there.page, Role.EditableText, "File"), Qt.Key.Key_Return)
    settle()
    assert "This file is locked with a passphrase" in says(there.page)
    typed(there.page, "Passphrase of the file", "copper violin orchards")
    QTest.keyClick(find(there.page, Role.EditableText, "Passphrase of the file"), Qt.Key.Key_Return)
    settle()
    assert "That is not the passphrase of this file" in says(there.page)
    there.page.passphrase.clear()
    typed(there.page, "Passphrase of the file", PHRASE)
    QTest.keyClick(find(there.page, Role.EditableText, "Passphrase of the file"), Qt.Key.Key_Return)
    settle()
    words = says(there.page)
    for expected in ("Danielle Marsh", "Calder Valley partnership", "Nothing has been made yet", "What would be made"):
        assert expected in words
    with there.desk.read() as reader:
        assert reader.count(Participant) == 1
    QTest.keyClick(there.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "Danielle Marsh came in" in says(there.page)
    assert "Bring the case in" not in says(there.page)
    with there.desk.read() as reader:
        assert {one.name for one in reader.list(Participant)} == {"Colin Hart", "Danielle Marsh"}
    assert undoing.undo(there.desk) is not None
    with there.desk.read() as reader:
        assert reader.count(Participant) == 1
