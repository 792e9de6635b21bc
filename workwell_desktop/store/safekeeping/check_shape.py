"""Proof that a store file holds our tables and nothing that acts by itself: no trigger, no view, no column of others.

A trigger can take away what somebody writes the moment they write it, and a view can stand in the place of a table;
neither is in the log, so neither can be proved against it.
"""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, LargeBinary, Table
from sqlalchemy.types import Integer

from workwell_desktop.store.log import tables
from workwell_desktop.store.reading import projection

_SEARCH = frozenset({"search", *(f"search_{part}" for part in ("data", "idx", "content", "docsize", "config"))})


def shape_problems(connection: Connection) -> Iterator[tuple[str, str]]:
    """Code and where, as in ``check.Problem``: ``schema`` with the name of what is too much, missing or otherwise
    than it was made, ``unreadable`` with the table that holds something of another sort than its column.

    An index tells nothing that its table does not, and an earlier version made others.
    """
    found = connection.exec_driver_sql("SELECT type, name FROM sqlite_master WHERE type <> 'index'").all()
    there = {(kind, name) for kind, name in found if not name.startswith("sqlite_")}
    for _kind, name in sorted(_made() ^ there):
        yield "schema", name
    if connection.exec_driver_sql("PRAGMA user_version").scalar() != 0:
        yield "schema", "user_version"
    for table in (*tables.kept.sorted_tables, *projection.made.sorted_tables):
        if ("table", table.name) not in there:
            continue
        columns = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')]
        if set(columns) != {column.name for column in table.columns}:
            yield "schema", table.name
        elif table.metadata is tables.kept and connection.exec_driver_sql(_otherwise(table)).scalar() is not None:
            yield "unreadable", table.name


@cache
def _made() -> frozenset[tuple[str, str]]:
    """Type and name of all that this version makes."""
    made = {table.name for table in (*tables.kept.sorted_tables, *projection.made.sorted_tables)}
    return frozenset(("table", name) for name in made | _SEARCH)


def _otherwise(table: Table) -> str:
    """Finds a row that holds another sort than its columns say: SQLite takes anything, and reading it may then fail."""
    wrong = []
    for column in table.columns:
        sort = "blob" if isinstance(column.type, LargeBinary) else "text"
        sort = "integer" if isinstance(column.type, Integer) else sort
        wrong.append(f"typeof(\"{column.name}\") <> '{sort}'")
    return f'SELECT 1 FROM "{table.name}" WHERE {" OR ".join(wrong)} LIMIT 1'  # noqa: S608 names of ours
