"""Proof that a store is whole: the file, every chain and signature, every value, every blob, every ordinary table."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Engine, func, select

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.store import computer
from workwell_desktop.store.exchange.erasing import proven
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.prepared import Cursor, Statement
from workwell_desktop.store.reading import projection
from workwell_desktop.store.reading.rebuild import Progress, rebuild
from workwell_desktop.store.safekeeping.check_rights import computer_problems, rights_problems
from workwell_desktop.store.safekeeping.check_shape import shape_problems

_EVERY = 500
_START = "0" * 64
_C, _V, _H, _B = tables.change, tables.value, projection.head, tables.blob
_COLUMNS = ("id", "scope", "incarnation", "number", "kind", "record", "field", "author", "lamport", "at")
_LOG = (
    select(_C, _V.c.salt, _V.c.value)
    .outerjoin(_V, _V.c.n == _C.c.n)
    .order_by(_C.c.scope, _C.c.incarnation, _C.c.number)
)


@dataclass(frozen=True, slots=True)
class Problem:
    """``code`` names the sentence ``store.problem.<code>``; ``where`` is the id of a change, a blob or a table.

    Codes: ``file``, ``unreadable``, ``columns``, ``gap``, ``chain``, ``unknown_author``, ``signature``, ``value``,
    ``value_missing``, ``lost``, ``fork``, ``table``, ``blob_missing``, ``blob_changed``, and those of ``check_shape``,
    ``check_rights`` and ``check_slots``.
    """

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``changes`` and ``participants`` that were checked."""

    changes: int
    participants: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


def check(engine: Engine, progress: Progress | None = None) -> CheckReport:
    """Reads everything. Writes nothing: the tables are remade inside a transaction that is rolled back."""
    problems: list[Problem] = []
    with engine.connect() as connection:
        problems += _file(connection)
        if not problems:
            problems += (Problem(*one) for one in shape_problems(connection))
    if problems:
        # what is not as it was made may answer a question with anything: it is named, and asked nothing
        return CheckReport(0, 0, tuple(problems))
    with engine.connect().execution_options(writes=True) as connection:
        transaction = connection.begin()
        problems += _log(connection, progress)
        problems += _lost(connection)
        problems += _forks(connection)
        problems += _blobs(connection)
        participants = connection.execute(
            select(func.count()).select_from(projection.records["participant"])
        ).scalar_one()
        changes = connection.execute(select(func.count()).select_from(_C)).scalar_one()
        if not any(problem.code == "unreadable" for problem in problems):
            problems += (Problem(*one) for one in rights_problems(connection))
            problems += (Problem(*one) for one in computer_problems(connection))
            problems += _tables(connection)
        transaction.rollback()
    return CheckReport(changes, participants, tuple(problems))


def _file(connection: Connection) -> Iterator[Problem]:
    for pragma in ("cipher_integrity_check", "integrity_check"):
        rows = connection.exec_driver_sql(f"PRAGMA {pragma}").scalars().all()
        if [row for row in rows if row != "ok"]:
            yield Problem("file", pragma)


def _log(connection: Connection, progress: Progress | None) -> Iterator[Problem]:
    keys: dict[str, list[bytes]] = {}
    for row in connection.execute(select(projection.signer)):
        keys.setdefault(row.author, []).append(bytes.fromhex(row.verify_key))
    total = connection.execute(select(func.count()).select_from(_C)).scalar_one()
    own = _own(connection)
    gone = proven(Cursor(connection))
    place, number, tip = ("", ""), 0, _START
    for done, row in enumerate(connection.execute(_LOG)):
        if progress is not None and done % _EVERY == 0:
            progress(done, total)
        if (row.scope, row.incarnation) != place:
            place, number, tip = (row.scope, row.incarnation), 0, _START
        try:
            change = Change.read(row.header, row.signature)
        except ValueError:
            yield Problem("unreadable", row.id)
            number, tip = row.number, row.id
            continue
        if any(getattr(change, name) != getattr(row, name) for name in _COLUMNS):
            yield Problem("columns", row.id)
        if change.number != number + 1:
            yield Problem("gap", row.id)
        elif change.previous != tip:
            yield Problem("chain", row.id)
        if change.author not in keys:
            yield Problem("unknown_author", row.id)
        elif not any(change.signed_by(key) for key in keys[change.author]):
            yield Problem("signature", row.id)
        # what others wrote may come before its value, or without it where it was erased; one's own had one
        if row.value is None and change.incarnation == own and change.scope not in gone:
            yield Problem("value_missing", row.id)
        elif row.value is not None and not change.seals(row.salt, row.value):
            yield Problem("value", row.id)
        number, tip = row.number, row.id


