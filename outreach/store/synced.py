"""How far the suppression lists of providers were read, and ours were handed to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, or_, select

from outreach.domain.channel import Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.store import permissions, upsert
from outreach.store.schema import addresses, counters, suppressions


def read_until(db: Connection, name: str) -> datetime | None:
    """Up to when this list was read; None: never."""
    found = db.scalar(select(counters.c.value).where(counters.c.name == _place(name)))
    return datetime.fromtimestamp(found, UTC) if found else None


def note_read(db: Connection, name: str, until: datetime) -> None:
    """Go on from here the next time."""
    upsert.put(db, counters, {"name": _place(name), "value": int(until.timestamp())}, key="name")


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest suppression of an address on one channel: whether it holds, why, and since when."""

    in_force: bool
    reason: SuppressionReason
    since: datetime


def latest(db: Connection, scope: str, values: Collection[str], channel: Channel) -> dict[str, Latest]:
    """value -> its latest suppression on this channel; one in force counts before all that were lifted."""
    found: dict[str, Latest] = {}
    query = (
        select(suppressions)
        .where(suppressions.c.scope == scope, suppressions.c.value.in_(sorted(values)))
        .where(suppressions.c.channel.in_(["", channel.value]))
        .order_by(suppressions.c.since)
    )
    for row in db.execute(query):
        one = Latest(row.lifted_at is None, SuppressionReason(row.reason), row.since)
        if one.in_force or row.value not in found or not found[row.value].in_force:
            found[row.value] = one
    return found


def to_hand_over(db: Connection, name: str, channel: Channel, mark: str, many: int) -> tuple[list[str], int]:
    """Addresses that were suppressed since the last time, but not by this provider's own list, and where to go on."""
    done = db.scalar(select(counters.c.value).where(counters.c.name == _handed(name))) or 0
    query = (
        select(suppressions)
        .where(suppressions.c.id > done, suppressions.c.lifted_at.is_(None), suppressions.c.hashed.is_(False))
        .where(suppressions.c.channel.in_(["", channel.value]), suppressions.c.source.not_like(f"{mark}%"))
        .where(or_(suppressions.c.scope == channel.needs.value, suppressions.c.scope == "person"))
        .order_by(suppressions.c.id)
        .limit(many)
    )
    rows = [permissions.as_suppression(row) for row in db.execute(query)]
    last = rows[-1].id if rows else db.scalar(select(func.max(suppressions.c.id))) or done
    return sorted({one for row in rows for one in _addresses(db, row, channel)}), last


def note_handed_over(db: Connection, name: str, last: int) -> None:
    """These need not be handed over again."""
    upsert.put(db, counters, {"name": _handed(name), "value": last}, key="name")


def _addresses(db: Connection, row: Suppression, channel: Channel) -> Sequence[str]:
    if row.scope != "person":
        return [row.value]
    mine = select(addresses.c.value).where(addresses.c.lead_id == int(row.value))
    return db.scalars(mine.where(addresses.c.kind == channel.needs.value)).all()


def _place(name: str) -> str:
    return f"list: {name}"


def _handed(name: str) -> str:
    return f"handed over: {name}"
