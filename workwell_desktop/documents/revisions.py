"""What each appended revision of a file changed, held to a list of the only things that a signature of ours changes.

A signed paper is a first revision and one more for each signature. A revision may add the value and the appearance of
one field, name the certifying signature in the catalogue, and bring the objects that those two need: nothing else, not
even where no reader shows it. So a changed title, other words for screen readers, a swapped attachment, a new page or
annotation are all found, whatever a viewer would make of them.
"""

# mypy: allow-untyped-calls

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from workwell_desktop.documents import spelling
from workwell_desktop.documents.layout.endings import spelt
from workwell_desktop.documents.outline import Revision

_END = b"%%EOF\n"
_HEADER = b"%PDF-1.7\n"


class Altered(Exception):
    """Something was changed after signing; the text is a code."""


@dataclass(frozen=True)
class Signed:
    """One signature as it stands in the file: the field, its dictionary, the CMS object and what it covers."""

    field: str
    dictionary: Mapping[str, Any]
    contents: bytes
    covered: tuple[bytes, bytes]
    end: int
    rect: tuple[int, tuple[float, float, float, float]] | None
    """Page index, and left, bottom, right, top; None for a timestamp, which stands on no page."""

    @property
    def stamp(self) -> bool:
        """Whether it is a timestamp and nobody's signature."""
        return self.rect is None


def frame(pdf: bytes, reader: PdfFileReader) -> None:
    """The outside of the file: begins and ends as written, not encrypted, cross-references of one kind."""
    if not pdf.startswith(_HEADER):
        raise Altered("head")
    if not pdf.endswith(_END):
        raise Altered("tail")
    if reader.encrypted or reader.xrefs.hybrid_xrefs_present:
        raise Altered("encrypted")
    if pdf.count(b"startxref") != reader.total_revisions or pdf.count(b"%%EOF") != reader.total_revisions:
        raise Altered("revisions")


def signatures(pdf: bytes, reader: PdfFileReader) -> list[Signed]:
    """The signatures in order, each covering one whole revision and all before it; raises Altered."""
    found: list[Signed] = []
    for number, one in enumerate(reader.embedded_signatures, start=1):
        first, opening, closing, rest = (int(part) for part in one.byte_range)
        end = closing + rest
        hole = pdf[opening:closing]
        contents = bytes(one.pkcs7_content)
        der = contents[: _der_length(contents)]
        written = b"<" + der.hex().upper().encode() + b"0" * (len(hole) - 2 - 2 * len(der)) + b">"
        if first != 0 or opening <= 0 or hole != written or end > len(pdf) or not pdf[:end].endswith(_END):
            raise Altered("coverage")
        if one.signed_revision != number:
            raise Altered("revisions")
        field = one.sig_field
        stamp = str(one.sig_object.get("/Type", "")) == "/DocTimeStamp"
        if not stamp and any(row.stamp for row in found):
            raise Altered("after_last")
        found.append(
            Signed(
                str(one.field_name),
                one.sig_object,
                der,
                (pdf[:opening], pdf[closing:end]),
                end,
                None if stamp else _place_of(reader, field),
            )
        )
    ends = [row.end for row in found]
    if ends != sorted(set(ends)) or (ends and ends[-1] != len(pdf)):
        raise Altered("after_last")
    if reader.total_revisions != len(found) + 1:
        raise Altered("revisions")
    return found


def _der_length(der: bytes) -> int:
    """The length that a DER sequence says of itself."""
    if len(der) < 4 or der[0] != 0x30:
        raise Altered("coverage")
    if der[1] < 0x80:
        return 2 + der[1]
    size = der[1] & 0x7F
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")


def _place_of(reader: PdfFileReader, field: generic.DictionaryObject) -> tuple[int, tuple[float, float, float, float]]:
    left, bottom, right, top = (float(n) for n in field["/Rect"])
    return _page_of(reader, field), (left, bottom, right, top)


def _page_of(reader: PdfFileReader, field: generic.DictionaryObject) -> int:
    wanted = field.raw_get("/P").reference
    for index, page in enumerate(_pages(reader.root)):
        if page.reference == wanted:
            return index
    raise Altered("field")


def _pages(root: generic.DictionaryObject) -> list[generic.IndirectObject]:
    """The leaves of the page tree; at most two levels deep, as ReportLab writes it."""
    kids = root["/Pages"]["/Kids"]
    return [kids.raw_get(index) for index in range(len(kids))]


