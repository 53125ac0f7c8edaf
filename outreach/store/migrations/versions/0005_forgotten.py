"""Addresses carry a keyed hash, and leads may be forgotten."""

import sqlalchemy as sa
from alembic import op

from outreach.store import schema

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("leads", sa.Column("forgotten_at", schema.Instant(), nullable=True))
    op.add_column("addresses", sa.Column("hash", sa.String(64), nullable=True))
    op.add_column("addresses", sa.Column("mailbox", sa.Text(), nullable=True))
    spelt = sa.text("mailbox IS NOT NULL")
    op.create_index("ix_addresses_mailbox", "addresses", ["mailbox"], sqlite_where=spelt, postgresql_where=spelt)
    noted = sa.text("note IS NOT NULL")
    op.create_index("ix_touches_note", "touches", ["planned_at"], sqlite_where=noted, postgresql_where=noted)


def downgrade() -> None:
    op.drop_index("ix_touches_note", "touches")
    op.drop_index("ix_addresses_mailbox", "addresses")
    op.drop_column("addresses", "mailbox")
    op.drop_column("addresses", "hash")
    op.drop_column("leads", "forgotten_at")
