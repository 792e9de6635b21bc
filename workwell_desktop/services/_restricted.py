"""Who may read a restricted record: the roles that the site pack names, and whoever wrote it.

Every way to a record that goes by no kind of its own (history of a field, two answers, a case as a file) asks here.
"""

from collections.abc import Callable
from functools import cache

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import Id, Record, is_restricted, kind_of
from workwell_desktop.services.desk import Desk


def may_read(desk: Desk, one: Record) -> bool:
    """Whether the person who acts may read this very record; writes nothing."""
    if not is_restricted(kind_of(type(one))):
        return True
    return desk.may(Act.READ, type(one)) or _wrote(desk, one)


def may_read_lines(desk: Desk) -> Callable[[str], bool]:
    """Whether records of a kind, by its name, are the acting person's to read at all; asked once for each kind."""
    return cache(lambda kind: kind in KINDS and desk.may(Act.READ, KINDS[kind]))


def may_read_kind(desk: Desk, kind: str, one: Record | None) -> bool:
    """The same by the name of a kind; where the record itself is gone, the pack alone decides."""
    if not is_restricted(kind):
        return True
    return may_read(desk, one) if one is not None else desk.may(Act.READ, KINDS[kind])


def _wrote(desk: Desk, one: Record) -> bool:
    """Equality answers are nobody's to read, not even of whoever typed them."""
    by: Id | None = getattr(one, "recorded_by", None)
    return kind_of(type(one)) != "equality" and by is not None and by == desk.me


__all__ = ["may_read", "may_read_kind", "may_read_lines"]
