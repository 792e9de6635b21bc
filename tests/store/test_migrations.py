"""A store of an earlier version comes up to this one and keeps everything; a new one needs no Alembic."""

import subprocess
import sys

from sqlalchemy import inspect, text

from tests.store.conftest import PASSPHRASE, House, content
from workwell_desktop.store import restore_backup
from workwell_desktop.store.log import tables
from workwell_desktop.store.safekeeping import keeping


def shape(house: House) -> dict[str, object]:
    found = inspect(house.store._engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)],
            found.get_pk_constraint(name)["constrained_columns"],
            sorted(tuple(one["column_names"]) for one in found.get_unique_constraints(name)),
        )
        for name in sorted(tables.kept.tables)
    }


def test_an_older_store_is_brought_up_and_keeps_everything(house: House) -> None:
    house.participant()
    house.store.drafts.put("note", "half a sentence")
    new, before = shape(house), content(house.store)
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table in ("fork", "receipt", "blob_receipt", "blob_piece"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    house.again()
    (copy,) = keeping.listed(keeping.folder_of(house.path, None), house.store.header.store)
    assert copy.occasion == f"before_{tables.SCHEMA}"
    restore_backup(copy.file, house.path.with_name("as-it-was.store"))
    assert shape(house) == new
    assert content(house.store) == before
    assert house.store.drafts.get("note") == "half a sentence"
    assert house.store.check().ok


def test_the_migrations_make_what_a_new_store_has(house: House) -> None:
    from workwell_desktop.store.migrations import upgrade

    new = shape(house)
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        tables.kept.drop_all(connection)
    upgrade(house.store._engine)
    assert shape(house) == new
    with house.store._engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == tables.SCHEMA


def test_every_revision_is_known_by_name() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from workwell_desktop.store import migrations

    config = Config()
    config.set_main_option("script_location", str(next(iter(migrations.__path__))))
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert known == [tables.SCHEMA, *reversed(tables.OLDER)]


def test_opening_a_store_of_this_version_imports_no_alembic(house: House) -> None:
    house.store.close()
    script = (
        "import sys; from pathlib import Path; from workwell_desktop.domain.clock import SystemClock;"
        "from workwell_desktop.store import unlock;"
        "store, _ = unlock(Path(sys.argv[1]), sys.argv[2], sys.argv[3], clock=SystemClock()); store.close();"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(house.path), house.anna.person, PASSPHRASE], check=True)