def base_of(pdf: bytes) -> bytes:
    """The first revision, as a file of its own."""
    return pdf[: pdf.index(_END) + len(_END)]


def only_signatures_added(pdf: bytes, base: PdfFileReader, found: list[Signed], outside: Sequence[Revision]) -> None:
    """Each revision changed what one signature changes, and nothing else; raises Altered."""
    before = base
    for number, one in enumerate(found, start=1):
        after = PdfFileReader(BytesIO(pdf[: one.end]), strict=True)
        if after.total_revisions != number + 1:
            raise Altered("revisions")
        if one.stamp:
            _stamped(before, after, number)
        else:
            _revision(before, after, number, one)
        _spelt(pdf, outside, number, after, one)
        before = after


def _spelt(pdf: bytes, outside: Sequence[Revision], number: int, after: PdfFileReader, one: Signed) -> None:
    """Nothing lies in a revision beside what it says; raises Altered."""
    widget = after.get_object(_widget(after, one.field))
    value = widget.raw_get("/V").reference.idnum
    if not spelling.plain_value(one.dictionary, stamp=one.stamp):
        raise Altered("hidden")
    earlier = frozenset().union(*(revision.objects for revision in outside[:number]))
    if not one.stamp and not spelling.plain_look(widget, set(outside[number].objects - earlier), value):
        raise Altered("hidden")
    if not spelling.as_written(pdf, outside[: number + 1], after, (value, one.dictionary)):
        raise Altered("hidden")


def _revision(before: PdfFileReader, after: PdfFileReader, number: int, signed: Signed) -> None:
    if after.xrefs.refs_freed_in_revision(number) or after.xrefs.object_streams_used_in(number):
        raise Altered("removed")
    _trailer(before, after)
    root, form = before.root_ref, before.root.raw_get("/AcroForm").reference
    widget = _widget(before, signed.field)
    known = {ref.idnum for earlier in range(number) for ref in before.xrefs.explicit_refs_in_revision(earlier)}
    for ref in after.xrefs.explicit_refs_in_revision(number):
        if ref.idnum not in known:
            continue
        old, new = before.get_object(ref), after.get_object(ref)
        if ref == widget:
            _changed_only(old, new, {"/V", "/AP"})
            if "/V" in old:
                raise Altered("field")
        elif ref == root:
            _changed_only(old, new, {"/Perms"} if number == 1 else set())
        elif ref == form:
            _changed_only(old, new, set())
        elif _written(old) != _written(new):
            raise Altered(_named(old))
    value = after.get_object(widget).raw_get("/V")
    if not isinstance(value, generic.IndirectObject) or value.reference.idnum in known:
        raise Altered("field")
    _perms(after, value, first=number == 1)
    _appearance(after.get_object(widget), known)


