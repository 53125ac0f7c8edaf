"""Enrolled and nothing planned: it must not happen. Where it did, the next step is planned anew, and loudly."""

from __future__ import annotations

import structlog

from outreach.casework.house import House
from outreach.domain.errors import Stale
from outreach.domain.touch import TAKEN
from outreach.engine.walk import planned_at, stands_at, taken
from outreach.store import enrollments, history, overview, sweeping, touches
from outreach.store.database import Db

log = structlog.get_logger()
BY = "sweep"


def remember(house: House, limit: int = 500) -> int:
    """Plan the next step of every enrollment that has none; returns how many. Any number of clocks may call it."""
    with house.store.read() as db:
        lost = overview.forgotten(db, limit)
    found = [one for one in lost if _mended(house, one)]
    if found:
        log.error("enrollments without a next action", enrollments=found[:20], count=len(found))
    return len(found)


def _mended(house: House, enrollment_id: int) -> bool:
    try:
        return house.store.run(lambda db: _plan(db, house, enrollment_id))
    except Stale:
        return False  # somebody moved it: it is not forgotten


def _plan(db: Db, house: House, enrollment_id: int) -> bool:
    walk = enrollments.by_ids(db, [enrollment_id], lock=True)[enrollment_id]
    if enrollment_id not in overview.forgotten(db, among=[enrollment_id]):
        return False  # between the look and the lock it went on
    now = house.now()
    carried = [one for one in touches.of_enrollments(db, [walk.id]) if stands_at(walk, one)]
    if carried and carried[-1].state in TAKEN:
        taken(db, house, carried[-1], now=now, by=BY, because="its step was taken, and nothing was planned")
    else:
        sweeping.plan(db, walk, planned_at(db, house, walk, now))
    entry = history.Entry(
        at=now,
        lead_id=walk.lead_id,
        enrollment_id=walk.id,
        cause="planned anew",
        by=BY,
        because="it was enrolled and nothing was planned: please report this",
    )
    history.add(db, [entry])
    return True
