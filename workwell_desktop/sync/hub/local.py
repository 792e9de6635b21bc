"""A hub on this computer: for trying out, and the very thing that the tests run against.

DIR/root.pem             what a laptop checks the server by
DIR/administrator.txt    the password of the superuser, for nobody else to read
DIR/data, DIR/log        PostgreSQL's own
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workwell_desktop.errors import BadInput, HubServerOld, HubTrouble
from workwell_desktop.sync.hub.certificates import server_papers
from workwell_desktop.sync.hub.wire import Address, Hub, connect

SUPERUSER = "postgres"
HOST = "localhost"
OLDEST = 15
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
_CONFIG = """
listen_addresses = 'localhost'
port = {port}
unix_socket_directories = ''
max_connections = 60
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
log_min_messages = warning
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
lc_messages = 'C'
"""
_WHO = "# no way in but over TLS, with a password that never crosses it\nhostssl all all all scram-sha-256\n"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several; None where there is none."""
    found = shutil.which("initdb")
    if found is not None and shutil.which("pg_ctl") is not None:
        return Path(found).resolve().parent
    exe = "initdb.exe" if sys.platform == "win32" else "initdb"
    places = [path for place in _PLACES for path in _matching(place)]
    usable = [path for path in places if (path / exe).is_file()]
    return max(usable, key=_version_of, default=None)


def _matching(place: str) -> list[Path]:
    anchor = Path(place).anchor
    return list(Path(anchor).glob(str(Path(place).relative_to(anchor)))) if Path(anchor).is_dir() else []


def _version_of(folder: Path) -> int:
    digits = "".join(letter for letter in folder.parent.name.rpartition("@")[2] if letter.isdigit())
    return int(digits or 0)


@dataclass(frozen=True, slots=True)
class LocalHub:
    """A PostgreSQL of one's own in a folder."""

    folder: Path
    port: int

    @property
    def root(self) -> str:
        return (self.folder / "root.pem").read_text(encoding="ascii")

    @property
    def password(self) -> str:
        return (self.folder / "administrator.txt").read_text(encoding="ascii").strip()

    def address(self, database: str = "workwell") -> Address:
        return Address(HOST, self.port, database, self.root)

    def connect(self, database: str = "workwell") -> Hub:
        """As its superuser."""
        return connect(self.address(database), SUPERUSER, self.password)

    @property
    def is_running(self) -> bool:
        return _postgres(self.folder, "pg_ctl", "status", "-D", "data", check=False) == 0

    def start(self) -> None:
        """Raises HubTrouble where PostgreSQL does not start; its reason stands in the file ``log``."""
        if not self.is_running:
            _postgres(self.folder, "pg_ctl", "start", "-w", "-s", "-D", "data", "-l", "log")

    def stop(self, how: str = "fast") -> None:
        """``immediate`` is as if the computer lost its power, but for what its disk had promised."""
        _postgres(self.folder, "pg_ctl", "stop", "-w", "-s", "-D", "data", "-m", how)

    def database(self, name: str = "workwell") -> None:
        """Makes an empty database where there is none of that name."""
        with self.connect(SUPERUSER) as hub:
            if hub.execute("select from pg_database where datname = %s", (name,)).fetchone() is None:
                hub.execute(f"create database \"{name}\" encoding 'UTF8' template template0".encode())
            # from the server's own databases a laptop's login could look at who else is there
            hub.execute("revoke connect on database postgres, template1 from public")


def found(folder: Path) -> LocalHub | None:
    """The one that was made in a folder before."""
    config = folder / "data" / "workwell.conf"
    if not config.is_file():
        return None
    ports = [line.split("=")[1] for line in config.read_text(encoding="utf-8").splitlines() if line.startswith("port")]
    return LocalHub(folder, int(ports[0]))


def made(folder: Path, moment: datetime, *, port: int = 0, settings: str = "", durable: bool = True) -> LocalHub:
    """Makes one in an empty folder; 0 takes a free port. ``settings`` are further lines of its configuration; only
    tests make one that is not ``durable``.

    Raises BadInput ``postgres_missing``, ``folder_not_empty``; HubServerOld, HubTrouble.
    """
    if programs() is None:
        raise BadInput("postgres_missing", oldest=OLDEST)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadInput("folder_not_empty")
    folder = folder.resolve()
    password = secrets.token_urlsafe(24)
    _private(folder / "administrator.txt", password + "\n")
    _hand_over(folder)
    _postgres(
        folder,
        *("initdb", "-D", "data", "-U", SUPERUSER, "-E", "UTF8", "--locale=C", "-A", "scram-sha-256"),
        *("--pwfile=administrator.txt", *(() if durable else ("--no-sync",))),
    )
    papers = server_papers((HOST, "127.0.0.1", "::1"), moment)
    data = folder / "data"
    if int((data / "PG_VERSION").read_text(encoding="ascii")) < OLDEST:
        raise HubServerOld(found=(data / "PG_VERSION").read_text(encoding="ascii").strip())
    chosen = port or _free_port()
    (folder / "root.pem").write_text(papers.root, encoding="ascii")
    (data / "server.pem").write_text(papers.certificate, encoding="ascii")
    _private(data / "server.key", papers.key)
    (data / "pg_hba.conf").write_text(_WHO, encoding="ascii")
    (data / "workwell.conf").write_text(_CONFIG.format(port=chosen) + settings, encoding="ascii")
    with (data / "postgresql.conf").open("a", encoding="ascii") as file:
        file.write("\ninclude 'workwell.conf'\n")
    _hand_over(folder)
    return LocalHub(folder, chosen)


def _private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _postgres(folder: Path, program: str, *words: str, check: bool = True) -> int:
    """PostgreSQL runs as nobody powerful: as the user ``postgres`` where we are root."""
    place = programs()
    if place is None:
        raise BadInput("postgres_missing", oldest=OLDEST)
    who: dict[str, Any] = {"user": SUPERUSER, "group": SUPERUSER, "extra_groups": []} if _is_root() else {}
    done = subprocess.run(  # noqa: S603 - our own words and PostgreSQL's own programs
        [str(place / program), *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
        **who,
    )
    exit_code: int = done.returncode
    if check and exit_code != 0:
        raise HubTrouble()
    return exit_code


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _hand_over(folder: Path) -> None:
    if not _is_root():
        return
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, SUPERUSER, SUPERUSER)
