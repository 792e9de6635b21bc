"""Bringing a store up to this version, cut short or without room: it is the old one or the new one, never between."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import PASSPHRASE, House, content
from workwell_desktop.errors import DamagedStore, DiskFull
from workwell_desktop.store.log import tables
from workwell_desktop.store.reading import projection

_KILLED = """
import os, sys
from pathlib import Path
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.store import unlock
die = lambda *_, **__: os.kill(os.getpid(), 9)
{patch}
unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=SystemClock())
"""
AT_THE_END_OF_REBUILDING = "from workwell_desktop.store.log.ledger import Ledger; Ledger.finish = die"
IN_THE_MIDDLE = "from workwell_desktop.store.log.ledger import Ledger; Ledger.project = die"
AFTER_DROPPING = "from workwell_desktop.store.reading import rebuild; rebuild.create_projection = die"
IN_A_MIGRATION = "from alembic import command; run = command.upgrade\ncommand.upgrade = lambda *a: (run(*a), die())"


def aged(house: House, *statements: str) -> dict[str, str]:
    """Makes the store look older; what its tables hold when they are right."""
    house.participant()
    house.store.drafts.put("note", "half a sentence")
    whole = content(house.store)
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))
    house.store.close()
    return whole


OLDER_TABLES = (
    "UPDATE stamp SET stamp = 'of an earlier version'",
    str(projection.records["participant"].delete()),
)
OLDER_LOG = (
    *(f"DROP TABLE {name}" for name in ("fork", "receipt", "blob_receipt", "blob_piece")),
    "UPDATE alembic_version SET version_num = '0001'",
)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("older", "patch"),
    [
        (OLDER_TABLES, AFTER_DROPPING),
        (OLDER_TABLES, IN_THE_MIDDLE),
        (OLDER_TABLES, AT_THE_END_OF_REBUILDING),
        (OLDER_LOG, IN_A_MIGRATION),
    ],
)
def test_a_kill_while_a_store_is_brought_up_loses_nothing(house: House, older: tuple[str, ...], patch: str) -> None:
    whole = aged(house, *older)
    for _ in range(2):
        arguments = [sys.executable, "-c", _KILLED.format(patch=patch), str(house.path), house.anna.person, PASSPHRASE]
        run = subprocess.run(arguments, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        assert run.returncode == -signal.SIGKILL, run.stderr
    house.again()
    assert content(house.store) == whole
    assert house.store.drafts.get("note") == "half a sentence"
    assert house.store.check().ok
    with house.store._engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == tables.SCHEMA


def test_without_room_for_new_tables_the_old_ones_stand(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = aged(house, OLDER_TABLES[0])

    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr("workwell_desktop.store.reading.rebuild.Ledger.finish", full)
    with pytest.raises(DiskFull):
        house.again()
    monkeypatch.undo()
    house.again()
    assert content(house.store) == whole
    assert house.store.check().ok


def test_a_log_that_cannot_be_read_is_damage_and_the_tables_stay(house: House) -> None:
    house.participant()
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE change SET header = x'00' WHERE n = (SELECT max(n) FROM change)"))
    before = content(house.store)
    with pytest.raises(DamagedStore):
        house.store.rebuild()
    assert content(house.store) == before
