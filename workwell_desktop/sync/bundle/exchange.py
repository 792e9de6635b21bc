"""Writing what another computer lacks into a file for it, and taking in what one wrote for us.

    ours ──▶ vector · changes in pages · blobs in pieces ──▶ file ──▶ checked as everything is ──▶ theirs

A file carries how far its writer's streams go, signed by the writer's computer: what we send back begins there.
"""

import json
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import cbor2
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.store import ApplyReport, Exchange, Identity, Store
from workwell_desktop.store.blobs import BLOB_LIMIT, PIECE, Wanted
from workwell_desktop.store.collecting import seldom_collecting
from workwell_desktop.store.exchange.exchanging import Incoming
from workwell_desktop.store.files import fresh_beside, sync_folder, writing
from workwell_desktop.store.log import fields
from workwell_desktop.store.log.changes import Change
from workwell_desktop.sync import lost, standing
from workwell_desktop.sync.bundle import parts
from workwell_desktop.sync.bundle.parts import Head
from workwell_desktop.sync.bundle.rights import may_go

DAYS = 14
"""How long a file is good: a stick that was lost must not open for ever."""
_VECTOR, _CHANGES, _BLOB = "v", "c", "b"
_SHORT, _READ = 8, 200
"""Bytes of a hash by which a file is known again, and of how many files of one computer."""
_NOTHING = (None, None)
"""In the place of salt and value, of a change whose value was erased."""

Progress = Callable[[int], None]
"""Told how many changes were dealt with."""


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """``changes`` and ``blobs`` that went in; ``until`` is the last day on which it can be read."""

    file: Path
    changes: int
    blobs: int
    until: date


@dataclass(frozen=True, slots=True)
class BundleRead:
    """What a file brought. ``sender`` is the id of the computer that wrote it."""

    report: ApplyReport
    blobs: int
    sender: str


def write_bundle(
    store: Store,
    identity: Identity,
    device: Device,
    people: Collection[Id],
    file: Path,
    clock: Clock,
    progress: Progress | None = None,
) -> BundleWritten:
    """Everything that ``device`` lacks, as far as we know, and that ``people``, who work there, may read. One that was
    lost gets what belongs to the partnership alone, where it finds that it is to empty itself.

    Raises BadInput ``bundle_self`` or ``bundle_keyless``; DiskFull or ReadOnlyFolder, and a file that stood there then
    stands as it was.
    """
    if device.id == store.device:
        raise BadInput("bundle_self")
    today = clock.today()
    with store.read() as reader:
        partnership = reader.partnership() or ""
        allowed = may_go(reader, () if device.lost is not None else people, today)
    head = Head(store.device, device.id, partnership, today + timedelta(days=DAYS))
    writing_it = _Writing(store, identity, head, allowed, progress)
    with writing(), seldom_collecting():
        handle, name = fresh_beside(file)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as target:
                try:
                    parts.write(target, head, bytes.fromhex(device.verify_key or ""), writing_it.contents())
                except (CryptoError, ValueError, TypeError, RuntimeError):
                    raise BadInput("bundle_keyless") from None
                target.flush()
                os.fsync(target.fileno())
            temporary.replace(file)
            sync_folder(file.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
    return BundleWritten(file, writing_it.changes, writing_it.blobs, head.until)


class _Writing:
    def __init__(
        self, store: Store, identity: Identity, head: Head, allowed: frozenset[str], progress: Progress | None
    ) -> None:
        self._store = store
        self._identity = identity
        self._head = head
        self._allowed = allowed
        self._progress = progress
        self.changes = 0
        self.blobs = 0

    def contents(self) -> Iterator[Any]:
        lacks, known = _known_of(self._store, self._head.receiver)
        yield [_VECTOR, *_signed_vector(self._store, self._identity, self._head)]
        named: dict[tuple[str, str], Wanted] = {}
        for page in self._store.pages_since(known, self._allowed.__contains__):
            values = page.sent.values
            rows = [
                [*change, *values.get(one, _NOTHING)] for one, change in zip(page.ids, page.sent.changes, strict=True)
            ]
            for header, signature, _salt, value in rows:
                for ref in fields.refs_in(value):
                    scope = Change.read(header, signature).scope
                    named[scope, ref.sha256] = Wanted(scope, ref.sha256, ref.size, ref.media_type)
            if rows:
                yield [_CHANGES, rows]
            self.changes += len(rows)
            if self._progress is not None:
                self._progress(self.changes)
        for one in lacks:
            if one.scope in self._allowed:
                named[one.scope, one.sha256] = one
        for one in named.values():
            yield from self._blob(one)

    def _blob(self, one: Wanted) -> Iterator[Any]:
        for piece in range(one.pieces):
            data = self._store.blob_piece(one.sha256, piece)
            if not data and one.size:
                return
            yield [_BLOB, one.scope, one.sha256, one.size, one.media_type, piece, data]
        self.blobs += 1


def read_bundle(
    store: Store, file: Path, clock: Clock, progress: Progress | None = None, *, partnership: str = ""
) -> BundleRead:
    """Takes in a file that was written for this computer; again does no harm. ``partnership`` is whose a store is that
    does not know it yet, because this is its first copy.

    Raises BadInput (see ``parts``); what came before a part that is cut or damaged was entered and stays. ComputerLost
    where what came says that this computer was lost, and is emptied then.
    """
    if not file.is_file():
        raise BadInput("is_a_folder" if file.is_dir() else "file_missing")
    with store.read() as reader:
        partnership = reader.partnership() or partnership
    with file.open("rb") as source:
        opened = parts.open_file(source, store.device, partnership, clock.today(), store.unsealed)
        left = os.fstat(source.fileno()).st_size - source.tell()
        # an old file may bring a case that was taken back since: the next sync lets go of it again
        standing.look_again(store)
        done = _Reading(store, opened).take(source, left, progress)
        branches = {} if standing.is_enrolled(store) else store.branches()
        if branches:
            # the next file that is written here says so, and what is written for us then brings the rest; with a hub
            # the next sync sees to it
            store.give_way(branches)
    lost.by_the_records(store)
    return done


class _Reading:
    def __init__(self, store: Store, opened: parts.Opened) -> None:
        self._store = store
        self._opened = opened
        self._vector: tuple[bytes, bytes] | None = None
        self._trouble: BadInput | None = None
        self._later: list[Any] = []
        self._blobs = 0

    def take(self, source: IO[bytes], left: int, progress: Progress | None) -> BundleRead:
        # held here, so that it is still open when the pages have been taken from it
        contents = self._guarded(parts.parts_of(source, self._opened, left))
        report = self._store.take(self._pages(contents), progress)
        if self._later and self._trouble is None:
            self._blob(self._later.pop())
            for content in contents:
                self._blob(content)
        self._note_vector()
        if self._trouble is not None:
            raise self._trouble
        return BundleRead(report, self._blobs, self._opened.head.sender)

    def _guarded(self, contents: Iterator[Any]) -> Iterator[Any]:
        """Ends at a part that cannot be read; what came before it is kept, and the trouble is told afterwards."""
        try:
            yield from contents
        except BadInput as trouble:
            self._trouble = trouble

    def _pages(self, contents: Iterator[Any]) -> Iterator[Incoming]:
        for content in contents:
            if content[0] == _VECTOR:
                self._vector = (content[1], content[2])
            elif content[0] == _CHANGES:
                yield Incoming(_page(content[1]))
            elif content[0] == _BLOB:
                self._later.append(content)
                return

    def _blob(self, content: Any) -> None:
        try:
            _kind, scope, digest, size, media_type, piece, data = content
            wanted = Wanted(scope, digest, size, media_type)
            fits = 0 <= size <= BLOB_LIMIT and 0 <= piece < wanted.pieces and len(data) <= PIECE
        except (ValueError, TypeError):
            return
        if fits and wanted in self._store.missing_blobs():
            self._blobs += self._store.put_piece(wanted, piece, data)

    def _note_vector(self) -> None:
        """Believed where the computer that wrote the file signed it, with the key that its record holds."""
        if self._vector is None:
            return
        said, signature = self._vector
        with self._store.read() as reader:
            device = reader.find(Device, Id(self._opened.head.sender))
        with suppress(CryptoError, ValueError, TypeError):
            if device is not None and device.verify_key:
                VerifyKey(bytes.fromhex(device.verify_key)).verify(_claim(self._opened.head, said), signature)
                _keep_vector(self._store, device.id, said)


def _page(rows: Any) -> Exchange:
    changes: list[tuple[bytes, bytes]] = []
    values: dict[str, tuple[bytes, bytes]] = {}
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, list) or len(row) != 4 or not isinstance(row[0], bytes) or not isinstance(row[1], bytes):
            continue
        changes.append((row[0], row[1]))
        if isinstance(row[2], bytes) and isinstance(row[3], bytes):
            values[sha256(row[0]).hexdigest()] = (row[2], row[3])
    return Exchange(tuple(changes), values)


