"""What is tracked: nothing of one machine, synthetic people only, and a lock that names no place."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools import commands, lockfile
from tests.support.tree import ROOT, none
from workwell_desktop import __version__

# Written in pieces, so that this file does not hold what it looks for.
PLACES = re.compile(
    r"(?<![\w.$-])/(?:work|root|farm|opt/py" + r"pi|home/[a-z]\w*|Users/\w+)/"
    r"|\b(?:pypi\.or" + r"g|files\.pythonhosted|registry\.npmj" + r"s|deb\.debia" + r"n|crates\.i" + r"o)\b"
)
TEN_DIGITS = re.compile(r"(?<![\w.+-])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\w.-])", re.ASCII)
# Proves the check digit on the examples that the NHS itself publishes.
OF_THE_CHECK_DIGIT = "tests/domain/test_nhs_number.py"
WITH_PEOPLE = {".py", ".json", ".toml", ".csv", ".md", ".txt"}
CENTRAL = ["README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "requirements.lock", "pyproject.toml", ".ci/run"]


def tracked(root: Path = ROOT) -> list[Path]:
    """The files that git knows."""
    said = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    return [root / name for name in said.split("\0") if name and (root / name).is_file()]


def written(paths: list[Path]) -> Iterator[tuple[Path, int, str]]:
    """Every line of every file that is text."""
    for path in paths:
        data = path.read_bytes()
        if b"\0" in data[:4096]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            yield path, number, line


def machine_places(paths: list[Path]) -> Iterator[str]:
    for path, number, line in written(paths):
        if found := PLACES.search(line):
            yield f"{path.name}:{number} {found.group()}"


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last checks the others (modulus 11), as the NHS Data Dictionary says."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(set(digits)) > 1 and check % 11 == int(digits[9]) and check != 10


def real_nhs_numbers(paths: list[Path]) -> Iterator[str]:
    """Numbers that could be somebody's: outside the 999 range that is kept for tests."""
    for path, number, line in written([path for path in paths if path.suffix in WITH_PEOPLE]):
        for match in TEN_DIGITS.finditer(line):
            digits = "".join(match.groups())
            if is_nhs_number(digits) and not digits.startswith(("999", "0")):
                yield f"{path.name}:{number} {digits}"


def test_nothing_of_one_machine_is_written_down() -> None:
    none(machine_places(tracked()))


def test_people_are_synthetic() -> None:
    none(real_nhs_numbers([path for path in tracked() if path != ROOT / OF_THE_CHECK_DIGIT]))


def test_what_does_not_belong_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    lines = [
        f"a = '/ho{'me'}/ann/x'",
        f"b = 'https://py{'pi.org'}/simple'",
        f"c = '943 {476} 5919'",
        "d = '9990000018'",
    ]
    page.write_text("\n".join(lines), encoding="utf-8")
    assert len(list(machine_places([page]))) == 2
    assert list(real_nhs_numbers([page])) == [f"page.py:3 943{'4765919'}"]


def test_what_everybody_looks_for_is_there() -> None:
    none(name for name in CENTRAL if not (ROOT / name).is_file())


def test_the_lock_names_no_place_and_hashes_everything() -> None:
    whole = lockfile.part(tests=True) + lockfile.for_bundle()
    assert "://" not in whole
    assert not re.search(r"^\s*(-[a-z]|--(?!hash))", whole, re.MULTILINE)
    releases = lockfile.entries(whole)
    none(pin for pin, lines in releases.items() if "--hash=sha256:" not in lines)
    assert set(lockfile.entries(lockfile.part(tests=False))) < set(releases)


def unmet(requirements: list[str], pins: list[str]) -> Iterator[str]:
    """Requirements that no pin, or a pin of another release, answers."""
    locked = [Requirement(pin) for pin in pins]
    for line in requirements:
        wanted = Requirement(line)
        fitting = [
            pin
            for pin in locked
            if canonicalize_name(pin.name) == canonicalize_name(wanted.name)
            and wanted.specifier.contains(next(iter(pin.specifier)).version)
        ]
        if not fitting:
            yield line


def test_the_lock_answers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    product = list(lockfile.entries(lockfile.part(tests=False)))
    none(unmet(project["project"]["dependencies"], product))
    none(unmet(project["dependency-groups"]["test"], list(lockfile.entries(lockfile.part(tests=True)))))
    none(unmet(project["dependency-groups"]["bundle"], list(lockfile.entries(lockfile.for_bundle()))))
    assert list(unmet(["segno>=99", "nothing"], product)) == ["segno>=99", "nothing"]


def test_the_changelog_begins_with_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == __version__


def dead_ends(page: Path) -> Iterator[str]:
    """Files that a page leads to or names in code quotes, and that are not there."""
    said = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", said) + re.findall(r"`([\w.-]+/[\w./-]*)`", said):
        if not (page.parent / target).exists() and not target.startswith(".venv"):
            yield f"{page.name} {target}"


def test_the_first_page_leads_where_it_says() -> None:
    none(dead_ends(ROOT / "README.md"))
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"run", "test"} <= set(re.findall(r"packaging/dev\.py (\w+)", said)) <= set(commands.COMMANDS)


def test_a_dead_end_is_found(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("[a](here.md) ![b](pictures/gone.png) `gone/` `word` [c](https://example.org)", encoding="utf-8")
    (tmp_path / "here.md").touch()
    assert list(dead_ends(page)) == ["README.md pictures/gone.png", "README.md gone/"]


@pytest.mark.parametrize(("digits", "holds"), [("9990000018", True), ("9990000019", False), ("9999999999", False)])
def test_the_check_digit_is_the_one_of_the_nhs(digits: str, holds: bool) -> None:
    assert is_nhs_number(digits) is holds
