"""What `status` and `due` look at: counts and what comes next, cheap also with a million touches.

Each question names its states as literals, so that both databases answer it from the partial index that was made for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, select, text
from sqlalchemy.exc import DatabaseError

from outreach.domain import enrollment, touch
from outreach.domain.cadence import Version
from outreach.domain.people import Team
from outreach.store import codec
from outreach.store.schema import (
    cadences,
    enrollments,
    history,
    leads,
    switches,
    teams,
    touches,
    versions,
)


def walked(db: Connection) -> list[str]:
    """The cadences that were ever loaded, live or not."""
    return list(db.scalars(select(cadences.c.name).order_by(cadences.c.name)))


def queues(db: Connection) -> list[Row[Any]]:
    """channel, touches, earliest: the queued touches of each channel, and when the first is or was due."""
    count = func.count().label("touches")
    query = select(touches.c.channel, count, func.min(touches.c.due_at).label("earliest"))
    return list(db.execute(query.where(_is(touch.State.QUEUED)).group_by(touches.c.channel)))


def overdue(db: Connection, now: datetime) -> int:
    """Queued touches whose time has come."""
    query = select(func.count()).where(_is(touch.State.QUEUED), touches.c.due_at <= now)
    return db.scalar(query) or 0


def waiting(db: Connection) -> list[Row[Any]]:
    """rule, touches, until: the queued touches that a rule holds back, and when the first is looked at again."""
    query = (
        select(
            touches.c.waiting_for.label("rule"),
            func.count().label("touches"),
            func.min(touches.c.due_at).label("until"),
        )
        .where(_is(touch.State.QUEUED), touches.c.waiting_for.is_not(None))
        .group_by(touches.c.waiting_for)
        .order_by(func.count().desc())
    )
    return list(db.execute(query))


def unsettled(db: Connection, now: datetime) -> list[Row[Any]]:
    """state, touches, late: what is on the wire, uncertain or a person's work, and how many of it are past their time."""
    late = func.count().filter(touches.c.due_at <= now).label("late")
    states = (touch.State.SENDING, touch.State.UNCERTAIN, touch.State.OPEN)
    listed = ",".join(f"'{state.value}'" for state in states)
    query = select(touches.c.state, func.count().label("touches"), late)
    return list(db.execute(query.where(literal_column(f"state IN ({listed})")).group_by(touches.c.state)))


def uncertain(db: Connection, limit: int) -> list[Row[Any]]:
    """touch_id, lead_id, lead, channel, to, reason: touches of which nobody knows whether they went out."""
    query = (
        select(
            touches.c.id.label("touch_id"),
            touches.c.lead_id,
            leads.c.name.label("lead"),
            touches.c.channel,
            touches.c.to,
            touches.c.reason,
        )
        .join(leads, leads.c.id == touches.c.lead_id)
        .where(_is(touch.State.UNCERTAIN))
        .order_by(touches.c.due_at)
        .limit(limit)
    )
    return list(db.execute(query))


def inside(db: Connection) -> list[Row[Any]]:
    """cadence, state, leads: the open enrollments of each cadence."""
    columns = (enrollments.c.cadence, enrollments.c.state)
    query = select(*columns, func.count().label("leads")).where(
        literal_column("enrollments.state IN ('active','paused')")
    )
    return list(db.execute(query.group_by(*columns).order_by(*columns)))


def planned(db: Connection) -> datetime | None:
    """When the next enrollment is due that has no touch yet."""
    found: datetime | None = db.scalar(
        select(func.min(enrollments.c.due_at)).where(enrollments.c.due_at.is_not(None))
    )
    return found


def stopped(db: Connection) -> list[Row[Any]]:
    """name, because, by, since of each switch that is stopped."""
    query = select(switches.c.name, switches.c.because, switches.c.by, switches.c.since)
    return list(db.execute(query.where(switches.c.stopped).order_by(switches.c.name)))


