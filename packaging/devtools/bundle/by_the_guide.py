"""Somebody who has nothing but the bundle and the guide's first page gets to a plan that is signed and checked.

The program runs in the clean root as a person without rights; on a screen, with a window manager and a bus of its own,
somebody who knows it by a screen reader and the keyboard alone follows the page (``first_page``, ``assistive``). Then
the paper that was kept is judged by the program's own command and by pdfsig.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from devtools import ROOT, SetUpError, environment
from devtools.bundle.build import DIST
from devtools.bundle.clean_root import CleanRoot

NEEDS = {
    "at-spi2-core": "file:/usr/libexec/at-spi-bus-launcher",
    "dbus": "program:dbus-daemon",
    "gir1.2-atspi-2.0": "file:/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
    "openbox": "program:openbox",
    "poppler-utils": "program:pdfsig",
    "python3-gi": "file:/usr/lib/python3/dist-packages/gi/__init__.py",
    "xdotool": "program:xdotool",
    "xvfb": "program:Xvfb",
}
PAGE = ROOT / "resources" / "guide" / "first-day.md"
PICTURES = DIST / "by-the-guide"
_DISPLAY = ":95"
_SIZE = "1366x768x24"
_PERSON = 65534
"""The number of ``nobody``, whom every system knows: who works at the window, in the clean root and outside it."""
_HOME = "/home/person"
_PAPER = f"{_HOME}/plan.pdf"
_LONGEST = 600

_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


def walk(root: CleanRoot) -> None:
    """Raises SetUpError at the first thing that the page says and the window does not do, or that a judge refuses."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    _owned(root.path / _HOME[1:])
    folder = Path(tempfile.mkdtemp(prefix="workwell-"))
    try:
        with _session(root, folder) as surroundings:
            program = subprocess.Popen(
                root.words(*_as_person(), "workwell", **surroundings, HOME=_HOME), stdin=subprocess.DEVNULL
            )
            try:
                _follow(folder, surroundings)
            finally:
                gone = program.poll()
                _end(program)
                if gone is not None:
                    print(f"The window had gone by itself, with {gone}.", flush=True)
        _judge(root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_person() -> list[str]:
    return ["setpriv", f"--reuid={_PERSON}", f"--regid={_PERSON}", "--clear-groups"]


@contextmanager
def _session(root: CleanRoot, folder: Path) -> Iterator[dict[str, str]]:
    """A screen, a bus and a window manager; gives what a program must know of them."""
    # the bus lies in the clean root, and by a link at the same place outside it
    inside = root.path / str(folder)[1:] / "run"
    inside.mkdir(parents=True)
    run = folder / "run"
    run.symlink_to(inside)
    folder.chmod(0o755)
    _owned(folder / "home")
    os.chown(inside, _PERSON, _PERSON)
    inside.chmod(0o700)
    given = {
        "DISPLAY": _DISPLAY,
        "XDG_RUNTIME_DIR": str(run),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={run}/bus",
        "LANG": "C.UTF-8",
    }
    mine = {**given, "PATH": "/usr/bin:/bin", "HOME": str(folder / "home")}
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> None:
        started.append(subprocess.Popen(words, env=mine, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    try:
        start("Xvfb", _DISPLAY, "-screen", "0", _SIZE, "-nolisten", "tcp")
        _until(lambda: Path(f"/tmp/.X11-unix/X{_DISPLAY[1:]}").exists(), "the screen")  # noqa: S108 - X's own place
        start(*_as_person(), "dbus-daemon", "--session", f"--address=unix:path={run}/bus", "--nofork", "--nopidfile")
        _until((run / "bus").exists, "the bus")
        start(*_as_person(), "openbox")
        yield given
    finally:
        for one in reversed(started):
            _end(one)


def _follow(folder: Path, surroundings: dict[str, str]) -> None:
    """Runs the walk where nothing of this checkout need be readable, and takes the pictures that it asks for."""
    shutil.copytree(ROOT / "packaging" / "devtools", folder / "devtools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(PAGE, folder / PAGE.name)
    words = [*_as_person(), "/usr/bin/python3", "-W", "ignore::DeprecationWarning", "-m", "devtools.bundle.first_page"]
    mine = {**surroundings, "PATH": "/usr/bin:/bin", "HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    following = subprocess.Popen(
        [*words, str(folder / PAGE.name), _PAPER],
        cwd=folder,
        env=mine,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        count, fault = 0, ""
        for line in following.stdout or ():
            act, _, rest = line.rstrip("\n").partition(" ")
            if act == "picture":
                count += 1
                _picture(PICTURES / f"{count:02}-{rest}.png")
                if following.stdin is not None:
                    following.stdin.write("\n")
                    following.stdin.flush()
            elif act == "fault":
                fault = rest
            else:
                print(line.rstrip(), flush=True)
        if following.wait(_LONGEST) != 0 or fault:
            _picture(PICTURES / "fault.png")
            raise SetUpError(f"Who follows {PAGE.name} is stopped: {fault or 'the walk itself failed, see above'}.")
    finally:
        _end(following)


def _picture(target: Path) -> None:
    seen = {"DISPLAY": _DISPLAY, "QT_QPA_PLATFORM": "xcb", "PATH": "/usr/bin:/bin"}
    subprocess.run([environment.PYTHON, "-c", _GRAB, target], env=seen, check=True, timeout=60)


def _judge(root: CleanRoot) -> None:
    """By the command that the page names, and by one that is not ours."""
    said = root.run(*_as_person(), "workwell", "verify", _PAPER, more={"HOME": _HOME})
    if "Genuine and complete." not in said:
        raise SetUpError(f"`workwell verify` says of the paper: {said}")
    kept = root.path / _PAPER[1:]
    judged = subprocess.run(["pdfsig", kept], check=True, capture_output=True, text=True).stdout
    good = len(re.findall(r"Signature is Valid\.", judged))
    if good != 2 or "Total document signed" not in judged:
        raise SetUpError(f"pdfsig says of the paper: {judged}")
    print(f"{said.splitlines()[0]} pdfsig: {good} signatures are valid.", flush=True)


def _owned(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.chown(folder, _PERSON, _PERSON)


def _until(there: Callable[[], bool], what: str) -> None:
    for _ in range(100):
        if there():
            return
        time.sleep(0.1)
    raise SetUpError(f"For the walk by the guide, {what} did not come up.")


def _end(one: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    one.terminate()
    with suppress(subprocess.TimeoutExpired):
        one.wait(10)
