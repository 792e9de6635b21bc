"""A document timestamp (RFC 3161) after the last signature, with what it takes to check the paper later.

One revision brings both, and touches nothing that anybody signed: the store of certificates and lists of what was taken
back (DSS) is named in the catalogue, and the timestamp has a field of its own without a place on a page. A later
timestamp covers the first, and brings the lists of its own day.
"""

# mypy: allow-untyped-calls

from collections.abc import Callable, Sequence
from io import BytesIO

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import PdfSignedData

from workwell_desktop.documents.layout.endings import spelt
from workwell_desktop.documents.revisions import stamp_field
from workwell_desktop.documents.revoked import issued, signed_by
from workwell_desktop.documents.signing import _opened, _QuietWriter, _signed
from workwell_desktop.documents.stamp_check import BadStamp, canonical
from workwell_desktop.errors import SigningRefused

_ROOM = 24_000
"""Hexadecimal letters kept free for a token with its certificates."""

Ask = Callable[[bytes], bytes]
"""Takes a SHA-256 digest and gives the token (a CMS object, DER) over it."""


def stamp(pdf: bytes, ask: Ask, certificates: Sequence[bytes], crls: Sequence[bytes] = ()) -> bytes:
    """``pdf`` with a document timestamp over all of it. ``certificates`` (DER) are roots that may stand behind the
    signatures, ``crls`` (DER) lists that may be theirs: what does not belong to the paper is left out.

    Raises SigningRefused ``wrong_order`` while somebody has still to sign, ``token_too_large``, and whatever ``ask``
    raises; then nothing was made.
    """
    reader, paper = _opened(pdf)
    signed = _signed(reader)
    if any(row.field not in signed for row in paper.expects):
        raise SigningRefused("wrong_order")
    writer = _QuietWriter(BytesIO(pdf), strict=True)
    name = stamp_field(reader)
    field = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Sig"), pdf_name("/T"): pdf_string(name)})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    inside = _certificates(reader)
    behind = _behind(inside, certificates)
    store = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS")})
    for key, wanted in (("/Certs", [*inside, *behind]), ("/CRLs", _theirs(crls, behind))):
        held = _held(reader, writer, key, wanted)
        if held:
            store[pdf_name(key)] = generic.ArrayObject(held)
    writer.root[pdf_name("/DSS")] = writer.add_object(store)
    writer.update_root()
    steps = cms_embedder.PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
    next(steps)
    placeholder = PdfSignedData(
        obj_type=pdf_name("/DocTimeStamp"), subfilter=SigSeedSubFilter.ETSI_RFC3161, bytes_reserved=_ROOM
    )
    steps.send(cms_embedder.SigObjSetup(placeholder))
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False))
    token = _spelt(ask(prepared.document_digest))
    if len(token) * 2 > _ROOM:
        raise SigningRefused("token_too_large")
    steps.send(token)
    return bytes(output.getvalue())


def _spelt(token: bytes) -> bytes:
    """The token as it is kept; what is none stays as it came, and whoever verifies the paper refuses it."""
    try:
        return canonical(token)
    except (BadStamp, ValueError, KeyError, TypeError, AttributeError):
        return token


def _certificates(reader: PdfFileReader) -> list[bytes]:
    """The certificates that came with the signatures, and with timestamps before this one."""
    found = []
    for one in reader.embedded_signatures:
        data = cms.ContentInfo.load(bytes(one.pkcs7_content))["content"]
        found += [choice.chosen.dump() for choice in data["certificates"]]
    return found


def _behind(below: Sequence[bytes], roots: Sequence[bytes]) -> list[bytes]:
    """Those of ``roots`` that issued one of ``below``."""
    leaves = [x509.load_der_x509_certificate(der) for der in below]
    return [root for root in roots if any(issued(leaf, root) for leaf in leaves)]


def _theirs(crls: Sequence[bytes], roots: Sequence[bytes]) -> list[bytes]:
    """The newest list of each of ``roots``; ``crls`` begin with the newest."""
    read = [(der, x509.load_der_x509_crl(der)) for der in crls]
    found = []
    for root in roots:
        above = x509.load_der_x509_certificate(root)
        found += [der for der, crl in read if signed_by(crl, above)][:1]
    return found


def _held(reader: PdfFileReader, writer: _QuietWriter, key: str, wanted: Sequence[bytes]) -> list[generic.PdfObject]:
    """References to what the store of the file holds already, and to what it holds from now on."""
    store = reader.root["/DSS"] if "/DSS" in reader.root else generic.DictionaryObject()
    old = store[key] if key in store else generic.ArrayObject()
    there = {bytes(old[index].data) for index in range(len(old))}
    kept = [generic.IndirectObject(old.raw_get(n).idnum, old.raw_get(n).generation, writer) for n in range(len(old))]
    return [*kept, *(writer.add_object(_stream(der)) for der in dict.fromkeys(wanted) if der not in there)]


def _stream(der: bytes) -> generic.StreamObject:
    hexadecimal = spelt(der)
    if hexadecimal is None:
        return generic.StreamObject(stream_data=der)
    return generic.StreamObject({pdf_name("/Filter"): pdf_name("/ASCIIHexDecode")}, encoded_data=hexadecimal)
