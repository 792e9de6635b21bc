"""The hub's schema into a database: made, or brought up to this version, all of it or nothing."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg

from workwell_desktop.errors import HubIncompatible, HubNotAdministrator, HubOfAnother, HubPlain, HubServerOld
from workwell_desktop.sync.hub.wire import Hub, trouble

SCHEMA = 2
"""The newest step in ``sql/steps``."""

OLDEST_SERVER = 150000
_SQL = Path(__file__).parent / "sql"
_ALWAYS = ("guards.sql", "grants.sql", "database.sql")
_CLEARED = (
    # a table is not changed while somebody stands in it, and behind whoever waits for that everybody else waits: a
    # laptop that is in the middle of something tries again
    b"select set_config('lock_timeout', '20s', true), count(pg_terminate_backend(a.pid, 2000)) from pg_stat_activity a"
    b" where a.datname = current_database() and a.xact_start is not null and a.usename ~ '^w[de]_'"
)


@dataclass(frozen=True, slots=True)
class Made:
    """``before`` is the version that stood there, 0 for none."""

    partnership: str
    before: int
    now: int


def make(connection: Hub, partnership: str, name: str) -> Made:
    """Makes the hub of a partnership (its id, 32 hexadecimal characters), or brings an older one up; the same version
    again mends rights that somebody changed and touches nothing else.

    Raises HubServerOld for a PostgreSQL before 15, HubNotAdministrator where the login is no superuser, HubPlain where
    the way there is not encrypted, HubOfAnother where another partnership's hub is in this database, HubIncompatible
    for a schema of a later version.
    """
    _check_server(connection)
    try:
        with connection.transaction():
            connection.execute("select pg_advisory_xact_lock(7761524)")
            connection.execute(_read("roles.sql"))
            before = _standing(connection, partnership)
            connection.execute(_CLEARED)
            if before == 0:
                connection.execute("create schema if not exists workwell")
            for step in range(before + 1, SCHEMA + 1):
                connection.execute(_read(f"steps/{step:04}.sql"))
            for file in sorted((_SQL / "functions").glob("*.sql")):
                connection.execute(file.read_bytes())
            for file_name in _ALWAYS:
                connection.execute(_read(file_name))
            _sign(connection, UUID(partnership), name)
    except psycopg.Error as error:
        raise trouble(error) from None
    return Made(partnership, before, SCHEMA)


def protect(connection: Hub) -> None:
    """The rights of the database itself, which no backup of its contents brings back. Raises HubTrouble."""
    try:
        with connection.transaction():
            connection.execute(_read("roles.sql"))
            connection.execute(_read("database.sql"))
    except psycopg.Error as error:
        raise trouble(error) from None


def _check_server(connection: Hub) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise HubServerOld(found=connection.info.server_version // 10000)
    if connection.execute("show is_superuser").fetchone() != ("on",):
        raise HubNotAdministrator()
    is_local = connection.info.host.startswith("/")
    if not is_local and not connection.pgconn.ssl_in_use:
        raise HubPlain()


def _standing(connection: Hub, partnership: str) -> int:
    """The version of the schema that is there."""
    row = connection.execute("select to_regclass('workwell.hub') is not null").fetchone()
    if row is None or row[0] is not True:
        return 0
    found = connection.execute("select partnership, schema_version from workwell.hub").fetchone()
    if found is None:
        raise HubIncompatible()
    whose, version = found
    if whose != UUID(partnership):
        raise HubOfAnother()
    if not isinstance(version, int) or version > SCHEMA:
        raise HubIncompatible()
    return version


def _sign(connection: Hub, partnership: UUID, name: str) -> None:
    connection.execute(
        "insert into workwell.hub (partnership, name, schema_version, epoch) values (%s, %s, %s, gen_random_uuid())"
        " on conflict (one) do update set schema_version = excluded.schema_version, name = excluded.name",
        (partnership, name, SCHEMA),
    )
    connection.execute("insert into workwell.counter default values on conflict do nothing")
    connection.execute(
        "insert into workwell.scope (scope, kind) values (%s, 'partnership') on conflict do nothing", (partnership,)
    )


def _read(name: str) -> bytes:
    return (_SQL / name).read_bytes()
