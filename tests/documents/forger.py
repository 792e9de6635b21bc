"""Ways to change a signed paper, each by somebody who has the file and no key of ours, or a key of their own."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

Forgery = Callable[[bytes], bytes]
FORGERIES: dict[str, Forgery] = {}


def forgery(make: Forgery) -> Forgery:
    """Enters one way into the list."""
    FORGERIES[make.__name__] = make
    return make


class Quiet(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        return


def _updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """``pdf`` with one more revision."""
    writer = Quiet(BytesIO(pdf), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """``pdf`` written afresh."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][0]


def _struct(writer: IncrementalPdfFileWriter, tag: str) -> generic.DictionaryObject:
    waiting = [writer.root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if node.get("/S") == tag:
            return node
        kids = node.get("/K", ())
        for index in range(len(kids)):
            kid = kids[index]
            if isinstance(kid, generic.DictionaryObject) and kid.get("/Type") == "/StructElem":
                waiting.append(kid)
    raise LookupError(tag)


@forgery
def other_title_in_info(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.trailer["/Info"][pdf_name("/Title")] = pdf_string("CANCELLED")
        writer.update_container(writer.trailer["/Info"])

    return _updated(pdf, change)


@forgery
def fresh_info(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        info = generic.DictionaryObject({pdf_name("/Title"): pdf_string("CANCELLED")})
        writer.set_info(writer.add_object(info))

    return _updated(pdf, change)


@forgery
def other_xmp(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        old = writer.root["/Metadata"].data
        stream = generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")},
            stream_data=old.replace(b"return to work", b"cancelled"),
        )
        writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
        writer.update_root()

    return _updated(pdf, change)


@forgery
def fewer_expected_in_xmp(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        metadata = writer.root["/Metadata"]
        metadata._data = metadata.data.replace(b"clinician", b"nobody")
        metadata._encoded_data = None
        writer.update_container(metadata)

    return _updated(pdf, change)


@forgery
def other_alternative_text(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        figure = _struct(writer, "/Figure")
        figure[pdf_name("/Alt")] = pdf_string("From Monday 7 December: 40 hours a week")
        writer.update_container(figure)

    return _updated(pdf, change)


@forgery
def actual_text(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        heading = _struct(writer, "/H1")
        heading[pdf_name("/ActualText")] = pdf_string("Your plan was withdrawn")
        writer.update_container(heading)

    return _updated(pdf, change)


@forgery
def other_reading_order(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        document = writer.root["/StructTreeRoot"]["/K"][0]
        document[pdf_name("/K")] = generic.ArrayObject(reversed(document["/K"]))
        writer.update_container(document)

    return _updated(pdf, change)


@forgery
def structure_taken_out(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/StructTreeRoot"]
        writer.update_root()

    return _updated(pdf, change)


@forgery
def other_language(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/Lang")] = pdf_string("cy")
        writer.update_root()

    return _updated(pdf, change)


@forgery
def swapped_attachment(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        spec = writer.root["/AF"][0]
        other = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"{}")
        spec[pdf_name("/EF")] = generic.DictionaryObject({pdf_name("/F"): writer.add_object(other)})
        writer.update_container(spec)

    return _updated(pdf, change)


@forgery
def attachment_stream_overwritten(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.root["/AF"][0]["/EF"]["/F"]
        stream._data = b"{}"
        stream._encoded_data = None
        writer.update_container(stream)

    return _updated(pdf, change)


@forgery
def second_attachment(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        names = writer.root["/Names"]["/EmbeddedFiles"]
        spec = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/F"): pdf_string("x.txt")})
        names["/Names"] += [pdf_string("x.txt"), writer.add_object(spec)]
        writer.update_root()

    return _updated(pdf, change)


def _annotated(pdf: bytes, annotation: dict[str, generic.PdfObject]) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _first_page(writer)
        box = generic.ArrayObject(generic.NumberObject(n) for n in (50, 600, 500, 700))
        made = generic.DictionaryObject({pdf_name(key): value for key, value in annotation.items()})
        made[pdf_name("/Type")] = pdf_name("/Annot")
        made[pdf_name("/Rect")] = box
        page[pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(made)])
        writer.update_container(page)

    return _updated(pdf, change)


@forgery
def free_text_over_the_page(pdf: bytes) -> bytes:
    words = {"/Subtype": pdf_name("/FreeText"), "/Contents": pdf_string("40 hours"), "/DA": pdf_string("/F1 20 Tf")}
    return _annotated(pdf, words)


@forgery
def hidden_note(pdf: bytes) -> bytes:
    return _annotated(
        pdf, {"/Subtype": pdf_name("/Text"), "/F": generic.NumberObject(2), "/Contents": pdf_string("note")}
    )


@forgery
def link_over_the_page(pdf: bytes) -> bytes:
    action = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): pdf_string("https://example.org/")}
    )
    return _annotated(pdf, {"/Subtype": pdf_name("/Link"), "/A": action})


@forgery
def page_content_replaced(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _first_page(writer)
        page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
        writer.update_container(page)

    return _updated(pdf, change)


@forgery
def page_stream_overwritten(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = _first_page(writer)["/Contents"]
        stream._data = stream.data + b" q 0 0 300 300 re f Q"
        stream._encoded_data = None
        writer.update_container(stream)

    return _updated(pdf, change)


@forgery
def font_overwritten(pdf: bytes) -> bytes:
    """The page says the same in bytes, and shows other letters."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        named = _first_page(writer)["/Resources"]["/Font"]
        font = named[next(iter(named))]
        font[pdf_name("/FirstChar")] = generic.NumberObject(1)
        writer.update_container(font)

    return _updated(pdf, change)


@forgery
def page_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        made = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
                pdf_name("/MediaBox"): generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 595, 842)),
            }
        )
        pages["/Kids"].append(writer.add_object(made))
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages)

    return _updated(pdf, change)


@forgery
def page_taken_out(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages[pdf_name("/Kids")] = generic.ArrayObject(list(pages["/Kids"])[:-1])
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) - 1)
        writer.update_container(pages)

    return _updated(pdf, change)


@forgery
def pages_swapped(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages[pdf_name("/Kids")] = generic.ArrayObject(reversed(pages["/Kids"]))
        writer.update_container(pages)

    return _updated(pdf, change)


@forgery
def page_turned(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _first_page(writer)
        page[pdf_name("/Rotate")] = generic.NumberObject(180)
        writer.update_container(page)

    return _updated(pdf, change)


@forgery
def page_cropped(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = _first_page(writer)
        page[pdf_name("/CropBox")] = generic.ArrayObject(generic.NumberObject(n) for n in (0, 300, 595, 842))
        writer.update_container(page)

    return _updated(pdf, change)


@forgery
def script_on_opening(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(
            {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
        )
        writer.update_root()

    return _updated(pdf, change)


@forgery
def another_catalog(pdf: bytes) -> bytes:
    """A copy of the catalogue under a new number (a shadow of the old one)."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        shadow = writer.add_object(generic.DictionaryObject(writer.root))
        writer.trailer[pdf_name("/Root")] = shadow

    updated = _updated(pdf, change)
    return updated if updated != pdf else pdf + b" "


@forgery
def layer_that_hides(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        group = writer.add_object(
            generic.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): pdf_string("x")})
        )
        writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject(
            {pdf_name("/OCGs"): generic.ArrayObject([group]), pdf_name("/D"): generic.DictionaryObject()}
        )
        writer.update_root()

    return _updated(pdf, change)


@forgery
def hint_of_a_field(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/TU")] = pdf_string("Signature of somebody else")
        writer.update_container(field)

    return _updated(pdf, change)


@forgery
def look_of_a_signature(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        form = generic.StreamObject(
            {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/Resources"): generic.DictionaryObject()},
            stream_data=b"0 0 100 100 re f",
        )
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
        writer.update_container(field)

    return _updated(pdf, change)


@forgery
def field_moved(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 10, 10))
        writer.update_container(field)

    return _updated(pdf, change)


@forgery
def field_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("witness", on_page=0, box=(10, 10, 90, 60)))

    return _updated(pdf, change)


@forgery
def signature_emptied(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        del field["/V"]
        writer.update_container(field)

    return _updated(pdf, change)


@forgery
def certification_taken_off(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    return _updated(pdf, change)