def coming_touches(db: Connection, until: datetime, limit: int) -> list[Row[Any]]:
    """at, lead_id, enrollment_id, step_id, channel, waiting_for, reason: queued touches, earliest first."""
    query = (
        select(
            touches.c.due_at.label("at"),
            touches.c.lead_id,
            touches.c.enrollment_id,
            touches.c.step_id,
            touches.c.channel,
            touches.c.waiting_for,
            touches.c.reason,
        )
        .where(_is(touch.State.QUEUED), touches.c.due_at <= until)
        .order_by(touches.c.due_at, touches.c.id)
        .limit(limit)
    )
    return list(db.execute(query))


def coming_steps(db: Connection, until: datetime, limit: int) -> list[Row[Any]]:
    """at, lead_id, enrollment_id, step_id, channel: planned steps that have no touch yet, earliest first."""
    query = (
        select(
            enrollments.c.due_at.label("at"),
            enrollments.c.lead_id,
            enrollments.c.id.label("enrollment_id"),
            enrollments.c.step_id,
            enrollments.c.channel,
        )
        .where(enrollments.c.due_at.is_not(None), enrollments.c.due_at <= until)
        .order_by(enrollments.c.due_at, enrollments.c.id)
        .limit(limit)
    )
    return list(db.execute(query))


def ended_by(db: Connection, enrollment_id: int, lead_id: int) -> Any:
    """at, by, cause, because: the move that ended an enrollment; None when it has not ended."""
    ended = [state.value for state in enrollment.State if state not in enrollment.OPEN]
    query = (
        select(history.c.at, history.c.by, history.c.cause, history.c.because)
        .where(
            history.c.lead_id == lead_id,
            history.c.enrollment_id == enrollment_id,
            history.c.touch_id.is_(None),
            history.c.became.in_(ended),
        )
        .order_by(history.c.id.desc())
        .limit(1)
    )
    return db.execute(query).first()


def _is(state: touch.State) -> ColumnElement[bool]:
    return touches.c.state == literal_column(f"'{state.value}'")


def forgotten(db: Connection, limit: int = 1000, *, among: Collection[int] | None = None) -> list[int]:
    """Open enrollments without a next action that has a time: must be none (promise 3).

    Active ones need a due time of their own, a touch with one (queued, a person's work, uncertain), or one on the wire
    whose lease ends; paused ones are somebody's, and reviewed. `among` asks about these only.
    """
    carried = (
        select(touches.c.id)
        .where(
            touches.c.enrollment_id == enrollments.c.id,
            touches.c.step_id == enrollments.c.step_id,
            touches.c.occurrence == enrollments.c.occurrence,
            touches.c.due_at.is_not(None) | (touches.c.state == touch.State.SENDING.value),
        )
        .exists()
    )
    query = (
        select(enrollments.c.id)
        .where(enrollments.c.state == enrollment.State.ACTIVE.value, enrollments.c.due_at.is_(None), ~carried)
        .order_by(enrollments.c.id)
        .limit(limit)
    )
    if among is not None:
        query = query.where(enrollments.c.id.in_(sorted(among)))
    return list(db.scalars(query))


def damaged(db: Connection) -> str:
    """What SQLite's own check finds wrong with the file; empty when nothing is, and for PostgreSQL. Ends the transaction."""
    if db.dialect.name != "sqlite":
        return ""
    try:
        found = [str(row[0]) for row in db.execute(text("PRAGMA quick_check(3)"))]
    except DatabaseError as error:  # some pages are so broken that the check itself ends on them
        found = [str(error.orig)]
    db.rollback()  # a transaction that has met a broken page cannot be committed
    return "" if found == ["ok"] else "; ".join(found)


def differing(db: Connection, wanted: Sequence[Version], team: Team) -> list[str]:
    """What `apply` would change: the names of cadences, and "the team"."""
    query = select(versions.c.cadence, versions.c.hash).join(cadences, cadences.c.version_id == versions.c.id)
    running = {row.cadence: row.hash for row in db.execute(query.where(cadences.c.live))}
    files = {version.name: codec.digest(version) for version in wanted}
    names = sorted(name for name in running.keys() | files.keys() if running.get(name) != files.get(name))
    last = db.scalar(select(teams.c.hash).order_by(teams.c.id.desc()).limit(1))
    return names + (["the team"] if last != codec.digest(team) else [])
