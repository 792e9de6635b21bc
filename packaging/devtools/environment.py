"""The folder `.venv`: made, filled from the lock, and pointed at this checkout; at once when nothing has changed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools import ROOT, SetUpError, lockfile

FOLDER = ROOT / ".venv"
SCRIPTS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = FOLDER / "set-up"
BUNDLE_STAMP = FOLDER / "set-up-bundle"
START = "from workwell_desktop.app import main; raise SystemExit(main())"


def is_ready(*, tests: bool) -> bool:
    """Whether an earlier set-up on this Python from this lock went through to its end."""
    try:
        said = STAMP.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return _stamp(tests=True) in said or (not tests and _stamp(tests=False) in said)


def prepare(*, tests: bool) -> None:
    """Brings `.venv` to what the lock says. A step that fails leaves no stamp, so the next start goes on from there."""
    if is_ready(tests=tests):
        _compile()
        return
    STAMP.unlink(missing_ok=True)
    BUNDLE_STAMP.unlink(missing_ok=True)
    _make()
    print("Installing what requirements.lock names into .venv: a minute or two, once.", flush=True)
    _install(lockfile.part(tests=tests))
    _point_here()
    _compile()
    STAMP.write_text(_stamp(tests=tests) + "\n", encoding="utf-8")


def prepare_bundle() -> None:
    """What a run needs, and what packs it; beside it may stand what the tests need."""
    prepare(tests=False)
    wanted = _stamp_of(lockfile.for_bundle())
    if BUNDLE_STAMP.exists() and BUNDLE_STAMP.read_text(encoding="utf-8").strip() == wanted:
        return
    BUNDLE_STAMP.unlink(missing_ok=True)
    _install(lockfile.for_bundle())
    BUNDLE_STAMP.write_text(f"{wanted}\n", encoding="utf-8")


def packages() -> Path:
    """The folder in which the libraries lie."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.run([PYTHON, "-c", ask], check=True, capture_output=True, text=True).stdout.strip())


def _stamp(*, tests: bool) -> str:
    return _stamp_of(lockfile.part(tests=tests))


def _stamp_of(requirements: str) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{version} {ROOT} {lockfile.digest(requirements)}"


def _make() -> None:
    fits = f"import sys; raise SystemExit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", fits], check=False).returncode == 0:
        return
    if FOLDER.exists() and not (FOLDER / "pyvenv.cfg").exists():
        raise SetUpError(f"{FOLDER.name} is there and is not an environment of Python. Move it away and start again.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=False).returncode != 0:
        raise SetUpError("The environment .venv could not be made: see above. Nothing else was changed.")


def _install(requirements: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "requirements.txt")
        file.write_text(requirements, encoding="utf-8")
        command: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
        command += ["--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--requirement", file]
        if subprocess.run(command, check=False).returncode != 0:
            raise SetUpError(
                "Not everything could be installed: see above. What was installed is kept in .venv. "
                "Is there a way to the package index from here? Mend that and start this command again."
            )


def _point_here() -> None:
    """Makes `import workwell_desktop` and the command `workwell` mean this checkout."""
    (packages() / "workwell_desktop.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if os.name == "nt":
        (SCRIPTS / "workwell.cmd").write_text(f'@"{PYTHON}" -c "{START}" %*\n', encoding="utf-8")
        return
    script = SCRIPTS / "workwell"
    script.write_text(f'#!/bin/sh\nexec "{PYTHON}" -c "{START}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _compile() -> None:
    """Bytecode as an installed program has it, also where the environment forbids Python to write its own."""
    subprocess.run([PYTHON, "-m", "compileall", "-q", ROOT / "workwell_desktop"], check=True)
