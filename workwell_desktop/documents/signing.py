"""One signature more, appended; nothing that was there is touched (pyHanko, PAdES B-B, nothing fetched).

The first signature certifies (DocMDP 2), the last one locks everything. pyHanko would sign past a lock: we refuse.
"""

# mypy: allow-untyped-calls

import asyncio
import hashlib
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.signers import cms_embedder, pdf_byterange, pdf_cms
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import appearance
from workwell_desktop.documents.cms_check import lower
from workwell_desktop.documents.kinds import DocumentSigner, Ink
from workwell_desktop.documents.reading import Expected, PaperLabel, label
from workwell_desktop.documents.silence import silence
from workwell_desktop.documents.words import Words
from workwell_desktop.errors import DocumentTrouble, Locked, SigningRefused

silence()

_ROOM = 12_000
"""Hexadecimal letters kept free for a signature."""


class _QuietWriter(IncrementalPdfFileWriter):
    """Leaves metadata as they are: pyHanko would rewrite the XMP packet at each signature."""

    def _update_meta(self) -> None:
        return


class _Signer(pdf_cms.Signer):
    """Hands what is to be signed to a DocumentSigner."""

    def __init__(self, signer: DocumentSigner) -> None:
        chain = SimpleCertificateStore()
        chain.register_multiple(x509.Certificate.load(der) for der in signer.chain)
        certificate = x509.Certificate.load(signer.certificate)
        super().__init__(signing_cert=certificate, cert_registry=chain, embed_roots=False)
        self._own = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(72) if dry_run else lower(self._own.sign(data))


def key_print(certificate: bytes) -> str:
    """SHA-256 (hexadecimal) of the public key of a certificate (DER): what ``SignatoryFact.key`` expects."""
    return hashlib.sha256(x509.Certificate.load(certificate).public_key.dump()).hexdigest()


def next_field(pdf: bytes) -> str | None:
    """See ``documents.next_field``."""
    reader, paper = _opened(pdf)
    signed = _signed(reader)
    return next((row.field for row in paper.expects if row.field not in signed), None)


def next_expected(pdf: bytes) -> Expected | None:
    """Who is to sign next, as the paper itself says; None when everybody has. Raises DocumentTrouble."""
    reader, paper = _opened(pdf)
    signed = _signed(reader)
    return next((row for row in paper.expects if row.field not in signed), None)


def sign(
    pdf: bytes,
    field: str,
    signer: DocumentSigner,
    *,
    at: datetime,
    name: str,
    role: str,
    registration: str | None,
    statement: str,
    ink: Ink | None,
    certify: bool | None,
    lock: bool | None,
) -> bytes:
    """See ``documents.sign``."""
    reader, paper = _opened(pdf)
    expected = _allowed(reader, paper, field)
    first, last = expected == paper.expects[0], expected == paper.expects[-1]
    if certify not in (None, first) or lock not in (None, last):
        raise SigningRefused("wrong_order")
    _right_person(expected, signer, name, at)
    writer = _QuietWriter(BytesIO(pdf), strict=True)
    words = Words(Catalogue(), at.year)
    shown = role if not registration or registration in role else f"{role}, {registration}"
    lines = (words("signatures.signed_by", name=name), shown, words.moment(at), statement)
    placeholder = pdf_byterange.SignatureObject(
        timestamp=at,
        subfilter=fields.SigSeedSubFilter.PADES,
        name=name,
        reason=statement or None,
        bytes_reserved=_ROOM,
    )
    setup = cms_embedder.SigObjSetup(
        placeholder,
        cms_embedder.SigMDPSetup(
            "sha256",
            certify=first,
            docmdp_perms=fields.MDPPerm.FILL_FORMS if first else None,
            field_lock=fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if last else None,
        ),
    )
    steps = cms_embedder.PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    reference = next(steps)
    said = appearance.Said(lines, expected.size, expected.device, expected.stacked, ink)
    _dress(writer, reference.get_object(), said)
    steps.send(setup)
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    made = asyncio.run(_Signer(signer).async_sign(prepared.document_digest, "sha256", use_pades=True))
    steps.send(made)
    return bytes(output.getvalue())


def _opened(pdf: bytes) -> tuple[PdfFileReader, PaperLabel]:
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        paper = label(reader.root["/Metadata"].data)
    except (PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError) as trouble:
        raise DocumentTrouble from trouble
    if paper is None or not paper.expects:
        raise SigningRefused("no_field")
    return reader, paper


def _signed(reader: PdfFileReader) -> set[str]:
    return {signature.field_name for signature in reader.embedded_signatures}


def _allowed(reader: PdfFileReader, paper: PaperLabel, field: str) -> Expected:
    """The expectation for ``field``; refuses a field that is not next, and anything past a lock."""
    signed = _signed(reader)
    waiting = [row for row in paper.expects if row.field not in signed]
    if not waiting or any(_locks(signature.sig_object) for signature in reader.embedded_signatures):
        raise Locked
    if field not in {row.field for row in paper.expects}:
        raise SigningRefused("no_field")
    if waiting[0].field != field:
        raise SigningRefused("wrong_order")
    return waiting[0]


def _locks(signature: Any) -> bool:
    references = signature.get("/Reference", ())
    return any(
        row.get("/TransformMethod") == "/FieldMDP" and row["/TransformParams"].get("/Action") == "/All"
        for row in references
    )


def _right_person(expected: Expected, signer: DocumentSigner, name: str, at: datetime) -> None:
    if expected.name != name:
        raise SigningRefused("other_person")
    certificate = x509.Certificate.load(signer.certificate)
    if expected.key is not None and key_print(signer.certificate) not in expected.key.split():
        raise SigningRefused("other_key")
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise SigningRefused("certificate_expired")


def _dress(writer: IncrementalPdfFileWriter, widget: Any, said: appearance.Said) -> None:
    """Puts the drawn appearance into the field."""
    left, bottom, right, top = (float(number) for number in widget["/Rect"])
    content, drawn = appearance.draw(said, right - left, top - bottom)
    out = BytesIO()
    with drawn:
        drawn.save(out, deterministic_id=True)
    source = PdfFileReader(BytesIO(out.getvalue()))
    page = source.root["/Pages"]["/Kids"][0]
    resources = generic.DictionaryObject({pdf_name("/Font"): writer.import_object(page["/Resources"]["/Font"])})
    form = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                generic.FloatObject(n) for n in (0, 0, round(right - left, 2), round(top - bottom, 2))
            ),
            pdf_name("/Resources"): resources,
        },
        stream_data=content,
    )
    form.compress()
    widget[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    writer.update_container(widget)
