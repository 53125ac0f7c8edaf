"""What is due becomes queued touches, and what is queued and unheard is rung for: each in a few statements, however many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from outreach.domain.channel import Channel
from outreach.store.raw import Query

_DUE = Query("SELECT id FROM enrollments WHERE due_at <= :now ORDER BY due_at, id LIMIT :limit {skip}")
_THIS_ONE = Query("SELECT id FROM enrollments WHERE id = :id AND due_at <= :now {update}")
# The rows go from table to table inside the database: a thousand of them through this process cost 100 ms.
_QUEUE = Query(
    """
    INSERT INTO touches (enrollment_id, lead_id, step_id, occurrence, channel, state, planned_at, due_at, first)
    SELECT id, lead_id, step_id, occurrence, channel, 'queued', due_at, due_at, anchor_at = enrolled_at
    FROM enrollments WHERE id IN :ids ORDER BY due_at, id
    RETURNING id
    """
)
_PASSED_ON = Query("UPDATE enrollments SET due_at = NULL, revision = revision + 1 WHERE id IN :ids")
# The state is written out, not bound: only then does a prepared statement go by the index of what is queued.
_UNHEARD = Query(
    """
    SELECT id, channel FROM (
        SELECT id, channel, due_at, rung_at FROM touches
        WHERE state = 'queued' AND first = :first AND due_at <= :now
        ORDER BY due_at, id LIMIT :ahead
    ) AS next
    WHERE rung_at IS NULL OR rung_at < :rung_before
    ORDER BY due_at, id LIMIT :limit
    """
)
# So many of those that wait are looked at. However many fall due at once, no more bells than these are on their way:
# neither the queue nor the look grows with the backlog. It is half a minute's work of a machine.
AHEAD = 10_000
_RUNG = Query("UPDATE touches SET rung_at = :at WHERE id IN :ids")


def queue(db: Connection, now: datetime, limit: int) -> list[int]:
    """Turn enrollments that are due into queued touches, most overdue first; returns the numbers of the touches.

    What another clock is dispatching at this moment is left to it.
    """
    return _queued(db, [row[0] for row in _DUE.rows(db, now=now, limit=limit)])


def queue_one(db: Connection, enrollment_id: int, now: datetime) -> list[int]:
    """The same for one enrollment: its queued touch if it is due, else nothing."""
    return _queued(db, [row[0] for row in _THIS_ONE.rows(db, id=enrollment_id, now=now)])


def _queued(db: Connection, enrollment_ids: list[int]) -> list[int]:
    """A queued touch for the next step of each (locked) enrollment; it carries the due time from now on."""
    if not enrollment_ids:
        return []
    made = [row[0] for row in _QUEUE.rows(db, ids=enrollment_ids)]
    _PASSED_ON.run(db, ids=enrollment_ids)
    return sorted(made)


def unheard(
    db: Connection,
    now: datetime,
    rung_before: datetime,
    limit: int,
    *,
    new_first: bool = False,
    ahead: int = AHEAD,
) -> list[tuple[int, Channel]]:
    """Queued and due touches whose bell nobody has answered: never rung, or rung before `rung_before` (machine time).

    Follow-ups go before first touches (`new_first`: after them), so that they get the room there is under the caps;
    then the most overdue. Whoever stands further back than `ahead` has their turn when those before them are gone.
    """
    found: list[tuple[int, Channel]] = []
    for first in (new_first, not new_first):  # two ranges of one index, not a sort of all that is due
        left = limit - len(found)
        rows = _UNHEARD.rows(db, first=first, now=now, rung_before=rung_before, limit=left, ahead=ahead)
        found += [(row[0], Channel(row[1])) for row in rows]
    return found


def rung(db: Connection, ids: Collection[int], at: datetime | None) -> None:
    """Note that the bell was rung for these (machine time); None: it was not."""
    if ids:
        _RUNG.run(db, ids=sorted(ids), at=at)
