"""Tries what was built as somebody would who has nothing else: installed in a clean root with no Python.

There every command of the program is run, a store of an earlier version is brought up, the window is opened under a
screen of its own and its picture taken; somebody follows the first page of the guide there, to a plan that is signed
and checked; then the package is taken away, and the stores must still be there.
"""

import hashlib
import json
import re
import sys
import time
import zipfile
from pathlib import Path

from devtools import ROOT, SetUpError, system
from devtools.bundle import by_the_guide, clean_root, contents, screen
from devtools.bundle.build import DIST
from devtools.bundle.clean_root import CleanRoot
from devtools.bundle.linux import HOME, NAME

PICTURE = DIST / "window.png"
NEEDS = {"debootstrap": "program:debootstrap", "xvfb": "program:Xvfb"}
_WORK = "/srv/person/work"
_PASSPHRASE = "marigold half sun"  # noqa: S105 - of made-up people's stores
_RESOURCES = f"/{HOME}/_internal/{contents.PACKAGE}/_resources"
_STORE = (
    "--store",
    f"{_WORK}/rehearsal.workwell",
    "--passphrase-file",
    f"{_WORK}/out/passphrase.txt",
    "--person",
    "Priya Nair",
)
_CASE = f"{_RESOURCES}/schemas/examples/low-back-pain.case.json"
_FORM = f"{_RESOURCES}/instruments/gad-7.json"

STEPS: tuple[tuple[str, ...], ...] = (
    ("demo", "--headless", "--store", _STORE[1], "--out", f"{_WORK}/out"),
    ("verify", f"{_WORK}/out/participant-plan.pdf", "--trust", f"{_WORK}/out/ca.pem"),
    ("check-store", *_STORE),
    ("check-form", f"{_RESOURCES}/instruments"),
    ("check-site", f"{_RESOURCES}/sites"),
    ("fill", _FORM, "--answers", f"{_WORK}/answers.json"),
    ("run-job", _CASE, "--out", f"{_WORK}/job"),
    ("export", "Daniel Whitmore", "--out", f"{_WORK}/case.json", *_STORE),
    ("import", f"{_WORK}/case.json", *_STORE),
    ("report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", f"{_WORK}/report", *_STORE),
    ("backup", f"{_WORK}/copy.backup", *_STORE),
    ("restore", f"{_WORK}/copy.backup", "--store", f"{_WORK}/again.workwell", *_STORE[2:]),
    ("check-store", "--store", f"{_WORK}/again.workwell", *_STORE[2:]),
    ("check-store", "--store", f"{_WORK}/earlier.workwell", "--passphrase-file", f"{_WORK}/earlier.txt"),
    ("check-language", f"{_RESOURCES}/languages"),
    ("conflicts", *_STORE),
    ("repair", f"{_WORK}/saved.workwell", *_STORE),
    ("screenshots", "--out", f"{_WORK}/pictures"),
)


def run() -> None:
    """Raises SetUpError at the first thing that is not as it should be. Leaves the picture of the window in dist/."""
    if not sys.platform.startswith("linux"):
        raise SetUpError("What was built here is not tried by a script: that is done on Linux alone.")
    packages = sorted(DIST.glob(f"{NAME}_{contents.version()}_*.deb"))
    if not packages:
        raise SetUpError("There is no package in dist/. Run `python3 packaging/dev.py bundle` first.")
    system.provide(NEEDS | by_the_guide.NEEDS)
    root = clean_root.fresh()
    _install(root, packages[-1])
    _lay_out(root)
    _say_version(root)
    for words in STEPS:
        began = time.monotonic()
        root.run("workwell", *words)
        print(f"workwell {words[0]}: {time.monotonic() - began:.1f} s", flush=True)
    _look_for_a_hub(root)
    _ask_the_rest_for_help(root)
    seconds = screen.picture_of(root.words, ["workwell", "--store", _STORE[1]], PICTURE)
    print(f"The window stood after {seconds:.1f} s: {PICTURE.relative_to(ROOT)}", flush=True)
    by_the_guide.walk(root)
    _take_away(root)
    print("The bundle works where nothing else is.", flush=True)


def _install(root: CleanRoot, package: Path) -> None:
    if (root.path / "usr/bin/python3").exists():
        raise SetUpError("The clean root holds a Python, so it would prove nothing. Delete build/ and begin again.")
    (root.path / "srv" / package.name).write_bytes(package.read_bytes())
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    root.run("apt-get", "update", "-qq", more=quiet)
    root.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/srv/{package.name}", more=quiet)
    if any((root.path / "usr/bin").glob("python3*")):
        raise SetUpError("The package brought a Python with it: its dependencies are wrong.")


def _lay_out(root: CleanRoot) -> None:
    """A store of an earlier version, and answers for a form."""
    work = root.path / _WORK[1:]
    work.mkdir(parents=True)
    earlier = sorted((ROOT / "tests" / "store" / "earlier").glob("*.zip"))[0]
    with zipfile.ZipFile(earlier) as packed:
        (work / "earlier.workwell").write_bytes(packed.read("store"))
        (work / "earlier.workwell.keys").write_bytes(packed.read("keys"))
    (work / "earlier.txt").write_text(f"{_PASSPHRASE}\n", encoding="utf-8")
    form = json.loads((root.path / _FORM[1:]).read_text(encoding="utf-8"))
    answers = {"resourceType": "QuestionnaireResponse", "questionnaire": form["url"], "status": "completed"}
    (work / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


def _say_version(root: CleanRoot) -> None:
    times = []
    for _ in range(3):
        began = time.monotonic()
        said = root.run("workwell", "--version").strip()
        times.append(time.monotonic() - began)
    if contents.version() not in said:
        raise SetUpError(f"The installed program calls itself {said!r}, not {contents.version()}.")
    print(f"{said}: starts in {min(times):.2f} s", flush=True)


def _look_for_a_hub(root: CleanRoot) -> None:
    """No hub is there; that this is found out and said shows that what speaks to one came along."""
    words = ("workwell", "hub", "init", "postgresql://127.0.0.1:1/workwell", "--json", *_STORE)
    said = json.loads(root.run(*words, "--password-file", f"{_WORK}/earlier.txt", codes=(2,)))
    if said["error"]["code"] != "hub_unreachable":
        raise SetUpError(f"Where no hub is, the program says {said['error']['code']}.")


def _ask_the_rest_for_help(root: CleanRoot) -> None:
    """A command that is not tried above must at least be able to say what it is for."""
    named = re.findall(r"(?m)^    ([a-z][a-z-]+)\b", root.run("workwell", "--help"))
    if "demo" not in named:
        raise SetUpError("`workwell --help` names no commands.")
    for name in sorted(set(named) - {words[0] for words in STEPS} - {"hub"}):
        root.run("workwell", name, "--help")
        print(f"workwell {name}: its help alone", flush=True)


def _take_away(root: CleanRoot) -> None:
    """Uninstalls, and looks whether anything of a person's went with it."""
    before = _hashes(root)
    root.run("apt-get", "purge", "-y", "-qq", NAME, more={"DEBIAN_FRONTEND": "noninteractive"})
    if (root.path / HOME).exists():
        raise SetUpError("Something of the program stayed when its package was taken away.")
    if _hashes(root) != before or not any(name.endswith(".workwell") for name in before):
        raise SetUpError("Taking the package away touched what lies in a person's folder.")


def _hashes(root: CleanRoot) -> dict[str, str]:
    places = (root.path / "srv" / "person", root.path / "home")
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
