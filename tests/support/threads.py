"""Threads that a test leaves behind."""

import threading
from collections.abc import Collection

# The suite's own: execnet's receiver under xdist, and the watchdog of the time limit where there are no signals.
OF_THE_SUITE = ("execnet", "pytest_timeout", "pytest-timeout", "Dummy-")


def left_running(before: Collection[threading.Thread], wait: float = 2.0) -> list[str]:
    """The names of threads that were not there before and do not end within ``wait`` seconds each."""
    new = [thread for thread in threading.enumerate() if thread not in before]
    new = [thread for thread in new if not thread.name.startswith(OF_THE_SUITE)]
    for thread in new:
        thread.join(timeout=wait)
    return sorted(thread.name for thread in new if thread.is_alive())
