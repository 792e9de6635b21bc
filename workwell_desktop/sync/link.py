"""The hub's functions as Python calls; every trouble on the way has its name.

hello · scopes · streams · push · changes · pieces                    one statement each, in binary
"""

import socket
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Cursor, ServerCursor
from psycopg.types.json import Jsonb

from workwell_desktop import __version__
from workwell_desktop.errors import HubStopped
from workwell_desktop.store import Exchange
from workwell_desktop.store.blobs import Wanted
from workwell_desktop.store.exchange.pages import PAGE
from workwell_desktop.store.exchange.receipts import Unsent
from workwell_desktop.sync.hub.wire import Hub, trouble
from workwell_desktop.sync.standing import At, Paper

_WITNESS = "c.id || int8send((extract(epoch from c.received) * 1000000)::int8)"
"""An id and when it came there: the same change may come to stand at the same position of a hub that was set back."""

_CAME = "(extract(epoch from b.came) * 1000000)::int8"
_HELLO = (
    "select epoch, position, id, same, scopes_digest, partnership, now, papers"
    " from workwell.hello(%b::text, %b::int8, %b, %b, %b, %b::int8, %b::int8)"
)
_PUSH = (
    "select p.scope, p.incarnation, p.accepted, p.known, p.number, p.code, p.at_number, p.position,"  # noqa: S608
    f" coalesce((select {_WITNESS} from workwell.change c where c.position = p.position), p.tip)"
    " from workwell.push(%b::text, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[]) p"
)
_LOG = (
    # ids as bytes: an object for each would be made to be taken apart again
    "select c.position, c.id, uuid_send(c.scope), uuid_send(c.incarnation), c.number, c.header, c.signature,"  # noqa: S608
    " v.salt, v.value,"
    f" {_WITNESS}"
    " from workwell.change c"
    # each value by its position: PostgreSQL takes it that few rows may be read, and would compare each change with
    # every value once it has counted the tables
    " left join lateral (select v.salt, v.value from workwell.value v where v.position = c.position offset 0) v on true"
    " where c.position > %b::int8 and c.position <= %b::int8"
    # looked up by key: a list of all that was handed over would be gone through for each change of it
    " and not (c.incarnation = %b and c.number <= coalesce((%b ->> encode(uuid_send(c.scope), 'hex'))::int8, 0))"
)
_ORDER = " order by c.position"
_NEWS = _LOG + _ORDER
_CHANGES = _LOG + " and c.scope = any(%b::uuid[])" + _ORDER
_STREAMS = "select scope, incarnation, number, tip from workwell.stream"
_BLOBS = (
    f"select b.scope, b.sha256, b.number, {_CAME}"  # noqa: S608
    " from workwell.blob b where b.complete and b.sha256 = any(%b::bytea[])"
)
_PIECES = "select piece from workwell.blob_piece where scope = %b and sha256 = %b"
_PIECE = "select data from workwell.blob_piece where scope = %b and sha256 = %b and piece = %b::int4"
_PUT = "select workwell.put_piece(%b::text, %b, %b, %b::int4, %b::text, %b::int4, %b)"


