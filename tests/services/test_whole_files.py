"""Files in clear appear whole or not at all, and a process that is killed leaves no hidden copy of a paper."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from workwell_desktop.errors import DiskFull
from workwell_desktop.services import whole_files
from workwell_desktop.services.job import jobs

SECRET = b"somebody's health " * 4096
linux = pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are Linux's")


@pytest.fixture(params=["nameless", "by name"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of writing, on any system that has both."""
    if request.param == "by name":
        monkeypatch.setattr(whole_files, "_O_TMPFILE", None)


@pytest.mark.usefixtures("either")
def test_files_are_written_and_written_over(tmp_path: Path) -> None:
    whole_files.write(tmp_path, {"a.pdf": b"one", "pass.txt": b"word"}, frozenset({"pass.txt"}))
    whole_files.write(tmp_path, {"a.pdf": b"two", "b.pdf": b"three"})
    found = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert found == {"a.pdf": b"two", "b.pdf": b"three", "pass.txt": b"word"}
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "pass.txt").stat().st_mode) == 0o600


@pytest.mark.usefixtures("either")
def test_what_stops_it_half_way_leaves_what_stood_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"before")
    filled = 0
    real = whole_files._fill

    def fill(file: BinaryIO, content: bytes) -> None:
        nonlocal filled
        filled += 1
        if filled == 3:
            raise OSError(errno.ENOSPC, "no space")
        real(file, content)

    monkeypatch.setattr(whole_files, "_fill", fill)
    with pytest.raises(OSError, match="no space"):
        whole_files.write(tmp_path, {"a.pdf": b"after", "b.pdf": b"new", "c.pdf": b"new"})
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"a.pdf": b"before"}
    # of one that a person chose it is said in words, and no empty file stays
    filled = 2
    with pytest.raises(DiskFull):
        whole_files.write_chosen(tmp_path / "b.pdf", lambda: b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.usefixtures("either")
def test_a_folder_in_the_way_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises((IsADirectoryError, FileExistsError, PermissionError)):
        whole_files.write(tmp_path, {"a.pdf": b"one", "b.pdf": b"two"})
    assert [one.name for one in tmp_path.iterdir()] == ["b.pdf"]


def test_what_an_earlier_kill_left_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".workwell-making-0011").write_bytes(SECRET)
    whole_files.write(tmp_path, {"a.pdf": b"one"})
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


KILLED = """
import os, signal, sys
from pathlib import Path
from typing import BinaryIO
from workwell_desktop.services import whole_files
real, count = whole_files._fill, 0
def fill(file, content):
    global count
    real(file, content)
    count += 1
    if count == 2:
        os.kill(os.getpid(), signal.SIGKILL)
whole_files._fill = fill
whole_files.write(Path(sys.argv[1]), {"a.pdf": b"x" * 70000, "b.pdf": b"y" * 70000, "c.pdf": b"z"})
"""


@linux
def test_a_kill_leaves_no_file_at_all(tmp_path: Path) -> None:
    made = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert made.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_the_next_of_a_name_does_not_take_the_place_of_the_one_before(tmp_path: Path) -> None:
    """Who waits for the first invitation would never get in; who lost the first passphrase neither."""
    made = []
    for _ in range(3):
        made.append(whole_files.unused(tmp_path / "invitation.json"))
        made[-1].touch()
    assert [one.name for one in made] == ["invitation.json", "invitation-2.json", "invitation-3.json"]
    for word in (b"first", b"second"):
        jobs._written(tmp_path, {jobs.PASSPHRASE: ("passphrase", word)})
    said = {one.name: one.read_bytes() for one in tmp_path.glob("passphrase*")}
    assert said == {"passphrase.txt": b"second", "passphrase-2.txt": b"first"}
