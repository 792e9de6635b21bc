"""What disks and people do to a store, met in the real window: one sentence, nothing lost, and the way on."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import FORMS, AtWork, begun
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import CHEAP, PASSPHRASE
from tests.test_bad_input import small_disk  # noqa: F401 a fixture
from workwell_desktop.app import StoreGate
from workwell_desktop.catalogue import sentence, text
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.diagnostics import diagnostics, report
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.program import Program
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import (
    DamagedStore,
    DiskFull,
    NewerStore,
    ReadOnlyFolder,
    StoreInUse,
    WorkWellError,
    WrongPassphrase,
)
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots, slots

Start = Callable[[Path], Program]


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Opens the program on a store, as somebody who clicks on it."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    with ExitStack() as after:

        def begin(path: Path) -> Program:
            clock = FixedClock(at_work.NOW)
            gate = StoreGate(path, clock)
            program = program_for(gate, clock, Inline())

            def end() -> None:
                gate.close()
                program.window.close()
                program.close()
                program.window.deleteLater()
                settle()

            after.callback(end)
            program.window.resize(1366, 768)
            program.start()
            program.window.activateWindow()
            settle()
            return program

        yield begin


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A copy of the store with Dani in it, closed."""
    return copied(made, tmp_path)


def copied(store: Path, folder: Path) -> Path:
    for file in store.parent.iterdir():
        if file.name.startswith(store.name) and not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, folder / file.name)
    return folder / store.name


def unlocked(program: Program, words: str = PASSPHRASE) -> str:
    """Types the passphrase and presses the button; what the window says then."""
    typed(program.window, "Passphrase", words)
    click(program.window, Role.Button, "Unlock")
    settle()
    return says(program.window)


def opens(store: Path) -> None:
    """The store is whole, with everything in it."""
    person = Id(read_slots(store).people[0].person)
    desk = opening.unlock(store, person, PASSPHRASE, clock=FixedClock(at_work.NOW), profile=CHEAP)
    try:
        assert desk.store.check().ok
        with desk.read() as reader:
            assert [one.family_name for one in reader.list(Participant)] == ["Marsh"]
    finally:
        desk.lock()


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(start: Start, store: Path) -> None:
    program = start(store)
    assert sentence(WrongPassphrase()) in unlocked(program, "not the words")
    assert program.workspace is None
    unlocked(program)
    assert program.workspace is not None


def damaged_page(store: Path) -> None:
    data = bytearray(store.read_bytes())
    data[100:5000] = bytes(4900)
    store.write_bytes(data)


def damaged_slots(store: Path) -> None:
    for file in (slots.keys_path(store), slots.copy_path(store)):
        file.write_bytes(file.read_bytes()[:200])


def newer_slots(store: Path) -> None:
    for file in (slots.keys_path(store), slots.copy_path(store)):
        file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))


@pytest.mark.parametrize(
    ("spoil", "trouble"), [(damaged_page, DamagedStore), (damaged_slots, DamagedStore), (newer_slots, NewerStore)]
)
def test_a_store_that_cannot_be_opened_is_named_and_left_as_it_is(
    start: Start, store: Path, spoil: Callable[[Path], None], trouble: type[WorkWellError]
) -> None:
    whole = {file.name: file.read_bytes() for file in store.parent.iterdir() if file.is_file()}
    spoil(store)
    spoiled = store.read_bytes()
    program = start(store)
    said = unlocked(program) if find_all(program.window, Role.Button, "Unlock") else says(program.window)
    assert sentence(trouble()) in said
    assert "Traceback" not in said
    assert program.workspace is None
    assert store.read_bytes() == spoiled
    for name, data in whole.items():
        (store.parent / name).write_bytes(data)
    opens(store)


def test_what_can_be_read_of_a_damaged_store_is_saved_from_the_first_page(start: Start, store: Path) -> None:
    damaged_page(store)
    spoiled = store.read_bytes()
    program = start(store)
    assert not find_all(program.window, Role.Button, "Save what can be read")
    unlocked(program)
    click(program.window, Role.Button, "Save what can be read")
    settle()
    assert program.workspace is not None
    said = says(program.window)
    assert "Saved from a damaged store" in said
    assert f"from {store.name}" in said
    assert store.read_bytes() == spoiled
    assert store.with_name(f"{store.stem}-saved{store.suffix}").is_file()


