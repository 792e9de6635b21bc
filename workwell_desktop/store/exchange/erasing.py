"""Erasing a scope for good, on the strength of a signed change that an administrator wrote.

    erasure (a record of the partnership) ──▶ values and salts · tables · search · blobs · drafts ──▶ gone
                                              headers of the log stay: every chain still verifies

From then on this computer knows the scope as erased: what still comes of it, by hub or by file, enters without its
values and is never shown. The mark lies beside the log and not in it, so that the tables can be remade without asking.
"""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Table, bindparam, delete, func, select

from workwell_desktop.domain.people import ADMINISTRATOR
from workwell_desktop.errors import StoreInUse
from workwell_desktop.store import computer
from workwell_desktop.store.exchange.purging import forget_drafts
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.ledger import Ledger, Touched
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection, search

if TYPE_CHECKING:
    import threading

    from workwell_desktop.store.log.undo import UndoLog
    from workwell_desktop.store.log.unit import Counter

ERASURE = "erasure"
MARK = "erased:"
"""Begins the key of what this computer notes of each erased scope."""
_TIDY = "tidy"

_C, _V, _R = tables.change, tables.value, tables.receipt
_E = projection.records[ERASURE]
_MARKS = Statement(
    select(tables.computer.c.key, tables.computer.c.value).where(
        tables.computer.c.key >= MARK, tables.computer.c.key < MARK[:-1] + ";"
    )
)
_WARRANTS = Statement(
    select(_E.c.case, _C.c.id, _C.c.author).join(_C, (_C.c.record == _E.c.id) & (_C.c.field == "case"))
)
_IS_WARRANT = Statement(select(_C.c.n).where(_C.c.id == bindparam("id"), _C.c.kind == ERASURE))
_ROLES = Statement(
    select(_C.c.author, _V.c.value)
    .join(_V, _V.c.n == _C.c.n)
    .where(_C.c.kind == "person", _C.c.field == "roles", _C.c.record == bindparam("person"))
)
_FOUNDER = Statement(select(_C.c.author).where(_C.c.kind == "partnership").order_by(_C.c.lamport, _C.c.id).limit(1))
_RECORDS = Statement(select(_C.c.record).where(_C.c.scope == bindparam("scope")).distinct())
_COUNT = Statement(
    select(func.count(), func.count().filter(_C.c.number > func.coalesce(_R.c.number, 0)))
    .select_from(
        _C.join(_V, _V.c.n == _C.c.n).outerjoin(_R, (_R.c.scope == _C.c.scope) & (_R.c.incarnation == _C.c.incarnation))
    )
    .where(_C.c.scope == bindparam("scope"))
)
_BLOBS = Statement(
    select(tables.blob_scope.c.sha256)
    .where(tables.blob_scope.c.scope == bindparam("scope"))
    .union(select(projection.blob_ref.c.sha256).where(projection.blob_ref.c.scope == bindparam("scope")))
)
_asked = select(func.json_each(bindparam("asked")).table_valued("value").c.value)
_held = select(projection.blob_ref.c.sha256).union(select(tables.blob_scope.c.sha256))


def _of_scope(table: Table) -> Statement:
    return Statement(delete(table).where(table.c.scope == bindparam("scope")))


_BY_SCOPE = [
    *(_of_scope(table) for table in projection.records.values()),
    *(_of_scope(table) for table in (projection.conflict, projection.blob_ref, tables.blob_scope, tables.blob_receipt)),
    Statement(delete(_V).where(_V.c.n.in_(select(_C.c.n).where(_C.c.scope == bindparam("scope"))))),
]
_BY_RECORD = [
    Statement(delete(table).where(column.in_(_asked)))
    for table, column in (
        (projection.head, projection.head.c.record),
        (projection.early, projection.early.c.record),
        (projection.covered, projection.covered.c.by),
    )
]
_ORPHANS = [
    Statement(delete(table).where(table.c.sha256.in_(_asked), table.c.sha256.not_in(_held)))
    for table in (tables.blob, tables.blob_piece)
]


@dataclass(frozen=True, slots=True)
class Erased:
    """One scope as this computer knows it. ``changes`` had values here, of which ``only_here`` nobody had said that
    they were held elsewhere (at least so many); ``blobs`` were its papers, ink and files; ``at`` is in milliseconds."""

    scope: str
    warrant: str
    at: int
    changes: int
    blobs: int
    only_here: int


def erased_in(cursor: Cursor) -> dict[str, Erased]:
    """Every scope that was erased, as far as this computer knows."""
    found = {}
    for key, value in cursor.rows(_MARKS):
        scope = key.removeprefix(MARK)
        found[scope] = Erased(scope, *json.loads(value))
    return found


def is_erased(cursor: Cursor, scope: str) -> bool:
    """Whether one scope was."""
    return computer.read(cursor, MARK + scope) is not None


def proven(cursor: Cursor) -> frozenset[str]:
    """The erased scopes whose warrant stands in the log: for whoever checks the store and trusts no mark."""
    marks = erased_in(cursor).values()
    return frozenset(one.scope for one in marks if cursor.row(_IS_WARRANT, id=one.warrant) is not None)


