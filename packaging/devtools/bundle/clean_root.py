"""A bare Debian or Ubuntu in a folder: the system's base and nothing else, so no Python, no Qt and no fonts.

It takes its packages from where this computer does. Its mounts belong to the process that made them and go with it.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools import ROOT, SetUpError

BASE = ROOT / "build" / "clean-base"
PLACE = ROOT / "build" / "clean-root"
_COPIED = ("etc/apt/sources.list", "etc/apt/sources.list.d", "etc/apt/apt.conf.d", "etc/resolv.conf", "etc/hosts")
_OF_CERTIFICATES = "usr/local/share/ca-certificates"
_INSIDE = (
    'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"'
    ' && exec chroot "$0" "$@"'
)


@dataclass(frozen=True, slots=True)
class CleanRoot:
    """``path`` is the folder that is / inside."""

    path: Path

    def words(self, *command: str, **more: str) -> list[str]:
        """The whole command line; ``more`` stands in its environment, which else is that of a bare login."""
        bare = {"HOME": "/srv/person", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **more}
        named = [f"{name}={value}" for name, value in bare.items()]
        return ["unshare", "--mount", "sh", "-c", _INSIDE, str(self.path), "env", "-i", *named, *command]

    def run(
        self, *command: str, more: Mapping[str, str] | None = None, codes: Sequence[int] = (0,), seconds: int = 1800
    ) -> str:
        """What a command said. Raises SetUpError where its exit code is none of ``codes``."""
        done = subprocess.run(
            self.words(*command, **(more or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
        if done.returncode not in codes:
            said = (done.stdout + done.stderr)[-3000:]
            raise SetUpError(f"{said}\nIn the clean root, `{' '.join(command)}` ended with {done.returncode}.")
        return done.stdout


def fresh() -> CleanRoot:
    """A root nobody used before; the base is fetched once. Raises SetUpError where that cannot be done here."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise SetUpError(
            "A clean root is made by root with debootstrap. Nothing was changed. "
            "Run `sudo apt-get install -y debootstrap`, then this command with sudo."
        )
    if not (BASE / "complete").exists():
        _bootstrap()
    shutil.rmtree(PLACE, ignore_errors=True)
    subprocess.run(["cp", "--archive", BASE, PLACE], check=True)
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)  # noqa: S108 - where every X server keeps its sockets
    (PLACE / "tmp" / ".X11-unix").mkdir(parents=True, exist_ok=True)
    return CleanRoot(PLACE)


def _bootstrap() -> None:
    print("Making a clean root: a minute or two, once.", flush=True)
    shutil.rmtree(BASE, ignore_errors=True)
    words = ["debootstrap", "--variant=minbase", "--include=ca-certificates", _release(), str(BASE)]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SetUpError(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\nThe clean root could not be made.")
    for name in _COPIED:
        _copy(Path("/", name), BASE / name)
    if Path("/", _OF_CERTIFICATES).is_dir():
        _copy(Path("/", _OF_CERTIFICATES), BASE / _OF_CERTIFICATES)
        subprocess.run(["chroot", str(BASE), "update-ca-certificates"], check=True, capture_output=True)
    (BASE / "complete").touch()


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    else:
        target.unlink(missing_ok=True)


def _release() -> str:
    """The code name of this system's release."""
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name == "VERSION_CODENAME":
            return value.strip('"')
    raise SetUpError("The release of this system has no name, so no clean root of it can be made.")
