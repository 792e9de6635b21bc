"""The same edits between two of our stores and between two PouchDB databases, in one run.

    ours      a store ──TLS──▶ hub on a PostgreSQL ──TLS──▶ another store
    PouchDB   a database ────── one Node process ─────────▶ another database

The two do not do the same. Ours goes twice over a wire, encrypts what both computers keep, signs each edit, and checks
each chain and signature where it arrives; PouchDB hands documents from one folder to the other in the clear, neither
signed nor checked, with no server between. Each edit is one document there, with the same values and ids. PouchDB comes
from the npm registry, into a folder of this user's own cache; without Node nothing is measured.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks.bench_sync import _ms
from tests.benchmarks.rows import Row
from tests.sync import hubs
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.store import Change
from workwell_desktop.store.log.streams import Vector
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.link import Link

VERSION = "9.0.0"
LOTS = (60, 2_000, 10_000)
ROUNDS = 15
ANSWERS = 60
_SCRIPT = Path(__file__).with_name("pouch.js")
_INSTALLING, _RUNNING = 600, 1800
"""Seconds."""


def measure_ours_beside_pouchdb() -> list[Row]:
    """Lots of edits, an interview after another, and nothing new; the baseline is PouchDB."""
    modules = _pouchdb()
    if modules is None:
        return []
    server = hubs.begun()
    try:
        hubs.make_template(server)
        with tempfile.TemporaryDirectory() as folder:
            office = Office(Path(folder), TestHub.fresh(server))
            try:
                ours, asked = _ours(office)
            finally:
                office.close()
            theirs = _theirs(modules, Path(folder), asked)
    finally:
        hubs.ended(server)
    rows = [
        Row(f"{len(lot):,} edits, store to hub to store", mine, "ms", baseline=theirs["lots"][at][1])
        for at, (lot, mine) in enumerate(zip(asked["lots"], ours["lots"], strict=True))
    ]
    return [
        *rows,
        Row(
            f"an interview of {ANSWERS} answers, store to hub to store",
            statistics.median(ours["rounds"]),
            "ms",
            baseline=statistics.median(theirs["rounds"]),
        ),
        Row("nothing new", statistics.median(ours["nothing"]), "ms", baseline=statistics.median(theirs["nothing"])),
    ]


def _pouchdb() -> Path | None:
    """The folder of modules with PouchDB in it, installed where it is not; None, and a sentence, where it cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        print("    Node or npm is missing on this computer, so PouchDB is not measured.", flush=True)
        return None
    folder = _cache() / f"pouchdb-{VERSION}"
    modules = folder / "node_modules"
    # npm writes this one last
    if not (modules / ".package-lock.json").is_file():
        print(f"    installing PouchDB {VERSION} from the npm registry …", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        words = ["install", "--prefix", str(folder), "--no-audit", "--no-fund", "--no-save", f"pouchdb@{VERSION}"]
        done = subprocess.run([npm, *words], cwd=folder, capture_output=True, timeout=_INSTALLING, check=False)
        if done.returncode:
            print("    npm could not install PouchDB, so it is not measured.", flush=True)
            return None
    return modules


def _cache() -> Path:
    if sys.platform == "win32":
        kept = os.environ.get("LOCALAPPDATA")
        return Path(kept) / "workwell-benchmarks" if kept else Path.home() / "workwell-benchmarks"
    kept = os.environ.get("XDG_CACHE_HOME")
    return (Path(kept) if kept else Path.home() / ".cache") / "workwell-benchmarks"


def _ours(office: Office) -> tuple[dict[str, list[float]], dict[str, list[Any]]]:
    """Milliseconds of ours, and the same edits as documents."""
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    with (
        closing(client.reached(standing.account_of(one.store))) as here,
        closing(client.reached(standing.account_of(two.store))) as there,
    ):
        _both(one, here, two, there)
        taken: dict[str, list[float]] = {"lots": [], "rounds": [], "nothing": []}
        edits: dict[str, list[Any]] = {"lots": [], "rounds": []}
        for size in LOTS:
            known = one.store.vector()
            _write(one, kim, size)
            edits["lots"].append(_documents(one, known))
            taken["lots"].append(_ms(lambda: _both(one, here, two, there)))
        for _ in range(ROUNDS):
            known = one.store.vector()
            _write(one, kim, ANSWERS)
            edits["rounds"].append(_documents(one, known))
            taken["rounds"].append(_ms(lambda: _both(one, here, two, there)))
        taken["nothing"] = [_ms(lambda: _both(one, here, two, there)) for _ in range(ROUNDS)]
    if one.store.vector() != two.store.vector():
        raise AssertionError("not equal")
    return taken, edits


def _both(one: Laptop, here: Link, two: Laptop, there: Link) -> None:
    client.sync(one.store, here, one.clock)
    client.sync(two.store, there, two.clock)


def _write(laptop: Laptop, kim: Id, edits: int) -> None:
    """Answers of as many interviews as it takes."""
    with laptop.store.unit(laptop.anna) as unit:
        while len(unit.act.written) < edits:
            response = unit.add(Response(id=new_id(), scope=kim, form_title="PHQ-4"))
            for number in range(min(ANSWERS, edits - len(unit.act.written))):
                unit.answer(response, f"q{number}", number % 4)


def _documents(laptop: Laptop, known: Vector) -> list[dict[str, Any]]:
    """Each change that is new as a document: what it says, without what proves it."""
    sent = laptop.store.changes_since(known)
    found = []
    for header, signature in sent.changes:
        change = Change.read(header, signature)
        _salt, value = sent.values[change.id]
        found.append(
            {
                "_id": change.id,
                "kind": change.kind,
                "record": change.record,
                "scope": change.scope,
                "field": change.field,
                "author": change.author,
                "device": change.device,
                "number": change.number,
                "at": change.at,
                "replaces": list(change.replaces),
                "value": value.hex(),
            }
        )
    return found


def _theirs(modules: Path, folder: Path, asked: dict[str, list[Any]]) -> dict[str, Sequence[Any]]:
    databases = folder / "pouchdb"
    databases.mkdir()
    node = shutil.which("node") or "node"
    done = subprocess.run(
        [node, str(_SCRIPT)],
        input=json.dumps({"folder": str(databases), "nothing": ROUNDS, **asked}),
        env=os.environ | {"NODE_PATH": str(modules)},
        capture_output=True,
        text=True,
        timeout=_RUNNING,
        check=True,
    )
    found: dict[str, Sequence[Any]] = json.loads(done.stdout)
    return found
