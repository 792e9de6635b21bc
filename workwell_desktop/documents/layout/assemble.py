"""From a composition to the bytes of a file: lay out, paint, tag, describe. Equal input gives equal bytes."""

import hashlib
import json
import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from workwell_desktop import __version__
from workwell_desktop.catalogue import SOURCE_LANGUAGE, Catalogue
from workwell_desktop.documents.blocks import Composition, CrisisBox, Foreign, PaperStyle, plain, strong
from workwell_desktop.documents.layout import fonts, pictures, xmp
from workwell_desktop.documents.layout.endings import steady_streams
from workwell_desktop.documents.layout.flow import Flow
from workwell_desktop.documents.layout.ops import BoxMark, Element, PathMark, Placed, SlantMark, Slice
from workwell_desktop.documents.layout.paginate import Page, paginate
from workwell_desktop.documents.layout.painter import Painter, preorder
from workwell_desktop.documents.layout.structure import write_structure
from workwell_desktop.documents.layout.style import A4, Style, style
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.papers import PaperKind

if TYPE_CHECKING:
    from workwell_desktop.documents.code import Seal

_FOOT_LEADING = 1.42
_TOO_LARGE_FOR_HALF = 16.5
"""Points: a card in large print takes the whole sheet."""
_BAR_LEADING = 1.7
_PALE = "#ece6ef"
_EMPTY_CODE = re.compile(rb"<[0-9A-Fa-f]{2,4}> <0000>\n?")


def render(composition: Composition, name: PaperStyle, *, rehearsal: bool = False, seal: "Seal | None" = None) -> bytes:
    """The pages of ``composition``; see ``documents.render``."""
    words = shared(composition.language)
    measures = style(name)
    root = Element("Document")
    half = composition.kind is PaperKind.SERVICE_CARD
    pages = _laid_out(composition, measures, root, words, rehearsal=rehearsal, seal=seal, half=half)
    painter = Painter()
    order = preorder(root)
    for page in pages:
        painter.page(page.marks, order)
    return _finished(painter.done(), composition, name, root, words, rehearsal=rehearsal)


def _laid_out(
    composition: Composition,
    measures: Style,
    root: Element,
    words: Catalogue,
    *,
    rehearsal: bool,
    seal: "Seal | None",
    half: bool,
) -> list[Page]:
    code = _code_path(composition, seal)
    flow = Flow(measures, root, Words(words, composition.dated.year), code, composition.content_hash)
    bars = _bars(flow, composition, words, rehearsal=rehearsal)
    top = measures.margin - 8 + sum(_bar_height(measures, rows) for rows in bars)
    for _ in bars:
        flow.root.add("P", attributes={})
    slices = _letterhead(flow, composition)
    slices += flow.title(composition.title, composition.byline)
    boxes: list[Slice] = []
    for block in composition.blocks:
        if isinstance(block, CrisisBox):
            boxes = flow.block(block)
        else:
            slices += flow.block(block)
    half = half and measures.body < _TOO_LARGE_FOR_HALF
    foot = (A4[1] / 2 if half else A4[1]) - measures.margin + 4
    longest = words.text("papers.page_of", page=999, pages=999, paper=composition.footer)
    under = len(_footer_rows(flow, longest))
    bottom = foot - measures.least * (0.5 + under * _FOOT_LEADING)
    box_height = sum(piece.height for piece in boxes)
    room = (bottom - box_height - measures.body * 0.9) if boxes else bottom
    pages = paginate(slices, top, (room, bottom))
    if half and (len(pages) > 1 or room < top):
        root.kids.clear()
        return _laid_out(composition, measures, root, words, rehearsal=rehearsal, seal=seal, half=False)
    if half:
        pages[0].marks += _cut(flow, words)
    if boxes:
        _say_what_follows(flow, pages, words, room)
        _stand_at_foot(pages[0], boxes, bottom - box_height, root)
    for number, page in enumerate(pages, start=1):
        if composition.kind is PaperKind.FIT_NOTE_DRAFT:
            page.marks.insert(0, _watermark(words))
        if measures.ground is not None:
            page.marks.insert(0, Placed(BoxMark(0, 0, *A4, fill=measures.ground)))
        line = words.text("papers.page_of", page=number, pages=len(pages), paper=composition.footer)
        page.marks += _running(flow, line, foot)
        page.marks += _drawn_bars(flow, bars, root.kids if number == 1 else None)
        if flow.rtl:
            page.marks = [placed.mirrored(A4[0]) for placed in page.marks]
    return pages


def _code_path(composition: Composition, seal: "Seal | None") -> PathMark | None:
    if seal is None:
        return None
    from workwell_desktop.documents.code import path

    return path(seal.payload(composition), pictures.CODE_SIZE)


