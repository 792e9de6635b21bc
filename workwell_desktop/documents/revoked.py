"""Certificates that were taken back: signed lists (RFC 5280), and since when a certificate counts no more.

A list counts where a root that we go by signed it, or the partnership's register says so. One that a file brings along
(DSS) is no better than any other: whoever forged a file cannot sign a list, and a true one harms nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature

_HARMLESS = {
    x509.ReasonFlags.affiliation_changed,
    x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
}
_EARLY = timedelta(minutes=10)
"""The clocks of two computers of one partnership are seldom further apart."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """``issuer`` is the root certificate (DER) under which the certificate of this number was issued."""

    issuer: bytes
    serial: int
    at: datetime
    lost: bool = True
    """Whether the key may be in other hands, as far as is known; else somebody left, or has another key."""


def rows(crls: Iterable[bytes], roots: Sequence[bytes]) -> list[Revoked]:
    """What lists (DER) say that one of ``roots`` (DER) signed; others say nothing."""
    above = [(der, x509.load_der_x509_certificate(der)) for der in roots]
    found = []
    for crl in crls:
        try:
            read = x509.load_der_x509_crl(crl)
        except ValueError:
            continue
        for der, root in above:
            if signed_by(read, root):
                found += [Revoked(der, one.serial_number, one.revocation_date_utc, _lost(one)) for one in read]
    return found


def _lost(row: x509.RevokedCertificate) -> bool:
    try:
        return row.extensions.get_extension_for_class(x509.CRLReason).value.reason not in _HARMLESS
    except x509.ExtensionNotFound:
        return True


def signed_by(crl: x509.CertificateRevocationList, root: x509.Certificate) -> bool:
    """Whether the certificate's key signed the list."""
    try:
        return crl.issuer == root.subject and crl.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    except (InvalidSignature, ValueError, TypeError):
        return False


def since(certificate: bytes, known: Sequence[Revoked]) -> tuple[datetime | None, bool]:
    """The earliest moment since which a certificate (DER) counts no more, or None while it counts; and whether its key
    may be in other hands. Where the root itself was taken back, so was all that stands under it, listed or not: whoever
    has its key issues what nobody ever listed."""
    read = x509.load_der_x509_certificate(certificate)
    found = [
        one for one in known if one.serial in (read.serial_number, _number(one.issuer)) and issued(read, one.issuer)
    ]
    return min((one.at for one in found), default=None), any(one.lost for one in found)


@lru_cache(maxsize=64)
def _number(root: bytes) -> int:
    return x509.load_der_x509_certificate(root).serial_number


def issued(certificate: x509.Certificate, root: bytes) -> bool:
    """Whether the key of ``root`` (DER) signed the certificate: two authorities may number and name alike."""
    try:
        certificate.verify_directly_issued_by(x509.load_der_x509_certificate(root))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def answers(crl: bytes, certificate: bytes, moment: datetime, roots: Sequence[bytes]) -> bool:
    """Whether a list (DER) says, for ``moment``, that a certificate (DER) counted: it is of its issuer, it held then,
    and the certificate is not on it."""
    try:
        read, leaf = x509.load_der_x509_crl(crl), x509.load_der_x509_certificate(certificate)
    except ValueError:
        return False
    until = read.next_update_utc
    if until is None or not read.last_update_utc - _EARLY <= moment <= until:
        return False
    row = read.get_revoked_certificate_by_serial_number(leaf.serial_number)
    if row is not None and row.revocation_date_utc <= moment:
        return False
    return any(issued(leaf, der) and signed_by(read, x509.load_der_x509_certificate(der)) for der in roots)
