"""Settings, this computer: backups, the proof, the recovery code, and who else comes in here."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.laptop import Laptop
from tests.desktop.pages.settings.conftest import rewrite
from tests.desktop.reader import Role, click, find, says, typed
from workwell_desktop.services.safekeeping import upkeep
from workwell_desktop.services.syncing import invitations, joining
from workwell_desktop.store import CheckReport, Problem, RecoveryCode, unlock_with_recovery
from workwell_desktop.store.exchange.intake import ANCHOR

NEW = "willow copper lantern"


def test_a_backup_is_made_where_the_person_says(maya: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "copy.workwell-backup"
    offered: list[str] = []

    def asked(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    maya.go("settings", section="computer")
    assert str(maya.desk.store.path) in says(maya.window)
    assert "No backup has been made from this computer yet." in says(maya.window)
    click(maya.window, Role.Button, "Put a copy elsewhere")
    settle()
    assert offered == ["workwell-2026-11-24.workwell-backup"]
    assert "The backup copy.workwell-backup was written." in says(maya.window)
    assert "Last backup: today, 10:42am." in says(maya.window)
    upkeep.restore(file, tmp_path / "again.workwell")


def test_a_backup_that_cannot_be_written_is_said(maya: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("nowhere/at/all.workwell-backup", ""))
    maya.go("settings", section="computer")
    click(maya.window, Role.Button, "Put a copy elsewhere")
    settle()
    assert "Choose another folder" in says(maya.window)
    assert find(maya.window, Role.Button, "Back up now").isEnabled()


def test_the_check_says_what_it_found(maya: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    maya.go("settings", section="computer")
    click(maya.window, Role.Button, "Check the store")
    settle()
    assert "Everything is whole." in says(maya.window)
    found = [Problem("table", "participant"), Problem("table", "episode"), Problem("blob_missing", "0")]
    monkeypatch.setattr(upkeep, "check", lambda _desk: CheckReport(10, 1, tuple(found)))
    click(maya.window, Role.Button, "Check the store")
    settle()
    assert "3 things are not as they should be." in says(maya.window)
    assert "Nothing is lost: the log is whole." in says(maya.window)
    monkeypatch.undo()
    click(maya.window, Role.Button, "Make the tables anew")
    settle()
    assert "Everything is whole." in says(maya.window)
    # a computer that was made from an invitation lets in the others whom it names
    assert "Somebody else who was invited" not in says(maya.window)
    maya.desk.store.keep(ANCHOR, bytes(32))
    maya.go("today")
    maya.go("settings", section="computer")
    click(maya.window, Role.Button, "Let one of them in")
    settle()
    click(maya.window, Role.Button, "Let them in")
    assert "Somebody else who was invited" in says(maya.window)
    asked: list[joining.Joining] = []
    monkeypatch.setattr(invitations, "read", lambda _place: b"sealed")
    monkeypatch.setattr(joining, "join_also", lambda _desk, told: asked.append(told) or "Sam Low")
    for name, words in (("Invitation", "sam.json"), ("Code", "AAAA"), ("Name", "Sam")):
        typed(maya.window, name, words)
    for name, words in (("A new passphrase", NEW), ("The new passphrase again", "another one")):
        typed(maya.window, name, words)
    click(maya.window, Role.Button, "Let them in")
    assert asked == []
    rewrite(maya, "The new passphrase again", NEW)
    click(maya.window, Role.Button, "Let them in")
    settle()
    assert [(one.code, one.person, one.passphrase, one.new_passphrase) for one in asked] == [("AAAA", "Sam", NEW, NEW)]
    assert "Sam Low can work on this computer too." in says(maya.window)
    assert NEW not in says(maya.window)


def test_a_new_recovery_code_is_typed_back_and_opens_the_store(maya: Laptop) -> None:
    maya.go("settings", section="computer")
    click(maya.window, Role.Button, "Make a new recovery code")
    settle()
    spoken = next(line for line in says(maya.window).splitlines() if line.startswith("Recovery code: "))
    code = RecoveryCode.parse(spoken.removeprefix("Recovery code: "))
    shown = "    ".join(code.groups[:4])
    assert shown in says(maya.window)
    click(maya.window, Role.Button, "I have written it down")
    settle()
    typed(maya.window, "Recovery code", "wrong")
    click(maya.window, Role.Button, "Compare")
    assert "That is not the code." in says(maya.window)
    rewrite(maya, "Recovery code", str(code).lower())
    click(maya.window, Role.Button, "Compare")
    settle()
    assert "The new recovery code is right on your paper." in says(maya.window)
    assert shown not in says(maya.window)
    path, clock = maya.desk.store.path, maya.clock
    maya.gate.close()
    unlock_with_recovery(path, code, clock=clock).close()
