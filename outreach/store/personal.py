"""Where data of people lie, column by column, and what erasing leaves of them.

`outreach export --lead` and `outreach forget` follow this table and know no other; a test fails when a column of the
schema is missing from it. Whoever adds a column says here whether it tells anything of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, Text, and_, case, cast, func, or_, select, tuple_

from outreach.store import schema

GONE: Final = "forgotten"  # stands where the schema wants words


class Erasing(Enum):
    """What becomes of a person's rows in a table."""

    COLUMNS = "the row stays for counts and audits, its personal columns are emptied"
    ROWS = "the rows are deleted"
    APART = "the eraser treats them by rules of their own"


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, as the tables know them: the lead's number, all addresses, and those that nobody else has."""

    lead_id: int
    addresses: tuple[tuple[str, str], ...] = ()  # (kind, value)
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """One table with rows about people. `plain` columns say nothing of a person once the others are empty."""

    table: Table
    whose: Callable[[Subject], ColumnElement[bool]]
    plain: frozenset[str] = frozenset()
    personal: Mapping[str, Any] = field(default_factory=dict)  # column -> what erasing leaves in it
    erasing: Erasing = Erasing.COLUMNS


def _lead(table: Table) -> Callable[[Subject], ColumnElement[bool]]:
    return lambda who: table.c.lead_id == who.lead_id


def _names(who: Subject) -> ColumnElement[bool]:
    named = schema.suppressions
    pairs = [*who.addresses, ("person", str(who.lead_id))]
    return tuple_(named.c.scope, named.c.value).in_(pairs)


def _numbers(who: Subject) -> ColumnElement[bool]:
    return schema.dnc.c.number.in_([value for kind, value in who.own if kind == "phone"])


def mentions(who: Subject) -> ColumnElement[bool]:
    """The events in whose raw content an address stands that is this person's alone, however it was written there."""
    text = func.lower(cast(schema.events.c.raw, Text))
    found = [text.contains(form, autoescape=True) for kind, value in who.own for form in _forms(kind, value)]
    return or_(*found) if found else schema.events.c.id < 0


def _forms(kind: str, value: str) -> set[str]:
    """As it stands in JSON and in forms: a number without its +, an @ as %40, other letters as \\u...."""
    plain = value.lower().removeprefix("+") if kind == "phone" else value.lower()
    written = {plain, plain.replace("@", "%40"), plain.encode("ascii", "backslashreplace").decode()}
    return {form for form in written if len(form) > 4}


def _told(who: Subject) -> ColumnElement[bool]:
    events = schema.events
    nobodys = and_(events.c.lead_id.is_(None), events.c.touch_id.is_(None))
    return or_(
        events.c.lead_id == who.lead_id, events.c.touch_id.in_(_touches(who)), and_(nobodys, mentions(who))
    )


def _wrote(who: Subject) -> ColumnElement[bool]:
    """The replies that were theirs, and those that nobody could place and that came from an address of theirs alone."""
    about = select(schema.events.c.id).where(schema.events.c.lead_id == who.lead_id)
    own = [value for _, value in who.own]
    return or_(schema.replies.c.event_id.in_(about), schema.replies.c.sender.in_(own))


def _touches(who: Subject) -> Any:
    return select(schema.touches.c.id).where(schema.touches.c.lead_id == who.lead_id)


def _said(column: Any) -> Any:
    """Words become a word; where there were none, there are none."""
    return case((column.is_not(None), GONE))


