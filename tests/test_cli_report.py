"""``workwell report``: files, JSON keys and exit codes are a promise."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import CHEAP, FIRST, PASSPHRASE, TUESDAY
from tests.services.summary_people import filled
from tests.test_cli import NoScreen
from workwell_desktop import cli
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.safekeeping import opening

Ask = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Maya may report, Owen may not."""
    path = tmp_path_factory.mktemp("report") / "report.workwell"
    desk, _code = opening.create(path, FIRST, clock=FixedClock(TUESDAY), profile=CHEAP)
    filled(desk)
    people.add(
        desk, NewPerson("Owen Reid", Profession.COACH, frozenset({"coach"}), PASSPHRASE, teams=desk.person.teams)
    )
    desk.lock()
    path.with_name("words.txt").write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture
def ask(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))

    def run(first: str, last: str, out: Path, person: str = "Maya Okafor") -> tuple[int, dict[str, Any], str]:
        words = ["report", "--store", store, "--passphrase-file", store.with_name("words.txt"), "--person", person]
        code = cli.main([*map(str, words), "--from", first, "--to", last, "--out", str(out), "--json"], NoScreen())
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        return code, json.loads(said.out), said.err

    return run


def test_the_files_are_named_and_there(ask: Ask, tmp_path: Path) -> None:
    code, said, error = ask("2026-10-01", "2026-10-31", tmp_path / "out")
    assert (code, error) == (0, "")
    assert set(said) == {"files", "from", "to", "participants"}
    assert (said["from"], said["to"], said["participants"]) == ("2026-10-01", "2026-10-31", 32)
    assert [Path(file).name for file in said["files"]] == ["service-summary.csv", "data-dictionary.csv"]
    assert all(Path(file).is_file() for file in said["files"])


def test_few_participants_are_not_counted_out_loud(ask: Ask, tmp_path: Path) -> None:
    code, said, _error = ask("2026-08-01", "2026-08-31", tmp_path)
    assert (code, said["participants"]) == (0, None)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-10-31", "2026-10-01"), ("2026-02-31", "2026-03-01"), ("October", "2026-10-31")]
)
def test_a_period_that_cannot_be_is_bad_input(ask: Ask, tmp_path: Path, first: str, last: str) -> None:
    code, said, error = ask(first, last, tmp_path / "out")
    assert code == 2
    assert said["error"]["message"] == error.strip()
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_bad_input(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        code, said, error = ask("2026-10-01", "2026-10-31", place)
        assert code == 2
        assert error.strip() == said["error"]["message"]
    assert (tmp_path / "file").read_text() == "mine"


def test_without_permission_it_is_refused(ask: Ask, tmp_path: Path) -> None:
    code, said, _error = ask("2026-10-01", "2026-10-31", tmp_path / "out", "Owen Reid")
    assert (code, said["error"]["code"]) == (3, "no_permission")
    assert not (tmp_path / "out").exists()
