"""The outside of a file, read byte by byte before any library sees it: is it put together as a paper of ours is?

Our writers lay a file out in one way only: cross-reference tables in the open, one for each revision, and between two
of them nothing but numbered objects that touch one another. Whatever stands elsewhere (a second object of one number,
bytes between objects, a table that points into another revision, object streams, bombs of nested or packed data) is
refused here, in time that grows with the length of the file alone.
"""

import re
from dataclasses import dataclass

HEADER = b"%PDF-1.7\n"
END = b"%%EOF\n"
LARGEST = 64 * 1024 * 1024
MOST_REVISIONS = 40
MOST_OBJECTS = 100_000
_LARGEST_OBJECT = 1024 * 1024
_START = re.compile(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n")
_FOOT = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n\Z")
_SECTION = re.compile(rb"(\d{1,7}) (\d{1,7})\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf]) \n")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\n\Z", re.DOTALL)
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,10})(?![\d.])")
_LENGTH = re.compile(rb"/Length (\d{1,9})(?=[\s/>])(?! \d+ R)")
_AFTER_DATA = (b"\nendstream\nendobj\n", b"endstream\nendobj\n")
_ROOM_BEFORE_FOOT = 64


class Misshapen(Exception):
    """A file that is not laid out as ours are; the text is a code."""


@dataclass(frozen=True)
class Revision:
    """From ``start`` to ``end``; ``objects`` are the numbers that its table names, ``order`` the same as they stand in
    the file from ``body`` to ``table``."""

    start: int
    end: int
    objects: frozenset[int]
    order: tuple[int, ...]
    body: int
    table: int


def revisions(pdf: bytes) -> tuple[Revision, ...]:
    """The revisions, the first one first; raises Misshapen."""
    if len(pdf) > LARGEST:
        raise Misshapen("too_large")
    if not _START.match(pdf):
        raise Misshapen("head")
    if not pdf.endswith(END):
        raise Misshapen("tail")
    found: list[Revision] = []
    end: int | None = len(pdf)
    objects = 0
    while end is not None:
        revision, end = _revision(pdf, end)
        found.append(revision)
        objects += len(revision.objects)
        if len(found) > MOST_REVISIONS or objects > MOST_OBJECTS:
            raise Misshapen("too_large")
    ends = len(found)
    if pdf.count(b"startxref") != ends or pdf.count(b"%%EOF") != ends:
        raise Misshapen("revisions")
    return tuple(reversed(found))


def _revision(pdf: bytes, end: int) -> tuple[Revision, int | None]:
    """The revision that ends at ``end``, and where the one before it ends (None for the first)."""
    foot = _FOOT.search(pdf, max(end - _ROOM_BEFORE_FOOT, 0), end)
    if foot is None:
        raise Misshapen("revisions")
    table = int(foot[1])
    if table >= foot.start() or pdf[table : table + 5] != b"xref\n":
        raise Misshapen("revisions")
    places, after = _places(pdf, table + 5, foot.start())
    trailer = _TRAILER.match(pdf[after : foot.start()])
    if trailer is None or b"trailer" in trailer[1]:
        raise Misshapen("revisions")
    if b"/Encrypt" in trailer[1]:
        raise Misshapen("encrypted")
    if b"/XRefStm" in trailer[1] or b"#" in trailer[1]:
        raise Misshapen("revisions")
    said = _PREVIOUS.findall(trailer[1])
    if len(said) > 1 or (b"/Prev" in trailer[1]) != bool(said):
        raise Misshapen("revisions")
    before = None
    start = len(_START.match(pdf)[0])  # type: ignore[index]
    if said:
        before = start = _end_of(pdf, int(said[0]), table)
    _tiled(pdf, places, start, table)
    order = tuple(sorted(places, key=places.__getitem__))
    return Revision(0 if before is None else before, end, frozenset(places), order, start, table), before


def _end_of(pdf: bytes, table: int, limit: int) -> int:
    """Where the revision ends whose table stands at ``table``; it has to come before ``limit``."""
    if table >= limit or pdf[table : table + 5] != b"xref\n":
        raise Misshapen("revisions")
    end = pdf.find(END, table, limit)
    if end < 0:
        raise Misshapen("revisions")
    end += len(END)
    foot = _FOOT.search(pdf, max(end - _ROOM_BEFORE_FOOT, 0), end)
    if foot is None or int(foot[1]) != table:
        raise Misshapen("revisions")
    return end


def _places(pdf: bytes, at: int, limit: int) -> tuple[dict[int, int], int]:
    """Object numbers with their offsets, and where the table ends."""
    found: dict[int, int] = {}
    while section := _SECTION.match(pdf, at, limit):
        first, count = int(section[1]), int(section[2])
        at = section.end()
        if count > MOST_OBJECTS or at + 20 * count > limit:
            raise Misshapen("revisions")
        for number in range(first, first + count):
            entry = _ENTRY.match(pdf, at)
            at += 20
            if entry is None or number in found or (entry[3] == b"f") != (number == 0):
                raise Misshapen("removed" if entry is not None and entry[3] == b"f" else "revisions")
            if number:
                if entry[2] != b"00000":
                    raise Misshapen("revisions")
                found[number] = int(entry[1])
    return found, at


def _tiled(pdf: bytes, places: dict[int, int], start: int, end: int) -> None:
    """From ``start`` to ``end`` nothing but the objects that the table names, each under its own number."""
    at = start
    rows = sorted((place, number) for number, place in places.items())
    for index, (place, number) in enumerate(rows):
        following = rows[index + 1][0] if index + 1 < len(rows) else end
        head = b"%d 0 obj\n" % number
        if place != at or not pdf.startswith(head, place) or following - place < len(head):
            raise Misshapen("hidden")
        if following > end or pdf[following - 8 : following] != b"\nendobj\n":
            raise Misshapen("hidden")
        stream = pdf.find(b"stream\n", place, following)
        if (stream if stream >= 0 else following) - place > _LARGEST_OBJECT:
            raise Misshapen("too_large")
        if not _one_thing(pdf, place, stream, following):
            raise Misshapen("hidden")
        at = following
    if at != end:
        raise Misshapen("hidden")


def _one_thing(pdf: bytes, place: int, stream: int, end: int) -> bool:
    """Whether nothing is hidden behind the object from ``place`` to ``end``: a stream is as long as it says."""
    if stream < 0:
        return pdf.count(b"endobj", place, end) == 1
    said = _LENGTH.findall(pdf, place, stream)
    if len(said) != 1:
        return False
    data = stream + len(b"stream\n")
    return pdf[data + int(said[0]) : end] in _AFTER_DATA
