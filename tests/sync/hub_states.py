"""A hub that can be put back to how it stood: for hundreds of short lives on one database, and for backups of it."""

from dataclasses import dataclass

from tests.sync.hubs import TestHub
from workwell_desktop.sync.hub.wire import Hub

_TABLES = (
    *("hub", "counter", "scope", "people", "signer", "device", "device_person", "enrolment"),
    *("change", "value", "stream", "fork", "fact", "access", "member", "told", "blob", "blob_piece", "erased"),
    "paper_counter",
)
"""Each after those that it refers to."""
_KEPT = (*((one, "kept") for one in ("change", "fork", "erased", "value", "blob_piece")),)


@dataclass
class HubStates:
    """Rows of every table under a name. The triggers that keep the log are off here: tests of the hub prove them."""

    hub: TestHub
    admin: Hub

    @classmethod
    def of(cls, hub: TestHub) -> "HubStates":
        admin = hub.admin()
        for table, trigger in _KEPT:
            admin.execute(f"alter table workwell.{table} disable trigger {trigger}".encode())
        # nothing is kept on a disk, and the server has other things to do than to tidy up behind hundreds of lives
        return cls(hub, admin)

    def keep(self, name: str) -> None:
        statements = [f"create schema if not exists {name}"]
        for one in _TABLES:
            statements.append(f"create table if not exists {name}.{one} (like workwell.{one})")
            statements.append(f"delete from {name}.{one}")  # noqa: S608 names of ours
            statements.append(f"insert into {name}.{one} select * from workwell.{one}")  # noqa: S608
        self._all(statements)

    def back(self, name: str) -> None:
        statements = [f"delete from workwell.{one}" for one in reversed(_TABLES)]  # noqa: S608
        statements += [f"insert into workwell.{one} select * from {name}.{one}" for one in _TABLES]  # noqa: S608
        self._all(statements)

    def ids(self) -> set[str]:
        """Of every change that the hub holds."""
        return {bytes(row[0]).hex() for row in self.admin.execute("select id from workwell.change")}

    def streams(self) -> dict[tuple[str, str], int]:
        rows = self.admin.execute("select scope, incarnation, number from workwell.stream")
        return {(scope.hex, incarnation.hex): number for scope, incarnation, number in rows}

    def papers(self) -> set[str]:
        """Hashes of the blobs that the hub holds whole."""
        return {bytes(row[0]).hex() for row in self.admin.execute("select sha256 from workwell.blob where complete")}

    def scopes_of(self, device: str) -> frozenset[str]:
        row = self.admin.execute("select workwell.scopes_of(%s::uuid)", (device,)).fetchone()
        return frozenset(one.hex for one in row[0]) if row else frozenset()

    def let_in_again(self) -> None:
        """Logins are the server's and not the database's: those that were closed open again."""
        rows = self.admin.execute("select login from workwell.device where login is not null and revoked is null")
        for (login,) in rows.fetchall():
            self.admin.execute(f'alter role "{login}" login'.encode())

    def _all(self, statements: list[str]) -> None:
        self.admin.execute(("begin;" + ";".join(statements) + ";commit").encode())
