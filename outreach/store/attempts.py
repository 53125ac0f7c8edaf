"""Attempts: each try at a provider, with the token that travels outward and finds the way back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select, update

from outreach.domain.channel import Channel
from outreach.domain.touch import Attempt, AttemptState
from outreach.store import caps
from outreach.store.schema import attempts as table

_NAMES = [f.name for f in fields(Attempt)]
ROW = [n for n in _NAMES if n != "id"] + ["epoch", "switch_epoch", "subject", "message_id"]
COLUMNS = [table.c[name] for name in _NAMES]


def row(
    attempt: Attempt, *, epoch: int, switch_epoch: int, subject: str | None, message_id: str | None
) -> dict[str, Any]:
    """A new attempt by column."""
    values = {name: getattr(attempt, name) for name in _NAMES if name != "id"}
    values |= {"state": attempt.state.value, "channel": attempt.channel.value}
    kept = {"epoch": epoch, "switch_epoch": switch_epoch, "subject": subject, "message_id": message_id}
    return values | kept


def end(
    db: Connection,
    token: str,
    state: AttemptState,
    *,
    at: datetime,
    reference: str | None = None,
    error: str | None = None,
) -> None:
    """Write how a try ended; a reference that is already known is kept."""
    values: dict[str, Any] = {"state": state.value, "ended_at": at, "error": error}
    if reference:
        values["reference"] = reference
    db.execute(update(table).where(table.c.token == token).values(values))
    if state is AttemptState.NOT_SENT:
        caps.free(db, [token])


def by_token(db: Connection, token: str) -> Attempt | None:
    """The attempt that carried this token outward."""
    row = db.execute(select(*COLUMNS).where(table.c.token == token)).first()
    return attempt(row) if row else None


def by_reference(db: Connection, provider: str, reference: str) -> Attempt | None:
    """The attempt a provider calls by this reference."""
    same = and_(table.c.provider == provider, table.c.reference == reference)
    row = db.execute(select(*COLUMNS).where(same)).first()
    return attempt(row) if row else None


def by_message_ids(db: Connection, ids: Collection[str]) -> list[Attempt]:
    """The attempts that sent mails with these Message-IDs."""
    query = select(*COLUMNS).where(table.c.message_id.in_(sorted(ids)))
    return [attempt(row) for row in db.execute(query)]


def last_mail(db: Connection, touch_id: int) -> Any:
    """message_id, subject of the last mail that a touch tried to send; None when it was none."""
    query = (
        select(table.c.message_id, table.c.subject)
        .where(table.c.touch_id == touch_id, table.c.message_id.is_not(None))
        .order_by(table.c.id.desc())
        .limit(1)
    )
    return db.execute(query).first()


def of_touches(db: Connection, touch_ids: Collection[int]) -> list[Attempt]:
    """The attempts of these touches, oldest first."""
    query = select(*COLUMNS).where(table.c.touch_id.in_(sorted(touch_ids))).order_by(table.c.id)
    return [attempt(row) for row in db.execute(query)]


def latest_to(db: Connection, channel: Channel, to: str) -> Attempt | None:
    """The last attempt that went to this address on this channel."""
    query = (
        select(*COLUMNS)
        .where(table.c.channel == channel.value, table.c.to == to)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    row = db.execute(query).first()
    return attempt(row) if row else None


def expired(db: Connection, machine_now: datetime, limit: int) -> list[Attempt]:
    """Attempts without a result whose lease is over: whoever made them is dead or cut off."""
    query = (
        select(*COLUMNS)
        .where(table.c.state == AttemptState.STARTED.value, table.c.lease_until < machine_now)
        .order_by(table.c.lease_until)
        .limit(limit)
    )
    return [attempt(row) for row in db.execute(query)]


def attempt(row: Row[Any]) -> Attempt:
    """The attempt in a row of COLUMNS, which may hold more besides."""
    values = {name: getattr(row, name) for name in _NAMES}
    return Attempt(**values | {"state": AttemptState(row.state), "channel": Channel(row.channel)})
