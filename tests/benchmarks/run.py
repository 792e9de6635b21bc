"""Runs every function ``measure_…`` of the files ``bench_….py`` beside this one and prints one table.

A word after the command chooses: ``packaging/dev.py bench start`` runs bench_start.py alone. ``--json FILE`` keeps the
numbers. Exit code 1 when a goal is missed.
"""

import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.rows import Row, table

HERE = Path(__file__).parent


def measure(wanted: Sequence[str]) -> list[Row]:
    """The rows of the chosen files, or of all."""
    rows: list[Row] = []
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and path.stem.removeprefix("bench_") not in wanted:
            continue
        module = importlib.import_module(f"tests.benchmarks.{path.stem}")
        for name in [name for name in vars(module) if name.startswith("measure_")]:
            print(
                f"{path.stem.removeprefix('bench_')}: {name.removeprefix('measure_').replace('_', ' ')} …", flush=True
            )
            rows += getattr(module, name)()
    return rows


def main(words: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # a person's Python reads the bytecode that an earlier start has written
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    keep = Path(words[words.index("--json") + 1]) if "--json" in words else None
    rows = measure([word for word in words if not word.startswith("--") and (keep is None or word != str(keep))])
    print(f"\n{table(rows)}")
    if keep is not None:
        keep.write_text(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2), encoding="utf-8")
    return 1 if any(row.holds is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
