"""What is asked every second is answered from an index, however many touches there were before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from outreach.store import attempts, dispatching, enrollments, reconciling, sweeping, touches
from outreach.store.database import Db, Store
from tests.store.rows import NOW

ASKED: dict[str, Callable[[Db], object]] = {
    "who is due": lambda db: dispatching.queue(db, NOW, 10),
    "whose bell nobody heard": lambda db: dispatching.unheard(db, NOW, NOW - timedelta(seconds=30), 10),
    "whose worker died": lambda db: attempts.expired(db, NOW, 10),
    "whose pause is over": lambda db: enrollments.to_resume(db, NOW, 10),
    "what people should have done": touches.open_tasks,
    "what is uncertain": touches.uncertain,
    "which of it to look for": lambda db: reconciling.to_look(db, NOW, 10),
    "what is on the wire": lambda db: touches.sending_to(db, None),
    "what was never heard of": lambda db: sweeping.unheard_of(db, NOW),
}


@pytest.mark.parametrize("asked", ASKED)
def test_no_tick_reads_a_whole_table(sqlite_url: str, asked: str) -> None:
    """SQLite tells how it would find the rows; PostgreSQL decides by how many there are, and is measured instead."""
    said: list[str] = []
    store = Store.open(sqlite_url)
    with store.begin() as db:
        raw = db.connection.driver_connection
        raw.set_trace_callback(said.append)
        ASKED[asked](db)
        raw.set_trace_callback(None)
        found = [line[3] for sql in said for line in raw.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
    store.close()
    assert found, "it asked nothing"
    whole = [step for step in found if step.startswith("SCAN") and "INDEX" not in step]
    assert [step for step in whole if step != "SCAN next"] == [], "next: the few that an index gave"
