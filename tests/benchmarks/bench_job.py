"""How long the whole job takes without a screen: from one case file to its signed papers, a process of its own."""

import os
import subprocess
import sys
import tempfile

from tests.benchmarks.rows import Row, median_ms
from tests.support.tree import ROOT

CASE = ROOT / "resources" / "schemas" / "examples" / "low-back-pain.case.json"
START = "from workwell_desktop.app import main; raise SystemExit(main())"


def measure_whole_job() -> list[Row]:
    """At most five seconds."""

    def job() -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", START, "run-job", str(CASE), "--out", folder]
            subprocess.run(command, cwd=ROOT, env=os.environ | {"HOME": folder}, capture_output=True, check=True)

    job()
    return [Row("whole job", median_ms(job, 5) / 1000, "s", goal=5)]
