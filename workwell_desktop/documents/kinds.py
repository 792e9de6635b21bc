"""What the callers of ``documents`` hand in and get back, without anything slow to import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable


class DocumentSigner(Protocol):
    """A person's or a device's P-256 key, wherever it lives; a passphrase never comes near this package."""

    @property
    def certificate(self) -> bytes:
        """DER."""
        ...

    @property
    def chain(self) -> tuple[bytes, ...]:
        """DER of the certificates between it and the root, the root among them or not."""
        ...

    def sign(self, data: bytes) -> bytes:
        """DER of an ECDSA signature over the SHA-256 of ``data``."""
        ...


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the pen: points (x, y) in the units of the ink's box, y downwards."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """What was drawn on the screen. ``width`` and ``height`` are the size of the box that it was drawn in."""

    strokes: tuple[Stroke, ...]
    width: float
    height: float


class Register(Protocol):
    """What the document register of this store knows about a content."""

    def superseded_on(self, content_hash: str) -> date | None:
        """The London day on which a newer version took its place, or None."""
        ...


@runtime_checkable
class FullRegister(Register, Protocol):
    """One that also knows which version is the newest, and the files themselves."""

    def newer_version(self, content_hash: str) -> int | None:
        """The number of the version that counts now, where another one does."""
        ...

    def files(self, content_hash: str) -> Sequence[bytes]:
        """The signed files that are kept under this content."""
        ...


@runtime_checkable
class ProvingRegister(Register, Protocol):
    """One that can say since when it keeps a file, and which certificates were taken back."""

    def kept_since(self, content_hash: str, start: bytes) -> datetime | None:
        """The moment at which a file that begins so came into the register, or None."""
        ...

    def revoked(self) -> Sequence[tuple[bytes, int, datetime]]:
        """Root (DER), serial number and moment of each certificate that counts no more."""
        ...


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature. ``level`` is ``B-B``, ``B-T``, ``B-LT`` or ``B-LTA``; ``reason`` a sentence, empty when ok.

    ``note`` is a sentence about one that is ok: its certificate has run out or was taken back since, or a clock was
    wrong. ``proven`` is the earliest moment at which a timestamp or the register shows that it stood in the file.
    """

    name: str
    role: str
    field: str
    time: datetime | None
    level: str
    ok: bool
    reason: str
    note: str = ""
    proven: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The keys of ``workwell verify --json``."""
        return {
            "name": self.name,
            "role": self.role,
            "field": self.field,
            "time": self.time.isoformat() if self.time else None,
            "level": self.level,
            "ok": self.ok,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found. ``status`` is ``complete``, ``incomplete``, ``changed``, ``not_trusted``, ``superseded``
    or ``unreadable``; ``code`` names the finding for tests and logs, ``reason`` says it to a person."""

    status: str
    code: str
    reason: str
    signatures: tuple[SignatureVerdict, ...] = ()
    changed_after_signing: bool = False
    expected: int = 0
    present: int = 0
    content_hash: str | None = None
    kind: str | None = None
    title: str | None = None
    changed_pages: tuple[int, ...] = ()

    @property
    def valid(self) -> bool:
        """True for ``complete`` alone."""
        return self.status == "complete"

    def as_json(self) -> Mapping[str, Any]:
        """The object that ``workwell verify --json`` prints."""
        return {
            "valid": self.valid,
            "status": self.status,
            "signatures": [signature.as_json() for signature in self.signatures],
            "changed_after_signing": self.changed_after_signing,
            "expected": self.expected,
            "present": self.present,
            "reason": self.reason,
        }
