"""From a passphrase to a key by Argon2id (RFC 9106): at least 64 MiB, three passes, four lanes."""

import secrets
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from argon2.low_level import Type, hash_secret_raw

FLOOR_KIB = 64 * 1024
FLOOR_PASSES = 3
FLOOR_LANES = 4
_MOST_KIB = 1024 * 1024
_MOST_PASSES = 64
_AIM_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Argon2Profile:
    """How much work one try costs. ``memory`` in KiB."""

    memory: int = FLOOR_KIB
    passes: int = FLOOR_PASSES
    lanes: int = FLOOR_LANES

    @classmethod
    def floor(cls) -> Self:
        """The least that a release build takes."""
        return cls()

    @classmethod
    def calibrated(cls) -> Self:
        """About half a second on this computer, never under the floor: twice the memory at most, then passes."""
        started = time.perf_counter()
        cls().derive("", bytes(16))
        factor = max(1.0, _AIM_SECONDS / max(time.perf_counter() - started, 0.001))
        memory = 2 if factor >= 2 else 1
        passes = max(FLOOR_PASSES, min(_MOST_PASSES, round(FLOOR_PASSES * factor / memory)))
        return cls(FLOOR_KIB * memory, passes, FLOOR_LANES)

    @property
    def weak(self) -> bool:
        """Whether it lies under the floor: fit for tests alone."""
        return self.memory < FLOOR_KIB or self.passes < FLOOR_PASSES or self.lanes < FLOOR_LANES

    def check(self) -> None:
        """Raises ValueError for what a release build must refuse, and for what no computer should be asked to do."""
        if self.weak and is_release():
            raise ValueError("a release build refuses a passphrase that is cheap to guess")
        if self.memory > _MOST_KIB or self.passes > _MOST_PASSES or self.lanes > 64:
            raise ValueError("more work than any store asks for")

    def derive(self, passphrase: str, salt: bytes) -> bytes:
        """A key of 32 bytes. The passphrase counts in its composed form (NFC), whatever keyboard wrote it."""
        self.check()
        return hash_secret_raw(
            unicodedata.normalize("NFC", passphrase).encode(),
            salt,
            time_cost=self.passes,
            memory_cost=self.memory,
            parallelism=self.lanes,
            hash_len=32,
            type=Type.ID,
        )

    def parameters(self) -> dict[str, Any]:
        """As they stand in a slot, with a fresh salt."""
        return {
            "name": "argon2id",
            "memory": self.memory,
            "passes": self.passes,
            "lanes": self.lanes,
            "salt": secrets.token_hex(16),
        }


def derive(parameters: dict[str, Any], passphrase: str) -> bytes:
    """The key for the parameters of a slot. Raises ValueError, KeyError or TypeError where they are not ours."""
    if parameters["name"] != "argon2id":
        raise ValueError("an unknown way from passphrase to key")
    profile = Argon2Profile(int(parameters["memory"]), int(parameters["passes"]), int(parameters["lanes"]))
    return profile.derive(passphrase, bytes.fromhex(parameters["salt"]))


def is_release() -> bool:
    """Whether this is an installed program and not a checkout: a wheel or bundle carries ``_resources`` inside."""
    package = Path(__file__).resolve().parents[2]
    return bool(getattr(sys, "frozen", False)) or (package / "_resources").is_dir()
