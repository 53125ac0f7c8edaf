"""Work for reps that replies make."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from outreach.domain.channel import Channel
from outreach.domain.inbox import ReplyTask, TaskKind
from outreach.store.replies import plain
from outreach.store.schema import tasks as table

_NAMES: Final = [f.name for f in fields(ReplyTask)]
_COLUMNS: Final = [table.c[name] for name in _NAMES]
_LONGEST: Final = 20_000  # characters of what was written that a task shows
_UNDONE: Final = table.c.done_at.is_(None)


def add(db: Connection, task: ReplyTask) -> ReplyTask:
    """Store a task; its own `id` is ignored. What a lead adds to an answer that waits is added to that task."""
    same = and_(table.c.lead_id == task.lead_id, table.c.kind == task.kind.value, _UNDONE)
    row = db.execute(select(*_COLUMNS).where(same).with_for_update()).first()
    if row is not None and task.kind is TaskKind.ANSWER:
        longer = f"{row.text}\n\n-- {task.opened_at:%Y-%m-%d %H:%M} UTC, {task.sender} --\n{task.text}"
        db.execute(
            update(table)
            .where(table.c.id == row.id)
            .values(text=plain(longer)[:_LONGEST], sender=task.sender)
        )
        return _task(row)
    values = {name: getattr(task, name) for name in _NAMES if name != "id"}
    values |= {"kind": task.kind.value, "channel": task.channel.value if task.channel else None}
    values |= {"text": plain(task.text)[:_LONGEST], "sender": plain(task.sender)}
    new = db.execute(insert(table).values(values).returning(*_COLUMNS)).one()
    return _task(new)


def get(db: Connection, task_id: int, *, lock: bool = False) -> ReplyTask | None:
    """One task."""
    query = select(*_COLUMNS).where(table.c.id == task_id)
    row = db.execute(query.with_for_update() if lock else query).first()
    return _task(row) if row else None


def undone(db: Connection, rep: str | None = None, limit: int = 1000) -> list[ReplyTask]:
    """The open tasks (of one rep), most overdue first."""
    query = select(*_COLUMNS).where(_UNDONE).order_by(table.c.due_at, table.c.id).limit(limit)
    if rep is not None:
        query = query.where(table.c.rep == rep)
    return [_task(row) for row in db.execute(query)]


def of_leads(db: Connection, lead_ids: Collection[int]) -> list[ReplyTask]:
    """All tasks about these people, oldest first."""
    query = select(*_COLUMNS).where(table.c.lead_id.in_(sorted(lead_ids))).order_by(table.c.id)
    return [_task(row) for row in db.execute(query)]


def close(
    db: Connection, task_ids: Collection[int], outcome: str, *, at: datetime, by: str, note: str = ""
) -> int:
    """Close open tasks; returns how many were open."""
    query = update(table).where(table.c.id.in_(sorted(task_ids)), _UNDONE)
    return db.execute(query.values(done_at=at, outcome=outcome, done_by=by, note=plain(note))).rowcount


def counts(db: Connection, now: datetime) -> tuple[int, int]:
    """Open tasks, and those of them that are overdue."""
    late = func.count().filter(table.c.due_at <= now)
    row = db.execute(select(func.count(), late).select_from(table).where(_UNDONE)).one()
    return int(row[0]), int(row[1])


def _task(row: Row[Any]) -> ReplyTask:
    values = {name: getattr(row, name) for name in _NAMES}
    channel = Channel(row.channel) if row.channel else None
    return ReplyTask(**values | {"kind": TaskKind(row.kind), "channel": channel})
