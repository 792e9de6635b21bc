"""The committed lock: one file in requirements form with hashes, in three parts.

The first part is what the product runs on, the second what its tests need as well, the third what makes a bundle;
marker lines part them, so that `run` installs no tool while the whole file is still one that pip reads. It names no
host and no path.
"""

import hashlib
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from devtools import ROOT, SetUpError

PATH = ROOT / "requirements.lock"
MARK = "# --- for the tests as well ---"
BUNDLE = "# --- for a bundle as well ---"
HEAD = (
    "# What is installed, release by release and hash by hash, on Linux, macOS and Windows with Python 3.11 to 3.14.\n"
    "# Written by `python3 packaging/dev.py lock` from pyproject.toml.\n"
    "# --- for the product ---\n"
)
_PIN = re.compile(r"^[a-z0-9][a-z0-9.-]*(?:\[[a-z0-9,-]+\])?==[^\\]+")


def part(*, tests: bool) -> str:
    """The text that pip is given to run the product, or to test it."""
    product, tools, _ = _parts()
    return product + tools if tests else product


def for_bundle() -> str:
    """The text that pip is given to make a bundle: the product and what packs it, and nothing that tests it."""
    product, _, packer = _parts()
    return product + packer


def _parts() -> tuple[str, str, str]:
    """Each with the line that begins it; a lock of fewer parts has empty ones."""
    product, mark, rest = PATH.read_text(encoding="utf-8").partition(MARK)
    tools, begun, packer = rest.partition(BUNDLE)
    return product, mark + tools, begun + packer


def digest(written: str) -> str:
    """Tells one lock from another."""
    return hashlib.sha256(written.encode()).hexdigest()


def entries(written: str) -> dict[str, str]:
    """The lines of each release by its pin: name, release and marker, such as ``tzdata==2026.6``."""
    found: dict[str, list[str]] = {}
    pin = ""
    for line in written.splitlines():
        match = _PIN.match(line)
        if match:
            pin = match.group().strip()
            found[pin] = []
        if pin and line.strip() and not line.startswith("#"):
            found[pin].append(line)
    return {pin: "\n".join(lines) + "\n" for pin, lines in found.items()}


def write(tools: Path, *, upgrade: bool) -> None:
    """Resolves pyproject.toml for every system and Python; keeps the present releases unless told to upgrade."""
    uv = shutil.which("uv", path=str(tools)) or shutil.which("uv")
    if uv is None:
        raise SetUpError(
            "The lock is written by uv, which is not here. The present lock was kept. "
            "Install it (`pip install uv`) and start this command again."
        )
    old = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    with tempfile.TemporaryDirectory() as folder:
        product = _compile(uv, Path(folder, "product"), old, upgrade, [])
        fixed = f"--constraints={folder}/product"
        tests = _compile(uv, Path(folder, "tests"), old, upgrade, ["--group=test", fixed])
        packer = _compile(uv, Path(folder, "packer"), old, upgrade, ["--group=bundle", fixed])
    for pin, lines in product.items():
        if not tests.get(pin) == packer.get(pin) == lines:
            raise SetUpError(f"The tests or the bundle want another release than {pin}. The present lock was kept.")
    text = HEAD + "".join(product.values())
    for mark, found in ((MARK, tests), (BUNDLE, packer)):
        text += f"{mark}\n" + "".join(lines for pin, lines in found.items() if pin not in product)
    PATH.write_text(text, encoding="utf-8")


def _compile(uv: str, target: Path, old: str, upgrade: bool, more: list[str]) -> dict[str, str]:
    target.write_text(old, encoding="utf-8")  # uv keeps the releases that it finds in its output
    command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version=3.11"]
    command += ["--no-header", "--no-annotate", "--no-config", "--only-binary=:all:", *more]
    command += ["--upgrade"] if upgrade else []
    command += [f"--output-file={target}", "pyproject.toml"]
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        raise SetUpError("The lock could not be written: see above. The present lock was kept.")
    return entries(target.read_text(encoding="utf-8"))
