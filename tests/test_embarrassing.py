"""What would be embarrassing to get wrong about the service, read from every sentence and table that ships."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import none
from workwell_desktop import assets

SENTENCES = sorted(assets.resource("text").rglob("*.toml")) + sorted(assets.resource("guide").glob("*.md"))
TABLES = sorted(one for folder in ("services", "adjustments", "sites") for one in assets.resource(folder).glob("*.*"))

NEVER = {
    "the participant is no patient": r"\bpatients?\b",
    "nobody is graded by an answer about self-harm": (
        r"\b(low|medium|moderate|high)[ -](suicide )?risk\b|\brisk (level|score|grade)"
    ),
    "the offer that went live is Connect to Work": r"\bUniversal Support\b",
    "no paper looks like a fit note of the five professions": r"\bMed ?3\b|\bstatement of fitness\b",
    "waiting days and the lower earnings limit are gone": r"\bwaiting days?\b|\blower earnings limit\b|£1\d\d\b",
    "the organisation's tool is for no one person": r"\bHSE (Management Standards )?Indicator\b",
    "leaving is no failure": r"\b(drop(ped)? out|dropouts?|failed to attend|did not engage|non-?complian\w+)\b",
    "papers are no test": r"\bfit(ness)? test\b|\bwork capability assessment\b",
}


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Lines, without what names a launch context of FHIR."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield number, line.replace("`%patient`", "")


@pytest.mark.parametrize("trap", NEVER)
def test_nothing_that_ships_says_it(trap: str) -> None:
    wrong = re.compile(NEVER[trap], re.IGNORECASE)
    none(
        f"{path.name}:{number} {trap}"
        for path in (*SENTENCES, *TABLES)
        for number, line in said(path)
        if wrong.search(line)
    )


@pytest.mark.parametrize(
    ("trap", "line"),
    [
        ("the participant is no patient", 'hint = "Ask the patient first."'),
        ("nobody is graded by an answer about self-harm", 'band = "High risk"'),
        ("leaving is no failure", 'reason = "Failed to attend"'),
    ],
)
def test_a_line_that_says_it_is_found(trap: str, line: str) -> None:
    assert re.search(NEVER[trap], line, re.IGNORECASE)


def test_civil_servants_are_not_sent_to_the_service_that_excludes_them() -> None:
    with assets.resource("services", "national.csv").open(encoding="utf-8", newline="") as lines:
        (found,) = (row for row in csv.reader(lines) if "Access to Work Mental Health Support Service" in row)
    assert any("Not open to civil servants" in field for field in found)


def test_what_is_handed_over_says_that_it_is_no_assessment_for_benefits() -> None:
    papers = assets.table(assets.resource("text", "en-GB", "papers.toml"))
    words = str(papers)
    assert "not a benefits assessment and not a test of whether you are fit for work" in words


def test_the_program_does_not_go_by_the_name_of_the_service() -> None:
    brand = assets.table(assets.resource("brand.toml"))
    assert brand["name"] != "WorkWell"
    assert "not a government service" in str(brand)
