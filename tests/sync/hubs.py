"""A real PostgreSQL with TLS and SCRAM, a fresh hub for each test, and laptops that are no more than their keys."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from nacl.signing import SigningKey

from workwell_desktop.store.log import fields
from workwell_desktop.store.log.changes import Change, Place, make
from workwell_desktop.sync.hub import enrolment, local, making, wire
from workwell_desktop.sync.hub.enrolment import Enrolment, Login, Vouched
from workwell_desktop.sync.hub.local import LocalHub
from workwell_desktop.sync.hub.wire import Address, Hub

PARTNERSHIP = "c0ffee00" * 4
CLIENT = "1.0.0"
ZEROS = "0" * 64
_TEMPLATE = "workwell_template"
_SETTINGS = "fsync = off\nfull_page_writes = off\nmax_wal_size = 4GB\n"


def hex_id() -> str:
    return secrets.token_hex(16)


def begun(settings: str = _SETTINGS) -> LocalHub:
    """A running server whose data lies in memory where there is room for it."""
    memory = Path("/dev/shm")  # noqa: S108 - made fresh, and only the server's user may enter
    folder = Path(tempfile.mkdtemp(prefix="workwell-hub-", dir=memory if os.access(memory, os.W_OK) else None))
    hub = local.made(folder, datetime.now(UTC), settings=settings, durable=False)
    hub.start()
    return hub


def ended(server: LocalHub) -> None:
    if server.is_running:
        server.stop("immediate")
    shutil.rmtree(server.folder, ignore_errors=True)


def make_template(server: LocalHub) -> None:
    server.database(_TEMPLATE)
    with closing(server.connect(_TEMPLATE)) as hub:
        making.make(hub, PARTNERSHIP, "Testshire WorkWell")


@dataclass
class TestHub:
    """One hub of one test."""

    __test__ = False
    server: LocalHub
    database: str
    connections: list[Hub] = field(default_factory=list)

    @classmethod
    def fresh(cls, server: LocalHub) -> "TestHub":
        name = f"hub_{secrets.token_hex(6)}"
        with closing(server.connect("postgres")) as hub:
            hub.execute(f"create database {name} template {_TEMPLATE}".encode())
        with closing(server.connect(name)) as hub:
            making.protect(hub)
        return cls(server, name)

    @property
    def address(self) -> Address:
        return self.server.address(self.database)

    def admin(self) -> Hub:
        """The superuser's connection; closed with the hub."""
        return self._kept(self.server.connect(self.database))

    def enrol(
        self,
        person: str,
        device: str,
        verify_key: bytes,
        teams: Sequence[str] = (),
        administrator: bool = False,
        all_cases: bool | None = None,
    ) -> Login:
        """The whole way: vouched for, a code, redeemed by the laptop."""
        with closing(self.server.connect(self.database)) as hub:
            enrolment.vouch(hub, (Vouched(person, (verify_key,), tuple(teams), administrator, all_cases),))
            code = enrolment.enrol(hub, Enrolment((person,), datetime.now(UTC) + timedelta(days=1)))
        return enrolment.redeem(self.address, code, device)

    def connect(self, login: Login) -> Hub:
        return self._kept(wire.connect(self.address, login.user, login.password))

    def laptop(self, **given: Any) -> "Laptop":
        """Enrolled, and connected."""
        made = Laptop.fresh()
        made.login = self.enrol(made.person, made.device, bytes(made.key.verify_key), **given)
        made.hub = self.connect(made.login)
        return made

    def restart(self) -> None:
        self.server.stop("fast")
        self.server.start()

    def kill_backends(self) -> int:
        """Ends every connection to this hub but one's own, as a dying server does; gives how many."""
        with closing(self.server.connect(self.database)) as hub:
            rows = hub.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()",
                (self.database,),
            )
            return rows.rowcount

    def close(self) -> None:
        for one in self.connections:
            wire.close(one)
        with closing(self.server.connect("postgres")) as hub:
            hub.execute(f"drop database {self.database} with (force)".encode())

    def _kept(self, hub: Hub) -> Hub:
        self.connections.append(hub)
        return hub


