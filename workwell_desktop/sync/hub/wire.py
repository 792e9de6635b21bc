"""Reaching the hub: TLS with the server's name checked, or no connection at all."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import Connection
from psycopg.abc import RV, PQGen
from psycopg.conninfo import make_conninfo
from psycopg.errors import ConnectionTimeout

from workwell_desktop.errors import (
    BadInput,
    HubCertificate,
    HubFull,
    HubIncompatible,
    HubPlain,
    HubReadOnly,
    HubRefused,
    HubStopped,
    HubTooNew,
    HubTrouble,
    HubUnreachable,
)

Hub = Connection[tuple[Any, ...]]
"""A connection to the hub; each statement is its own transaction."""

PORT = 5432
TIMEOUT = 10
"""Seconds for reaching it."""
SILENCE = 60.0
"""Seconds without a byte, either way, after which nobody is there any more: a firewall may swallow what is said and
answer for the line itself, so that TCP takes it to be alive."""

_BY_STATE: dict[str, type[HubTrouble]] = {
    "28000": HubRefused,
    "28P01": HubRefused,
    "42501": HubRefused,
    "WW001": HubRefused,
    "WW002": HubTooNew,
    "WW004": HubRefused,
    "WW006": HubIncompatible,
    "3F000": HubIncompatible,
    "42883": HubIncompatible,
    "42P01": HubIncompatible,
    "42703": HubIncompatible,
    "53100": HubFull,
    "25006": HubReadOnly,
}
_STOPPED = ("57P", "08", "53", "40", "55P")
_KEPT_ALIVE = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30000}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a hub is. ``root`` is the certificate (PEM) that its own is checked against; None for those that the
    computer trusts. A ``host`` that begins with a slash is a folder with a socket on this very computer; several with
    commas between are machines of one hub, of which the one that may be written to is taken."""

    host: str
    port: int = PORT
    database: str = "workwell"
    root: str | None = None

    @classmethod
    def of(cls, url: str, root: str | None = None) -> "Address":
        """From postgresql://host:port/database. Raises BadInput ``hub_address`` for anything else, and for an address
        with a name or a password in it."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORT
        except ValueError:
            raise BadInput("hub_address") from None
        host = unquote(parts.hostname or "")
        database = unquote(parts.path.strip("/"))
        wrong = parts.scheme not in ("postgresql", "postgres") or not host or "/" in database
        if wrong or parts.username or parts.password or parts.query or parts.fragment:
            raise BadInput("hub_address")
        return cls(host, port, database or "workwell", root)

    @property
    def url(self) -> str:
        return f"postgresql://{quote(self.host, safe=',')}:{self.port}/{quote(self.database, safe='')}"

    @property
    def is_here(self) -> bool:
        """Whether it is reached without a wire."""
        return self.host.startswith("/")


class _Line(Connection[tuple[Any, ...]]):
    """One on which nothing is waited for longer than ``silence`` while not a byte goes or comes."""

    silence = inf

    def wait(self, gen: PQGen[RV], *given: Any, **named: Any) -> RV:
        return super().wait(self._heard(gen), *given, **named)

    def _heard(self, gen: PQGen[RV]) -> PQGen[RV]:
        heard = monotonic()
        try:
            state = next(gen)
            while True:
                ready = yield state
                if ready:
                    heard = monotonic()
                elif monotonic() - heard > self.silence:
                    self.close()
                    raise ConnectionTimeout("nothing was heard")
                state = gen.send(ready)
        except StopIteration as ended:
            found: RV = ended.value
            return found


def connect(
    address: Address, user: str, password: str | None = None, timeout: int = TIMEOUT, silence: float | None = None
) -> Hub:
    """Whoever lets the hub work for long without a word gives ``silence``. Raises a HubTrouble."""
    parts: dict[str, str | int] = {
        "host": address.host,
        "port": address.port,
        "dbname": address.database,
        "user": user,
        "connect_timeout": timeout,
        "application_name": "workwell",
        "gssencmode": "disable",
        "channel_binding": "prefer",
        **_KEPT_ALIVE,
    }
    if "," in address.host:
        parts["target_session_attrs"] = "read-write"
    if password is not None:
        parts["password"] = password
        parts["require_auth"] = "scram-sha-256"
    with tempfile.TemporaryDirectory(prefix="workwell-") as folder:
        # libpq takes a root certificate by the name of a file alone, and reads it while it connects
        # compiling a statement costs a tenth of a second, and none of ours runs that long
        parts["options"] = "-c jit=off"
        parts |= _encryption(address, Path(folder))
        try:
            connection = _Line.connect(make_conninfo("", **parts), autocommit=True)
        except psycopg.Error as error:
            raise trouble(error) from None
    connection.prepare_threshold = 1
    connection.silence = SILENCE if silence is None else silence
    return connection


def _encryption(address: Address, folder: Path) -> dict[str, str | int]:
    if address.is_here:
        return {"sslmode": "disable"}
    root = "system"
    if address.root is not None:
        file = folder / "root.pem"
        file.write_text(address.root, encoding="ascii")
        root = str(file)
    return {"sslmode": "verify-full", "sslrootcert": root, "ssl_min_protocol_version": "TLSv1.2"}


def trouble(error: psycopg.Error) -> HubTrouble:
    """What a person is told. The text of the server is left behind: it may quote a statement."""
    state = error.sqlstate or ""
    if state in _BY_STATE:
        least = error.diag.message_detail
        return HubTooNew(least=least or "") if state == "WW002" else _BY_STATE[state]()
    if state.startswith(_STOPPED):
        return HubStopped(state=state)
    if not state:
        return _while_connecting(str(error).lower())
    return HubStopped(state=state)


def _while_connecting(said: str) -> HubTrouble:
    """libpq gives no code before it is connected; its words are in English whatever the computer speaks."""
    found: list[tuple[type[HubTrouble], tuple[str, ...]]] = [
        (HubRefused, ("password authentication failed", "not permitted to log in", "does not exist", "no pg_hba.conf")),
        (HubRefused, ("permission denied for database",)),
        (HubReadOnly, ("session is read-only", "server is in hot standby mode")),
        (HubStopped, ("too many connections", "starting up", "shutting down")),
        (HubPlain, ("server does not support ssl", "received invalid response to ssl negotiation")),
        # a cable that is cut while hands are shaken says nothing of whose hand it was
        (HubStopped, ("unexpected eof", "eof detected")),
        (HubCertificate, ("certificate", "ssl error", "tls", "does not match host name")),
    ]
    for kind, words in found:
        if any(word in said for word in words):
            return kind()
    return HubUnreachable()


def close(connection: Hub) -> None:
    with suppress(psycopg.Error):
        connection.close()
