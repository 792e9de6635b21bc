"""Sealing secrets: XChaCha20-Poly1305 under a key, or a sealed box to somebody's public key (both libsodium's)."""

import hashlib
import json
import secrets
from collections.abc import Mapping

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.public import SealedBox
from nacl.signing import SigningKey, VerifyKey

_NONCE = 24


class SealBroken(Exception):
    """A wrong key, or bytes that somebody changed: the two cannot be told apart."""


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose alone, so that no seal ever opens another's."""
    return hashlib.blake2b(purpose.encode(), key=key, digest_size=32, person=b"workwell-key").digest()


def seal(key: bytes, secret: bytes, about: Mapping[str, object]) -> bytes:
    """``about`` is authenticated with the secret, not hidden."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(secret, _bytes(about), nonce, key)


def unseal(key: bytes, sealed: bytes, about: Mapping[str, object]) -> bytes:
    """Raises SealBroken."""
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[_NONCE:], _bytes(about), sealed[:_NONCE], key)
    except (CryptoError, ValueError, TypeError) as trouble:
        raise SealBroken from trouble


def seal_to(verify_key: bytes, secret: bytes) -> bytes:
    """For the holder of the Ed25519 key alone; needs no secret of theirs."""
    return bytes(SealedBox(VerifyKey(verify_key).to_curve25519_public_key()).encrypt(secret))


def unseal_with(signing_key: bytes, sealed: bytes) -> bytes:
    """The counterpart of ``seal_to``. Raises SealBroken."""
    try:
        return SealedBox(SigningKey(signing_key).to_curve25519_private_key()).decrypt(sealed)
    except (CryptoError, ValueError, TypeError) as trouble:
        raise SealBroken from trouble


def _bytes(about: Mapping[str, object]) -> bytes:
    return json.dumps(about, sort_keys=True, separators=(",", ":")).encode()
