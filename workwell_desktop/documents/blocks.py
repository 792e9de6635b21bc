"""What a paper is made of, before anybody asks what it looks like.

A composition is plain frozen data. Its hash is taken over a canonical serialisation of what it says, so that two
papers that say the same have the same hash in every style, and an approval holds for every style of one content.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from workwell_desktop.domain.papers import PaperKind


class PaperStyle(StrEnum):
    """How a paper looks. Standard is 14 point; large is 18 point with its own layout, where tables become cards; simple
    is 16 point with room for pictures. High contrast is black alone with heavier rules, on white or on cream."""

    STANDARD = "standard"
    LARGE = "large"
    SIMPLE = "simple"
    HIGH_CONTRAST = "high_contrast"
    LARGE_HIGH_CONTRAST = "large_high_contrast"
    CREAM = "cream"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. ``strong`` is the only emphasis: no italics, underlining or capitals (UKAAF)."""

    text: str
    strong: bool = False
    lang: str | None = None
    """BCP 47, where it is known to be another language than the paper's."""


Text: TypeAlias = tuple[Run, ...]


class Foreign(str):
    """Words in another language than their paper: ``lang`` (BCP 47) says in which.

    Headings, cells and actions are plain strings; one that a translation lacks, or that somebody typed, keeps its
    language this way until it is laid out.
    """

    lang: str

    def __new__(cls, text: str, lang: str) -> "Foreign":
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def plain(text: str) -> Text:
    """Text without emphasis."""
    return (Run(text, lang=_tongue(text)),)


def strong(text: str) -> Text:
    """Text that is emphasised throughout."""
    return (Run(text, strong=True, lang=_tongue(text)),)


def _tongue(text: str) -> str | None:
    return text.lang if isinstance(text, Foreign) else None


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` is 2 or 3: the title of the composition is the only one of level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``soft`` is secondary text, such as a date under an action."""

    text: Text
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words on a coloured ground, under their own small heading."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Who, what, and by when in words."""

    owner: str
    text: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class ActionTable:
    """Actions, one owner and one date each; in large print one card each."""

    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings; the first cell of a row names the row. ``shares`` divide the width.

    In large print each row becomes a card, and each cell says its heading.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Short facts, each with its name."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Things of one kind, each on its own line."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """One thing of the simple version: a picture at the left, the sentences about it at the right, a line each.

    ``picture`` names one of our icons. It says nothing that the sentences do not, so it is no part of the structure.
    """

    picture: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AnswerBoxes:
    """A question on paper: a box before each option, or ``lines`` to write on."""

    question: str
    help: str | None
    options: tuple[str, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class WeekBar:
    """One week of the picture: "12 hours", "From 7 Dec", and the share of the usual week, 0 to 1."""

    label: str
    start: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class WeeksPicture:
    """Going back bit by bit as a picture; ``alternative`` says the whole picture in words."""

    weeks: tuple[WeekBar, ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class CrisisBox:
    """Whom to call if things get worse. Always at the foot of page 1, and never removable."""

    heading: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One person who is to sign. ``field`` is the name in the file; ``hint`` is what a screen reader says of it.

    ``key`` is the SHA-256 (hex) of the signer's public key where it was known when the paper was composed, and
    ``statement`` what they will put their name to, for which the field keeps room.
    """

    field: str
    role: str
    name: str
    title: str
    hint: str
    key: str | None = None
    device: bool = False
    """Ink, sealed by the computer's own key."""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """The fields in the order of signing, and printed lines for those who declined or could not sign."""

    heading: str
    fields: tuple[SignatureField, ...]
    outcomes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperCode:
    """Where the code for checking a sheet of paper stands; the code itself follows from the content."""

    heading: str
    sentence: str
    label: str
    alternative: str
    """What a screen reader says of the code."""
    content: str = ""
    """What stands before the hash of what the paper says, where the hash is printed too."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Quote
    | ActionTable
    | Table
    | KeyValues
    | BulletList
    | Pictured
    | AnswerBoxes
    | WeeksPicture
    | CrisisBox
    | SignatureBlock
    | PaperCode
)


@dataclass(frozen=True)
class Composition:
    """A paper for one recipient. ``byline`` stands under the title, ``footer`` on every page after "Page n of m".

    ``attachment`` is a FHIR document that says nothing that the paper does not, or None.
    """

    kind: PaperKind
    document: str
    version: int
    dated: date
    language: str
    partnership: str
    title: str
    byline: Text
    footer: str
    blocks: tuple[Block, ...]
    attachment: Mapping[str, Any] | None = None
    draft: str = ""
    """Printed on every page where nobody has checked the translation: in the paper's language, and English after it."""

    @property
    def fields(self) -> tuple[SignatureField, ...]:
        """The signatures that are expected, in order."""
        return tuple(f for block in self.blocks if isinstance(block, SignatureBlock) for f in block.fields)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256, hexadecimal, over what the paper says."""
        return hashlib.sha256(canonical(self)).hexdigest()


_AS_THEY_ARE = frozenset({str, int, bool})
"""Nearly every value of a paper: told from the others before anything is asked of them."""


def canonical(value: object) -> bytes:
    """One spelling for equal content: JSON with sorted keys, each dataclass under its own name, UTF-8."""
    spelt = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return spelt.encode("utf-8")


def _plain(value: object) -> Any:
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        # in which language a word is read aloud changes nothing of what it says; a paper in English has no draft
        for name in [name for name in ("lang", "draft") if name == "lang" or not named.get(name)]:
            named.pop(name, None)
        return {"is": type(value).__name__, **named}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date | Decimal):
        return str(value)
    return value
