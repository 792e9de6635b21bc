"""The recovery code: printed once, kept in a safe place, opens the store when every passphrase is forgotten.

Seven groups of four letters and digits (Crockford's base 32, which has no I, L, O or U): 120 random bits and a
checksum of 20, so that a slip of the pen is told from a wrong code.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Self

from workwell_desktop.errors import BadInput

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
_LENGTH = 28


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


def _checksum(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"workwell-recovery" + body.encode()).digest()[:3], "big") >> 4
    return "".join(LETTERS[digest >> shift & 31] for shift in (15, 10, 5, 0))
