"""What comes back is kept before it is understood: replies, the tasks they make, and how far mailboxes were read."""

import sqlalchemy as sa
from alembic import op

from outreach.store import schema

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('replies',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('event_id', schema.Id, nullable=False),
        sa.Column('fingerprint', sa.String(length=64), nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=False),
        sa.Column('sender', sa.Text(), nullable=False),
        sa.Column('subject', sa.Text(), server_default='', nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=True),
        sa.Column('because', sa.Text(), nullable=True),
        sa.Column('received_at', schema.Instant(), nullable=False),
        sa.Column('decided_at', schema.Instant(), nullable=True),
        sa.Column('decided_by', sa.Text(), nullable=True),
        sa.Column('content_type', sa.Text(), nullable=True),
        sa.Column('raw', sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("channel IN ('email', 'sms', 'voicemail', 'call', 'letter', 'social')", name=op.f('ck_replies_channel')),
        sa.CheckConstraint("state IN ('held', 'waiting', 'settled', 'dismissed')", name=op.f('ck_replies_state')),
        sa.CheckConstraint("(decided_at IS NOT NULL) = (state IN ('settled','dismissed'))", name=op.f('ck_replies_decided_at')),
        sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_replies_event_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_replies')),
        sa.UniqueConstraint('event_id', name=op.f('uq_replies_event_id')),
        sa.UniqueConstraint('fingerprint', name=op.f('uq_replies_fingerprint'))
        )
    still_open = sa.text("state IN ('held','waiting')")
    op.create_index('ix_replies_open', 'replies', ['received_at'], unique=False, sqlite_where=still_open, postgresql_where=still_open)
    op.create_table('tasks',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('enrollment_id', schema.Id, nullable=True),
        sa.Column('reply_id', schema.Id, nullable=True),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=True),
        sa.Column('sender', sa.Text(), server_default='', nullable=False),
        sa.Column('rep', sa.String(length=64), nullable=True),
        sa.Column('text', sa.Text(), server_default='', nullable=False),
        sa.Column('opened_at', schema.Instant(), nullable=False),
        sa.Column('due_at', schema.Instant(), nullable=False),
        sa.Column('done_at', schema.Instant(), nullable=True),
        sa.Column('outcome', sa.String(length=16), nullable=True),
        sa.Column('note', sa.Text(), server_default='', nullable=False),
        sa.Column('done_by', sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('answer', 'new contact', 'wrong person', 'challenge', 'remind')", name=op.f('ck_tasks_kind')),
        sa.CheckConstraint("(done_at IS NOT NULL) = (outcome IS NOT NULL)", name=op.f('ck_tasks_done_has_an_outcome')),
        sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_tasks_enrollment_id')),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_tasks_lead_id')),
        sa.ForeignKeyConstraint(['reply_id'], ['replies.id'], name=op.f('fk_tasks_reply_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks'))
        )
    op.create_index('ix_tasks_lead_id', 'tasks', ['lead_id'], unique=False)
    undone = sa.text('done_at IS NULL')
    op.create_index('ix_tasks_open', 'tasks', ['due_at'], unique=False, sqlite_where=undone, postgresql_where=undone)
    op.create_table('mailboxes',
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('uidvalidity', sa.BigInteger(), nullable=False),
        sa.Column('uid', sa.BigInteger(), nullable=False),
        sa.Column('read_at', schema.Instant(), nullable=False),
        sa.Column('error', sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_mailboxes'))
        )
    with op.batch_alter_table('holds') as holds:
        holds.add_column(sa.Column('reply_id', schema.Id, nullable=True))
        holds.create_foreign_key(op.f('fk_holds_reply_id'), 'replies', ['reply_id'], ['id'])
    op.create_index('ix_holds_reply_id', 'holds', ['reply_id'], unique=False)
    op.create_index('ix_leads_name', 'leads', ['name'], unique=False)