def _stamped(before: PdfFileReader, after: PdfFileReader, number: int) -> None:
    """A timestamp brought its field, its value and a store of certificates, and touched nothing else.

    A second one brings a store that begins with all that was in the first.
    """
    _trailer(before, after)
    known = {ref.idnum for earlier in range(number) for ref in before.xrefs.explicit_refs_in_revision(earlier)}
    form = before.root.raw_get("/AcroForm").reference
    for ref in after.xrefs.explicit_refs_in_revision(number):
        if ref.idnum not in known:
            continue
        old, new = before.get_object(ref), after.get_object(ref)
        if ref == before.root_ref:
            _changed_only(old, new, {"/DSS"})
        elif ref == form:
            _changed_only(old, new, {"/Fields"})
        elif _written(old) != _written(new):
            raise Altered(_named(old))
    fields, more = before.root["/AcroForm"]["/Fields"], after.root["/AcroForm"]["/Fields"]
    if [_written(one) for one in fields] != [_written(one) for one in more][: len(fields)]:
        raise Altered("field")
    if len(more) != len(fields) + 1 or more.raw_get(len(fields)).reference.idnum in known:
        raise Altered("field")
    if set(more[len(fields)]) != {"/FT", "/T", "/V"} or more[len(fields)].raw_get("/V").reference.idnum in known:
        raise Altered("field")
    if set(more[len(fields)]["/V"]) - {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"}:
        raise Altered("field")
    if str(more[len(fields)]["/T"]) != stamp_field(before):
        raise Altered("field")
    _store(before, after, known)
    _nothing_else(after, number, known, more.raw_get(len(fields)).reference.idnum)


def _nothing_else(after: PdfFileReader, number: int, known: set[int], field: int) -> None:
    """A timestamp's revision brings no object that nobody asks for."""
    fields = after.root["/AcroForm"]["/Fields"]
    wanted = {field, fields[len(fields) - 1].raw_get("/V").reference.idnum}
    if "/DSS" in after.root:
        wanted.add(after.root.raw_get("/DSS").reference.idnum)
        for key in _STORES:
            held = after.root["/DSS"].get(key, generic.ArrayObject())
            wanted |= {held.raw_get(index).reference.idnum for index in range(len(held))}
    if {ref.idnum for ref in after.xrefs.explicit_refs_in_revision(number)} - known - wanted:
        raise Altered("stamp")


STAMP_FIELD = "timestamp"


def stamp_field(before: PdfFileReader) -> str:
    """The name of the field of the next timestamp in a file."""
    held = before.root["/AcroForm"]["/Fields"]
    stamps = sum("/Rect" not in held[index] for index in range(len(held)))
    return STAMP_FIELD if not stamps else f"{STAMP_FIELD}{stamps + 1}"


_STORES = ("/Certs", "/CRLs")


def _store(before: PdfFileReader, after: PdfFileReader, known: set[int]) -> None:
    """The store of certificates and lists, if there is one: new, each part a plain stream, nothing of the old gone."""
    if "/DSS" not in after.root:
        return
    held = after.root.raw_get("/DSS")
    if not isinstance(held, generic.IndirectObject):
        raise Altered("catalog")
    if held.reference.idnum in known:
        # the timestamp left it as it was; that its parts are the same was looked at object by object
        return
    store, old = after.root["/DSS"], before.root["/DSS"] if "/DSS" in before.root else generic.DictionaryObject()
    if set(store) - {"/Type", *_STORES} or store.get("/Type", "/DSS") != "/DSS":
        raise Altered("catalog")
    for key in _STORES:
        now, then = store.get(key, generic.ArrayObject()), old.get(key, generic.ArrayObject())
        if [_written(one) for one in now][: len(then)] != [_written(one) for one in then]:
            raise Altered("catalog")
        if len({now.raw_get(index).reference for index in range(len(now))}) != len(now):
            raise Altered("catalog")
        for index in range(len(now)):
            part = now.raw_get(index)
            if not isinstance(part, generic.IndirectObject) or not isinstance(now[index], generic.StreamObject):
                raise Altered("catalog")
            if index >= len(then) and (part.reference.idnum in known or not _plain(now[index])):
                raise Altered("catalog")


def _plain(stream: generic.StreamObject) -> bool:
    """Just its bytes, or in hexadecimal those that need it, with nothing between or after the digits."""
    if set(stream) - {"/Length", "/Filter"}:
        return False
    if "/Filter" not in stream:
        return True
    return stream["/Filter"] == "/ASCIIHexDecode" and stream.encoded_data == spelt(stream.data)


def _trailer(before: PdfFileReader, after: PdfFileReader) -> None:
    for key in ("/Root", "/Info"):
        old, new = before.trailer.raw_get(key), after.trailer.raw_get(key)
        if _written(old) != _written(new):
            raise Altered("title" if key == "/Info" else "catalog")
    if set(after.trailer.keys()) - {"/Root", "/Info", "/Size", "/ID", "/Prev"}:
        raise Altered("catalog")


def _perms(after: Any, value: generic.IndirectObject, *, first: bool) -> None:
    perms = after.root.get("/Perms")
    if perms is None or set(perms) != {"/DocMDP"}:
        raise Altered("catalog")
    if first and perms.raw_get("/DocMDP").reference != value.reference:
        raise Altered("catalog")


def _appearance(widget: generic.DictionaryObject, known: set[int]) -> None:
    """One stream that came with this signature, with fonts and nothing that acts."""
    looks = widget["/AP"]
    stream = looks.raw_get("/N")
    if set(looks) != {"/N"} or not isinstance(stream, generic.IndirectObject) or stream.reference.idnum in known:
        raise Altered("appearance")
    form = looks["/N"]
    if form["/Subtype"] != "/Form" or set(form["/Resources"]) - {"/Font"}:
        raise Altered("appearance")
    if set(form) - {"/Type", "/Subtype", "/BBox", "/Resources", "/Filter", "/Length"}:
        raise Altered("appearance")


def _widget(view: Any, field: str) -> generic.Reference:
    for index in range(len(view.root["/AcroForm"]["/Fields"])):
        held = view.root["/AcroForm"]["/Fields"].raw_get(index)
        if view.get_object(held.reference).get("/T") == field:
            return generic.Reference(held.reference.idnum, held.reference.generation, pdf=held.reference.pdf)
    raise Altered("field")


def _changed_only(old: Any, new: Any, allowed: set[str]) -> None:
    for key in set(old) | set(new):
        if key in allowed:
            continue
        before = _written(old.raw_get(key)) if key in old else None
        after = _written(new.raw_get(key)) if key in new else None
        if before != after:
            raise Altered(_KEYS.get(key, "catalog"))


_KEYS = {
    "/Lang": "hidden_words",
    "/StructTreeRoot": "hidden_words",
    "/OpenAction": "traps",
    "/OCProperties": "traps",
    "/Metadata": "title",
    "/Names": "attachment",
    "/AF": "attachment",
    "/Pages": "pages",
    "/TU": "hidden_words",
}


def what_changed(pdf: bytes, end: int) -> str:
    """A code for what a file whose signed part ends at ``end`` says otherwise since; ``after_last`` where nothing that
    was there was touched. For telling a person: the verdict does not rest on it."""
    before, after = PdfFileReader(BytesIO(pdf[:end]), strict=True), PdfFileReader(BytesIO(pdf), strict=True)
    try:
        _trailer(before, after)
        widgets = _fields(before)
        for number in range(before.total_revisions, after.total_revisions):
            for ref in sorted(after.xrefs.explicit_refs_in_revision(number), key=lambda ref: ref.idnum):
                if ref.idnum in {one.idnum for one in before.xrefs.explicit_refs_in_revision(0)} or ref in widgets:
                    old, new = before.get_object(ref), after.get_object(ref)
                    if ref == before.root_ref:
                        _changed_only(old, new, set())
                    elif _written(old) != _written(new):
                        raise Altered("annotation" if _more_notes(old, new) else _named(old))
    except Altered as altered:
        return str(altered)
    return "after_last"


def _fields(view: PdfFileReader) -> set[generic.Reference]:
    fields = view.root["/AcroForm"]["/Fields"]
    return {fields.raw_get(index).reference for index in range(len(fields))}


def _more_notes(old: Any, new: Any) -> bool:
    """Whether a page changed in nothing but what lies on it."""
    if not isinstance(old, generic.DictionaryObject) or not isinstance(new, generic.DictionaryObject):
        return False
    try:
        _changed_only(old, new, {"/Annots"})
    except Altered:
        return False
    return _written(old.get("/Annots", generic.NullObject())) != _written(new.get("/Annots", generic.NullObject()))


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def _named(old: Any) -> str:
    """A code for what kind of thing was changed."""
    kind = str(old.get("/Type", "")) if isinstance(old, generic.DictionaryObject) else ""
    kinds = {
        "/Metadata": "title",
        "/StructElem": "hidden_words",
        "/StructTreeRoot": "hidden_words",
        "/Page": "pages",
        "/Pages": "pages",
        "/Annot": "field",
        "/Filespec": "attachment",
        "/EmbeddedFile": "attachment",
    }
    if kind in kinds:
        return kinds[kind]
    if isinstance(old, generic.DictionaryObject) and "/Producer" in old:
        return "title"
    return "content"


def order_of_fields(reader: PdfFileReader) -> list[str]:
    """The names of the signature fields of the first revision, as they stand there."""
    fields = reader.root["/AcroForm"]["/Fields"] if "/AcroForm" in reader.root else ()
    return [str(fields[index]["/T"]) for index in range(len(fields))]


def moment_of(dictionary: Mapping[str, Any]) -> str:
    """The time that a signature says of itself, as written: D:20261124114200Z."""
    written = str(dictionary.get("/M", ""))
    if not re.fullmatch(r"D:\d{14}(Z|[+-]\d{2}'\d{2}'?)", written):
        raise Altered("time")
    return written
