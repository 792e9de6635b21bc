"""Who set the value of a field that stands, of many records at once: histories would take a statement for each."""

from collections.abc import Iterable
from json import dumps

from sqlalchemy import bindparam, func, select

from workwell_desktop.domain.records import Id
from workwell_desktop.store.log import tables
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection

_C, _H = tables.change, projection.head
_asked = func.json_each(bindparam("asked")).table_valued("value")
_AUTHORS = Statement(
    select(_C.c.record, _C.c.author)
    .select_from(
        _asked.join(_H, (_H.c.record == _asked.c.value) & (_H.c.field == bindparam("field"))).join(_C, _C.c.n == _H.c.n)
    )
    .order_by(_C.c.lamport, _C.c.id)
)


def authors_of(cursor: Cursor, records: Iterable[Id], field: str) -> dict[Id, Id]:
    """By record; those whose field nobody set are left out. Of values set apart the one that is shown counts."""
    rows = cursor.rows(_AUTHORS, asked=dumps(list(records)), field=field)
    return {Id(record): Id(author) for record, author in rows}
