"""Attempts of which nobody knows the end: which to ask the provider about, who asks, and what else could be meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, literal_column, or_, select, update

from outreach.domain.touch import Attempt, AttemptState, State
from outreach.store import attempts as tries
from outreach.store.schema import attempts, enrollments, leads, touches

# Written out, not bound: SQLite uses a partial index only when it can see that the index covers the question.
_UNCERTAIN: ColumnElement[bool] = literal_column(f"attempts.state = '{AttemptState.UNCERTAIN.value}'")
_MARGIN = timedelta(seconds=65)  # 5 s before and 60 s after: how far the provider's clock may be from ours


@dataclass(frozen=True, slots=True)
class Look:
    """One attempt to ask its provider about, and what was asked before. `look_at` is machine time."""

    attempt: Attempt
    looks: int  # empty ones that count
    look_at: datetime | None


def to_look(db: Connection, machine_now: datetime, limit: int) -> list[Look]:
    """Uncertain attempts of uncertain touches whose next look has come, those never looked at first."""
    query = (
        select(*tries.COLUMNS, attempts.c.looks, attempts.c.look_at)
        .join(touches, touches.c.id == attempts.c.touch_id)
        .where(
            _UNCERTAIN,
            touches.c.state == State.UNCERTAIN.value,
            or_(attempts.c.look_at.is_(None), attempts.c.look_at <= machine_now),
        )
        .order_by(attempts.c.look_at.is_not(None), attempts.c.look_at, attempts.c.id)
        .limit(limit)
    )
    return [_look(row) for row in db.execute(query)]


def take(db: Connection, look: Look, again_at: datetime) -> bool:
    """Claim a look: nobody else asks about this attempt before `again_at` (machine time). False: somebody does."""
    seen = attempts.c.look_at.is_(None) if look.look_at is None else attempts.c.look_at == look.look_at
    guard = and_(attempts.c.id == look.attempt.id, _UNCERTAIN, seen)
    return db.execute(update(attempts).where(guard).values(look_at=again_at)).rowcount == 1


def found_nothing(db: Connection, attempt_id: int, *, counts: bool, found: str) -> int:
    """Note what a look brought; an empty one `counts` once the grace time is over. Returns how many did."""
    looks = attempts.c.looks + (1 if counts else 0)
    noted = update(attempts).where(attempts.c.id == attempt_id).values(looks=looks, found=found)
    return int(db.execute(noted.returning(attempts.c.looks)).scalar_one())


def look_again(db: Connection, touch_id: int) -> int:
    """Make every uncertain attempt of a touch due for a look at once; returns how many there are."""
    mine = and_(attempts.c.touch_id == touch_id, _UNCERTAIN)
    return db.execute(update(attempts).where(mine).values(look_at=None)).rowcount


def uncertain_of(db: Connection, touch_id: int) -> list[Attempt]:
    """The attempts of a touch of which nobody knows the end, locked; oldest first."""
    query = (
        select(*tries.COLUMNS)
        .where(attempts.c.touch_id == touch_id, _UNCERTAIN)
        .order_by(attempts.c.id)
        .with_for_update()
    )
    return [tries.attempt(row) for row in db.execute(query)]


def owned(db: Connection, provider: str, references: Collection[str], *, besides: int) -> set[str]:
    """Those references that other attempts than `besides` have already."""
    query = select(attempts.c.reference).where(
        attempts.c.provider == provider,
        attempts.c.reference.in_(sorted(references)),
        attempts.c.id != besides,
    )
    return {reference for reference in db.scalars(query) if reference}


def alike(db: Connection, attempt: Attempt) -> list[int]:
    """The attempts that a provider's records cannot tell from this one, itself included; locked, in order of number.

    Same provider, channel, address and words, begun at about the same time, and not known to have ended. The records of
    calls hold no words.
    """
    span = attempt.lease_until - attempt.started_at + _MARGIN
    same = and_(
        attempts.c.provider == attempt.provider,
        attempts.c.channel == attempt.channel.value,
        attempts.c.to == attempt.to,
        attempts.c.state.in_([AttemptState.UNCERTAIN.value, AttemptState.STARTED.value]),
        attempts.c.started_at.between(attempt.started_at - span, attempt.started_at + span),
    )
    if not attempt.channel.prerecorded:
        same = and_(same, attempts.c.text == attempt.text)
    query = select(attempts.c.id).where(same).order_by(attempts.c.id).with_for_update()
    return list(db.scalars(query))


def doubts(db: Connection, limit: int) -> list[Row[Any]]:
    """Every uncertain touch with its last attempt and what the last look found; those in doubt longest first."""
    mine = attempts.alias("mine")
    last = select(func.max(mine.c.id)).where(mine.c.touch_id == touches.c.id).scalar_subquery()
    query = (
        select(
            touches.c.id.label("touch_id"),
            touches.c.lead_id,
            leads.c.name.label("lead"),
            enrollments.c.cadence,
            touches.c.step_id,
            touches.c.channel,
            touches.c.to,
            touches.c.reason,
            touches.c.sent_at.label("since"),
            touches.c.due_at.label("review_at"),
            attempts.c.provider,
            attempts.c.token,
            attempts.c.looks,
            attempts.c.look_at,
            attempts.c.found,
        )
        .join(leads, leads.c.id == touches.c.lead_id)
        .join(enrollments, enrollments.c.id == touches.c.enrollment_id)
        .outerjoin(attempts, attempts.c.id == last)
        .where(literal_column(f"touches.state = '{State.UNCERTAIN.value}'"))
        .order_by(touches.c.due_at, touches.c.id)
        .limit(limit)
    )
    return list(db.execute(query))


def _look(row: Any) -> Look:
    return Look(tries.attempt(row), row.looks, row.look_at)
