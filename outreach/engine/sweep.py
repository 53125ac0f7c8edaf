"""The sweep: mends what a death, a sleep or a lost bell left behind. Each count says what was mended."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.touch import Attempt, AttemptState
from outreach.engine.pause import resume_due
from outreach.engine.tasks import overdue
from outreach.engine.walk import settle
from outreach.store import enrollments, touches
from outreach.store.database import Db

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mended:
    """How much of each kind one sweep mended."""

    expired: int = 0  # attempts whose worker died or hung: now uncertain
    resumed: int = 0  # pauses whose date came
    skipped: int = 0  # tasks nobody did in time


def sweep(house: House, limit: int = 500) -> Mended:
    """Expire leases, end pauses whose date has come, skip overdue tasks. The clock calls this; any number may."""
    mended = Mended(_expire(house, limit), resume_due(house, limit), overdue(house, limit))
    if mended != Mended():
        log.info("swept", expired=mended.expired, resumed=mended.resumed, skipped=mended.skipped)
    return mended


def _expire(house: House, limit: int) -> int:
    with house.store.read() as db:
        dead = touches.expired(db, house.store.machine_now(db), limit)
    return sum(house.store.run(lambda db, one=one: _lose(db, house, one)) for one in dead)  # type: ignore[misc]


def _lose(db: Db, house: House, dead: Attempt) -> int:
    about = touches.get(db, dead.touch_id)
    if about is None:
        return 0
    enrollments.by_ids(db, [about.enrollment_id], lock=True)
    current = touches.get(db, dead.touch_id, lock=True)
    now = house.now()
    machine = house.store.machine_now(db)
    touches.end(db, dead.token, AttemptState.UNCERTAIN, at=machine, error="no result within the lease")
    if current is None or current.state is not touch.State.SENDING:
        return 0
    settle(
        db,
        current,
        touch.Cause.LOST,
        now=now,
        by="sweep",
        reason="its worker died or hung: no result within the lease",
    )
    return 1
