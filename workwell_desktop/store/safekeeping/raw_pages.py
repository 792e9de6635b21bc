"""The pages of an encrypted store read one by one, without the database: what is left when it will not open.

    page 4096 bytes:  content, sealed by AES-256-CBC | IV 16 | HMAC-SHA-512 64, over content, IV and page number

SQLCipher 4 (https://www.zetetic.net/sqlcipher/design) over SQLite (https://sqlite.org/fileformat2.html). A page whose
HMAC does not fit is opened all the same: a wrong byte garbles one block of sixteen and a byte of the next. Whatever is
read is proved by the log's own hashes, never by the page.
"""

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
_IV, _MAC = 16, 64
_USABLE = PAGE - _IV - _MAC
_SALT = 16
_PAGES_AT = 28
"""Where the first page says how many there are."""
_WAL_HEAD, _WAL_FRAME = 32, 24
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 13, 10, 2
_MOST_OVERFLOW = 6000
"""Pages of one row: over the 20 MB of the largest blob."""

Cell: TypeAlias = int | float | str | bytes | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass
class RawPages:
    """Every page of the file, and of its write-ahead log, in the clear, in memory alone."""

    pages: dict[int, bytes] = field(default_factory=dict)
    """The newest of each number."""
    older: list[tuple[int, bytes]] = field(default_factory=list)
    """Those that the log replaced: what a damaged page of the log held may stand here."""
    damaged: list[int] = field(default_factory=list)
    """Numbers of pages whose HMAC does not fit."""
    missing: int = 0
    """Pages that the file should have by its first page, and that stand nowhere: its end was cut off."""

    def __repr__(self) -> str:
        return "RawPages()"

    def rows(self, *, older: bool) -> Iterator[tuple[int | None, Row]]:
        """Rowid (None in a table without) and cells of each row on each page that has any: of the newest pages, or of
        those that the log replaced."""
        for number, page in self.older if older else sorted(self.pages.items()):
            yield from self._rows_on(page, 100 if number == 1 else 0)

    def _rows_on(self, page: bytes, start: int) -> Iterator[tuple[int | None, Row]]:
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
            return
        # between its children an index holds rows that stand nowhere else
        head, child = (12, 4) if kind == _INDEX_INTERIOR else (8, 0)
        (count,) = struct.unpack_from(">H", page, start + 3)
        for place in range(min(count, (_USABLE - start - head) // 2)):
            (at,) = struct.unpack_from(">H", page, start + head + 2 * place)
            try:
                yield self._cell(page, at + child, table=kind == _TABLE_LEAF)
            except (IndexError, ValueError, struct.error, KeyError):
                continue  # a cell that the damage reached; what it held is found missing by the log

    def _cell(self, page: bytes, at: int, *, table: bool) -> tuple[int | None, Row]:
        length, at = _varint(page, at)
        rowid: int | None = None
        if table:
            rowid, at = _varint(page, at)
        most = _USABLE - 35 if table else (_USABLE - 12) * 64 // 255 - 23
        least = (_USABLE - 12) * 32 // 255 - 23
        local = length
        if length > most:
            local = least + (length - least) % (_USABLE - 4)
            local = local if local <= most else least
        payload = page[at : at + local]
        if len(payload) < local:
            raise ValueError(local)
        if local < length:
            (after,) = struct.unpack_from(">I", page, at + local)
            payload += self._overflow(after, length - local)
        return rowid, _record(payload)

    def _overflow(self, number: int, left: int) -> bytes:
        parts: list[bytes] = []
        while left > 0:
            if number == 0 or len(parts) > _MOST_OVERFLOW:
                raise ValueError(number)
            page = self.pages[number]
            (number,) = struct.unpack_from(">I", page)
            parts.append(page[4 : 4 + min(left, _USABLE - 4)])
            left -= len(parts[-1])
        return b"".join(parts)


def read(store: Path, key: bytes) -> RawPages:
    """Of the file and the log beside it; ``key`` is 32 bytes of key and 16 of salt. Raises OSError."""
    secret, salt = key[:32], key[32:48]
    mac = hashlib.pbkdf2_hmac("sha512", secret, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    found = RawPages()
    for number, page in _of_file(store):
        _take(found, number, page, secret, mac)
    # the file's own word: that of the log may be of a page that was never written to its end
    first = found.pages.get(1) if 1 not in found.damaged else None
    said = struct.unpack_from(">I", first, _PAGES_AT)[0] if first is not None else 0
    for number, page in _of_log(store):
        _take(found, number, page, secret, mac)
    found.missing = sum(number not in found.pages for number in range(1, said + 1))
    return found


def _take(found: RawPages, number: int, page: bytes, secret: bytes, mac: bytes) -> None:
    begin = _SALT if number == 1 else 0
    proof = hmac.new(mac, page[begin : PAGE - _MAC] + struct.pack("<I", number), hashlib.sha512).digest()
    if not hmac.compare_digest(proof, page[PAGE - _MAC :]) and number not in found.damaged:
        found.damaged.append(number)
    opening = Cipher(algorithms.AES(secret), modes.CBC(page[_USABLE : _USABLE + _IV])).decryptor()
    clear = bytes(begin) + opening.update(page[begin:_USABLE]) + opening.finalize()
    if number in found.pages:
        found.older.append((number, found.pages[number]))
    found.pages[number] = clear


def _of_file(store: Path) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each whole page."""
    with store.open("rb") as source:
        number = 1
        while len(page := source.read(PAGE)) == PAGE:
            yield number, page
            number += 1


def _of_log(store: Path) -> Iterator[tuple[int, bytes]]:
    """Those of the log beside it, which count more."""
    log = store.with_name(store.name + "-wal")
    if not log.is_file():
        return
    with log.open("rb") as source:
        salts = source.read(_WAL_HEAD)[16:24]
        while len(frame := source.read(_WAL_FRAME + PAGE)) == _WAL_FRAME + PAGE:
            if frame[8:16] == salts:
                yield struct.unpack_from(">I", frame)[0], frame[_WAL_FRAME:]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    found = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return _signed(found << 8 | byte), at + 9
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, at + place + 1
    raise ValueError(at)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number


_WIDTH = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}


def _record(payload: bytes) -> Row:
    head, at = _varint(payload, 0)
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    cells: list[Cell] = []
    for kind in kinds:
        width = _WIDTH[kind] if kind < 10 else (kind - 12) // 2
        data = payload[at : at + width]
        if kind in (10, 11) or len(data) < width:
            raise ValueError(kind)
        at += width
        cells.append(_value(kind, data))
    return tuple(cells)


def _value(kind: int, data: bytes) -> Cell:
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(data, signed=True)
    return data.decode() if kind % 2 else data
