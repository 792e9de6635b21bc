"""The attacks that the literature names, against a signed paper: signatures that are emptied, wrapped or copied,
updates of every spelling, shadows that were drawn over, and files that are made to hang a reader."""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.documents.forger import FORGERIES, _annotated, _first_page, _updated, forgery
from tests.documents.forger_bytes import _hole
from workwell_desktop.documents.cms_check import _ORDER, decode_dss_signature, encode_dss_signature

_TRAILER = b"trailer\n<<\n/Info 2 0 R\n/Root %d 0 R\n/Size %d\n/Prev %d\n%s>>\nstartxref\n%d\n%%%%EOF\n"


def _size(pdf: bytes) -> int:
    return int(re.findall(rb"/Size (\d+)", pdf)[-1])


def _previous(pdf: bytes) -> int:
    return int(pdf[pdf.rindex(b"startxref") :].split()[1])


def _appended(
    pdf: bytes, objects: Mapping[int, bytes], *, root: int = 1, between: bytes = b"", more: bytes = b""
) -> bytes:
    """One more revision with these objects, written as our own writer would."""
    out, table = bytearray(pdf), bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number, body in sorted(objects.items()):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body) + between
    size = max(_size(pdf), *(number + 1 for number in objects), 1)
    at = len(out)
    return bytes(out + table + _TRAILER % (root, size, _previous(pdf), more, at))


def _object(pdf: bytes, number: int) -> bytes:
    """The newest body of an object, as it is written."""
    found = re.findall(rb"\n%d 0 obj\n(.*?)\nendobj\n" % number, pdf, re.DOTALL)
    return bytes(found[-1])


def _page_number(pdf: bytes) -> int:
    return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"].raw_get(0).reference.idnum)


def _field_number(pdf: bytes, index: int) -> int:
    return int(PdfFileReader(BytesIO(pdf)).root["/AcroForm"]["/Fields"].raw_get(index).reference.idnum)


def _value_number(pdf: bytes, index: int) -> int:
    field = PdfFileReader(BytesIO(pdf)).root["/AcroForm"]["/Fields"][index]
    return int(field.raw_get("/V").reference.idnum)


# Universal signature forgery: the reader finds nothing to check


def _first_value(pdf: bytes, change: bytes, to: bytes) -> bytes:
    number = _value_number(pdf, 0)
    body = re.sub(change, to, _object(pdf, number), count=1, flags=re.DOTALL)
    return _appended(pdf, {number: body})


