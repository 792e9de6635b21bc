"""A document timestamp (RFC 3161) after the last signature, with the certificates that it takes to check the paper.

One revision brings both, and touches nothing that anybody signed: the store of certificates (DSS) is named in the
catalogue, and the timestamp has a field of its own without a place on a page.
"""

# mypy: allow-untyped-calls

from collections.abc import Callable, Sequence
from io import BytesIO

from asn1crypto import cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import PdfSignedData

from workwell_desktop.documents.signing import _opened, _QuietWriter, _signed
from workwell_desktop.errors import SigningRefused

FIELD = "timestamp"
_ROOM = 24_000
"""Hexadecimal letters kept free for a token with its certificates."""

Ask = Callable[[bytes], bytes]
"""Takes a SHA-256 digest and gives the token (a CMS object, DER) over it."""


def stamp(pdf: bytes, ask: Ask, certificates: Sequence[bytes]) -> bytes:
    """``pdf`` with a document timestamp over all of it. ``certificates`` (DER) are what stands behind the signatures.

    Raises SigningRefused ``wrong_order`` while somebody has still to sign, ``too_late`` where a timestamp is there
    already, ``token_too_large``, and whatever ``ask`` raises; then nothing was made.
    """
    reader, paper = _opened(pdf)
    signed = _signed(reader)
    if FIELD in signed:
        raise SigningRefused("stamped_already")
    if any(row.field not in signed for row in paper.expects):
        raise SigningRefused("wrong_order")
    writer = _QuietWriter(BytesIO(pdf), strict=True)
    field = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Sig"), pdf_name("/T"): pdf_string(FIELD)})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    held = [
        writer.add_object(generic.StreamObject(stream_data=der))
        for der in dict.fromkeys([*_certificates(reader), *certificates])
    ]
    writer.root[pdf_name("/DSS")] = writer.add_object(
        generic.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS"), pdf_name("/Certs"): generic.ArrayObject(held)})
    )
    writer.update_root()
    steps = cms_embedder.PdfCMSEmbedder().write_cms(FIELD, writer, existing_fields_only=True)
    next(steps)
    placeholder = PdfSignedData(
        obj_type=pdf_name("/DocTimeStamp"), subfilter=SigSeedSubFilter.ETSI_RFC3161, bytes_reserved=_ROOM
    )
    steps.send(cms_embedder.SigObjSetup(placeholder))
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    token = ask(prepared.document_digest)
    if len(token) * 2 > _ROOM:
        raise SigningRefused("token_too_large")
    steps.send(token)
    return bytes(output.getvalue())


def _certificates(reader: object) -> list[bytes]:
    """The certificates that came with the signatures."""
    found = []
    for one in reader.embedded_signatures:  # type: ignore[attr-defined]
        data = cms.ContentInfo.load(bytes(one.pkcs7_content))["content"]
        found += [choice.chosen.dump() for choice in data["certificates"]]
    return found