def test_from_a_damaged_store_there_is_a_way_to_the_backup(start: Start, store: Path, tmp_path: Path) -> None:
    person = Id(read_slots(store).people[0].person)
    desk = opening.unlock(store, person, PASSPHRASE, clock=FixedClock(at_work.NOW), profile=CHEAP)
    desk.store.backup(tmp_path / "safe.backup")
    desk.lock()
    damaged_page(store)
    program = start(store)
    unlocked(program)
    click(program.window, Role.Button, "Another store, a new one, or a backup")
    settle()
    page: Any = program._page
    find(program.window, Role.Button, "Bring one back from a backup")
    page.restore.emit(tmp_path / "safe.backup", store)
    settle()
    assert "already" in says(program.window), "the damaged file is kept, never written over"
    page.restore.emit(tmp_path / "safe.backup", tmp_path / "back.workwell")
    settle()
    unlocked(program)
    assert program.workspace is not None


def test_a_second_window_says_where_the_store_is_open(start: Start, store: Path) -> None:
    first = start(store)
    unlocked(first)
    assert first.workspace is not None
    script = (
        "import sys; from pathlib import Path; from tests.desktop.pages import at_work;"
        "from tests.services.conftest import PASSPHRASE; from workwell_desktop.app import StoreGate;"
        "from workwell_desktop.catalogue import sentence; from workwell_desktop.domain.clock import FixedClock;"
        "from workwell_desktop.store import read_slots; path = Path(sys.argv[1]); clock = FixedClock(at_work.NOW)\n"
        "try: StoreGate(path, clock).unlock(read_slots(path).people[0].person, PASSPHRASE)\n"
        "except Exception as error: print(sentence(error))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(store)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert run.stdout.strip() == sentence(StoreInUse())
    first.workspace.navigator.go("participants")
    settle()
    assert "Marsh" in says(first.window)


@pytest.fixture
def on_a_small_disk(small_disk: Path, made: Path) -> Path:  # noqa: F811
    """The store on a disk of three megabytes."""
    return copied(made, small_disk)


def remount(folder: Path, how: str) -> None:
    mount = shutil.which("mount")
    assert mount is not None
    subprocess.run([mount, "-o", f"remount,{how}", str(folder)], check=True)


def test_a_store_on_a_disk_that_cannot_be_written_says_so(on_a_small_disk: Path, start: Start) -> None:
    remount(on_a_small_disk.parent, "ro")
    try:
        program = start(on_a_small_disk)
        assert sentence(ReadOnlyFolder()) in unlocked(program)
    finally:
        remount(on_a_small_disk.parent, "rw")
    unlocked(program)
    assert program.workspace is not None


def test_a_full_disk_while_answering_keeps_what_was_typed_and_saves_it_later(
    qapp: QApplication,
    made: Path,
    small_disk: Path,  # noqa: F811
) -> None:
    with at_work.begin(made, small_disk) as work:
        _answers_on_a_full_disk(work, small_disk)


def _answers_on_a_full_disk(work: AtWork, disk: Path) -> None:
    response = begun(work, "work-and-health")
    page = work.page
    typed(page, at_work.JOB, "Packer")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    settle()
    assert work.answers(response)
    before = work.answers(response)
    fill = (disk / "fill").open("wb", buffering=0)
    try:
        while fill.write(bytes(4096)):
            """Until there is no room."""
    except OSError:
        fill.close()
    typed(page, at_work.JOB, "Packer of parcels " + "and more " * 900)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    settle()
    assert sentence(DiskFull()) in says(page)
    assert text("assessment.not_saved") in says(page.foot)
    field: Any = find(page, Role.EditableText, at_work.JOB)
    assert field.value().startswith("Packer")
    assert "of parcels" in field.value()
    assert work.answers(response) == before
    (disk / "fill").unlink()
    typed(page, at_work.JOB, ".")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    settle()
    assert sentence(DiskFull()) not in says(page)
    (answer,) = work.answers(response).values()
    assert str(answer).startswith("Packer")
    assert "of parcels" in str(answer)
    assert work.desk.store.check().ok


def test_what_went_wrong_is_told_without_anybodys_words(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report may be passed on: no name, answer, path or passphrase is in it."""
    response = work.filled("phq-9", {"phq9-1": 1}, complete=False).response

    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError(f"Danielle Marsh {PASSPHRASE} {work.desk.store.path}")

    monkeypatch.setattr(assessments, "open_response", broken)
    diagnostics().clear()
    page = work.go("assessment", response=response)
    assert "Something happened that this program did not expect." in says(page)
    assert PASSPHRASE not in says(page)
    said = report(diagnostics().noted, str)
    for secret in ("Marsh", PASSPHRASE, str(work.desk.store.path), FORMS):
        assert secret not in said
    with work.desk.read() as reader:
        assert reader.get(Response, response).status is not None
