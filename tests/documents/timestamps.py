"""A small timestamp authority for the tests: ``openssl ts`` answers, behind a server of this computer or none."""

import subprocess
from pathlib import Path

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
