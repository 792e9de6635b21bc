"""How long from the accepted passphrase to a Today that can be used, beyond Argon2id; whole processes."""

import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.places import PASSPHRASE, calibrated_store, rehearsal, unlocked
from tests.benchmarks.rows import Row
from workwell_desktop.services import demo

TIMES = 5


def measure_unlocking() -> list[Row]:
    """At most 300 ms beyond Argon2id, in a store as people make it and in the rehearsal store, whose Argon2id is short.

    The passphrase comes 300 ms after the paint. Argon2id alone is measured in the same process, afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        own, shown = calibrated_store(Path(folder)), rehearsal(Path(folder))
        return [
            *_rows("own store", own, PASSPHRASE),
            *_rows("rehearsal store", shown, demo.PASSPHRASE),
        ]


def _rows(name: str, store: Path, passphrase: str) -> list[Row]:
    # the first start of a store writes bytecode and is not counted
    found = [unlocked(store, passphrase) for _ in range(TIMES + 1)][1:]
    beyond = [float(one["today_ms"]) - float(one["argon2_ms"]) for one in found]
    return [
        Row(f"{name}: Argon2id", statistics.median(float(one["argon2_ms"]) for one in found), "ms"),
        Row(f"{name}: Today, beyond Argon2id", statistics.median(beyond), "ms", goal=300),
    ]
