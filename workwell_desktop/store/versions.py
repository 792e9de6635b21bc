"""The version of the tables that cannot be remade. Alembic is imported only when they are older than this program."""

from sqlalchemy import Engine, inspect, select

from workwell_desktop.errors import DamagedStore, NewerStore
from workwell_desktop.store import tables


def ensure_schema(engine: Engine) -> None:
    """Brings an older store up. Raises NewerStore for one of a later version, DamagedStore for one of none."""
    with engine.connect() as connection:
        version = connection.execute(select(tables.revision.c.version_num)).scalar()
    if version == tables.SCHEMA:
        return
    if version is None:
        raise DamagedStore
    if version not in tables.OLDER:
        raise NewerStore
    from workwell_desktop.store.migrations import upgrade

    upgrade(engine)
    if not inspect(engine).has_table("fork"):
        raise DamagedStore
