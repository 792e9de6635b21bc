"""The list of components among the pages of assurance, made from the lock; a test holds it against the lock."""

from pathlib import Path

from devtools import ROOT, SetUpError
from devtools.bundle import components

PAGE = ROOT / "resources" / "guide" / "assurance" / "components.md"
_HEAD = """\
# What it is made of

Draft for the manufacturer's and deployer's clinical safety officers and security teams. `python3 packaging/dev.py \
components` writes this page from `requirements.lock`, and a test fails when the two differ.

Every release is pinned by its hash. A bundle holds the same list with the words of each licence, also as CycloneDX \
for programs, and beside it Python and what the system lent. What only tests or the making of bundles need is not \
here: it does not reach anybody's computer.

| Component | Release | Licence |
| --- | --- | --- |
"""
_FOOT = """
Fonts, icons, the dictionary and the names of countries: see the file NOTICE beside the program. The program itself \
is under Apache-2.0.

How soon a weakness in one of these is mended: the lock is written anew with `python3 packaging/dev.py lock \
--upgrade`, every test runs, and a new version goes out. Who watches for weaknesses, and how fast, is for the \
manufacturer to say here: ____________

Back to [assurance](index.md).
"""


def page(packages: Path) -> str:
    """The page, with the libraries of the lock as they lie in ``packages``. Raises SetUpError without a licence."""
    found = components.libraries(packages)
    bare = [one.name for one in found if not one.licence]
    if bare:
        raise SetUpError(f"No licence was found for: {', '.join(bare)}. Nothing was written.")
    return _HEAD + "".join(f"| {one.name} | {one.version} | {one.licence} |\n" for one in found) + _FOOT


def write(packages: Path) -> None:
    PAGE.write_text(page(packages), encoding="utf-8")
