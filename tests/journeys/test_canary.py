"""Rare words are put into every kind of record, every page is opened, and then they are looked for everywhere else.

What a person wrote is on the screen and in the store alone: no log, temporary file, error, clipboard, list of files
or title of a window holds it, and the store's own files hold it only encrypted (design.md 3, rulings 10 and 11).
"""

import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.journeys.places import PLACES, Rehearsal
from tests.journeys.sight import words_anywhere
from workwell_desktop import documents
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop import chosen_files
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.diagnostics import diagnostics
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.pages import printing
from workwell_desktop.desktop.program import Program
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.people import Partnership, Team
from workwell_desktop.domain.records import FieldType, Id, Record, Scope, fields_of, is_restricted, new_id, scope_of
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.errors import BadInput, WrongPassphrase
from workwell_desktop.services import demo
from workwell_desktop.services.caseload import search
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import upkeep

BIRD = "kanariwing"
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
SHAPED = frozenset(
    "position verify_key content url version digest form_url form_version form_digest nhs_number path usual_pattern "
    "start finish phone email serial number code kind value".split()
)
"""Fields of a form of their own, which take no free words."""
WITHOUT_WORDS = frozenset(
    "cosignature equality erasure grant kept_longer left_out main_condition repeat revocation setting".split()
)
"""Kinds that hold codes, days and names of other records, and no words of anybody."""


def free_words(cls: type[Record]) -> list[str]:
    return [one.name for one in fields_of(cls) if one.holds is FieldType.TEXT and one.name not in SHAPED]


def home_of(cls: type[Record], main: Id, team: Id, partnership: Id, me: Id) -> Id:
    """The scope that a record of a kind is laid into."""
    homes = {Scope.PARTICIPANT: main, Scope.TEAM: team, Scope.PARTNERSHIP: partnership, Scope.PERSON: me}
    return homes[scope_of(next(kind for kind, one in KINDS.items() if one is cls))]


def sow(desk: Desk, main: Id) -> set[str]:
    """Puts the words into every kind of record; gives the kinds that hold them."""
    with desk.read() as reader:
        known = {kind: list(reader.list(cls)) for kind, cls in KINDS.items()}
        partnership, team = reader.list(Partnership)[0].id, reader.list(Team)[0].scope
    sown: set[str] = set()
    with desk.store.unit(desk.identity) as unit:
        for kind, cls in KINDS.items():
            names = free_words(cls)
            words = {name: f"{BIRD} {kind} {name}" for name in names}
            mine = [one for one in known[kind] if one.scope == main] or known[kind]
            if not names:
                continue
            if mine:
                for one in mine:
                    # what was signed off is locked
                    if not isinstance(one, Session) or one.status is SessionStatus.PLANNED:
                        unit.set(cls, one.id, **words)
            else:
                home = home_of(cls, main, team, partnership, desk.me)
                unit.add(cls(**{"id": new_id(), "scope": home, **words}))  # type: ignore[arg-type]
            sown.add(kind)
    return sown


