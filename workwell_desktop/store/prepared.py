"""Statements of SQLAlchemy Core, compiled once and then run straight on the driver's cursor.

Saving an answer takes a dozen statements; compiling them each time would take longer than running them.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql import ClauseElement

_DIALECT = sqlite_dialect(paramstyle="qmark")


class Statement:
    """``names`` is the order in which the parameters are given; ``fixed`` are those that stand in the statement."""

    __slots__ = ("fixed", "names", "sql")

    def __init__(self, statement: Executable) -> None:
        if not isinstance(statement, ClauseElement):
            raise TypeError("not a statement")
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or ())
        self.fixed: dict[str, Any] = {name: value for name, value in compiled.params.items() if value is not None}


class Cursor(AbstractContextManager["Cursor"]):
    """The driver's cursor under a connection of SQLAlchemy; shares its transaction, and is closed where that ends."""

    __slots__ = ("_raw",)

    def __init__(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError("a connection that is closed")
        self._raw = driver.cursor()

    def __exit__(self, *_trouble: object) -> None:
        self.close()

    def run(self, statement: Statement, **values: Any) -> Any:
        """Runs it; the rows can be fetched until the next run."""
        if statement.fixed:
            values = {**statement.fixed, **values}
        return self._raw.execute(statement.sql, [values[name] for name in statement.names])

    def row(self, statement: Statement, **values: Any) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self.run(statement, **values).fetchone()
        return found

    def rows(self, statement: Statement, **values: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.run(statement, **values).fetchall()
        return found

    def many(self, statement: Statement, rows: Sequence[dict[str, Any]]) -> None:
        self._raw.executemany(statement.sql, ([row[name] for name in statement.names] for row in rows))

    def lots(self, statement: Statement, rows: Iterable[Sequence[Any]]) -> None:
        """As ``many``, with each row in the order of the statement's names: for many thousand of them."""
        self._raw.executemany(statement.sql, rows)

    def close(self) -> None:
        """At the end of the transaction, whatever ended it. The driver hands a statement to the next one who says the
        same; a cursor that stopped half way and is tidied away later would set it back to its first row under them."""
        self._raw.close()

    def sql(self, text: str) -> Any:
        """For what Core has no words for: virtual tables and pragmas."""
        return self._raw.execute(text)


def inserted(table: Table, *columns: str, ignore: bool = False) -> Statement:
    """An INSERT of the named columns; ``ignore`` leaves a row that is there alone."""
    statement = insert(table).values({name: bindparam(name) for name in columns})
    return Statement(statement.on_conflict_do_nothing() if ignore else statement)


def put(table: Table, *columns: str) -> Statement:
    """An INSERT that takes the place of the row with the same primary key."""
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values({name: bindparam(name) for name in columns})
    return Statement(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in columns if name not in keys}
        )
    )
