"""The whole tree is formatted, linted and strictly typed; the same as `packaging/dev.py lint`."""

import subprocess
import sys

import pytest

from tests.support.tree import ROOT


def complaints(*command: str) -> str:
    """What a tool says against the tree; empty when it is content."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_ruff_finds_nothing() -> None:
    found = complaints("ruff", "check", "--output-format=concise", ".")
    assert not found, f"\n{found}"


def test_everything_is_formatted() -> None:
    found = complaints("ruff", "format", "--check", "--output-format=concise", ".")
    assert not found, f"\n{found}"


@pytest.mark.timeout(400)
def test_types_are_strict_and_hold() -> None:
    found = complaints("mypy", "--no-color-output", "--no-pretty")
    assert not found, f"\n{found}"
