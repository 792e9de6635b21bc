"""A page as a picture, for looking at it before it is printed. In memory alone."""

from io import BytesIO
from threading import Lock

import pypdfium2

from workwell_desktop.errors import DocumentTrouble

LOCK = Lock()
"""PDFium may not be entered by two threads."""


def pages(pdf: bytes) -> int:
    """See ``documents.pages``."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as trouble:
            raise DocumentTrouble from trouble
        try:
            return len(document)
        finally:
            document.close()


def page_rgba(pdf: bytes, page_index: int, width_px: int) -> tuple[int, int, bytes]:
    """See ``documents.page_rgba``."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as trouble:
            raise DocumentTrouble from trouble
        try:
            document.init_forms()
            page = document[page_index]
            bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True, prefer_bgrx=True)
            image = bitmap.to_pil().convert("RGBA")
            return image.width, image.height, image.tobytes()
        finally:
            document.close()


def page_png(pdf: bytes, page_index: int, width_px: int) -> bytes:
    """See ``documents.page_png``."""
    from PIL import Image

    width, height, pixels = page_rgba(pdf, page_index, width_px)
    out = BytesIO()
    Image.frombytes("RGBA", (width, height), pixels).convert("RGB").save(out, "PNG", compress_level=3)
    return out.getvalue()
