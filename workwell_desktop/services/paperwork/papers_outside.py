"""What is needed to judge a paper without anybody being signed in: the roots that a store or a file vouches for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.documents import Verdict
from workwell_desktop.errors import BadInput
from workwell_desktop.store import read_slots
from workwell_desktop.store.slots import STAMP_ROOTS

__all__ = ["STAMP_ROOTS", "judged_outside", "roots_in", "stamp_roots"]


def roots_in(pem: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) of a PEM file. Raises BadInput ``not_a_certificate``."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return tuple(one.public_bytes(Encoding.DER) for one in load_pem_x509_certificates(pem))
    except ValueError:
        raise BadInput("not_a_certificate") from None


def judged_outside(pdf: bytes, store: Path | None, trust: Sequence[bytes] | None, now: datetime) -> Verdict:
    """Whether a file is genuine, by what stands beside a store for everybody to read: its roots (or ``trust``, DER),
    what they took back, and the roots of timestamps. Which version is the newest, only the store itself knows."""
    if store is None:
        return documents.verify(pdf, trust or (), now=now)
    shown = read_slots(store)
    return documents.verify(
        pdf,
        stamp_roots(shown.roots) if trust is None else trust,
        stamps=stamp_roots(shown.stamps),
        crls=stamp_roots(shown.lists),
        now=now,
    )


def stamp_roots(kept: Iterable[str] | None) -> tuple[bytes, ...]:
    """The roots (DER) that timestamps are held against, from what this computer keeps under ``STAMP_ROOTS``."""
    return tuple(bytes.fromhex(one) for one in kept or ())
