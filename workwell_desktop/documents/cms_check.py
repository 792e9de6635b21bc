"""One signature's cryptography, held to exactly the shape that we write.

A signature does not cover the bytes that hold it. So whatever could be altered there without breaking the arithmetic
(padding, a certificate added, attributes that nobody signed, another spelling of the same values) is refused: the
object has to be the one that its own signed parts determine, byte for byte.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID

_SIGNED = {"content_type", "message_digest", "signing_certificate_v2"}


class Broken(Exception):
    """The signature does not hold; the text is a code."""


@dataclass(frozen=True)
class Signer:
    """Who made a signature that holds. ``trusted`` says whether a root of ours stands behind it."""

    certificate: bytes
    common_name: str
    key: str
    trusted: bool
    in_time: bool
    low: bool = True
    """Whether it is the one of the two signatures that fit which we write."""


def check(contents: bytes, digest: bytes, when: datetime, trust: Sequence[bytes]) -> Signer:
    """Who made the CMS object ``contents`` (DER, no padding) over a file with SHA-256 ``digest``.

    Raises Broken, or ValueError for what is no such object.
    """
    info = cms.ContentInfo.load(contents, strict=True)
    if info["content_type"].native != "signed_data":
        raise Broken("spelling")
    data = info["content"]
    (one,) = data["signer_infos"]
    certificates = [choice.chosen for choice in data["certificates"]]
    leaf = _leaf(one, certificates)
    if _written(one, leaf, certificates) != contents:
        raise Broken("spelling")
    _attributes(one, leaf, digest)
    _arithmetic(one, leaf)
    der = leaf.dump()
    return Signer(
        certificate=der,
        common_name=_common_name(der),
        key=hashlib.sha256(leaf.public_key.dump()).hexdigest(),
        trusted=_trusted(der, [c.dump() for c in certificates if c is not leaf], trust, when),
        in_time=leaf.not_valid_before <= when <= leaf.not_valid_after,
        low=lower(one["signature"].native) == one["signature"].native,
    )


def certificates(contents: bytes) -> list[bytes]:
    """The certificates (DER) that a CMS object brings."""
    data = cms.ContentInfo.load(contents)["content"]
    return [choice.chosen.dump() for choice in data["certificates"]]


def _leaf(one: cms.SignerInfo, certificates: Sequence[asn1.Certificate]) -> asn1.Certificate:
    sid = one["sid"]
    if sid.name != "issuer_and_serial_number":
        raise Broken("spelling")
    named = sid.chosen
    for certificate in certificates:
        same = certificate.serial_number == named["serial_number"].native
        if same and certificate.issuer.dump() == named["issuer"].dump():
            return certificate
    raise Broken("no_certificate")


_SHA256 = bytes.fromhex("300d06096086480165030402010500")
_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("300b06092a864886f70d010701")
_ONE = bytes.fromhex("020101")
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256: with ``s`` also ``order - s`` fits, so that anybody could write a second signature from a first."""


def lower(signature: bytes) -> bytes:
    """The one of the two signatures (DER) that fit which we write; raises ValueError for what is none."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, _ORDER - s))


def _written(one: cms.SignerInfo, leaf: asn1.Certificate, certificates: Sequence[asn1.Certificate]) -> bytes:
    """The object as we would write it: SignedData version 1, one signer, SHA-256, ECDSA, nothing unsigned."""
    serial = leaf["tbs_certificate"]["serial_number"].dump()
    signer = (
        _ONE
        + tlv(0x30, leaf.issuer.dump() + serial)
        + _SHA256
        + tlv(0xA0, one["signed_attrs"].contents)
        + _ECDSA
        + tlv(0x04, one["signature"].native)
    )
    held = tlv(0xA0, b"".join(certificate.dump() for certificate in certificates))
    data = _ONE + tlv(0x31, _SHA256) + _DATA + held + tlv(0x31, tlv(0x30, signer))
    return tlv(0x30, _SIGNED_DATA + tlv(0xA0, tlv(0x30, data)))


def tlv(tag: int, content: bytes) -> bytes:
    """One DER value with the shortest length."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    spelt = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(spelt)]) + spelt + content


def _attributes(one: cms.SignerInfo, leaf: asn1.Certificate, digest: bytes) -> None:
    found = {}
    for attribute in one["signed_attrs"]:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise Broken("spelling")
        found[name] = attribute["values"][0]
    if set(found) != _SIGNED or found["content_type"].native != "data":
        raise Broken("spelling")
    if found["message_digest"].native != digest:
        raise Broken("digest")
    said = found["signing_certificate_v2"]["certs"][0]
    algorithm = said["hash_algorithm"]["algorithm"].native
    if algorithm != "sha256" or said["cert_hash"].native != hashlib.sha256(leaf.dump()).digest():
        raise Broken("certificate")


def _arithmetic(one: cms.SignerInfo, leaf: asn1.Certificate) -> None:
    public = x509.load_der_x509_certificate(leaf.dump()).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise Broken("spelling")
    r, s = decode_dss_signature(one["signature"].native)
    if encode_dss_signature(r, s) != one["signature"].native:
        raise Broken("spelling")
    try:
        public.verify(one["signature"].native, one["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as trouble:
        raise Broken("arithmetic") from trouble


def _common_name(der: bytes) -> str:
    names = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _trusted(leaf: bytes, others: Sequence[bytes], trust: Sequence[bytes], when: datetime) -> bool:
    """Whether a chain of true signatures leads from ``leaf`` to a root that held then, and nothing stands beside it."""
    roots = [x509.load_der_x509_certificate(der) for der in trust]
    between = [x509.load_der_x509_certificate(der) for der in others]
    now = x509.load_der_x509_certificate(leaf)
    if not _may_sign(now):
        return False
    roots = [root for root in roots if root.not_valid_before_utc <= when <= root.not_valid_after_utc]
    if any(not one.not_valid_before_utc <= when <= one.not_valid_after_utc for one in between):
        return False
    used = 0
    while True:
        if any(_issued(now, root) for root in roots):
            return used == len(between)
        above = [one for one in between if _issued(now, one)]
        if not above or used == len(between):
            return False
        now = above[0]
        used += 1


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return (usage.digital_signature or usage.content_commitment) and not basic.ca


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        basic = above.extensions.get_extension_for_class(x509.BasicConstraints).value
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return bool(basic.ca)