HELD: Final[tuple[Held, ...]] = (
    Held(
        schema.leads,
        lambda who: schema.leads.c.id == who.lead_id,
        # The token is random and stands in mails that the person has: their unsubscribe link goes on working.
        plain=frozenset({"id", "source", "token", "epoch", "created_at", "forgotten_at"}),
        personal={
            "external_id": None, "account_id": None, "name": "", "company": "", "timezone": None, "country": None,
            "region": None, "owner": None, "fields": {}, "subscriber_kind": "unknown", "lawful_basis": None,
        },
    ),
    Held(schema.addresses, _lead(schema.addresses), erasing=Erasing.ROWS),
    Held(schema.consents, _lead(schema.consents), erasing=Erasing.ROWS),
    Held(schema.holds, _lead(schema.holds), erasing=Erasing.ROWS),
    Held(schema.tasks, _lead(schema.tasks), erasing=Erasing.ROWS),
    Held(
        schema.replies,
        _wrote,
        # The fingerprint is a hash of what was written: without it the same mail, read again, would count as new.
        plain=frozenset({
            "id", "event_id", "fingerprint", "channel", "state", "kind", "received_at", "decided_at", "decided_by",
            "content_type",
        }),
        personal={"sender": "", "subject": "", "raw": None, "because": _said(schema.replies.c.because)},
    ),
    Held(schema.suppressions, _names, erasing=Erasing.APART),
    # Whoever asks to be forgotten stays suppressed by a keyed hash, so the number itself need not stay on any list. Of a
    # lead that was only kept long enough it stays: the list is not about them, and forbids what the law forbids.
    Held(schema.dnc, _numbers, erasing=Erasing.APART),
    Held(
        schema.enrollments,
        _lead(schema.enrollments),
        plain=frozenset({
            "id", "lead_id", "cadence", "version_id", "state", "step_id", "channel", "occurrence", "due_at", "anchor_at",
            "paused_at", "resume_at", "rep", "sender", "reply_token", "enrolled_at", "ended_at", "ended_epoch", "revision",
        }),
        personal={
            "thread_root": None, "thread_subject": None, "thread_last": None, "idempotency_key": None,
            "reason": _said(schema.enrollments.c.reason),
        },
    ),
    Held(
        schema.touches,
        _lead(schema.touches),
        plain=frozenset({
            "id", "enrollment_id", "lead_id", "step_id", "occurrence", "channel", "state", "planned_at", "excused_at", "first",
            "due_at", "rung_at", "waiting_for", "tries", "sender", "rep", "disposition", "sent_at", "revision",
        }),
        personal={
            "to": None, "note": None, "reference": None, "decision": None, "reason": _said(schema.touches.c.reason),
        },
    ),
    Held(
        schema.attempts,
        lambda who: schema.attempts.c.touch_id.in_(_touches(who)),
        plain=frozenset({
            "id", "touch_id", "token", "provider", "channel", "state", "sender", "epoch", "switch_epoch", "at", "started_at",
            "lease_until", "ended_at", "looks", "look_at",
        }),
        # The hash of the request is one of its words and address, and without a key: it could be guessed.
        personal={
            "to": "", "request_hash": "", "message_id": None, "text": "", "subject": None, "reference": None,
            "error": None, "found": None,
        },
    ),
    Held(
        schema.events,
        _told,
        # `key` is the vendor's number of the event, or a hash of all of it: without it a repeat would count as new.
        plain=frozenset({
            "id", "provider", "key", "kind", "received_at", "machine_at", "at", "touch_id", "lead_id", "settled_at",
            "answered_at", "crossed",
        }),
        personal={"raw": {}, "effect": _said(schema.events.c.effect)},
    ),
    Held(
        schema.history,
        _lead(schema.history),
        plain=frozenset({"id", "at", "lead_id", "enrollment_id", "touch_id", "was", "cause", "became", "by"}),
        personal={"because": None},
    ),
)  # fmt: skip

# What has no rows about a lead, and why one may say so.
NOBODYS: Final[Mapping[str, str]] = {
    "switches": "what is stopped for everybody",
    "turns": "when it was",
    "counters": "numbers of this database",
    "breakers": "the health of providers; their words are stored without addresses",
    "teams": "our own people and senders",
    "versions": "our own cadences and texts, before any lead's data are in them",
    "cadences": "which version is live",
    "accounts": "companies; one that no lead belongs to any more goes with the last of them",
    "domains": "mail domains; one that no address is at any more goes with the last of them",
    "caps": "counts under the number of a lead or account, or a mail domain, which goes with its last address",
    "marks": "the same, for a day or two",
    "dnc_lists": "which do-not-call lists were imported, when and by whom",
    "heartbeats": "our own processes",
    "mailboxes": "our own mailboxes, and up to where they were read",
}
