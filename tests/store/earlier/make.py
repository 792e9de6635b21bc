"""Makes the small store that later versions must open: ``python -m tests.store.earlier.make`` from the checkout."""

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from tests.store.earlier import FOLDER, PASSPHRASE
from workwell_desktop import __version__
from workwell_desktop.domain.clock import Clock, FixedClock
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import new_id
from workwell_desktop.store import Argon2Profile, Founder, Store, create_store
from workwell_desktop.store.log import tables

_STANDS = frozenset({"stamp", "r_participant"})
_WHEN = (2026, 11, 20, 9, 30, 0)


def make(file: Path, clock: Clock) -> Path:
    """Writes one store into ``file``, a zip; gives ``file``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "small.workwell")
        founder = Founder("Anna Example", Profession.OCCUPATIONAL_THERAPIST, PASSPHRASE, "OT000001")
        store, anna, _code = create_store(
            path,
            founder,
            clock=clock,
            partnership_name="Testshire WorkWell",
            site="generic",
            profile=Argon2Profile.floor(),
        )
        kim = new_id()
        with store.unit(anna) as unit:
            unit.add(Participant(id=kim, scope=kim, given_name="Kim", family_name="Sample", nhs_number="9990000018"))
        with store.unit(anna) as unit:
            unit.add(Response(id=new_id(), scope=kim, status=ResponseStatus.IN_PROGRESS))
        with store.unit(anna) as unit:
            unit.set(Participant, kim, given_name="Kimberley")
        store.drafts.put("note", "half a sentence")
        _make_small(store)
        store.close()
        with zipfile.ZipFile(file, "w") as packed:
            for name, source in (("store", path), ("keys", path.with_name(path.name + ".keys"))):
                packed.writestr(zipfile.ZipInfo(name, _WHEN), source.read_bytes())
    return file


def _make_small(store: Store) -> None:
    """Takes out what is made from the log, and says by the stamp that it wants making."""
    kept = {table.name for table in tables.kept.sorted_tables} | _STANDS
    with store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for name in names:
            if name not in kept and not name.startswith(("sqlite_", "search_")):
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
        connection.exec_driver_sql("UPDATE stamp SET stamp = 'small ' || stamp")
    raw = store._engine.raw_connection()
    try:
        driver = raw.driver_connection
        if driver is None:
            raise RuntimeError("a connection that is closed")
        driver.isolation_level = None
        for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            driver.execute(step)
    finally:
        raw.invalidate()


if __name__ == "__main__":
    print(make(FOLDER / f"{__version__}.zip", FixedClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC))))
