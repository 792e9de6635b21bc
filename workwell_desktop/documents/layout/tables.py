"""Tables; in large print each row becomes a card, because a narrow column of large letters cannot be read."""

from typing import TYPE_CHECKING

from workwell_desktop.documents.blocks import ActionTable, KeyValues, Run, Table, Text, plain, strong
from workwell_desktop.documents.layout.ops import BoxMark, Element, Placed, Slice
from workwell_desktop.documents.layout.wrap import widest

if TYPE_CHECKING:
    from workwell_desktop.documents.layout.flow import Flow

_SHORT = 5
"""Facts up to this many stand on one page, where one page holds them: a case of an agenda is not torn in two."""
_BETWEEN = 10
"""Points between two columns."""
_LONG = 12
"""A row of more lines than this may break over a page."""


def _beside(columns: list[list[Slice]], pad: float) -> list[Slice]:
    """Columns of lines side by side as one row."""
    rows = [Slice(pad)]
    for index in range(max(len(column) for column in columns)):
        lines = [column[index] for column in columns if index < len(column)]
        rows.append(Slice(max(line.height for line in lines), [mark for line in lines for mark in line.marks]))
    rows.append(Slice(pad))
    return _together(rows)


def _together(rows: list[Slice]) -> list[Slice]:
    for index, row in enumerate(rows[:-1]):
        row.keep = len(rows) <= _LONG or index <= 2 or index >= len(rows) - 4
    return rows


def _ruled(flow: "Flow", rows: list[Slice]) -> list[Slice]:
    rule = BoxMark(flow.style.margin, 0, flow.style.width, 0.7 * flow.style.weight, fill=flow.style.rule)
    rows[0].marks.insert(0, Placed(rule))
    return rows


def _owned(slices: list[Slice], element: Element, gap: float) -> list[Slice]:
    for piece in slices:
        piece.owner = element
    if slices:
        slices[0].gap = gap
    return slices


def _cell(flow: "Flow", element: Element, text: Text, x: float, room: float, *, soft: bool = False) -> list[Slice]:
    return flow.lines(element, text, x=x, room=room, colour=flow.style.soft if soft else None)


def actions(flow: "Flow", block: ActionTable) -> list[Slice]:
    """Owner at the left as the heading of the row; the action and its date at the right."""
    if flow.style.cards:
        return _action_cards(flow, block)
    style = flow.style
    table = flow.root.add("Table")
    left = style.width * 0.328
    slices: list[Slice] = []
    for row in block.rows:
        line = table.add("TR")
        head = line.add("TH", attributes={"O": "Table", "Scope": "Row"})
        cell = line.add("TD")
        who = _cell(flow, head, strong(row.owner), 0, left - 12)
        what = _cell(flow, cell.add("P"), plain(row.text), left, style.width - left)
        if row.when:
            what += _cell(flow, cell.add("P"), plain(row.when), left, style.width - left, soft=True)
        slices += _ruled(flow, _beside([who, what], style.body * 0.33))
    return _owned(slices, table, style.body * 0.3)


def _action_cards(flow: "Flow", block: ActionTable) -> list[Slice]:
    style = flow.style
    whole = flow.root.add("L", attributes={"O": "List", "ListNumbering": "None"})
    slices: list[Slice] = []
    for row in block.rows:
        body = whole.add("LI").add("LBody")
        rows = [Slice(style.body * 0.3)]
        rows += flow.lines(body.add("P"), strong(row.owner))
        rows += flow.lines(body.add("P"), plain(row.text))
        if row.when:
            rows += flow.lines(body.add("P"), plain(row.when), colour=style.soft)
        rows.append(Slice(style.body * 0.3))
        slices += _ruled(flow, _together(rows))
    return _owned(slices, whole, style.body * 0.3)


