"""One change: a field of a record set to a value by a person. The header is signed and chained; the value is apart.

The header is canonical CBOR of one list:

    [1, kind, record, scope, field, author, device, incarnation, number, lamport, at, replaces, previous, seal]

Ids are 16 bytes, hashes 32. ``number`` counts from 1 in the stream of one scope and one incarnation of a device,
``previous`` is the hash of the change before it in that stream (zeros before the first), ``at`` the wall time as
claimed (milliseconds since 1970), ``replaces`` the hashes that the author had before them, and ``seal`` is
HMAC-SHA-256(salt, value), so that a value can be erased by law and the chain still verifies. The id of a change is
SHA-256 of its header; the Ed25519 signature is over that.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import cbor2
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

VERSION = 1
FOLLOWED = 2**53
"""Lamport counters from here on are kept and not gone on from: nobody gets there by counting, and whoever went on from
the highest that a header can hold could never write again."""
_PARTS = 14
_ID, _HASH, _MOST = 16, 32, 2**62
_LONGEST, _MOST_PARTS, _NEWEST = 1024 * 1024, 255, 23
"""Bytes and parts of a header, and its version: a hub reads no more, and whoever took one in could hand nothing on."""
SALT, LARGEST = 16, 1024 * 1024
"""Bytes of a salt, and the most of a value."""
_BLOCK = 64
_INNER, _OUTER = bytes(byte ^ 0x36 for byte in range(256)), bytes(byte ^ 0x5C for byte in range(256))


class Change(NamedTuple):
    """A signed header. Ids and hashes are lower-case hexadecimal. A tuple, since hundreds of thousands are made."""

    id: str
    kind: str
    record: str
    scope: str
    field: str
    author: str
    device: str
    incarnation: str
    number: int
    lamport: int
    at: int
    replaces: tuple[str, ...]
    previous: str
    seal: str
    header: bytes
    signature: bytes
    version: int = VERSION

    @classmethod
    def read(cls, header: bytes, signature: bytes) -> Self:
        """From the bytes of another store. Raises ValueError where they are not a change."""
        try:
            parts = cbor2.loads(header)
            if (
                not isinstance(parts, list)
                or not _PARTS <= len(parts) <= _MOST_PARTS
                or len(header) > _LONGEST
                or cbor2.dumps(parts, canonical=True) != header
            ):
                raise ValueError("not a change")
            return cls._of(parts, header, signature)
        except (cbor2.CBORDecodeError, TypeError, AttributeError) as trouble:
            raise ValueError("not a change") from trouble

    @classmethod
    def _of(cls, parts: list[Any], header: bytes, signature: bytes) -> Self:
        version, kind, record, scope, field, author, device, incarnation, number, lamport, at = parts[:11]
        replaces, previous, seal = parts[11:14]
        if (
            not (len(record) == len(scope) == len(author) == len(device) == len(incarnation) == _ID)
            or not (len(previous) == len(seal) == _HASH)
            or not (type(version) is type(number) is type(lamport) is type(at) is int)
            or not (0 <= version <= _NEWEST and 0 < number < _MOST and 0 <= lamport < _MOST and 0 <= at < _MOST)
            or not (_is_word(kind) and _is_word(field))
            or type(replaces) is not list
            or (replaces and any(len(one) != _HASH for one in replaces))
        ):
            raise ValueError("not a change")
        return cls(
            hashlib.sha256(header).hexdigest(),
            kind,
            record.hex(),
            scope.hex(),
            field,
            author.hex(),
            device.hex(),
            incarnation.hex(),
            number,
            lamport,
            at,
            tuple([one.hex() for one in replaces]) if replaces else (),
            previous.hex(),
            seal.hex(),
            header,
            signature,
            version,
        )

    def signed_by(self, verify_key: bytes) -> bool:
        try:
            VerifyKey(verify_key).verify(bytes.fromhex(self.id), self.signature)
        except (BadSignatureError, ValueError, TypeError):
            return False
        return True

    def seals(self, salt: bytes, value: bytes) -> bool:
        """Whether ``value`` is the one that was signed."""
        return hmac.compare_digest(seal_of(salt, value).hex(), self.seal)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which stream a new change goes, and who writes it."""

    author: str
    device: str
    incarnation: str
    number: int
    previous: str
    lamport: int
    at: int


def seal_of(salt: bytes, value: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104), written out: the library's own takes ten times as long to begin as to reckon."""
    key = (hashlib.sha256(salt).digest() if len(salt) > _BLOCK else salt).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(key.translate(_INNER) + value).digest()
    return hashlib.sha256(key.translate(_OUTER) + inner).digest()


def _is_word(said: Any) -> bool:
    """Whether a hub reads it as the name of a kind or of a field: at most 65,535 bytes, none of them 0."""
    return isinstance(said, str) and "\0" not in said and (len(said) < 2**14 or len(said.encode()) < 2**16)


def is_storable(salt: bytes, value: bytes) -> bool:
    """Whether a hub keeps a salt and a value of these lengths."""
    return len(salt) == SALT and len(value) <= LARGEST


def make(
    place: Place,
    *,
    kind: str,
    record: str,
    scope: str,
    field: str,
    replaces: tuple[str, ...],
    salt: bytes,
    value: bytes,
    key: SigningKey,
) -> Change:
    """A signed change. ``value`` as ``fields.encode`` writes it."""
    seal = seal_of(salt, value)
    ordered = sorted(replaces)
    header = cbor2.dumps(
        [
            VERSION,
            kind,
            bytes.fromhex(record),
            bytes.fromhex(scope),
            field,
            bytes.fromhex(place.author),
            bytes.fromhex(place.device),
            bytes.fromhex(place.incarnation),
            place.number,
            place.lamport,
            place.at,
            [bytes.fromhex(one) for one in ordered],
            bytes.fromhex(place.previous),
            seal,
        ]
    )
    digest = hashlib.sha256(header)
    return Change(
        digest.hexdigest(),
        kind,
        record,
        scope,
        field,
        place.author,
        place.device,
        place.incarnation,
        place.number,
        place.lamport,
        place.at,
        tuple(ordered),
        place.previous,
        seal.hex(),
        header,
        key.sign(digest.digest()).signature,
    )
