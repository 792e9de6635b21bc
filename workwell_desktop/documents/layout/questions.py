"""Questions on paper: a square before each option, and rules to write on. The squares and rules are ornaments."""

from typing import TYPE_CHECKING

from workwell_desktop.documents.blocks import AnswerBoxes, plain, strong
from workwell_desktop.documents.layout.ops import BoxMark, Element, Placed, Slice

if TYPE_CHECKING:
    from workwell_desktop.documents.layout.flow import Flow

_LONG = 10
"""Options; a longer list may break over a page."""
_WRITTEN = 2.1
"""The height of a line that is written on by hand, in letters."""


def boxes(flow: "Flow", block: AnswerBoxes) -> list[Slice]:
    """The question in the stronger weight, what to do under it, then its options or lines."""
    style = flow.style
    section = flow.root.add("Sect")
    rows = flow.lines(section.add("P"), strong(block.question))
    if block.help:
        rows += flow.lines(section.add("P"), plain(block.help), colour=style.soft)
    asked = len(rows)
    rows += _options(flow, block, section) if block.options else _lines(flow, block.lines)
    whole = len(rows) - asked <= _LONG
    for place, row in enumerate(rows):
        row.owner = section
        row.keep = place < len(rows) - 1 and (whole or place <= asked)
    rows[0].gap = style.body * 0.9
    return rows


def _options(flow: "Flow", block: AnswerBoxes, section: Element) -> list[Slice]:
    style = flow.style
    side = style.body * 0.95
    indent = side + style.body * 0.7
    whole = section.add("L", attributes={"O": "List", "ListNumbering": "None"})
    rows: list[Slice] = []
    for option in block.options:
        lines = flow.lines(whole.add("LI").add("LBody"), plain(option), x=indent, room=style.width - indent)
        down = (lines[0].height - side) / 2
        square = BoxMark(style.margin + 1, down, side, side, stroke=style.ink, line=style.weight)
        lines[0].marks.insert(0, Placed(square))
        lines[0].gap = style.body * 0.15
        rows += lines
    return rows


def _lines(flow: "Flow", count: int) -> list[Slice]:
    style = flow.style
    height = style.body * _WRITTEN
    rule = BoxMark(style.margin, height - 1, style.width, 0.7 * style.weight, fill=style.rule)
    return [Slice(height, [Placed(rule)]) for _ in range(count)]