@dataclass(frozen=True, slots=True)
class Hello:
    """Where the hub stands. ``same`` is False where it lost what this computer had read, ``papers`` where it lost the
    newest paper that it had acknowledged."""

    at: At
    same: bool
    digest: str
    partnership: str
    now: datetime
    papers: bool = True


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the hub made of a push. ``held`` is how far it has each stream now; ``refused`` are codes by stream;
    ``newest`` is the position and the id of the last change in all of them."""

    accepted: int
    held: Mapping[tuple[str, str], int]
    refused: Mapping[tuple[str, str], str]
    newest: tuple[int, str] = (0, "")
    forked: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """From which number on another computer's changes stand in a stream of this one."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A page of the hub's log; ``last`` says that there is no more before the position that was asked for."""

    sent: Exchange
    at: At
    streams: Mapping[tuple[str, str], int]
    scopes: Mapping[str, str]
    """The scope of each change by its id."""
    last: bool


class Link:
    """An open connection to the hub, signed in as this computer. Every act raises HubTrouble."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._cursor = hub.cursor(binary=True)

    def close(self) -> None:
        self._hub.close()

    def cut(self) -> None:
        """From another thread: whoever waits for the hub here is told at once that the line is gone."""
        with suppress(OSError, psycopg.Error):
            wire = socket.socket(fileno=self._hub.fileno())
            try:
                wire.shutdown(socket.SHUT_RDWR)
            finally:
                # the connection closes what is its own
                wire.detach()

    def hello(self, at: At, paper: Paper | None = None) -> Hello:
        held: tuple[Any, ...] = (None,) * 4
        if paper is not None:
            held = (UUID(paper.scope), bytes.fromhex(paper.sha256), paper.number, paper.came)
        known = bytes.fromhex(at.id) if at.id else None
        row = self._row(_HELLO, __version__, at.position, known, *held)
        epoch, position, newest, same, digest, partnership, now, papers = row
        found = At(epoch.hex, position, newest.hex() if newest else "")
        return Hello(found, bool(same), digest.hex(), partnership.hex if partnership else "", now, bool(papers))

    def scopes(self) -> frozenset[str]:
        """Those that this computer may read."""
        (found,) = self._row("select workwell.my_scopes()")
        return frozenset(one.hex for one in found)

    def streams(self) -> dict[tuple[str, str], tuple[int, str]]:
        """How far the hub has each stream that this computer may read, and the id of the change that it has there."""
        rows = self._ask(_STREAMS).fetchall()
        return {(scope.hex, incarnation.hex): (number, tip.hex()) for scope, incarnation, number, tip in rows}

    def push(self, lot: Unsent) -> Pushed:
        values = [lot.sent.values.get(one) for one in lot.ids]
        rows: list[Any] = self._ask(
            _PUSH,
            (
                __version__,
                [header for header, _signature in lot.sent.changes],
                [signature for _header, signature in lot.sent.changes],
                [one[0] if one else None for one in values],
                [one[1] if one else None for one in values],
            ),
        ).fetchall()
        held = {
            (row[0].hex, row[1].hex): row[4] if row[5] is None else min(row[4], (row[6] or 1) - 1)
            for row in rows
            if row[4]
        }
        refused = {(row[0].hex, row[1].hex): row[5] for row in rows if row[5]}
        newest = max(((row[7], row[8].hex()) for row in rows), default=(0, ""))
        forked = {(row[0].hex, row[1].hex): row[6] for row in rows if row[5] == "fork" and row[6]}
        return Pushed(sum(row[2] for row in rows), held, refused, newest, forked)

    def changes(
        self, scopes: Collection[str] | None, after: int, until: At, own: str, pushed: Mapping[str, int]
    ) -> Generator[Pulled]:
        """These scopes in pages, or with None all that this computer may read. What this very incarnation ``own`` just
        handed over, by scope up to a number, is left out; what else comes under its name was written by a copy of this
        computer.

        The hub looks for everything once and hands out one page after the other; the next one is on its way while
        whoever asked is busy with the last.
        """
        statement, asked = _NEWS, [after, until.position, UUID(own), Jsonb(dict(pushed))]
        if scopes is not None:
            statement, asked = _CHANGES, [*asked, [UUID(one) for one in scopes]]
        with (
            _named(),
            self._hub.transaction(),
            self._hub.cursor(name="pages", binary=True) as cursor,
            ThreadPoolExecutor(1, thread_name_prefix="pages") as ahead,
        ):
            cursor.execute(statement.encode(), asked, binary=True)
            rows = self._page(cursor)
            while True:
                last = len(rows) < PAGE
                coming = None if last else ahead.submit(self._page, cursor)
                yield _pulled(rows, until, last=last)
                if coming is None:
                    return
                rows = coming.result()

    def _page(self, cursor: ServerCursor[Any]) -> list[Any]:
        return cursor.fetchmany(PAGE)

    def blobs(self, among: Collection[Wanted]) -> dict[tuple[str, str], Paper]:
        """Those that the hub holds whole, by scope and hash."""
        rows: list[Any] = self._ask(_BLOBS, ([bytes.fromhex(one.sha256) for one in among],)).fetchall()
        found = [Paper(number, scope.hex, sha256.hex(), came) for scope, sha256, number, came in rows]
        return {(one.scope, one.sha256): one for one in found}

    def pieces(self, wanted: Wanted) -> frozenset[int]:
        """Which pieces of a blob the hub has."""
        rows: list[Any] = self._ask(_PIECES, _key(wanted)).fetchall()
        return frozenset(row[0] for row in rows)

    def piece(self, wanted: Wanted, piece: int) -> bytes | None:
        row: Any = self._ask(_PIECE, (*_key(wanted), piece)).fetchone()
        return None if row is None else bytes(row[0])

    def put_piece(self, wanted: Wanted, piece: int, data: bytes) -> bool:
        """Whether the hub holds the blob whole now."""
        values = (__version__, *_key(wanted), wanted.size, wanted.media_type, piece, data)
        return bool(self._row(_PUT, *values)[0])

    def last_word(self) -> tuple[bytes, bytes, bytes, bytes] | None:
        """Header, signature, salt and value of the change that says that this computer was lost."""
        found: Any = self._ask("select header, signature, salt, value from workwell.last_word(false)").fetchone()
        return None if found is None else tuple(bytes(one) for one in found)  # type: ignore[return-value]

    def followed(self) -> None:
        """Everything about people has gone from here: the hub closes this login for good."""
        self._ask("select workwell.last_word(true)")

    def listen(self) -> None:
        self._ask("listen workwell")

    def wait(self, seconds: float) -> bool:
        """Whether the hub said within so many seconds that something came."""
        with _named():
            return any(True for _ in self._hub.notifies(timeout=seconds, stop_after=1))

    def _ask(self, statement: str | bytes, values: Sequence[Any] = ()) -> Cursor[Any]:
        with _named():
            return self._cursor.execute(statement if isinstance(statement, bytes) else statement.encode(), values)

    def _row(self, statement: str, *values: Any) -> Any:
        return self._ask(statement, values).fetchone()


def _pulled(rows: list[Any], until: At, *, last: bool) -> Pulled:
    streams: dict[tuple[str, str], int] = {}
    where: dict[str, str] = {}
    values: dict[str, tuple[bytes, bytes]] = {}
    for _position, change, scope, incarnation, number, _header, _signature, salt, value, _witness in rows:
        one, home = change.hex(), scope.hex()
        streams[home, incarnation.hex()] = number
        where[one] = home
        if salt is not None and value is not None:
            values[one] = (salt, value)
    at = until if last else At(until.epoch, rows[-1][0], rows[-1][9].hex())
    return Pulled(Exchange(tuple((row[5], row[6]) for row in rows), values), at, streams, where, last)


def _key(wanted: Wanted) -> tuple[UUID, bytes]:
    return UUID(wanted.scope), bytes.fromhex(wanted.sha256)


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        # without a code the line itself is gone, whatever libpq says of TLS, or nobody is at its other end
        told = error.sqlstate or isinstance(error, psycopg.errors.ConnectionTimeout)
        raise (trouble(error) if told else HubStopped(state="")) from None
