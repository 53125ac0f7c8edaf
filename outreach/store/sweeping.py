"""What the caretakers look for: touches never heard of, people nobody plans for, holds that nobody has ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, func, literal_column, select, update

from outreach.domain import enrollment
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Stale
from outreach.domain.touch import State
from outreach.store import upsert
from outreach.store.schema import attempts, counters, enrollments, events, history, holds, touches

NO_RECEIPT: Final = "no receipt"  # the reason of a sent touch of which nothing was ever heard
_PIECE: Final = 5000  # rows in one statement: drivers bind so many values and not many more
_RECEIPTS: Final = "receipts"  # the counter: attempts up to this number have been looked at


@dataclass(frozen=True, slots=True)
class Silent:
    """A sent touch of which nothing was heard."""

    touch_id: int
    lead_id: int
    enrollment_id: int


def unrung(db: Connection) -> int:
    """Forget of every queued touch that its bell was rung; returns how many. What is being claimed needs no bell."""
    waiting = select(touches.c.id).where(
        touches.c.state == State.QUEUED.value, touches.c.rung_at.is_not(None)
    )
    ids = list(db.scalars(waiting.order_by(touches.c.id).with_for_update(skip_locked=True)))
    for start in range(0, len(ids), _PIECE):
        piece = ids[start : start + _PIECE]
        db.execute(update(touches).where(touches.c.id.in_(piece)).values(rung_at=None))
    return len(ids)


def counter(db: Connection, name: str) -> int:
    """A counter's value; 0 when it was never set."""
    return db.scalar(select(counters.c.value).where(counters.c.name == name)) or 0


def count_up(db: Connection, name: str, *, seen: int, to: int) -> bool:
    """Set a counter that stood at `seen`; False when somebody else has moved it since."""
    upsert.ignore(db, counters, [{"name": name, "value": 0}])
    guard = and_(counters.c.name == name, counters.c.value == seen)
    return db.execute(update(counters).where(guard).values(value=to)).rowcount == 1


def unheard_of(db: Connection, started_before: datetime) -> bool:
    """Whether there is an attempt that began before this (machine time) and was not looked at yet."""
    query = select(attempts.c.started_at).where(attempts.c.id > counter(db, _RECEIPTS))
    first = db.scalar(query.order_by(attempts.c.id).limit(1))
    return first is not None and first < started_before


def silent(db: Connection, started_before: datetime, providers: Collection[str], limit: int) -> list[Silent]:
    """Of the next `limit` attempts that began before this (machine time): those sent and never heard of.

    Each attempt is looked at once, by a counter that only grows: no index has to be kept for it on the way of every
    message. `providers` are those that tell what became of a message.
    """
    seen = counter(db, _RECEIPTS)
    columns = (attempts.c.id, attempts.c.touch_id, attempts.c.provider, attempts.c.started_at)
    query = select(*columns).where(attempts.c.id > seen).order_by(attempts.c.id).limit(limit)
    old = [row for row in db.execute(query) if row.started_at < started_before]
    if not old or not count_up(db, _RECEIPTS, seen=seen, to=old[-1].id):
        return []  # nothing is old enough, or another clock looks at this moment
    asked = {row.touch_id for row in old if row.provider in providers}
    # By lead, which is indexed, and then by touch.
    heard = select(events.c.id).where(
        events.c.lead_id == touches.c.lead_id, events.c.touch_id == touches.c.id
    )
    quiet = select(touches.c.id, touches.c.lead_id, touches.c.enrollment_id).where(
        touches.c.id.in_(sorted(asked)), touches.c.state == State.SENT.value, ~heard.exists()
    )
    return [Silent(row.id, row.lead_id, row.enrollment_id) for row in db.execute(quiet)]


def note_silent(db: Connection, ids: Collection[int]) -> None:
    """Mark these sent touches; their state stays what it is."""
    sent = and_(touches.c.id.in_(sorted(ids)), touches.c.state == State.SENT.value)
    db.execute(update(touches).where(sent).values(reason=NO_RECEIPT))


def silent_count(db: Connection) -> int:
    """Touches marked as sent and never heard of."""
    marked: ColumnElement[bool] = literal_column(
        f"touches.state = 'sent' AND touches.reason = '{NO_RECEIPT}'"
    )
    return db.scalar(select(func.count()).select_from(touches).where(marked)) or 0


def overdue_holds(db: Connection, now: datetime) -> int:
    """People who are held although the time in which somebody should have understood why is over."""
    late = and_(holds.c.released_at.is_(None), holds.c.until <= now)
    return db.scalar(select(func.count(holds.c.lead_id.distinct())).where(late)) or 0


def newest(db: Connection) -> int:
    """The number of the newest line of history: it grows with everything that happens."""
    return db.scalar(select(func.max(history.c.id))) or 0


def due_by_machine(db: Connection, now: datetime, limit: int) -> list[int]:
    """Queued touches that a provider would carry at this moment, most overdue first."""
    carried = [channel.value for channel in Channel if not channel.by_rep]
    query = (
        select(touches.c.id)
        .where(touches.c.state == State.QUEUED.value, touches.c.channel.in_(carried), touches.c.due_at <= now)
        .order_by(touches.c.due_at, touches.c.id)
        .limit(limit)
    )
    return list(db.scalars(query))


def held(db: Connection, reason: str) -> list[int]:
    """Uncertain touches for this reason, oldest first."""
    query = select(touches.c.id).where(
        literal_column(f"touches.state = '{State.UNCERTAIN.value}'"), touches.c.reason == reason
    )
    return list(db.scalars(query.order_by(touches.c.id)))


def plan(db: Connection, walk: Enrollment, due_at: datetime) -> None:
    """Give an active enrollment a due time over exactly what was read. Raises Stale."""
    guard = and_(
        enrollments.c.id == walk.id,
        enrollments.c.revision == walk.revision,
        enrollments.c.state == enrollment.State.ACTIVE.value,
    )
    values: dict[str, Any] = {"due_at": due_at, "revision": walk.revision + 1}
    if db.execute(update(enrollments).where(guard).values(values)).rowcount != 1:
        raise Stale(f"enrollment {walk.id} was changed by someone else")
