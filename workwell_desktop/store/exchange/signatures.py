"""Looking at many signatures in a program of its own, beside the one that writes what they sign.

    this program ── how many keys, how many · keys · (signature, digest) … ──▶ the same program, begun with ``WORD``
                 ◀── one byte for each: which of the keys made it, 0 for none ──

A signature takes fifty microseconds, and a hundred thousand of them as long as writing what they sign. What is handed
over are keys, signatures and hashes: neither a value nor a name. The other program ends when its input does, so that
nothing is left over whatever becomes of this one; and where it cannot be begun, or ends early, its work is done here.
This module imports as little as it can, for it is what the other program waits for.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import IO

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

WORD = "--signatures"
"""What a bundled program is begun with to do nothing else; ``packaging/start.py`` knows it."""
PIECE = 96
"""Bytes: a signature of 64 and the digest of 32 that it signs."""
MOST_KEYS = 255
_KEY = 32
_HEAD = 5
_GREETING = b"workwell signatures 1\n"


def makers(keys: Sequence[bytes], pieces: bytes) -> bytes:
    """Which of the keys, counted from 1, made each of the signatures; 0 for those that none of them made."""
    found = bytearray(len(pieces) // PIECE)
    for at in range(len(found)):
        piece = pieces[at * PIECE : (at + 1) * PIECE]
        for number, key in enumerate(keys, 1):
            try:
                crypto_sign_open(piece, key)
            except (BadSignatureError, ValueError, TypeError):
                continue
            found[at] = number
            break
    return bytes(found)


def serve(asked: IO[bytes], said: IO[bytes]) -> None:
    """Answers until there is nothing more to read."""
    said.write(_GREETING)
    said.flush()
    while len(head := asked.read(_HEAD)) == _HEAD:
        keys = asked.read(head[0] * _KEY)
        pieces = asked.read(int.from_bytes(head[1:]) * PIECE)
        said.write(makers([keys[at : at + _KEY] for at in range(0, len(keys), _KEY)], pieces))
        said.flush()


def main() -> None:
    """The other program. A bundle with a window has neither ``sys.stdin`` nor ``sys.stdout``, but both of its pipes."""
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as said:
        serve(asked, said)


class Beside:
    """The other program, begun when it is first asked. For one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._gone = False

    def makers(self, keys: Sequence[bytes], pieces: bytes) -> bytes:
        """As the function of this name, which stands in where the other program does not answer."""
        found = None if self._gone or len(keys) > MOST_KEYS else self._asked(keys, pieces)
        return makers(keys, pieces) if found is None else found

    def _asked(self, keys: Sequence[bytes], pieces: bytes) -> bytes | None:
        many = len(pieces) // PIECE
        try:
            asked, said = self._pipes()
            asked.write(b"".join((bytes([len(keys)]), many.to_bytes(_HEAD - 1), *keys, pieces)))
            asked.flush()
            found = said.read(many)
        except (OSError, ValueError):
            found = b""
        if len(found) == many and max(found, default=0) <= len(keys):
            return found
        self.end()
        return None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Raises OSError where the program cannot be begun, ValueError where something else answers."""
        begun = self._process is None
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        asked, said = self._process.stdin, self._process.stdout
        if asked is None or said is None or (begun and said.read(len(_GREETING)) != _GREETING):
            raise ValueError("no answer")
        return asked, said

    def end(self) -> None:
        """Ends the program, which holds nothing that could be lost; it is not begun again."""
        self._gone = True
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-P", "-m", __name__]


if __name__ == "__main__":
    main()
