"""The tables of the first day."""

import sqlalchemy as sa
from alembic import op

from outreach.store import schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accounts',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('epoch', sa.Integer(), server_default='0', nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
        sa.UniqueConstraint('key', name=op.f('uq_accounts_key'))
        )
    op.create_table('breakers',
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('failures', sa.Integer(), server_default='0', nullable=False),
        sa.Column('until', schema.Instant(), nullable=True),
        sa.Column('because', sa.Text(), nullable=True),
        sa.Column('changed_at', schema.Instant(), nullable=False),
        sa.CheckConstraint("state IN ('closed', 'open', 'half_open')", name=op.f('ck_breakers_state')),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_breakers'))
        )
    op.create_table('caps',
        sa.Column('key', sa.String(length=160), nullable=False),
        sa.Column('used', sa.Integer(), server_default='0', nullable=False),
        sa.Column('since', schema.Instant(), nullable=True),
        sa.Column('promised', sa.BigInteger(), server_default='0', nullable=False),
        sa.Column('slot_at', schema.Instant(), nullable=True),
        sa.Column('last_at', schema.Instant(), nullable=True),
        sa.Column('first_at', schema.Instant(), nullable=True),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_caps'))
        )
    op.create_table('counters',
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
        )
    op.create_table('domains',
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('epoch', sa.Integer(), server_default='0', nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_domains'))
        )
    op.create_table('heartbeats',
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('role', sa.String(length=16), nullable=False),
        sa.Column('at', schema.Instant(), nullable=False),
        sa.Column('detail', sa.Text(), server_default='', nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
        )
    op.create_table('marks',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('cap', sa.String(length=160), nullable=False),
        sa.Column('at', schema.Instant(), nullable=False),
        sa.Column('token', sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_marks'))
        )
    op.create_index('ix_marks_cap', 'marks', ['cap', 'at'], unique=False)
    op.create_index('ix_marks_token', 'marks', ['token'], unique=False)
    op.create_table('suppressions',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('scope', sa.String(length=8), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('hashed', sa.Boolean(), server_default=sa.text('false'), nullable=False),
        sa.Column('channel', sa.String(length=10), server_default='', nullable=False),
        sa.Column('reason', sa.String(length=16), nullable=False),
        sa.Column('source', sa.Text(), server_default='', nullable=False),
        sa.Column('since', schema.Instant(), nullable=False),
        sa.Column('lifted_at', schema.Instant(), nullable=True),
        sa.Column('epoch', sa.Integer(), nullable=True),
        sa.Column('lifted_epoch', sa.Integer(), nullable=True),
        sa.CheckConstraint("scope IN ('email','phone','postal','profile','domain','person')", name=op.f('ck_suppressions_scope')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_suppressions'))
        )
    op.create_index('uq_suppressions_in_force', 'suppressions', ['value', 'scope', 'channel'], unique=True, sqlite_where=sa.text('lifted_at IS NULL'), postgresql_where=sa.text('lifted_at IS NULL'))
    op.create_table('switches',
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('stopped', sa.Boolean(), nullable=False),
        sa.Column('because', sa.Text(), nullable=True),
        sa.Column('by', sa.Text(), nullable=True),
        sa.Column('since', schema.Instant(), nullable=True),
        sa.Column('epoch', sa.Integer(), server_default='0', nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_switches'))
        )
    op.create_table('teams',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('document', schema.Json, nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.Column('applied_at', schema.Instant(), nullable=False),
        sa.Column('applied_by', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_teams'))
        )
    op.create_table('turns',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('stopped', sa.Boolean(), nullable=False),
        sa.Column('epoch', sa.Integer(), nullable=False),
        sa.Column('at', schema.Instant(), nullable=False),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('because', sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_turns'))
        )
    op.create_index('ix_turns_name', 'turns', ['name', 'epoch'], unique=False)
    op.create_table('versions',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('cadence', sa.String(length=64), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.Column('document', schema.Json, nullable=False),
        sa.Column('created_at', schema.Instant(), nullable=False),
        sa.Column('created_by', sa.Text(), nullable=False),
        sa.Column('why', sa.Text(), server_default='', nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_versions')),
        sa.UniqueConstraint('cadence', 'hash', name=op.f('uq_versions_cadence_hash'))
        )
    op.create_table('cadences',
        sa.Column('name', sa.String(length=64), nullable=False),
        sa.Column('version_id', schema.Id, nullable=False),
        sa.Column('live', sa.Boolean(), nullable=False),
        sa.Column('applied_at', schema.Instant(), nullable=False),
        sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_cadences_version_id')),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_cadences'))
        )
    op.create_table('leads',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('source', sa.String(length=64), server_default='manual', nullable=False),
        sa.Column('external_id', sa.Text(), nullable=True),
        sa.Column('account_id', schema.Id, nullable=True),
        sa.Column('name', sa.Text(), server_default='', nullable=False),
        sa.Column('company', sa.Text(), server_default='', nullable=False),
        sa.Column('timezone', sa.Text(), nullable=True),
        sa.Column('country', sa.String(length=2), nullable=True),
        sa.Column('region', sa.String(length=8), nullable=True),
        sa.Column('owner', sa.String(length=64), nullable=True),
        sa.Column('fields', schema.Json, server_default=sa.text("'{}'"), nullable=False),
        sa.Column('token', sa.String(length=32), nullable=False),
        sa.Column('epoch', sa.Integer(), server_default='0', nullable=False),
        sa.Column('created_at', schema.Instant(), nullable=False),
        sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_leads_account_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_leads')),
        sa.UniqueConstraint('source', 'external_id', name=op.f('uq_leads_source_external_id')),
        sa.UniqueConstraint('token', name=op.f('uq_leads_token'))
        )
    op.create_index('ix_leads_account_id', 'leads', ['account_id'], unique=False)
    op.create_table('addresses',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('domain', sa.Text(), nullable=True),
        sa.Column('state', sa.String(length=8), server_default='usable', nullable=False),
        sa.Column('country', sa.String(length=2), nullable=True),
        sa.Column('zones', schema.Json, server_default=sa.text("'[]'"), nullable=False),
        sa.CheckConstraint("kind IN ('email', 'phone', 'postal', 'profile')", name=op.f('ck_addresses_kind')),
        sa.CheckConstraint("state IN ('usable', 'bounced')", name=op.f('ck_addresses_state')),
        sa.ForeignKeyConstraint(['domain'], ['domains.name'], name=op.f('fk_addresses_domain')),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_addresses_lead_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_addresses')),
        sa.UniqueConstraint('lead_id', 'kind', 'value', name=op.f('uq_addresses_lead_id_kind_value'))
        )
    op.create_index('ix_addresses_domain', 'addresses', ['domain'], unique=False)
    op.create_index('ix_addresses_kind_value', 'addresses', ['kind', 'value'], unique=False)
    op.create_table('consents',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('given_at', schema.Instant(), nullable=False),
        sa.Column('text', sa.Text(), server_default='', nullable=False),
        sa.Column('how', sa.Text(), server_default='', nullable=False),
        sa.Column('evidence', sa.Text(), server_default='', nullable=False),
        sa.Column('expires_at', schema.Instant(), nullable=True),
        sa.Column('revoked_at', schema.Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('written','express','implied')", name=op.f('ck_consents_kind')),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_consents_lead_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
        )
    op.create_index('ix_consents_lead_id', 'consents', ['lead_id'], unique=False)
    op.create_table('enrollments',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('cadence', sa.String(length=64), nullable=False),
        sa.Column('version_id', schema.Id, nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('step_id', sa.String(length=64), nullable=True),
        sa.Column('channel', sa.String(length=10), nullable=True),
        sa.Column('occurrence', sa.Integer(), server_default='1', nullable=False),
        sa.Column('due_at', schema.Instant(), nullable=True),
        sa.Column('anchor_at', schema.Instant(), nullable=False),
        sa.Column('paused_at', schema.Instant(), nullable=True),
        sa.Column('resume_at', schema.Instant(), nullable=True),
        sa.Column('rep', sa.String(length=64), nullable=True),
        sa.Column('sender', sa.String(length=64), nullable=True),
        sa.Column('reply_token', sa.String(length=32), nullable=False),
        sa.Column('thread_root', sa.Text(), nullable=True),
        sa.Column('thread_subject', sa.Text(), nullable=True),
        sa.Column('thread_last', sa.Text(), nullable=True),
        sa.Column('idempotency_key', sa.Text(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('enrolled_at', schema.Instant(), nullable=False),
        sa.Column('ended_at', schema.Instant(), nullable=True),
        sa.Column('ended_epoch', sa.Integer(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint("(paused_at IS NOT NULL) = (state = 'paused')", name=op.f('ck_enrollments_paused_at')),
        sa.CheckConstraint("(state IN ('active','paused')) = (ended_at IS NULL)", name=op.f('ck_enrollments_ended_at')),
        sa.CheckConstraint("due_at IS NULL OR state = 'active'", name=op.f('ck_enrollments_due_only_while_active')),
        sa.CheckConstraint("state IN ('active', 'paused', 'finished', 'replied', 'opted_out', 'bounced', 'converted', 'stopped')", name=op.f('ck_enrollments_state')),
        sa.CheckConstraint("state NOT IN ('active','paused') OR (step_id IS NOT NULL AND channel IS NOT NULL)", name=op.f('ck_enrollments_open_has_a_step')),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_enrollments_lead_id')),
        sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_enrollments_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_enrollments')),
        sa.UniqueConstraint('idempotency_key', name=op.f('uq_enrollments_idempotency_key')),
        sa.UniqueConstraint('reply_token', name=op.f('uq_enrollments_reply_token'))
        )
    op.create_index('ix_enrollments_due', 'enrollments', ['due_at', 'id'], unique=False, sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))
    op.create_index('ix_enrollments_lead_id', 'enrollments', ['lead_id'], unique=False)
    op.create_index('ix_enrollments_resume', 'enrollments', ['resume_at'], unique=False, sqlite_where=sa.text("state = 'paused'"), postgresql_where=sa.text("state = 'paused'"))
    op.create_index('uq_enrollments_open', 'enrollments', ['lead_id', 'cadence'], unique=True, sqlite_where=sa.text("state IN ('active','paused')"), postgresql_where=sa.text("state IN ('active','paused')"))
    op.create_table('holds',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('because', sa.Text(), nullable=False),
        sa.Column('since', schema.Instant(), nullable=False),
        sa.Column('until', schema.Instant(), nullable=False),
        sa.Column('released_at', schema.Instant(), nullable=True),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_holds_lead_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
        )
    op.create_index('ix_holds_open', 'holds', ['lead_id'], unique=False, sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))
    op.create_table('touches',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('enrollment_id', schema.Id, nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('step_id', sa.String(length=64), nullable=False),
        sa.Column('occurrence', sa.Integer(), nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('planned_at', schema.Instant(), nullable=False),
        sa.Column('excused_at', schema.Instant(), nullable=True),
        sa.Column('first', sa.Boolean(), server_default=sa.text('false'), nullable=False),
        sa.Column('due_at', schema.Instant(), nullable=True),
        sa.Column('rung_at', schema.Instant(), nullable=True),
        sa.Column('waiting_for', sa.String(length=40), nullable=True),
        sa.Column('reason', sa.Text(), nullable=True),
        sa.Column('tries', sa.Integer(), server_default='0', nullable=False),
        sa.Column('sender', sa.String(length=64), nullable=True),
        sa.Column('to', sa.Text(), nullable=True),
        sa.Column('rep', sa.String(length=64), nullable=True),
        sa.Column('disposition', sa.String(length=16), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('reference', sa.Text(), nullable=True),
        sa.Column('decision', schema.Json, nullable=True),
        sa.Column('sent_at', schema.Instant(), nullable=True),
        sa.Column('revision', sa.Integer(), server_default='1', nullable=False),
        sa.CheckConstraint("(due_at IS NOT NULL) = (state IN ('queued','open','uncertain'))", name=op.f('ck_touches_next_action_has_a_time')),
        sa.CheckConstraint("(state = 'done') = (disposition IS NOT NULL)", name=op.f('ck_touches_done_has_a_disposition')),
        sa.CheckConstraint("channel IN ('email', 'sms', 'voicemail', 'call', 'letter', 'social')", name=op.f('ck_touches_channel')),
        sa.CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name=op.f('ck_touches_failed_says_why')),
        sa.CheckConstraint("state <> 'skipped' OR reason IS NOT NULL", name=op.f('ck_touches_skipped_says_why')),
        sa.CheckConstraint("state IN ('queued', 'sending', 'sent', 'delivered', 'bounced', 'skipped', 'failed', 'uncertain', 'open', 'done')", name=op.f('ck_touches_state')),
        sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_touches_enrollment_id')),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_touches_lead_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_touches')),
        sa.UniqueConstraint('enrollment_id', 'step_id', 'occurrence', name=op.f('uq_touches_enrollment_id_step_id_occurrence'))
        )
    op.create_index('ix_touches_due', 'touches', ['first', 'due_at', 'id'], unique=False, sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))
    op.create_index('ix_touches_lead_id', 'touches', ['lead_id'], unique=False)
    op.create_index('ix_touches_no_receipt', 'touches', ['id'], unique=False, sqlite_where=sa.text("state = 'sent' AND reason = 'no receipt'"), postgresql_where=sa.text("state = 'sent' AND reason = 'no receipt'"))
    op.create_index('ix_touches_reference', 'touches', ['reference'], unique=False, sqlite_where=sa.text('reference IS NOT NULL'), postgresql_where=sa.text('reference IS NOT NULL'))
    op.create_index('ix_touches_unsettled', 'touches', ['state', 'due_at'], unique=False, sqlite_where=sa.text("state IN ('sending','uncertain','open')"), postgresql_where=sa.text("state IN ('sending','uncertain','open')"))
    op.create_table('attempts',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('touch_id', schema.Id, nullable=False),
        sa.Column('token', sa.String(length=32), nullable=False),
        sa.Column('provider', sa.String(length=32), nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('to', sa.Text(), nullable=False),
        sa.Column('sender', sa.Text(), nullable=False),
        sa.Column('epoch', sa.Integer(), nullable=False),
        sa.Column('switch_epoch', sa.Integer(), server_default='0', nullable=False),
        sa.Column('request_hash', sa.String(length=64), nullable=False),
        sa.Column('message_id', sa.Text(), nullable=True),
        sa.Column('text', sa.Text(), server_default='', nullable=False),
        sa.Column('subject', sa.Text(), nullable=True),
        sa.Column('at', schema.Instant(), nullable=False),
        sa.Column('started_at', schema.Instant(), nullable=False),
        sa.Column('lease_until', schema.Instant(), nullable=False),
        sa.Column('ended_at', schema.Instant(), nullable=True),
        sa.Column('reference', sa.Text(), nullable=True),
        sa.Column('error', sa.Text(), nullable=True),
        sa.Column('looks', sa.Integer(), server_default='0', nullable=False),
        sa.Column('look_at', schema.Instant(), nullable=True),
        sa.Column('found', sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('started', 'accepted', 'refused', 'not_sent', 'uncertain')", name=op.f('ck_attempts_state')),
        sa.ForeignKeyConstraint(['touch_id'], ['touches.id'], name=op.f('fk_attempts_touch_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts')),
        sa.UniqueConstraint('token', name=op.f('uq_attempts_token'))
        )
    op.create_index('ix_attempts_lease', 'attempts', ['lease_until'], unique=False, sqlite_where=sa.text("state = 'started'"), postgresql_where=sa.text("state = 'started'"))
    op.create_index('ix_attempts_look', 'attempts', ['look_at'], unique=False, sqlite_where=sa.text("state = 'uncertain'"), postgresql_where=sa.text("state = 'uncertain'"))
    op.create_index('ix_attempts_message_id', 'attempts', ['message_id'], unique=False, sqlite_where=sa.text('message_id IS NOT NULL'), postgresql_where=sa.text('message_id IS NOT NULL'))
    op.create_index('ix_attempts_reference', 'attempts', ['reference'], unique=False, sqlite_where=sa.text('reference IS NOT NULL'), postgresql_where=sa.text('reference IS NOT NULL'))
    op.create_index('ix_attempts_touch_id', 'attempts', ['touch_id'], unique=False)
    op.create_table('events',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('provider', sa.String(length=32), nullable=False),
        sa.Column('key', sa.Text(), nullable=False),
        sa.Column('kind', sa.String(length=32), nullable=False),
        sa.Column('received_at', schema.Instant(), nullable=False),
        sa.Column('machine_at', schema.Instant(), nullable=False),
        sa.Column('at', schema.Instant(), nullable=True),
        sa.Column('raw', schema.Json, nullable=False),
        sa.Column('touch_id', schema.Id, nullable=True),
        sa.Column('lead_id', schema.Id, nullable=True),
        sa.Column('effect', sa.Text(), nullable=True),
        sa.Column('settled_at', schema.Instant(), nullable=True),
        sa.Column('answered_at', schema.Instant(), nullable=True),
        sa.Column('crossed', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_events_lead_id')),
        sa.ForeignKeyConstraint(['touch_id'], ['touches.id'], name=op.f('fk_events_touch_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
        sa.UniqueConstraint('provider', 'key', name=op.f('uq_events_provider_key'))
        )
    op.create_index('ix_events_lead_id', 'events', ['lead_id'], unique=False)
    op.create_table('history',
        sa.Column('id', schema.Id, autoincrement=True, nullable=False),
        sa.Column('at', schema.Instant(), nullable=False),
        sa.Column('lead_id', schema.Id, nullable=False),
        sa.Column('enrollment_id', schema.Id, nullable=True),
        sa.Column('touch_id', schema.Id, nullable=True),
        sa.Column('was', sa.String(length=16), nullable=True),
        sa.Column('cause', sa.String(length=80), nullable=False),
        sa.Column('became', sa.String(length=16), nullable=True),
        sa.Column('by', sa.Text(), nullable=False),
        sa.Column('because', sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(['lead_id'], ['leads.id'], name=op.f('fk_history_lead_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_history'))
        )
    op.create_index('ix_history_lead_id', 'history', ['lead_id', 'id'], unique=False)
    # The row that every change of a switch updates, so that each is a barrier for every claim.
    op.execute("INSERT INTO switches (name, stopped) VALUES ('all', false)")
