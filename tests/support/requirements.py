"""Judges and servers that a test needs from the system.

Where one is missing the test is skipped with the line that installs it; on CI, where a skipped judge would be a
promise that nobody checked, it fails.
"""

import os
from typing import Final

import pytest

from devtools import system

ON_CI: Final = bool(os.environ.get("CI"))


def require(*packages: str) -> None:
    """Goes on where every Debian package named (one of those that `dev.py test` installs) has left its sign."""
    absent = system.missing({package: system.TESTS[package] for package in packages})
    if not absent:
        return
    said = f"missing: {' '.join(absent)}. To install: {system.install_line(absent)}"
    if ON_CI:
        pytest.fail(said, pytrace=False)
    pytest.skip(said)
