"""The code on a sheet of paper: which paper it is, the hash of what it says, and the computer's own mark.

A printed code cannot hold the hash of its own file, so it holds the hash of the content. It is signed with the
computer's Ed25519 key, whose public half is in every store of the partnership: a sheet can be checked with no network.
"""

import base64
import binascii
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from workwell_desktop.documents.blocks import Composition
from workwell_desktop.documents.layout.ops import PathMark

_MARK = "WW1"


@dataclass(frozen=True)
class Seal:
    """The computer's Ed25519 key: ``public`` 32 bytes, ``sign`` gives 64 bytes."""

    public: bytes
    sign: Callable[[bytes], bytes]

    def payload(self, composition: Composition) -> str:
        """What the code says, in letters that codes pack well."""
        return self.said(composition.document, composition.content_hash)

    def said(self, document: str, content: str) -> str:
        """The same for a paper's number (32 hexadecimal characters) and the hash of what it says (64)."""
        packed = bytes.fromhex(document) + bytes.fromhex(content)
        whole = packed + self.public[:4] + self.sign(_said(document, content))
        return f"{_MARK}:{base64.b32encode(whole).decode().rstrip('=')}"


@dataclass(frozen=True)
class CodeVerdict:
    """What a scanned code says; ``genuine`` when one of the known computers signed it."""

    genuine: bool
    document: str = ""
    content_hash: str = ""


def read_code(scanned: str, keys: Collection[bytes]) -> CodeVerdict:
    """Checks a scanned code against the Ed25519 public keys (32 bytes) of the partnership's computers."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    mark, _, body = scanned.strip().partition(":")
    try:
        whole = base64.b32decode(body + "=" * (-len(body) % 8))
    except (binascii.Error, ValueError):
        return CodeVerdict(False)
    if mark != _MARK or len(whole) != 16 + 32 + 4 + 64:
        return CodeVerdict(False)
    document, content = whole[:16].hex(), whole[16:48].hex()
    for key in keys:
        if key[:4] != whole[48:52]:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(whole[52:], _said(document, content))
        except InvalidSignature:
            continue
        return CodeVerdict(True, document, content)
    return CodeVerdict(False, document, content)


def _said(document: str, content: str) -> bytes:
    return f"workwell paper 1\n{document}\n{content}".encode()


def path(payload: str, size: float) -> PathMark:
    """The code as one path of ``size`` points; runs of dark squares in a row are one rectangle."""
    import segno

    matrix = segno.make(payload, error="m", boost_error=False, micro=False).matrix
    unit = size / len(matrix)
    steps: list[tuple[Any, ...]] = []
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left, right, top, bottom = (n * unit for n in (start, column, row, row + 1))
                corners = ((left, top), (right, top), (right, bottom), (left, bottom))
                steps += [("m" if i == 0 else "l", *corner) for i, corner in enumerate(corners)] + [("z",)]
                start = None
    return PathMark(0, 0, tuple(steps))
