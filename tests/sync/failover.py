"""Three servers under Patroni with three members of etcd, on this one computer: what a hub on several machines is."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from workwell_desktop.errors import HubTrouble
from workwell_desktop.sync.hub import local, wire
from workwell_desktop.sync.hub.certificates import server_papers
from workwell_desktop.sync.hub.local import SUPERUSER
from workwell_desktop.sync.hub.wire import Address, Hub

PASSWORD = "for this rehearsal alone"
_NODE = """
scope: hub
name: node{number}
restapi: {{listen: "127.0.0.1:{rest}", connect_address: "127.0.0.1:{rest}"}}
etcd3: {{hosts: "{etcd}"}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: false
      parameters: {{max_connections: 50, synchronous_commit: "on", ssl: "on", unix_socket_directories: ""}}
  initdb: [{{encoding: UTF8}}, {{locale: C}}, no-sync]
postgresql:
  listen: "127.0.0.1:{port}"
  connect_address: "localhost:{port}"
  data_dir: {folder}/data
  bin_dir: {programs}
  pgpass: {folder}/pgpass
  parameters: {{ssl_cert_file: "{papers}/server.pem", ssl_key_file: "{papers}/server.key", ssl: "on"}}
  pg_hba: ["hostssl all all all scram-sha-256", "hostssl replication all all scram-sha-256"]
  authentication:
    superuser: {{username: postgres, password: "{password}", sslmode: require}}
    replication: {{username: replicator, password: "{password}", sslmode: require}}
    rewind: {{username: rewinder, password: "{password}", sslmode: require}}
"""


def missing() -> str | None:
    """What has to be installed first."""
    if local.programs() is None or shutil.which("patroni") is None or shutil.which("etcd") is None:
        return "apt-get install postgresql patroni etcd-server"
    # Patroni looks at the other members from a pool, whose locks lie in there
    if os.geteuid() == 0 and Path("/dev/shm").stat().st_mode & 0o1777 != 0o1777:  # noqa: S108 - looked at
        return "chmod 1777 /dev/shm"
    return None


def _ports(count: int) -> list[int]:
    taken = [socket.socket() for _ in range(count)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


@dataclass
class Cluster:
    """Started by ``begin``; whatever is left is ended by ``end``."""

    folder: Path
    ports: list[int]
    root: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> "Cluster":
        memory = Path("/dev/shm")  # noqa: S108 - only the server's user may enter
        folder = Path(tempfile.mkdtemp(prefix="workwell-three-", dir=memory if os.access(memory, os.W_OK) else None))
        papers = server_papers(("localhost", "127.0.0.1"), datetime.now(UTC))
        (folder / "server.pem").write_text(papers.certificate, encoding="ascii")
        (folder / "server.key").write_text(papers.key, encoding="ascii")
        (folder / "server.key").chmod(0o600)
        ports = _ports(12)
        made = cls(folder, ports[:3], papers.root)
        clients, peers = ports[3:6], ports[6:9]
        for number in range(3):
            (folder / f"node{number}").mkdir(mode=0o700)
            (folder / f"etcd{number}").mkdir(mode=0o700)
            written = _NODE.format(
                number=number,
                rest=ports[9 + number],
                etcd=",".join(f"127.0.0.1:{one}" for one in clients),
                port=ports[number],
                folder=folder / f"node{number}",
                programs=local.programs(),
                papers=folder,
                password=PASSWORD,
            )
            (folder / f"node{number}.yml").write_text(written, encoding="utf-8")
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, SUPERUSER, SUPERUSER)
        members = ",".join(f"etcd{number}=http://127.0.0.1:{peer}" for number, peer in enumerate(peers))
        for number in range(3):
            client, peer = f"http://127.0.0.1:{clients[number]}", f"http://127.0.0.1:{peers[number]}"
            made._start(
                f"etcd{number}",
                *("etcd", "--name", f"etcd{number}", "--data-dir", str(folder / f"etcd{number}")),
                *("--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer),
                *("--initial-advertise-peer-urls", peer, "--initial-cluster", members),
            )
        for number in range(3):
            made._start(f"node{number}", "patroni", str(folder / f"node{number}.yml"))
        return made

    def _start(self, name: str, *words: str) -> None:
        who = {"user": SUPERUSER, "group": SUPERUSER, "extra_groups": []} if os.geteuid() == 0 else {}
        env = {**os.environ, "HOME": str(self.folder), "ETCDCTL_API": "3"}
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                words, cwd=self.folder, env=env, stdout=log, stderr=log, start_new_session=True, **who
            )

    def address(self, number: int, database: str) -> Address:
        return Address("localhost", self.ports[number], database, self.root)

    def leader(self, seconds: float = 60, but: int | None = None) -> int:
        """The server that may be written to, once there is one and a standby follows it in step."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for number in range(3):
                if number == but:
                    continue
                with suppress(HubTrouble, psycopg.Error), closing(self.connect(number)) as hub:
                    row = hub.execute(
                        "select not pg_is_in_recovery(), count(*) filter (where sync_state = 'sync')"
                        " from pg_stat_replication"
                    ).fetchone()
                    if row == (True, 1):
                        return number
            time.sleep(0.3)
        raise TimeoutError("no leader with a standby in step")

    def connect(self, number: int, database: str = "postgres") -> Hub:
        return wire.connect(self.address(number, database), SUPERUSER, PASSWORD, timeout=3)

    def kill(self, number: int) -> None:
        """Patroni and its PostgreSQL at once, as when a machine loses its power."""
        pid = int((self.folder / f"node{number}" / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.killpg(self.processes[f"node{number}"].pid, signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        for number in range(3):
            process = self.processes.get(f"node{number}")
            if process is not None and process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(1 if process.args[0] == "etcd" else 20)  # type: ignore[index]
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
