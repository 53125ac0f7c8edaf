"""What happened, in order: every move of every state, written in the transaction that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from outreach.store.bulk import Bulk
from outreach.store.schema import history


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One move: what it was, why it moved, what it became, when (UTC), by whom, because of what."""

    at: datetime
    lead_id: int
    cause: str
    by: str
    was: str | None = None
    became: str | None = None
    enrollment_id: int | None = None
    touch_id: int | None = None
    because: str | None = None


_ADD = Bulk.insert(history, [f.name for f in fields(Entry)])


def add(db: Connection, entries: Iterable[Entry]) -> None:
    """Write entries, in the transaction of the moves they tell of."""
    _ADD.write(db, [{name: getattr(entry, name) for name in Entry.__slots__} for entry in entries])


def of_lead(db: Connection, lead_id: int) -> list[Entry]:
    """Everything that happened to one lead, oldest first."""
    rows = db.execute(select(history).where(history.c.lead_id == lead_id).order_by(history.c.id))
    return [
        Entry(
            at=r.at,
            lead_id=r.lead_id,
            cause=r.cause,
            by=r.by,
            was=r.was,
            became=r.became,
            enrollment_id=r.enrollment_id,
            touch_id=r.touch_id,
            because=r.because,
        )
        for r in rows
    ]
