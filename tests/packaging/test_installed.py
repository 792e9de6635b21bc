"""The longest proof: the bundle is built, installed where nothing else is, tried, and taken away again."""

import os
import subprocess
import sys

import pytest

from tests.support.tree import ROOT


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="a clean root is made on Linux, by root"
)
def test_what_is_built_installs_and_works_where_nothing_else_is() -> None:
    command = [sys.executable, "packaging/dev.py", "bundle", "--smoke"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "The bundle works where nothing else is." in done.stdout
