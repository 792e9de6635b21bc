"""Blobs: signed papers, ink, forms, kept once by the hash of their bytes, in the scopes that refer to them."""

import hashlib

from sqlalchemy import bindparam, select

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput
from workwell_desktop.store import tables
from workwell_desktop.store.prepared import Cursor, Statement, inserted

BLOB_LIMIT = 20 * 1024 * 1024
"""Bytes."""

_INSERT = inserted(tables.blob, "sha256", "size", "media_type", "data", ignore=True)
_INSERT_SCOPE = inserted(tables.blob_scope, "scope", "sha256", ignore=True)
_DATA = Statement(select(tables.blob.c.data).where(tables.blob.c.sha256 == bindparam("sha256")))


def put_blob(cursor: Cursor, data: bytes, media_type: str, scope: str) -> BlobRef:
    """Raises BadInput ``blob_too_large`` over the limit."""
    if len(data) > BLOB_LIMIT:
        raise BadInput("blob_too_large", limit_mb=BLOB_LIMIT // 1024 // 1024)
    digest = hashlib.sha256(data).hexdigest()
    cursor.run(_INSERT, sha256=digest, size=len(data), media_type=media_type, data=data)
    cursor.run(_INSERT_SCOPE, scope=scope, sha256=digest)
    return BlobRef(digest, len(data), media_type)


def blob_data(cursor: Cursor, sha256: str) -> bytes | None:
    """The bytes, or None where they are not on this computer."""
    found = cursor.row(_DATA, sha256=sha256)
    return None if found is None else bytes(found[0])
