"""What may be passed on: places in the code and our own codes; never a name, a word or a value."""

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop import laptop
from tests.desktop.conftest import settle
from tests.desktop.reader import Role, click, find, says
from workwell_desktop import assets
from workwell_desktop.desktop import diagnostics as module
from workwell_desktop.desktop.begin import _say_in_front
from workwell_desktop.desktop.diagnostics import Diagnostics, Frame, diagnostics, report
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.pages.help.about import AboutPage
from workwell_desktop.desktop.pages.help.diagnostics import DiagnosticsPage
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.site_reading import load_site
from workwell_desktop.errors import DamagedStore

NAME = "Danielle Marsh"


def failing(name: str) -> None:
    """An error whose message, argument, local and cause all hold a name."""
    local = f"{name} was here"
    try:
        Profession(local)
    except ValueError as trouble:
        raise DamagedStore(where=local) from trouble


@pytest.fixture
def noted(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Diagnostics]:
    made = Diagnostics(FixedClock(datetime(2026, 11, 24, 10, 42, tzinfo=UTC)))
    monkeypatch.setattr(module, "diagnostics", lambda: made)
    monkeypatch.setattr("workwell_desktop.desktop.pages.help.diagnostics.diagnostics", lambda: made)
    yield made
    made.uninstall()


def said(noted: Diagnostics) -> str:
    return report(noted.noted, lambda name: name)


def test_a_name_in_an_error_never_reaches_the_report(noted: Diagnostics, tmp_path: Path) -> None:
    try:
        failing(NAME)
    except DamagedStore as error:
        noted.note(error)
    try:
        load_site(tmp_path / NAME / "site.toml")
    except Exception as error:  # noqa: BLE001 - whatever the reader raises
        noted.note(error)
    words = said(noted)
    assert "Danielle" not in words
    assert "Marsh" not in words
    assert str(tmp_path) not in words
    assert "workwell_desktop.errors.DamagedStore < ValueError damaged_store" in words
    assert "workwell_desktop/domain/site_reading.py:" in words
    assert " load_site" in words


def test_a_file_outside_the_program_has_no_path(noted: Diagnostics, tmp_path: Path) -> None:
    file = tmp_path / "Danielle Marsh" / "script.py"
    code = compile("def act():\n    raise KeyError('Danielle Marsh')\nact()", str(file), "exec")
    try:
        exec(code, {})  # noqa: S102 - the only way to have code of a file elsewhere
    except KeyError as error:
        noted.note(error)
    assert noted.noted[0].frames[-1] == Frame("?", 2, "act")
    assert "Danielle" not in said(noted)


def test_work_that_fails_is_noted_and_a_refusal_is_not(noted: Diagnostics) -> None:
    operations = Operations(Inline())
    operations.unexpected.connect(noted.note)

    def broken() -> None:
        raise RuntimeError(NAME)

    def refused() -> None:
        raise DamagedStore

    operations.run(None, broken)
    operations.run(None, refused)
    operations.close()
    assert [one.kinds for one in noted.noted] == [("RuntimeError",)]


def test_what_nobody_caught_is_noted_and_nothing_is_printed(
    noted: Diagnostics, capsys: pytest.CaptureFixture[str]
) -> None:
    heard: list[Any] = []
    noted.happened.connect(heard.append)
    before = sys.excepthook, threading.excepthook
    noted.install()
    try:
        try:
            failing(NAME)
        except DamagedStore as error:
            sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=failing, args=(NAME,))
        thread.start()
        thread.join()
        qWarning(NAME)
    finally:
        noted.uninstall()
    settle()
    assert (sys.excepthook, threading.excepthook) == before
    assert len(heard) == 2
    assert [one.kinds[0].rsplit(".", 1)[-1] for one in noted.noted] == ["DamagedStore", "DamagedStore", "QtWarningMsg"]
    printed = capsys.readouterr()
    assert NAME not in said(noted) + printed.out + printed.err


def test_the_report_is_shown_saved_and_forgotten(
    noted: Diagnostics, open_pages: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        failing(NAME)
    except DamagedStore as error:
        noted.note(error)
    work = open_pages(DiagnosticsPage, desk=SimpleNamespace())
    shown = find(work, Role.EditableText, "Report").toPlainText()  # type: ignore[attr-defined]
    assert "WorkWell Desktop: 0.1.0" in shown
    assert "damaged_store" in shown
    file = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    click(work, Role.Button, "Save as a file")
    settle()
    assert file.read_text(encoding="utf-8") == shown
    assert "report.txt was saved." in says(work)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "no" / "where"), ""))
    click(work, Role.Button, "Save as a file")
    settle()
    assert "That folder cannot be written to." in says(work)
    click(work, Role.Button, "Forget what was noted")
    assert "Nothing unexpected has happened" in find(work, Role.EditableText, "Report").toPlainText()  # type: ignore[attr-defined]


def test_only_the_newest_are_kept(noted: Diagnostics) -> None:
    for number in range(module.MOST + 5):
        noted.note(ValueError(number))
    assert len(noted.noted) == module.MOST


def test_about_says_what_it_is_and_shows_the_licence(open_pages: Any) -> None:
    work = open_pages(AboutPage, desk=SimpleNamespace())
    words = says(work)
    assert "Independent software, not a government service." in words
    assert "Version 0.1.0" in words
    click(work, Role.Button, "Read the licence")
    settle()
    assert "Apache License" in find(work, Role.EditableText, "Apache License, version 2.0").toPlainText()  # type: ignore[attr-defined]
    click(work, Role.Button, "Back")
    settle()
    click(work, Role.Button, "Read the notices")
    settle()
    assert "Atkinson" in find(work, Role.EditableText, "Notices").toPlainText()  # type: ignore[attr-defined]


def test_about_lists_the_parts_of_an_installed_bundle(
    open_pages: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "COMPONENTS.txt").write_text("made of one 1.0: MIT", encoding="utf-8")
    monkeypatch.setattr(assets, "__file__", str(tmp_path / "workwell_desktop" / "assets.py"))
    work = open_pages(AboutPage, desk=SimpleNamespace())
    click(work, Role.Button, "Read the list of libraries")
    settle()
    said = find(work, Role.EditableText, "What this installation is made of").toPlainText()  # type: ignore[attr-defined]
    assert "one 1.0: MIT" in said


def test_an_error_in_the_window_is_said_on_the_page_in_front(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As ``open_window`` wires it: a press that fails shows a sentence, notes the place, and prints nothing."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    made = tmp_path / "made"
    made.mkdir()
    laptop.make(made / "a.workwell")
    with laptop.at_the_laptop(made / "a.workwell", tmp_path) as at:
        at.unlock()
        at.go("settings")
        say = partial(_say_in_front, at.program)
        diagnostics().happened.connect(say)
        diagnostics().install()
        try:
            button = find(at.window, Role.Button, "Record of events")
            button.clicked.connect(lambda _on: failing(NAME))  # type: ignore[attr-defined]
            monkeypatch.setattr(at.page, "go", lambda _route: None)
            click(at.window, Role.Button, "Record of events")
            settle()
            assert "Part of this store can no longer be read." in says(at.window)
            assert NAME not in says(at.window)
            assert diagnostics().noted[-1].code == "damaged_store"
        finally:
            diagnostics().uninstall()
            diagnostics().happened.disconnect(say)
            diagnostics().clear()
    printed = capsys.readouterr()
    assert NAME not in printed.out + printed.err
