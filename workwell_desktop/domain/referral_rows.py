"""Referrals as a file holds them: one row each, by the published header, before anybody decides what comes in.

    bytes ──▶ letters (UTF-8 with or without a mark, Windows-1252) ──▶ separator and header ──▶ rows or faults

Nothing here knows who is in the store. A fault names line, field and reason; what is beyond the limits is not read.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import BadInput

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
MOST_LETTERS = 4_000
"""Of one cell."""
SEPARATORS = ",;\t|"
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place: ``line`` counts from 1 (0: the whole file), ``field`` is a column or empty."""

    line: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """One referral as written. ``values`` hold texts that are not empty, dates and yes or no."""

    line: int
    values: Mapping[str, str]
    days: Mapping[str, date]
    source: ReferralSource | None
    person_knows: bool | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read. ``faults`` are those of the whole file: then there are no rows."""

    rows: tuple[FileRow, ...]
    faults: tuple[Fault, ...]
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column of the published header (``resources/schemas/referrals.schema.json``)."""

    name: str
    needed: bool
    example: str


@cache
def header() -> tuple[HeaderColumn, ...]:
    """The columns in their order; a file may have them in any order, and may leave out those that are not needed."""
    table = json.loads(assets.resource("schemas", "referrals.schema.json").read_text(encoding="utf-8"))
    needed = frozenset(table["items"]["required"])
    return tuple(
        HeaderColumn(name, name in needed, str(column["examples"][0]))
        for name, column in table["items"]["properties"].items()
    )


def template() -> bytes:
    """A file to begin from: the header alone, as spreadsheets open it (UTF-8 with its mark)."""
    return written_rows([])


def written_rows(rows: Sequence[Mapping[str, str]], separator: str = ",") -> bytes:
    """A file of these rows, each by column."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    names = [column.name for column in header()]
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def read_sheet(data: bytes) -> Sheet:
    """The rows of a CSV file, or what is wrong with the whole of it."""
    if len(data) > MOST_BYTES:
        return _refused("too_big", size=MOST_BYTES // 1024 // 1024)
    decoded = _decoded(data)
    if decoded is None:
        return _refused("not_text")
    words, encoding = decoded
    first = next((line for line in words.splitlines() if line.strip()), "")
    if not first:
        return _refused("empty")
    separator = max(SEPARATORS, key=lambda one: _known_names(first, one))
    try:
        lines = list(_lines(words, separator))
    except csv.Error:
        return _refused("not_csv")
    (_number, top), *rest = lines
    names = [_name(cell) for cell in top]
    faults = _header_faults(names)
    if faults:
        return Sheet((), tuple(faults), encoding, separator)
    if len(rest) > MOST_ROWS:
        return _refused("too_many", count=MOST_ROWS)
    return Sheet(tuple(_row(number, names, cells) for number, cells in rest), (), encoding, separator)


def day_of(written: str) -> date | None:
    """24/11/2026 (the day first), 24.11.2026 or 2026-11-24, with four figures of the year; None for anything else."""
    said = written.strip()
    if match := _ISO.fullmatch(said):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(said):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _refused(reason: str, **params: object) -> Sheet:
    return Sheet((), (Fault(0, "", text(f"referral_file.whole.{reason}", **params)),))


def _decoded(data: bytes) -> tuple[str, str] | None:
    """UTF-8, else Windows-1252, which old spreadsheets write; None for what is no text."""
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None


def _lines(words: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins; those without a word are left out."""
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    before = 0
    for cells in reader:
        number, before = before + 1, reader.line_num
        if any(cell.strip() for cell in cells):
            yield number, cells


def _name(cell: str) -> str:
    return "_".join(cell.strip().casefold().replace("-", " ").replace("_", " ").split())


def _known_names(first: str, separator: str) -> int:
    known = {column.name for column in header()}
    return sum(1 for cell in first.split(separator) if _name(cell.strip('"')) in known)


def _header_faults(names: list[str]) -> list[Fault]:
    known = [column.name for column in header()]
    faults = []
    for place, name in enumerate(names):
        if name not in known:
            faults.append(Fault(1, name, text("referral_file.header.unknown", name=name or "-")))
        elif name in names[:place]:
            faults.append(Fault(1, name, text("referral_file.header.twice", name=name)))
    for column in header():
        if column.needed and column.name not in names:
            faults.append(Fault(1, column.name, text("referral_file.header.missing", name=column.name)))
    return faults


def _row(number: int, names: list[str], cells: list[str]) -> FileRow:
    faults: list[Fault] = []
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        faults.append(Fault(number, "", text("referral_file.cell.too_many", count=len(names), found=len(cells))))
    return checked_row(number, zip(names, cells, strict=False), faults)


def checked_row(number: int, told: Iterable[tuple[str, str]], faults: list[Fault]) -> FileRow:
    """Takes the words of each field as they may be kept, and reads days, source, and yes or no out of them; what
    cannot be kept or read is a fault at its field."""
    values: dict[str, str] = {}
    for name, said in told:
        try:
            words = clean(said).strip()
        except BadInput as trouble:
            faults.append(Fault(number, name, text(f"errors.field.{trouble.reason}")))
            continue
        if len(words) > MOST_LETTERS:
            faults.append(Fault(number, name, text("referral_file.cell.too_long", most=MOST_LETTERS)))
        elif words:
            values[name] = words
    named = {one.field for one in faults}
    for column in header():
        if column.needed and column.name not in values and column.name not in named:
            faults.append(Fault(number, column.name, text("referral_file.cell.needed")))
    days = {}
    for name in ("birth_date", "received_on"):
        if name in values:
            found = day_of(values[name])
            if found is None:
                faults.append(Fault(number, name, text("referral_file.cell.not_a_day")))
            else:
                days[name] = found
    source = _source(values.get("source", ""))
    if "source" in values and source is None:
        allowed = ", ".join(one.value for one in ReferralSource)
        faults.append(Fault(number, "source", text("referral_file.cell.source", allowed=allowed)))
    said = values.get("person_knows", "").casefold()
    if said and said not in _YES | _NO:
        faults.append(Fault(number, "person_knows", text("referral_file.cell.yes_or_no")))
    knows = said in _YES if said in _YES | _NO else None
    return FileRow(number, values, days, source, knows, tuple(faults))


def _source(written: str) -> ReferralSource | None:
    """By its code, or by the words of the page."""
    said = " ".join(written.casefold().replace("_", " ").split())
    for one in ReferralSource:
        if said in (one.value.replace("_", " "), text(f"referral.source_of.{one.value}").casefold()):
            return one
    return None
