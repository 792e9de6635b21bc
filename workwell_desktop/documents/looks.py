"""Whether a file shows what was signed: the signed revision and the whole file are drawn, and compared."""

from typing import TYPE_CHECKING

import pypdfium2

from workwell_desktop.documents.preview import LOCK

if TYPE_CHECKING:
    from workwell_desktop.documents.revisions import Signed

_SCALE = 0.6
_EDGE = 2


def changed_pages(pdf: bytes, found: list["Signed"]) -> tuple[int, ...]:
    """Pages (counted from 1) that look different from what some signature saw; fields signed later are left out."""
    different: set[int] = set()
    with LOCK:
        whole = _drawn(pdf)
        for number, one in enumerate(found[:-1]):
            later = [row.rect for row in found[number + 1 :]]
            seen = _drawn(pdf[: one.end])
            for page in range(max(len(whole), len(seen))):
                if (
                    page >= len(whole)
                    or page >= len(seen)
                    or _blanked(whole[page], page, later) != _blanked(seen[page], page, later)
                ):
                    different.add(page + 1)
    return tuple(sorted(different))


_Picture = tuple[int, int, bytes]


def _drawn(pdf: bytes) -> list[_Picture]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        pictures = []
        for page in document:
            bitmap = page.render(scale=_SCALE, grayscale=True)
            pictures.append((bitmap.width, bitmap.height, bytes(bitmap.buffer)))
        return pictures
    finally:
        document.close()


def _blanked(picture: _Picture, page: int, rects: list[tuple[int, tuple[float, float, float, float]]]) -> bytes:
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
