"""What can be taken out of a file: its text by structure, its metadata, its attachments."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Node:
    """An element of the structure: its tag, alternative text, and the text of its own marked content."""

    tag: str
    alt: str = ""
    text: str = ""
    kids: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def whole(self) -> str:
        """The text in the order of reading."""
        return "".join(node.text for node in self.walk())


def marked_text(pdf: bytes) -> dict[tuple[int, int], str]:
    """The text of each (page, MCID)."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        textpage = page.get_textpage()
        for obj in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mcid = pdfium.FPDFPageObj_GetMarkedContentID(obj.raw)
            size = pdfium.FPDFTextObj_GetText(obj.raw, textpage.raw, None, 0)
            buffer = (pdfium.FPDF_WCHAR * (size // 2))()
            pdfium.FPDFTextObj_GetText(obj.raw, textpage.raw, buffer, size)
            found[number, mcid] += bytes(buffer).decode("utf-16-le").rstrip("\0")
    document.close()
    return dict(found)


def structure(pdf: bytes) -> Node:
    """The structure tree with its text."""
    texts = marked_text(pdf)
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}

        def build(element: pikepdf.Object) -> Node:
            node = Node(str(element.S)[1:], str(element.get("/Alt", "")))
            for kid in element.K:
                if kid.get("/Type") == "/MCR":
                    node.text += texts.get((pages[kid.Pg.objgen], int(kid.MCID)), "")
                elif kid.get("/Type") == "/StructElem":
                    node.kids.append(build(kid))
            return node

        return build(opened.Root.StructTreeRoot.K[0])


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as a reader extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [" ".join(text.split()) for text in texts]


def everything(pdf: bytes) -> str:
    """Every string in the file: pages, structure, names, metadata, attachments, and the file decompressed."""
    parts = [*page_texts(pdf), *marked_text(pdf).values()]
    with pikepdf.open(BytesIO(pdf)) as opened:
        for obj in opened.objects:
            if isinstance(obj, pikepdf.Stream):
                parts.append(obj.read_bytes().decode("utf-8", "replace"))
            parts += _strings(obj)
    return "\n".join(parts)


def _strings(obj: pikepdf.Object) -> Iterator[str]:
    if isinstance(obj, pikepdf.String):
        yield str(obj)
    elif isinstance(obj, pikepdf.Array):
        for item in obj:
            if isinstance(item, pikepdf.Object) and not item.is_indirect:
                yield from _strings(item)
    elif isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        for key in obj.keys():  # noqa: SIM118 - a pikepdf object iterates otherwise
            value = obj.get(key)
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _strings(value)


def signature_sizes(pdf: bytes) -> dict[str, float]:
    """The size in points of the words of each signature that was drawn, by the name of its field."""
    found: dict[str, float] = {}
    with pikepdf.open(BytesIO(pdf)) as opened:
        for field_object in opened.Root.AcroForm.Fields:
            if "/V" in field_object:
                drawn = pikepdf.parse_content_stream(field_object.AP.N)
                sizes = {float(row.operands[1]) for row in drawn if str(row.operator) == "Tf"}
                (found[str(field_object.T)],) = sizes
    return found


def sizes(pdf: bytes) -> set[float]:
    """Every size of letters on the pages, in points."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {
            float(row.operands[1])
            for page in opened.pages
            for row in pikepdf.parse_content_stream(page)
            if str(row.operator) == "Tf"
        }


def content_length(pdf: bytes) -> int:
    """How many bytes draw the pages."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return sum(len(page.Contents.read_bytes()) for page in opened.pages)
