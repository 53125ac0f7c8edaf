"""People's work: calls, letters, social touches. Done with a disposition, which decides how the walk goes on."""

from __future__ import annotations

from dataclasses import replace

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.cadence import StopOn
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Cause
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.touch import Disposition, Touch
from outreach.engine.stop import wait_for
from outreach.engine.suppress import bounced, opt_out
from outreach.engine.walk import end, taken
from outreach.store import enrollments, permissions, touches
from outreach.store.database import Db


def done(house: House, touch_id: int, disposition: Disposition, *, by: str, note: str = "") -> Touch:
    """Close a rep task. Raises Unknown when there is no such task, Mistake when it is not open any more."""
    closed = house.store.run(lambda db: _done(db, house, touch_id, disposition, by, note))
    if disposition.answered or disposition in (Disposition.MEETING, Disposition.OPTED_OUT):
        wait_for(house, [closed.lead_id])
    return closed


def overdue(house: House, limit: int = 500) -> int:
    """Skip the tasks whose step says how long they may wait, and which have waited longer; returns how many."""
    now = house.now()
    with house.store.read() as db:
        late = [t for t in touches.open_tasks(db) if t.due_at and t.due_at <= now][:limit]
    return sum(house.store.run(lambda db, one=one: _skip(db, house, one)) for one in late)  # type: ignore[misc]


def _done(db: Db, house: House, touch_id: int, disposition: Disposition, by: str, note: str) -> Touch:
    about = touches.get(db, touch_id)
    if about is None or not about.channel.by_rep:
        raise Unknown("task", str(touch_id), hint="`outreach tasks` lists the open ones")
    permissions.lock_people(db, [about.lead_id])
    walk = enrollments.by_ids(db, [about.enrollment_id], lock=True)[about.enrollment_id]
    task = touches.get(db, touch_id, lock=True)
    if task is None or task.state is not touch.State.OPEN:
        was = task.disposition.value if task and task.disposition else (task.reason if task else "")
        raise Mistake(f"task {touch_id} is {about.state.value} already" + (f" ({was})" if was else ""))
    now = house.now()
    moved = replace(
        task.moved(touch.Cause.DONE),
        disposition=disposition,
        due_at=None,
        sent_at=now,
        note=note or task.note,
    )
    closed = touches.save(db, task, moved, touch.Cause.DONE, at=now, by=by, because=disposition.value)
    cadence = house.library.edition(db, walk.version_id).cadence
    if disposition is Disposition.OPTED_OUT:
        opt_out(
            db, house, [task.lead_id], None, address=task.to, now=now, by=by, because="said so to the rep"
        )
    elif disposition is Disposition.MEETING and StopOn.MEETING in cadence.stop_on:
        _end_all(db, house, task, Cause.GOAL, by, "a meeting was booked")
    elif disposition.answered and StopOn.REPLY in cadence.stop_on:
        _end_all(db, house, task, Cause.REPLY, by, f"spoke with the rep: {disposition.value}")
    else:
        if disposition is Disposition.WRONG_NUMBER and task.to:
            for channel in (Channel.SMS, Channel.VOICEMAIL, Channel.CALL):
                bounced(db, channel, task.to, now=now, by=by, because="wrong number, says the rep")
        taken(db, house, closed, now=now, by=by, because=disposition.value)
    return closed


def _end_all(db: Db, house: House, task: Touch, cause: Cause, by: str, because: str) -> None:
    for walk in enrollments.of_leads(db, [task.lead_id], lock=True):
        if walk.open and walk.allows(cause):
            end(db, house, walk, cause, now=house.now(), by=by, because=because)


def _skip(db: Db, house: House, seen: Touch) -> int:
    """An open task past its time: skipped when its step says so, else its review moves on by a day."""
    walk = enrollments.by_ids(db, [seen.enrollment_id], lock=True)[seen.enrollment_id]
    task = touches.get(db, seen.id, lock=True)
    if task is None or task.state is not touch.State.OPEN or task.revision != seen.revision:
        return 0
    step = house.library.edition(db, walk.version_id).cadence.step(task.step_id)
    if step is None or step.skip_after is None:
        return 0  # it goes on waiting for its rep; `tasks` shows it as overdue
    now = house.now()
    moved = replace(task.moved(touch.Cause.SKIP, reason="nobody did it in time"), due_at=None)
    skipped = touches.save(db, task, moved, touch.Cause.SKIP, at=now, by="clock")
    taken(db, house, skipped, now=now, by="clock", because="nobody did it in time")
    return 1
