"""More ways to change a signed paper: what a viewer is told, what letters mean, what stands around the file."""

import re

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.documents.forger import FORGERIES, _first_page, _updated, forgery
from tests.documents.forger_known import _appended, _object, _page_number, _size


@forgery
def units_of_another_size(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    return _appended(pdf, {number: _object(pdf, number).rstrip()[:-2] + b"/UserUnit 3\n>>"})


@forgery
def viewer_hides_its_bars(pdf: bytes) -> bytes:
    return _appended(
        pdf, {1: re.sub(rb"/ViewerPreferences <<", b"/ViewerPreferences << /HideMenubar true", _object(pdf, 1))}
    )


@forgery
def action_of_a_page(pdf: bytes) -> bytes:
    number = _page_number(pdf)
    action = b"/AA << /O << /S /URI /URI (https://example.org/) >> >>\n>>"
    return _appended(pdf, {number: _object(pdf, number).rstrip()[:-2] + action})


@forgery
def named_destination(pdf: bytes) -> bytes:
    return _appended(
        pdf, {1: _object(pdf, 1).rstrip()[:-2] + b"/Dests << /Chap1 [ %d 0 R /Fit ] >>\n>>" % _page_number(pdf)}
    )


@forgery
def layer_switched_off_by_default(pdf: bytes) -> bytes:
    number = _size(pdf)
    root = _object(pdf, 1).rstrip()[:-2] + b"/OCProperties << /OCGs [ %d 0 R ] /D << /OFF [ %d 0 R ] >> >>\n>>" % (
        number,
        number,
    )
    return _appended(pdf, {1: root, number: b"<< /Type /OCG /Name (x) >>"})


@forgery
def widget_over_the_words(pdf: bytes) -> bytes:
    """A read-only field that belongs to no form and paints over the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        look = generic.StreamObject(
            {
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 9, 9)]),
            },
            stream_data=b"1 g 0 0 9 9 re f",
        )
        widget = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string("over"),
                pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 500, 800)]),
                pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
            }
        )
        page = _first_page(writer)
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(widget)])
        writer.update_container(page)

    return _updated(pdf, change)


@forgery
def another_kind_of_glyphs(pdf: bytes) -> bytes:
    """The font program itself is exchanged under its own number."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        named = _first_page(writer)["/Resources"]["/Font"]
        font = named[next(iter(named))]
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        stream = inner["/FontDescriptor"]["/FontFile2"]
        stream._data = stream.data[:-8] + b"\0" * 8
        stream._encoded_data = None
        writer.update_container(stream)

    return _updated(pdf, change)


@forgery
def white_space_at_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n \n"


@forgery
def nought_at_the_end(pdf: bytes) -> bytes:
    return pdf + b"\0"


@forgery
def another_version_in_the_head(pdf: bytes) -> bytes:
    return pdf.replace(b"%PDF-1.7", b"%PDF-1.4", 1)


@forgery
def junk_before_the_head(pdf: bytes) -> bytes:
    return b"MZ\x90\0" + bytes(60) + pdf


@forgery
def marked_as_linearized(pdf: bytes) -> bytes:
    return _appended(pdf, {_size(pdf): b"<< /Linearized 1 /L %d /H [ 1 1 ] /O 3 /E 9 /N 1 /T 9 >>" % len(pdf)})


@forgery
def other_identifier_of_the_file(pdf: bytes) -> bytes:
    place = pdf.rindex(b"/ID")
    start = pdf.index(b"<", place) + 1
    return pdf[:start] + (b"0" if pdf[start : start + 1] != b"0" else b"1") + pdf[start + 1 :]


@forgery
def roles_of_the_structure_renamed(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/StructTreeRoot"]
        tree[pdf_name("/RoleMap")] = generic.DictionaryObject({pdf_name("/H1"): pdf_name("/Artifact")})
        writer.update_container(tree)

    return _updated(pdf, change)


@forgery
def store_of_lists_poisoned(pdf: bytes) -> bytes:
    """A store with a list of nobody, and no timestamp."""
    number = _size(pdf)
    root = _object(pdf, 1).rstrip()[:-2] + b"/DSS << /CRLs [ %d 0 R ] >>\n>>" % number
    return _appended(pdf, {1: root, number: b"<< /Length 5 >>\nstream\nhello\nendstream"})


__all__ = ["FORGERIES"]
