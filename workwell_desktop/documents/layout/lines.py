"""One line of text: which face, which direction, which language each stretch has, and where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from workwell_desktop.documents.blocks import Run
from workwell_desktop.documents.layout import fonts, order, shaping, spoken
from workwell_desktop.documents.layout.ops import Piece

_APART = re.compile(r"(?<=\d) (?=\d)")
"""The groups of a telephone number: a space that may break would let them change places."""
_GAP = 0.13
"""Between those groups, in letters: less is no gap to a reader, and more a word apart to some readers of files."""
_GROUPS = re.compile(r"(?<=\d)\u00a0(?=\d)")


@dataclass(frozen=True)
class Line:
    """Pieces that can be drawn, from the left to the right. All but the last line of a paragraph end with a space, so
    that text taken from the file keeps its words apart."""

    pieces: tuple[Piece, ...]
    width: float

    @property
    def tall(self) -> bool:
        """Whether it needs more height than other lines."""
        return any(shaping.is_tall(piece.face) for piece in self.pieces)


@dataclass(frozen=True)
class Setting:
    """How words are set: ``language`` of the paper, ``rtl`` where lines of this paragraph begin at the right."""

    size: float
    language: str
    rtl: bool


def has_right_to_left(text: str) -> bool:
    """Whether a letter in it is read from the right."""
    return not text.isascii() and any(shaping.script(letter) in ("Arab", "Hebr") for letter in text)


def line(runs: Sequence[Run], setting: Setting) -> Line:
    """``runs`` as one line. Raises MissingGlyph."""
    text = "".join(run.text for run in runs)
    if _is_simple(text, setting):
        return _simple(runs, setting)
    tongues = spoken.tongues(runs, setting.language)
    if setting.rtl or has_right_to_left(text):
        text = _APART.sub("\u00a0", text)
        levels = order.levels(text, rtl=setting.rtl)
    else:
        levels = [0] * len(text)
    strengths = [run.strong for run in runs for _ in run.text]
    pieces: list[Piece] = []
    of_piece: list[int] = []
    for (level, strong, tongue), group in groupby(
        range(len(text)), key=lambda at: (levels[at], strengths[at], _spoken(tongues[at], levels[at], setting))
    ):
        stretch = "".join(text[at] for at in group)
        language = None if tongue == setting.language else tongue
        rtl = bool(level % 2)
        for face, part in fonts.runs(stretch, strong, tongue, rtl):
            # what is not shaped is drawn from the left: signs that run from the right are set one by one
            for drawn in part if rtl and not shaping.knows(face) else [part]:
                pieces.append(Piece(face, drawn, 0, language, rtl))
                of_piece.append(level)
    placed = _placed(pieces, of_piece, setting.size)
    if order.is_right_to_left(setting.language) and not setting.rtl and text.endswith(" "):
        # what is set against the right edge ends with its last letter
        blank = fonts.advance(pieces[-1].face, " ", setting.size)
        placed = Line(placed.pieces, placed.width - blank)
    return _grouped(placed, setting.size) if setting.rtl else placed


def _spoken(tongue: str, level: int, setting: Setting) -> str:
    """A point between a Latin name and what follows it belongs to the sentence that runs from the right."""
    turned = level % 2 and setting.rtl and not order.is_right_to_left(tongue)
    return setting.language if turned else tongue


def _is_simple(text: str, setting: Setting) -> bool:
    """Most lines of most papers: letters that need no shaping, in a language that is written with them."""
    return spoken.is_plain(setting.language) and (text.isascii() or not any(map(shaping.script, text)))


def _simple(runs: Sequence[Run], setting: Setting) -> Line:
    pieces: list[Piece] = []
    right = 0.0
    for run in runs:
        language = run.lang if run.lang and run.lang != setting.language else None
        for face, part in fonts.runs(run.text, run.strong):
            pieces.append(Piece(face, part, right, language))
            right += fonts.advance(face, part, setting.size)
    return Line(tuple(pieces), right)


def _placed(pieces: list[Piece], levels: list[int], size: float) -> Line:
    """The pieces side by side, from the left to the right."""
    right = 0.0
    placed = []
    for at in order.visual(levels):
        piece = pieces[at]
        placed.append(piece._replace(right=right))
        right += fonts.advance(piece.face, piece.text, size, rtl=piece.rtl)
    return Line(tuple(placed), right)


def _grouped(line: Line, size: float) -> Line:
    """The groups of a telephone number set apart by room and not by a sign: some readers of files take groups with a
    sign between them for words, and exchange them."""
    grouped: list[Piece] = []
    for piece in line.pieces:
        if piece.rtl or shaping.knows(piece.face):
            grouped.append(piece)
            continue
        groups = _GROUPS.split(piece.text)
        wide = [fonts.advance(piece.face, group, size) for group in groups]
        spare = fonts.advance(piece.face, piece.text, size) - sum(wide) - _GAP * size * (len(groups) - 1)
        right = piece.right + spare / 2
        for group, own in zip(groups, wide, strict=True):
            grouped.append(piece._replace(text=group, right=right))
            right += own + _GAP * size
    return Line(tuple(grouped), line.width)