def _letterhead(flow: Flow, composition: Composition) -> list[Slice]:
    """The partnership's name beside the mark."""
    measures = flow.style
    element = flow.root.add("P")
    size = measures.body * 1.8
    slices = flow.lines(
        element, plain(composition.partnership), colour=measures.soft, x=size + 12, room=measures.width - size - 12
    )
    ornament = pictures.sun(measures.margin, 1, size, measures.marigold, measures.heading_ink)
    slices[0].marks[:0] = ornament
    for piece in slices:
        piece.owner = element
        piece.keep = True
    if len(slices) == 1:
        slices[0].height = max(slices[0].height, size)
    return slices


def _say_what_follows(flow: Flow, pages: list[Page], words: Catalogue, room: float) -> None:
    """A line above the crisis box that names what stands on page 2, where there is room for it."""
    if len(pages) < 2:
        return
    texts = {id(element): text for element, text in flow.headings}
    found = [texts[id(element)] for element in pages[1].starts if id(element) in texts]
    if not found:
        return
    line = words.text("papers.continues", page=2, headings="; ".join(found))
    element = Element("P")
    rows = flow.lines(element, plain(line))
    height = sum(row.height for row in rows)
    if pages[0].used + height + flow.style.body > room:
        return
    down = room - height
    for row in rows:
        pages[0].marks += [placed.lower(down) for placed in row.marks]
        down += row.height
    flow.root.kids.insert(flow.root.kids.index(pages[0].starts[-1]) + 1, element)
    pages[0].starts.append(element)


def _stand_at_foot(page: Page, boxes: list[Slice], down: float, root: Element) -> None:
    """Paints the crisis box at the foot of page 1, and lets it be read after the last thing that begins there."""
    owner = boxes[0].owner
    for piece in boxes:
        page.marks += [placed.lower(down) for placed in piece.marks]
        down += piece.height
    if owner is None:
        return
    root.kids.remove(owner)
    last = page.starts[-1] if page.starts else None
    place = root.kids.index(last) + 1 if last in root.kids else len(root.kids)
    root.kids.insert(place, owner)


def _cut(flow: Flow, words: Catalogue) -> list[Placed]:
    """Where the lower half of the sheet is cut off, and a line that says so below it."""
    style, level = flow.style, A4[1] / 2
    line = BoxMark(0, level, A4[0], 0.01, stroke=style.soft, line=style.weight, dashed=True)
    (row, *_) = flow.lines(Element("P"), plain(words.text("papers.service_card.cut")), colour=style.soft)
    return [Placed(line), *(Placed(placed.lower(level + 2).mark) for placed in row.marks)]


def _watermark(words: Catalogue) -> Placed:
    """What the paper is not, behind every page; it stands in real text at the top of the first one too."""
    first, _, rest = words.text("papers.fit_note.watermark").partition(": ")
    return Placed(SlantMark((fonts.runs(f"{first}:", True), fonts.runs(rest, True)), 30, _PALE))


def _running(flow: Flow, line: str, foot: float) -> list[Placed]:
    """The line at the foot of a page: an artifact, as PDF/UA wants it."""
    marks: list[Placed] = []
    for row in reversed(_footer_rows(flow, line)):
        foot -= row.height
        marks[:0] = [Placed(placed.lower(foot).mark) for placed in row.marks]
    return marks


def _footer_rows(flow: Flow, line: str) -> list[Slice]:
    measures = flow.style
    soft = measures.soft

    def rows(text: str) -> list[Slice]:
        return flow.lines(Element("P"), plain(text), size=measures.least, colour=soft, leading=_FOOT_LEADING)

    found = rows(line)
    # one word alone on a second line looks lost: the number of the page stands by itself instead
    return found if len(found) == 1 else rows(line.replace(". ", ".\n", 1))


def _bars(flow: Flow, composition: Composition, words: Catalogue, *, rehearsal: bool) -> list[list[Slice]]:
    """What stands across the top of every page: that it is a rehearsal, or a translation that nobody has checked."""
    said = [strong(words.text("papers.rehearsal"))] if rehearsal else []
    if composition.draft:
        english = Foreign(shared().text("papers.draft"), SOURCE_LANGUAGE)
        said += [strong(composition.draft), strong(english)]
    body = flow.style.body
    return [
        flow.lines(Element("P"), text, x=body, room=flow.style.width - 2 * body, leading=_BAR_LEADING) for text in said
    ]


def _bar_height(measures: Style, rows: list[Slice]) -> float:
    return sum(row.height for row in rows) + measures.body * (2.2 - _BAR_LEADING)


