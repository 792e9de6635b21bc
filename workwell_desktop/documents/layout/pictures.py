"""Drawn things: the weeks, the code for checking a sheet, and the mark beside the partnership's name."""

from functools import cache
from typing import TYPE_CHECKING, Any

from workwell_desktop import assets
from workwell_desktop.documents.blocks import PaperCode, Pictured, WeeksPicture, plain, strong
from workwell_desktop.documents.layout.ops import BoxMark, Element, PathMark, Placed, Slice, TextMark
from workwell_desktop.documents.layout.wrap import wrap

if TYPE_CHECKING:
    from workwell_desktop.documents.layout.flow import Flow

_IN_A_ROW = 4
_IN_A_ROW_OF_CARDS = 2
"""Where tables become cards, letters are too large for four boxes side by side."""
_LONG = 12
"""Lines beside a picture; more may break over a page."""
SIGNING = "signing"
"""The signatures and the code stand on one page where they fit."""
_ICON = 24.0
"""An icon is drawn in a square of this side."""
CODE_SIZE = 79.0
"""28 mm: a printed code is at least 25 mm wide."""


def weeks(flow: "Flow", block: WeeksPicture) -> list[Slice]:
    """Boxes side by side, filled as far as the week is worked; the dashed frame is the usual week."""
    style = flow.style
    figure = flow.root.add("Figure", alt=block.alternative)
    gap = style.body * 0.9
    abreast = _IN_A_ROW_OF_CARDS if style.cards else _IN_A_ROW
    wide = (style.width - gap * (abreast - 1)) / abreast
    tall = style.body * 6.4
    under = style.body * style.line
    slices: list[Slice] = []
    for start in range(0, len(block.weeks), abreast):
        marks: list[Placed] = []
        for place, week in enumerate(block.weeks[start : start + abreast]):
            x = style.margin + place * (wide + gap)
            filled = tall * min(max(float(week.share), 0.0), 1.0)
            outline = BoxMark(x, 0, wide, tall, stroke=style.heading_ink, dashed=True, line=style.weight)
            bar = BoxMark(x, tall - filled, wide, filled, fill=style.bar, stroke=style.heading_ink, line=style.weight)
            marks += [Placed(outline, figure), Placed(bar, figure)]
            marks.append(_label(flow, figure, week.label, x + 8, tall - style.body * 0.72, bold=True))
            marks.append(_label(flow, figure, week.start, x, tall + under * 0.75, bold=False))
        slices.append(Slice(tall + under, marks, gap=style.gap, owner=figure))
    return slices


def _label(flow: "Flow", figure: Element, words: str, x: float, down: float, *, bold: bool) -> Placed:
    style = flow.style
    text = strong(words + " ") if bold else plain(words + " ")
    size = style.body
    room = (style.width - 42) / _IN_A_ROW - 2
    line = wrap(text, size, style.width, flow.language)[0]
    while not style.cards and size > style.least * 0.8 and line.width > room:
        size -= 0.5
        line = wrap(text, size, style.width, flow.language)[0]
    return Placed(TextMark(x, down, size, style.ink, line.pieces, line.width), figure)


def pictured(flow: "Flow", block: Pictured) -> list[Slice]:
    """A picture at the left, sentences at the right, a line each."""
    style = flow.style
    size = style.body * 2.6
    x = size + style.body * 1.1
    section = flow.root.add("Sect")
    rows: list[Slice] = []
    for line in block.lines:
        rows += flow.lines(section.add("P"), line, x=x, room=style.width - x, listed=True)
    mark = PathMark(style.margin, 2, icon(block.picture, size), stroke=style.heading_ink, line=size / 14)
    rows[0].marks.insert(0, Placed(mark))
    short = size + 6 - sum(row.height for row in rows)
    if short > 0:
        rows.append(Slice(short))
    for index, row in enumerate(rows):
        row.owner = section
        row.keep = index < len(rows) - 1 and (len(rows) <= _LONG or index <= 2 or index >= len(rows) - 4)
    rows[0].gap = style.gap
    return rows


