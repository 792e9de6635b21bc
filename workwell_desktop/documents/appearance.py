"""What a signature looks like on the page: who, in which role, when, and what they say by it; and the ink.

Drawn by the same painter and the same embedded fonts as the pages, because a stamp in a standard font would break
the archive standard.
"""

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from workwell_desktop.documents.blocks import PaperStyle, Text
from workwell_desktop.documents.kinds import Ink
from workwell_desktop.documents.layout import signature
from workwell_desktop.documents.layout.assemble import honest_codes
from workwell_desktop.documents.layout.endings import steady_streams
from workwell_desktop.documents.layout.lines import Line
from workwell_desktop.documents.layout.ops import BoxMark, PathMark, Placed, TextMark
from workwell_desktop.documents.layout.painter import Painter
from workwell_desktop.documents.layout.style import style
from workwell_desktop.documents.layout.wrap import wrap

_LEAST = 7.0


@dataclass(frozen=True)
class Said:
    """The lines of a signature, the first one emphasised, at ``size`` points; ``inked`` says that the field has a
    place for ink, ``stacked`` that it stands above the words and not at their left."""

    lines: tuple[str, ...]
    size: float
    inked: bool = False
    stacked: bool = False
    ink: Ink | None = None


def draw(said: Said, width: float, height: float) -> tuple[bytes, pikepdf.Pdf]:
    """A page of that size as (content stream, its file), ready to become a form."""
    measures = style(PaperStyle.STANDARD)
    marks = [Placed(BoxMark(1, 1, width - 2, height - 2, fill="#ffffff"))]
    room = signature.room(width, said.size, ink=said.inked and said.ink is not None, stacked=said.stacked)
    if said.ink is not None:
        inked = room.above + signature.PAD if said.stacked else height
        marks += _ink(said.ink, room.ink_width, inked, measures.ink, measures.rule)
    size, rows = _fitted(signature.texts(said.lines), said.size, room.words_width, height - room.above)
    tall = len(rows) * size * signature.LEADING
    down = room.above + (height - room.above - tall) / 2 + size * 0.95
    for row in rows:
        marks.append(Placed(TextMark(room.left, down, size, measures.ink, row.pieces)))
        down += size * signature.LEADING
    painter = Painter((width, height))
    painter.page(marks, {}, tagged=False)
    pdf = pikepdf.open(BytesIO(painter.done()))
    honest_codes(pdf)
    steady_streams(pdf)
    return pdf.pages[0].Contents.read_bytes(), pdf


def _fitted(texts: list[Text], size: float, width: float, height: float) -> tuple[float, list[Line]]:
    """The paper's own size, for which the field was measured; less only for words that nobody could foresee."""
    while True:
        rows = [row for text in texts for row in wrap(text, size, width)]
        if len(rows) * size * signature.LEADING <= height - signature.PAD or size <= _LEAST:
            return size, rows
        size -= 0.5


def _ink(ink: Ink, room: float, height: float, colour: str, rule: str) -> list[Placed]:
    """The strokes at their own proportions, standing on a line."""
    level = height * 0.8
    line = BoxMark(signature.PAD, level, room, 0.7, fill=rule)
    scale = min(room / max(ink.width, 1), (height - 2 * signature.PAD) / max(ink.height, 1))
    marks = [Placed(line)]
    # the pen's own base line is five sixths down its box (design: ink field)
    top = max(level - ink.height * scale * 5 / 6, 2.0)
    for stroke in ink.strokes:
        points = [(x * scale, y * scale) for x, y in stroke.points]
        if not points:
            continue
        if len(points) == 1:
            points.append((points[0][0] + 0.4, points[0][1]))
        steps = (("m", *points[0]), *(("l", *point) for point in points[1:]))
        marks.append(Placed(PathMark(signature.PAD, top, steps, stroke=colour, line=1.6)))
    return marks