@forgery
def contents_missing(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/Contents <[0-9A-F]*>", b"")


@forgery
def contents_null(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/Contents <[0-9A-F]*>", b"/Contents null")


@forgery
def contents_of_nought(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/Contents <[0-9A-F]*>", b"/Contents <00>")


@forgery
def contents_zeroed_in_place(pdf: bytes) -> bytes:
    start, end = _hole(pdf, 0)
    return pdf[: start + 1] + b"0" * (end - start - 2) + pdf[end - 1 :]


@forgery
def byte_range_missing(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[[^\]]*\]", b"")


@forgery
def byte_range_null(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[[^\]]*\]", b"/ByteRange null")


@forgery
def byte_range_of_noughts(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[[^\]]*\]", b"/ByteRange [ 0 0 0 0 ]")


@forgery
def byte_range_negative(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[[^\]]*\]", b"/ByteRange [ 0 -1 -1 0 ]")


@forgery
def byte_range_overlapping(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[ 0 (\d+) \d+ (\d+)", rb"/ByteRange [ 0 \1 10 \2")


@forgery
def byte_range_of_six(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/ByteRange \[([^\]]*)\]", rb"/ByteRange [\1 5 5 ]")


# Wrapping: what was signed is moved aside, and other words take its place


@forgery
def signature_wrapped(pdf: bytes) -> bytes:
    """The second part that was signed stands further down, and the gap holds a page of one's own."""
    start, end = _hole(pdf, 2)
    tail = pdf[end:]
    page = _page_number(pdf)
    evil = b"\n%d 0 obj\n<< /Type /Page /MediaBox [ 0 0 595 842 ] >>\nendobj\n" % page
    head = pdf[:end] + evil
    moved = re.sub(
        rb"(/ByteRange \[ ?0 \d+ )(\d+)", lambda found: found[1] + b"%d" % len(head), pdf[:start][-4000:], count=1
    )
    return pdf[:start][:-4000] + moved + pdf[start:end] + evil + tail


@forgery
def gap_made_wider(pdf: bytes) -> bytes:
    """Room beside the signature, with an object in it that no digest covers."""
    _, end = _hole(pdf, 2)
    return pdf[:end] + b"/X (unsigned)" + pdf[end:]


@forgery
def signature_in_another_field(pdf: bytes) -> bytes:
    number, value = _field_number(pdf, 2), _value_number(pdf, 0)
    body = re.sub(rb"/V \d+ 0 R", b"", _object(pdf, number))[:-2] + b"/V %d 0 R\n>>" % value
    return _appended(pdf, {number: body})


@forgery
def two_fields_swap_their_names(pdf: bytes) -> bytes:
    first, second = _field_number(pdf, 0), _field_number(pdf, 1)
    one, two = _object(pdf, first), _object(pdf, second)
    return _appended(
        pdf, {first: one.replace(b"(coach)", b"(participant)"), second: two.replace(b"(participant)", b"(coach)")}
    )


# Updates, in every spelling


@forgery
def update_without_a_table(pdf: bytes) -> bytes:
    return pdf + b"%d 0 obj\n<< /Type /Page >>\nendobj\n%%%%EOF\n" % _page_number(pdf)


@forgery
def update_without_an_end(pdf: bytes) -> bytes:
    return _appended(pdf, {_page_number(pdf): b"<< /Type /Page >>"}).removesuffix(b"%%EOF\n")


@forgery
def update_with_nothing_changed(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    return _appended(pdf, {number: _object(pdf, number)})


@forgery
def update_with_one_stray_object(pdf: bytes) -> bytes:
    return _appended(pdf, {_size(pdf): b"<< /Note (nobody sees this) >>"})


@forgery
def update_by_a_stream_of_references(pdf: bytes) -> bytes:
    number, at = _size(pdf), len(pdf)
    rows = bytes([1]) + at.to_bytes(4, "big") + bytes([0])
    body = b"<< /Type /XRef /W [ 1 4 1 ] /Index [ %d 1 ] /Size %d /Root 1 0 R /Prev %d /Length 6 >>" % (
        number, number + 1, _previous(pdf)
    )  # fmt: skip
    return pdf + b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, body, rows, at)


@forgery
def update_with_two_tables(pdf: bytes) -> bytes:
    return _appended(pdf, {_size(pdf): b"<< >>"}, more=b"/XRefStm 15\n")


@forgery
def object_in_a_stream_of_objects(pdf: bytes) -> bytes:
    inner = b"%d 0 << /Type /Catalog >>" % 1
    body = b"<< /Type /ObjStm /N 1 /First 4 /Length %d >>\nstream\n%s\nendstream" % (len(inner), inner)
    return _appended(pdf, {_size(pdf): body})


@forgery
def table_points_at_another_object(pdf: bytes) -> bytes:
    return _appended(pdf, {}, root=_page_number(pdf))


@forgery
def entry_of_the_last_table_changed(pdf: bytes) -> bytes:
    place = pdf.rindex(b" 00000 n \n") - 10
    return pdf[:place] + b"%010d" % (int(pdf[place : place + 10]) + 1) + pdf[place + 10 :]


@forgery
def object_freed(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    table = b"xref\n%d 1\n0000000000 00001 f \n" % number
    return pdf + table + _TRAILER % (1, _size(pdf), _previous(pdf), b"", len(pdf))


@forgery
def update_between_two_signatures(pdf: bytes) -> bytes:
    """A revision with a note, after the second signature; what followed is put behind it again."""
    second = int(PdfFileReader(BytesIO(pdf)).embedded_signatures[1].byte_range[2])
    end = second + int(PdfFileReader(BytesIO(pdf)).embedded_signatures[1].byte_range[3])
    return _appended(pdf[:end], {_size(pdf): b"<< >>"}) + pdf[end:]


@forgery
def remark_between_objects(pdf: bytes) -> bytes:
    return pdf.replace(b"endobj\nxref", b"endobj\n% a remark\nxref", 1)


@forgery
def another_version_of_the_format(pdf: bytes) -> bytes:
    return _appended(pdf, {1: _object(pdf, 1)[:-2] + b"/Version /1.3\n>>"})


@forgery
def extensions_declared(pdf: bytes) -> bytes:
    return _appended(pdf, {1: _object(pdf, 1)[:-2] + b"/Extensions << /ESIC << /BaseVersion /1.7 >> >>\n>>"})


@forgery
def end_in_other_line_ends(pdf: bytes) -> bytes:
    return pdf[:-1] + b"\r\n"


# Certified papers: what DocMDP 2 lets a viewer pass


@forgery
def stamp_over_the_page(pdf: bytes) -> bytes:
    return _annotated(pdf, {"/Subtype": pdf_name("/Stamp"), "/Name": pdf_name("/Void")})


@forgery
def field_for_writing_over_the_page(pdf: bytes) -> bytes:
    """A form field that is filled in: what a certified paper of this level allows."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _first_page(writer)
        made = writer.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Annot"),
                    pdf_name("/Subtype"): pdf_name("/Widget"),
                    pdf_name("/FT"): pdf_name("/Tx"),
                    pdf_name("/T"): pdf_string("hours"),
                    pdf_name("/V"): pdf_string("40 hours"),
                    pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (50, 500, 500, 700)),
                }
            )
        )
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), made])
        writer.root["/AcroForm"]["/Fields"].append(made)
        writer.update_container(page)
        writer.update_container(writer.root["/AcroForm"])

    return _updated(pdf, change)


@forgery
def certification_loosened(pdf: bytes) -> bytes:
    return _first_value(pdf, rb"/P 2", b"/P 3")


@forgery
def rights_added(pdf: bytes) -> bytes:
    body = _object(pdf, 1)
    return _appended(pdf, {1: body.replace(b"/DocMDP", b"/UR3 4 0 R\n/DocMDP", 1)})


@forgery
def lock_of_a_field_changed(pdf: bytes) -> bytes:
    number = _field_number(pdf, 2)
    return _appended(pdf, {number: re.sub(rb"/Lock \d+ 0 R", b"", _object(pdf, number))})


@forgery
def script_in_the_names(pdf: bytes) -> bytes:
    body = _object(pdf, 1)
    names = b"/Names << /JavaScript << /Names [ (x) << /S /JavaScript /JS (app.alert\\(1\\)) >> ] >> "
    return _appended(pdf, {1: body.replace(b"/Names <<", names, 1)})


@forgery
def script_on_leaving_a_page(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    more = b"/AA << /C << /S /JavaScript /JS (1) >> >>\n>>"
    return _appended(pdf, {number: _object(pdf, number).rstrip()[:-2] + more})


@forgery
def form_of_another_kind(pdf: bytes) -> bytes:
    return _appended(pdf, {4: _object(pdf, 4).rstrip()[:-2] + b"/XFA (<xdp/>) >>"})


@forgery
def viewer_draws_the_fields_anew(pdf: bytes) -> bytes:
    return _appended(pdf, {4: _object(pdf, 4).rstrip()[:-2] + b"/NeedAppearances true >>"})


@forgery
def letters_read_out_as_others(pdf: bytes) -> bytes:
    """The map from letters to characters is exchanged: what is copied or read out says something else."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        named = _first_page(writer)["/Resources"]["/Font"]
        font = named[next(iter(named))]
        stream = font["/ToUnicode"]
        stream._data = stream.data.replace(b"<0041>", b"<0042>") + b" "
        stream._encoded_data = None
        writer.update_container(stream)

    return _updated(pdf, change)


@forgery
def page_pointed_elsewhere(pdf: bytes) -> bytes:
    """The first page's number is given to a copy of the last page."""
    kids = PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]
    last = int(kids.raw_get(len(kids) - 1).reference.idnum)
    return _appended(pdf, {_page_number(pdf): _object(pdf, last)})


@forgery
def colours_declared_otherwise(pdf: bytes) -> bytes:
    return _appended(pdf, {1: re.sub(rb"/OutputIntents \[[^\]]*\]", b"/OutputIntents [ ]", _object(pdf, 1))})


@forgery
def security_store_with_nothing_to_prove(pdf: bytes) -> bytes:
    """A store of certificates is no timestamp: alone it has no business in a paper."""
    return _appended(pdf, {1: _object(pdf, 1)[:-2] + b"/DSS << /Certs [ ] >>\n>>"})


# The arithmetic


@forgery
def the_other_signature_that_fits(pdf: bytes) -> bytes:
    """With (r, s) also (r, n - s) fits: a signature that nobody made."""
    start, end = _hole(pdf, 2)
    info = cms.ContentInfo.load(bytes.fromhex(pdf[start + 1 : end - 1].decode()).rstrip(b"\0") + bytes(8))
    signer = info["content"]["signer_infos"][0]
    before = signer["signature"].native
    r, s = decode_dss_signature(before)
    after = encode_dss_signature(r, _ORDER - s)
    if len(after) == len(before):
        return pdf.replace(before.hex().upper().encode(), after.hex().upper().encode())
    signer["signature"] = after
    made = info.dump(force=True).hex().upper().encode()
    return pdf[: start + 1] + made.ljust(end - start - 2, b"0") + pdf[end - 1 :]


# Made to hang, to fill the memory, or to crash


@forgery
def packed_bomb(pdf: bytes) -> bytes:
    packed = zlib.compress(bytes(64 * 1024 * 1024), 9)
    body = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    number = _size(pdf)
    page = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % number, _object(pdf, _page_number(pdf)))
    return _appended(pdf, {number: body, _page_number(pdf): page})


@forgery
def million_pages(pdf: bytes) -> bytes:
    number = int(PdfFileReader(BytesIO(pdf)).root.raw_get("/Pages").reference.idnum)
    return _appended(pdf, {number: re.sub(rb"/Count \d+", b"/Count 1000000", _object(pdf, number))})


@forgery
def page_as_wide_as_a_town(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    return _appended(
        pdf, {number: re.sub(rb"/MediaBox \[[^\]]*\]", b"/MediaBox [ 0 0 9000000 9000000 ]", _object(pdf, number))}
    )


@forgery
def brackets_in_brackets(pdf: bytes) -> bytes:
    return _appended(pdf, {_page_number(pdf): b"<< /Type /Page /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"})


@forgery
def pages_that_hold_themselves(pdf: bytes) -> bytes:
    number = int(PdfFileReader(BytesIO(pdf)).root.raw_get("/Pages").reference.idnum)
    return _appended(pdf, {number: b"<< /Type /Pages /Count 1 /Kids [ %d 0 R ] >>" % number})


@forgery
def fields_that_hold_themselves(pdf: bytes) -> bytes:
    number = _field_number(pdf, 0)
    return _appended(pdf, {number: b"<< /T (coach) /FT /Sig /Kids [ %d 0 R ] >>" % number})


@forgery
def drawing_without_end(pdf: bytes) -> bytes:
    """Forms that draw one another, twice each, thirty deep."""
    first = _size(pdf)
    made: dict[int, bytes] = {}
    for depth in range(30):
        inner = b"/A Do /A Do" if depth < 29 else b"0 0 9 9 re f"
        resources = b"<< /XObject << /A %d 0 R >> >>" % (first + depth + 1) if depth < 29 else b"<< >>"
        made[first + depth] = (
            b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 600 900 ] /Resources %s /Length %d >>\nstream\n%s\nendstream"
            % (resources, len(inner), inner)
        )
    number, words = _page_number(pdf), b"/A Do"
    made[first + 30] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words)
    page = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % (first + 30), _object(pdf, number))
    page = re.sub(rb"/Resources \d+ 0 R", b"/Resources << /XObject << /A %d 0 R >> >>" % first, page)
    made[number] = page
    return _appended(pdf, made)


__all__ = ["FORGERIES"]
