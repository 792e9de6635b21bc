"""The version of the tables that cannot be remade. Alembic is imported only when they are older than this program."""

from sqlalchemy import Engine

from workwell_desktop.errors import DamagedStore, NewerStore
from workwell_desktop.store.log import tables

_ACTS = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"


def ensure_schema(engine: Engine) -> None:
    """Brings an older store up, once a copy of it stands beside it.

    Raises NewerStore for one of a later version, DamagedStore for one of none, and for one that somebody gave a
    trigger or a view: it would do to what is written what nobody asked for, and no log would show it.
    """
    if _acts_by_itself(engine):
        raise DamagedStore
    version = _version(engine)
    if version == tables.SCHEMA:
        return
    if version is None:
        raise DamagedStore
    if version not in tables.OLDER:
        raise NewerStore
    from workwell_desktop.store.migrations import upgrade
    from workwell_desktop.store.safekeeping.keeping import before_migration

    before_migration(engine, tables.SCHEMA)
    upgrade(engine)
    if _version(engine) != tables.SCHEMA:
        raise DamagedStore


def _acts_by_itself(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.exec_driver_sql(_ACTS).scalar() is not None


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