@pytest.fixture
def sown(
    rehearsal: Rehearsal, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Rehearsal, Program, StoreGate]]:
    """The window on a store of its own; every folder that a program may write to is new and empty."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    for folder in (home, temporary):
        folder.mkdir()
    for name in ("WORKWELL_HOME", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(temporary)
    # Qt asks the environment once a process; the program turns this off, or what is noted lies there
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home))
    path = home / "own.workwell"
    upkeep.backup(rehearsal.desk, tmp_path / "copy.backup")
    upkeep.restore(tmp_path / "copy.backup", path)
    gate = StoreGate(path, FixedClock(NOW))
    desk = gate.unlock(rehearsal.desk.me, demo.PASSPHRASE)
    program = program_for(gate, FixedClock(NOW), Inline())
    program.window.resize(1366, 690)
    program.start()
    program.enter(desk)
    settle()
    assert program.workspace is not None
    yield Rehearsal(path, desk, program.window, program.workspace), program, gate
    program.window.close()
    program.window.deleteLater()
    rehearsal.window.activateWindow()
    settle()


@pytest.mark.timeout(300)  # every page is opened once
def test_the_words_are_on_the_screen_and_nowhere_outside_the_store(
    sown: tuple[Rehearsal, Program, StoreGate],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shop, program, gate = sown
    QApplication.clipboard().clear()
    kinds = sow(shop.desk, shop.main)
    assert kinds | WITHOUT_WORDS == KINDS.keys(), "a new kind is sown, or is known to hold no words"
    assert not kinds & WITHOUT_WORDS
    assert any(is_restricted(kind) for kind in kinds)
    titles: set[str] = set()
    seen: set[str] = set()
    with caplog.at_level(logging.DEBUG):
        for name, (route, params) in PLACES.items():
            shop.go(route, params(shop))
            titles |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
            seen |= {name for words in words_anywhere(shop.window) if BIRD in words}
        assert search.quick(shop.desk, BIRD)
        assert BIRD not in told_of_an_error(shop)
        print_a_page(shop, tmp_path / "printer" / "out.pdf")
        choose_a_file(tmp_path / f"{BIRD}s")
        assert not [file for file in (tmp_path / "home").rglob("*") if file.is_file() and holds(file)]
        with pytest.raises(WrongPassphrase) as wrong:
            shop.desk.store.identity(shop.desk.me, BIRD)
        with pytest.raises(BadInput) as missing:
            upkeep.restore(tmp_path / BIRD, tmp_path / "elsewhere.workwell")
        assert BIRD not in f"{wrong.value!r}{wrong.value}{missing.value!r}{missing.value}"
        program.close()
        gate.close()
    assert len(seen) > len(PLACES) / 2, "the pages show what was sown, or this test proves nothing"
    assert not [title for title in titles if BIRD in title]
    assert BIRD not in QApplication.clipboard().text()
    assert BIRD not in caplog.text
    said = capfd.readouterr()
    assert BIRD not in said.out + said.err
    (tmp_path / f"{BIRD}s").rmdir()
    holding = [file for file in tmp_path.rglob("*") if file.is_file() and holds(file)]
    assert not holding, [file.name for file in holding]
    assert not list((tmp_path / "temporary").iterdir())


def told_of_an_error(shop: Rehearsal) -> str:
    """What diagnostics keep and show of an error that nobody expected, with the words in all that it carries."""

    def work(typed: str) -> None:
        raise RuntimeError(f"{typed}: {shop.participant(shop.main)!r}") from KeyError(typed)

    diagnostics().clear()
    shop.page.run(lambda: work(BIRD), None, lambda _error: None)
    page = shop.go("diagnostics", {})
    assert diagnostics().noted
    assert "RuntimeError" in page.report.toPlainText()
    return f"{page.report.toPlainText()}{diagnostics().noted!r}"


def print_a_page(shop: Rehearsal, out: Path) -> None:
    """A paper goes to the printer as pictures of its pages: the name of the job is the program's alone."""
    out.parent.mkdir()
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(out))
    one = shop.all(Document, ("-made_at", "id"))[0]
    with shop.desk.read() as reader:
        assert one.file is not None
        pdf = reader.blob(one.file)
    printing.draw_pages(printer, [documents.page_png(pdf, 0, 400)])
    assert out.stat().st_size
    assert BIRD not in printer.docName()


def choose_a_file(folder: Path) -> None:
    """As the dialog of Qt does, which notes for other programs where somebody went."""
    folder.mkdir()
    dialog = QFileDialog(None, "", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(str(folder / "plan.pdf"))
    dialog.show()
    dialog.accept()
    assert dialog.result() == QFileDialog.DialogCode.Accepted
    dialog.deleteLater()
    settle()


def holds(file: Path) -> bool:
    """Whether the words stand in a file or in its name, however letters are written."""
    found = file.read_bytes()
    ways = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
    return BIRD in file.name or any(BIRD.encode(way) in found for way in ways)


def test_words_left_in_a_file_are_found(tmp_path: Path) -> None:
    for number, written in enumerate((f"a {BIRD}".encode(), f"{BIRD}".encode("utf-16"))):
        (tmp_path / str(number)).write_bytes(written)
        assert holds(tmp_path / str(number))
    (tmp_path / BIRD).touch()
    assert holds(tmp_path / BIRD)
    (tmp_path / "none").write_bytes(b"nothing")
    assert not holds(tmp_path / "none")


def test_what_a_dialog_noted_elsewhere_is_taken_out(tmp_path: Path) -> None:
    """On Windows and macOS Qt notes folders in the settings of the system, which cannot be laid elsewhere."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    noted = QSettings(QSettings.Scope.UserScope, "QtProject")
    noted.setValue("FileDialog/history", [f"file:///{BIRD}"])
    noted.setValue("FileDialog/lastVisited", f"file:///{BIRD}")
    noted.setValue("FileDialog/sidebarWidth", 7)
    noted.sync()
    assert any(holds(file) for file in tmp_path.iterdir())
    chosen_files.forget()
    noted.sync()
    assert not any(holds(file) for file in tmp_path.iterdir())
    assert int(str(noted.value("FileDialog/sidebarWidth"))) == 7, "what names nobody stays"
    chosen_files.remember_none()
