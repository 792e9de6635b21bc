"""An appended revision is spelt as our own writer spells it, byte for byte.

Whoever adds a timestamp needs no key of ours, and a colleague's key signs whatever lies beside their signature: remarks
between two words, names written in another way, keys and objects that nobody asks for, words in the identifier of the
file. A reader skips all of that, so nothing else would find it. What a revision says is known from its objects; here it
is written once more, and has to come out the same.
"""

# mypy: allow-untyped-calls

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from workwell_desktop.documents.outline import Revision

_FOOT = re.compile(
    rb"trailer\n<<\n/Info \d+ 0 R\n/Root \d+ 0 R\n/Size (\d+)\n"
    rb"/ID \[ <([0-9a-f]{32})> <[0-9a-f]{32}> \]\n/Prev \d+\n>>\nstartxref\n"
)
_FIRST_ID = re.compile(rb"/ID \[<([0-9a-f]{32})>")
_VALUE = re.compile(rb"<<\n/Contents <([0-9A-F]+)>\n/ByteRange \[([0-9 ]+)\] *\n")
_SIGNATURE = {"/Contents", "/ByteRange", "/Type", "/Filter", "/SubFilter"}
_SAID = {"/M", "/Name", "/Reason", "/Reference"}
_TRANSFORM = {"/Type", "/TransformMethod", "/TransformParams", "/Data"}
_PARAMS = {"/Type", "/V", "/P", "/Action"}
_FONT = frozenset(
    "/Ascent /BaseFont /CIDSystemInfo /CIDToGIDMap /CapHeight /DW /DescendantFonts /Descent /Encoding /Filter "
    "/FirstChar /Flags /FontBBox /FontDescriptor /FontFile2 /FontName /ItalicAngle /LastChar /Length /Length1 "
    "/MissingWidth /Name /Ordering /Registry /StemV /Subtype /Supplement /ToUnicode /Type /W /Widths".split()
)
"""The keys of fonts, of their descriptions, programs and maps."""
_NEAR = 0.02


def as_written(pdf: bytes, outside: Sequence[Revision], view: PdfFileReader, value: tuple[int, Any]) -> bool:
    """Whether the last revision of ``outside`` is spelt as we write one; ``view`` reads the file up to its end, and
    ``value`` is the object that holds its signature, with its number: read before, because its letters are many."""
    revision = outside[-1]
    told = _FOOT.match(pdf, pdf.index(b"trailer", revision.table))
    first = _FIRST_ID.search(pdf, outside[0].table, outside[0].end)
    most = max(max(one.objects) for one in outside)
    if told is None or first is None or told[2] != first[1] or int(told[1]) != most + 1:
        return False
    at = revision.body
    for held in revision.order:
        head = b"%d 0 obj\n" % held
        said = value[1] if held == value[0] else view.get_object(generic.Reference(held, 0, view))
        spelt = _written(said)
        if held == value[0]:
            shown = _VALUE.match(pdf, at + len(head))
            if shown is None:
                return False
            spelt = _VALUE_WRITTEN.sub(lambda _, shown=shown: shown[0], spelt, count=1)  # type: ignore[misc]
        whole = head + spelt + b"\nendobj\n"
        if not pdf.startswith(whole, at):
            return False
        at += len(whole)
    return at == revision.table


_VALUE_WRITTEN = re.compile(rb"<<\n/Contents <[0-9a-f]+>\n/ByteRange \[[0-9 ]+\]\n")


def plain_value(value: Any, *, stamp: bool) -> bool:
    """Whether the dictionary of a signature or a timestamp says what ours say, and no more."""
    if value.get("/Filter") != "/Adobe.PPKLite" or set(value) - _SIGNATURE - (set() if stamp else _SAID):
        return False
    if value.get("/Type") != ("/DocTimeStamp" if stamp else "/Sig"):
        return False
    for row in value.get("/Reference", ()):
        if set(row) - _TRANSFORM or set(row["/TransformParams"]) - _PARAMS:
            return False
    return True


def plain_look(widget: Any, brought: set[int], value: int) -> bool:
    """Whether the appearance of a field fills the field, is drawn with plain fonts alone, and whether ``brought`` (the
    numbers of the objects that came with the signature) holds nothing beside it and the ``value``."""
    form = widget["/AP"]["/N"]
    left, bottom, right, top = (float(one) for one in widget["/Rect"])
    box, wanted = [float(one) for one in form["/BBox"]], (0, 0, right - left, top - bottom)
    if any(abs(one - other) > _NEAR for one, other in zip(box, wanted, strict=True)):
        return False
    asked = {value, widget["/AP"].raw_get("/N").reference.idnum}
    waiting = [form["/Resources"].raw_get("/Font")] if "/Font" in form["/Resources"] else []
    named = True
    while waiting:
        one = waiting.pop()
        if isinstance(one, generic.IndirectObject):
            if one.reference.idnum not in asked:
                asked.add(one.reference.idnum)
                waiting.append(one.get_object())
        elif isinstance(one, generic.DictionaryObject):
            # the names of the fonts are theirs, everything below is a part of a font
            if not named and set(one) - _FONT:
                return False
            named = False
            waiting += [one.raw_get(key) for key in one]
        elif isinstance(one, generic.ArrayObject):
            waiting += [one.raw_get(index) for index in range(len(one))]
    return brought <= asked


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()
