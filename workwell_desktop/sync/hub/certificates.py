"""The hub's certificate and the root that laptops check it against, for who has no other authority to ask."""

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from workwell_desktop.errors import BadInput
from workwell_desktop.store.keys.authority import started

_HOST = re.compile(r"(?=.{1,253}$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
"""A host name as RFC 1123 has it."""
ROOT_DAYS, SERVER_DAYS = 10 * 365, 3 * 365


@dataclass(frozen=True, slots=True)
class ServerPapers:
    """PEM, each. ``key`` belongs on the server alone; ``root`` goes to every laptop. The root's own key is not kept:
    with it gone nobody can make another server that laptops would believe."""

    root: str
    certificate: str
    key: str = field(repr=False)


def server_papers(names: tuple[str, ...], moment: datetime) -> ServerPapers:
    """Papers for a server that is reached by any of ``names`` (host names or addresses), from ``moment`` on. Raises
    BadInput ``server_name`` for one that no computer could reach it by."""
    called = [_name(one.strip()) for one in names]
    root_key, server_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"WorkWell hub root {moment:%Y-%m-%d}")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0].strip()[:64])])
    root = (
        started(issuer, issuer, root_key.public_key(), moment, moment, ROOT_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    server = (
        started(subject, issuer, server_key.public_key(), moment, moment, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(called), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    key = server_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ServerPapers(_pem(root), _pem(server), key.decode())


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(written: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(written))
    except ValueError:
        if not _HOST.fullmatch(written):
            raise BadInput("server_name") from None
        return x509.DNSName(written)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
