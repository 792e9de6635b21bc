"""Streams that end plainly. A compressed stream ends with a checksum; where its last byte is a carriage return, the end
of line that follows makes two readings of its length possible, and a strict reader refuses the file (ISO 19005-3,
6.1.7.1). One byte more in the content gives it another checksum.
"""

import zlib

import pikepdf

_RETURN = 0x0D


def steady(data: bytes, padding: bytes = b"\n") -> bytes:
    """``data``, with ``padding`` after it where its compressed form would end with a carriage return."""
    while zlib.adler32(data) & 0xFF == _RETURN:
        data += padding
    return data


def spelt(data: bytes) -> bytes | None:
    """Bytes that may not be changed, in hexadecimal (ISO 32000-1, 7.4.2) where they would end with a carriage return;
    None where they end plainly as they are."""
    return data.hex().encode() + b">" if data[-1:] == bytes([_RETURN]) else None


def steady_streams(pdf: pikepdf.Pdf) -> None:
    """Every stream of the file. A font is padded as its tables are, and says its new length."""
    for obj in pdf.objects:
        if not isinstance(obj, pikepdf.Stream):
            continue
        data = obj.read_bytes()
        font = "/Length1" in obj
        ended = steady(data, b"\0\0\0\1" if font else b"\n")
        if ended == data:
            continue
        obj.write(ended)
        if font:
            obj.Length1 = len(ended)
        if "/Params" in obj:
            obj.Params.Size = len(ended)
