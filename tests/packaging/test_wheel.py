"""The wheel carries the program whole: installed elsewhere, it finds its words, tokens and questionnaires."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.tree import ROOT

SHOW = (
    "from workwell_desktop import assets, catalogue;"
    "print(assets.resource('brand.toml'));"
    "print(assets.ui('tokens.toml').is_file(), assets.resource('instruments').is_dir());"
    "print(catalogue.text('errors.locked'))"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)], ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel in it; the libraries are lent from the one that tests run in."""
    folder = tmp_path_factory.mktemp("elsewhere") / "place"
    venv.create(folder, with_pip=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_run([str(python), "-c", ask], folder).strip())
    # A path file is read for the libraries alone: those inside the lent folder are not, so the checkout stays out.
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", f"--python={python}", "install", "--quiet", "--no-deps", "--no-index"]
    _run([*pip, "--disable-pip-version-check", str(wheel)], folder)
    return scripts


def is_source(path: Path) -> bool:
    """Not what a program that ran here keeps parsed beside a table."""
    return path.is_file() and "__pycache__" not in path.parts


def test_the_wheel_holds_what_a_designer_and_a_partnership_edit(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for folder, inside in (("ui", "_ui"), ("resources", "_resources")):
        here = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if is_source(path)}
        assert {f"workwell_desktop/{inside}/{name}" for name in here} <= names
    tables = {path.relative_to(ROOT).as_posix() for path in (ROOT / "workwell_desktop" / "sync").rglob("*.sql")}
    assert len(tables) > 8
    assert tables <= names
    assert not [name for name in names if name.startswith(("tests", "packaging"))]


def test_it_finds_its_own_files_elsewhere(elsewhere: Path) -> None:
    brand, found, said = _run([str(elsewhere / "python"), "-c", SHOW], elsewhere).splitlines()
    assert "_resources" in brand
    assert str(ROOT) not in brand
    assert found == "True True"
    assert said.startswith("This is signed or locked")


def test_the_command_is_there(elsewhere: Path) -> None:
    assert "run-job" in _run([str(elsewhere / "workwell"), "--help"], elsewhere)


def _run(command: list[str], where: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    done = subprocess.run(command, cwd=where, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
