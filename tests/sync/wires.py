"""Things that stand between a laptop and its hub: a page of a hotel, a proxy, a false server, a cable that is cut."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[socket.socket], None]


@contextmanager
def server(talk: Talk) -> Iterator[int]:
    """Answers each connection with ``talk``; gives the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def one(wire: socket.socket) -> None:
        with wire, suppress(OSError):
            wire.settimeout(5)
            talk(wire)

    def accept() -> None:
        with suppress(OSError):
            while True:
                wire, _address = listening.accept()
                threads.append(threading.Thread(target=one, args=(wire,)))
                threads[-1].start()

    threads.append(threading.Thread(target=accept))
    threads[0].start()
    try:
        yield listening.getsockname()[1]
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in threads:
            thread.join(10)


def page(status: str, body: str = "<html>Welcome, please accept our terms</html>") -> Talk:
    def talk(wire: socket.socket) -> None:
        wire.recv(64)
        wire.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())

    return talk


def false_hub(certificate: Path, key: Path) -> Talk:
    """Speaks as PostgreSQL does up to TLS, with a certificate of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def talk(wire: socket.socket) -> None:
        wire.recv(8)
        wire.sendall(b"S")
        with suppress(ssl.SSLError), context.wrap_socket(wire, server_side=True) as safe:
            safe.recv(64)

    return talk


def certificate(folder: Path, *, days: tuple[int, int], host: str = "localhost") -> tuple[Path, Path, str]:
    """A self-signed one, good from and until so many days from now: its file, its key's, and itself as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "server.pem").write_bytes(pem)
    (folder / "server.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "server.pem", folder / "server.key", pem.decode()


def cutter(host: str, port: int, after: int, *, swallows: bool = False) -> Talk:
    """Passes bytes on in both directions, and cuts the cable when so many have come from the laptop; or ``swallows``
    what comes then, and keeps the line as if somebody were there."""

    def talk(wire: socket.socket) -> None:
        with socket.create_connection((host, port), timeout=5) as far:
            back = threading.Thread(target=_copy, args=(far, wire))
            back.start()
            passed = 0
            with suppress(OSError):
                while passed < after and (piece := wire.recv(min(4096, after - passed))):
                    far.sendall(piece)
                    passed += len(piece)
                while swallows and wire.recv(4096):
                    pass
            for end in (far, wire):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            back.join(10)

    return talk


def _copy(giver: socket.socket, taker: socket.socket) -> None:
    with suppress(OSError):
        while piece := giver.recv(4096):
            taker.sendall(piece)
