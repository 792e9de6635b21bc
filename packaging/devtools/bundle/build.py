"""The folder that runs by itself: drawn, frozen, stripped, with its words, tables and licences.

build/bundle/   what is made on the way          dist/workwell-desktop/   the folder, the same on every system
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools import ROOT, SetUpError, environment
from devtools.bundle import components, contents

WORK = ROOT / "build" / "bundle"
DIST = ROOT / "dist"
FOLDER = DIST / "workwell-desktop"
MOST_MB = 220
"""Unpacked, on Linux."""

# Run by the environment's Python: what the program keeps parsed beside its tables is made now, for an installed
# folder is often read-only and a bundled program writes no bytecode.
_KEEP_TABLES = (
    "import sys; from pathlib import Path; from workwell_desktop import assets;"
    "[assets.table(path) for path in Path(sys.argv[1]).rglob('*.toml')]"
)


@dataclass(frozen=True, slots=True)
class Built:
    """``size`` in bytes, unpacked."""

    folder: Path
    version: str
    size: int


def make() -> Built:
    """Builds the folder for this system. Raises SetUpError where a step fails or the folder grew too large."""
    environment.prepare_bundle()
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    WORK.mkdir(parents=True)
    _run("The icon", "-m", "devtools.bundle.icons", str(WORK / "icons"))
    (WORK / "version.txt").write_text(contents.version_resource(), encoding="utf-8")
    print("Freezing the program: a minute or two.", flush=True)
    options = ["--noconfirm", "--log-level=ERROR", f"--workpath={WORK}", f"--distpath={DIST}"]
    _run("The folder", "-m", "PyInstaller", *options, str(ROOT / "packaging" / "workwell.spec"))
    inside = FOLDER / "_internal"
    if sys.platform.startswith("linux"):
        _strip(inside)
    binaries = json.loads((WORK / "binaries.json").read_text(encoding="utf-8"))
    components.write(FOLDER, environment.packages(), binaries)
    shutil.copyfile(FOLDER / components.LIST, inside / components.LIST)  # Help > About shows it
    _same_time(FOLDER)
    _run("The tables", "-c", _KEEP_TABLES, str(inside / contents.PACKAGE))
    _same_time(FOLDER)
    size = size_of(FOLDER)
    if sys.platform.startswith("linux") and size > MOST_MB * 1024 * 1024:
        raise SetUpError(f"The folder takes {size >> 20} MB; it may take {MOST_MB}. See devtools/bundle/contents.py.")
    return Built(FOLDER, contents.version(), size)


def size_of(folder: Path) -> int:
    """Bytes of all files, each once; links weigh nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def moment() -> int:
    """The time that everything in a bundle bears, in seconds: that of the commit, so that two builds of it agree."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.strip()
    return int(told) if told else 1_767_225_600


def _strip(folder: Path) -> None:
    """Takes the debugging symbols out of shared libraries; the starter itself carries its archive at its end and
    would lose it."""
    tool = shutil.which("strip")
    if tool is None:
        print("`strip` is not here (Debian: binutils): the folder will be larger than it need be.", flush=True)
        return
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink():
            subprocess.run([tool, "--strip-unneeded", file], check=True)


def _same_time(folder: Path) -> None:
    """Whole seconds: a table that is kept parsed counts while its source bears the same time, and archives keep no
    finer one."""
    when = moment()
    for path in folder.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (when, when))


def _run(what: str, *words: str) -> None:
    surroundings = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "packaging"), str(ROOT)]),
        "WORKWELL_BUNDLE_WORK": str(WORK),
        "SOURCE_DATE_EPOCH": str(moment()),
        "PYTHONHASHSEED": "0",
    }
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    if subprocess.run([environment.PYTHON, *words], cwd=ROOT, env=surroundings, check=False).returncode != 0:
        raise SetUpError(f"{what} could not be made: see above. Nothing outside build/ and dist/ was changed.")
