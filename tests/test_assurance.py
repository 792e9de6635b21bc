"""The safety folder says nothing that is not so: its proofs are tests that are there, its risks are by the matrix."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools import assurance, environment, lockfile
from tests.support.tree import ROOT, none
from tests.test_embarrassing import HELD

FOLDER = ROOT / "resources" / "guide" / "assurance"
DRAFT = re.compile(r"Drafts? for the manufacturer's and deployer's clinical safety officers")
PROOF = re.compile(r"`(tests/[^`\s]+)`")
HAZARD = re.compile(r"^## (H\d\d)\. (.+)$", re.MULTILINE)
RISK = re.compile(r"^\*\*(Before|Left)\.\*\* (\w+), ([a-z ]+): (\d)\.$", re.MULTILINE)
ROW = re.compile(r"^\| ((?:Very )?(?:[Hh]igh|[Ll]ow)|Medium) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", re.MULTILINE)

COMPONENT = re.compile(r"^\| ([\w-]+) \| (\d[\w.]*) \| \S.* \|$", re.MULTILINE)
PIN = re.compile(r"^([\w-]+)(?:\[\S+\])?==([\w.]+)", re.MULTILINE)

MATRIX = {
    "very high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very low": (1, 1, 2, 2, 3),
}
"""DCB0129: by likelihood, from minor to catastrophic."""
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
BORNE = 3

LOOKED_FOR_FIRST = (
    "wrong person",
    "old plan",
    "missed",
    "score is wrong",
    "employer learns",
    "agreement is recorded by somebody else",
    "action is lost",
    "overwritten",
    "date is read",
    "restricted note",
    "left outside the store",
    "laptop is lost",
    "backup takes the place",
    "said to be saved is not",
    "drift apart",
    "taken for an instruction",
    "number to call is out of date",
    "erased that is still needed",
    "hub shows a case",
    "hub loses",
    "comes by sync is believed",
    "update damages",
    "lost laptop still syncs",
    "another language says something else",
)
"""What a clinical safety officer will look for first, on one laptop and on several."""


def pages() -> list[Path]:
    return sorted(FOLDER.glob("*.md"))


def unproved(words: str, root: Path) -> Iterator[str]:
    """Proofs that name a file or a test that is not there."""
    for named in PROOF.findall(words):
        file, _, test = named.partition("::")
        there = (root / file).is_file()
        if not there or (test and f"def {test}(" not in (root / file).read_text(encoding="utf-8")):
            yield named


def hazards() -> dict[str, str]:
    """What is written about each hazard, by its heading."""
    log = (FOLDER / "hazards.md").read_text(encoding="utf-8").split("\n## The matrix")[0]
    _before, *parts = HAZARD.split(log)
    return {f"{number} {title}": body for number, title, body in zip(*[iter(parts)] * 3, strict=True)}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_each_page_says_that_it_is_a_draft_and_names_tests_that_are_there(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    assert DRAFT.search(words)
    none(f"{page.name}: {named} is not there" for named in unproved(words, ROOT))


def test_a_proof_that_is_gone_is_found(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_a.py").write_text("def test_is_there() -> None: ...", encoding="utf-8")
    words = "`tests/test_a.py` `tests/test_a.py::test_is_there` `tests/test_a.py::test_is` `tests/test_b.py`"
    assert list(unproved(words, tmp_path)) == ["tests/test_a.py::test_is", "tests/test_b.py"]


def test_each_hazard_has_its_cause_harm_controls_proof_and_risk_by_the_matrix() -> None:
    assert [title[:3] for title in hazards()] == [f"H{number:02}" for number in range(1, len(hazards()) + 1)]
    for title, body in hazards().items():
        none(f"{title} lacks {part}" for part in ("Cause", "Harm", "Controls", "Proof") if f"**{part}.**" not in body)
        assert PROOF.findall(body.partition("**Proof.**")[2]), title
        risks = RISK.findall(body)
        assert [when for when, *_ in risks] == ["Before", "Left"], title
        for _when, severity, likelihood, said in risks:
            assert int(said) == MATRIX[likelihood][SEVERITIES.index(severity)], title
        assert int(risks[1][3]) <= min(BORNE, int(risks[0][3])), title


def test_the_matrix_that_is_printed_is_the_one() -> None:
    printed = ROW.findall((FOLDER / "hazards.md").read_text(encoding="utf-8"))
    assert {likelihood.lower(): tuple(map(int, row)) for likelihood, *row in printed} == MATRIX


def test_every_hazard_that_is_looked_for_first_is_there() -> None:
    titles = " / ".join(hazards()).lower()
    none(f"nothing on {hazard!r}" for hazard in LOOKED_FOR_FIRST if hazard not in titles)


def test_the_components_are_those_of_the_lock_each_with_its_licence() -> None:
    written = (FOLDER / "components.md").read_text(encoding="utf-8")
    rows = set(COMPONENT.findall(written))
    pins = set(PIN.findall("\n".join(lockfile.entries(lockfile.part(tests=False)))))
    assert len(rows) > 20
    assert sorted(rows - pins) == []
    assert {name for name, _release in rows} == {name for name, _release in pins}
    if sys.platform == "linux":
        # it is written on Linux; elsewhere a library of the lock may have another release
        assert written == assurance.page(environment.packages()), "packaging/dev.py components writes it afresh"


def test_the_25_are_listed_with_the_test_that_holds_each() -> None:
    lines = (FOLDER / "errors.md").read_text(encoding="utf-8").splitlines()
    found = {int(line.split(".")[0]): PROOF.findall(line) for line in lines if line[:1].isdigit()}
    assert found == {number: [f"tests/{file}::{name}"] for number, (file, name) in HELD.items()}


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_how_many_functions_a_computers_login_has_is_said_as_it_is() -> None:
    grants = (ROOT / "workwell_desktop/sync/hub/sql/grants.sql").read_text(encoding="utf-8")
    granted = re.findall(r"grant execute on function ([^;]+?)\s+to workwell_device;", grants)
    count = sum(len(re.findall(r"workwell\.\w+\(", one)) for one in granted)
    said = f"{NUMBERS[count]} functions"
    for page in ("assurance/hazards.md", "assurance/security.md", "hub.md"):
        assert said in (FOLDER.parent / page).read_text(encoding="utf-8"), f"{page} does not say {said}"
