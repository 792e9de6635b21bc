"""The FHIR document inside a paper, taken out within limits: the file may come from anybody."""

import zlib
from io import BytesIO
from typing import Any

import pikepdf

from workwell_desktop.errors import DocumentTrouble

MOST = 4 * 1024 * 1024
"""Bytes; the longest paper of ours has a tenth of it."""
_TYPE = "/application/fhir+json"


def attached(pdf: bytes) -> bytes | None:
    """See ``documents.attached``."""
    try:
        with pikepdf.open(BytesIO(pdf)) as file:
            for place in file.Root.get("/AF", pikepdf.Array()):
                stream: Any = place.EF.get("/UF", place.EF.get("/F"))
                if str(stream.get("/Subtype")) == _TYPE:
                    return _within(stream)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, zlib.error) as trouble:
        raise DocumentTrouble from trouble
    return None


def _within(stream: pikepdf.Stream) -> bytes:
    """Its bytes, as written or deflated, and never more than ``MOST``. Raises ValueError for anything else."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None:
        data = raw
    elif str(filters) == "/FlateDecode" and "/DecodeParms" not in stream:
        data = zlib.decompressobj().decompress(raw, MOST + 1)
    else:
        raise ValueError(str(filters))
    if len(data) > MOST:
        raise ValueError(len(data))
    return data
