"""What a rep says of an answer: interested, later, not now, wrong person, meeting. It decides what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from outreach.casework.house import House
from outreach.domain.cadence import Outcome
from outreach.domain.enrollment import Cause, Enrollment, State
from outreach.domain.errors import Mistake
from outreach.domain.inbox import ReplyTask, TaskKind
from outreach.engine.reply_tasks import open_task
from outreach.engine.stop import wait_for
from outreach.engine.walk import end, hand_over
from outreach.store import enrollments, history, permissions, reply_tasks
from outreach.store.database import Db


@dataclass(slots=True)
class Decided:
    """What an outcome did."""

    ended: list[Enrollment]
    begun: list[Enrollment]  # by hand-over
    closed: int  # tasks that waited for this answer
    reminder: ReplyTask | None = None


def set_outcome(
    house: House, lead_id: int, outcome: Outcome, *, by: str, until: datetime | None = None, note: str = ""
) -> Decided:
    """Write what the lead wants. Open enrollments end; `then:` says what begins; the tasks of the answer are closed.

    `until` (UTC) goes with LATER: what follows begins then, and without a cadence for it the rep is reminded.
    Raises Mistake when an outcome is not a rep's, or has a date too much or too little.
    """
    if not outcome.said_by_rep:
        raise Mistake(f"{outcome.value} is no outcome of an answer")
    if (outcome is Outcome.LATER) != (until is not None):
        raise Mistake("later needs a date (--until 2027-03-01), and only later has one")
    decided = house.store.run(lambda db: _set(db, house, lead_id, outcome, by, until, note))
    wait_for(house, [lead_id])
    return decided


def _set(
    db: Db, house: House, lead_id: int, outcome: Outcome, by: str, until: datetime | None, note: str
) -> Decided:
    permissions.lock_people(db, [lead_id])
    now = house.now()
    open_tasks = [task for task in reply_tasks.of_leads(db, [lead_id]) if task.done_at is None]
    decided = Decided([], [], 0)
    for walk in _about(db, lead_id, open_tasks):
        _move(db, house, walk, outcome, decided, by)
    if until is not None:
        decided.begun = [_later(db, walk, until, now, by) for walk in decided.begun]
        if not decided.begun:
            decided.reminder = _remind(db, house, lead_id, open_tasks, until, note)
    ids = [task.id for task in open_tasks]
    decided.closed = reply_tasks.close(db, ids, outcome.value, at=now, by=by, note=note)
    said = history.Entry(
        at=now, lead_id=lead_id, cause=f"outcome: {outcome.value}", by=by, because=note or None
    )
    history.add(db, [said])
    return decided


def _about(db: Db, lead_id: int, open_tasks: list[ReplyTask]) -> list[Enrollment]:
    """What is open, and what the tasks are about; else the latest that was answered."""
    walks = enrollments.of_leads(db, [lead_id], lock=True)
    running = [walk for walk in walks if walk.open]
    named = {task.enrollment_id for task in open_tasks}
    answered = [walk for walk in walks if walk.state in (State.REPLIED, State.STOPPED)]
    return running + [walk for walk in answered if walk.id in named] or answered[-1:]


def _move(db: Db, house: House, walk: Enrollment, outcome: Outcome, decided: Decided, by: str) -> None:
    now = house.now()
    cause = Cause.GOAL if outcome is Outcome.MEETING else Cause.REPLY
    before = {one.id for one in enrollments.of_leads(db, [walk.lead_id])}
    if walk.allows(cause):
        ended = end(db, house, walk, cause, now=now, by=by, because=outcome.value, outcome=outcome)
        decided.ended.append(ended)
    if not walk.open:
        hand_over(db, house, walk, outcome, now=now)
    walks = enrollments.of_leads(db, [walk.lead_id])
    decided.begun += [one for one in walks if one.id not in before]


def _later(db: Db, walk: Enrollment, until: datetime, now: datetime, by: str) -> Enrollment:
    """What was begun waits for its date; its own waits count from there."""
    paused = replace(
        walk.moved(Cause.PAUSE, at=now, reason="the lead said later"), due_at=None, resume_at=until
    )
    return enrollments.save(db, walk, paused, Cause.PAUSE, at=now, by=by, because="the lead said later")


def _remind(
    db: Db, house: House, lead_id: int, open_tasks: list[ReplyTask], until: datetime, note: str
) -> ReplyTask:
    last = open_tasks[-1] if open_tasks else None
    said = f"The lead said later.\n{note}\n\n{last.text if last else ''}".strip()
    return open_task(
        db,
        house,
        lead_id,
        TaskKind.REMIND,
        channel=last.channel if last else None,
        sender=last.sender if last else "",
        text=said,
        due_at=until,
    )
