"""From blocks to slices: what each block looks like, in one column of text, before anybody knows the pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workwell_desktop.documents.blocks import (
    ActionTable,
    AnswerBoxes,
    Block,
    BulletList,
    CrisisBox,
    Heading,
    KeyValues,
    PaperCode,
    Paragraph,
    Pictured,
    Quote,
    SignatureBlock,
    Table,
    Text,
    WeeksPicture,
    plain,
    strong,
)
from workwell_desktop.documents.layout import order, pictures, questions, shaping, signature, tables
from workwell_desktop.documents.layout.lines import Line
from workwell_desktop.documents.layout.ops import BoxMark, Element, FieldMark, PathMark, Placed, Slice, TextMark
from workwell_desktop.documents.layout.style import Style
from workwell_desktop.documents.layout.wrap import is_foreign, wrap
from workwell_desktop.documents.words import Words

_TIGHT = 1.25
_WHOLE = 0.7
"""Of the width of the text: what has this much room is no cell of a table."""


class Flow:
    """Turns blocks into slices and elements of one paper. ``code_path`` is the code of the sheet, if it has one;
    ``content`` the hash of what the paper says (hexadecimal)."""

    def __init__(
        self, style: Style, root: Element, words: Words, code_path: PathMark | None = None, content: str = ""
    ) -> None:
        self.style = style
        self.words = words
        self.root = root
        self.code_path = code_path
        self.content = content
        self.headings: list[tuple[Element, str]] = []
        self.language = words.catalogue.language
        self.rtl = order.is_right_to_left(self.language)

    def lines(
        self,
        element: Element,
        text: Text,
        *,
        size: float | None = None,
        colour: str | None = None,
        x: float = 0,
        room: float | None = None,
        leading: float | None = None,
        listed: bool = False,
    ) -> list[Slice]:
        """One slice a line; the first two and the last two lines stay together. ``listed`` text stays at its dot."""
        style = self.style
        size = size or style.body
        room = style.width - x if room is None else room
        found = _in_its_language(element, wrap(text, size, room, self.language))
        # a whole paragraph that begins at the left does so too when the page is turned around; in a cell it would stand
        # beside the words of the next one
        stays = room > style.width * _WHOLE and not listed and is_foreign(text, self.language)
        slices = []
        for index, line in enumerate(found):
            height = size * (leading or style.line) * (shaping.TALL if line.tall else 1)
            base = height / 2 + size * (shaping.TALL_BASE if line.tall else 0.34)
            left = style.margin + x + (room - line.width if stays else 0)
            mark = TextMark(left, base, size, colour or style.ink, line.pieces, line.width)
            keep = index < len(found) - 1 and (index == 0 or index == len(found) - 2)
            slices.append(Slice(height, [Placed(mark, element)], keep=keep))
        return slices

    def block(self, block: Block) -> list[Slice]:
        """The slices of one block, each owned by an element under the root."""
        makers: dict[type, Callable[[Any], list[Slice]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Quote: self._quote,
            ActionTable: self._actions,
            Table: self._table,
            KeyValues: self._key_values,
            BulletList: self._bullets,
            Pictured: self._pictured,
            AnswerBoxes: self._boxes,
            WeeksPicture: self._weeks,
            CrisisBox: self._crisis,
            SignatureBlock: self._signatures,
            PaperCode: self._code,
        }
        return makers[type(block)](block)

    def title(self, text: str, byline: Text) -> list[Slice]:
        """The one heading of level 1, and the line under it."""
        title = self.root.add("H1")
        slices = self.lines(title, strong(text), size=self.style.title, colour=self.style.heading_ink, leading=1.2)
        for piece in slices:
            piece.keep = True
        _own(slices, title, gap=self.style.body * 1.1)
        under = self.root.add("P")
        return slices + _own(self.lines(under, byline), under, gap=0)

    def _heading(self, block: Heading) -> list[Slice]:
        style = self.style
        element = self.root.add(f"H{block.level}")
        if block.level == 2:
            self.headings.append((element, block.text))
        size = style.heading if block.level == 2 else style.small_heading
        slices = self.lines(element, strong(block.text), size=size, colour=style.heading_ink, leading=_TIGHT)
        for piece in slices:
            piece.keep = True
        return _own(slices, element, gap=style.body * (1.3 if block.level == 2 else 0.9))

    def _paragraph(self, block: Paragraph) -> list[Slice]:
        element = self.root.add("P")
        colour = self.style.soft if block.soft else None
        return _own(self.lines(element, block.text, colour=colour), element, gap=self.style.gap * 0.6)

    def _quote(self, block: Quote) -> list[Slice]:
        style = self.style
        section = self.root.add("Sect")
        inset = style.body * 1.55
        room = style.width - 2 * inset
        head = self.lines(
            section.add("H2"),
            strong(block.heading),
            size=style.small_heading,
            colour=style.heading_ink,
            x=inset,
            room=room,
            leading=_TIGHT,
        )
        for piece in head:
            piece.keep = True
        pad = style.body * 0.75
        body: list[Slice] = []
        said = section.add("BlockQuote")
        for paragraph in block.paragraphs:
            body += self.lines(said.add("P"), plain(paragraph), x=inset, room=room)
        slices = [Slice(pad, keep=True), *head, *body]
        slices[-1].keep = True
        slices.append(Slice(pad))
        for piece in slices:
            ground = BoxMark(style.margin, 0, style.width, piece.height, fill=style.quote_ground)
            edge = BoxMark(style.margin, 0, 5.5, piece.height, fill=style.heading_ink)
            piece.marks[:0] = [Placed(ground), Placed(edge)]
        return _own(slices, section, gap=style.gap)

    def _bullets(self, block: BulletList) -> list[Slice]:
        style = self.style
        whole = self.root.add("L", attributes={"O": "List", "ListNumbering": "Disc"})
        slices: list[Slice] = []
        indent = style.body * 1.3
        for item in block.items:
            entry = whole.add("LI")
            label = entry.add("Lbl")
            rows = self.lines(entry.add("LBody"), item, x=indent, listed=True)
            dot = self.lines(label, plain("•"), x=style.body * 0.3)[0]
            level = rows[0].marks[0].mark
            for placed in dot.marks:
                if isinstance(placed.mark, TextMark) and isinstance(level, TextMark):
                    placed.mark = replace(placed.mark, down=level.down)
            rows[0].marks[:0] = dot.marks
            rows[0].gap = style.body * 0.15
            slices += rows
        return _own(slices, whole, gap=style.gap * 0.6)

    def _pictured(self, block: Pictured) -> list[Slice]:
        return pictures.pictured(self, block)

    def _boxes(self, block: AnswerBoxes) -> list[Slice]:
        return questions.boxes(self, block)

    def _key_values(self, block: KeyValues) -> list[Slice]:
        return tables.key_values(self, block)

    def _actions(self, block: ActionTable) -> list[Slice]:
        return tables.actions(self, block)

    def _table(self, block: Table) -> list[Slice]:
        return tables.table(self, block)

    def _weeks(self, block: WeeksPicture) -> list[Slice]:
        return pictures.weeks(self, block)

    def _code(self, block: PaperCode) -> list[Slice]:
        return pictures.code(self, block)

    def _crisis(self, block: CrisisBox) -> list[Slice]:
        style = self.style
        section = self.root.add("Sect")
        inset = style.body * 1.7
        pad = style.body * 0.75
        rows = self.lines(section.add("H2"), strong(block.heading), x=inset, room=style.width - 2 * inset)
        for line in block.lines:
            rows += self.lines(section.add("P"), line, x=inset, room=style.width - 2 * inset)
        height = sum(row.height for row in rows) + 2 * pad
        rule = 1.6 * style.weight
        frame = BoxMark(style.margin + 0.8, 0.8, style.width - 1.6, height - 1.6, stroke=style.ink, line=rule)
        slices = [Slice(pad, [Placed(frame)]), *rows, Slice(pad)]
        for piece in slices[:-1]:
            piece.keep = True
        return _own(slices, section, gap=style.gap)

    def _signatures(self, block: SignatureBlock) -> list[Slice]:
        style = self.style
        slices = self._heading(Heading(block.heading))
        for field in block.fields:
            section = self.root.add("Sect")
            rows = self.lines(section.add("P"), (*strong(field.name), *plain(f", {field.title}")))
            form = section.add("Form", alt=field.hint)
            height = signature.field_height(style, self.words, field)
            mark = FieldMark(style.margin, 0, style.width, height, field)
            edge = BoxMark(style.margin, 0, style.width, height, stroke=style.rule, line=style.weight)
            base = BoxMark(style.margin + 14, height * 0.74, style.width - 28, 0.01, stroke=style.rule)
            marks = [Placed(edge), Placed(base), Placed(mark, form)]
            rows.append(Slice(height, marks, gap=style.body * 0.25))
            for piece in rows[:-1]:
                piece.keep = True
            slices += _own(rows, section, gap=style.gap)
        for outcome in block.outcomes:
            slices += self._paragraph(Paragraph(outcome))
        for piece in slices:
            piece.whole = pictures.SIGNING
        return slices


def _in_its_language(element: Element, lines: list[Line]) -> list[Line]:
    """Where all of it is in one other language, the element says so, and no stretch of it has to."""
    found = {piece.language for line in lines for piece in line.pieces}
    if len(found) != 1 or None in found:
        return lines
    element.language = found.pop()
    return [Line(tuple(piece._replace(language=None) for piece in line.pieces), line.width) for line in lines]


def _own(slices: list[Slice], element: Element, *, gap: float) -> list[Slice]:
    for piece in slices:
        piece.owner = element
    if slices:
        slices[0].gap = gap
    return slices
