"""The structure tree, the ParentTree and the signature fields, written with pikepdf into ReportLab's file."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from workwell_desktop.documents.layout.ops import Element, FieldMark
from workwell_desktop.documents.layout.style import A4


def write_structure(pdf: pikepdf.Pdf, root: Element, language: str, last_field: str | None) -> None:
    """Adds the tree under ``root`` (an element tagged Document), pages' StructParents, widgets and the AcroForm."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pages: list[dict[int, pikepdf.Object]] = [{} for _ in pdf.pages]
    widgets: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def build(element: Element, parent: pikepdf.Object) -> pikepdf.Object | None:
        node = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
        kids: list[Any] = [kid for below in element.kids if (kid := build(below, node)) is not None]
        for page, mcid in element.content:
            kids.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=mcid))
            pages[page][mcid] = node
        if element.widget is not None:
            page, mark = element.widget
            widget = _widget(pdf, page, mark, lock=mark.field.field == last_field)
            kids.append(Dictionary(Type=Name.OBJR, Obj=widget, Pg=pdf.pages[page].obj))
            widgets.append((widget, node))
        if not kids:
            return None
        node.K = Array(kids)
        if element.content:
            node.Pg = pdf.pages[element.content[0][0]].obj
        if element.alt:
            node.Alt = String(element.alt)
        if element.language:
            node.Lang = String(element.language)
        if element.attributes:
            node.A = _attributes(element.attributes)
        return node

    document = build(root, tree)
    numbers: list[Any] = []
    for index, owners in enumerate(pages):
        pdf.pages[index].obj.StructParents = index
        pdf.pages[index].obj.Tabs = Name.S
        row = pdf.make_indirect(Array([owners[mcid] for mcid in sorted(owners)]))
        numbers += [index, row]
    for offset, (widget, node) in enumerate(widgets):
        widget.StructParent = len(pages) + offset
        numbers += [len(pages) + offset, node]
    tree.K = Array([document])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(pages) + len(widgets)
    catalog = pdf.Root
    catalog.StructTreeRoot = tree
    catalog.MarkInfo = Dictionary(Marked=True)
    catalog.Lang = String(language)
    catalog.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if widgets:
        fields = Array([widget for widget, _ in widgets])
        catalog.AcroForm = pdf.make_indirect(Dictionary(Fields=fields, SigFlags=3))


def _attributes(given: dict[str, Any]) -> pikepdf.Object:
    made = Dictionary()
    for name, value in given.items():
        made[f"/{name}"] = Array(value) if isinstance(value, list) else Name(f"/{value}")
    return made


def _widget(pdf: pikepdf.Pdf, page: int, mark: FieldMark, *, lock: bool) -> pikepdf.Object:
    """An empty signature field; the last one says that signing it locks everything."""
    high = A4[1]
    left, bottom = round(mark.x, 2), round(high - mark.down - mark.height, 2)
    right, top = round(mark.x + mark.width, 2), round(high - mark.down, 2)
    blank = pdf.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    )
    blank.Resources = Dictionary()
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(mark.field.field),
            TU=String(mark.field.hint),
            F=132,
            Rect=Array([left, bottom, right, top]),
            P=pdf.pages[page].obj,
            AP=Dictionary(N=blank),
        )
    )
    if lock:
        widget.Lock = pdf.make_indirect(Dictionary(Type=Name.SigFieldLock, Action=Name.All))
    obj = pdf.pages[page].obj
    if Name.Annots not in obj:
        obj.Annots = Array()
    obj.Annots.append(widget)
    return widget
