"""The recovery code: printed once, kept in a safe place, opens the store when every passphrase is forgotten.

Seven groups of four letters and digits (Crockford's base 32, which has no I, L, O or U): 120 random bits and a
checksum of 20, so that a slip of the pen is told from a wrong code.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Self

from nacl.public import PrivateKey

from workwell_desktop.errors import BadInput

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
_LENGTH = 28
_ESCROW_LENGTH = 56


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """``letters`` are the 28 letters without breaks."""

    letters: str

    @classmethod
    def fresh(cls) -> Self:
        body = "".join(secrets.choice(LETTERS) for _ in range(_LENGTH - 4))
        return cls(body + _checksum(body))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """From what somebody typed, however they broke it up; BadInput ``recovery_code`` where it cannot be right."""
        letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(LOOKALIKES)
        wrong = len(letters) != _LENGTH or any(letter not in LETTERS for letter in letters)
        if wrong or _checksum(letters[:-4]) != letters[-4:]:
            raise BadInput("recovery_code")
        return cls(letters)

    @property
    def groups(self) -> tuple[str, ...]:
        """As printed."""
        return tuple(self.letters[at : at + 4] for at in range(0, _LENGTH, 4))

    def matches(self, typed: str) -> bool:
        """Whether ``typed`` is this code: it must be typed back once before the page lets go of it."""
        try:
            return secrets.compare_digest(self.parse(typed).letters, self.letters)
        except BadInput:
            return False

    def __str__(self) -> str:
        return "-".join(self.groups)


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """The partnership's own way in: 32 random bytes (an X25519 key) as fourteen groups of four, the last a check.

    A store keeps the public half alone, so that a change of the store's key needs nobody to fetch this one.
    """

    private: bytes

    @classmethod
    def fresh(cls) -> Self:
        return cls(secrets.token_bytes(32))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """From what somebody typed; BadInput ``recovery_code`` where it cannot be right."""
        letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(LOOKALIKES)
        body, check = letters[:-4], letters[-4:]
        number = 0
        for letter in body:
            number = number << 5 | max(LETTERS.find(letter), 0)
        if (
            len(letters) != _ESCROW_LENGTH
            or not set(letters) <= set(LETTERS)
            or _checksum(body) != check
            or number >> 256
        ):
            raise BadInput("recovery_code")
        return cls(number.to_bytes(32))

    @property
    def public(self) -> bytes:
        return bytes(PrivateKey(self.private).public_key)

    @property
    def groups(self) -> tuple[str, ...]:
        """As printed."""
        number = int.from_bytes(self.private)
        body = "".join(LETTERS[number >> shift & 31] for shift in range(255, -1, -5))
        letters = body + _checksum(body)
        return tuple(letters[at : at + 4] for at in range(0, _ESCROW_LENGTH, 4))

    def matches(self, typed: str) -> bool:
        """Whether ``typed`` is this key: it must be typed back once before the page lets go of it."""
        try:
            return secrets.compare_digest(self.parse(typed).private, self.private)
        except BadInput:
            return False

    def __str__(self) -> str:
        return "-".join(self.groups)

    def __repr__(self) -> str:
        return "EscrowKey()"


def is_escrow(typed: str) -> bool:
    """Whether what was typed is as long as an escrow key, and not as a recovery code."""
    return sum(letter.isalnum() for letter in typed) > _LENGTH


def _checksum(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"workwell-recovery" + body.encode()).digest()[:3], "big") >> 4
    return "".join(LETTERS[digest >> shift & 31] for shift in (15, 10, 5, 0))
