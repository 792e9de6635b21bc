"""The suite itself: what is left running is found, and a judge that is missing is not passed over where it counts."""

import threading
from datetime import date

import pytest

from tests.support import requirements
from tests.support.threads import left_running
from workwell_desktop.domain.clock import FixedClock


def test_a_thread_that_lives_on_is_found() -> None:
    before = set(threading.enumerate())
    stop = threading.Event()
    lingering = threading.Thread(target=stop.wait, name="lingering")
    passing = threading.Thread(target=lambda: None, name="passing")
    lingering.start()
    passing.start()
    try:
        assert left_running(before, wait=0.05) == ["lingering"]
    finally:
        stop.set()
        lingering.join()
    assert left_running(before) == []


def test_a_missing_judge_fails_on_ci_and_is_skipped_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(requirements.system.TESTS, "judge", "program:that-is-nowhere")
    monkeypatch.setattr(requirements, "ON_CI", False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install -y --no-install-recommends judge"):
        requirements.require("judge")
    monkeypatch.setattr(requirements, "ON_CI", True)
    with pytest.raises(pytest.fail.Exception, match="missing: judge"):
        requirements.require("judge")


def test_a_judge_that_is_there_lets_the_test_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(requirements.system.TESTS, "judge", "module:json")
    monkeypatch.setattr(requirements, "ON_CI", True)
    requirements.require("judge")


def test_the_clock_of_the_tests_stands_still(clock: FixedClock) -> None:
    assert clock.now() == clock.now()
    assert clock.today() == date(2026, 3, 10)
