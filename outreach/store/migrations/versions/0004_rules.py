"""The rules: whose address it is, on what basis, how often a number was called, and do-not-call lists."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"

_SUBSCRIBERS = "'corporate', 'individual', 'unknown'"
_BASES = (
    "'consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests'"
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    instant = sa.String(26) if sqlite else sa.TIMESTAMP(timezone=True)
    # In the words of both databases: SQLite adds a CHECK only together with its column.
    op.execute(
        "ALTER TABLE leads ADD COLUMN subscriber_kind VARCHAR(10) DEFAULT 'unknown' NOT NULL "
        f"CONSTRAINT ck_leads_subscriber_kind CHECK (subscriber_kind IN ({_SUBSCRIBERS}))"
    )
    op.execute(
        "ALTER TABLE leads ADD COLUMN lawful_basis VARCHAR(24) "
        f"CONSTRAINT ck_leads_lawful_basis CHECK (lawful_basis IN ({_BASES}))"
    )
    op.create_table(
        "dnc",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("list", sa.String(32), nullable=False),
        sa.Column("as_of", instant, nullable=False),
        sa.PrimaryKeyConstraint("number", "list", name="pk_dnc"),
    )
    op.create_index("ix_dnc_list", "dnc", ["list", "as_of"])
    op.create_table(
        "dnc_lists",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("numbers", sa.BigInteger(), nullable=False),
        sa.Column("as_of", instant, nullable=False),
        sa.Column("imported_at", instant, nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_dnc_lists"),
    )
    for name, table, columns, where in (
        ("ix_touches_called", "touches", ["to", "sent_at"], "channel = 'call' AND state = 'done'"),
        ("ix_attempts_dialled", "attempts", ["to", "at"], "channel IN ('sms', 'voicemail')"),
    ):
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
