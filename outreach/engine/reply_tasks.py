"""The work that a reply makes: opened when somebody wrote, closed by the rep who answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.inbox import REVIEW, ReplyTask, TaskKind
from outreach.store import enrollments, leads, reply_tasks
from outreach.store.database import Db


def open_task(
    db: Db,
    house: House,
    lead_id: int,
    kind: TaskKind,
    *,
    channel: Channel | None = None,
    sender: str = "",
    text: str = "",
    enrollment_ids: Collection[int] = (),
    reply_id: int | None = None,
    due_at: datetime | None = None,
) -> ReplyTask:
    """Ask the rep of a lead to do something, by default within a day. The caller has locked the person."""
    now = house.now()
    walks = enrollments.of_leads(db, [lead_id])
    named = [walk for walk in walks if walk.id in enrollment_ids]
    latest = (named or [walk for walk in walks if walk.open] or walks)[-1:]
    lead = leads.get(db, lead_id)
    owner = lead.owner if lead else None
    task = ReplyTask(
        id=0,
        kind=kind,
        lead_id=lead_id,
        enrollment_id=latest[0].id if latest else None,
        reply_id=reply_id,
        channel=channel,
        sender=sender,
        rep=(latest[0].rep if latest else None) or owner,
        text=text,
        opened_at=now,
        due_at=due_at or now + REVIEW,
    )
    return reply_tasks.add(db, task)


def close_task(house: House, task_id: int, outcome: str, *, by: str, note: str = "") -> ReplyTask:
    """Close a task that a reply made. Raises Unknown, or Mistake when it is closed already."""

    def work(db: Db) -> ReplyTask:
        task = reply_tasks.get(db, task_id, lock=True)
        if task is None:
            raise Unknown("task", f"r{task_id}", hint="`outreach tasks` lists the open ones")
        if task.done_at is not None:
            raise Mistake(f"task {task.label} is closed already ({task.outcome}, by {task.done_by})")
        reply_tasks.close(db, [task_id], outcome, at=house.now(), by=by, note=note)
        return task

    return house.store.run(work)
