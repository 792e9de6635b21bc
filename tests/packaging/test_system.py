"""What is missing on a computer is found, named and, where that may be, installed."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from devtools import SetUpError, system

THERE = "module:json"
NEEDS = {"here1": THERE, "gone1": "lib:libthat-is-nowhere.so.9", "gone2": "program:that-is-nowhere"}


def test_what_is_there_is_seen(tmp_path: Path) -> None:
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "postgres").touch()
    assert system.is_present(f"file:{tmp_path}/*/bin/postgres")
    assert system.is_present(f"program:{sys.executable}")
    assert system.is_present(THERE)
    assert not system.is_present(f"file:{tmp_path}/*/bin/other")
    assert system.missing(NEEDS) == ["gone1", "gone2"]


def test_not_as_root_the_one_line_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SetUpError) as said:
        system.provide(NEEDS)
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends gone1 gone2"
    assert line in str(said.value).splitlines()[2]


def test_elsewhere_the_missing_parts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    with pytest.raises(SetUpError, match=r"libthat-is-nowhere\.so\.9, that-is-nowhere"):
        system.provide(NEEDS)


@pytest.mark.parametrize(("code", "said"), [(0, "not found: gone1 gone2"), (100, "`apt-get update` did not finish")])
def test_as_root_they_are_installed(monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        assert options["env"]["DEBIAN_FRONTEND"] == "noninteractive"
        return subprocess.CompletedProcess(command, code, "", "")

    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(system.subprocess, "run", run)
    with pytest.raises(SetUpError, match=said):
        system.provide(NEEDS)
    assert ran[0][:2] == ["apt-get", "update"]
    if code == 0:
        assert ran[1][-2:] == ["gone1", "gone2"]


def test_nothing_runs_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.subprocess, "run", None)
    system.provide({"here1": THERE})


def test_each_command_asks_for_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sys, "platform", "linux")
    bare = system.wanted(screen=False, tests=False)
    assert "libegl1" in bare
    assert "libxcb-cursor0" not in bare
    assert "libxcb-cursor0" in system.wanted(screen=True, tests=False)
    assert {"postgresql", "libcups2"} <= set(system.wanted(screen=False, tests=True))
    monkeypatch.setattr(system.sys, "platform", "win32")
    assert system.wanted(screen=True, tests=True) == {}