def _name_of(device: str) -> str:
    return f"vector:{device}"


def _known_of(store: Store, device: str) -> tuple[list[Wanted], dict[tuple[str, str], int]]:
    """Which blobs a computer lacks and how far it knows each stream, by its own last file; nothing before that."""
    kept = store.kept(_name_of(device))
    if kept is None:
        return [], {}
    return _vector_in(kept)


def _vector_in(said: bytes) -> tuple[list[Wanted], dict[tuple[str, str], int]]:
    lacks, streams = cbor2.loads(said)
    return [Wanted(*one) for one in lacks], {(scope, incarnation): number for scope, incarnation, number in streams}


def _keep_vector(store: Store, device: str, said: bytes) -> None:
    """What the writer of a file surely knows, and what it may lack.

    A file that goes on from the one before counts as it stands, and one that was read already says nothing new. Else
    one of the two was written before that computer came back from a backup, or let go of a case; sticks are read in any
    order, so the least of both counts: to send a thing twice does no harm.
    """
    name, read, digest = _name_of(device), store.kept(f"vectors:{device}") or b"", sha256(said).digest()[:_SHORT]
    if digest in {read[at : at + _SHORT] for at in range(0, len(read), _SHORT)}:
        return
    lacked, known = _known_of(store, device)
    lacks, knows = _vector_in(said)
    if not all(knows.get(place, 0) >= number for place, number in known.items()):
        least = [[*place, min(number, known[place])] for place, number in knows.items() if place in known]
        both = {(one.scope, one.sha256, one.size, one.media_type) for one in (*lacked, *lacks)}
        said = cbor2.dumps([sorted(both), least])
    store.keep(name, said)
    store.keep(f"vectors:{device}", (read + digest)[-_SHORT * _READ :])


def _signed_vector(store: Store, identity: Identity, head: Head) -> tuple[bytes, bytes]:
    streams = [[scope, incarnation, number] for (scope, incarnation), number in sorted(store.vector().items())]
    lacks = [[one.scope, one.sha256, one.size, one.media_type] for one in store.missing_blobs()]
    said = cbor2.dumps([lacks, streams])
    return said, identity.sign_as_device(_claim(head, said))


def _claim(head: Head, said: bytes) -> bytes:
    about = json.dumps([head.sender, head.receiver, head.partnership, head.until.isoformat()]).encode()
    return b"workwell-vector" + sha256(about + said).digest()
