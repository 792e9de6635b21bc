"""A small certificate authority for the tests; the store makes the real one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class KeySigner:
    """Signs with a key in memory."""

    certificate: bytes
    chain: tuple[bytes, ...]
    key: ec.EllipticCurvePrivateKey

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True)
class Authority:
    """A root that issues certificates for signing."""

    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def der(self) -> bytes:
        return self.root.public_bytes(Encoding.DER)

    def signer(self, name: str, *, start: datetime = START, days: int = 730) -> KeySigner:
        """A fresh person or device."""
        key = ec.generate_private_key(ec.SECP256R1())
        built = (
            _builder(name, self.root.subject, key, start, days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(leaf=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        return KeySigner(built.public_bytes(Encoding.DER), (self.der,), key)

    def crl(self, taken_back: Mapping[bytes, datetime], moment: datetime, *, days: int = 90) -> bytes:
        """A list of certificates (DER) that count no more since a moment."""
        built = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(moment)
            .next_update(moment + timedelta(days=days))
        )
        for der, since in taken_back.items():
            serial = x509.load_der_x509_certificate(der).serial_number
            row = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
            built = built.add_revoked_certificate(row)
        return built.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def authority(name: str = "Calder Valley partnership root") -> Authority:
    """A fresh root."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        _builder(name, subject, key, START, 7300)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(leaf=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Authority(built, key)


def _builder(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, leaf: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=leaf,
        content_commitment=leaf,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not leaf,
        crl_sign=not leaf,
        encipher_only=False,
        decipher_only=False,
    )
