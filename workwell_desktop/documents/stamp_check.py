"""A document timestamp: whether its arithmetic holds, what time it says, and whether somebody we know stands behind."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID

from workwell_desktop.documents.cms_check import tlv

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class BadStamp(Exception):
    """The token does not hold."""


@dataclass(frozen=True)
class Stamp:
    """``trusted`` says whether the chain leads to one of the roots that were given for timestamps."""

    time: datetime
    trusted: bool
    certificates: tuple[bytes, ...] = ()
    """Those of the token, DER."""
    spelt: bool = True
    """Whether the token is spelt as ``canonical`` spells it: nothing in it that no signature covers was altered."""


def check(token: bytes, digest: bytes, roots: Sequence[bytes], nonce: int | None = None) -> Stamp:
    """What a token (CMS, DER) says over ``digest`` (SHA-256). Raises BadStamp, or ValueError for what is no token."""
    info = cms.ContentInfo.load(token, strict=True)
    if info["content_type"].native != "signed_data":
        raise BadStamp
    data = info["content"]
    if data["encap_content_info"]["content_type"].native != "tst_info":
        raise BadStamp
    content = data["encap_content_info"]["content"]
    said = tsp.TSTInfo.load(bytes(content.parsed.dump()), strict=True)
    imprint = said["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
        raise BadStamp
    if nonce is not None and said["nonce"].native != nonce:
        raise BadStamp
    (signer,) = data["signer_infos"]
    certificates = [x509.load_der_x509_certificate(choice.chosen.dump()) for choice in data["certificates"]]
    leaf = _leaf(signer, certificates)
    _holds(signer, leaf, bytes(content.parsed.dump()))
    time = said["gen_time"].native.astimezone(UTC)
    trusted = _trusted(leaf, certificates, [x509.load_der_x509_certificate(der) for der in roots], time)
    held = tuple(choice.chosen.dump() for choice in data["certificates"])
    return Stamp(time, trusted, held, canonical(token) == token)


_ALGORITHMS = {
    "sha256": bytes.fromhex("300d06096086480165030402010500"),
    "sha384": bytes.fromhex("300d06096086480165030402020500"),
    "sha512": bytes.fromhex("300d06096086480165030402030500"),
}
_ECDSA = {
    "sha256": bytes.fromhex("300a06082a8648ce3d040302"),
    "sha384": bytes.fromhex("300a06082a8648ce3d040303"),
    "sha512": bytes.fromhex("300a06082a8648ce3d040304"),
}
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
_SIGNED_DATA, _TST_INFO = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("060b2a864886f70d0109100104")
_ORDERS = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": int("F" * 48 + "C7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973", 16),
}


def canonical(token: bytes) -> bytes:
    """The one spelling of a token that is kept in a file: its signed parts, the certificates from the signer's upwards
    without the root (whoever checks has it or has not), of the two signatures that fit the lower one, and nothing
    beside. Raises BadStamp, ValueError."""
    data = cms.ContentInfo.load(token)["content"]
    (signer,) = data["signer_infos"]
    held = [choice.chosen.dump() for choice in data["certificates"]]
    found = {der: x509.load_der_x509_certificate(der) for der in held}
    leaf = _leaf(signer, list(found.values()))
    name = signer["digest_algorithm"]["algorithm"].native
    chain, above = [leaf], [one for one in found.values() if one is not leaf and one.issuer != one.subject]
    while (higher := next((one for one in above if _issued(chain[-1], one)), None)) is not None:
        chain.append(higher)
        above.remove(higher)
    raw = {id(one): der for der, one in found.items()}
    own = asn1.Certificate.load(raw[id(leaf)])
    _bound(signer, raw[id(leaf)])
    curve = isinstance(leaf.public_key(), ec.EllipticCurvePublicKey)
    signature = _lower(signer["signature"].native, leaf) if curve else signer["signature"].native
    info = (
        b"\x02\x01\x01"
        + tlv(0x30, own.issuer.dump() + own["tbs_certificate"]["serial_number"].dump())
        + _ALGORITHMS[name]
        + tlv(0xA0, signer["signed_attrs"].contents)
        + (_ECDSA[name] if curve else _RSA)
        + tlv(0x04, signature)
    )
    content = bytes(data["encap_content_info"]["content"].parsed.dump())
    said = (
        b"\x02\x01\x03"
        + tlv(0x31, _ALGORITHMS[name])
        + tlv(0x30, _TST_INFO + tlv(0xA0, tlv(0x04, content)))
        + tlv(0xA0, b"".join(raw[id(one)] for one in chain))
        + tlv(0x31, tlv(0x30, info))
    )
    return tlv(0x30, _SIGNED_DATA + tlv(0xA0, tlv(0x30, said)))


def _lower(signature: bytes, leaf: x509.Certificate) -> bytes:
    public = leaf.public_key()
    order = _ORDERS.get(public.curve.name) if isinstance(public, ec.EllipticCurvePublicKey) else None
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, order - s) if order is not None else s)


def _bound(signer: cms.SignerInfo, leaf: bytes) -> None:
    """The signed attributes name the certificate itself, not only its number. Raises BadStamp."""
    for one in signer["signed_attrs"]:
        kind = one["type"].native
        if kind in ("signing_certificate", "signing_certificate_v2"):
            said = one["values"][0]["certs"][0]
            name = "sha1" if kind == "signing_certificate" else said["hash_algorithm"]["algorithm"].native
            if hashlib.new(name, leaf).digest() == said["cert_hash"].native:
                return
    raise BadStamp


def _leaf(signer: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    serial = signer["sid"].chosen["serial_number"].native
    issuer = signer["sid"].chosen["issuer"].dump()
    for one in certificates:
        if one.serial_number == serial and one.issuer.public_bytes() == issuer:
            return one
    raise BadStamp


def _holds(signer: cms.SignerInfo, leaf: x509.Certificate, content: bytes) -> None:
    """The signed attributes name the content's hash, and the leaf's key signed them."""
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in _HASHES:
        raise BadStamp
    found = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
    said = found.get("message_digest", [None])[0]
    if said is None or said.native != hashlib.new(name, content).digest():
        raise BadStamp
    signed, key, algorithm = signer["signed_attrs"].untag().dump(), leaf.public_key(), _HASHES[name]()
    signature_hash = signer["signature_algorithm"].native["algorithm"]
    for other, kind in _HASHES.items():
        if other in signature_hash:
            algorithm = kind()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signer["signature"].native, signed, ec.ECDSA(algorithm))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signer["signature"].native, signed, padding.PKCS1v15(), algorithm)
        else:
            raise BadStamp
    except InvalidSignature as trouble:
        raise BadStamp from trouble


def _trusted(
    leaf: x509.Certificate, between: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], time: datetime
) -> bool:
    try:
        uses = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    if ExtendedKeyUsageOID.TIME_STAMPING not in uses:
        return False
    now = leaf
    for _ in range(len(between) + 1):
        if not now.not_valid_before_utc <= time <= now.not_valid_after_utc:
            return False
        if any(_issued(now, root) for root in roots):
            return True
        above = [one for one in between if one is not now and _issued(now, one)]
        if not above:
            return False
        now = above[0]
    return False


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        basic = above.extensions.get_extension_for_class(x509.BasicConstraints).value
        below.verify_directly_issued_by(above)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return bool(basic.ca)
