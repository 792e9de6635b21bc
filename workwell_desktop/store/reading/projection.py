"""The ordinary tables: made from the log, rebuilt when their stamp differs, never migrated.

One table ``r_<kind>`` for each kind of record, derived from its declaration; beside them the heads of every field
(the answers of a response are read from them), what is in conflict, audit events, and whose signature counts.
"""

import hashlib
from functools import cache

from sqlalchemy import Column, Index, Integer, MetaData, String, Table
from sqlalchemy.schema import CreateIndex, CreateTable

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import FieldType
from workwell_desktop.store.log.column_types import type_of
from workwell_desktop.store.log.fields import specs_of

VERSION = 3
"""Raise it when the rules change by which the tables are made."""

made = MetaData()

head = Table(
    "head",
    made,
    Column("record", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

early = Table(
    "early",
    made,
    Column("replaced", String, primary_key=True),
    Column("record", String, primary_key=True),
    Column("field", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""Changes that are replaced already although they have not arrived yet."""

conflict = Table(
    "conflict",
    made,
    Column("record", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("kind", String, nullable=False),
    sqlite_with_rowid=False,
)

covered = Table(
    "covered",
    made,
    Column("change", String, primary_key=True),
    Column("by", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""Changes that something signed or locked stands for."""

blob_ref = Table(
    "blob_ref",
    made,
    Column("sha256", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", String, nullable=False),
    sqlite_with_rowid=False,
)
"""What the values of each scope refer to, whether its bytes are here or not."""

signer = Table(
    "signer",
    made,
    Column("author", String, primary_key=True),
    Column("verify_key", String, primary_key=True),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    made,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("author", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("participant", String),
    Column("record", String),
    Column("detail", String),
    Index("event_person", "person", "at"),
    Index("event_participant", "participant", "at"),
)

search_row = Table(
    "search_row",
    made,
    Column("n", Integer, primary_key=True),
    Column("participant", String, nullable=False, unique=True),
)

stamp = Table("stamp", made, Column("stamp", String, primary_key=True))

SEARCH_FIELDS = ("name", "preferred", "number", "employer", "place")
CREATE_SEARCH = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(SEARCH_FIELDS)}, "
    "tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')"
)


def _table(kind: str) -> Table:
    specs = specs_of(kind).values()
    columns = [Column(spec.name, type_of(spec)) for spec in specs]
    indexes = [Index(f"r_{kind}_scope", "scope")]
    indexes += [Index(f"r_{kind}_{spec.name}", spec.name) for spec in specs if spec.holds is FieldType.ID]
    return Table(
        f"r_{kind}",
        made,
        Column("id", String, primary_key=True),
        Column("scope", String, nullable=False),
        *columns,
        *indexes,
    )


records: dict[str, Table] = {kind: _table(kind) for kind in KINDS}


@cache
def fingerprint() -> str:
    """Of the shape of these tables and the rules by which they are made."""
    digest = hashlib.sha256(f"{VERSION}{CREATE_SEARCH}{sorted(AuditKind)}".encode())
    for table in made.sorted_tables:
        digest.update(str(CreateTable(table)).encode())
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            digest.update(str(CreateIndex(index)).encode())
    for kind in sorted(KINDS):
        digest.update(repr([(s.name, s.holds, s.enum and sorted(s.enum)) for s in specs_of(kind).values()]).encode())
    return digest.hexdigest()
