"""Tables that cannot be remade, and that Alembic migrates: the log, values, blobs, drafts, settings of the computer."""

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

SCHEMA = "0003"
"""The newest revision in ``migrations/versions``."""

OLDER = ("0001", "0002")
"""Revisions that can be brought up to it."""

kept = MetaData()

# Each index is one more page to encrypt and make durable for every answer: what is rarely asked goes without one.
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
)

value = Table(
    "value",
    kept,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
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

blob_piece = Table(
    "blob_piece",
    kept,
    Column("sha256", String, primary_key=True),
    Column("piece", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Of a blob that has not come whole; taken together and thrown away when the last piece is here."""

receipt = Table(
    "receipt",
    kept,
    Column("scope", String, primary_key=True),
    Column("incarnation", String, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How far the hub has said that it holds each stream."""

blob_receipt = Table(
    "blob_receipt",
    kept,
    Column("scope", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""Blobs that the hub has said it holds whole."""

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
