"""Lists that a partnership may replace: changes at work, what each helps with, and services for the whole country.

Each is a CSV file in UTF-8 with a published header. A wrong line raises BadInput ``list_line``, which names the file,
the line (the header is line 1), the field and what is wrong; nothing is read by half.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from workwell_desktop import assets
from workwell_desktop.domain.screen import text
from workwell_desktop.errors import BadInput

T = TypeVar("T")

ANY_BARRIER = "ANY"
FIT_NOTE_BOXES = frozenset("PHDA")
"""The four boxes of a fit note: phased return, altered hours, amended duties, workplace adaptations."""
CATEGORIES = ("hours", "duties", "environment", "equipment", "support", "travel", "communication")
CONFIDENCE = ("seen", "known", "check")
CRISIS = ("999", "111-2", "samaritans", "shout")
"""Services that no list may leave out, and that stay at the top."""


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something that work asks and that is hard: ``words`` for people."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """A change at work that may be asked for. ``barriers`` are codes, or ``ANY``; ``boxes`` those of a fit note."""

    code: str
    category: str
    text: str
    barriers: frozenset[str]
    boxes: frozenset[str]
    note: str

    def helps_with(self, barrier: str) -> bool:
        """Whether the row is listed for a barrier."""
        return barrier in self.barriers or ANY_BARRIER in self.barriers


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service for the whole country. ``number`` and ``web`` may be empty; ``confidence`` is how sure we are of it:
    ``seen`` at its source, ``known``, or ``check`` before use."""

    code: str
    need: str
    area: str
    name: str
    number: str
    web: str
    route: str
    pinned: bool
    confidence: str
    checked_on: date
    note: str = ""
    """For whom it is not, and what is easily got wrong about it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a list, which knows where it stands."""

    file: str
    number: int
    fields: Mapping[str, str]

    def wrong(self, field: str, problem: str, **params: object) -> BadInput:
        said = text(f"site.list.{problem}", **params)
        return BadInput("list_line", file=self.file, line=self.number, field=field, problem=said)

    def needed(self, field: str) -> str:
        value = self.fields[field]
        if not value:
            raise self.wrong(field, "empty")
        return value

    def one_of(self, field: str, allowed: tuple[str, ...]) -> str:
        value = self.needed(field)
        if value not in allowed:
            raise self.wrong(field, "not_allowed", allowed=", ".join(allowed))
        return value

    def codes(self, field: str, allowed: frozenset[str]) -> frozenset[str]:
        values = frozenset(self.needed(field).split())
        for value in sorted(values - allowed):
            raise self.wrong(field, "unknown", value=value)
        return values


def load_barriers(path: Path | None = None) -> tuple[Barrier, ...]:
    """What is hard, in the order of the file."""
    path = path or assets.resource("adjustments", "barriers.csv")
    return _read(path, ("code", "words"), lambda line: Barrier(line.needed("code"), line.needed("words")))


def load_adjustments(
    path: Path | None = None, barriers: tuple[Barrier, ...] | None = None
) -> tuple[AdjustmentRow, ...]:
    """The changes at work, in the order of the file; their barriers must be known."""
    known = frozenset(each.code for each in (load_barriers() if barriers is None else barriers)) | {ANY_BARRIER}

    def make(line: _Line) -> AdjustmentRow:
        return AdjustmentRow(
            code=line.needed("code"),
            category=line.one_of("category", CATEGORIES),
            text=line.needed("text"),
            barriers=line.codes("barriers", known),
            boxes=line.codes("fit_note_boxes", FIT_NOTE_BOXES),
            note=line.fields["note"],
        )

    header = ("code", "category", "text", "barriers", "fit_note_boxes", "note")
    return _read(path or assets.resource("adjustments", "adjustments.csv"), header, make)


def load_services(path: Path | None = None) -> tuple[ServiceRow, ...]:
    """The services, pinned ones first, else in the order of the file. The crisis lines may not be missing."""
    path = path or assets.resource("services", "national.csv")
    header = ("code", "need", "area", "name", "number", "web", "route", "pinned", "confidence", "checked_on", "note")
    rows = _read(path, header, _service)
    pinned = {row.code for row in rows if row.pinned}
    for code in CRISIS:
        if code not in pinned:
            raise _Line(path.name, 1, {}).wrong("code", "crisis_missing", code=code)
    return tuple(sorted(rows, key=lambda row: not row.pinned))


def _service(line: _Line) -> ServiceRow:
    try:
        checked_on = date.fromisoformat(line.needed("checked_on"))
    except ValueError:
        raise line.wrong("checked_on", "not_a_day") from None
    return ServiceRow(
        code=line.needed("code"),
        need=line.needed("need"),
        area=line.needed("area"),
        name=line.needed("name"),
        number=line.fields["number"],
        web=line.fields["web"],
        route=line.needed("route"),
        pinned=line.one_of("pinned", ("yes", "no")) == "yes",
        confidence=line.one_of("confidence", CONFIDENCE),
        checked_on=checked_on,
        note=line.fields["note"],
    )


def _read(path: Path, header: tuple[str, ...], make: Callable[[_Line], T]) -> tuple[T, ...]:
    rows: list[T] = []
    codes: set[str] = set()
    for line in _lines(path, header):
        rows.append(make(line))
        if line.fields["code"] in codes:
            raise line.wrong("code", "twice", value=line.fields["code"])
        codes.add(line.fields["code"])
    return tuple(rows)


def _lines(path: Path, header: tuple[str, ...]) -> Iterator[_Line]:
    top = _Line(path.name, 1, {})
    try:
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except (OSError, UnicodeDecodeError):
        raise BadInput("unreadable_file") from None
    reader = csv.reader(written.splitlines(keepends=True))
    found = tuple(next(reader, []))
    if found != header:
        wrong = next((name for name in header if name not in found), header[0])
        raise top.wrong(wrong, "header", header=",".join(header))
    for cells in reader:
        line = _Line(path.name, reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
        if len(cells) != len(header):
            raise line.wrong(header[min(len(cells), len(header) - 1)], "columns", count=len(header), found=len(cells))
        yield line
