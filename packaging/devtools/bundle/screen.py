"""Opens a window on a screen of its own and takes its picture; the looking is done by the environment's Qt."""

import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from devtools import SetUpError, environment

DISPLAY = ":97"
_SIZE = "1366x768x24"
_LONGEST = 60
_COLOURS = 40
"""A screen with nothing on it has one; a window with words on it has more than these."""

# Prints how many colours the screen shows and keeps the picture once there are enough of them.
_LOOK = """
import sys, time
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
ends = time.monotonic() + float(sys.argv[2])
while time.monotonic() < ends:
    image = app.primaryScreen().grabWindow(0).toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    if len(seen) > int(sys.argv[3]):
        print(time.time(), flush=True)
        time.sleep(2)
        app.primaryScreen().grabWindow(0).save(sys.argv[1])
        sys.exit(0)
    time.sleep(0.05)
sys.exit(1)
"""


def picture_of(wrapped: Callable[..., list[str]], command: Sequence[str], picture: Path) -> float:
    """Seconds until the window stood. ``wrapped`` makes the command one that runs where the program is installed.

    Raises SetUpError where no window came, or the program ended by itself.
    """
    picture.unlink(missing_ok=True)
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", _SIZE, "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    window: subprocess.Popen[bytes] | None = None
    looking: subprocess.Popen[str] | None = None
    try:
        time.sleep(1)
        words = [str(environment.PYTHON), "-c", _LOOK, str(picture), str(_LONGEST), str(_COLOURS)]
        seen = {"DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb", "PATH": "/usr/bin:/bin"}
        looking = subprocess.Popen(words, env=seen, stdout=subprocess.PIPE, text=True)
        time.sleep(1)
        began = time.time()
        window = subprocess.Popen(wrapped(*command, DISPLAY=DISPLAY), stdin=subprocess.DEVNULL)
        said, _ = looking.communicate(timeout=_LONGEST + 10)
        if looking.returncode != 0 or not picture.is_file():
            raise SetUpError("No window came. What the program said stands above.")
        if window.poll() is not None:
            raise SetUpError(f"The window came and went by itself, with {window.returncode}.")
        return float(said.split()[0]) - began
    finally:
        for one in (window, looking, server):
            if one is not None:
                one.terminate()
                with suppress(subprocess.TimeoutExpired):
                    one.wait(10)
