"""`packaging/dev.py release`: checks, tests, builds, sums up and tags what stands here. It never pushes anything.

clean tree · changelog · no such tag · a store of this version kept  ──▶  lint, tests  ──▶  bundle, smoke
    ──▶  dist/SHA256SUMS  ──▶  the tag v0.1.0, with the changelog's words
"""

import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from devtools import ROOT, SetUpError
from devtools.bundle import archives, contents

SUMS = "SHA256SUMS"
Step = Callable[[Sequence[str]], int]


def release(rest: Sequence[str], lint: Step, test: Step, bundle: Callable[[], Sequence[Path]]) -> int:
    """With ``--check`` it says whether a release could be made, and stops there. ``bundle`` gives what it built."""
    unknown = set(rest) - {"--check"}
    if unknown:
        raise SetUpError(f"`release` takes --check, and not {' '.join(sorted(unknown))}.")
    version = contents.version()
    problems = list(in_the_way(ROOT, version))
    if problems:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise SetUpError(f"{version} cannot be released yet. Nothing was changed.\n{listed}")
    if "--check" in rest:
        print(f"{version} can be released.")
        return 0
    for name, step in (("lint", lint), ("test", test)):
        if step([]) != 0:
            raise SetUpError(f"`dev.py {name}` is not green: see above. No tag was set.")
    files = bundle()
    sums = write_sums(files)
    words = notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    _git(ROOT, "tag", "--annotate", f"v{version}", "--message", f"WorkWell Desktop {version}\n\n{words}")
    for file in (*files, sums):
        print(file.relative_to(ROOT))
    print(f"Tagged v{version}. Nothing was pushed: that is for a person to do.")
    return 0


def in_the_way(root: Path, version: str) -> Iterable[str]:
    """What must be put right before this version can be released, a sentence each."""
    if _git(root, "status", "--porcelain"):
        yield "There are changes that are not committed."
    if _git(root, "tag", "--list", f"v{version}"):
        yield f"v{version} is there already. Raise __version__ in {contents.PACKAGE}/__init__.py."
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"(?m)^## (\S+)", changelog)
    if first is None or first[1] != version:
        yield f"CHANGELOG.md does not begin with {version}."
    elif not notes(changelog, version):
        yield f"CHANGELOG.md says nothing about {version}."
    if not (root / "tests" / "store" / "earlier" / f"{version}.zip").is_file():
        make = ".venv/bin/python -m tests.store.earlier.make"
        yield f"No store of this version is kept for later ones: run `{make}` and commit what it wrote."


def notes(changelog: str, version: str) -> str:
    """The words of one version, without its heading."""
    found = re.search(rf"(?ms)^## {re.escape(version)}\s*\n(.*?)(?=^## |\Z)", changelog)
    return found[1].strip() if found else ""


def write_sums(files: Sequence[Path]) -> Path:
    """Beside the files, in the form that ``sha256sum --check`` reads."""
    target = files[0].with_name(SUMS)
    lines = [f"{archives.sha256(file)}  {file.name}\n" for file in sorted(files)]
    target.write_text("".join(lines), encoding="utf-8")
    return target


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()
