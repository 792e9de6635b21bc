"""Letters that join, stack or change their order: Arabic, Hebrew, Bengali, Devanagari and Gurmukhi.

HarfBuzz says which glyphs a stretch of text needs and where each stands. It does so by clusters: the fewest letters
that belong to glyphs of their own, such as a consonant with the vowel sign that is drawn before it. A cluster is what a
page shows as one thing and what is read from the file as one thing (see ``faces``).
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from workwell_desktop import assets

JOINERS = "\u200c\u200d"
"""Zero width non-joiner and joiner: they change how the letters beside them look."""

_RANGES = (
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0870, 0x08FF, "Arab"),
    (0x0900, 0x0963, "Deva"),
    (0x0966, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0xA8E0, 0xA8FF, "Deva"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
)
_FACES = {
    "Arab": "NotoNaskhArabic",
    "Aran": "NotoNastaliqUrdu",
    "Beng": "NotoSansBengali",
    "Deva": "NotoSansDevanagari",
    "Guru": "NotoSansGurmukhi",
    "Hebr": "NotoSansHebrew",
}
_LANGUAGES = {"Arab": "ar", "Beng": "bn", "Deva": "hi", "Guru": "pa", "Hebr": "he"}
_RIGHT_TO_LEFT = ("Arab", "Aran", "Hebr")
_HANGING = "ur"
"""Urdu is read in the hanging hand, nastaliq; Arabic and what else is written so in the level one."""
_LARGER = 1.18
"""Arabic letters are drawn small within their size; beside Latin ones of the same size they would be hard to read."""
TALL = 1.5
"""How much more height a line of the hanging hand needs."""
TALL_BASE = 0.5
"""How far below its middle such a line stands, in letters."""


@dataclass(frozen=True)
class Cluster:
    """``text`` in the order in which readers of files expect it, from the left to the right; ``glyphs`` as (number in
    the face, right, up); lengths in thousandths."""

    text: str
    glyphs: tuple[tuple[int, int, int], ...]
    advance: int


def script(letter: str) -> str | None:
    """The script (ISO 15924) of a letter that needs shaping, or None."""
    code = ord(letter)
    if code < 0x0590:
        return None
    return next((name for first, last, name in _RANGES if first <= code <= last), None)


def language(letters: str) -> str | None:
    """The language (BCP 47) that words in a script of their own are read aloud in, or None where there are none."""
    found = next((one for one in map(script, letters) if one is not None), None)
    return _LANGUAGES[found] if found else None


def face(name: str, strong: bool, tongue: str) -> str:
    """The name of the face for a script."""
    if name == "Arab" and tongue.partition("-")[0] == _HANGING:
        name = "Aran"
    return f"{name}{'Bold' if strong else ''}"


def knows(name: str) -> bool:
    """Whether this is a face for shaped text."""
    return name[:4] in _FACES


def is_tall(name: str) -> bool:
    """Whether lines in this face need more height."""
    return name[:4] == "Aran"


def scale(name: str) -> float:
    """How much larger than its size a face is drawn, so that its letters look as large as Latin ones."""
    return _LARGER if name[:4] == "Arab" else 1


def runs_right_to_left(name: str) -> bool:
    """Whether the letters of this face are read from the right."""
    return name[:4] in _RIGHT_TO_LEFT


def file(name: str) -> str:
    """The file of a face, under ``resources/fonts``."""
    return f"{_FACES[name[:4]]}_{'700Bold' if name.endswith('Bold') else '400Regular'}.ttf"


@cache
def _font(name: str) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(assets.resource("fonts", file(name)).read_bytes()))


@lru_cache(maxsize=4096)
def clusters(name: str, text: str, rtl: bool) -> tuple[Cluster, ...]:
    """``text`` in one face and one direction, from the left to the right."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([ord(letter) for letter in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = "Arab" if name[:4] == "Aran" else name[:4]
    buffer.language = _HANGING if name[:4] == "Aran" else _LANGUAGES[name[:4]]
    uharfbuzz.shape(_font(name), buffer)
    glyphs: dict[int, list[tuple[int, int, int]]] = {}
    pens: dict[int, int] = {}
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = pens.get(info.cluster, 0)
        placed = (info.codepoint, pen + position.x_offset, position.y_offset)
        glyphs.setdefault(info.cluster, []).append(placed)
        pens[info.cluster] = pen + position.x_advance
    starts = sorted(glyphs)
    ends = [*starts[1:], len(text)]
    made: list[Cluster] = []
    for start, end in zip(starts, ends, strict=True):
        # every reader of files turns around what runs from the right, the letters of one glyph too
        letters = text[start:end][::-1] if rtl else text[start:end]
        one = Cluster(letters, tuple(glyphs[start]), pens[start])
        made[-1:] = [*made[-1:], one] if one.advance > 0 or not made else [_joined(made[-1], one, rtl=rtl)]
    return tuple(reversed(made) if rtl else made)


def _joined(before: Cluster, after: Cluster, *, rtl: bool) -> Cluster:
    """Two clusters as one: what takes no room of its own is nothing to a reader of files that looks where it stands."""
    left, right = (after, before) if rtl else (before, after)
    moved = tuple((glyph, across + left.advance, up) for glyph, across, up in right.glyphs)
    return Cluster(left.text + right.text, left.glyphs + moved, left.advance + right.advance)
