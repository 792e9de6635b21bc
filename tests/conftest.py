"""What every test stands on: no screen, one clock, repeatable examples, and nothing left running behind a test."""

import gc
import os
import shutil
import sys
import threading
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.requirements import require
from tests.support.threads import left_running
from workwell_desktop.domain.clock import FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if sys.dont_write_bytecode:
    # where nothing is to be written beside the sources: else each of the hundred processes that the tests begin, and
    # each worker, compiles the whole program again
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder for this person alone in it
ROOM = 2 << 30
"""Bytes that must be free there: a container may have next to nothing."""
if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    # a store waits for the disk at each change; what a test writes need not outlive the test
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("house"), max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the longer proofs as well")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "house")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays until the end: to look through it for garbage again and again only takes time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


LONGEST = ("tests/test_quality.py", "tests/judges/", "tests/journeys/test_", "tests/sync/test_machine.py")
"""Where a single test takes many seconds: begun last, it would keep one core waiting for the other at the end."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture
def clock() -> FixedClock:
    """Half past nine in London on a Tuesday in March, before the clocks go forward; stands still until it is set."""
    return FixedClock(datetime(2026, 3, 10, 9, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread behind: a worker that lives on holds a store open and spoils the next test."""
    before = set(threading.enumerate())
    yield
    if alive := left_running(before):
        pytest.fail(f"left running: {', '.join(alive)}", pytrace=False)


@pytest.fixture(scope="session")
def openssl() -> None:
    """``openssl ts`` is the timestamp server of the tests."""
    require("openssl")
