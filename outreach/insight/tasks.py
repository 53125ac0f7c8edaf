"""People's work that waits, with what a rep must know to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.facts import zone_of
from outreach.domain.problem import closest
from outreach.domain.touch import State, Touch
from outreach.store import enrollments, leads, touches
from outreach.store.database import Db


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One open task. Times are UTC; `zone` is the lead's."""

    id: int
    channel: Channel
    lead_id: int
    lead: str
    to: str
    cadence: str
    step_id: str
    rep: str | None
    planned_at: datetime
    review_at: datetime | None  # after this it is overdue
    script: str
    zone: ZoneInfo


def open_tasks(house: House, rep: str | None = None) -> list[Task]:
    """The open tasks (of one rep), most overdue first. Raises Unknown for a rep nobody knows."""
    with house.store.read() as db:
        reps = house.library.team(db).reps
        if rep is not None and rep not in reps:
            raise Unknown("rep", rep, closest=closest(rep, reps))
        return _told(db, house, touches.open_tasks(db, rep))


def one_task(house: House, task_id: int) -> Task:
    """One open task. Raises Unknown, or Mistake when it is not open any more."""
    with house.store.read() as db:
        touch = touches.get(db, task_id)
        if touch is None or not touch.channel.by_rep:
            raise Unknown("task", str(task_id), hint="`outreach tasks` lists the open ones")
        if touch.state is not State.OPEN:
            raise Mistake(f"task {task_id} is {touch.state.value}, not open")
        return _told(db, house, [touch])[0]


def _told(db: Db, house: House, found: Sequence[Touch]) -> list[Task]:
    people = leads.by_ids(db, {touch.lead_id for touch in found})
    walks = enrollments.by_ids(db, {touch.enrollment_id for touch in found})
    team = house.library.team(db)
    return [
        Task(
            id=touch.id,
            channel=touch.channel,
            lead_id=touch.lead_id,
            lead=people[touch.lead_id].label,
            to=touch.to or "",
            cadence=walks[touch.enrollment_id].cadence,
            step_id=touch.step_id,
            rep=touch.rep,
            planned_at=touch.planned_at,
            review_at=touch.due_at,
            script=touch.note or "",
            zone=zone_of(people[touch.lead_id], team.rep_for(touch.rep), team),
        )
        for touch in found
    ]
