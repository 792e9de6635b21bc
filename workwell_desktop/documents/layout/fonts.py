"""The bundled faces, and which of them has which letter.

ReportLab draws a missing glyph as an empty box without a word. So coverage is asked of fontTools before anything is
drawn: a letter that the face lacks falls back to Noto Sans by run, one of a script whose letters join or change their
order goes to the face of that script (see ``shaping``), and one that none has is an error that names it.
"""

import unicodedata
from functools import cache, lru_cache

from fontTools.ttLib import TTFont as CoverageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from workwell_desktop import assets
from workwell_desktop.documents.layout import shaping
from workwell_desktop.errors import MissingGlyph

REGULAR = "WorkWell"
BOLD = "WorkWellBold"

_FILES = {
    REGULAR: "AtkinsonHyperlegibleNext_400Regular.ttf",
    BOLD: "AtkinsonHyperlegibleNext_700Bold.ttf",
    "WorkWellMore": "NotoSans_400Regular.ttf",
    "WorkWellMoreBold": "NotoSans_700Bold.ttf",
}
_ORDER = {False: (REGULAR, "WorkWellMore"), True: (BOLD, "WorkWellMoreBold")}

_BREAKS = "\n"
_SPACES = {"\t": " ", "\u2007": "\u00a0", "\u202f": "\u00a0", "\u2028": "\n", "\u2029": "\n"}


@cache
def register() -> None:
    """Makes the faces known to ReportLab, once a process."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(assets.resource("fonts", file))))


@cache
def _letters(name: str) -> frozenset[int]:
    file = _FILES.get(name) or shaping.file(name)
    with CoverageFont(assets.resource("fonts", file), lazy=True) as font:
        return frozenset(font.getBestCmap())


def tidy(text: str) -> str:
    """Composed letters, no control characters; tabs and odd spaces become plain ones, line breaks stay.

    What would turn the direction of a line is taken out too: a name must never read in another order than it was
    written. The two joiners stay, between the letters of scripts that need them.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    swapped = "".join(_SPACES.get(letter, letter) for letter in composed)
    return "".join(
        letter
        for place, letter in enumerate(swapped)
        if letter == _BREAKS
        or unicodedata.category(letter) not in ("Cc", "Cf")
        or (letter in shaping.JOINERS and place and shaping.script(swapped[place - 1]))
    )


@lru_cache(maxsize=4096)
def runs(text: str, strong: bool, language: str = "", rtl: bool = False) -> tuple[tuple[str, str], ...]:
    """``text`` of one direction as (font name, stretch) pairs, in the order of reading.

    ``language`` (BCP 47) decides between two faces of one script. Raises MissingGlyph for a letter that no bundled
    face has.
    """
    register()
    found: list[tuple[str, str]] = []
    for place, letter in enumerate(text):
        name = _face(letter, strong, language, before=found[-1][0] if found else None)
        if name is None and rtl:
            name = _beside(text, place, strong, language)
        name = name or _plain_face(letter, strong)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + letter)
        else:
            found.append((name, letter))
    return tuple(found)


def _named(letter: str) -> str:
    """A letter by its number and its name in Unicode, which begins with the name of its script."""
    name = unicodedata.name(letter, "").capitalize()
    return f"U+{ord(letter):04X} ({name})" if name else f"U+{ord(letter):04X}"


def _face(letter: str, strong: bool, language: str, before: str | None) -> str | None:
    """The face of a letter of a script with its own; what stands between two such letters stays in their face."""
    script = shaping.script(letter)
    if script is not None:
        name = shaping.face(script, strong, language)
        if ord(letter) not in _letters(name):
            raise MissingGlyph(_named(letter))
        return name
    if before is not None and shaping.knows(before) and (letter in shaping.JOINERS or not letter.isalnum()):
        return before if ord(letter) in _letters(before) else None
    return None


def _beside(text: str, place: int, strong: bool, language: str) -> str | None:
    """The face of a sign in a stretch that runs from right to left: that of the next letter. A bracket is always set
    in such a face, where it is mirrored."""
    after = next((one for one in map(shaping.script, text[place:]) if one is not None), None)
    if after is None and not unicodedata.mirrored(text[place]):
        return None
    after = after or "Arab"
    name = shaping.face(after, strong, language)
    return name if ord(text[place]) in _letters(name) else None


def _plain_face(letter: str, strong: bool) -> str:
    for name in _ORDER[strong]:
        if ord(letter) in _letters(name):
            return name
    raise MissingGlyph(_named(letter))


@lru_cache(maxsize=8192)
def width(text: str, strong: bool, size: float, language: str = "") -> float:
    """The width of ``text`` in points."""
    return sum(advance(name, part, size) for name, part in runs(text, strong, language))


def advance(name: str, text: str, size: float, *, rtl: bool | None = None) -> float:
    """The width of a stretch in one face, in points. ``rtl`` None takes the direction of the face's script."""
    if shaping.knows(name):
        clusters = shaping.clusters(name, text, shaping.runs_right_to_left(name) if rtl is None else rtl)
        return sum(cluster.advance for cluster in clusters) * size * shaping.scale(name) / 1000
    return 0.001 * size * sum(map(_advances(name).__getitem__, text))


class _Advances(dict[str, int]):
    """How wide each letter of a face is, in thousandths: as ReportLab counts them, without asking it each time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._face = pdfmetrics.getFont(name).face

    def __missing__(self, letter: str) -> int:
        wide: int = self._face.charWidths.get(ord(letter), self._face.defaultWidth)
        self[letter] = wide
        return wide


@cache
def _advances(name: str) -> _Advances:
    register()
    return _Advances(name)
