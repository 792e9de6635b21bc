"""Reading what a paper says of itself: which paper it is, and who is to sign. Trusts nothing."""

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from workwell_desktop.documents.layout.xmp import NAMESPACE

_BREAKING = frozenset({"Cc", "Zl", "Zp", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PROPERTY = re.compile(r"<ww:(\w+)>([^<>]*)</ww:\1>")
_TITLE = re.compile(r'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([^<>]*)</rdf:li>')


@dataclass(frozen=True)
class Expected:
    """One signature that the paper asks for; ``size`` of its words in points, ``stacked`` with the ink above them."""

    field: str
    role: str
    name: str
    title: str
    key: str | None
    device: bool
    size: float
    stacked: bool


@dataclass(frozen=True)
class PaperLabel:
    """What the metadata of a paper says."""

    kind: str
    document: str
    version: int
    content: str
    title: str
    expects: tuple[Expected, ...]


def one_line(said: str) -> str:
    """What a file says of somebody, as one line that runs as it is read: letters that begin a new line, command a
    terminal or turn the words around them become spaces. Plain words come back as they are."""
    if said.isprintable():
        return said
    return "".join(" " if unicodedata.category(one) in _BREAKING or one in _TURNING else one for one in said)


def label(packet: bytes) -> PaperLabel | None:
    """What an XMP packet says, or None where it is no paper of ours. Raises ValueError for one that is malformed."""
    text = packet.decode("utf-8")
    if NAMESPACE not in text:
        return None
    if "<!" in text:
        raise ValueError("a document type in the metadata")
    found: dict[str, str] = {}
    for name, value in _PROPERTY.findall(text):
        if name in found:
            raise ValueError("a property twice")
        found[name] = html.unescape(value)
    title = _TITLE.search(text)
    rows: list[dict[str, Any]] = json.loads(found["expects"])
    expects = tuple(
        Expected(
            str(row["field"]),
            str(row["role"]),
            str(row["name"]),
            str(row["title"]),
            str(row["key"]) if row["key"] else None,
            bool(row["device"]),
            float(row.get("size", 14)),
            bool(row.get("stacked")),
        )
        for row in rows
    )
    if len({row.field for row in expects}) != len(expects):
        raise ValueError("a field twice")
    return PaperLabel(
        found["kind"],
        found["document"],
        int(found["version"]),
        found["content"],
        html.unescape(title.group(1)) if title else "",
        expects,
    )
