"""Whether a file shows what was signed: the signed revision and the whole file are drawn, and compared."""

from collections.abc import Sequence

import pypdfium2

from workwell_desktop.documents.preview import LOCK

_SCALE = 0.6
_EDGE = 2


_Rect = tuple[int, tuple[float, float, float, float]]


def changed_pages(pdf: bytes, signed: Sequence[tuple[int, _Rect | None]], *, whole: bool = False) -> tuple[int, ...]:
    """Pages (counted from 1) that look different from what some signature saw; fields signed later are left out.

    ``signed`` has the end of what each signature covers, and where its field stands. The last one is compared only
    when ``whole`` is asked for: otherwise it is known to cover the file.
    """
    different: set[int] = set()
    with LOCK:
        now = _drawn(pdf)
        for number, (end, _) in enumerate(signed if whole else signed[:-1]):
            later = [rect for _, rect in signed[number + 1 :] if rect is not None]
            seen = _drawn(pdf[:end])
            for page in range(max(len(now), len(seen))):
                both = page < len(now) and page < len(seen)
                if not both or _blanked(now[page], page, later) != _blanked(seen[page], page, later):
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
