"""A release is made of what is committed, named and tried, or not at all."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from devtools import SetUpError, release
from devtools.bundle import contents

CHANGES = "# What changed\n\n## 9.1.0\n\n- New things.\n\n## 9.0.0\n\n- Old things.\n"


def git(root: Path, *words: str) -> None:
    own = ["-c", "user.name=Anna Example", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small tree that could be released as 9.1.0."""
    kept = tmp_path / "tests" / "store" / "earlier"
    kept.mkdir(parents=True)
    (kept / "9.1.0.zip").touch()
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "all")
    return tmp_path


def test_nothing_is_in_the_way(checkout: Path) -> None:
    assert list(release.in_the_way(checkout, "9.1.0")) == []


def test_each_thing_in_the_way_is_named(checkout: Path) -> None:
    (checkout / "tests" / "store" / "earlier" / "9.1.0.zip").unlink()
    git(checkout, "tag", "v9.1.0")
    uncommitted, there, kept = release.in_the_way(checkout, "9.1.0")
    assert "not committed" in uncommitted
    assert there.startswith("v9.1.0 is there already")
    assert "tests.store.earlier.make" in kept
    assert "CHANGELOG.md does not begin with 9.0.0." in release.in_the_way(checkout, "9.0.0")
    (checkout / "CHANGELOG.md").write_text("## 9.1.0\n\n## 9.0.0\n\n- Old things.\n", encoding="utf-8")
    assert "CHANGELOG.md says nothing about 9.1.0." in release.in_the_way(checkout, "9.1.0")


def test_the_words_of_a_version_are_its_own() -> None:
    assert release.notes(CHANGES, "9.1.0") == "- New things."
    assert release.notes(CHANGES, "9.0.0") == "- Old things."
    assert release.notes(CHANGES, "9.1") == ""


@pytest.fixture
def here(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(release, "ROOT", checkout)
    monkeypatch.setattr(contents, "version", lambda: "9.1.0")
    for name, value in (("GIT_AUTHOR", "Anna Example"), ("GIT_COMMITTER", "Anna Example")):
        monkeypatch.setenv(f"{name}_NAME", value)
        monkeypatch.setenv(f"{name}_EMAIL", "anna@example.org")
    return checkout


def tags(root: Path) -> str:
    return subprocess.run(["git", "tag", "-n9"], cwd=root, check=True, capture_output=True, text=True).stdout


def test_what_is_red_is_not_tagged(here: Path) -> None:
    with pytest.raises(SetUpError, match="is not green"):
        release.release([], lambda _: 0, lambda _: 1, lambda: pytest.fail("built what is red"))
    assert tags(here) == ""


def test_what_is_green_is_built_summed_and_tagged(here: Path) -> None:
    (here / ".git" / "info" / "exclude").write_text("dist/\n", encoding="utf-8")
    made = here / "dist" / "made.deb"
    made.parent.mkdir()
    made.write_bytes(b"a package")
    assert release.release(["--check"], pytest.fail, pytest.fail, lambda: pytest.fail("built")) == 0
    assert release.release([], lambda _: 0, lambda _: 0, lambda: [made]) == 0
    expected = f"{hashlib.sha256(b'a package').hexdigest()}  made.deb\n"
    assert (here / "dist" / "SHA256SUMS").read_text(encoding="utf-8") == expected
    assert "WorkWell Desktop 9.1.0" in tags(here)
    assert "New things" in tags(here)
