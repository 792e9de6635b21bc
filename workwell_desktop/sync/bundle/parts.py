"""The file itself: sealed to one computer, in numbered parts, each of which can be read by itself.

    "WorkWell changes 1\\n" · length of the header · header (JSON) · part · part · …
    part: length (4 bytes) · XChaCha20-Poly1305 of canonical CBOR, bound to the header and to its number

The header names the receiver, how many parts there are and until when the file is good; the key of the parts is sealed
to the receiver's own key. How many there are is known when the last is written, so a last part says it again, and every
part is bound to the header as it stood before. Nothing is compressed: hashes and signatures do not shrink, and what
does not unfold cannot be a bomb. A part is at most 32 MiB, and never longer than what is left of the file.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import cbor2

from workwell_desktop.errors import BadInput
from workwell_desktop.store.keys import parcel, seal
from workwell_desktop.store.keys.seal import SealBroken

MAGIC = b"WorkWell changes "
LINE = MAGIC + b"1\n"
MOST_PART = 32 * 1024 * 1024
END = "e"
_NONE = "00000000"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Head:
    """Who it is from and for (ids of computers), of which partnership, and its last good day."""

    sender: str
    receiver: str
    partnership: str
    until: date


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose key was opened, and how many parts it says that it has. ``mark`` binds them to the header."""

    head: Head
    key: bytes
    mark: str
    parts: int


def write(file: IO[bytes], head: Head, verify_key: bytes, contents: Iterable[Any]) -> int:
    """Writes a file, part by part; how many there are. ``verify_key`` is the receiver's Ed25519 key. Raises ValueError
    or CryptoError for what is no key."""
    key = secrets.token_bytes(32)
    said = {
        "from": head.sender,
        "to": head.receiver,
        "partnership": head.partnership,
        "parts": _NONE,
        "until": head.until.isoformat(),
        "key": seal.seal_to(verify_key, key).hex(),
    }
    start = parcel.headed(LINE, said)
    file.write(start)
    number = 0
    for number, content in enumerate(contents, 1):
        _put(file, key, parcel.mark_of(start), number, content)
    number += 1
    _put(file, key, parcel.mark_of(start), number, [END, number])
    file.seek(0)
    file.write(parcel.headed(LINE, said | {"parts": f"{number:0{len(_NONE)}}"}))
    return number


def _put(file: IO[bytes], key: bytes, mark: str, number: int, content: Any) -> None:
    sealed = seal.seal(key, cbor2.dumps(content), {"header": mark, "part": number})
    file.write(len(sealed).to_bytes(4) + sealed)


def open_file(
    file: IO[bytes], device: str, partnership: str, today: date, unsealed: Callable[[bytes], bytes]
) -> Opened:
    """Reads the header of a file and opens its key. Nothing of the parts is looked at.

    Raises BadInput: ``bundle_file``, ``bundle_newer``, ``bundle_other``, ``bundle_partnership``, ``bundle_expired``,
    ``bundle_damaged``.
    """
    source = file.read(len(LINE) + 4 + parcel.MOST_HEADER)
    if not source.startswith(LINE):
        raise BadInput("bundle_newer" if source.startswith(MAGIC) else "bundle_file")
    try:
        said, at = parcel.header_in(source, LINE)
        head, held, parts = _head(said), bytes.fromhex(said["key"]), int(said["parts"])
        start = parcel.headed(LINE, said | {"parts": _NONE})
        if parts < 1 or len(start) != at:
            raise ValueError("header")
    except (ValueError, KeyError, TypeError):
        raise BadInput("bundle_file") from None
    if head.receiver != device:
        raise BadInput("bundle_other")
    if head.partnership != partnership:
        raise BadInput("bundle_partnership")
    if head.until < today:
        raise BadInput("bundle_expired", day=head.until)
    try:
        key = unsealed(held)
    except SealBroken:
        # it says that it is for this computer: what was changed on its way is the key
        raise BadInput("bundle_damaged", part=1, parts=parts) from None
    file.seek(at)
    return Opened(head, key, parcel.mark_of(start), parts)


def parts_of(file: IO[bytes], opened: Opened, left: int) -> Iterator[Any]:
    """The parts in turn; ``left`` is how many bytes of the file follow the header.

    Raises BadInput ``bundle_cut`` where the file ends before its last part, ``bundle_damaged`` where one was changed.
    """
    parts = opened.parts
    for number in range(1, parts + 1):
        prefix = file.read(4)
        length = int.from_bytes(prefix)
        left -= 4
        if len(prefix) < 4 or length > left:
            damaged = len(prefix) == 4 and length > MOST_PART
            raise BadInput(
                "bundle_damaged" if damaged else "bundle_cut", part=number if damaged else number - 1, parts=parts
            )
        if length > MOST_PART:
            raise BadInput("bundle_damaged", part=number, parts=parts)
        sealed = file.read(length)
        left -= length
        try:
            content = cbor2.loads(seal.unseal(opened.key, sealed, {"header": opened.mark, "part": number}))
            ended = content[0] == END
        except (SealBroken, cbor2.CBORDecodeError, RecursionError, ValueError, TypeError, LookupError):
            raise BadInput("bundle_damaged", part=number, parts=parts) from None
        if ended:
            return
        yield content
    raise BadInput("bundle_cut", part=parts, parts=parts + 1)


def _head(said: dict[str, Any]) -> Head:
    ids = (said["from"], said["to"], said["partnership"])
    if any(not isinstance(one, str) or len(one) != 32 or not set(one) <= _HEX for one in ids):
        raise ValueError("ids")
    return Head(*ids, date.fromisoformat(said["until"]))
