"""`packaging/dev.py bundle`: builds for the system it runs on; `--smoke` then tries what was built."""

import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from devtools import SetUpError, system
from devtools.bundle import linux, macos, smoke, windows
from devtools.bundle.build import DIST, Built, make


def bundle(rest: Sequence[str]) -> int:
    """Prints each thing that was made with its size. With ``--smoke`` it is installed in a clean root and tried; with
    ``--only-smoke`` what an earlier call built is."""
    unknown = set(rest) - {"--smoke", "--only-smoke"}
    if unknown:
        raise SetUpError(f"`bundle` takes --smoke or --only-smoke, and not {' '.join(sorted(unknown))}.")
    if "--only-smoke" not in rest:
        build()
    if rest:
        smoke.run()
    return 0


def build_and_try() -> list[Path]:
    """For a release: what was built, tried where it can be."""
    files = build()
    if sys.platform.startswith("linux"):
        smoke.run()
    return files


def build() -> list[Path]:
    """The folder, and around it what this system installs; says how large each is."""
    if sys.platform.startswith("linux"):
        system.provide(system.wanted(screen=True, tests=False) | system.BUNDLE)
    built = make()
    print(f"{built.folder.name}: {built.size >> 20} MB unpacked")
    files = _around(built)
    for file in files:
        print(f"{file.relative_to(DIST.parent)}: {file.stat().st_size / 1024 / 1024:.1f} MB")
    return files


def _around(built: Built) -> list[Path]:
    if sys.platform == "win32":
        return windows.make(built)
    if sys.platform == "darwin":
        return macos.make(built)
    machine = platform.machine()
    if machine not in linux.MACHINES:
        raise SetUpError(f"No Debian architecture is known for {machine}. The folder itself was made and stands.")
    return [linux.app_dir(built, machine), linux.debian_package(built, machine)]
