"""Unlock, recovery, first run, lock and another person; and what is imported before the first paint."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, click, description, find, find_all, says, typed
from tests.support.tree import ROOT
from workwell_desktop.catalogue import Catalogue, sentence
from workwell_desktop.desktop.gate import Begun, GateFacts, GatePerson, NewStore
from workwell_desktop.desktop.operations import Inline, Operations
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.desktop.shell.context import Context, Params
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.workspace import Doors, Workspace
from workwell_desktop.desktop.speaking import speak
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.errors import BadInput, DamagedStore, NotAStore, WrongPassphrase

PHRASE = "four quiet green words"
CODE = ("ABCD", "EFGH", "JKLM", "NPQR", "STUV", "WXYZ", "2345")


class TodayPage(Page):
    route = "today"
    nav = "today"

    def enter(self, params: Params) -> None:
        self.set_title(f"Today of {self.context.desk.person.name}")
        self.add(Field("Note", TextField()))
        self.ready()


class FakeGate:
    """A store that exists in memory alone."""

    def __init__(self, people: tuple[GatePerson, ...]) -> None:
        self.people = people
        self.preloaded = self.closed = 0
        self.heard = "en-GB"
        self.made: list[NewStore] = []
        self.chosen: list[Path] = []

    def facts(self) -> GateFacts | None:
        if not self.people:
            return None
        return GateFacts("Calder Valley partnership", self.people, only_here="14 answers have not been synced yet.")

    def language(self) -> str:
        return self.heard

    def spoken(self, language: str) -> None:
        self.heard = language

    def preload(self) -> None:
        self.preloaded += 1

    def problem(self, passphrase: str, name: str) -> str | None:
        return None if len(passphrase) >= 12 else "Too short"

    def areas(self) -> tuple[tuple[str, str], ...]:
        return (("generic", "Any area"), ("low_moor", "Low Moor"))

    def _desk(self, person: str) -> Any:
        name = next((one.name for one in self.people if one.id == person), "Maya Okafor")
        return SimpleNamespace(me=person, rehearsal=False, person=SimpleNamespace(name=name))

    def unlock(self, person: str, passphrase: str) -> Any:
        if passphrase != PHRASE:
            raise WrongPassphrase(wait=2 if passphrase == "again" else 0)
        return self._desk(person)

    def close(self) -> None:
        self.closed += 1

    def recover(self, code: str, person: str, passphrase: str) -> Any:
        if code != "".join(CODE):
            raise BadInput("recovery_code")
        return self._desk(person)

    def create(self, new: NewStore) -> Begun:
        self.made.append(new)
        return Begun(self._desk("a"), CODE, lambda typed_back: typed_back.replace("-", "").upper() == "".join(CODE))

    def demo(self) -> Any:
        return self._desk("a")

    def rescue(self, person: str, passphrase: str) -> Any:
        raise NotAStore

    def choose(self, path: Path) -> GateFacts:
        raise NotAStore

    def restore(self, backup: Path, path: Path) -> GateFacts:
        raise NotAStore


MAYA = GatePerson("a", "Maya Okafor", "Work and Health Coach", datetime(2026, 11, 24, 8, 50, tzinfo=UTC))
TOM = GatePerson("b", "Tom Reid", "Occupational therapist")


@pytest.fixture
def begin(qapp: QApplication, fixed: FixedClock) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def make(desk: Any, program: Program) -> Workspace:
        navigator = Navigator(Routes({"today": TodayPage}))
        work = Workspace(navigator, Doors(lock=program.lock, quit=program.window.close), name=desk.person.name, role="")
        program.window.put(work)
        work.serve(Context(desk, program.operations, navigator, theme(), fixed, work))
        return work

    def start(gate: FakeGate) -> Program:
        program = Program(gate, Operations(Inline()), fixed, make)
        programs.append(program)
        program.window.resize(1366, 768)
        program.start()
        program.window.activateWindow()
        settle()
        return program

    yield start
    for program in programs:
        program.window.close()
        program.close()
        program.window.deleteLater()
    settle()


def test_unlock_shows_who_may_and_nobodys_record(begin: Callable[..., Program]) -> None:
    gate = FakeGate((MAYA, TOM))
    window = begin(gate).window
    said = says(window)
    for words in (
        "Who is working?",
        "Calder Valley partnership",
        "14 answers have not been synced yet.",
        "Maya Okafor",
    ):
        assert words in said
    maya = find(window, Role.RadioButton, "Maya Okafor")
    assert maya.isChecked()  # type: ignore[attr-defined]
    assert "Last opened today, 8:50am" in description(maya)
    assert "Has not used this computer yet" in description(find(window, Role.RadioButton, "Tom Reid"))
    assert QApplication.focusWidget() is find(window, Role.EditableText, "Passphrase")


def test_the_first_page_speaks_what_this_computer_spoke_last(begin: Callable[..., Program]) -> None:
    gate = FakeGate((MAYA, TOM))
    gate.heard = "cy"
    try:
        said = says(begin(gate).window)
    finally:
        speak()
    assert Catalogue("cy").text("unlock.who") in said
    assert "Who is working?" not in said


def test_what_is_slow_is_imported_once_after_the_first_paint(qapp: QApplication, begin: Callable[..., Program]) -> None:
    gate = FakeGate((MAYA, TOM))
    program = begin(gate)
    assert wait_for(qapp, lambda: gate.preloaded > 0)
    program.close()
    assert gate.preloaded == 1


def test_a_right_passphrase_opens_and_leaves_nothing_typed(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate((MAYA, TOM)))
    typed(program.window, "Passphrase", PHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert program.workspace is not None
    assert "Today of Maya Okafor" in says(program.window)
    assert not find_all(program.window, Role.EditableText, "Passphrase")


def test_a_wrong_passphrase_is_said_at_the_field_and_makes_one_wait(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate((MAYA,)))
    click(program.window, Role.Button, "Unlock")
    assert "Enter your passphrase" in says(program.window)
    typed(program.window, "Passphrase", "wrong")
    click(program.window, Role.Button, "Unlock")
    settle()
    assert sentence(WrongPassphrase()) in says(program.window)
    assert find(program.window, Role.Button, "Unlock").isEnabled()
    typed(program.window, "Passphrase", "again")
    click(program.window, Role.Button, "Unlock")
    settle()
    assert "You can try again in 2 seconds." in says(program.window)
    assert not find(program.window, Role.Button, "Unlock").isEnabled()
    page = program._page
    for _ in range(2):
        page._count()  # type: ignore[union-attr]
    assert find(program.window, Role.Button, "Unlock").isEnabled()


def test_lock_comes_back_to_the_same_place_for_the_same_person(begin: Callable[..., Program]) -> None:
    gate = FakeGate((MAYA, TOM))
    program = begin(gate)
    unlock(program)
    assert program.workspace is not None
    program.workspace.navigator.go("today", day="tomorrow")
    before = gate.closed
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert program.workspace is None
    assert gate.closed == before + 1, "the store is closed behind the lock"
    assert "Today of" not in says(program.window)
    unlock(program)
    here = program.workspace.navigator.here
    assert here is not None
    assert dict(here.params) == {"day": "tomorrow"}
    assert program.workspace.navigator.can_back


def test_another_person_takes_two_keystrokes_and_a_passphrase(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate((MAYA, TOM)))
    unlock(program)
    work = program.workspace
    QApplication.clipboard().setText("words of a record")
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert QApplication.clipboard().text() == ""
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(QApplication.focusWidget(), PHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert program.workspace is not work
    assert "Today of Tom Reid" in says(program.window)


def unlock(program: Program) -> None:
    QTest.keyClicks(find(program.window, Role.EditableText, "Passphrase"), PHRASE)
    click(program.window, Role.Button, "Unlock")
    settle()


def test_no_act_works_from_behind_the_lock(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate((MAYA,)))
    unlock(program)
    program.lock()
    settle()
    for key in (Qt.Key.Key_K, Qt.Key.Key_1, Qt.Key.Key_Z):
        QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert program.workspace is None
    assert "Who is working?" in says(program.window)


def test_the_recovery_code_gives_a_new_passphrase(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate((MAYA,)))
    click(program.window, Role.Button, "I have forgotten my passphrase")
    settle()
    assert "For Maya Okafor" in says(program.window)
    typed(program.window, "Recovery code", "".join(CODE))
    typed(program.window, "New passphrase", PHRASE)
    typed(program.window, "New passphrase again", "another")
    click(program.window, Role.Button, "Open and change the passphrase")
    assert "The two passphrases are not the same." in says(program.window)
    find(program.window, Role.EditableText, "New passphrase again").clear()  # type: ignore[attr-defined]
    typed(program.window, "New passphrase again", PHRASE)
    click(program.window, Role.Button, "Open and change the passphrase")
    settle()
    assert program.workspace is not None


def test_the_first_run_makes_a_store_and_wants_the_code_typed_back(begin: Callable[..., Program]) -> None:
    gate = FakeGate(())
    program = begin(gate)
    window = program.window
    click(window, Role.Button, "Begin a new store")
    settle()
    assert window.focusWidget() is find(window, Role.EditableText, "Name of the partnership")
    click(window, Role.Button, "Make the store")
    settle()
    assert "5 answers need another look:" in says(window)
    assert gate.made == []
    typed(window, "Name of the partnership", "Calder Valley")
    typed(window, "Name of your team", "Calder Valley team")
    typed(window, "Your name", "Maya Okafor")
    area = find(window, Role.ComboBox, "Area")
    assert area.currentText() == "Any area"  # type: ignore[attr-defined]
    QTest.keyClicks(area, "Low")
    profession = find(window, Role.ComboBox, "Your profession")
    QTest.keyClicks(profession, "Occupational")
    settle()
    assert find_all(window, Role.EditableText, "Registration number")
    QTest.keyClick(profession, Qt.Key.Key_Home)
    QTest.keyClick(profession, Qt.Key.Key_Down)
    settle()
    assert not find_all(window, Role.EditableText, "Registration number")
    typed(window, "Passphrase", PHRASE)
    typed(window, "Passphrase again", PHRASE)
    click(window, Role.Button, "Make the store")
    settle()
    assert [(new.profession, new.site) for new in gate.made] == [("coach", "low_moor")]
    assert PHRASE not in repr(gate.made)
    assert "Recovery code: A B C D, E F G H" in " ".join(
        one.accessibleName() for one in window.findChildren(object) if hasattr(one, "accessibleName")
    )
    click(window, Role.Button, "I have written it down")
    settle()
    typed(window, "Recovery code", "wrong")
    click(window, Role.Button, "Finish")
    assert program.workspace is None
    find(window, Role.EditableText, "Recovery code").clear()  # type: ignore[attr-defined]
    typed(window, "Recovery code", "-".join(CODE).lower())
    click(window, Role.Button, "Finish")
    settle()
    assert program.workspace is not None


def test_a_file_that_is_no_store_is_said_and_the_page_stays(begin: Callable[..., Program]) -> None:
    program = begin(FakeGate(()))
    page = program._page
    page.open_store.emit(Path("letter.docx"))  # type: ignore[union-attr]
    settle()
    assert sentence(NotAStore()) in says(program.window)
    click(program.window, Role.Button, "Look around with made-up people")
    settle()
    assert program.workspace is not None


def test_a_damaged_store_is_said_and_the_other_ways_are_offered(begin: Callable[..., Program]) -> None:
    class Damaged(FakeGate):
        def facts(self) -> GateFacts | None:
            raise DamagedStore

    program = begin(Damaged(()))
    assert sentence(DamagedStore()) in says(program.window)
    find(program.window, Role.Button, "Bring one back from a backup")


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    """Design 2: SQLAlchemy, the store's cipher, papers and services come after the unlock page has been painted."""
    code = """
import sys
from datetime import UTC, datetime
from PySide6.QtWidgets import QApplication
app = QApplication([])
from workwell_desktop.desktop import access
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.gate import GateFacts, GatePerson
from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.program import Program
from workwell_desktop.domain.clock import SystemClock

class Gate:
    def facts(self):
        maya = GatePerson("a", "Maya", "Coach", datetime(2026, 11, 24, tzinfo=UTC))
        return GateFacts("Partnership", [maya], only_here="x", offline=True)
    def language(self):
        return "en-GB"
    def preload(self):
        pass

access.install()
theme().start(app)
program = Program(Gate(), Operations(), SystemClock(), None)
loaded = []
program.start()
program._page.painted.connect(lambda: (loaded.extend(sys.modules), app.quit()))
app.exec()
program.close()
print("\\n".join(sorted({name for name in loaded})))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "workwell_desktop.desktop.pages.opening.unlock" in loaded
    slow = {
        "sqlalchemy", "sqlcipher3", "reportlab", "pyhanko", "pikepdf", "alembic", "psycopg", "cryptography", "nacl",
        "argon2", "cbor2", "pypdfium2", "PIL", "jsonschema", "PySide6.QtNetwork", "PySide6.QtPrintSupport",
        "workwell_desktop.services", "workwell_desktop.store.engine", "workwell_desktop.documents",
        "workwell_desktop.forms", "workwell_desktop.desktop.kit", "workwell_desktop.desktop.shell.workspace",
        "workwell_desktop.desktop.access_parts",
    }  # fmt: skip
    assert slow & loaded == set()


def test_what_is_preloaded_is_what_unlocking_and_today_need() -> None:
    """The ORM, X.509 and the engine of forms are for later pages: Today would wait for each of them."""
    code = """
import sys
from workwell_desktop.app import StoreGate
from workwell_desktop.domain.clock import SystemClock

StoreGate(None, SystemClock()).preload()
print("\\n".join(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert {"workwell_desktop.store.store", "workwell_desktop.desktop.pages.caseload.today"} <= loaded
    later = {
        "sqlalchemy.orm", "alembic", "cryptography.x509", "reportlab", "pyhanko", "pikepdf", "pypdfium2", "PIL",
        "jsonschema", "workwell_desktop.forms", "workwell_desktop.documents",
        "workwell_desktop.services.meeting.session_views",
    }  # fmt: skip
    assert later & loaded == set()
