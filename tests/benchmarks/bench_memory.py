"""What the program holds in memory: at Today, after a plan was previewed and signed, and after fifty of them."""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.places import rehearsal, unlocked
from tests.benchmarks.rows import Row
from workwell_desktop.services import demo

REST_S = 60
PLANS = 50


def measure_resident_memory() -> list[Row]:
    """One process on the rehearsal store; Linux alone says what is resident in a file."""
    if sys.platform != "linux":
        return []
    with tempfile.TemporaryDirectory() as folder:
        found = unlocked(rehearsal(Path(folder)), demo.PASSPHRASE, REST_S, PLANS)
    first, last = found["plans_mb"][0], found["plans_mb"][-1]
    return [
        Row("at Today, a minute after unlock", found["today_mb"], "MB", goal=160),
        Row("after previewing and signing a plan", first, "MB", goal=260),
        Row(f"more after {PLANS} plans", last - first, "MB", goal=20),
    ]
