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
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.journeys.places import PLACES, Rehearsal
from tests.journeys.sight import words_anywhere
from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.begin import program_for
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.program import Program
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.people import Partnership, Team
from workwell_desktop.domain.records import FieldType, Id, Record, Scope, fields_of, is_restricted, new_id, scope_of
from workwell_desktop.domain.sessions import Session
from workwell_desktop.errors import StoreNotFound, WrongPassphrase
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
            if not names or cls is Session:
                continue
            if mine:
                for one in mine:
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


def test_the_words_are_on_the_screen_and_nowhere_outside_the_store(
    sown: tuple[Rehearsal, Program, StoreGate],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    shop, program, gate = sown
    QApplication.clipboard().clear()
    kinds = sow(shop.desk, shop.main)
    assert kinds == {kind for kind, cls in KINDS.items() if free_words(cls) and cls is not Session}
    assert any(is_restricted(kind) for kind in kinds)
    titles: set[str] = set()
    seen: set[str] = set()
    with caplog.at_level(logging.DEBUG):
        for name, (route, params) in PLACES.items():
            shop.go(route, params(shop))
            titles |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
            seen |= {name for words in words_anywhere(shop.window) if BIRD in words}
        assert search.quick(shop.desk, BIRD)
        with pytest.raises(WrongPassphrase) as wrong:
            shop.desk.store.identity(shop.desk.me, BIRD)
        with pytest.raises(StoreNotFound) as missing:
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
    holding = [file for file in tmp_path.rglob("*") if file.is_file() and holds(file)]
    assert not holding, [file.name for file in holding]
    assert not list((tmp_path / "temporary").iterdir())


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
