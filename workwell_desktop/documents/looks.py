"""Whether a file shows what was signed: the signed revision and the whole file are drawn, and compared."""

import ctypes
from collections.abc import Sequence
from time import monotonic
from typing import Any

import pypdfium2

from workwell_desktop.documents.preview import LOCK

_SCALE = 0.6
_EDGE = 2


_LARGEST_SIDE = 2400.0
"""Points; a page of ours is A4."""


class TooMuch(Exception):
    """A file whose pages are too many, too large or too slow to draw."""


_Rect = tuple[int, tuple[float, float, float, float]]


def changed_pages(
    pdf: bytes,
    signed: Sequence[tuple[int, _Rect | None]],
    *,
    whole: bool = False,
    seconds: float = 60.0,
    most: int = 500,
) -> tuple[int, ...]:
    """Pages (counted from 1) that look different from what some signature saw; fields signed later are left out.

    ``signed`` has the end of what each signature covers, and where its field stands. The last one is compared only
    when ``whole`` is asked for: otherwise it is known to cover the file. Raises TooMuch past ``seconds`` or for more
    than ``most`` pages.
    """
    until = monotonic() + seconds
    different: set[int] = set()
    with LOCK:
        now = _drawn(pdf, until, most)
        for number, (end, _) in enumerate(signed if whole else signed[:-1]):
            later = [rect for _, rect in signed[number + 1 :] if rect is not None]
            seen = _drawn(pdf[:end], until, most)
            for page in range(max(len(now), len(seen))):
                both = page < len(now) and page < len(seen)
                if not both or _blanked(now[page], page, later) != _blanked(seen[page], page, later):
                    different.add(page + 1)
    return tuple(sorted(different))


_Picture = tuple[int, int, bytes]


def _drawn(pdf: bytes, until: float, most: int) -> list[_Picture]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        if len(document) > most:
            raise TooMuch
        if document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
            document.init_forms()
        return [_page(document, page, until) for page in document]
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, until: float) -> _Picture:
    """One page and its fields in grey. PDFium asks now and then whether it should stop."""
    width, height = page.get_size()
    if max(width, height) > _LARGEST_SIDE or monotonic() > until:
        raise TooMuch
    bitmap = pypdfium2.PdfBitmap.new_native(
        int(width * _SCALE) + 1, int(height * _SCALE) + 1, pypdfium2.raw.FPDFBitmap_Gray
    )
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, bitmap.width, bitmap.height)
    place = (0, 0, bitmap.width, bitmap.height, 0, pypdfium2.raw.FPDF_ANNOT | pypdfium2.raw.FPDF_GRAYSCALE)
    pause = pypdfium2.raw.IFSDK_PAUSE(version=1, user=None)
    ask = _asked(until)
    pause.NeedToPauseNow = ask
    try:
        state = pypdfium2.raw.FPDF_RenderPageBitmap_Start(bitmap, page, *place, ctypes.byref(pause))
        if state != pypdfium2.raw.FPDF_RENDER_DONE:
            raise TooMuch
    finally:
        pypdfium2.raw.FPDF_RenderPage_Close(page)
    if document.formenv is not None:
        pypdfium2.raw.FPDF_FFLDraw(document.formenv, bitmap, page, *place)
    return bitmap.width, bitmap.height, bytes(bitmap.buffer)


def _asked(until: float) -> Any:
    kind: Any = dict(pypdfium2.raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
    return kind(lambda _pause: int(monotonic() > until))


def _blanked(picture: _Picture, page: int, rects: list[_Rect]) -> bytes:
    """The picture without the fields that were signed later."""
    width, height, pixels = picture
    stride = len(pixels) // height
    rows = bytearray(pixels)
    for where, (left, bottom, right, top) in rects:
        if where != page:
            continue
        first = max(int(left * _SCALE) - _EDGE, 0)
        last = min(int(right * _SCALE) + _EDGE, width)
        for row in range(
            max(height - int(top * _SCALE) - _EDGE, 0), min(height - int(bottom * _SCALE) + _EDGE, height)
        ):
            rows[row * stride + first : row * stride + last] = bytes(last - first)
    return bytes(rows)
