"""Whether a case holds what a later version of the program wrote and this one cannot read: it is kept and handed on by
sync, but no page, paper or export of this computer says it."""

from sqlalchemy import bindparam, select

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.fields import ANSWER, DELETED, EVENT_KIND
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection

_C, _H, _V = tables.change, projection.head, tables.value
_STANDING = Statement(
    select(_C.c.kind, _C.c.record, _C.c.field, _V.c.value)
    .select_from(_C.join(_H, _H.c.n == _C.c.n).join(_V, _V.c.n == _C.c.n))
    .where(_C.c.scope == bindparam("scope"), _C.c.kind != EVENT_KIND)
)


def holds_later(cursor: Cursor, scope: str) -> bool:
    """Whether anything that stands in this scope, in a record that was not deleted, is of a later version."""
    rows = cursor.rows(_STANDING, scope=scope)
    gone = {record for _kind, record, field, value in rows if field == DELETED and fields.content(value) is True}
    return any(
        _is_later(kind, field, value)
        for kind, record, field, value in rows
        if record not in gone and field != DELETED and value != fields.NULL
    )


def _is_later(kind: str, field: str, value: bytes) -> bool:
    if field.startswith(ANSWER):
        return fields.content(value) is None
    spec = fields.specs_of(kind).get(field) if kind in KINDS else None
    if spec is None or fields.column(spec, value) is None:
        return True
    said = fields.content(value)
    return isinstance(said, frozenset) and bool(fields.later_codes(spec, said))


__all__ = ["holds_later"]
