"""For macOS: the application that PyInstaller made, and a disk image around it.

Made by the same script as what is tested on Linux, and itself untested: no Mac was at hand. It is neither signed nor
notarised; who distributes it does both with their own identity. The store lies in ``~/Library/Application Support``:
throwing the application away leaves it.
"""

import plistlib
import shutil
import subprocess
from pathlib import Path

from devtools.bundle.build import DIST, Built

APPLICATION = "WorkWell Desktop.app"


def settings(version: str, application: str, out: str) -> dict[str, object]:
    """The definition of the disk image: what is on it, and how large its window is."""
    return {
        "volume": f"WorkWell Desktop {version}",
        "format": "UDZO",
        "filesystem": "HFS+",
        "output": out,
        "files": [application],
        "links": {"Applications": "/Applications"},
        "window": {"width": 560, "height": 320, "icon_size": 128},
    }


def make(built: Built) -> list[Path]:
    """The definition, and the image itself where ``hdiutil`` is."""
    image = DIST / f"WorkWellDesktop-{built.version}-macos.dmg"
    given = settings(built.version, str(DIST / APPLICATION), str(image))
    definition = image.with_suffix(".plist")
    definition.write_bytes(plistlib.dumps(given))
    tool = shutil.which("hdiutil")
    if tool is None:
        return [definition]
    stage = DIST / "disk-image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    shutil.copytree(DIST / APPLICATION, stage / APPLICATION, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    words = ["-volname", str(given["volume"]), "-fs", "HFS+", "-format", "UDZO", "-srcfolder", str(stage), "-ov"]
    subprocess.run([tool, "create", *words, str(image)], check=True)
    shutil.rmtree(stage)
    return [definition, image]
