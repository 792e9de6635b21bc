"""Undo and redo, with what a page needs to say them in words."""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.values import Value
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Undone


@dataclass(frozen=True, slots=True)
class UndoView:
    """What would be, or was, undone or redone. ``field`` of an answer is ``answer/<path>``, of a record that goes or
    comes back ``@deleted``; ``fields`` counts all that change with it. From ``before`` to ``after``."""

    kind: str
    record: str
    field: str
    before: Value | None
    after: Value | None
    fields: int


def next_undo(desk: Desk) -> UndoView | None:
    """What ``undo`` would do, or None: one's own last act, while nobody changed it since and nothing was signed."""
    desk.allow(Act.READ)
    return _view(desk.store.next_undo(desk.identity))


def next_redo(desk: Desk) -> UndoView | None:
    """What ``redo`` would do, or None."""
    desk.allow(Act.READ)
    return _view(desk.store.next_redo(desk.identity))


def undo(desk: Desk) -> UndoView | None:
    """Sets the person's own last act back, by new changes; None where it does not stand free any more."""
    desk.allow(Act.READ)
    return _view(desk.store.undo(desk.identity))


def redo(desk: Desk) -> UndoView | None:
    """Does again what was undone last."""
    desk.allow(Act.READ)
    return _view(desk.store.redo(desk.identity))


def _view(undone: Undone | None) -> UndoView | None:
    if undone is None:
        return None
    return UndoView(undone.kind, undone.record, undone.field, undone.before, undone.after, len(undone.lines))
