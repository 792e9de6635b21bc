"""Undo and redo: by new changes, of one's own last act, and only while nobody else has touched what it set.

An act that a service marks as not undoable (a signature, a lock, a release) stands, and so does all before it.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, select

from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.store.log import fields
from workwell_desktop.store.log.fields import DELETED
from workwell_desktop.store.log.unit import Act, Unit, Written
from workwell_desktop.store.prepared import Statement
from workwell_desktop.store.reading import projection

_COVERED = Statement(select(projection.covered.c.by).where(projection.covered.c.change == bindparam("change")).limit(1))
_DEPTH = 100


@dataclass(frozen=True, slots=True)
class UndoneLine:
    """One field that went from ``before`` to ``after``; the field of an answer is ``answer/<path>``."""

    kind: str
    record: Id
    field: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo or redo did, or would do; its own properties are those of the first line."""

    lines: tuple[UndoneLine, ...]

    @property
    def kind(self) -> str:
        return self.lines[0].kind

    @property
    def record(self) -> Id:
        return self.lines[0].record

    @property
    def field(self) -> str:
        return self.lines[0].field

    @property
    def before(self) -> Value | None:
        return self.lines[0].before

    @property
    def after(self) -> Value | None:
        return self.lines[0].after


@dataclass(slots=True)
class _Stacks:
    done: list[Act] = field(default_factory=list)
    undone: list[Act] = field(default_factory=list)


class UndoLog:
    """What each person did since the store was opened."""

    def __init__(self) -> None:
        self._of: defaultdict[str, _Stacks] = defaultdict(_Stacks)

    def did(self, person: str, act: Act) -> None:
        """Remembers an act that was committed."""
        if not act.written:
            return
        stacks = self._of[person]
        stacks.undone.clear()
        if not act.undoable:
            stacks.done.clear()
            return
        stacks.done.append(act)
        del stacks.done[:-_DEPTH]

    def next(self, person: str, *, redo: bool = False) -> Undone | None:
        """What undo (or redo) would do, for the words of the menu."""
        stacks = self._of[person]
        acts = stacks.undone if redo else stacks.done
        return described(acts[-1]) if acts else None

    def take(self, person: str, *, redo: bool = False) -> Act | None:
        stacks = self._of[person]
        acts = stacks.undone if redo else stacks.done
        return acts.pop() if acts else None

    def turned(self, person: str, act: Act, *, redo: bool = False) -> None:
        """Remembers the act that undid (or redid) another."""
        stacks = self._of[person]
        (stacks.done if redo else stacks.undone).append(act)

    def forget(self, person: str) -> None:
        self._of.pop(person, None)

    def forget_all(self) -> None:
        """What was done stands: part of it may be here no more."""
        self._of.clear()


def reverse(unit: Unit, act: Act) -> bool:
    """Sets everything back, inside ``unit``; False, having written nothing, where any of it does not stand free."""
    created = {one.record for one in act.written if one.new}
    ours = {one.change for one in act.written}
    rows = [unit.cursor.row(_COVERED, change=change) for change in ours]
    if any(row is not None for row in rows):
        return False
    edits = _edits(act, created)
    for record in created:
        if not ours.issuperset(unit.ledger.head_ids(record)) or unit.deleted(record):
            return False
    for _first, last in edits:
        if [head.id for head in unit.ledger.heads(last.record, last.field)] != [last.change]:
            return False
    for first, last in reversed(edits):
        unit.restore_value(last, first.before)
    for one in act.written:
        if one.new:
            unit.restore_value(replace(one, field=DELETED), fields.encode(True))
    return True


def described(act: Act) -> Undone:
    """As the reverse of ``act`` reads: before is what stands now."""
    created = {one.record for one in act.written if one.new}
    lines = [UndoneLine(one.kind, Id(one.record), DELETED, False, True) for one in act.written if one.new]
    lines += [
        UndoneLine(last.kind, Id(last.record), last.field, fields.content(last.after), fields.content(first.before))
        for first, last in _edits(act, created)
    ]
    return Undone(tuple(lines))


def _edits(act: Act, created: set[str]) -> list[tuple[Written, Written]]:
    """The first and the last change of each field of records that were there before."""
    spans: dict[tuple[str, str], tuple[Written, Written]] = {}
    for one in act.written:
        if one.record not in created:
            place = (one.record, one.field)
            spans[place] = (spans[place][0] if place in spans else one, one)
    return list(spans.values())
