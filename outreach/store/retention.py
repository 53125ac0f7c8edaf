"""What has been kept long enough: found by position, a batch at a time, so that no night's work is a storm of writes.

Attempts and events are numbered in the order they come, so the place up to which they were purged is one number, and
finding the next batch reads that batch only. Rows stay, for counts, audits and against repeated callbacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, exists, or_, select, update

from outreach.domain.enrollment import OPEN
from outreach.domain.touch import TAKEN
from outreach.store import upsert
from outreach.store.personal import GONE, HELD, Subject
from outreach.store.schema import (
    attempts,
    counters,
    enrollments,
    events,
    history,
    leads,
    replies,
    tasks,
    touches,
)

_TEXTS: dict[str, Any] = {"text": "", "subject": None}
_RAW: dict[str, Any] = {"raw": {}}
_WROTE: dict[str, Any] = {"raw": None, "subject": "", "sender": ""}
_COMES_BACK = (touches, attempts, history, events)  # where callbacks leave their words
_WRITTEN = "Replied"  # the kind of event in which a person speaks


def empty_texts(db: Connection, before: datetime, many: int) -> int:
    """Erase the words of what was sent before then (business time); returns how many attempts were looked at."""
    return _empty(db, attempts, attempts.c.at, before, many, "purged: texts", _TEXTS)


def empty_events(db: Connection, before: datetime, many: int) -> int:
    """Erase the raw content of what we were told before then; returns how many events were looked at."""
    seen = _empty(db, events, events.c.received_at, before, many, "purged: events", _RAW)
    wrote = _empty(db, replies, replies.c.received_at, before, many, "purged: replies", _WROTE)
    over = (tasks.c.done_at < before, tasks.c.text != "")
    told = select(tasks.c.id).where(*over).limit(many)
    emptied = db.execute(
        update(tasks).where(tasks.c.id.in_(told)).values(text="", note="", sender="")
    ).rowcount
    return max(seen, wrote, emptied)


def empty_notes(db: Connection, before: datetime, many: int) -> int:
    """Erase the scripts and notes of people's work that is over; returns how many."""
    over = touches.c.state.in_(sorted(state.value for state in TAKEN))
    found = (
        select(touches.c.id)
        .where(touches.c.note.is_not(None), touches.c.planned_at < before, over)
        .limit(many)
    )
    ids = db.scalars(found).all()
    if ids:
        db.execute(update(touches).where(touches.c.id.in_(ids)).values(note=None))
    return len(ids)


def idle(db: Connection, before: datetime, after: int, span: int) -> tuple[list[int], int | None]:
    """Leads among the next `span` numbers of whom nothing was heard since, and the last number looked at (None: the end).

    Who is in a cadence, has work waiting or something in doubt is not among them.
    """
    last = db.scalar(
        select(leads.c.id).where(leads.c.id > after).order_by(leads.c.id).offset(span - 1).limit(1)
    )
    walking = exists().where(
        enrollments.c.lead_id == leads.c.id, enrollments.c.state.in_([s.value for s in OPEN])
    )
    waiting = exists().where(
        touches.c.lead_id == leads.c.id, touches.c.state.not_in(sorted(state.value for state in TAKEN))
    )
    unanswered = exists().where(tasks.c.lead_id == leads.c.id, tasks.c.done_at.is_(None))
    heard = exists().where(history.c.lead_id == leads.c.id, history.c.at >= before)
    query = (
        select(leads.c.id)
        .where(leads.c.id > after, leads.c.forgotten_at.is_(None), leads.c.created_at < before)
        .where(~walking, ~waiting, ~unanswered, ~heard)
        .order_by(leads.c.id)
    )
    if last is not None:
        query = query.where(leads.c.id <= last)
    return list(db.scalars(query)), last


def came_back(db: Connection, since: datetime) -> list[int]:
    """Leads that were erased since then, and of whom something was told afterwards that has not been erased yet."""
    query = (
        select(events.c.lead_id)
        .join(leads, leads.c.id == events.c.lead_id)
        .where(leads.c.forgotten_at >= since, events.c.received_at >= leads.c.forgotten_at)
        .where(events.c.kind != _WRITTEN, or_(events.c.effect.is_(None), events.c.effect != GONE))
        .distinct()
    )
    return list(db.scalars(query))


def empty_again(db: Connection, lead_id: int) -> None:
    """Erase what came back about a person after the erasure: a bounce of the last mail brings the address with it.

    What they write to us themselves is a new matter, and stays until somebody has dealt with it.
    """
    who = Subject(lead_id)
    for held in HELD:
        if held.table in _COMES_BACK:
            told = held.whose(who)
            if held.table is events:
                told = and_(told, events.c.kind != _WRITTEN)
            db.execute(update(held.table).where(told).values(dict(held.personal)))


def _empty(
    db: Connection,
    table: Table,
    at: Column[Any],
    before: datetime,
    many: int,
    name: str,
    left: dict[str, Any],
) -> int:
    done = db.scalar(select(counters.c.value).where(counters.c.name == name)) or 0
    rows = db.execute(
        select(table.c.id, at.label("at")).where(table.c.id > done).order_by(table.c.id).limit(many)
    ).all()
    old = _beginning(rows, before)
    if old:
        db.execute(update(table).where(table.c.id.in_(old)).values(left))
        upsert.put(db, counters, {"name": name, "value": old[-1]}, key="name")
    return len(old)


def _beginning(rows: Sequence[Any], before: datetime) -> list[int]:
    """The numbers up to the first row that is too young: the place may not jump over it."""
    ids: list[int] = []
    for row in rows:
        if row.at >= before:
            break
        ids.append(row.id)
    return ids
