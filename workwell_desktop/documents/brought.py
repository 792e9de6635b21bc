"""Files that people bring: looked into before they are kept, made plain, and drawn page by page. In memory alone.

A photo is turned upright and encoded anew, so that no place, camera or other note of the file comes along. A PDF stays
as it is, for it may be signed; nothing in it is run when it is drawn. What is damaged, locked or of another kind is
refused with its reason, whatever its name says.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2

from workwell_desktop.documents.preview import LOCK
from workwell_desktop.domain.attachments import LIMIT, MOST_PAGES
from workwell_desktop.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST_GIVEN = 40 * 1024 * 1024
"""Bytes of a file as it comes; a photo becomes smaller."""
MOST_PIXELS = 80_000_000
LONG_SIDE = 3600
"""Pixels of a kept picture: A4 at 300 to the inch is 3,508 high."""
DRAWN_PIXELS = 24_000_000
"""Of one page as it is drawn: more than a window shows, and never more than memory bears."""
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
# what Pillow raises on files that are not what they say
_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, struct.error, KeyError, IndexError, TypeError, OverflowError)
_PDF_PASSWORD = "password"  # noqa: S105 - a word of PDFium's message


@dataclass(frozen=True, slots=True)
class Plain:
    """A file that may be kept: its bytes, what they are, and how many pages they show."""

    data: bytes
    media_type: str
    pages: int


def made_plain(data: bytes) -> Plain:
    """Looks into a file by its content. Raises BadInput with a reason that begins with ``attachment_``."""
    if not data:
        raise BadInput("attachment_empty")
    if len(data) > LARGEST_GIVEN:
        raise BadInput("attachment_too_big", limit_mb=LARGEST_GIVEN // 1024 // 1024)
    kind = _kind(data)
    if kind == PDF:
        plain = Plain(data, PDF, _pdf_pages(data))
    elif kind is not None:
        plain = _picture(data, kind)
    elif data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise BadInput("attachment_heic")
    else:
        raise BadInput("attachment_type")
    if len(plain.data) > LIMIT:
        raise BadInput("attachment_too_big", limit_mb=LIMIT // 1024 // 1024)
    return plain


def page_png(data: bytes, media_type: str, page: int, width: int) -> bytes:
    """One page as PNG, ``width`` pixels wide; a picture is its only page. Raises BadInput ``attachment_damaged``."""
    drawn = _pdf_page(data, page, width) if media_type == PDF else _drawn(data, width)
    out = BytesIO()
    drawn.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    # a PDF may have a few bytes before its head
    return PDF if b"%PDF-" in data[:1024] else None


@contextmanager
def _opened(data: bytes) -> "Iterator[Picture]":
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            wide, high = picture.size
            if wide * high > MOST_PIXELS or not wide or not high:
                raise BadInput("attachment_too_many_pixels")
            picture.load()
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadInput("attachment_too_many_pixels") from None
    except _DAMAGE:
        raise BadInput("attachment_damaged") from None


def _picture(data: bytes, kind: str) -> Plain:
    """Upright, in plain colours, and without a word about where and with what it was taken."""
    from PIL import Image

    with _opened(data) as picture:
        upright = _upright(picture)
        clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        colours = upright.convert("RGBA" if clear else "RGB" if upright.mode not in ("1", "L") else "L")
        if clear:
            # what shows through is paper
            ground = Image.new("RGB", colours.size, "white")
            ground.paste(colours, mask=colours.getchannel("A"))
            colours = ground
        if max(colours.size) > LONG_SIDE:
            colours.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
        # a fresh picture: nothing of the file's own notes goes over
        bare = Image.frombytes(colours.mode, colours.size, colours.tobytes())
    out = BytesIO()
    if kind == JPEG:
        bare.save(out, "JPEG", quality=88, optimize=True)
    else:
        bare.save(out, "PNG", optimize=True)
        if out.tell() > LIMIT:
            # a photo that was saved as PNG
            out = BytesIO()
            bare.save(out, "JPEG", quality=88, optimize=True)
            return Plain(out.getvalue(), JPEG, 1)
    return Plain(out.getvalue(), kind, 1)


def _upright(picture: "Picture") -> "Picture":
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except _DAMAGE:
        return picture


def _drawn(data: bytes, width: int) -> "Picture":
    from PIL import Image

    with _opened(data) as picture:
        high = max(1, round(picture.height * width / picture.width))
        wide, high = _bearable(width, high)
        shown: Picture = picture.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS)
        return shown


def _bearable(wide: float, high: float) -> tuple[int, int]:
    """The same shape, with no more pixels than can be drawn."""
    factor = min(1.0, (DRAWN_PIXELS / (wide * high)) ** 0.5)
    return max(1, round(wide * factor)), max(1, round(high * factor))


def _pdf_pages(data: bytes) -> int:
    with _pdf(data) as document:
        pages = len(document)
        if not pages:
            raise BadInput("attachment_damaged")
        if pages > MOST_PAGES:
            raise BadInput("attachment_many_pages", limit=MOST_PAGES)
        # each page has to be there; what is drawn of it is seen when it is looked at
        for number in range(pages):
            document[number].get_size()
    return pages


def _pdf_page(data: bytes, number: int, width: int) -> "Picture":
    with _pdf(data) as document:
        if not 0 <= number < len(document):
            raise BadInput("attachment_damaged")
        document.init_forms()
        page = document[number]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise BadInput("attachment_damaged")
        wide, _high = _bearable(width, width * down / across)
        shown: Picture = page.render(scale=wide / across).to_pil().convert("RGB")
        return shown


@contextmanager
def _pdf(data: bytes) -> "Iterator[pypdfium2.PdfDocument]":
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as trouble:
            locked = _PDF_PASSWORD in str(trouble).lower()
            raise BadInput("attachment_locked" if locked else "attachment_damaged") from None
        try:
            yield document
        except pypdfium2.PdfiumError:
            raise BadInput("attachment_damaged") from None
        finally:
            document.close()
