"""What falls due is queued and rung for; how much is on its way at once does not grow with what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from outreach.domain import touch
from outreach.domain.channel import Channel
from outreach.store import dispatching, touches
from outreach.store.database import Db, Store
from tests.store import rows
from tests.store.rows import NOW

LATER = NOW + timedelta(minutes=1)


def waiting(db: Db, count: int) -> list[int]:
    """Queued touches, most overdue first."""
    for number in range(count):
        rows.add_walk(db, number, due_at=NOW - timedelta(minutes=count - number))
    return dispatching.queue(db, NOW, 10)


def unheard(db: Db, ahead: int) -> list[int]:
    return [one for one, _ in dispatching.unheard(db, NOW, NOW - timedelta(seconds=30), 10, ahead=ahead)]


def test_a_backlog_has_its_turn_bit_by_bit(store: Store) -> None:
    """Bells for all of it would fill the queue, and be rung again before anybody could have answered."""
    with store.begin() as db:
        ids = waiting(db, 5)
        assert unheard(db, ahead=3) == ids[:3]
        dispatching.rung(db, ids[:3], NOW)
        assert unheard(db, ahead=3) == [], "those on their way come first"
        gone = touches.by_ids(db, ids[:1])[ids[0]]
        moved = replace(gone.moved(touch.Cause.SKIP, reason="late"), due_at=None)
        touches.save(db, gone, moved, touch.Cause.SKIP, at=NOW, by="worker")
        assert unheard(db, ahead=3) == [ids[3]]


def test_who_was_not_heard_is_rung_for_again(store: Store) -> None:
    with store.begin() as db:
        ids = waiting(db, 2)
        dispatching.rung(db, ids, NOW - timedelta(seconds=31))
        assert unheard(db, ahead=2) == ids


def test_one_enrollment_is_queued_alone_and_only_when_it_is_due(store: Store) -> None:
    with store.begin() as db:
        walk = rows.add_walk(db, 1, due_at=NOW)
        rows.add_walk(db, 2, due_at=NOW)
        assert dispatching.queue_one(db, walk.id, NOW - timedelta(seconds=1)) == []
        (made,) = touches.by_ids(db, dispatching.queue_one(db, walk.id, LATER)).values()
        assert (made.enrollment_id, made.channel, made.planned_at) == (walk.id, Channel.EMAIL, NOW)
        assert dispatching.queue_one(db, walk.id, LATER) == [], "it was queued"
