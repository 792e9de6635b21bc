"""The partnership's list of certificates that count no more (RFC 5280), signed with the key of its CA."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization

from workwell_desktop.domain.people import RevocationReason
from workwell_desktop.store.keys.authority import Authority

LIST_DAYS = 90
"""How long a list says that it holds; an administrator's unlocking writes the next one when a third of it is left."""
RENEW_DAYS = 30

_FLAGS = {
    RevocationReason.KEY_LOST: x509.ReasonFlags.key_compromise,
    RevocationReason.LEFT: x509.ReasonFlags.affiliation_changed,
    RevocationReason.REPLACED: x509.ReasonFlags.superseded,
    RevocationReason.DEVICE_LOST: x509.ReasonFlags.key_compromise,
}


@dataclass(frozen=True)
class Listed:
    """One certificate: its serial number, the moment since which it counts no more, and why."""

    serial: int
    at: datetime
    reason: RevocationReason


def listed(authority: Authority, taken_back: Sequence[Listed], moment: datetime) -> bytes:
    """The list (DER) of what the CA took back, as it stands at ``moment``. Its number grows with time."""
    root = x509.load_der_x509_certificate(authority.certificate)
    private = authority.private
    built = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(moment - timedelta(minutes=5))
        .next_update(moment + timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(int(moment.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(private.public_key()), critical=False)
    )
    earliest: dict[int, Listed] = {}
    for one in sorted(taken_back, key=lambda one: one.at):
        earliest.setdefault(one.serial, one)
    for one in earliest.values():
        row = (
            x509.RevokedCertificateBuilder()
            .serial_number(one.serial)
            .revocation_date(one.at)
            .add_extension(x509.CRLReason(_FLAGS[one.reason]), critical=False)
            .build()
        )
        built = built.add_revoked_certificate(row)
    return built.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def stale(crl: bytes, authority: Authority, wanted: Sequence[Listed], moment: datetime) -> bool:
    """Whether a list (DER) is of another CA, is soon over, or lacks one of ``wanted``."""
    found = x509.load_der_x509_crl(crl)
    root = x509.load_der_x509_certificate(authority.certificate)
    if not found.is_signature_valid(authority.private.public_key()) or found.issuer != root.subject:
        return True
    until = found.next_update_utc
    if until is None or until - moment < timedelta(days=RENEW_DAYS):
        return True
    return not {one.serial for one in wanted} <= {row.serial_number for row in found}


def serial_of(certificate: bytes) -> int:
    """The serial number of a certificate (DER)."""
    return x509.load_der_x509_certificate(certificate).serial_number


def issued_by(certificate: bytes, root: bytes) -> bool:
    """Whether the key of ``root`` (DER) signed ``certificate`` (DER): two roots of one day bear the same name."""
    below, above = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(root)
    try:
        below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
