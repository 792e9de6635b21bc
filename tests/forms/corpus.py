"""Where the material is that nobody here wrote: questionnaires, judged responses, expressions, the FHIRPath suite.

It stays outside the repository: ``WORKWELL_FORMS_CORPUS`` names its folder, else ``../shared/forms-corpus`` beside it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("WORKWELL_FORMS_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "forms-corpus"))
needs_corpus = pytest.mark.skipif(
    not (FOLDER / "manifest.json").is_file(), reason=f"the corpus of forms is not at {FOLDER} (WORKWELL_FORMS_CORPUS)"
)


def resources() -> Iterator[tuple[dict[str, Any], bytes]]:
    """Manifest entry and bytes of every resource file."""
    for entry in json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8")):
        yield entry, (FOLDER / "resources" / entry["file"]).read_bytes()


def responses() -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of every judged response."""
    for path in sorted((FOLDER / "responses").glob("*.json")):
        yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def invalid(outcome: dict[str, Any]) -> bool:
    """Whether a validator found an error."""
    return any(one["severity"] in ("error", "fatal") for one in outcome.get("issue", ()))


def coded(outcome: dict[str, Any]) -> set[tuple[str, str | None]]:
    """The codes of errors with their linkIds, of the validator that gives codes."""
    found: set[tuple[str, str | None]] = set()
    for one in outcome.get("issue", ()):
        if one["severity"] in ("error", "fatal"):
            where = one.get("location", [""])[0]
            link_id = where.removeprefix("linkId='").removesuffix("'") or None
            found.add((one["details"]["coding"][0]["code"], link_id))
    return found
