"""What came in and waits: replies that nobody could place, and answers that wait for their rep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.casework.house import House
from outreach.casework.matching import Likely, match, suggest
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.event import Replied
from outreach.domain.facts import zone_of
from outreach.domain.inbox import HOLD, Kept, ReplyTask
from outreach.domain.problem import closest
from outreach.store import enrollments, leads, replies, reply_tasks
from outreach.store.database import Db


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a reply is, or may be, from."""

    lead_id: int
    label: str
    because: str
    held: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One reply with the people it may be from; `reply` is what was written."""

    kept: Kept
    people: tuple[Person, ...]
    reply: Replied | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A task that a reply made, with what the rep must know. `zone` is the lead's."""

    task: ReplyTask
    lead: str
    cadence: str
    zone: ZoneInfo


def waiting(house: House, limit: int = 500) -> list[Incoming]:
    """The replies that wait for a person, oldest first."""
    with house.store.read() as db:
        kept = replies.waiting(db, house.now() - HOLD, limit)
        return [_incoming(db, house, one) for one in kept]


def one(house: House, reply_id: int) -> Incoming:
    """One reply, decided or not. Raises Unknown."""
    with house.store.read() as db:
        kept = replies.get(db, reply_id)
        if kept is None:
            raise Unknown("reply", str(reply_id), hint="`outreach inbox` lists those that wait")
        return _incoming(db, house, kept)


def answers(house: House, rep: str | None = None) -> list[Answer]:
    """The answers that wait (for one rep), most overdue first. Raises Unknown for a rep nobody knows."""
    with house.store.read() as db:
        reps = house.library.team(db).reps
        if rep is not None and rep not in reps:
            raise Unknown("rep", rep, closest=closest(rep, reps))
        return _told(db, house, reply_tasks.undone(db, rep))


def answer(house: House, task_id: int) -> Answer:
    """One open answer. Raises Unknown, or Mistake when it is closed."""
    with house.store.read() as db:
        task = reply_tasks.get(db, task_id)
        if task is None:
            raise Unknown("task", f"r{task_id}", hint="`outreach tasks` lists the open ones")
        if task.done_at is not None:
            raise Mistake(f"task {task.label} is closed ({task.outcome}, by {task.done_by})")
        return _told(db, house, [task])[0]


def _incoming(db: Db, house: House, kept: Kept) -> Incoming:
    reply = replies.words(db, kept.id)
    held = set(replies.held_by(db, kept.id))
    found: dict[int, str] = {}
    if reply is not None:
        sure = match(db, house, reply)
        found = dict.fromkeys(sorted(sure.lead_ids), sure.how)
        likely: list[Likely] = [] if found else suggest(db, house, reply)
        found |= {maybe.lead_id: maybe.because for maybe in likely}
    found |= {lead_id: "is held" for lead_id in held if lead_id not in found}
    people = leads.by_ids(db, found)
    told = [Person(i, people[i].label, because, i in held) for i, because in found.items() if i in people]
    return Incoming(kept, tuple(told), reply)


def _told(db: Db, house: House, found: Sequence[ReplyTask]) -> list[Answer]:
    people = leads.by_ids(db, {task.lead_id for task in found})
    walks = enrollments.by_ids(db, {task.enrollment_id for task in found if task.enrollment_id})
    team = house.library.team(db)
    return [
        Answer(
            task,
            people[task.lead_id].label,
            walks[task.enrollment_id].cadence if task.enrollment_id else "",
            zone_of(people[task.lead_id], team.rep_for(task.rep), team),
        )
        for task in found
    ]


def overdue(task: ReplyTask, now: datetime) -> bool:
    """Whether its rep should have answered by now."""
    return task.done_at is None and task.due_at <= now
