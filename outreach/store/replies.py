"""Replies: what leads wrote, kept before it is understood; and the holds that keep their senders untouched meanwhile."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.inbox import Kept, ReplyState
from outreach.domain.touch import State
from outreach.store import upsert
from outreach.store.schema import events, holds, touches
from outreach.store.schema import replies as table

_LONGEST_RAW: Final = 256_000  # bytes: the head and the words of a mail; attachments come after them
_NAMES: Final = [f.name for f in fields(Kept) if f.name != "provider"]
_OPEN: Final = (ReplyState.HELD.value, ReplyState.WAITING.value)


@dataclass(frozen=True, slots=True)
class Raw:
    """A request or a mail as it came."""

    body: bytes
    content_type: str = ""


def keep(
    db: Connection, event_id: int, fingerprint: str, reply: Replied, raw: Raw | None, *, at: datetime
) -> int | None:
    """Keep a reply as held; None when the same came before by another way."""
    row = {
        "event_id": event_id,
        "fingerprint": fingerprint,
        "channel": reply.channel.value,
        "sender": plain(reply.sender)[:500],
        "subject": plain(reply.subject)[:500],
        "state": ReplyState.HELD.value,
        "received_at": at,
        "content_type": plain(raw.content_type)[:200] if raw else None,
        "raw": zlib.compress(raw.body[:_LONGEST_RAW]) if raw else None,
    }
    if not upsert.ignore(db, table, [row]):
        return None
    return db.scalar(select(table.c.id).where(table.c.event_id == event_id))


def get(db: Connection, reply_id: int, *, lock: bool = False) -> Kept | None:
    """One reply."""
    query = _select().where(table.c.id == reply_id)
    row = db.execute(query.with_for_update(of=table) if lock else query).first()
    return _kept(row) if row else None


def words(db: Connection, reply_id: int) -> Replied | None:
    """What was written, as it was taken in; None when it was erased since."""
    query = select(events.c.raw).join(table, table.c.event_id == events.c.id).where(table.c.id == reply_id)
    raw = db.scalar(query)
    return msgspec.convert(raw["event"], Replied) if raw and "event" in raw else None


def raw(db: Connection, reply_id: int) -> Raw | None:
    """The beginning of what came in, for reading it again."""
    row = db.execute(select(table.c.raw, table.c.content_type).where(table.c.id == reply_id)).first()
    return Raw(zlib.decompress(row.raw), row.content_type or "") if row and row.raw else None


def move(
    db: Connection,
    before: Kept,
    state: ReplyState,
    *,
    kind: str | None,
    because: str,
    at: datetime,
    by: str,
) -> bool:
    """Write what became of a reply; False when somebody else has decided it since it was read."""
    decided = state in (ReplyState.SETTLED, ReplyState.DISMISSED)
    values = {
        "state": state.value,
        "kind": kind,
        "because": plain(because),
        "decided_at": at if decided else None,
        "decided_by": by if decided else None,
    }
    guard = and_(table.c.id == before.id, table.c.state == before.state.value)
    return db.execute(update(table).where(guard).values(values)).rowcount == 1


def waiting(db: Connection, held_since: datetime, limit: int = 500) -> list[Kept]:
    """What a person should look at, oldest first: what nobody could place, and what is held since then unread."""
    unread = and_(table.c.state == ReplyState.HELD.value, table.c.received_at <= held_since)
    open_ = or_(table.c.state == ReplyState.WAITING.value, unread)
    query = _select().where(table.c.state.in_(_OPEN), open_).order_by(table.c.id).limit(limit)
    return [_kept(row) for row in db.execute(query)]


def stranded(db: Connection, before: datetime, limit: int) -> list[int]:
    """Replies that were kept before this (machine time) and that nobody has begun to read: somebody died in between."""
    query = (
        select(table.c.id)
        .join(events, events.c.id == table.c.event_id)
        .where(table.c.state == ReplyState.HELD.value, events.c.machine_at < before)
        .order_by(table.c.id)
        .limit(limit)
    )
    return list(db.scalars(query))


def count_waiting(db: Connection) -> int:
    """How many replies wait for a person."""
    query = select(func.count()).select_from(table).where(table.c.state.in_(_OPEN))
    return db.scalar(query.where(table.c.state == ReplyState.WAITING.value)) or 0


# -- holds --------------------------------------------------------------------------------------------------------------


def hold(
    db: Connection,
    reply_id: int | None,
    lead_ids: Collection[int],
    because: str,
    *,
    since: datetime,
    until: datetime,
) -> None:
    """Touch none of these people until the reply is understood; at `until` a person is asked. The caller has locked them."""
    rows = [
        {"lead_id": i, "reply_id": reply_id, "because": because, "since": since, "until": until}
        for i in sorted(lead_ids)
    ]
    if rows:
        db.execute(insert(holds), rows)


def held_by(db: Connection, reply_id: int) -> list[int]:
    """The people whom a reply holds."""
    query = select(holds.c.lead_id).where(holds.c.reply_id == reply_id, holds.c.released_at.is_(None))
    return sorted(set(db.scalars(query)))


def release(db: Connection, reply_id: int, *, at: datetime) -> list[int]:
    """End the holds of a reply; touches that waited for nothing else are due again. Returns the people."""
    query = update(holds).where(holds.c.reply_id == reply_id, holds.c.released_at.is_(None))
    freed = sorted(set(db.scalars(query.values(released_at=at).returning(holds.c.lead_id))))
    if freed:
        held = and_(
            touches.c.lead_id.in_(freed),
            touches.c.state == State.QUEUED.value,
            touches.c.waiting_for == "hold",
            touches.c.due_at > at,
        )
        db.execute(update(touches).where(held).values(due_at=at, rung_at=None))
    return freed


def plain(text: str) -> str:
    """Text that both databases take: PostgreSQL refuses NUL, and neither takes half a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _select() -> Any:
    columns = [table.c[name] for name in _NAMES]
    return select(*columns, events.c.provider).join(events, events.c.id == table.c.event_id)


def _kept(row: Row[Any]) -> Kept:
    values = {name: getattr(row, name) for name in _NAMES}
    states = {"state": ReplyState(row.state), "channel": Channel(row.channel)}
    return Kept(**values | states, provider=row.provider)
