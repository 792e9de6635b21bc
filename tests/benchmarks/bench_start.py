"""How long until the unlock page stands painted, against a bare window with one table; whole processes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.places import made_store
from tests.benchmarks.rows import Row, alternating_ms
from tests.support.tree import ROOT

TIMES = 15


def measure_unlock_page() -> list[Row]:
    """At most one and a half times a window that can do nothing."""
    with tempfile.TemporaryDirectory() as folder:
        store = made_store(Path(folder))
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
            "PYTHONPATH": str(ROOT),
        }

        def start(*words: str) -> None:
            command = [sys.executable, "-m", "tests.benchmarks.painted", *words]
            subprocess.run(command, env=environment, capture_output=True, check=True)

        start("bare")
        start("ours", str(store))
        ours, bare = alternating_ms(lambda: start("ours", str(store)), lambda: start("bare"), TIMES)
    return [Row("unlock page painted", ours, "ms", baseline=bare, goal=1.5)]
