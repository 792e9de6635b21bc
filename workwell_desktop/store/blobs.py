"""Blobs: signed papers, ink, forms, kept once by the hash of their bytes, in the scopes that refer to them.

    a change names one ──▶ "not yet on this laptop" ──piece, piece, piece──▶ whole, and its hash is right ──▶ here

Pieces of one that has not come whole lie apart and are never shown.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput
from workwell_desktop.store.log import tables
from workwell_desktop.store.prepared import Cursor, Statement, inserted
from workwell_desktop.store.reading import projection

BLOB_LIMIT = 20 * 1024 * 1024
"""Bytes."""

PIECE = 256 * 1024
"""Bytes of each piece but the last."""

_B, _S, _P, _W, _R = tables.blob, tables.blob_scope, tables.blob_piece, projection.blob_ref, tables.blob_receipt
_INSERT = inserted(_B, "sha256", "size", "media_type", "data", ignore=True)
_INSERT_SCOPE = inserted(_S, "scope", "sha256", ignore=True)
_INSERT_PIECE = inserted(_P, "sha256", "piece", "data", ignore=True)
_INSERT_RECEIPT = inserted(_R, "scope", "sha256", ignore=True)
_DATA = Statement(select(_B.c.data).where(_B.c.sha256 == bindparam("sha256")))
_PART = Statement(
    select(func.substr(_B.c.data, bindparam("start"), bindparam("length"))).where(_B.c.sha256 == bindparam("sha256"))
)
_MISSING = Statement(
    select(_W.c.scope, _W.c.sha256, _W.c.size, _W.c.media_type)
    .outerjoin(_B, _B.c.sha256 == _W.c.sha256)
    .where(_B.c.sha256.is_(None), _W.c.size <= BLOB_LIMIT)
    .order_by(_W.c.size, _W.c.sha256)
)
_UNSENT = Statement(
    select(_W.c.scope, _W.c.sha256, _B.c.size, _B.c.media_type)
    .select_from(
        _W.join(_B, _B.c.sha256 == _W.c.sha256).outerjoin(_R, (_R.c.sha256 == _W.c.sha256) & (_R.c.scope == _W.c.scope))
    )
    .where(_R.c.sha256.is_(None))
    .order_by(_B.c.size, _W.c.sha256)
)
_PIECES = Statement(select(_P.c.piece).where(_P.c.sha256 == bindparam("sha256")))
_WHOLE = Statement(select(_P.c.data).where(_P.c.sha256 == bindparam("sha256")).order_by(_P.c.piece))
_DROP_PIECES = Statement(delete(_P).where(_P.c.sha256 == bindparam("sha256")))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A blob that a value of this scope refers to."""

    scope: str
    sha256: str
    size: int
    media_type: str

    @property
    def pieces(self) -> int:
        return max(1, -(-self.size // PIECE))


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


def piece_of(cursor: Cursor, sha256: str, piece: int) -> bytes:
    """One piece of a blob that is here; nothing past its end."""
    found = cursor.row(_PART, sha256=sha256, start=piece * PIECE + 1, length=PIECE)
    return b"" if found is None else bytes(found[0])


def missing_blobs(cursor: Cursor) -> list[Wanted]:
    """Blobs that are referred to and not on this computer, the small ones first."""
    return [Wanted(*row) for row in cursor.rows(_MISSING)]


def unsent_blobs(cursor: Cursor) -> list[Wanted]:
    """Blobs that are here and that the hub has not acknowledged, the small ones first."""
    return [Wanted(*row) for row in cursor.rows(_UNSENT)]


def blob_acknowledged(cursor: Cursor, scope: str, sha256: str) -> None:
    """The hub holds it whole."""
    cursor.run(_INSERT_RECEIPT, scope=scope, sha256=sha256)


def pieces_here(cursor: Cursor, sha256: str) -> frozenset[int]:
    """Which pieces of a blob have come so far."""
    return frozenset(row[0] for row in cursor.rows(_PIECES, sha256=sha256))


def put_piece(cursor: Cursor, wanted: Wanted, piece: int, data: bytes) -> bool:
    """Keeps a piece; with the last one the blob itself. Whether it is here whole now.

    Where the pieces are not what was referred to they are all forgotten, to be fetched again.
    """
    cursor.run(_INSERT_PIECE, sha256=wanted.sha256, piece=piece, data=data)
    if len(pieces_here(cursor, wanted.sha256)) < wanted.pieces:
        return False
    whole = b"".join(bytes(row[0]) for row in cursor.rows(_WHOLE, sha256=wanted.sha256))
    cursor.run(_DROP_PIECES, sha256=wanted.sha256)
    if len(whole) != wanted.size or hashlib.sha256(whole).hexdigest() != wanted.sha256:
        return False
    put_blob(cursor, whole, wanted.media_type, wanted.scope)
    return True
