"""Proof that whoever signed a change might say it, and that this computer is the one that the log knows.

A right signature says who wrote. Somebody with a key of their own and the key of the file can still sign that they are
an administrator, or that a colleague has another key; other computers refuse that (``exchange.entitled``), and here it
is named.
"""

import re
from collections.abc import Iterator

from nacl.signing import SigningKey
from sqlalchemy import Connection, func, select

from workwell_desktop.store import computer
from workwell_desktop.store.blobs import blob_data
from workwell_desktop.store.exchange.entitled import GUARDED, Rights, founder_of
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.streams import authors_by_device, keys_of_author
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading import projection

_ID = re.compile("[0-9a-f]{32}")
_C, _V = tables.change, tables.value
_ASKED = (
    select(_C.c.header, _C.c.signature, _V.c.salt, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .where(_C.c.kind.in_(GUARDED))
    .order_by(_C.c.lamport, _C.c.id)
)
_HOMES = (
    select(_C.c.record)
    .group_by(_C.c.record)
    .having((func.min(_C.c.scope) != func.max(_C.c.scope)) | (func.min(_C.c.kind) != func.max(_C.c.kind)))
)


def rights_problems(connection: Connection) -> Iterator[tuple[str, str]]:
    """Code and where, as in ``check.Problem``: ``right`` with the id of a change that its author might never make,
    ``home`` with a record that stands in two places.

    Whether a right had been taken away by then is not asked: on another computer the two may have crossed.
    """
    cursor = Cursor(connection)
    rights = Rights(founder_of(cursor))
    for device, authors in authors_by_device(cursor).items():
        rights.worked[device] |= authors
    keyed: set[str] = set()
    # an effect has a higher Lamport counter than its cause
    for header, signature, salt, value in connection.execute(_ASKED):
        change = Change.read(header, signature)
        if not rights.may(change, keyed=change.record in keyed):
            yield "right", change.id
            continue
        rights.note(change, (salt, value) if value is not None else None)
        if change.field == "verify_key":
            keyed.add(change.record)
    for record in connection.execute(_HOMES).scalars():
        yield "home", record


def computer_problems(connection: Connection) -> Iterator[tuple[str, str]]:
    """``computer``, with what of this computer's own is not what the log knows of it."""
    cursor = Cursor(connection)
    device = _text(computer.find_own(cursor, "device"))
    seed = computer.find_own(cursor, "seed") or b""
    known = keys_of_author(cursor, device)
    if known and (len(seed) != 32 or bytes(SigningKey(seed).verify_key).hex() not in known):
        yield "computer", "seed"
    incarnation = _text(computer.find_own(cursor, "incarnation"))
    last = select(_C.c.header, _C.c.signature).where(_C.c.incarnation == incarnation).order_by(_C.c.n.desc()).limit(1)
    written = connection.execute(last).first()
    if not _ID.fullmatch(incarnation) or (written is not None and Change.read(*written).device != device):
        yield "computer", "incarnation"

    noted, counter = computer.lamport(cursor)
    last_n, highest = connection.execute(select(func.max(_C.c.n), func.max(_C.c.lamport)).where(_C.c.n <= noted)).one()
    if noted > (last_n or 0) or counter < (highest or 0):
        yield "computer", "lamport"
    if _other_paper_key(connection, device, computer.find_own(cursor, "paper_key") or b""):
        yield "computer", "paper_key"


def _other_paper_key(connection: Connection, device: str, key: bytes) -> bool:
    """Whether the computer would sign papers with another key than its certificate is for."""
    from workwell_desktop.store.keys.authority import certified_key, public_of

    devices = projection.records["device"]
    paper = connection.execute(select(devices.c.certificate).where(devices.c.id == device)).scalar()
    kept = blob_data(Cursor(connection), paper.sha256) if paper is not None else None
    try:
        return kept is not None and certified_key(kept) != public_of(key)
    except (ValueError, TypeError):
        return True


def _text(found: bytes | None) -> str:
    return (found or b"").decode("ascii", "replace")
