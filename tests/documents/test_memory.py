"""What making papers needed for a moment goes back to the system."""

import os
import sys
from pathlib import Path

import pytest

from workwell_desktop.documents.memory import give_back


def resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what is resident in a file")
def test_what_was_freed_between_pieces_in_use_goes_back() -> None:
    held = [bytes(4000) for _ in range(20_000)]
    held = held[::50]
    before = resident()
    give_back()
    assert before - resident() > 40_000_000
    assert len(held) == 400


def test_without_such_a_call_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workwell_desktop.documents.memory._trim", lambda: None)
    give_back()
