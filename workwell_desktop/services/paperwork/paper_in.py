"""A signed paper that was handed over as a file: whether it is genuine, and what the FHIR document inside it says.

Nothing is made from it: it is one document of a case and not the case, and what it says was for people to read.
"""

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from workwell_desktop import documents
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.register import judged

_PDF = b"%PDF-"
_CHANGED = frozenset({"changed", "unreadable"})
_BREAKS = frozenset({"p", "li", "tr", "div", "br", "h3", "h4", "dt", "caption"})
_CELLS = frozenset({"td", "th", "dd"})


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; ``title`` is empty for what stands before the first."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperIn:
    """``resources`` counts those of the document; ``person`` is whom it is about."""

    title: str
    person: str
    verdict: Verdict
    sections: tuple[Section, ...]
    resources: int

    @property
    def changed(self) -> bool:
        """Whether nobody may go by what it says."""
        return self.verdict.status in _CHANGED


def is_paper(source: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return source.startswith(_PDF)


def look(desk: Desk, source: bytes) -> PaperIn:
    """Reads a paper. Raises BadInput ``no_document_inside`` and ``not_a_bundle``, and DocumentTrouble for a file that
    cannot be read."""
    desk.allow(Act.IMPORT_CASE, Participant)
    with desk.read() as reader:
        verdict = judged(desk, reader, source)
    inside = documents.attached(source)
    if inside is None:
        raise BadInput("no_document_inside")
    try:
        entries = [one["resource"] for one in json.loads(inside)["entry"]]
        paper = next(one for one in entries if one["resourceType"] == "Composition")
        patient = next(one for one in entries if one["resourceType"] == "Patient")
        sections = tuple(_section(one) for one in paper["section"])
        title, person = str(paper["title"]), str(patient["name"][0]["text"])
    except (ValueError, KeyError, IndexError, TypeError, StopIteration, RecursionError, AssertionError):
        raise BadInput("not_a_bundle") from None
    return PaperIn(title, person, verdict, sections, len(entries))


def _section(one: dict[str, Any]) -> Section:
    reading = _Reading()
    reading.feed(str(one["text"]["div"]))
    reading.close()
    return Section(str(one.get("title", "")), tuple(reading.lines()))


class _Reading(HTMLParser):
    """The words of a narrative, a line for each paragraph, row and entry."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._parts.append("\n")
        elif tag in _CELLS:
            self._parts.append("  ")

    def handle_data(self, data: str) -> None:
        self._parts.append(data.replace("\n", " "))

    def lines(self) -> list[str]:
        return [line.strip() for line in "".join(self._parts).split("\n") if line.strip()]
