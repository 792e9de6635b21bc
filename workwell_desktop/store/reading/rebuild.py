"""Making the ordinary tables anew from the log: when their stamp differs, or when asked."""

from collections.abc import Callable
from functools import cache

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from workwell_desktop.errors import DamagedStore
from workwell_desktop.store.exchange.erasing import erased_in
from workwell_desktop.store.log import tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.log.ledger import Ledger
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection

Progress = Callable[[int, int], None]
"""Called with how many changes are done, and of how many."""

_EVERY = 2000
_C, _V = tables.change, tables.value
_PAGE = select(_C.c.n, _C.c.header, _C.c.signature, _V.c.value).outerjoin(_V, _V.c.n == _C.c.n).order_by(_C.c.n)
_PLACES = Statement(select(_C.c.kind, _C.c.record, _C.c.scope, _C.c.field).distinct())


def create_projection(connection: Connection) -> None:
    """Empty tables, and their stamp."""
    cursor = Cursor(connection)
    for statement in _making():
        cursor.sql(statement)
    cursor.close()
    connection.execute(projection.stamp.insert().values(stamp=projection.fingerprint()))


@cache
def _making() -> tuple[str, ...]:
    """Compiled once: to put two hundred statements into words takes longer than to run them."""
    dialect, tables_made = sqlite_dialect(), projection.made.sorted_tables
    words = [str(CreateTable(table).compile(dialect=dialect)) for table in tables_made]
    for table in tables_made:
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        words += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return (*words, projection.CREATE_SEARCH)


def drop_projection(connection: Connection) -> None:
    """Whatever an earlier version made, by the names that it gave."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    keep = {table.name for table in tables.kept.sorted_tables}
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    for name in names:
        if name not in keep and not name.startswith(("sqlite_", "search")):
            connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_row")


def ensure_projection(engine: Engine, progress: Progress | None = None) -> bool:
    """Rebuilds where the stamp differs. Whether it did."""
    with engine.connect() as connection:
        has = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'stamp'").scalar()
        current = connection.exec_driver_sql("SELECT stamp FROM stamp").scalar() if has else None
    if current == projection.fingerprint():
        return False
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        rebuild(connection, progress)
    return True


def rebuild(connection: Connection, progress: Progress | None = None) -> None:
    """Drops the ordinary tables and makes them from the log, inside the connection's transaction.

    Raises DamagedStore where the log cannot be read; the tables then stand as they were.
    """
    drop_projection(connection)
    create_projection(connection)
    total = connection.execute(select(func.count()).select_from(tables.change)).scalar_one()
    ledger = Ledger(Cursor(connection))
    gone = erased_in(ledger.cursor)
    for done, (n, header, signature, value) in enumerate(connection.execute(_PAGE)):
        try:
            change = Change.read(header, signature)
        except ValueError as trouble:
            raise DamagedStore from trouble
        if change.scope in gone:
            continue
        ledger.take_heads(n, change)
        ledger.note(change.kind, change.record, change.field, value, change.scope)
        if progress is not None and done % _EVERY == 0:
            progress(done, total)
    for kind, record, scope, field in Cursor(connection).rows(_PLACES):
        if scope not in gone:
            ledger.project(kind, record, scope, field)
    ledger.finish()
    if progress is not None:
        progress(total, total)
