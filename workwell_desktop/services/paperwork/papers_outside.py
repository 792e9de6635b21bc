"""What is needed to judge a paper without anybody being signed in: the roots that a store or a file vouches for."""

from collections.abc import Iterable
from pathlib import Path

from workwell_desktop.errors import BadInput
from workwell_desktop.store import read_slots

STAMP_ROOTS = "app:timestamp_roots"


def roots_in(pem: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of a PEM file. Raises BadInput ``not_a_certificate``."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(one.public_bytes(Encoding.DER) for one in load_pem_x509_certificates(pem))
    except ValueError:
        raise BadInput("not_a_certificate") from None


def roots_of(store: Path) -> tuple[bytes, ...]:
    """The partnership's root and the retired ones (DER), which stand beside the store for everybody to read."""
    return tuple(bytes.fromhex(root) for root in read_slots(store).roots)


def stamp_roots(kept: Iterable[str] | None) -> tuple[bytes, ...]:
    """The roots (DER) that timestamps are held against, from what this computer keeps under ``STAMP_ROOTS``."""
    return tuple(bytes.fromhex(one) for one in kept or ())
