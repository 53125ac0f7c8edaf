"""Rows that the database accepts: change one thing to make them impossible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, insert

from outreach.domain.cadence import Cadence, Step, Version
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.enrollment import Enrollment
from outreach.domain.people import Address, Lead
from outreach.domain.touch import Touch
from outreach.store import dispatching, enrollments, leads, playbook, schema, touches
from outreach.store.database import Db

NOW = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
TRIAL = Version(
    cadence=Cadence(
        name="trial",
        steps=(
            Step(id="hello", channel=Channel.EMAIL, template="hello.md"),
            Step(id="nudge", channel=Channel.SMS, template="nudge.txt"),
        ),
    ),
    templates={"hello.md": "---\nsubject: Hello\n---\nHi.", "nudge.txt": "Hi."},
)
MAIL = Address(id=0, kind=AddressKind.EMAIL, value="ada@example.com")


def add_lead(db: Db, number: int = 1) -> Lead:
    """A lead with a mail address."""
    mail = replace(MAIL, value=f"ada{number}@example.com")
    lead = Lead(id=0, name=f"Ada {number}", company="Acme", addresses=(mail,))
    return leads.add(db, lead, token=f"lead{number}", at=NOW)


def dispatched(db: Db, now: datetime, limit: int) -> list[Touch]:
    """What falls due, queued; most overdue first."""
    return list(touches.by_ids(db, dispatching.queue(db, now, limit)).values())


def add_walk(db: Db, number: int = 1, **change: Any) -> Enrollment:
    """A lead who is in the cadence, due now."""
    lead = add_lead(db, number)
    version_id, _ = playbook.put_version(db, TRIAL, at=NOW, by="ops")
    walk = Enrollment(
        id=0,
        lead_id=lead.id,
        cadence="trial",
        version_id=version_id,
        step_id="hello",
        channel=Channel.EMAIL,
        due_at=NOW,
        anchor_at=NOW,
        enrolled_at=NOW,
        reply_token=f"reply{number}",
    )
    return enrollments.add(db, replace(walk, **change), by="ops")


def possible(walk: Enrollment) -> dict[str, dict[str, Any]]:
    """Table -> a row it accepts, given a lead (1) who walks (1) and has one touch (1)."""
    lead, version = walk.lead_id, walk.version_id
    return {
        "accounts": {"name": "Beta", "key": "beta"},
        "leads": {"source": "crm", "external_id": "17", "token": "new", "created_at": NOW},
        "addresses": {"lead_id": lead, "kind": "phone", "value": "+12125550101"},
        "suppressions": {
            "scope": "email",
            "value": "x@example.com",
            "channel": "",
            "reason": "manual",
            "since": NOW,
        },
        "consents": {"lead_id": lead, "channel": "voicemail", "kind": "written", "given_at": NOW},
        "versions": {"cadence": "trial", "hash": "h", "document": {}, "created_at": NOW, "created_by": "ops"},
        "enrollments": {
            "lead_id": lead,
            "cadence": "nurture",
            "version_id": version,
            "state": "active",
            "step_id": "hello",
            "channel": "email",
            "due_at": NOW,
            "anchor_at": NOW,
            "reply_token": "new",
            "idempotency_key": "k",
            "enrolled_at": NOW,
        },
        "touches": {
            "enrollment_id": walk.id,
            "lead_id": lead,
            "step_id": "nudge",
            "occurrence": 1,
            "channel": "sms",
            "state": "queued",
            "planned_at": NOW,
            "due_at": NOW,
        },
        "attempts": {
            "touch_id": 1,
            "token": "new",
            "provider": "outbox",
            "channel": "email",
            "state": "started",
            "to": "ada@example.com",
            "sender": "main",
            "epoch": 0,
            "request_hash": "h",
            "at": NOW,
            "started_at": NOW,
            "lease_until": NOW,
        },
        "breakers": {"name": "provider:twilio", "state": "open", "changed_at": NOW},
        "events": {
            "provider": "twilio",
            "key": "k",
            "kind": "delivered",
            "received_at": NOW,
            "machine_at": NOW,
            "raw": {},
        },
        "replies": {
            "event_id": 1,
            "fingerprint": "f",
            "channel": "email",
            "sender": "ada@example.com",
            "state": "held",
            "received_at": NOW,
        },
        "tasks": {"lead_id": lead, "kind": "answer", "opened_at": NOW, "due_at": NOW},
    }


SEEN = {
    "provider": "twilio",
    "key": "seen",
    "kind": "Replied",
    "received_at": NOW,
    "machine_at": NOW,
    "raw": {},
}


def add(db: Db, table: str, row: dict[str, Any]) -> None:
    """Insert a row as it stands."""
    found: Table = schema.metadata.tables[table]
    db.execute(insert(found).values(row))
