"""Everything the outside told us, raw and once; and who is alive."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, case, exists, func, literal, select, update

from outreach.store import upsert
from outreach.store.raw import Query
from outreach.store.schema import counters, events, heartbeats, leads

_KEEP = Query(
    """
    INSERT INTO events (provider, key, kind, raw, received_at, machine_at, at)
    VALUES (:provider, :key, :kind, :raw, :received_at, :machine_at, :at)
    ON CONFLICT (provider, key) DO NOTHING RETURNING id
    """
)


def keep(
    db: Connection,
    provider: str,
    key: str,
    kind: str,
    raw: Mapping[str, Any],
    *,
    received_at: datetime,
    machine_at: datetime,
    at: datetime | None,
) -> int | None:
    """Store a raw event; None when it was told before, so that it has no effect twice."""
    found = _KEEP.rows(
        db,
        provider=provider,
        key=key,
        kind=kind,
        raw=json.dumps(dict(raw)),
        received_at=received_at,
        machine_at=machine_at,
        at=at,
    )
    return found[0][0] if found else None


def settle(db: Connection, event_id: int, *, lead_id: int | None, touch_id: int | None, effect: str) -> None:
    """Write what an event was about and what it changed, in words, and when (by the database's clock)."""
    values: dict[str, Any] = {
        "lead_id": lead_id, "touch_id": touch_id, "effect": effect, "settled_at": _machine(db),
    }  # fmt: skip
    if (
        lead_id is not None
    ):  # what comes back of somebody who was forgotten meanwhile brings their address with it
        gone = exists().where(leads.c.id == lead_id, leads.c.forgotten_at.is_not(None))
        # But not what they write to us themselves: that is a new matter, and somebody must read it.
        told = and_(gone, events.c.kind != "Replied")
        values["raw"] = case((told, literal({}, events.c.raw.type)), else_=events.c.raw)
        values["effect"] = case((told, "of a lead who was forgotten"), else_=effect)
    db.execute(update(events).where(events.c.id == event_id).values(values))


def retell(db: Connection, event_id: int, *, lead_id: int | None, effect: str) -> None:
    """Write what an event turned out to change, once it was understood."""
    db.execute(update(events).where(events.c.id == event_id).values(lead_id=lead_id, effect=effect))


def answered(db: Connection, ids: Collection[int], *, crossed: int) -> None:
    """Note that what these events stopped has been waited for, and how many touches outlasted the wait."""
    values = {"answered_at": _machine(db), "crossed": crossed}
    db.execute(update(events).where(events.c.id.in_(sorted(ids))).values(values))


def _machine(db: Connection) -> Any:
    """The database's clock at this very moment, without a question of its own: the statement carries it."""
    return func.clock_timestamp() if db.dialect.name == "postgresql" else datetime.now(UTC)


def of_lead(db: Connection, lead_id: int) -> list[Row[Any]]:
    """The events about a lead, oldest first: id, provider, kind, received_at, effect."""
    columns = (events.c.id, events.c.provider, events.c.kind, events.c.received_at, events.c.effect)
    return list(db.execute(select(*columns).where(events.c.lead_id == lead_id).order_by(events.c.id)))


def known(db: Connection, provider: str, keys: Collection[str]) -> set[str]:
    """Those keys under which something was told already."""
    query = select(events.c.key).where(events.c.provider == provider, events.c.key.in_(sorted(keys)))
    return set(db.scalars(query))


def caught_up(db: Connection, provider: str) -> int:
    """Up to when (seconds since 1970, machine time) a provider was asked for what it received; 0: never."""
    query = select(counters.c.value).where(counters.c.name == f"caught up: {provider}")
    return db.scalar(query) or 0


def catch_up(db: Connection, provider: str, to: int) -> None:
    """Note up to when a provider was asked."""
    upsert.put(db, counters, {"name": f"caught up: {provider}", "value": to}, key="name")


def beat(db: Connection, name: str, role: str, *, at: datetime, detail: str = "") -> None:
    """Say that a process is alive (machine time)."""
    upsert.put(db, heartbeats, {"name": name, "role": role, "at": at, "detail": detail}, key="name")


def gone(db: Connection, name: str) -> None:
    """Forget a process that ended in good order."""
    db.execute(heartbeats.delete().where(heartbeats.c.name == name))


def alive(db: Connection) -> list[Row[Any]]:
    """name, role, at, detail of every process that said so."""
    return list(db.execute(select(heartbeats).order_by(heartbeats.c.role, heartbeats.c.name)))
