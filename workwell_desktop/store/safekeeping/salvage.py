"""What can still be read of a damaged store goes into a new one; what is lost is listed.

    pages that open ──▶ changes whose hash fits, values that their seal fits, blobs whose hash fits ──▶ a new store

The damaged files are only read. The new store has the same slots, so the same passphrases open it, and it gets a new
incarnation: numbers of its old streams that were lost stay free, for a hub or a colleague who has them.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import DamagedStore, OtherKeys, StoreNotFound
from workwell_desktop.store import beside, computer, slots
from workwell_desktop.store.engine import open_engine, troubles
from workwell_desktop.store.exchange import erasing
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading.rebuild import Progress, create_projection, rebuild
from workwell_desktop.store.safekeeping import raw_pages
from workwell_desktop.store.safekeeping.raw_pages import Cell, RawPages, Row

_CHANGE = len(tables.change.columns)
_HEX = frozenset("0123456789abcdef")
_OWN = "own:"


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of one stream that cannot be read. A lost end shows where the index of places still names it."""

    scope: str
    incarnation: str
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came over. ``values`` are ids of changes whose value is lost; ``blobs`` hashes of files that are."""

    changes: int
    pages: int
    damaged: int
    cut: int
    """Pages that were cut off the end: what stood there and is named nowhere else cannot be counted."""
    gaps: tuple[Gap, ...]
    values: tuple[str, ...]
    blobs: tuple[str, ...]
    scopes: frozenset[str]
    """Scopes of which something is lost."""

    @property
    def whole(self) -> bool:
        """Whether nothing that is known of is lost."""
        return not (self.gaps or self.values or self.blobs or self.cut)


@dataclass
class _Found:
    changes: dict[str, tuple[int, Change, int]] = field(default_factory=dict)
    """By id: its n, itself, when it was received."""
    values: dict[int, list[tuple[bytes, bytes]]] = field(default_factory=dict)
    blobs: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    own: dict[str, bytes] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    places: set[tuple[str, str, int]] = field(default_factory=set)
    """Scope, incarnation and number of every change that the index names."""

    def __repr__(self) -> str:
        return "_Found()"


def salvage(store: Path, key: bytes, target: Path, progress: Progress | None = None) -> Salvaged:
    """Reads the damaged store at ``store``, which nobody has open, and makes one at ``target``, where no store may be.

    Raises StoreInUse, StoreNotFound, BadInput ``store_exists``, DiskFull, ReadOnlyFolder, DamagedStore where not one
    change can be read, and OtherKeys where not one page opens; nothing is left at ``target`` then.
    """
    if not store.is_file():
        raise StoreNotFound
    held = beside.locked(store)
    try:
        pages = raw_pages.read(store, key)
        slot_file = replace(slots.load(store), renew=True)
    finally:
        held.release()
    found = _look(pages)
    if not found.changes:
        raise OtherKeys if pages.pages and len(pages.damaged) == len(pages.pages) else DamagedStore
    lock = beside.begin(target)
    try:
        engine = open_engine(target, key)
        try:
            with troubles(target), engine.connect().execution_options(writes=True) as connection, connection.begin():
                lost_values = _fill(connection, found)
                rebuild(connection, progress)
        finally:
            engine.dispose()
        slots.save(target, slot_file)
        beside.finished(target)
    except BaseException:
        lock.release()
        beside.take_away(target)
        raise
    lock.release()
    return _report(found, pages, lost_values)


def _look(pages: RawPages) -> _Found:
    found = _Found()
    doubtful: list[tuple[int, Change, int]] = []
    # where every page opens, what stands on an older one alone was taken away: a draft that was cleared, a setting
    hurt = pages.damaged or pages.missing
    older = (one for one in pages.rows(older=True) if hurt or one[0] is not None)
    for rowid, row in chain(older, pages.rows(older=False)):
        if rowid is not None and len(row) == _CHANGE:
            _look_at_change(found, doubtful, rowid, row)
        elif rowid is not None and len(row) == 3:
            _none, salt, value = row
            if isinstance(salt, bytes) and isinstance(value, bytes):
                found.values.setdefault(rowid, []).append((salt, value))
        elif rowid is not None and len(row) == 4:
            sha256, _size, media, data = row
            if isinstance(media, str) and isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == sha256:
                found.blobs[str(sha256)] = (len(data), media, data)
        elif rowid is None and len(row) == 2:
            _look_at_computer(found, row)
        elif rowid is None and len(row) == 4:
            scope, incarnation, number, n = row
            if _is_id(scope) and _is_id(incarnation) and isinstance(number, int) and isinstance(n, int):
                found.places.add((str(scope), str(incarnation), number))
    # a header whose own id was damaged counts where another change follows it by its hash
    named = {change.previous for _n, change, _at in found.changes.values()}
    for n, change, received in doubtful:
        if change.id in named:
            found.changes.setdefault(change.id, (n, change, received))
    return found


def _look_at_change(found: _Found, doubtful: list[tuple[int, Change, int]], n: int, row: Row) -> None:
    known, received, header, signature = row[1], row[11], row[12], row[13]
    if not isinstance(header, bytes) or not isinstance(signature, bytes):
        return
    try:
        change = Change.read(header, signature)
    except ValueError:
        return
    one = (n, change, received if isinstance(received, int) else change.at)
    if change.id == known:
        found.changes[change.id] = one
    else:
        doubtful.append(one)


def _look_at_computer(found: _Found, row: Row) -> None:
    name, value = row
    if not isinstance(name, str) or _is_id(name) or (len(name) == 64 and set(name) <= _HEX):
        return
    if isinstance(value, bytes):
        found.own[name] = value
    elif isinstance(value, str):
        found.drafts[name] = value


def _is_id(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) == 32 and set(cell) <= _HEX


def _fill(connection: Connection, found: _Found) -> tuple[str, ...]:
    """Writes the tables that are kept; gives the ids of the changes whose value is lost."""
    tables.kept.create_all(connection)
    connection.execute(tables.revision.insert().values(version_num=tables.SCHEMA))
    create_projection(connection)
    lost: list[str] = []
    taken: set[int] = set()
    scopes: dict[tuple[str, str], None] = {}
    for n, change, received in sorted(found.changes.values(), key=lambda one: one[0]):
        number = n if n not in taken else max(taken) + 1
        taken.add(number)
        connection.execute(tables.change.insert().values(_columns(number, change, received)))
        if erasing.MARK + change.scope in found.own:
            continue  # it was erased, and is not lost
        fitting = next((one for one in found.values.get(n, ()) if change.seals(*one)), None)
        if fitting is None:
            lost.append(change.id)
            continue
        salt, value = fitting
        connection.execute(tables.value.insert().values(n=number, salt=salt, value=value))
        for ref in fields.refs_in(value):
            scopes[change.scope, ref.sha256] = None
    named = {sha256 for _scope, sha256 in scopes}
    for sha256, (size, media, data) in found.blobs.items():
        if sha256 not in named and not lost:
            continue  # of somebody who was erased, on a page that the log replaced
        connection.execute(tables.blob.insert().values(sha256=sha256, size=size, media_type=media, data=data))
    for scope, sha256 in scopes:
        connection.execute(tables.blob_scope.insert().values(scope=scope, sha256=sha256))
    for name, text in found.drafts.items():
        connection.execute(tables.draft.insert().values(key=name, text=text))
    for name, value in found.own.items():
        connection.execute(tables.computer.insert().values(key=name, value=value))
    _complete(connection, found)
    return tuple(lost)


def _complete(connection: Connection, found: _Found) -> None:
    """What every computer has of its own, where it was lost: keys that nobody has vouched for sign nothing of value."""
    from workwell_desktop.store.keys.authority import new_key

    made = {
        "incarnation": lambda: new_id().encode(),
        "device": lambda: new_id().encode(),
        "seed": lambda: secrets.token_bytes(32),
        "paper_key": new_key,
    }
    for name, make in made.items():
        if _OWN + name not in found.own:
            computer.set_own(Cursor(connection), name, make())
    # highest_lamport must look at the whole log again
    connection.execute(tables.computer.delete().where(tables.computer.c.key == _OWN + "lamport"))


def _columns(n: int, change: Change, received: int) -> dict[str, object]:
    names = ("id", "scope", "incarnation", "number", "kind", "record", "field", "author", "lamport", "at")
    said = {name: getattr(change, name) for name in (*names, "header", "signature")}
    return {**said, "n": n, "received": received}


def _report(found: _Found, pages: RawPages, values: tuple[str, ...]) -> Salvaged:
    gaps = tuple(_gaps(found))
    blobs: dict[str, str] = {}
    for n, change, _at in found.changes.values():
        for salt, value in found.values.get(n, ()):
            if change.seals(salt, value):
                blobs.update({one.sha256: change.scope for one in fields.refs_in(value)})
    gone = {sha256: scope for sha256, scope in blobs.items() if sha256 not in found.blobs}
    scopes = {gap.scope for gap in gaps} | {found.changes[one][1].scope for one in values} | set(gone.values())
    return Salvaged(
        changes=len(found.changes),
        pages=len(pages.pages),
        damaged=len(pages.damaged),
        cut=pages.missing,
        gaps=gaps,
        values=values,
        blobs=tuple(sorted(gone)),
        scopes=frozenset(scopes),
    )


def _gaps(found: _Found) -> Iterator[Gap]:
    streams: dict[tuple[str, str], set[int]] = {}
    for _n, change, _at in found.changes.values():
        streams.setdefault((change.scope, change.incarnation), set()).add(change.number)
    ends = {stream: max(known) for stream, known in streams.items()}
    for scope, incarnation, number in found.places:
        ends[scope, incarnation] = max(number, ends.get((scope, incarnation), 0))
    for stream, end in sorted(ends.items()):
        known = streams.get(stream, set())
        missing = tuple(number for number in range(1, end + 1) if number not in known)
        if missing:
            yield Gap(*stream, missing)
