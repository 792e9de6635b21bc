"""The published list of what FHIRPath here can do is the list that the program goes by."""

import re
from pathlib import Path

from workwell_desktop.forms.fhirpath import SUPPORTED
from workwell_desktop.forms.fhirpath.operators import BINARY
from workwell_desktop.forms.fhirpath.schema import SYSTEM

PAGE = (Path(__file__).resolve().parents[2] / "resources" / "guide" / "questionnaires.md").read_text(encoding="utf-8")


def listed(title: str) -> set[str]:
    """The words in code type of the paragraph that begins with ``title``."""
    (paragraph,) = (part for part in PAGE.split("\n\n") if part.startswith(f"{title}:"))
    return set(re.findall(r"`([^`]+)`", paragraph))


def test_the_functions_listed_are_those_that_are_known() -> None:
    assert listed("Functions") == SUPPORTED


def test_the_operators_listed_are_those_that_are_known() -> None:
    assert listed("Operators") == set(BINARY) | {"and", "or", "implies", "is", "as"}


def test_the_types_listed_are_those_that_are_known() -> None:
    assert listed("Types") == SYSTEM