@cache
def icon(name: str, size: float) -> tuple[tuple[Any, ...], ...]:
    """One of our icons as steps of a path, ``size`` points square."""
    from fontTools.pens.basePen import BasePen
    from fontTools.svgLib import SVGPath

    scale = size / _ICON
    steps: list[tuple[Any, ...]] = []

    class Steps(BasePen):  # type: ignore[misc]
        """Every curve as a cubic one."""

        def _moveTo(self, point: tuple[float, float]) -> None:
            steps.append(("m", *_scaled(scale, point)))

        def _lineTo(self, point: tuple[float, float]) -> None:
            steps.append(("l", *_scaled(scale, point)))

        def _curveToOne(self, *points: tuple[float, float]) -> None:
            steps.append(("c", *_scaled(scale, *points)))

        def _closePath(self) -> None:
            steps.append(("z",))

    SVGPath.fromstring(assets.resource("icons", f"{name}.svg").read_bytes()).draw(Steps({}))
    return tuple(steps)


def _scaled(scale: float, *points: tuple[float, float]) -> tuple[float, ...]:
    return tuple(round(number * scale, 3) for point in points for number in point)


def code(flow: "Flow", block: PaperCode) -> list[Slice]:
    """The code at the left, what it is for at the right.

    A copy that nobody has sealed yet keeps an empty frame there: it looks like the paper to come and proves nothing.
    """
    style = flow.style
    section = flow.root.add("Sect")
    x = CODE_SIZE + style.body * 1.2
    room = style.width - x
    figure = section.add("Figure", alt=block.alternative) if flow.code_path is not None else None
    rows = flow.lines(
        section.add("H2"), strong(block.heading), size=style.small_heading, colour=style.heading_ink, x=x, room=room
    )
    rows += flow.lines(section.add("P"), plain(block.sentence), x=x, room=room)
    rows += flow.lines(section.add("P"), plain(block.label), x=x, room=room)
    if block.content:
        in_groups = " ".join(flow.content[at : at + 8] for at in range(0, len(flow.content), 8))
        rows += flow.lines(section.add("P"), plain(f"{block.content} {in_groups}"), x=x, room=room)
    if flow.code_path is not None:
        printed = PathMark(style.margin, 2, flow.code_path.steps, fill=style.ink)
        rows[0].marks.insert(0, Placed(printed, figure))
    else:
        frame = BoxMark(style.margin, 2, CODE_SIZE, CODE_SIZE, stroke=style.rule, dashed=True)
        rows[0].marks.insert(0, Placed(frame))
    short = CODE_SIZE + 8 - sum(row.height for row in rows)
    if short > 0:
        rows.append(Slice(short))
    for row in rows[:-1]:
        row.keep = True
    for row in rows:
        row.owner = section
        row.whole = SIGNING
    rows[0].gap = style.body * 1.3
    return rows


def sun(x: float, down: float, size: float, marigold: str, ink: str) -> list[Placed]:
    """The half sun over three lines. An ornament, so it is no part of the structure."""
    half = size * 0.42
    bend = half * 0.5523
    middle, level = x + size / 2, down + half
    dome = (
        ("m", -half, 0.0),
        ("c", -half, -bend, -bend, -half, 0.0, -half),
        ("c", bend, -half, half, -bend, half, 0.0),
        ("z",),
    )
    marks = [Placed(PathMark(middle, level, dome, fill=marigold))]
    thick = size * 0.115
    for number, share in enumerate((1.0, 0.78, 0.4)):
        top = level + thick * 0.7 + number * thick * 1.75
        marks.append(Placed(_bar(x, top, size * share, thick, ink)))
    return marks


def _bar(x: float, down: float, width: float, height: float, ink: str) -> PathMark:
    """A bar with round ends."""
    radius = height / 2
    bend = radius * 0.5523
    right = width - radius
    steps = (
        ("m", radius, 0.0),
        ("l", right, 0.0),
        ("c", right + bend, 0.0, width, radius - bend, width, radius),
        ("c", width, radius + bend, right + bend, height, right, height),
        ("l", radius, height),
        ("c", radius - bend, height, 0.0, radius + bend, 0.0, radius),
        ("c", 0.0, radius - bend, radius - bend, 0.0, radius, 0.0),
        ("z",),
    )
    return PathMark(x, down, steps, fill=ink)
