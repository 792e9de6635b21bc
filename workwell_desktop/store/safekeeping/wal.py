"""The write-ahead log that a crash leaves behind, looked through before the database opens it.

    header 32 bytes | frame: head 24 bytes, page | frame | …          https://sqlite.org/fileformat2.html#walformat

SQLite reads a log up to the first frame that does not check and forgets the rest without a word: right for the one
transaction that a power cut tore, wrong for answers that were durable and lie behind a byte that the disk lost. At
most one transaction can be torn, since each is on the disk before the next begins. Two that end behind a bad frame are
damage, and the file is left as it is.
"""

import struct
import sys
from array import array
from pathlib import Path

from workwell_desktop.errors import DamagedStore

_HEAD, _FRAME = 32, 24
_MAGIC = (0x377F0682, 0x377F0683)
"""Checksums over words of little and of big ends."""
_SALTS = slice(16, 24)
_PAGES = frozenset(1 << power for power in range(9, 17))
_WORD = 0xFFFFFFFF


def refuse_damaged(store: Path) -> None:
    """Raises DamagedStore where the log beside the store has lost more than an unfinished transaction."""
    log = store.with_name(store.name + "-wal")
    try:
        data = log.read_bytes() if log.is_file() else b""
    except OSError as trouble:
        raise DamagedStore from trouble
    if len(data) > _HEAD and _lost(data):
        raise DamagedStore


def _lost(data: bytes) -> bool:
    magic, _format, page, _count, salt_one, salt_two, one, two = struct.unpack(">8I", data[:_HEAD])
    if magic not in _MAGIC or page not in _PAGES:
        return True
    swap = (magic == _MAGIC[0]) != (sys.byteorder == "little")
    sums = _checksum(data[: _HEAD - 8], (0, 0), swap=swap)
    if sums != (one, two):
        return True
    size = _FRAME + page
    whole = range(_HEAD, len(data) - size + 1, size)
    for at in whole:
        head = data[at : at + _FRAME]
        _page, _commit, first, second, one, two = struct.unpack(">6I", head)
        if (first, second) == (salt_one, salt_two):
            sums = _checksum(head[:8] + data[at + _FRAME : at + size], sums, swap=swap)
            if sums == (one, two):
                continue
        return _endings(data, at, data[_SALTS]) > 1
    return False


def _endings(data: bytes, start: int, salts: bytes) -> int:
    """How many transactions of this log end behind ``start``, whether or not its frames still stand at their places."""
    found = 0
    at = data.find(salts, start)
    while at >= 0:
        found += any(data[at - 4 : at])  # the size after a commit stands before the salts, and is 0 within one
        at = data.find(salts, at + 1)
    return found


def _checksum(data: bytes, begin: tuple[int, int], *, swap: bool) -> tuple[int, int]:
    words = array("I", data)
    if swap:
        words.byteswap()
    one, two = begin
    each = iter(words)
    for first, second in zip(each, each, strict=True):
        one = (one + first + two) & _WORD
        two = (two + second + one) & _WORD
    return one, two
