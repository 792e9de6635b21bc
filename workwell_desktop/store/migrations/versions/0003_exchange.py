"""What a hub has acknowledged, and blobs that have come in part.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "receipt",
        sa.Column("scope", sa.String, primary_key=True),
        sa.Column("incarnation", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blob_receipt",
        sa.Column("scope", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blob_piece",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("piece", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
