"""Shaped text in the file: a small face of its own for each script, in which every cluster is one glyph.

A cluster of several glyphs (a letter and its dots, a consonant and its vowel sign) becomes one glyph that is made of
them, and says in the ToUnicode table which letters it stands for. So what is read from the file or aloud is what was
written, however the glyphs were reordered; and no second text has to be kept beside the first.
"""

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from workwell_desktop import assets
from workwell_desktop.documents.layout import shaping
from workwell_desktop.documents.layout.shaping import Cluster

_SCALE = 1000
_ROWS = 100
"""At most so many rows stand in one block of a ToUnicode table."""


class Shapes:
    """The clusters that one file shows, each with its code in the face that it belongs to."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[Cluster, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._codes)

    def code(self, face: str, cluster: Cluster) -> int:
        """The code of a cluster in the file's face; 0 is the glyph for what is missing, and never given."""
        known = self._codes.setdefault(face, {})
        return known.setdefault(cluster, len(known) + 1)

    def added(self, drawn: bytes) -> bytes:
        """The file with the faces under the names that its pages call them by."""
        out = BytesIO()
        with pikepdf.open(BytesIO(drawn)) as pdf:
            for number, (face, codes) in enumerate(sorted(self._codes.items())):
                font = _embedded(pdf, face, list(codes), number)
                for page in pdf.pages:
                    page.Resources.Font[f"/{face}"] = font
            pdf.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


@cache
def _source(face: str) -> TTFont:
    font = TTFont(assets.resource("fonts", shaping.file(face)))
    if font["head"].unitsPerEm != _SCALE:
        raise ValueError(f"{face}: lengths are counted in thousandths")
    return font


def _program(face: str, clusters: list[Cluster]) -> tuple[bytes, TTFont]:
    """A TrueType face whose glyph n is the nth cluster, counted from 1; the parts stand behind them."""
    source = _source(face)
    names = source.getGlyphOrder()
    glyph_set = source.getGlyphSet()
    parts = sorted({number for cluster in clusters for number, _, _ in cluster.glyphs})
    whole = [f"c{place}" for place in range(1, len(clusters) + 1)]
    glyphs: dict[str, Any] = {".notdef": source["glyf"][".notdef"]}
    advances = {".notdef": source["hmtx"][".notdef"][0]}
    simple = {}
    for number in parts:
        drawn = DecomposingRecordingPen(glyph_set)
        glyph_set[names[number]].draw(drawn)
        pen = TTGlyphPen(None)
        drawn.replay(pen)
        simple[f"g{number}"] = pen.glyph()
    for name, cluster in zip(whole, clusters, strict=True):
        pen = TTGlyphPen(simple)
        for number, across, up in cluster.glyphs:
            if simple[f"g{number}"].numberOfContours:
                pen.addComponent(f"g{number}", (1, 0, 0, 1, across, up))
        glyphs[name] = pen.glyph(componentFlags=0)
        advances[name] = cluster.advance
    glyphs |= simple
    advances |= dict.fromkeys(simple, 0)
    made = FontBuilder(_SCALE, isTTF=True)
    made.setupGlyphOrder(list(glyphs))
    made.setupGlyf(glyphs)
    table = made.font["glyf"]
    made.setupHorizontalMetrics({name: (advances[name], getattr(table[name], "xMin", 0)) for name in glyphs})
    made.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    made.setupPost(keepGlyphNames=False)
    made.setupMaxp()
    # the moment of making would make two equal papers differ
    made.font["head"].created = made.font["head"].modified = source["head"].modified
    made.font.recalcTimestamp = False
    out = BytesIO()
    made.font.save(out)
    return out.getvalue(), made.font


def _embedded(pdf: pikepdf.Pdf, face: str, clusters: list[Cluster], number: int) -> pikepdf.Object:
    program, font = _program(face, clusters)
    head = font["head"]
    # six letters before the name say that the face holds a part of itself
    name = Name(f"/WORKW{chr(ord('A') + number)}+{face}")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array([head.xMin, head.yMin, head.xMax, head.yMax]),
            ItalicAngle=0,
            Ascent=font["hhea"].ascent,
            Descent=font["hhea"].descent,
            CapHeight=700,
            StemV=120 if face.endswith("Bold") else 80,
            FontFile2=pdf.make_stream(program, Length1=len(program)),
        )
    )
    below = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=descriptor,
            DW=0,
            W=Array([1, Array([cluster.advance for cluster in clusters])]),
            CIDToGIDMap=Name.Identity,
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([below]),
            ToUnicode=pdf.make_stream(_to_unicode(clusters)),
        )
    )


def _to_unicode(clusters: list[Cluster]) -> bytes:
    rows = [
        f"<{code:04X}> <{cluster.text.encode('utf-16-be').hex().upper()}>"
        for code, cluster in enumerate(clusters, start=1)
    ]
    blocks = [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]
    tables = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{tables}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