def _own(connection: Connection) -> str:
    """The name under which this computer writes now."""
    return (computer.read(Cursor(connection), "own:incarnation") or b"").decode("ascii", "replace")


def _lost(connection: Connection) -> Iterator[Problem]:
    """The end of a stream leaves no gap; what was made from it, and what the hub has acknowledged, still tell."""
    event, receipt = projection.event, tables.receipt
    heads = select(_H.c.record).outerjoin(_C, _C.c.n == _H.c.n).where(_C.c.n.is_(None)).distinct()
    noted = select(_C.c.record).where(_C.c.kind == "audit_event")
    events = select(event.c.id).where(event.c.id.not_in(noted))
    ends = (
        select(receipt.c.incarnation)
        .outerjoin(_C, (_C.c.scope == receipt.c.scope) & (_C.c.incarnation == receipt.c.incarnation))
        .group_by(receipt.c.scope, receipt.c.incarnation, receipt.c.number)
        .having(func.coalesce(func.max(_C.c.number), 0) < receipt.c.number)
    )
    own = _own(connection)
    # what came since this computer writes under its present name was numbered one by one, and nothing of it was purged
    since = select(func.min(_C.c.n)).where(_C.c.incarnation == own).scalar_subquery()
    first, last, many = connection.execute(
        select(func.min(_C.c.n), func.max(_C.c.n), func.count()).where(_C.c.n >= since)
    ).one()
    if many and last - first + 1 != many:
        yield Problem("lost", "change")
    for statement in (heads, events, ends):
        for where in connection.execute(statement).scalars().all():
            yield Problem("lost", where)


def _forks(connection: Connection) -> Iterator[Problem]:
    for known in connection.execute(select(tables.fork.c.id)).scalars():
        yield Problem("fork", known)


def _blobs(connection: Connection) -> Iterator[Problem]:
    there: set[str] = set()
    for sha256, size, data in connection.execute(select(_B.c.sha256, _B.c.size, _B.c.data)):
        there.add(sha256)
        if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
            yield Problem("blob_changed", sha256)
    values = select(_V.c.value, _C.c.incarnation).join(_H, _H.c.n == _V.c.n).join(_C, _C.c.n == _V.c.n)
    own, missing = _own(connection), dict[str, bool]()
    for value, incarnation in connection.execute(values):
        found = fields.content(value)
        for one in found if isinstance(found, tuple) else (found,):
            if isinstance(one, BlobRef) and one.sha256 not in there:
                missing[one.sha256] = missing.get(one.sha256, False) or incarnation == own
    # what was never here has still to come from somebody, and a page says so; what was here once must be here still
    held = set(connection.execute(select(tables.blob_scope.c.sha256)).scalars()) if missing else set()
    for sha256, ours in missing.items():
        if sha256 in held or (ours and _was_ours(connection, sha256)):
            yield Problem("blob_missing", sha256)


def _was_ours(connection: Connection, sha256: str) -> bool:
    """Whether this computer alone ever named a blob: then it held it. A value chosen or undone may name another's."""
    holds = func.instr(_V.c.value, sha256.encode()) > 0
    named = select(_C.c.incarnation).join(_V, _V.c.n == _C.c.n).where(holds).distinct()
    return set(connection.execute(named).scalars()) == {_own(connection)}


def _tables(connection: Connection) -> Iterator[Problem]:
    before = digests(connection)
    rebuild(connection)
    after = digests(connection)
    for name, digest in after.items():
        if before.get(name) != digest:
            yield Problem("table", name)


def digests(connection: Connection) -> dict[str, str]:
    """What every ordinary table holds, as a hash of its rows in order; equal in stores with the same changes.

    Tables that number rows as they came (heads, early arrivals, places in the search index) count by what they name.
    """
    return {name: _digest(connection, statement) for name, statement in _digested().items()}


@cache
def _digested() -> dict[str, str]:
    heads = (
        select(_H.c.record, _H.c.field, _C.c.id).join(_C, _C.c.n == _H.c.n).order_by(_H.c.record, _H.c.field, _C.c.id)
    )
    names = ", ".join(f"search.{name}" for name in projection.SEARCH_FIELDS)
    found = {
        "head": Statement(heads).sql,
        "search": f"SELECT search_row.participant, {names} FROM search"  # noqa: S608 names of ours
        " JOIN search_row ON search_row.n = search.rowid ORDER BY 1",
    }
    for table in projection.made.sorted_tables:
        if table.name not in ("head", "early", "search_row", "stamp"):
            found[table.name] = Statement(select(*table.columns).order_by(*table.primary_key)).sql
    return found


def _digest(connection: Connection, sql: str) -> str:
    digest = hashlib.sha256()
    for row in connection.exec_driver_sql(sql):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
