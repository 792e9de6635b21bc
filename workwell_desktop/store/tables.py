"""Tables that cannot be remade: the log, its values, blobs, drafts, settings of this computer. Alembic migrates these."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

SCHEMA = "0002"
"""The newest revision in ``migrations/versions``."""

OLDER = ("0001",)
"""Revisions that can be brought up to it."""

kept = MetaData()

change = Table(
    "change",
    kept,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    Column("incarnation", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("record", String, nullable=False),
    Column("field", String, nullable=False),
    Column("author", String, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("scope", "incarnation", "number", name="change_place"),
    Index("change_record", "record"),
    sqlite_autoincrement=True,
)

value = Table(
    "value",
    kept,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

stream = Table(
    "stream",
    kept,
    Column("scope", String, primary_key=True),
    Column("incarnation", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("tip", String, nullable=False),
    sqlite_with_rowid=False,
)

fork = Table(
    "fork",
    kept,
    Column("id", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("incarnation", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

blob = Table(
    "blob",
    kept,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

blob_scope = Table(
    "blob_scope",
    kept,
    Column("scope", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    kept,
    Column("key", String, primary_key=True),
    Column("text", String, nullable=False),
    sqlite_with_rowid=False,
)

computer = Table(
    "computer",
    kept,
    Column("key", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

revision = Table("alembic_version", kept, Column("version_num", String(32), primary_key=True))
