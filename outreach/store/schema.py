"""Every table, with the CHECKs and unique keys that refuse impossible rows.

All times are UTC instants. The migrations build the same tables; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    TIMESTAMP,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

from outreach.domain import enrollment, touch
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.inbox import ReplyState, TaskKind
from outreach.domain.people import Basis, Subscriber

# Not IN (...): SQLite sees that `state = 'open'` implies one of several alternatives, but not that it is one of a list.
UNSETTLED = "state = 'sending' OR state = 'uncertain' OR state = 'open'"
_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class Instant(TypeDecorator[datetime]):
    """A UTC instant: timestamptz on PostgreSQL, text of fixed width (it sorts, and people can read it) on SQLite."""

    impl = String(26)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(26))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value}")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.strftime(_FORMAT)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        assert isinstance(value, datetime)
        return value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Json = JSON()  # not JSONB: it is written often, read whole, and never asked about
Id = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up INTEGER keys only


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _to(table: str, *, null: bool = False, key: str = "id", name: str | None = None) -> Column[Any]:
    return Column(name or f"{table.rstrip('s')}_id", Id, ForeignKey(f"{table}.{key}"), nullable=null)


def _among(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(v.value) for v in values)})"


# -- what stops everything, or one channel, or one provider --------------------------------------------------------
switches = Table(
    "switches",
    metadata,
    Column("name", String(80), primary_key=True),  # all | channel:sms | provider:twilio
    Column("stopped", Boolean, nullable=False),
    Column("because", Text),
    Column("by", Text),
    Column("since", Instant),
    Column("epoch", Integer, nullable=False, server_default="0"),
)
turns = Table(
    "turns",  # every turn of a switch with the epoch it raised: what the audit compares attempts with
    metadata,
    _id(),
    Column("name", String(80), nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),  # of the switch "all", which every claim shares
    Column("at", Instant, nullable=False),  # machine time
    Column("by", Text, nullable=False),
    Column("because", Text),
    Index("ix_turns_name", "name", "epoch"),
)
counters = Table(
    "counters",
    metadata,
    Column(
        "name", String(40), primary_key=True
    ),  # generation: of this database; receipts: looked at up to here
    Column("value", BigInteger, nullable=False),
)
breakers = Table(
    "breakers",  # opened by storms of failures; after `until` one try goes through, and closes it or opens it anew
    metadata,
    Column("name", String(80), primary_key=True),  # provider:twilio | sender:main:twilio
    Column("state", String(10), nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("until", Instant),  # business time, so that a compressed clock needs no second count
    Column("because", Text),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint("state IN ('closed', 'open', 'half_open')", name="state"),
)

# -- the team and the cadences --------------------------------------------------------------------------------------
teams = Table(
    "teams",  # the newest row is in force; the older ones are its history
    metadata,
    _id(),
    Column("document", Json, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("applied_by", Text, nullable=False),
)
versions = Table(
    "versions",
    metadata,
    _id(),
    Column("cadence", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("document", Json, nullable=False),  # the cadence and the text of its templates, in full
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    UniqueConstraint("cadence", "hash"),
)
cadences = Table(
    "cadences",
    metadata,
    Column("name", String(64), primary_key=True),
    _to("versions"),
    Column("live", Boolean, nullable=False),  # false: gone from the file; those inside finish
    Column("applied_at", Instant, nullable=False),
)

# -- people ---------------------------------------------------------------------------------------------------------
accounts = Table(
    "accounts",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),  # the name, folded
    Column("epoch", Integer, nullable=False, server_default="0"),
)
leads = Table(
    "leads",
    metadata,
    _id(),
    Column("source", String(64), nullable=False, server_default="manual"),
    Column("external_id", Text),
    _to("accounts", null=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("company", Text, nullable=False, server_default=""),
    Column("timezone", Text),
    Column("country", String(2)),
    Column("region", String(8)),
    Column("subscriber_kind", String(10), nullable=False, server_default="unknown"),  # rule R15
    Column("lawful_basis", String(24)),  # rule R16
    Column("owner", String(64)),
    Column("fields", Json, nullable=False, server_default=text("'{}'")),
    Column(
        "token", String(32), nullable=False, unique=True
    ),  # in unsubscribe links: one per person, no expiry
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("forgotten_at", Instant),  # then only the row is left, so that the token of old mails still works
    UniqueConstraint("source", "external_id"),
    Index("ix_leads_account_id", "account_id"),
    CheckConstraint(_among("subscriber_kind", Subscriber), name="subscriber_kind"),
    CheckConstraint(_among("lawful_basis", Basis), name="lawful_basis"),
    Index("ix_leads_name", "name"),  # whom an unmatched reply may be from
)
domains = Table(
    "domains",  # one row per mail domain, to lock when a whole domain is suppressed or capped
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Integer, nullable=False, server_default="0"),
)
addresses = Table(
    "addresses",
    metadata,
    _id(),
    _to("leads"),
    Column("kind", String(8), nullable=False),
    Column("value", Text, nullable=False),
    Column("domain", Text, ForeignKey("domains.name")),
    Column("state", String(8), nullable=False, server_default="usable"),
    Column("country", String(2)),
    Column("zones", Json, nullable=False, server_default=text("'[]'")),
    Column("hash", String(64)),  # keyed (keyed.py): finds the suppression of an address that was erased
    Column("mailbox", Text),  # of a mail address in another spelling: by which the same person is recognised
    UniqueConstraint("lead_id", "kind", "value"),
    Index(
        "ix_addresses_mailbox",
        "mailbox",
        sqlite_where=text("mailbox IS NOT NULL"),
        postgresql_where=text("mailbox IS NOT NULL"),
    ),
    Index("ix_addresses_kind_value", "kind", "value"),
    Index("ix_addresses_domain", "domain"),
    CheckConstraint(_among("kind", AddressKind), name="kind"),
    CheckConstraint("state IN ('usable', 'bounced')", name="state"),
)
suppressions = Table(
    "suppressions",
    metadata,
    _id(),
    Column("scope", String(8), nullable=False),
    Column(
        "value", Text, nullable=False
    ),  # the address, domain or lead number; an HMAC once a person is forgotten
    Column("hashed", Boolean, nullable=False, server_default=text("false")),
    Column(
        "channel", String(10), nullable=False, server_default=""
    ),  # '' is every channel: a NULL is never unique
    Column("reason", String(16), nullable=False),
    Column("source", Text, nullable=False, server_default=""),
    Column("since", Instant, nullable=False),
    Column("lifted_at", Instant),
    Column("epoch", Integer),  # of a person: the epoch it is in force from, and the one it was lifted at
    Column("lifted_epoch", Integer),
    CheckConstraint("scope IN ('email','phone','postal','profile','domain','person')", name="scope"),
    Index(
        "uq_suppressions_in_force",
        "value",  # first: a claim asks by the values of its lane
        "scope",
        "channel",
        unique=True,
        sqlite_where=text("lifted_at IS NULL"),
        postgresql_where=text("lifted_at IS NULL"),
    ),
)
consents = Table(
    "consents",
    metadata,
    _id(),
    _to("leads"),
    Column("channel", String(10), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("how", Text, nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    CheckConstraint("kind IN ('written','express','implied')", name="kind"),
    Index("ix_consents_lead_id", "lead_id"),
)

dnc = Table(
    "dnc",  # do-not-call lists, by number in E.164: a claim asks by the numbers of its lane
    metadata,
    Column("number", String(16), primary_key=True),
    Column("list", String(32), primary_key=True),  # national | internal | TX ...
    Column("as_of", Instant, nullable=False),  # the day of the newest edition it was seen on
    Index("ix_dnc_list", "list", "as_of"),
)
dnc_lists = Table(
    "dnc_lists",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("numbers", BigInteger, nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("imported_at", Instant, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("source", Text, nullable=False, server_default=""),
)

# -- walks ----------------------------------------------------------------------------------------------------------
enrollments = Table(
    "enrollments",
    metadata,
    _id(),
    _to("leads"),
    Column("cadence", String(64), nullable=False),
    _to("versions"),
    Column("state", String(10), nullable=False),
    Column("step_id", String(64)),
    Column("channel", String(10)),
    Column("occurrence", Integer, nullable=False, server_default="1"),
    Column("due_at", Instant),
    Column("anchor_at", Instant, nullable=False),
    Column("paused_at", Instant),
    Column("resume_at", Instant),
    Column("rep", String(64)),
    Column("sender", String(64)),
    Column("reply_token", String(32), nullable=False, unique=True),
    Column("thread_root", Text),
    Column("thread_subject", Text),
    Column("thread_last", Text),
    Column("idempotency_key", Text, unique=True),
    Column("reason", Text),
    Column("enrolled_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column(
        "ended_epoch", Integer
    ),  # the person's epoch that ended it: no attempt of this or a later one may exist
    Column("revision", Integer, nullable=False, server_default="1"),
    CheckConstraint(_among("state", enrollment.State), name="state"),
    CheckConstraint("due_at IS NULL OR state = 'active'", name="due_only_while_active"),
    CheckConstraint("(state IN ('active','paused')) = (ended_at IS NULL)", name="ended_at"),
    CheckConstraint(
        "state NOT IN ('active','paused') OR (step_id IS NOT NULL AND channel IS NOT NULL)",
        name="open_has_a_step",
    ),
    CheckConstraint("(paused_at IS NOT NULL) = (state = 'paused')", name="paused_at"),
    Index(
        "ix_enrollments_due",
        "due_at",
        "id",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index(
        "ix_enrollments_resume",
        "resume_at",
        sqlite_where=text("state = 'paused'"),
        postgresql_where=text("state = 'paused'"),
    ),
    Index(
        "uq_enrollments_open",
        "lead_id",
        "cadence",
        unique=True,
        sqlite_where=text("state IN ('active','paused')"),
        postgresql_where=text("state IN ('active','paused')"),
    ),
    Index("ix_enrollments_lead_id", "lead_id"),
)
touches = Table(
    "touches",
    metadata,
    _id(),
    _to("enrollments"),
    _to("leads"),
    Column("step_id", String(64), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column(
        "excused_at", Instant
    ),  # it waited for room under a cap until then: lateness is counted from there
    Column(
        "first", Boolean, nullable=False, server_default=text("false")
    ),  # no step of its walk was taken before: it goes after follow-ups
    Column("due_at", Instant),
    Column(
        "rung_at", Instant
    ),  # machine time of the last bell, so that the sweep rings only what nobody heard
    Column("waiting_for", String(40)),
    Column("reason", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("sender", String(64)),
    Column("to", Text),
    Column("rep", String(64)),
    Column("disposition", String(16)),
    Column("note", Text),
    Column("reference", Text),
    Column("decision", Json),  # which rules were asked and what they said when it was claimed (R20)
    Column("sent_at", Instant),
    Column("revision", Integer, nullable=False, server_default="1"),
    UniqueConstraint("enrollment_id", "step_id", "occurrence"),
    CheckConstraint(_among("state", touch.State), name="state"),
    CheckConstraint(_among("channel", Channel), name="channel"),
    CheckConstraint(
        "(due_at IS NOT NULL) = (state IN ('queued','open','uncertain'))", name="next_action_has_a_time"
    ),
    CheckConstraint("state <> 'skipped' OR reason IS NOT NULL", name="skipped_says_why"),
    CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failed_says_why"),
    CheckConstraint("(state = 'done') = (disposition IS NOT NULL)", name="done_has_a_disposition"),
    Index(
        "ix_touches_due",
        "first",
        "due_at",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_touches_unsettled",
        "state",
        "due_at",
        sqlite_where=text(UNSETTLED),
        postgresql_where=text(UNSETTLED),
    ),
    Index("ix_touches_lead_id", "lead_id"),
    Index(
        "ix_touches_note",
        "planned_at",
        sqlite_where=text("note IS NOT NULL"),
        postgresql_where=text("note IS NOT NULL"),
    ),
    Index(
        "ix_touches_called",  # how often reps called a number in a day
        "to",
        "sent_at",
        sqlite_where=text("channel = 'call' AND state = 'done'"),
        postgresql_where=text("channel = 'call' AND state = 'done'"),
    ),
    Index(
        "ix_touches_no_receipt",
        "id",
        sqlite_where=text("state = 'sent' AND reason = 'no receipt'"),
        postgresql_where=text("state = 'sent' AND reason = 'no receipt'"),
    ),
    Index(
        "ix_touches_reference",
        "reference",
        sqlite_where=text("reference IS NOT NULL"),
        postgresql_where=text("reference IS NOT NULL"),
    ),
)
attempts = Table(
    "attempts",
    metadata,
    _id(),
    _to("touches", name="touch_id"),
    Column("token", String(32), nullable=False, unique=True),
    Column("provider", String(32), nullable=False),
    Column("channel", String(10), nullable=False),
    Column("state", String(10), nullable=False),
    Column("to", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("epoch", Integer, nullable=False),  # the person's epoch it was claimed under
    Column("switch_epoch", Integer, nullable=False, server_default="0"),  # and the one of the switch "all"
    Column("request_hash", String(64), nullable=False),
    Column("message_id", Text),  # of a mail, to match replies
    Column("text", Text, nullable=False, server_default=""),  # what the lead was told
    Column("subject", Text),
    Column("at", Instant, nullable=False),  # business time of the claim
    Column("started_at", Instant, nullable=False),  # machine time of the claim, by the database's clock
    Column("lease_until", Instant, nullable=False),  # machine time, by the database's clock
    Column("ended_at", Instant),  # machine time of the answer
    Column("reference", Text),
    Column("error", Text),
    Column(
        "looks", Integer, nullable=False, server_default="0"
    ),  # how often the provider was asked for it in vain
    Column("look_at", Instant),  # machine time of the next look, while it is uncertain
    Column("found", Text),  # what the last look found, in words
    CheckConstraint(_among("state", touch.AttemptState), name="state"),
    Index(
        "ix_attempts_lease",
        "lease_until",
        sqlite_where=text("state = 'started'"),
        postgresql_where=text("state = 'started'"),
    ),
    Index(
        "ix_attempts_look",
        "look_at",
        sqlite_where=text("state = 'uncertain'"),
        postgresql_where=text("state = 'uncertain'"),
    ),
    Index("ix_attempts_touch_id", "touch_id"),
    Index(
        "ix_attempts_dialled",  # and machines
        "to",
        "at",
        sqlite_where=text("channel IN ('sms', 'voicemail')"),
        postgresql_where=text("channel IN ('sms', 'voicemail')"),
    ),
    Index(
        "ix_attempts_message_id",
        "message_id",
        sqlite_where=text("message_id IS NOT NULL"),
        postgresql_where=text("message_id IS NOT NULL"),
    ),
    Index(
        "ix_attempts_reference",
        "reference",
        sqlite_where=text("reference IS NOT NULL"),
        postgresql_where=text("reference IS NOT NULL"),
    ),
)

caps = Table(
    "caps",  # the row whoever counts must hold: caps are exact under concurrency
    metadata,
    Column(
        "key", String(160), primary_key=True
    ),  # sender:main:email | rep:rosa:sms | domain:acme.example:email ...
    # What makes counting cheap: how many marks are younger than `since`; those that leave are counted off.
    Column("used", Integer, nullable=False, server_default="0"),
    Column("since", Instant),
    Column(
        "promised", BigInteger, nullable=False, server_default="0"
    ),  # marks up to this one free a place for somebody
    Column("slot_at", Instant),  # the last slot promised to one of those that wait for the least gap
    Column("last_at", Instant),  # business time of the latest, for the least gap
    Column("first_at", Instant),  # business time of the very first, for the ramp of a new sender
)
marks = Table(
    "marks",  # one row for each attempt and each cap it counts against
    metadata,
    _id(),
    Column("cap", String(160), nullable=False),
    Column("at", Instant, nullable=False),  # business time
    Column("token", String(32), nullable=False),  # of the attempt: certainly not sent frees the place
    Index("ix_marks_cap", "cap", "at"),
    Index("ix_marks_token", "token"),
)

# -- what came back, and what happened ------------------------------------------------------------------------------
events = Table(
    "events",
    metadata,
    _id(),
    Column("provider", String(32), nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("received_at", Instant, nullable=False),  # business time
    Column("machine_at", Instant, nullable=False),  # machine time: the audit measures reply to stop with it
    Column("at", Instant),  # the vendor's own time of it
    Column("raw", Json, nullable=False),
    Column("touch_id", Id, ForeignKey("touches.id")),
    _to("leads", null=True),
    Column("effect", Text),  # what it changed, in words; NULL: nothing yet
    Column("settled_at", Instant),  # machine time, just before the commit
    Column("answered_at", Instant),  # machine time at which nothing it stopped was on the wire any more
    Column("crossed", Integer),  # touches that outlasted that wait
    UniqueConstraint("provider", "key"),
    Index("ix_events_lead_id", "lead_id"),
)
replies = Table(
    "replies",  # what leads wrote, kept before anybody tries to understand it
    metadata,
    _id(),
    Column("event_id", Id, ForeignKey("events.id"), nullable=False, unique=True),
    Column("fingerprint", String(64), nullable=False, unique=True),  # one mail may come in two ways
    Column("channel", String(10), nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("kind", String(16)),
    Column("because", Text),
    Column("received_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Text),
    Column("content_type", Text),
    Column(
        "raw", LargeBinary
    ),  # as it came (deflated, its beginning only), for a later version to read again
    CheckConstraint(_among("channel", Channel), name="channel"),
    CheckConstraint(_among("state", ReplyState), name="state"),
    CheckConstraint("(decided_at IS NOT NULL) = (state IN ('settled','dismissed'))", name="decided_at"),
    Index(
        "ix_replies_open",
        "received_at",
        sqlite_where=text("state IN ('held','waiting')"),
        postgresql_where=text("state IN ('held','waiting')"),
    ),
)
tasks = Table(
    "tasks",  # work for a rep that no step asked for: somebody wrote
    metadata,
    _id(),
    _to("leads"),
    Column("enrollment_id", Id, ForeignKey("enrollments.id")),
    Column("reply_id", Id, ForeignKey("replies.id")),
    Column("kind", String(16), nullable=False),
    Column("channel", String(10)),
    Column("sender", Text, nullable=False, server_default=""),
    Column("rep", String(64)),
    Column("text", Text, nullable=False, server_default=""),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("outcome", String(16)),
    Column("note", Text, nullable=False, server_default=""),
    Column("done_by", Text),
    CheckConstraint(_among("kind", TaskKind), name="kind"),
    CheckConstraint("(done_at IS NOT NULL) = (outcome IS NOT NULL)", name="done_has_an_outcome"),
    Index("ix_tasks_lead_id", "lead_id"),
    Index(
        "ix_tasks_open",
        "due_at",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)
mailboxes = Table(
    "mailboxes",  # up to where each mailbox was read
    metadata,
    Column("name", String(80), primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("read_at", Instant, nullable=False),  # machine time
    Column("error", Text),  # why it cannot be read at this moment
)
holds = Table(
    "holds",
    metadata,
    _id(),
    _to("leads"),
    Column("reply_id", Id, ForeignKey("replies.id")),  # what must be understood
    Column("because", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # then a person is asked
    Column("released_at", Instant),
    Index(
        "ix_holds_open",
        "lead_id",
        sqlite_where=text("released_at IS NULL"),
        postgresql_where=text("released_at IS NULL"),
    ),
    Index("ix_holds_reply_id", "reply_id"),
)
history = Table(
    "history",
    metadata,
    _id(),
    Column("at", Instant, nullable=False),
    _to("leads"),
    # Not foreign keys: rows of these are never taken away, and PostgreSQL would look both up again for each line it is told.
    Column("enrollment_id", Id),
    Column("touch_id", Id),
    Column("was", String(16)),
    Column("cause", String(80), nullable=False),
    Column("became", String(16)),
    Column("by", Text, nullable=False),
    Column("because", Text),
    Index("ix_history_lead_id", "lead_id", "id"),
)
heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String(120), primary_key=True),  # role:host:pid
    Column("role", String(16), nullable=False),
    Column("at", Instant, nullable=False),  # machine time
    Column("detail", Text, nullable=False, server_default=""),
)
