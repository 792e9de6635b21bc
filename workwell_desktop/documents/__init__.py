"""Plans, letters and minutes as tagged, archival, signed PDFs; everything happens in memory.

``compose`` turns facts, which hold only what one recipient may see, into a composition; ``render`` makes its pages;
``sign`` adds one signature; ``verify`` tells a genuine file from a changed one; ``page_png`` shows a page. ReportLab,
pikepdf, pyHanko and pypdfium2 are loaded by the first call that needs them, never by importing this package.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from workwell_desktop.documents.blocks import Composition, PaperStyle, SignatureField
from workwell_desktop.documents.kinds import DocumentSigner, Ink, Register, SignatureVerdict, Stroke, Verdict

if TYPE_CHECKING:
    from workwell_desktop.documents.code import Seal

__all__ = [
    "Composition",
    "DocumentSigner",
    "Ink",
    "PaperStyle",
    "Register",
    "SignatureField",
    "SignatureVerdict",
    "Stroke",
    "Verdict",
    "attached",
    "key_print",
    "next_field",
    "page_png",
    "page_rgba",
    "pages",
    "preload",
    "render",
    "sign",
    "verify",
]


def render(
    composition: Composition,
    style: PaperStyle = PaperStyle.STANDARD,
    *,
    rehearsal: bool = False,
    seal: "Seal | None" = None,
) -> bytes:
    """The pages as PDF/A-3a and PDF/UA-1 with empty signature fields; equal input gives equal bytes.

    ``seal`` is the device's mark that is printed as a code for checking a sheet of paper. Raises MissingGlyph where
    no bundled font has a letter.
    """
    from workwell_desktop.documents.layout.assemble import render as made

    return made(composition, style, rehearsal=rehearsal, seal=seal)


def sign(
    pdf: bytes,
    field: str,
    signer: DocumentSigner,
    *,
    at: datetime,
    name: str,
    role: str,
    registration: str | None = None,
    statement: str = "",
    ink: Ink | None = None,
    certify: bool | None = None,
    lock: bool | None = None,
) -> bytes:
    """``pdf`` with one more signature in ``field``, appended so that earlier ones stay as they are.

    The first signature certifies and the last one locks; both follow from the file, and a caller who says otherwise is
    refused. ``role`` is the person's role in words, ``at`` an aware moment. Raises Locked past a lock,
    SigningRefused for a wrong field or order, MissingGlyph, and DocumentTrouble for a file that is not ours.
    """
    from workwell_desktop.documents.memory import give_back
    from workwell_desktop.documents.signing import sign as signed

    try:
        return signed(
            pdf,
            field,
            signer,
            at=at,
            name=name,
            role=role,
            registration=registration,
            statement=statement,
            ink=ink,
            certify=certify,
            lock=lock,
        )
    finally:
        give_back()


def next_field(pdf: bytes) -> str | None:
    """The name of the field that is to be signed next, or None when everybody has signed."""
    from workwell_desktop.documents.signing import next_field as found

    return found(pdf)


def key_print(certificate: bytes) -> str:
    """SHA-256 (hexadecimal) of the public key of a certificate (DER): what ``SignatoryFact.key`` expects."""
    from workwell_desktop.documents.signing import key_print as printed

    return printed(certificate)


def verify(
    pdf: bytes,
    trust: Sequence[bytes],
    register: Register | None = None,
    stamps: Sequence[bytes] = (),
    *,
    crls: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """Whether ``pdf`` is what was signed. ``trust`` are root certificates (DER). Never raises: trouble is not valid.

    Certificates are held against each signature's own time: that one has run out since does not change a paper.
    ``stamps`` are roots (DER) that timestamps are held against; one that nobody here knows raises no level.
    ``crls`` are lists (DER) of certificates that were taken back, which count where one of ``trust`` signed them. With
    ``now`` it is said where a certificate has run out.
    """
    from workwell_desktop.documents.verifying import verify as judged

    return judged(pdf, trust, register, stamps, crls=crls, now=now)


def attached(pdf: bytes) -> bytes | None:
    """The FHIR document (JSON) that a paper carries, or None for one without; raises DocumentTrouble for a file that
    cannot be read within limits. It is worth no more than ``verify`` says of the file."""
    from workwell_desktop.documents.handed import attached as found

    return found(pdf)


def pages(pdf: bytes) -> int:
    """How many pages there are; raises DocumentTrouble for a file that cannot be read."""
    from workwell_desktop.documents.preview import pages as counted

    return counted(pdf)


def page_png(pdf: bytes, page_index: int, width_px: int) -> bytes:
    """One page as a PNG of ``width_px``, as it would be printed."""
    from workwell_desktop.documents.preview import page_png as drawn

    return drawn(pdf, page_index, width_px)


def page_rgba(pdf: bytes, page_index: int, width_px: int) -> tuple[int, int, bytes]:
    """One page as (width, height, RGBA bytes), for painting without a detour through PNG."""
    from workwell_desktop.documents.preview import page_rgba as drawn

    return drawn(pdf, page_index, width_px)


def preload() -> None:
    """Loads the slow libraries; called at idle so that the first preview does not wait for them."""
    from importlib import import_module

    for name in ("layout.assemble", "signing", "verifying", "preview"):
        import_module(f"{__name__}.{name}")
