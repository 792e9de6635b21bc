"""Who is acting: a person on a computer, with what signs for them while they are signed in."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nacl.signing import SigningKey

from workwell_desktop.domain.records import Id
from workwell_desktop.store.keys.vault import Secrets

if TYPE_CHECKING:
    from workwell_desktop.store.keys.authority import DocumentSigner


@dataclass(frozen=True)
class Identity:
    """``paper`` and ``device_paper`` are the certificates (DER) as they stood when the passphrase was given, or None
    where an administrator has still to issue one."""

    person: Id
    device: Id
    own: Secrets = field(repr=False)
    device_key: bytes = field(repr=False)
    paper: bytes | None = field(repr=False)
    device_paper: bytes | None = field(repr=False)
    root: bytes = field(repr=False)
    changes_key: SigningKey = field(repr=False)
    device_changes_key: SigningKey = field(repr=False)
    """The computer's own Ed25519 key, whose public half stands in its record in every store of the partnership."""

    @property
    def device_public(self) -> bytes:
        """The public half of the computer's Ed25519 key, 32 bytes."""
        return bytes(self.device_changes_key.verify_key)

    def sign_as_device(self, said: bytes) -> bytes:
        """The computer's Ed25519 signature over ``said``, 64 bytes: for the code on a sheet of paper."""
        return bytes(self.device_changes_key.sign(said).signature)

    def signer(self) -> "DocumentSigner":
        """Signs papers as the person. Raises LookupError where there is no certificate."""
        return self._signer(self.paper, self.own.paper_key)

    def device_signer(self) -> "DocumentSigner":
        """Seals the participant's ink as the computer."""
        return self._signer(self.device_paper, self.device_key)

    def _signer(self, certificate: bytes | None, key: bytes) -> "DocumentSigner":
        from workwell_desktop.store.keys.authority import DocumentSigner

        if certificate is None:
            raise LookupError("no certificate was issued")
        return DocumentSigner(certificate, (self.root,), key)
