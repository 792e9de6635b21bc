"""What a signature looks like on the page: who, in which role, when, and what they say by it; and the ink.

Drawn by the same painter and the same embedded fonts as the pages, because a stamp in a standard font would break
the archive standard.
"""

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from workwell_desktop.documents.blocks import PaperStyle, Text, plain, strong
from workwell_desktop.documents.kinds import Ink
from workwell_desktop.documents.layout.assemble import honest_codes
from workwell_desktop.documents.layout.ops import BoxMark, PathMark, Placed, TextMark
from workwell_desktop.documents.layout.painter import Painter
from workwell_desktop.documents.layout.style import style
from workwell_desktop.documents.layout.wrap import Line, wrap

_LARGEST, _LEAST = 14.0, 7.0
_LEADING = 1.3
_PAD = 10.0


@dataclass(frozen=True)
class Said:
    """The lines of a signature, the first one emphasised; ``ink`` stands at their left."""

    lines: tuple[str, ...]
    ink: Ink | None = None


def draw(said: Said, width: float, height: float) -> tuple[bytes, pikepdf.Pdf]:
    """A page of that size as (content stream, its file), ready to become a form."""
    measures = style(PaperStyle.STANDARD)
    marks = [Placed(BoxMark(1, 1, width - 2, height - 2, fill="#ffffff"))]
    left = _PAD
    if said.ink is not None:
        room = width * 0.42
        marks += _ink(said.ink, room, height, measures.ink, measures.rule)
        left = room + 2 * _PAD
    texts: list[Text] = [strong(said.lines[0]), *(plain(line) for line in said.lines[1:] if line)]
    size, rows = _fitted(texts, width - left - _PAD, height - _PAD)
    tall = len(rows) * size * _LEADING
    down = (height - tall) / 2 + size * 0.95
    for row in rows:
        marks.append(Placed(TextMark(left, down, size, measures.ink, row.pieces)))
        down += size * _LEADING
    painter = Painter((width, height))
    painter.page(marks, {}, tagged=False)
    pdf = pikepdf.open(BytesIO(painter.done()))
    honest_codes(pdf)
    return pdf.pages[0].Contents.read_bytes(), pdf


def _fitted(texts: list[Text], width: float, height: float) -> tuple[float, list[Line]]:
    """The largest size that fits; a paper in large print has higher fields."""
    large = style(PaperStyle.LARGE)
    size = large.least + 1 if height + _PAD >= large.field_height else _LARGEST
    while True:
        rows = [row for text in texts for row in wrap(text, size, width)]
        if len(rows) * size * _LEADING <= height or size <= _LEAST:
            return size, rows
        size -= 0.5


def _ink(ink: Ink, room: float, height: float, colour: str, rule: str) -> list[Placed]:
    """The strokes at their own proportions, standing on a line."""
    level = height * 0.8
    line = BoxMark(_PAD, level, room, 0.7, fill=rule)
    scale = min(room / max(ink.width, 1), (height - 2 * _PAD) / max(ink.height, 1))
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
        marks.append(Placed(PathMark(_PAD, top, steps, stroke=colour, line=1.6)))
    return marks
