"""Up to where each mailbox was read, so that another process goes on there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from outreach.store import upsert
from outreach.store.schema import mailboxes as table


@dataclass(frozen=True, slots=True)
class Place:
    """A folder's state: its numbers mean something only under one validity (RFC 3501, 2.3.1.1)."""

    name: str
    validity: int
    uid: int  # the last mail that was taken in
    read_at: datetime  # machine time
    error: str | None = None  # why it cannot be read at this moment


def get(db: Connection, name: str) -> Place | None:
    """Where a mailbox stands; None when it was never read."""
    row = db.execute(select(table).where(table.c.name == name)).first()
    return Place(row.name, row.uidvalidity, row.uid, row.read_at, row.error) if row else None


def every(db: Connection) -> list[Place]:
    """All of them, by name."""
    rows = db.execute(select(table).order_by(table.c.name))
    return [Place(row.name, row.uidvalidity, row.uid, row.read_at, row.error) for row in rows]


def put(db: Connection, place: Place) -> None:
    """Write where a mailbox stands."""
    row = {
        "name": place.name,
        "uidvalidity": place.validity,
        "uid": place.uid,
        "read_at": place.read_at,
        "error": place.error,
    }
    upsert.put(db, table, row, key="name")


def troubled(db: Connection, name: str, error: str, at: datetime) -> None:
    """Note why a mailbox cannot be read; where it stands is kept."""
    upsert.ignore(db, table, [{"name": name, "uidvalidity": 0, "uid": 0, "read_at": at}])
    db.execute(update(table).where(table.c.name == name).values(error=error[:300]))
