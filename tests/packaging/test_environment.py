"""Set-up is done once for a lock and a Python, and again when either changes."""

import subprocess
import sys
from pathlib import Path

import pytest

from devtools import SetUpError, commands, environment, lockfile

ONE = "one==1 \\\n    --hash=sha256:aa\n"
TWO = "two==2 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
THREE = "three==3 \\\n    --hash=sha256:cc\n"
LOCK = f"{lockfile.HEAD}{ONE}{lockfile.MARK}\n{TWO}{lockfile.BUNDLE}\n{THREE}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own with a lock and no environment."""
    (tmp_path / "requirements.lock").write_text(LOCK, encoding="utf-8")
    monkeypatch.setattr(lockfile, "PATH", tmp_path / "requirements.lock")
    monkeypatch.setattr(environment, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "set-up")
    monkeypatch.setattr(environment, "BUNDLE_STAMP", tmp_path / ".venv" / "set-up-bundle")
    return tmp_path


@pytest.fixture
def installed(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been installed; nothing is."""
    seen: list[str] = []
    monkeypatch.setattr(environment, "_make", lambda: (place / ".venv").mkdir(exist_ok=True))
    monkeypatch.setattr(environment, "_install", seen.append)
    monkeypatch.setattr(environment, "_point_here", lambda: None)
    return seen


def test_the_lock_has_three_parts(place: Path) -> None:
    assert list(lockfile.entries(lockfile.part(tests=False))) == ["one==1"]
    assert lockfile.entries(lockfile.part(tests=True)) == {"one==1": ONE, "two==2 ; sys_platform == 'win32'": TWO}
    assert lockfile.entries(lockfile.for_bundle()) == {"one==1": ONE, "three==3": THREE}


def test_set_up_is_done_once(place: Path, installed: list[str]) -> None:
    environment.prepare(tests=False)
    environment.prepare(tests=False)
    assert len(installed) == 1
    environment.prepare(tests=True)
    assert len(installed) == 2
    assert "two==2" in installed[1]
    environment.prepare(tests=False)
    assert len(installed) == 2, "what the tests have is enough for a run"


def test_another_lock_sets_up_again(place: Path, installed: list[str]) -> None:
    environment.prepare(tests=True)
    lockfile.PATH.write_text(LOCK.replace("one==1", "one==1.1"), encoding="utf-8")
    assert not environment.is_ready(tests=True)
    assert not environment.is_ready(tests=False)


def test_a_step_that_fails_leaves_no_stamp(place: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise SetUpError("no way to the index")

    monkeypatch.setattr(environment, "_install", fail)
    with pytest.raises(SetUpError):
        environment.prepare(tests=True)
    assert not environment.is_ready(tests=True)


def test_a_folder_that_is_something_else_is_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = place / ".venv" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(environment, "PYTHON", place / ".venv" / "bin" / "python")
    with pytest.raises(SetUpError, match="not an environment of Python"):
        environment.prepare(tests=True)
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_word_that_is_no_command_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["fly"]) == 2
    assert "dev.py run" in capsys.readouterr().err
    assert commands.main(["--help"]) == 0


def test_without_a_screen_the_other_way_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert commands.main(["run"]) == 2
    assert "--headless" in capsys.readouterr().err


def test_it_needs_the_standard_library_alone() -> None:
    """On a bare Python, with no site folder, the script says what it can do."""
    script = Path(commands.__file__).parents[1] / "dev.py"
    done = subprocess.run(
        [sys.executable, "-E", "-S", script, "--help"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert "dev.py test" in done.stderr, done.stderr
    assert done.returncode == 0


def test_what_packs_a_bundle_is_installed_once_and_beside_the_rest(place: Path, installed: list[str]) -> None:
    environment.prepare(tests=True)
    environment.prepare_bundle()
    environment.prepare_bundle()
    assert [("two==2" in one, "three==3" in one) for one in installed] == [(True, False), (False, True)]
    lockfile.PATH.write_text(LOCK.replace("three==3", "three==3.1"), encoding="utf-8")
    environment.prepare_bundle()
    assert "three==3.1" in installed[-1]
    assert len(installed) == 3
