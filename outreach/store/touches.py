"""Touches and their attempts: written only over the revision that was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from outreach.domain.channel import Channel
from outreach.domain.errors import Stale
from outreach.domain.touch import Cause, Disposition, State, Touch
from outreach.domain.values import made
from outreach.store import history
from outreach.store.raw import Query, instant
from outreach.store.schema import touches

_NAMES = [f.name for f in fields(Touch)]
_FIXED = {"id", "enrollment_id", "lead_id", "step_id", "occurrence", "channel"}
CHANGING = [name for name in _NAMES if name not in _FIXED]
_COLUMNS = [touches.c[name] for name in _NAMES]
_TIMES = frozenset(name for name in _NAMES if name.endswith("_at"))
_ALL = ", ".join(f'"{name}"' for name in _NAMES)  # "to" is a word of SQL
_BY_IDS = {
    lock: Query(f"SELECT {_ALL} FROM touches WHERE id IN :ids ORDER BY id {'{update}' if lock else ''}")
    for lock in (False, True)
}
_CLAIMABLE = Query(
    f"SELECT {_ALL} FROM touches WHERE id IN :ids AND state = 'queued' AND due_at <= :now ORDER BY id {{skip}}"
)
_HELD = Query("SELECT id, revision FROM touches WHERE id IN :ids ORDER BY id {update}")


# -- reading ----------------------------------------------------------------------------------------------------------


def get(db: Connection, touch_id: int, *, lock: bool = False) -> Touch | None:
    """One touch."""
    query = select(*_COLUMNS).where(touches.c.id == touch_id)
    row = db.execute(query.with_for_update() if lock else query).first()
    return _touch(row) if row else None


def by_ids(db: Connection, ids: Collection[int], *, lock: bool = False) -> dict[int, Touch]:
    """Touches by number, locked for change in order of id when asked."""
    found = (_read(row) for row in _BY_IDS[lock].rows(db, ids=sorted(ids)))
    return {one.id: one for one in found}


def claimable(db: Connection, ids: Collection[int], now: datetime) -> list[Touch]:
    """Those of `ids` that are queued and due, locked; what another worker is claiming at this moment is left to it."""
    return [_read(row) for row in _CLAIMABLE.rows(db, ids=sorted(ids), now=now)]


def held(db: Connection, ids: Collection[int]) -> dict[int, int]:
    """touch -> its revision, locked for change in order of id: enough for whoever knows what that revision says."""
    return {row[0]: row[1] for row in _HELD.rows(db, ids=sorted(ids))}


def of_enrollments(db: Connection, ids: Collection[int], *, lock: bool = False) -> list[Touch]:
    """All touches of these enrollments, oldest first."""
    query = select(*_COLUMNS).where(touches.c.enrollment_id.in_(sorted(ids))).order_by(touches.c.id)
    return [_touch(row) for row in db.execute(query.with_for_update() if lock else query)]


def of_lead(db: Connection, lead_id: int) -> list[Touch]:
    """All touches of a lead, oldest first."""
    query = select(*_COLUMNS).where(touches.c.lead_id == lead_id).order_by(touches.c.id)
    return [_touch(row) for row in db.execute(query)]


def open_tasks(db: Connection, rep: str | None = None) -> list[Touch]:
    """People's work that waits, most overdue first."""
    query = (
        select(*_COLUMNS).where(touches.c.state == State.OPEN.value).order_by(touches.c.due_at, touches.c.id)
    )
    return [_touch(row) for row in db.execute(query.where(touches.c.rep == rep) if rep else query)]


def uncertain(db: Connection) -> list[Touch]:
    """Touches of which nobody knows whether they went out, oldest first."""
    query = select(*_COLUMNS).where(touches.c.state == State.UNCERTAIN.value).order_by(touches.c.id)
    return [_touch(row) for row in db.execute(query)]


def sending_to(db: Connection, lead_ids: Collection[int] | None) -> list[Touch]:
    """Touches that are on the wire at this moment, for these people or (None) for everybody."""
    query = select(*_COLUMNS).where(touches.c.state == State.SENDING.value)
    if lead_ids is not None:
        query = query.where(touches.c.lead_id.in_(sorted(lead_ids)))
    return [_touch(row) for row in db.execute(query)]


def outcomes(db: Connection, enrollment_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """enrollment -> step -> its disposition, else its state: what conditions may ask for."""
    if not enrollment_ids:
        return {}
    columns = (touches.c.enrollment_id, touches.c.step_id, touches.c.state, touches.c.disposition)
    query = select(*columns).where(touches.c.enrollment_id.in_(sorted(enrollment_ids))).order_by(touches.c.id)
    found: dict[int, dict[str, str]] = {}
    for row in db.execute(query):
        found.setdefault(row.enrollment_id, {})[row.step_id] = row.disposition or row.state
    return found


# -- moving -------------------------------------------------------------------------------------------------------------


def let_go(db: Connection, rule: str, now: datetime) -> int:
    """Make due what a rule was holding back, because it holds no longer; returns how many."""
    held = and_(touches.c.state == State.QUEUED.value, touches.c.waiting_for == rule, touches.c.due_at > now)
    return db.execute(update(touches).where(held).values(due_at=now, rung_at=None)).rowcount


def save(
    db: Connection,
    before: Touch,
    after: Touch,
    cause: Cause,
    *,
    at: datetime,
    by: str,
    because: str | None = None,
    decision: Any = None,
) -> Touch:
    """Write `after` over exactly `before`, with its history. Raises Stale when someone got there first."""
    stored = replace(after, revision=before.revision + 1)
    values = row(stored) | ({"decision": decision} if decision is not None else {})
    if after.state is State.QUEUED:
        values["rung_at"] = None  # it waits anew, so it must be rung for anew
    guard = and_(touches.c.id == before.id, touches.c.revision == before.revision)
    if db.execute(update(touches).where(guard).values(values)).rowcount != 1:
        raise Stale(f"touch {before.id} was changed by someone else")
    entry = history.Entry(
        at=at,
        lead_id=before.lead_id,
        enrollment_id=before.enrollment_id,
        touch_id=before.id,
        was=before.state.value,
        cause=cause.value,
        became=after.state.value,
        by=by,
        because=because or after.reason,
    )
    history.add(db, [entry])
    return stored


def counts(db: Connection) -> dict[str, int]:
    """state -> how many touches."""
    rows = db.execute(select(touches.c.state, func.count()).group_by(touches.c.state))
    return {row[0]: row[1] for row in rows}


def row(touch: Touch) -> dict[str, Any]:
    """What changes of a touch, by column."""
    values = {name: touch.__dict__[name] for name in CHANGING}
    values["state"] = touch.state.value
    values["disposition"] = touch.disposition.value if touch.disposition else None
    return values


def _read(row: Sequence[Any]) -> Touch:
    values = dict(zip(_NAMES, row, strict=True))
    for name in _TIMES:
        values[name] = instant(values[name])
    values["state"] = State(values["state"])
    values["channel"] = Channel(values["channel"])
    values["disposition"] = Disposition(values["disposition"]) if values["disposition"] else None
    return made(Touch, values)


def _touch(row: Row[Any]) -> Touch:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    disposition = Disposition(row.disposition) if row.disposition else None
    return Touch(
        **values | {"state": State(row.state), "channel": Channel(row.channel), "disposition": disposition}
    )
