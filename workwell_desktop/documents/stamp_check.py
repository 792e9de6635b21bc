"""A document timestamp: whether its arithmetic holds, what time it says, and whether somebody we know stands behind."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

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
    return Stamp(time, trusted, tuple(choice.chosen.dump() for choice in data["certificates"]))


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
