"""The bundled faces, and which of them has which letter.

ReportLab draws a missing glyph as an empty box without a word. So coverage is asked of fontTools before anything is
drawn: a letter that the face lacks falls back to Noto Sans by run, and one that neither has is an error that names it.
"""

import unicodedata
from functools import cache, lru_cache

from fontTools.ttLib import TTFont as CoverageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from workwell_desktop import assets
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
    with CoverageFont(assets.resource("fonts", _FILES[name]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def tidy(text: str) -> str:
    """Composed letters, no control characters; tabs and odd spaces become plain ones, line breaks stay."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    swapped = "".join(_SPACES.get(letter, letter) for letter in composed)
    return "".join(
        letter for letter in swapped if letter == _BREAKS or unicodedata.category(letter) not in ("Cc", "Cf")
    )


@lru_cache(maxsize=4096)
def runs(text: str, strong: bool) -> tuple[tuple[str, str], ...]:
    """``text`` as (font name, stretch) pairs. Raises MissingGlyph for a letter that no bundled face has."""
    register()
    found: list[tuple[str, str]] = []
    for letter in text:
        name = _face(letter, strong)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + letter)
        else:
            found.append((name, letter))
    return tuple(found)


def _face(letter: str, strong: bool) -> str:
    for name in _ORDER[strong]:
        if ord(letter) in _letters(name):
            return name
    raise MissingGlyph(f"U+{ord(letter):04X}")


@lru_cache(maxsize=8192)
def width(text: str, strong: bool, size: float) -> float:
    """The width of ``text`` in points."""
    return float(sum(pdfmetrics.stringWidth(part, name, size) for name, part in runs(text, strong)))
