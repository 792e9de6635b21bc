"""A small timestamp authority for the tests: ``openssl ts`` answers, behind a server of this computer or none."""

import subprocess
from datetime import datetime
from pathlib import Path

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

_CONFIG = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


class StampAuthority:
    """Root, certificate and key in a folder; ``answer`` turns a request (DER) into a response (DER)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "ts.cnf"
        self.config.write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self._run(
            "req",
            "-x509",
            *key,
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-days",
            "3650",
            "-subj",
            "/CN=Stamps",
            "-addext",
            "basicConstraints=critical,CA:true",
        )
        self._run("req", *key, "-keyout", "ts.key", "-out", "ts.csr", "-subj", "/CN=Stamp 1")
        issued = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650", "-out", "ts.pem"]
        self._run("x509", "-req", "-in", "ts.csr", *issued, "-extfile", str(self.config), "-extensions", "leaf")
        self._run("x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.der")
        self.root = (folder / "ca.der").read_bytes()

    def answer(self, request: bytes) -> bytes:
        (self.folder / "q.tsq").write_bytes(request)
        made = ["-config", str(self.config), "-queryfile", "q.tsq", "-signer", "ts.pem", "-inkey", "ts.key"]
        self._run("ts", "-reply", *made, "-chain", "ca.pem", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()

    def _run(self, *words: str) -> None:
        ours = {"OPENSSL_CONF": "/dev/null", "PATH": "/usr/bin:/bin"}
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True, env=ours)


class PlayedStamps:
    """Answers without a program, with an RSA key, at whatever time ``now`` says; its one certificate is its root's."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.now = start
        root, leaf = rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)
        above = _named("Played stamps root")
        self.root = _certificate(above, above, root, root, start, end, ca=True)
        self._leaf = _certificate(_named("Played stamps"), above, leaf, root, start, end, ca=False)
        self._key = leaf.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def pem(self) -> bytes:
        return x509.load_der_x509_certificate(self.root).public_bytes(serialization.Encoding.PEM)

    def answer(self, request: bytes) -> bytes:
        it = DummyTimeStamper(asn1.Certificate.load(self._leaf), keys.PrivateKeyInfo.load(self._key), fixed_dt=self.now)
        return bytes(it.request_tsa_response(tsp.TimeStampReq.load(request)).dump())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    name: x509.Name,
    above: x509.Name,
    key: rsa.RSAPrivateKey,
    by: rsa.RSAPrivateKey,
    start: datetime,
    end: datetime,
    *,
    ca: bool,
) -> bytes:
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return built.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
