"""Painting marks with ReportLab. Everything is an artifact unless it belongs to an element, so that nothing untagged
can come about; on each page the content follows the order of the structure."""

from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby

from reportlab import rl_config
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from workwell_desktop.documents.layout import fonts, shaping
from workwell_desktop.documents.layout.faces import Shapes
from workwell_desktop.documents.layout.ops import (
    BoxMark,
    Element,
    FieldMark,
    PathMark,
    Piece,
    Placed,
    SlantMark,
    TextMark,
)
from workwell_desktop.documents.layout.style import A4

_APART = 0.05
"""Points; nearer than this, one stretch of a line follows another."""


@cache
def colour(code: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    return (int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255)


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """A number as ReportLab writes it."""
    return str(fp_str(value))


@cache
def _fill(code: str) -> str:
    return " ".join(_number(part) for part in colour(code))


class Painter:
    """One ReportLab canvas. ``element`` of a mark decides how it is tagged; the element learns its page and MCID."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        fonts.register()
        rl_config.invariant = 1
        rl_config.useA85 = 0
        self.size = size
        self._out = BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.REGULAR,
            pdfVersion=(1, 7),
            initialFontSize=12,
        )
        self._page = 0
        self._shapes = Shapes()

    def page(self, marks: list[Placed], order: dict[int, int], *, tagged: bool = True) -> None:
        """Paints one page. ``order`` gives each element (by id) its place in the structure."""
        artifacts = [placed for placed in marks if placed.element is None]
        real = [placed for placed in marks if placed.element is not None]
        real.sort(key=lambda placed: order[id(placed.element)])
        if artifacts:
            self._raw("/Artifact BMC" if tagged else "q")
            for placed in artifacts:
                self._mark(placed)
            self._raw("EMC" if tagged else "Q")
        mcid = 0
        for _, grouped in groupby(real, key=lambda placed: order[id(placed.element)]):
            group = list(grouped)
            element = group[0].element
            fields = [placed.mark for placed in group if isinstance(placed.mark, FieldMark)]
            if element is None:
                continue
            if fields:
                element.widget = (self._page, fields[0])
                continue
            self._raw(f"/{element.tag} <</MCID {mcid}>> BDC")
            for placed in group:
                self._mark(placed)
            self._raw("EMC")
            element.content.append((self._page, mcid))
            if element.tag == "Figure":
                element.attributes = {"O": "Layout", "Placement": "Block", "BBox": self._bounds(group)}
            mcid += 1
        self._canvas.showPage()
        self._page += 1

    def done(self) -> bytes:
        """The file, not yet tagged."""
        self._canvas.save()
        drawn = self._out.getvalue()
        return self._shapes.added(drawn) if self._shapes else drawn

    def _raw(self, code: str) -> None:
        self._canvas._code.append(code)

    def _mark(self, placed: Placed) -> None:
        mark = placed.mark
        if isinstance(mark, TextMark):
            self._text(mark)
        elif isinstance(mark, BoxMark):
            self._box(mark)
        elif isinstance(mark, PathMark):
            self._path(mark)
        elif isinstance(mark, SlantMark):
            self._slant(mark)

    def _slant(self, mark: SlantMark) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(self.size[0] / 2, self.size[1] / 2)
        canvas.rotate(52)
        down = mark.size * 1.3 * (len(mark.lines) - 1) / 2
        for pieces in mark.lines:
            wide = sum(pdfmetrics.stringWidth(words, name, mark.size) for name, words in pieces)
            text = canvas.beginText(-wide / 2, down)
            text.setFillColorRGB(*colour(mark.colour))
            for name, words in pieces:
                text.setFont(name, mark.size)
                text.textOut(words)
            canvas.drawText(text)
            down -= mark.size * 1.3
        canvas.restoreState()

    def _text(self, mark: TextMark) -> None:
        if not mark.pieces:
            return
        up = self.size[1] - mark.down
        for language, grouped in groupby(mark.pieces, key=lambda piece: piece.language):
            if language:
                self._raw(f"/Span <</Lang ({language})>> BDC")
            pieces = list(grouped)
            while pieces:
                count = next((at for at, piece in enumerate(pieces) if shaping.knows(piece.face)), len(pieces))
                self._plain(pieces[:count], mark, up)
                if count < len(pieces):
                    self._shaped(pieces[count], mark, up)
                del pieces[: count + 1]
            if language:
                self._raw("EMC")

    def _plain(self, pieces: list[Piece], mark: TextMark, up: float) -> None:
        if not pieces:
            return
        # what a text object of ReportLab writes, without the widths that it adds up for a place nobody asks for
        doc, size = self._canvas._doc, f"{_number(mark.size)} Tf {_number(mark.size * 1.2)} TL"
        said = ["BT", self._origin(mark.x + pieces[0].right, up), f"{_fill(mark.colour)} rg"]
        for place, piece in enumerate(pieces):
            if place:
                before = pieces[place - 1]
                follows = before.right + fonts.advance(before.face, before.text, mark.size)
                if abs(follows - piece.right) > _APART:
                    said.append(self._origin(mark.x + piece.right, up))
            font, in_use = pdfmetrics.getFont(piece.face), -1
            for subset, letters in font.splitString(piece.text, doc):
                if subset != in_use:
                    said.append(f"{font.getSubsetInternalName(subset, doc)} {size}")
                    in_use = subset
                said.append(f"({self._canvas._escape(letters)}) Tj")
        said.append("ET")
        self._raw(" ".join(said))

    @staticmethod
    def _origin(right: float, up: float) -> str:
        return f"1 0 0 1 {_number(right)} {_number(up)} Tm"

    def _shaped(self, piece: Piece, mark: TextMark, up: float) -> None:
        """Glyphs from the left to the right, as every reader of files expects of letters that are read from the right;
        a mark says that they are (ISO 32000-1, 14.8.2.3.3)."""
        clusters = shaping.clusters(piece.face, piece.text, piece.rtl)
        shown = [f"{self._shapes.code(piece.face, cluster):04X}" for cluster in clusters]
        red, green, blue = (f"{part:.4g}" for part in colour(mark.colour))
        words = (
            f"BT {red} {green} {blue} rg /{piece.face} {mark.size * shaping.scale(piece.face):g} Tf"
            f" 1 0 0 1 {mark.x + piece.right:.3f} {up:.3f} Tm <{''.join(shown)}> Tj ET"
        )
        self._raw(f"/ReversedChars BMC {words} EMC" if piece.rtl else words)

    def _box(self, mark: BoxMark) -> None:
        canvas = self._canvas
        canvas.saveState()
        if mark.fill:
            canvas.setFillColorRGB(*colour(mark.fill))
        if mark.stroke:
            canvas.setStrokeColorRGB(*colour(mark.stroke))
            canvas.setLineWidth(mark.line)
        if mark.dashed:
            canvas.setDash(4, 3)
        bottom = self.size[1] - mark.down - mark.height
        canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill)))
        canvas.restoreState()

    def _path(self, mark: PathMark) -> None:
        canvas = self._canvas
        canvas.saveState()
        if mark.fill:
            canvas.setFillColorRGB(*colour(mark.fill))
        if mark.stroke:
            canvas.setStrokeColorRGB(*colour(mark.stroke))
            canvas.setLineWidth(mark.line)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
        path = canvas.beginPath()
        move = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "z": path.close}
        for verb, *numbers in mark.steps:
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            move[verb](*[n for x, down in pairs for n in (mark.x + x, self.size[1] - mark.down - down)])
        canvas.drawPath(path, stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill)))
        canvas.restoreState()

    def _bounds(self, group: list[Placed]) -> list[float]:
        """The box around a figure, as PDF counts: left, bottom, right, top."""
        boxes = [placed.mark for placed in group if isinstance(placed.mark, BoxMark)]
        paths = [placed.mark for placed in group if isinstance(placed.mark, PathMark)]
        left, right, top, bottom = [], [], [], []
        for box in boxes:
            left.append(box.x)
            right.append(box.x + box.width)
            top.append(box.down)
            bottom.append(box.down + box.height)
        for path in paths:
            across = [number for step in path.steps for number in step[1::2]]
            downs = [number for step in path.steps for number in step[2::2]]
            left.append(path.x + min(across))
            right.append(path.x + max(across))
            top.append(path.down + min(downs))
            bottom.append(path.down + max(downs))
        lowest = [placed.mark.down for placed in group if isinstance(placed.mark, TextMark)]
        high = self.size[1]
        return [round(n, 2) for n in (min(left), high - max(bottom + lowest), max(right), high - min(top))]


def preorder(root: Element) -> dict[int, int]:
    """The place of each element (by id) in the order of reading."""
    order: dict[int, int] = {}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        order[id(element)] = len(order)
        waiting += reversed(element.kids)
    return order
