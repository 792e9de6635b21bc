"""Who was the last to set a field, of many records at once: a history of each would take a statement for each."""

from collections.abc import Mapping
from json import dumps

from sqlalchemy import bindparam, func, select

from workwell_desktop.domain.records import Id
from workwell_desktop.store.log import tables
from workwell_desktop.store.prepared import Cursor, Statement

_C = tables.change
_asked = func.json_each(bindparam("asked")).table_valued("value")
_LATER = _C.alias("later")
_last = (
    select(func.max(_LATER.c.n))
    .where(
        _LATER.c.scope == func.json_extract(_asked.c.value, "$[0]"),
        _LATER.c.record == func.json_extract(_asked.c.value, "$[1]"),
        _LATER.c.field == bindparam("field"),
    )
    .correlate(_asked)
    .scalar_subquery()
)
_AUTHORS = Statement(select(_C.c.record, _C.c.author).select_from(_asked.join(_C, _C.c.n == _last)))


def last_authors(cursor: Cursor, scopes: Mapping[Id, str], field: str) -> dict[Id, Id]:
    """By record, of those that ``scopes`` names with the scope of each; records whose field nobody set are left out."""
    asked = dumps([[scope, record] for record, scope in scopes.items()])
    return {Id(record): Id(author) for record, author in cursor.rows(_AUTHORS, asked=asked, field=field)}
