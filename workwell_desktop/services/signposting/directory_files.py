"""The partnership's own services as a file: UTF-8, comma-separated, with the header that is published.

The header, each field and an example stand in ``resources/schemas/services.schema.json`` and ``examples/services.csv``.
A file with a wrong line changes nothing, unless what is good is asked for; a line is found again by its ``code``.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import OWN_HELPS, Access, Capacity, LocalService, Way
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import BadInput
from workwell_desktop.services import tables, whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import _directory_rules as rules
from workwell_desktop.services.signposting.directory_views import ServiceDetails
from workwell_desktop.store import Reader

HEADER = (
    "code", "name", "helps", "area", "way", "how", "eligibility", "wait_weeks", "capacity", "closed_until", "access",
    "contact", "phone", "email", "web", "note", "checked_on", "expires_on",
)  # fmt: skip
LARGEST = 5 * 1024 * 1024
"""Bytes: some ten thousand services."""
MOST_LINES = 20_000
_DAYS = frozenset({"closed_until", "checked_on", "expires_on"})
_SETS = {"helps": frozenset(OWN_HELPS), "access": frozenset(one.value for one in Access)}
_CHOICES = {"way": Way, "capacity": Capacity}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with one field of one line. The header is line 1."""

    file: str
    line: int
    field: str
    problem: str

    def words(self) -> str:
        """In a sentence."""
        return text("directory.line", file=self.file, line=self.line, field=self.field, problem=self.problem)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file does or did: how many services are new, changed, and as they were; ``done`` says whether it did."""

    new: int
    changed: int
    same: int
    problems: tuple[LineProblem, ...]
    done: bool


def take_in(desk: Desk, path: Path, *, good_only: bool = False, look: bool = False) -> TakenIn:
    """Takes a file in. With a problem nothing changes, unless ``good_only``; with ``look`` nothing changes at all.

    Services that the file does not name stay. Raises BadInput ``file_missing``, ``unreadable_file``, ``file_too_big``.
    """
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    rows, problems = read_rows(path.name, _bytes(path), desk.clock.today())
    with desk.unit() as unit:
        unit.undoable = False
        here = {code_of(one): one for one in unit.reader.list(LocalService, order_by="id")}
        scope = unit.reader.list(Partnership)[0].id
        does = not look and (good_only or not problems)
        counts = {"new": 0, "changed": 0, "same": 0}
        for row in rows:
            known = here.get(row.code)
            counts[_what(known, row)] += 1
            if not does:
                continue
            if known is None:
                unit.add(rules.record_of(row, new_id(), scope, desk.me))
            else:
                unit.set(LocalService, known.id, **rules.fields_of(row))
    return TakenIn(**counts, problems=tuple(problems), done=does)


def write(desk: Desk, path: Path) -> int:
    """Writes the partnership's own services to a file that the person chose; gives how many. Raises ReadOnlyFolder."""
    desk.allow(Act.READ, LocalService)
    with desk.read() as reader:
        rows = own_rows(reader)
    whole_files.write_chosen(path, lambda: as_csv(rows))
    return len(rows)


def own_rows(reader: Reader) -> list[ServiceDetails]:
    """Every one of the partnership's own services, by name; one without a code gets the one it is found again by."""
    found = reader.list(LocalService, order_by=("name", "id"))
    return [replace(rules.details_of(one), code=code_of(one)) for one in found]


def code_of(one: LocalService) -> str:
    """The short name of a service in files."""
    return one.code or f"s-{one.id[:10]}"


def as_csv(rows: list[ServiceDetails]) -> bytes:
    """RFC 4180, UTF-8 with a mark that spreadsheets know it by."""
    return tables.as_csv([HEADER, *([_guarded(_cell(row, name)) for name in HEADER] for row in rows)])