def table(flow: "Flow", block: Table) -> list[Slice]:
    """A row of headings, then rows; the headings stay with the first row."""
    if flow.style.cards:
        return _cards(flow, block)
    style = flow.style
    element = flow.root.add("Table")
    widths = _widths(flow, block)
    starts = [sum(widths[:index]) for index in range(len(widths))]
    line = element.add("TR")
    heads = [
        _cell(
            flow,
            line.add("TH", attributes={"O": "Table", "Scope": "Column"}),
            strong(text),
            starts[i],
            widths[i] - _BETWEEN,
        )
        for i, text in enumerate(block.headings)
    ]
    top = _beside(heads, style.body * 0.2)
    for piece in top:
        piece.keep = True
    again = Slice(
        sum(piece.height for piece in top),
        [Placed(placed.lower(down).mark) for piece, down in _stacked(top) for placed in piece.marks],
    )
    slices = list(top)
    for number, cells in enumerate(block.rows):
        line = element.add("TR")
        columns = []
        for i, text in enumerate(cells):
            scope = {"O": "Table", "Scope": "Row"}
            cell = line.add("TH", attributes=scope) if i == 0 else line.add("TD")
            columns.append(_cell(flow, cell, plain(text), starts[i], widths[i] - _BETWEEN))
        row = _ruled(flow, _beside(columns, style.body * 0.25))
        if number:
            row[0].above = again
        # neither the first row nor the last one stands on a page by itself
        row[-1].keep = number in (0, len(block.rows) - 2)
        slices += row
    return _owned(slices, element, style.gap)


def _widths(flow: "Flow", block: Table) -> list[float]:
    """The width of each column as its share has it; one whose longest word would be split takes what it lacks from
    those that have room to spare, where they have as much."""
    style = flow.style
    whole = sum(block.shares)
    widths = [style.width * share / whole for share in block.shares]
    needed = [
        _BETWEEN
        + max(
            widest(text, style.body, flow.language)
            for text in (strong(block.headings[i]), *(plain(row[i]) for row in block.rows))
        )
        for i in range(len(widths))
    ]
    lacking = sum(max(need - width, 0.0) for need, width in zip(needed, widths, strict=True))
    spare = sum(max(width - need, 0.0) for need, width in zip(needed, widths, strict=True))
    if not 0 < lacking <= spare:
        return widths
    return [
        need if need > width else width - (width - need) * lacking / spare
        for need, width in zip(needed, widths, strict=True)
    ]


def _stacked(rows: list[Slice]) -> list[tuple[Slice, float]]:
    """Each slice with how far it stands below the first."""
    return [(row, sum(before.height for before in rows[:index])) for index, row in enumerate(rows)]


def _cards(flow: "Flow", block: Table) -> list[Slice]:
    style = flow.style
    whole = flow.root.add("L", attributes={"O": "List", "ListNumbering": "None"})
    slices: list[Slice] = []
    for cells in block.rows:
        body = whole.add("LI").add("LBody")
        rows = [Slice(style.body * 0.3)]
        rows += flow.lines(body.add("P"), strong(cells[0]))
        for heading, text in zip(block.headings[1:], cells[1:], strict=True):
            if text:
                rows += flow.lines(body.add("P"), (Run(f"{heading}: "), Run(text)))
        rows.append(Slice(style.body * 0.3))
        slices += _ruled(flow, _together(rows))
    return _owned(slices, whole, style.gap)


def key_values(flow: "Flow", block: KeyValues) -> list[Slice]:
    """The name of a fact at the left, the fact at the right; without rules."""
    style = flow.style
    if style.cards:
        return _key_value_cards(flow, block)
    element = flow.root.add("Table")
    left = style.width * 0.328
    slices: list[Slice] = []
    for number, (name, value) in enumerate(block.rows):
        line = element.add("TR")
        head = _cell(flow, line.add("TH", attributes={"O": "Table", "Scope": "Row"}), strong(name), 0, left - 12)
        row = _beside([head, _cell(flow, line.add("TD"), plain(value), left, style.width - left)], 1.5)
        row[-1].keep = number == 0 and len(block.rows) > 1
        slices += row
    if len(block.rows) <= _SHORT:
        for piece in slices[:-1]:
            piece.keep = True
    return _owned(slices, element, style.gap * 0.6)


def _key_value_cards(flow: "Flow", block: KeyValues) -> list[Slice]:
    whole = flow.root.add("L", attributes={"O": "List", "ListNumbering": "None"})
    slices: list[Slice] = []
    for name, value in block.rows:
        body = whole.add("LI").add("LBody")
        rows = flow.lines(body.add("P"), (*strong(f"{name}: "), *plain(value)))
        rows[0].gap = flow.style.body * 0.2
        slices += rows
    return _owned(slices, whole, flow.style.gap * 0.6)