def follow(ledger: Ledger, now: int) -> tuple[Erased, ...]:
    """Carries out every warrant of an administrator that this computer has not followed yet; cheap where nothing of
    the kind was touched. The scopes that went."""
    if not any(kind in (ERASURE, "person", "partnership") for kind, _record, _scope in ledger.touched):
        return ()
    ledger.finish()
    cursor, done = ledger.cursor, []
    for case, change, author in cursor.rows(_WARRANTS):
        if case and not is_erased(cursor, case) and _may(cursor, author):
            done.append(_erase(ledger, case, change, now))
    return tuple(done)


def _erase(ledger: Ledger, scope: str, warrant: str, now: int) -> Erased:
    cursor = ledger.cursor
    records = {row[0] for row in cursor.rows(_RECORDS, scope=scope)}
    blobs = {row[0] for row in cursor.rows(_BLOBS, scope=scope)}
    row = cursor.row(_COUNT, scope=scope)
    changes, only_here = row if row is not None else (0, 0)
    for statement in _BY_RECORD:
        cursor.run(statement, asked=json.dumps(list(records)))
    for statement in _BY_SCOPE:
        cursor.run(statement, scope=scope)
    for statement in _ORPHANS:
        cursor.run(statement, asked=json.dumps(list(blobs)))
    search.refresh(cursor, scope)
    # what was deleted from the index lies in its older segments until they are merged
    cursor.sql("INSERT INTO search(search) VALUES ('optimize')")
    forget_drafts(cursor, records | {scope})
    erased = Erased(scope, warrant, now, changes, len(blobs), only_here)
    _mark(cursor, erased)
    computer.set_own(cursor, _TIDY, b"1")
    ledger.touched.add(("participant", scope, scope))
    return erased


def _mark(cursor: Cursor, one: Erased) -> None:
    kept = [one.warrant, one.at, one.changes, one.blobs, one.only_here]
    computer.write(cursor, MARK + one.scope, json.dumps(kept).encode())


def _may(cursor: Cursor, author: str) -> bool:
    """Whether somebody was ever made an administrator by another person, or founded the partnership: a person who
    gives the role to themselves erases nothing.

    Not the rule of ``entitled``, which asks as of the change, before it enters: here the warrant has entered. This
    computer may then hear in any order who was given the role and who lost it, and by a copy or a salvaged log that
    nobody judged. "Ever" turns from no to yes and never back, so that computers which know the same erase the same.
    """
    founder = cursor.row(_FOUNDER)
    for giver, value in cursor.rows(_ROLES, person=author):
        roles = fields.content(value)
        if isinstance(roles, frozenset) and ADMINISTRATOR in roles and (giver != author or founder == (author,)):
            return True
    return False


class Erasing:
    """What ``Store`` does about erased scopes. Mixed into ``Store``."""

    _turn: "threading.RLock"
    _counter: "Counter"
    _undo: "UndoLog"

    if TYPE_CHECKING:

        def _writes(self) -> AbstractContextManager[Cursor]: ...
        def _reads(self) -> AbstractContextManager[Cursor]: ...
        def _tell(self, touched: set[Touched]) -> None: ...
        def _milliseconds(self) -> int: ...
        def _fold(self) -> bool: ...
        def _vacuum(self) -> None: ...

    def erased(self) -> tuple[Erased, ...]:
        """Every scope that was erased here, the last one first."""
        with self._reads() as cursor:
            return tuple(sorted(erased_in(cursor).values(), key=lambda one: one.at, reverse=True))

    def erased_too(self, scopes: Iterable[str]) -> None:
        """Of these something had been written here that nobody else had when they were erased."""
        with self._writes() as cursor:
            marks = erased_in(cursor)
            for scope in scopes:
                if scope in marks and not marks[scope].only_here:
                    _mark(cursor, replace(marks[scope], only_here=1))

    def follow_erasures(self) -> tuple[Erased, ...]:
        """Carries out what was just decided here, and takes its traces out of the file."""
        with self._turn:
            with self._writes() as cursor:
                ledger = Ledger(cursor)
                ledger.touched.add((ERASURE, "", ""))
                gone = follow(ledger, self._milliseconds())
                ledger.finish()
            self._erased(gone)
            if gone:
                self._tell(ledger.touched)
        return gone

    def holds_of(self, scope: str) -> tuple[int, int]:
        """How many entries and blobs of a scope are here."""
        with self._reads() as cursor:
            row = cursor.row(_COUNT, scope=scope)
            return (row[0] if row is not None else 0), len(cursor.rows(_BLOBS, scope=scope))

    def tidy_later(self) -> None:
        """Something went that no free page may hold on to."""
        with self._writes() as cursor:
            cursor.sql("INSERT INTO search(search) VALUES ('optimize')")
            computer.set_own(cursor, _TIDY, b"1")

    def tidy(self) -> bool:
        """Writes the file anew where something was erased, so that no free page holds it; False where a reader is in
        the way, and the next call tries again."""
        with self._turn:
            with self._reads() as cursor:
                if computer.find_own(cursor, _TIDY) is None:
                    return True
            with suppress(StoreInUse):
                self._vacuum()
                if self._fold():
                    with self._writes() as cursor:
                        computer.drop_own(cursor, _TIDY)
                    return True
            return False

    def _erased(self, gone: Iterable[Erased]) -> None:
        if tuple(gone):
            self._counter.homes.clear()
            self._undo.forget_all()
            self.tidy()