def _drawn_bars(flow: Flow, bars: list[list[Slice]], elements: list[Element] | None) -> list[Placed]:
    """The bars of one page: real text where there are ``elements`` for it, on the first page, else artifacts."""
    measures = flow.style
    down = measures.margin - 18
    marks: list[Placed] = []
    for number, rows in enumerate(bars):
        element = elements[number] if elements is not None else None
        height = sum(row.height for row in rows)
        marks.append(Placed(BoxMark(measures.margin, down, measures.width, height, fill=measures.marigold)))
        for row in rows:
            for placed in row.marks:
                if element is not None and placed.element is not None:
                    element.language = placed.element.language
                marks.append(Placed(placed.lower(down).mark, element))
            down += row.height
        down += measures.body * (2.2 - _BAR_LEADING)
    return marks


@cache
def _srgb() -> bytes:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    made = bytearray(profile.tobytes())
    # Pillow stamps the moment of making and its hash into the profile: a fixed day keeps papers equal to the byte
    made[24:36] = bytes((7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    made[84:100] = bytes(16)
    return bytes(made)


def _finished(
    drawn: bytes, composition: Composition, name: PaperStyle, root: Element, words: Catalogue, *, rehearsal: bool
) -> bytes:
    title = (
        composition.title if composition.footer in composition.title else f"{composition.title}. {composition.footer}"
    )
    if rehearsal:
        title = f"{words.text('papers.rehearsal')}. {title}"
    title = fonts.tidy(title)
    producer = f"WorkWell Desktop {__version__}"
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        for junk in ("/Outlines", "/PageMode", "/Info"):
            if junk in pdf.Root:
                del pdf.Root[junk]
        honest_codes(pdf)
        fields = composition.fields
        write_structure(pdf, root, composition.language, fields[-1].field if fields else None)
        packet = pdf.make_stream(
            xmp.packet(composition, title, producer, style(name)), Type=Name.Metadata, Subtype=Name.XML
        )
        pdf.Root.Metadata = packet
        profile = pdf.make_stream(_srgb(), N=3, Alternate=Name.DeviceRGB)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFA1,
                    OutputConditionIdentifier=String("sRGB"),
                    Info=String("sRGB IEC61966-2.1"),
                    DestOutputProfile=profile,
                )
            ]
        )
        if composition.attachment is not None:
            _attach(pdf, composition, words)
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo[Name.Title] = title
        pdf.docinfo[Name.Author] = composition.partnership
        pdf.docinfo[Name.Producer] = producer
        steady_streams(pdf)
        seed = f"{composition.content_hash} {name.value} {rehearsal} {hashlib.sha256(drawn).hexdigest()}"
        pdf.trailer.ID = Array([String(""), String("")])
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return _with_id(out.getvalue(), seed)


def _with_id(pdf: bytes, seed: str) -> bytes:
    """The file's number follows from what it says, not from the moment of making."""
    number = hashlib.sha256(seed.encode()).hexdigest()[:32].encode()
    found = re.search(rb"/ID \[<([0-9a-f]{32})><([0-9a-f]{32})>\]", pdf)
    if found is None:
        return pdf
    return pdf[: found.start()] + b"/ID [<" + number + b"><" + number + b">]" + pdf[found.end() :]


def honest_codes(pdf: pikepdf.Pdf) -> None:
    """ReportLab maps codes that are not used to U+0000, which no reader should ever meet."""
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and obj.get("/ToUnicode") is not None:
            stream = obj.ToUnicode
            data = stream.read_bytes()
            kept = _EMPTY_CODE.sub(b"", data)
            count = len(re.findall(rb"^<[0-9A-Fa-f]{2,4}> <[0-9A-Fa-f]{4,}>$", kept, re.M))
            stream.write(_counted(kept, count))


def _counted(cmap: bytes, count: int) -> bytes:
    """At most 100 rows stand between beginbfchar and endbfchar."""
    rows = re.findall(rb"^<[0-9A-Fa-f]{2,4}> <[0-9A-Fa-f]{4,}>$", cmap, re.M)
    head, _, rest = cmap.partition(b"endcodespacerange")
    tail = rest.partition(b"endbfchar")[2]
    parts = [rows[start : start + 100] for start in range(0, count, 100)]
    body = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part)) for part in parts)
    return head + b"endcodespacerange\n" + body + tail.lstrip(b"\n")


def _attach(pdf: pikepdf.Pdf, composition: Composition, words: Catalogue) -> None:
    """The same content for machines, as an associated file."""
    attachment: Any = composition.attachment
    data = json.dumps(attachment, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")
    day = composition.dated.strftime("D:%Y%m%d120000Z")
    stream = pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/application/fhir+json"))
    stream.Params = Dictionary(Size=len(data), ModDate=String(day))
    file_name = f"{composition.kind.value.replace('_', '-')}.fhir.json"
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(file_name),
            UF=String(file_name),
            Desc=String(words.text("papers.attachment")),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(file_name), spec])))
    pdf.Root.AF = Array([spec])
