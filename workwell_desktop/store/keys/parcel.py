"""A file that only its recipient can read: for a whole case on its way to another partnership.

    words ▶ compressed ▶ padded ▶ sealed under a fresh key ▶ that key sealed under a passphrase, or to somebody's key

    "WorkWell case 1\\n" · length of the header (4 bytes) · header (JSON) · the sealed words

The header says how the key is found and nothing about anybody; it is authenticated with the words. What a stranger
learns is the size, to about a tenth: it is padded as Padmé does (Nikitin and others, 2019), and to 64 KiB at least.
"""

import hashlib
import json
import secrets
import zlib
from typing import Any

from nacl.exceptions import CryptoError

from workwell_desktop.errors import BadInput
from workwell_desktop.store.keys import kdf, seal
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import LETTERS, LOOKALIKES
from workwell_desktop.store.keys.seal import SealBroken

MAGIC = b"WorkWell case "
_LINE = MAGIC + b"1\n"
MOST_HEADER = 4096
_LEAST = 64 * 1024
_MOST_KIB, _MOST_PASSES, _MOST_LANES = 256 * 1024, 16, 8
"""The work that a file may ask of the computer that opens it: a few seconds, whoever wrote its header."""
_CHECK = 4


def is_sealed(source: bytes) -> bool:
    """Whether the bytes say that they are such a file, of this version or another."""
    return source.startswith(MAGIC)


def needs_passphrase(source: bytes) -> bool:
    """Whether it opens by a passphrase, and not by the key of the person whose code it was made for. Raises as
    ``opened``."""
    header, _sealed, _mark = _parts(source)
    return bool(header["for"] == "passphrase")


def sealed_by_passphrase(words: bytes, passphrase: str, profile: Argon2Profile) -> bytes:
    """The file for whoever was told the passphrase. Argon2id as for a store's own slots."""
    parameters = profile.parameters()
    key = secrets.token_bytes(32)
    held = seal.seal(seal.subkey(kdf.derive(parameters, passphrase), "case"), key, parameters)
    return _file({"for": "passphrase", "kdf": parameters, "key": held.hex()}, key, words)


def sealed_to_code(words: bytes, code: str) -> bytes:
    """The file for the person who gave this receiving code. Raises BadInput ``receiving_code``."""
    key = secrets.token_bytes(32)
    try:
        held = seal.seal_to(_key_of(code), key)
    except (CryptoError, ValueError, RuntimeError):
        raise BadInput("receiving_code") from None
    return _file({"for": "key", "key": held.hex()}, key, words)


def opened(source: bytes, passphrase: str | None, seed: bytes, most: int) -> bytes:
    """The words, ``most`` bytes at most. ``seed`` is the Ed25519 seed of who opens it.

    Raises BadInput: ``sealed_newer`` for another version, ``sealed_damaged`` for a file that is not whole or asks for
    absurd work, ``sealed_passphrase`` and ``sealed_other`` where the key is not the right one or a byte was changed,
    ``file_too_big``.
    """
    header, sealed, mark = _parts(source)
    by_passphrase = header["for"] == "passphrase"
    try:
        held = bytes.fromhex(header["key"])
        if by_passphrase:
            derived = kdf.derive(_bearable(header["kdf"]), passphrase or "")
            key = seal.unseal(seal.subkey(derived, "case"), held, header["kdf"])
        else:
            key = seal.unseal_with(seed, held)
        padded = seal.unseal(key, sealed, {"header": mark})
    except SealBroken:
        raise BadInput("sealed_passphrase" if by_passphrase else "sealed_other") from None
    except (KeyError, TypeError, ValueError):
        raise BadInput("sealed_damaged") from None
    return _inflated(padded[8 : 8 + int.from_bytes(padded[:8])], most)


