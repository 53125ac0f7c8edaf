"""Dispatch: turn what is due into touches and ring the bell. The clock calls this at every tick; any number may."""

from __future__ import annotations

from datetime import timedelta

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.touch import Touch
from outreach.store import dispatching, sweeping, touches
from outreach.store.database import Db

LIMIT = 2000  # touches made and rung for in one tick: bells stay bounded however much is due


def dispatch(house: House, limit: int = LIMIT) -> int:
    """Queue a touch for every enrollment that is due, and ring for all that wait unheard; returns how many rang."""
    now = house.now()
    with house.store.begin() as db:
        dispatching.queue(db, now, limit)
        at = house.store.machine_now(db)
        rung_before = at - timedelta(seconds=house.settings.unheard)
        new_first = house.library.team(db).limits.new_first
        waiting = dispatching.unheard(db, now, rung_before, limit, new_first=new_first)
        dispatching.rung(db, [touch_id for touch_id, _ in waiting], at)
    _ring(house, waiting)
    return len(waiting)


def ring_anew(house: House) -> int:
    """The bells are lost: forget that they were rung, so that the next tick rings for all that wait. Returns how many."""
    import structlog  # `enroll` loads this file too, must start fast and needs no log

    count = house.store.run(sweeping.unrung)
    if count:
        structlog.get_logger().warning("bells were lost", waiting=count, then="they are rung again")
    return count


def _ring(house: House, waiting: list[tuple[int, Channel]]) -> None:
    try:
        house.ring(waiting)
    except (
        Exception
    ):  # Redis is away: as soon as it is back they are rung for, not after the time of a bell unheard
        with house.store.begin() as db:
            dispatching.rung(db, [touch_id for touch_id, _ in waiting], None)
        raise


def dispatch_now(db: Db, house: House, enrollment_id: int) -> list[Touch]:
    """The touch of an enrollment that is due already, so that its first message need not wait for a tick."""
    made = dispatching.queue_one(db, enrollment_id, house.now())
    if house.settings.redis_url is not None:
        # Embedded, the workers' bell is in the memory of another process: `up` hears of the commit, and rings.
        dispatching.rung(db, made, house.store.machine_now(db))
    return list(touches.by_ids(db, made).values())
