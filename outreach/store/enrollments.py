"""Enrollments: written only over the revision that was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from outreach.domain.channel import Channel
from outreach.domain.enrollment import OPEN, Cause, Enrollment, State
from outreach.domain.errors import Stale
from outreach.domain.values import made
from outreach.store import history
from outreach.store.raw import Query, instant
from outreach.store.schema import enrollments

_COLUMNS = [enrollments.c[f.name] for f in fields(Enrollment)]
COLUMNS = [f.name for f in fields(Enrollment)]
CHANGING = [
    name
    for name in COLUMNS
    if name not in ("id", "lead_id", "version_id", "cadence", "reply_token", "enrolled_at")
]
_TIMES = frozenset(name for name in COLUMNS if name.endswith("_at"))
_ALL = ", ".join(COLUMNS)
_WHOLE_TOKEN = 32
_LEAST_TOKEN = 12  # characters: 48 of 128 random bits, which nobody hits by chance
_BY_IDS = {
    lock: Query(f"SELECT {_ALL} FROM enrollments WHERE id IN :ids ORDER BY id {'{update}' if lock else ''}")
    for lock in (False, True)
}

_HELD = Query("SELECT id, revision FROM enrollments WHERE id IN :ids ORDER BY id {update}")


def get(db: Connection, enrollment_id: int) -> Enrollment | None:
    """One enrollment."""
    return by_ids(db, [enrollment_id]).get(enrollment_id)


def by_ids(db: Connection, ids: Collection[int], *, lock: bool = False) -> dict[int, Enrollment]:
    """Enrollments by number, locked for change in order of id when asked."""
    found = (_read(row) for row in _BY_IDS[lock].rows(db, ids=sorted(ids)))
    return {one.id: one for one in found}


def held(db: Connection, ids: Collection[int]) -> dict[int, int]:
    """enrollment -> its revision, locked for change in order of id: enough for whoever knows what that revision says."""
    return {row[0]: row[1] for row in _HELD.rows(db, ids=sorted(ids))}


def of_leads(db: Connection, lead_ids: Collection[int], *, lock: bool = False) -> list[Enrollment]:
    """All enrollments of these people, oldest first."""
    query = select(*_COLUMNS).where(enrollments.c.lead_id.in_(sorted(lead_ids))).order_by(enrollments.c.id)
    return [_enrollment(row) for row in db.execute(query.with_for_update() if lock else query)]


def counts(db: Connection) -> dict[str, int]:
    """state -> how many enrollments."""
    rows = db.execute(select(enrollments.c.state, func.count()).group_by(enrollments.c.state))
    return {row[0]: row[1] for row in rows}


def open_of(db: Connection, lead_id: int, cadence: str) -> Enrollment | None:
    """The open enrollment of a lead in a cadence; there is at most one."""
    return next((e for e in of_leads(db, [lead_id]) if e.cadence == cadence and e.open), None)


def by_key(db: Connection, idempotency_key: str) -> Enrollment | None:
    """The enrollment that was made under this key."""
    row = db.execute(select(*_COLUMNS).where(enrollments.c.idempotency_key == idempotency_key)).first()
    return _enrollment(row) if row else None


def by_reply_token(db: Connection, token: str) -> Enrollment | None:
    """The enrollment whose mails carried this Reply-To token, or the only one whose token begins with it.

    Mail systems change the case of addresses and cut long ones short.
    """
    said = token.lower()
    row = db.execute(select(*_COLUMNS).where(enrollments.c.reply_token == said)).first()
    if row is None and _LEAST_TOKEN <= len(said) < _WHOLE_TOKEN:
        begins = enrollments.c.reply_token.startswith(said, autoescape=True)
        found = db.execute(select(*_COLUMNS).where(begins).limit(2)).all()
        row = found[0] if len(found) == 1 else None
    return _enrollment(row) if row else None


def open_in(db: Connection, cadence: str) -> list[int]:
    """The leads with an open enrollment in a cadence."""
    states = [s.value for s in OPEN]
    query = select(enrollments.c.lead_id).where(
        enrollments.c.cadence == cadence, enrollments.c.state.in_(states)
    )
    return sorted(db.scalars(query))


def to_resume(db: Connection, now: datetime, limit: int) -> list[int]:
    """Paused enrollments whose date has come."""
    query = (
        select(enrollments.c.id)
        .where(enrollments.c.state == State.PAUSED.value, enrollments.c.resume_at <= now)
        .order_by(enrollments.c.resume_at)
        .limit(limit)
    )
    return list(db.scalars(query))


def add(db: Connection, enrollment: Enrollment, *, by: str, idempotency_key: str | None = None) -> Enrollment:
    """Store a new enrollment; its own `id` is ignored."""
    values = row(enrollment) | {"idempotency_key": idempotency_key}
    new_id = db.execute(insert(enrollments).values(values).returning(enrollments.c.id)).scalar_one()
    stored = replace(enrollment, id=new_id)
    entry = history.Entry(
        at=stored.enrolled_at,
        lead_id=stored.lead_id,
        enrollment_id=new_id,
        cause="enroll",
        became=stored.state.value,
        by=by,
        because=stored.cadence,
    )
    history.add(db, [entry])
    return stored


def save(
    db: Connection,
    before: Enrollment,
    after: Enrollment,
    cause: Cause,
    *,
    at: datetime,
    by: str,
    because: str | None = None,
) -> Enrollment:
    """Write `after` over exactly `before`, with its history. Raises Stale when someone got there first."""
    stored = replace(after, revision=before.revision + 1)
    guard = (enrollments.c.id == before.id) & (enrollments.c.revision == before.revision)
    if db.execute(update(enrollments).where(guard).values(row(stored))).rowcount != 1:
        raise Stale(f"enrollment {before.id} was changed by someone else")
    entry = history.Entry(
        at=at,
        lead_id=before.lead_id,
        enrollment_id=before.id,
        was=before.state.value,
        cause=cause.value,
        became=after.state.value,
        by=by,
        because=because or after.reason,
    )
    history.add(db, [entry])
    return stored


def row(enrollment: Enrollment) -> dict[str, Any]:
    """What is stored of an enrollment, by column."""
    values = {name: enrollment.__dict__[name] for name in COLUMNS if name != "id"}
    values["state"] = enrollment.state.value
    values["channel"] = enrollment.channel.value if enrollment.channel else None
    return values


def _read(row: Sequence[Any]) -> Enrollment:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _TIMES:
        values[name] = instant(values[name])
    values["state"] = State(values["state"])
    values["channel"] = Channel(values["channel"]) if values["channel"] else None
    return made(Enrollment, values)


def _enrollment(row: Row[Any]) -> Enrollment:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    channel = Channel(row.channel) if row.channel else None
    return Enrollment(**values | {"state": State(row.state), "channel": channel})


def thread(db: Connection, walk: Enrollment) -> None:
    """Write only the mail thread of an enrollment (locked by the caller): no move, so no history."""
    values = {
        "thread_root": walk.thread_root,
        "thread_subject": walk.thread_subject,
        "thread_last": walk.thread_last,
    }
    db.execute(update(enrollments).where(enrollments.c.id == walk.id).values(values))
