"""Pause and resume: enrollments, for a while or until somebody says so; or everything, a channel, a provider."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from outreach.casework.gather import Asked, gather
from outreach.casework.house import House
from outreach.domain import lawful, touch
from outreach.domain.decision import plan, resumed
from outreach.domain.enrollment import Cause, Enrollment, State
from outreach.engine.stop import wait_for
from outreach.store import enrollments, permissions, touches
from outreach.store.database import Db

REVIEW = timedelta(days=30)  # a pause without a date is looked at again after this


def pause(
    house: House,
    lead_ids: Collection[int],
    *,
    by: str,
    because: str,
    until: datetime | None = None,
    cadence: str | None = None,
) -> tuple[Enrollment, ...]:
    """Hold these leads' open enrollments; their waits are frozen. Without `until` (UTC) only `resume` ends it."""
    saved = house.store.run(
        lambda db: pause_in(db, house, lead_ids, by=by, because=because, until=until, cadence=cadence)
    )
    wait_for(house, lead_ids)
    return saved


def pause_in(
    db: Db,
    house: House,
    lead_ids: Collection[int],
    *,
    by: str,
    because: str,
    until: datetime | None,
    cadence: str | None = None,
    lengthen: bool = False,
) -> tuple[Enrollment, ...]:
    """The same inside a transaction of the caller's, who waits afterwards for what is on the wire.

    `lengthen`: only what runs, or would go on by itself before `until`; never what somebody paused for longer.
    """
    now = house.now()
    permissions.lock_people(db, lead_ids)
    saved: list[Enrollment] = []
    for walk in enrollments.of_leads(db, lead_ids, lock=True):
        if not walk.open or cadence not in (None, walk.cadence):
            continue
        if lengthen and walk.state is State.PAUSED and not _ends_before(walk.resume_at, until):
            continue
        moved = walk.moved(Cause.PAUSE, at=now, reason=because)
        after = replace(moved, due_at=None, resume_at=until)
        saved.append(enrollments.save(db, walk, after, Cause.PAUSE, at=now, by=by, because=because))
    return tuple(saved)


def resume(
    house: House, lead_ids: Collection[int], *, by: str, cadence: str | None = None
) -> tuple[Enrollment, ...]:
    """Let paused enrollments go on: what was left of a wait goes on from now."""

    def work(db: Db) -> tuple[Enrollment, ...]:
        walks = enrollments.of_leads(db, lead_ids, lock=True)
        chosen = [w for w in walks if w.state is State.PAUSED and cadence in (None, w.cadence)]
        return tuple(_resume(db, house, walk, by) for walk in chosen)

    return house.store.run(work)


def resume_due(house: House, limit: int = 500) -> int:
    """Resume what was paused until now; the clock calls this at every tick."""
    with house.store.read() as db:
        ids = enrollments.to_resume(db, house.now(), limit)
    for one in ids:
        house.store.run(lambda db, one=one: _resume_one(db, house, one))  # type: ignore[misc]
    return len(ids)


def turn(house: House, name: str, *, stop: bool, by: str, because: str = "") -> tuple[touch.Touch, ...]:
    """Stop or let go `all`, `channel:sms`, `provider:twilio`; a stop waits and returns what crossed it."""
    with house.store.begin() as db:
        machine = house.store.machine_now(db)
        permissions.turn(db, name, stop=stop, because=because, by=by, at=house.now(), machine=machine)
        if not stop:
            touches.let_go(db, "switch", house.now())
    return wait_for(house, None) if stop else ()


def _ends_before(one: datetime | None, other: datetime | None) -> bool:
    """Whether a pause ends before another; None: only by hand."""
    return one is not None and (other is None or one < other)


def _resume_one(db: Db, house: House, enrollment_id: int) -> None:
    walk = enrollments.by_ids(db, [enrollment_id], lock=True).get(enrollment_id)
    if walk and walk.state is State.PAUSED and walk.resume_at and walk.resume_at <= house.now():
        _resume(db, house, walk, "clock")


def _resume(db: Db, house: House, walk: Enrollment, by: str) -> Enrollment:
    now = house.now()
    active = walk.moved(Cause.RESUME, at=now)
    carried = [
        t
        for t in touches.of_enrollments(db, [walk.id], lock=True)
        if t.step_id == walk.step_id and t.occurrence == walk.occurrence
    ]
    case = gather(db, house, [Asked(active, carried[0] if carried else None)], now)[0]
    frozen = plan(case.facts, walk.anchor_at)
    due = resumed(frozen, walk.paused_at or now, now)
    due = lawful.next_open(case.facts, due, now) or due
    for waiting in carried:
        if waiting.state is touch.State.QUEUED:
            again = replace(waiting.moved(touch.Cause.PUT_BACK), planned_at=due, due_at=due, waiting_for=None)
            touches.save(db, waiting, again, touch.Cause.PUT_BACK, at=now, by=by, because="resumed")
    after = active if carried else replace(active, due_at=due)
    return enrollments.save(db, walk, after, Cause.RESUME, at=now, by=by)
