"""Libraries and programs of the system: what is missing, and how it gets there.

Each Debian package is known by something that only it brings, a shared library, a program or a file, so that a
library counts as present on any Linux however it came there. Windows and macOS bring all of this themselves.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from devtools import SetUpError

BASE = {
    "python3-venv": "module:ensurepip",
    "libglib2.0-0": "lib:libglib-2.0.so.0",
    "libgl1": "lib:libGL.so.1",
    "libegl1": "lib:libEGL.so.1",
    "libxkbcommon0": "lib:libxkbcommon.so.0",
    "libfontconfig1": "lib:libfontconfig.so.1",
    "libfreetype6": "lib:libfreetype.so.6",
    "libdbus-1-3": "lib:libdbus-1.so.3",
}
SCREEN = {
    "libxcb-cursor0": "lib:libxcb-cursor.so.0",
    "libxcb-icccm4": "lib:libxcb-icccm.so.4",
    "libxcb-image0": "lib:libxcb-image.so.0",
    "libxcb-keysyms1": "lib:libxcb-keysyms.so.1",
    "libxcb-randr0": "lib:libxcb-randr.so.0",
    "libxcb-render-util0": "lib:libxcb-render-util.so.0",
    "libxcb-shape0": "lib:libxcb-shape.so.0",
    "libxcb-xkb1": "lib:libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "lib:libxkbcommon-x11.so.0",
    "libcups2": "lib:libcups.so.2",
}
# Debian's headless JRE carries the compiler module (its one `lib/modules` image is shared with the JDK), so
# `java Judge.java` runs from source and no JDK is needed.
TESTS = {
    "default-jre-headless": "program:java",
    "libjaxb-java": "file:/usr/share/java/jaxb-runtime.jar",
    "poppler-utils": "program:pdfsig",
    "libnss3-tools": "program:certutil",
    "postgresql": "file:/usr/lib/postgresql/*/bin/postgres",
    "softhsm2": "program:softhsm2-util",
    "openssl": "program:openssl",
    "xvfb": "program:Xvfb",
}

# What looks for shared libraries, and what takes their symbols out.
BUNDLE = {"binutils": "program:objdump"}


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_file(pattern: str) -> bool:
    root = Path(pattern).anchor
    return any(Path(root).glob(pattern[len(root) :]))


PROBES: Mapping[str, Callable[[str], bool]] = {
    "lib": _has_library,
    "program": lambda name: shutil.which(name) is not None,
    "file": _has_file,
    "module": lambda name: importlib.util.find_spec(name) is not None,
}


def is_present(sign: str) -> bool:
    """Whether the thing that a package is known by is on this computer; ``sign`` is ``probe:name``."""
    probe, _, name = sign.partition(":")
    return PROBES[probe](name)


def missing(needs: Mapping[str, str]) -> list[str]:
    """The Debian names of what is not there, in the order in which they are listed."""
    return [package for package, sign in needs.items() if not is_present(sign)]


def wanted(*, screen: bool, tests: bool) -> dict[str, str]:
    """What a command needs of the system; nothing where it is not Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    return BASE | (SCREEN if screen or tests else {}) | (TESTS if tests else {})


def install_line(packages: Iterable[str]) -> str:
    """The one line that a person with administrator's rights runs."""
    names = " ".join(packages)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def provide(needs: Mapping[str, str]) -> None:
    """Installs what is missing on Debian as root; elsewhere says what is missing and what to do."""
    absent = missing(needs)
    if not absent:
        return
    if shutil.which("apt-get") is None:
        signs = ", ".join(needs[package].partition(":")[2] for package in absent)
        raise SetUpError(
            f"These libraries or programs are missing: {signs}. Nothing was changed. "
            "Install them with the package manager of this system, then start this command again."
        )
    if os.geteuid() != 0:
        raise SetUpError(
            f"These packages are missing: {' '.join(absent)}. Nothing was changed. "
            f"Run this line, then start this command again:\n\n    {install_line(absent)}\n"
        )
    _apt_install(absent)
    importlib.invalidate_caches()
    still = missing({package: needs[package] for package in absent})
    if still:
        raise SetUpError(
            f"These packages were installed, and yet what they should bring was not found: {' '.join(still)}. "
            "Try `apt-get install --reinstall` with those names, then start this command again."
        )


def _apt_install(packages: list[str]) -> None:
    print(f"Installing from the system's own packages: {' '.join(packages)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode != 0:
            raise SetUpError(
                f"{done.stdout[-2000:]}{done.stderr[-2000:]}\n`{' '.join(command[:2])}` did not finish. "
                "What was there before is still there. Mend what it says above, and start this command again."
            )