class Sent(NamedTuple):
    """One change as it is pushed."""

    change: Change
    salt: bytes | None
    value: bytes | None


class Receipt(NamedTuple):
    """A row of the answer of ``push``."""

    scope: UUID
    incarnation: UUID
    accepted: int
    known: int
    number: int
    tip: bytes
    position: int
    code: str | None
    at_number: int | None


@dataclass
class Laptop:
    """Writes chains of signed changes without a store."""

    person: str
    device: str
    key: SigningKey
    incarnation: str
    tips: dict[str, tuple[int, str]] = field(default_factory=dict)
    lamport: int = 0
    login: Login | None = None
    _hub: Hub | None = None

    @classmethod
    def fresh(cls) -> "Laptop":
        return cls(hex_id(), hex_id(), SigningKey.generate(), hex_id())

    @property
    def hub(self) -> Hub:
        assert self._hub is not None
        return self._hub

    @hub.setter
    def hub(self, hub: Hub) -> None:
        self._hub = hub

    def write(
        self,
        scope: str,
        name: str = "note",
        value: Any = "word",
        *,
        kind: str = "contact",
        record: str | None = None,
        replaces: tuple[str, ...] = (),
        by: "Laptop | None" = None,
        key: SigningKey | None = None,
        holds: fields.FieldType | None = None,
    ) -> Sent:
        """The next change of a stream. ``by`` is another author on this laptop; ``key`` signs instead of theirs."""
        author = by or self
        number, tip = self.tips.get(scope, (0, ZEROS))
        self.lamport += 1
        salt, written = secrets.token_bytes(16), fields.encode(value, holds)
        place = Place(author.person, self.device, self.incarnation, number + 1, tip, self.lamport, 1_770_000_000_000)
        change = make(
            place,
            kind=kind,
            record=record or hex_id(),
            scope=scope,
            field=name,
            replaces=replaces,
            salt=salt,
            value=written,
            key=key or author.key,
        )
        self.tips[scope] = (number + 1, change.id)
        return Sent(change, salt, written)

    def many(self, scope: str, count: int) -> list[Sent]:
        return [self.write(scope) for _ in range(count)]

    def push(self, lot: Iterable[Sent], client: str = CLIENT) -> list[Receipt]:
        return push(self.hub, lot, client)

    def scopes(self) -> set[str]:
        rows = self.hub.execute("select workwell.my_scopes()").fetchall()
        return {one.hex for one in rows[0][0]}

    def reads(self, scope: str) -> list[str]:
        """Ids of the changes of a scope that this laptop can see."""
        rows = self.hub.execute(
            "select c.id from workwell.change c where c.scope = %s order by c.position", (UUID(scope),)
        ).fetchall()
        return [bytes(row[0]).hex() for row in rows]

    def case(self, *also: Sent) -> str:
        """Opens a case with this person as its coach; gives the scope."""
        scope = hex_id()
        lot = [self.write(scope), self.coach(scope, self.person), *also]
        assert [one.code for one in self.push(lot)] == [None]
        return scope

    def coach(self, scope: str, person: str | None, record: str | None = None, replaces: tuple[str, ...] = ()) -> Sent:
        held = fields.FieldType.ID
        return self.write(scope, "coach", person, kind="episode", record=record, replaces=replaces, holds=held)


def push(hub: Hub, lot: Iterable[Sent], client: str = CLIENT) -> list[Receipt]:
    sent = list(lot)
    rows = hub.execute(
        "select * from workwell.push(%b, %b::bytea[], %b::bytea[], %b::bytea[], %b::bytea[])",
        (
            client,
            [one.change.header for one in sent],
            [one.change.signature for one in sent],
            [one.salt for one in sent],
            [one.value for one in sent],
        ),
    ).fetchall()
    return [Receipt(*row) for row in rows]
