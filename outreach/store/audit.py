"""What an audit compares: the epochs of stops with the epochs that attempts were claimed under.

Never timestamps: clocks differ between machines and go back. A stop raises the person's epoch under the lock that claims
share, so an attempt of that epoch, or a later one, was claimed after the stop was committed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, and_, cast, exists, func, literal, or_, select

from outreach.domain.channel import Channel
from outreach.domain.consent import SuppressionReason
from outreach.domain.enrollment import State
from outreach.domain.event import OptedOut, Replied
from outreach.store.schema import attempts, enrollments, events, suppressions, touches, turns

# The ends that somebody made, and that must be a barrier: an answer, an opt-out, a goal, a hand.
_STOPPED = [state.value for state in (State.REPLIED, State.OPTED_OUT, State.CONVERTED, State.STOPPED)]
_TOUCH = (
    attempts.c.touch_id,
    touches.c.lead_id,
    attempts.c.channel,
    attempts.c.provider,
    attempts.c.started_at,
)
_SEEN = (*_TOUCH, attempts.c.id.label("attempt_id"))


def examined(db: Connection, since: datetime | None, until: datetime | None) -> int:
    """How many attempts began in the period (machine time)."""
    query = select(func.count()).select_from(attempts).where(_within(since, until))
    return db.scalar(query) or 0


def stops(db: Connection) -> int:
    """How many enrollments were ended by an answer, an opt-out, a goal or a hand."""
    query = select(func.count()).select_from(enrollments)
    ended = and_(enrollments.c.state.in_(_STOPPED), enrollments.c.ended_epoch.is_not(None))
    return db.scalar(query.where(ended)) or 0


def turned(db: Connection) -> int:
    """How often a switch was turned to stop."""
    return db.scalar(select(func.count()).select_from(turns).where(turns.c.stopped)) or 0


def after_an_end(db: Connection, since: datetime | None, until: datetime | None) -> list[Row[Any]]:
    """Attempts claimed under the epoch that ended their enrollment, or a later one, with both epochs."""
    query = (
        select(
            *_SEEN,
            attempts.c.epoch,
            enrollments.c.ended_epoch.label("stop_epoch"),
            (literal("enrollment ") + cast(enrollments.c.id, String) + " " + enrollments.c.state).label(
                "stop"
            ),
        )
        .join(touches, touches.c.id == attempts.c.touch_id)
        .join(enrollments, enrollments.c.id == touches.c.enrollment_id)
        .where(
            enrollments.c.state.in_(_STOPPED),
            attempts.c.epoch >= enrollments.c.ended_epoch,
            _within(since, until),
        )
        .order_by(attempts.c.id)
    )
    return list(db.execute(query))


def after_an_opt_out(db: Connection, since: datetime | None, until: datetime | None) -> list[Row[Any]]:
    """Attempts to a person on a channel that an opt-out of theirs had closed and nothing had opened again."""
    query = (
        select(
            *_SEEN,
            attempts.c.epoch,
            suppressions.c.epoch.label("stop_epoch"),
            (literal("opt-out of ") + attempts.c.channel).label("stop"),
        )
        .join(touches, touches.c.id == attempts.c.touch_id)
        .join(suppressions, suppressions.c.value == cast(touches.c.lead_id, String))
        .where(
            suppressions.c.scope == "person",
            suppressions.c.reason == SuppressionReason.OPT_OUT.value,
            suppressions.c.channel.in_(["", *(channel.value for channel in Channel)]),
            or_(suppressions.c.channel == "", suppressions.c.channel == attempts.c.channel),
            attempts.c.epoch >= suppressions.c.epoch,
            or_(suppressions.c.lifted_at.is_(None), attempts.c.epoch < suppressions.c.lifted_epoch),
            _within(since, until),
        )
        .order_by(attempts.c.id)
    )
    return list(db.execute(query))


def while_stopped(db: Connection, since: datetime | None, until: datetime | None) -> list[Row[Any]]:
    """Attempts claimed while a switch stood at stop for them: all, their channel, their provider or their sender."""
    again = turns.alias("again")
    let_go = select(again.c.id).where(
        again.c.name == turns.c.name,
        ~again.c.stopped,
        again.c.epoch > turns.c.epoch,
        again.c.epoch <= attempts.c.switch_epoch,
    )
    query = (
        select(
            *_SEEN,
            attempts.c.switch_epoch.label("epoch"),
            func.max(turns.c.epoch).label("stop_epoch"),
            (literal("switch ") + turns.c.name).label("stop"),
        )
        .join(touches, touches.c.id == attempts.c.touch_id)
        .join(turns, and_(turns.c.stopped, turns.c.epoch <= attempts.c.switch_epoch))
        .where(_concerned(), ~exists(let_go), _within(since, until))
        .group_by(*_TOUCH, attempts.c.id, attempts.c.switch_epoch, turns.c.name)
        .order_by(attempts.c.id)
    )
    return list(db.execute(query))


def delays(db: Connection, since: datetime | None, until: datetime | None) -> list[Row[Any]]:
    """machine_at, settled_at, answered_at, crossed of every event of the period that stopped somebody."""
    within = [
        test
        for test in (
            events.c.machine_at >= since if since else None,
            events.c.machine_at < until if until else None,
        )
        if test is not None
    ]
    columns = (events.c.machine_at, events.c.settled_at, events.c.answered_at, events.c.crossed)
    kinds = [Replied.__name__, OptedOut.__name__, "Complained"]
    query = select(*columns).where(events.c.kind.in_(kinds), events.c.answered_at.is_not(None), *within)
    return list(db.execute(query.order_by(events.c.id)))


def _concerned() -> ColumnElement[bool]:
    """Whether a switch of this name is about this attempt."""
    return or_(
        turns.c.name == "all",
        turns.c.name == literal("channel:") + attempts.c.channel,
        turns.c.name == literal("provider:") + attempts.c.provider,
        turns.c.name == literal("sender:") + touches.c.sender,
    )


def _within(since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
    """Whether an attempt began in the period (machine time); without bounds: always."""
    tests = [
        attempts.c.started_at >= since if since else None,
        attempts.c.started_at < until if until else None,
    ]
    return and_(literal(True), *(test for test in tests if test is not None))