def read_rows(file: str, data: bytes, today: date) -> tuple[list[ServiceDetails], list[LineProblem]]:
    """The good lines of a file, and what is wrong with the others, by line and field."""
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("unreadable_file") from None
    rows: list[ServiceDetails] = []
    problems: list[LineProblem] = []
    seen: dict[str, int] = {}
    try:
        for number, cells in _lines(written):
            if number == 1:
                missing = _header_problem(file, cells)
                if missing is not None:
                    return [], [missing]
                continue
            found = _row(file, number, cells, today)
            if isinstance(found, list):
                problems += found
            elif found.code in seen:
                said = text("directory.file.twice", value=found.code, line=seen[found.code])
                problems.append(LineProblem(file, number, "code", said))
            else:
                seen[found.code] = number
                rows.append(found)
    except csv.Error:
        raise BadInput("unreadable_file") from None
    return rows, problems


def _lines(written: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line it begins on; empty lines are passed over."""
    reader = csv.reader(io.StringIO(written, newline=""), strict=True)
    begins = 1
    empty = True
    for cells in reader:
        if any(cell.strip() for cell in cells):
            empty = False
            yield (begins, cells)
        begins = reader.line_num + 1
        if begins > MOST_LINES:
            raise BadInput("file_too_big")
    if empty:
        yield 1, []


def _header_problem(file: str, cells: list[str]) -> LineProblem | None:
    if tuple(cell.strip() for cell in cells) == HEADER:
        return None
    lacks = next((name for name in HEADER if name not in cells), HEADER[0])
    return LineProblem(file, 1, lacks, text("directory.file.header", header=",".join(HEADER)))


def _row(file: str, number: int, cells: list[str], today: date) -> ServiceDetails | list[LineProblem]:
    if len(cells) != len(HEADER):
        said = text("directory.file.columns", count=len(HEADER), found=len(cells))
        return [LineProblem(file, number, HEADER[min(len(cells), len(HEADER) - 1)], said)]
    problems: list[LineProblem] = []
    values: dict[str, object] = {}
    for name, cell in zip(HEADER, cells, strict=True):
        try:
            values[name] = _value(name, clean(_unguarded(cell)).strip())
        except BadInput as trouble:
            problems.append(LineProblem(file, number, name, text(f"errors.reason.{trouble.reason}", **trouble.params)))
        except ValueError as trouble:
            problems.append(LineProblem(file, number, name, str(trouble)))
    if problems:
        return problems
    made = ServiceDetails(**values)  # type: ignore[arg-type]
    wrong = [("code", "code_missing")] if not made.code else []
    return [
        LineProblem(file, number, name, text(f"errors.field.{reason}"))
        for name, reason in [*wrong, *rules.problems(made, today)]
    ] or made


def _value(name: str, cell: str) -> object:
    """The value of a cell. Raises ValueError with the sentence for a person."""
    if name in _DAYS:
        try:
            return date.fromisoformat(cell) if cell else None
        except ValueError:
            raise ValueError(text("directory.file.not_a_day", value=cell)) from None
    if name == "wait_weeks":
        if cell and not (cell.isascii() and cell.isdigit()):
            raise ValueError(text("errors.field.wait_impossible"))
        return int(cell[:6]) if cell else None
    if name in _SETS:
        found = frozenset(cell.split())
        for one in sorted(found - _SETS[name]):
            raise ValueError(text("directory.file.unknown", value=one, allowed=" ".join(sorted(_SETS[name]))))
        return found
    if name in _CHOICES:
        try:
            return _CHOICES[name](cell)
        except ValueError:
            allowed = " ".join(one.value for one in _CHOICES[name])
            raise ValueError(text("directory.file.unknown", value=cell, allowed=allowed)) from None
    return cell


def _cell(row: ServiceDetails, name: str) -> str:
    value = getattr(row, name)
    if value is None:
        return ""
    return " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets a mark before it, which reading takes away again."""
    return f"'{cell}" if cell.lstrip("'").startswith(tables.FORMULA) else cell


def _unguarded(cell: str) -> str:
    rest = cell.removeprefix("'")
    return rest if rest.lstrip("'").startswith(tables.FORMULA) else cell


def _what(known: LocalService | None, row: ServiceDetails) -> str:
    if known is None:
        return "new"
    return "same" if replace(rules.details_of(known), code=row.code) == row else "changed"


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput("file_too_big")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except OSError:
        raise BadInput("unreadable_file") from None


__all__ = ["HEADER", "LineProblem", "TakenIn", "as_csv", "code_of", "own_rows", "read_rows", "take_in", "write"]