def receiving_code(verify_key: bytes) -> str:
    """A person's public key as letters to send or read out: fourteen groups of four, the last of them a check."""
    number, letters = int.from_bytes(verify_key), ""
    for shift in range(255, -1, -5):
        letters += LETTERS[number >> shift & 31]
    letters += _check(letters)
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _key_of(code: str) -> bytes:
    letters = "".join(letter for letter in code.upper() if letter.isalnum()).translate(LOOKALIKES)
    body, check = letters[:-_CHECK], letters[-_CHECK:]
    if len(body) != 52 or not set(letters) <= set(LETTERS) or _check(body) != check:
        raise ValueError(len(body))
    number = 0
    for letter in body:
        number = number << 5 | LETTERS.index(letter)
    # 52 letters hold 260 bits; more than 256 is no key
    if number >> 256:
        raise ValueError(number.bit_length())
    return number.to_bytes(32)


def _check(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(b"workwell-receiving" + body.encode()).digest()[:3]) >> 4
    return "".join(LETTERS[digest >> shift & 31] for shift in (15, 10, 5, 0))


def _file(header: dict[str, Any], key: bytes, words: bytes) -> bytes:
    packed = zlib.compress(words)
    body = len(packed).to_bytes(8) + packed
    body += bytes(_padded(len(body)) - len(body))
    start = headed(_LINE, header)
    return start + seal.seal(key, body, {"header": mark_of(start)})


def headed(line: bytes, header: dict[str, Any]) -> bytes:
    """How a sealed file begins: the line that names it, the length of its header, and the header."""
    written = json.dumps(header, sort_keys=True).encode()
    return line + len(written).to_bytes(4) + written


def mark_of(start: bytes) -> str:
    """What binds the sealed words to the header before them."""
    return hashlib.sha256(start).hexdigest()


def header_in(source: bytes, line: bytes) -> tuple[dict[str, Any], int]:
    """The header of a file that begins with ``line``, and where what follows begins. Raises ValueError for none."""
    at = len(line) + 4
    length = int.from_bytes(source[len(line) : at])
    if not source.startswith(line) or length > MOST_HEADER or len(source) < at + length:
        raise ValueError(length)
    try:
        header = json.loads(source[at : at + length])
    except RecursionError:
        raise ValueError(length) from None
    if not isinstance(header, dict):
        raise ValueError(length)
    return header, at + length


def _padded(length: int) -> int:
    """Padmé: the lowest bits are rounded up, fewer of them the shorter the number."""
    if length <= _LEAST:
        return _LEAST
    exponent = length.bit_length() - 1
    low = exponent - exponent.bit_length()
    return (length + (1 << low) - 1) >> low << low


def _parts(source: bytes) -> tuple[dict[str, Any], bytes, str]:
    """The header, the sealed words, and the mark that binds them."""
    if not source.startswith(_LINE):
        raise BadInput("sealed_newer" if is_sealed(source) else "sealed_damaged")
    try:
        header, at = header_in(source, _LINE)
    except ValueError:
        raise BadInput("sealed_damaged") from None
    if header.get("for") not in ("passphrase", "key"):
        raise BadInput("sealed_damaged")
    return header, source[at:], mark_of(source[:at])


def _bearable(parameters: Any) -> dict[str, Any]:
    """Raises ValueError for more work than a file may ask for, TypeError or KeyError for no parameters."""
    if not isinstance(parameters, dict):
        raise TypeError
    for name, most in (("memory", _MOST_KIB), ("passes", _MOST_PASSES), ("lanes", _MOST_LANES)):
        if type(parameters[name]) is not int or not 1 <= parameters[name] <= most:
            raise ValueError(name)
    return parameters


def _inflated(packed: bytes, most: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        words = unpacking.decompress(packed, most + 1)
    except zlib.error:
        raise BadInput("sealed_damaged") from None
    if len(words) > most:
        raise BadInput("file_too_big")
    if not unpacking.eof:
        raise BadInput("sealed_damaged")
    return words
