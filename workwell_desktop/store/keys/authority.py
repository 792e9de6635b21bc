"""The partnership's own CA, and signing documents: ECDSA on P-256 throughout, because pdfsig refuses Ed25519.

People's certificates run two years and devices' one. Keys travel as PKCS#8 DER and certificates as DER.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

PERSON_DAYS = 2 * 365
DEVICE_DAYS = 365
_ROOT_DAYS = 20 * 365
_EARLY = timedelta(minutes=5)
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_NAME_LIMIT = 64


@dataclass(frozen=True)
class DocumentSigner:
    """Signs papers for one person or one computer; whoever is handed it never sees a passphrase.

    ``certificate`` and the certificates of ``chain`` (issuer first) are DER; ``key`` is PKCS#8 DER.
    """

    certificate: bytes
    chain: tuple[bytes, ...]
    key: bytes

    @cached_property
    def _private(self) -> ec.EllipticCurvePrivateKey:
        return _loaded(self.key)

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256 of ``data``, DER."""
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))

    def __repr__(self) -> str:
        return "DocumentSigner()"


@dataclass(frozen=True)
class Authority:
    """The CA of a partnership. ``certificate`` DER, ``key`` PKCS#8 DER."""

    certificate: bytes
    key: bytes

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The key itself, for what is signed besides certificates."""
        return _loaded(self.key)

    @property
    def fits(self) -> bool:
        """Whether the key is the certificate's."""
        return certified_key(self.certificate) == public_of(self.key)

    @classmethod
    def fresh(cls, partnership: str, moment: datetime, last: datetime | None = None) -> "Authority":
        """A new root, valid from ``moment`` for twenty years after ``last``, or after ``moment`` itself."""
        key = new_key()
        private = _loaded(key)
        name = _name(f"{partnership} root {moment:%Y-%m-%d}", partnership)
        usage = _usage(signs_papers=False)
        built = (
            started(name, name, private.public_key(), moment, last or moment, _ROOT_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(private, hashes.SHA256())
        )
        return cls(built.public_bytes(serialization.Encoding.DER), key)

    def issue(
        self,
        name: str,
        public_key: bytes,
        moment: datetime,
        days: int,
        number: str | None = None,
        last: datetime | None = None,
    ) -> bytes:
        """A certificate (DER) for ``public_key`` (SubjectPublicKeyInfo DER), valid from ``moment``.

        It ends ``days`` after ``last``, or after ``moment`` itself: a case that is played through on other days than
        the computer's leaves papers that hold on both (``looked_at`` of the clock).
        ``number`` is a registration number; it stands in the subject as its serial number.
        """
        root = x509.load_der_x509_certificate(self.certificate)
        private = _loaded(self.key)
        (organisation,) = root.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        subject = _name(name, str(organisation.value), number)
        public = serialization.load_der_public_key(public_key)
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise TypeError("not a key on a curve")
        usages = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, _DOCUMENT_SIGNING])
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(private.public_key())
        built = (
            started(subject, root.subject, public, moment, last or moment, days)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_papers=True), critical=True)
            .add_extension(usages, critical=False)
            .add_extension(issuer, critical=False)
            .sign(private, hashes.SHA256())
        )
        return built.public_bytes(serialization.Encoding.DER)

    def __repr__(self) -> str:
        return "Authority()"


def new_key() -> bytes:
    """A fresh P-256 key, PKCS#8 DER."""
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_of(key: bytes) -> bytes:
    """SubjectPublicKeyInfo DER of a PKCS#8 DER key."""
    return (
        _loaded(key)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def expires(certificate: bytes) -> datetime:
    """The moment (aware, UTC) after which a certificate (DER) no longer counts for new signatures."""
    return x509.load_der_x509_certificate(certificate).not_valid_after_utc


def certified_key(certificate: bytes) -> bytes:
    """SubjectPublicKeyInfo DER of the key that a certificate (DER) is for."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _loaded(key: bytes) -> ec.EllipticCurvePrivateKey:
    private = serialization.load_der_private_key(key, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("not a key on a curve")
    return private


def _name(common: str, organisation: str, number: str | None = None) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:_NAME_LIMIT] or "-"),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:_NAME_LIMIT] or "-"),
    ]
    if number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, number[:_NAME_LIMIT]))
    return x509.Name(parts)


def started(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    moment: datetime,
    last: datetime,
    days: int,
) -> x509.CertificateBuilder:
    """What each certificate of ours begins with: good from a little before ``moment`` until ``days`` after ``last``."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - _EARLY)
        .not_valid_after(last + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_papers: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_papers,
        content_commitment=signs_papers,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_papers,
        crl_sign=not signs_papers,
        encipher_only=False,
        decipher_only=False,
    )
