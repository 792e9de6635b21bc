"""Tables for a spreadsheet: CSV as RFC 4180 has it, and no cell that a spreadsheet would work out."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark that spreadsheets know it by."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def plain(cell: str) -> str:
    """What a spreadsheet would take for a formula is no formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
