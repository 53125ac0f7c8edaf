"""Many at once: threads, processes, two databases. Everybody gets a clear answer, and nobody is blocked."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, insert, select, text, update

from outreach import bootstrap
from outreach.domain.errors import Duplicate
from outreach.engine.enroll import enroll
from outreach.settings import Settings
from outreach.store import database, enrollments, permissions, playbook, touches
from outreach.store.database import Store
from outreach.store.schema import accounts, leads, switches
from tests.domain.people import TEAM
from tests.store import rows
from tests.store.rows import NOW

T = TypeVar("T")
ROOT = Path(__file__).parents[2]


def together(count: int, work: Callable[[int], T]) -> list[T]:
    """Run `work` in so many threads, all beginning at the same moment."""
    ready = threading.Barrier(count)

    def begin(number: int) -> T:
        ready.wait(30)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_fifty_that_enroll_one_lead_make_one_enrollment(store: Store) -> None:
    """One is told it is new, forty-nine are told which enrollment is there already."""
    with store.begin() as db:
        lead = rows.add_lead(db)
        playbook.put_team(db, TEAM, at=NOW, by="ops")
        playbook.put_version(db, rows.TRIAL, at=NOW, by="ops")
    house = bootstrap.house(Settings(), store=store, clock=lambda: NOW)

    def try_it(number: int) -> str:
        try:
            return "new" if enroll(house, lead, "trial", by=f"rep {number}").new else "there"
        except Duplicate as told:
            return str(told)

    answers = together(50, try_it)
    with store.read() as db:
        (made,) = enrollments.of_leads(db, [lead.id])
    assert answers.count("new") == 1
    others = [answer for answer in answers if answer != "new"]
    assert all(
        answer.startswith("Ada 1 is in 'trial' already") and f"enrollment {made.id}" in answer
        for answer in others
    )


def test_fifty_with_the_same_key_are_all_told_of_the_one_enrollment(store: Store) -> None:
    """An import that is sent twice, at the same time."""
    with store.begin() as db:
        lead = rows.add_lead(db)
        playbook.put_team(db, TEAM, at=NOW, by="ops")
        playbook.put_version(db, rows.TRIAL, at=NOW, by="ops")
    house = bootstrap.house(Settings(), store=store, clock=lambda: NOW)
    answers = together(50, lambda _: enroll(house, lead, "trial", by="import", key="row 17"))
    assert len({answer.enrollment.id for answer in answers}) == 1
    assert [answer.new for answer in answers].count(True) == 1


WRITERS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import text
from outreach.store.database import Store
store = Store.open(sys.argv[1])
def write(_):
    with store.begin() as db:
        # A read first, then a write: the shape that deadlocks unless the transaction began as a writer.
        db.execute(text("SELECT epoch FROM switches WHERE name = 'all'")).scalar()
        db.execute(text("UPDATE switches SET epoch = epoch + 1 WHERE name = 'all'"))
with ThreadPoolExecutor(16) as pool:
    list(pool.map(write, range(int(sys.argv[2]))))
store.close()
"""


def test_sixteen_threads_in_each_of_three_processes_all_get_their_turn(store_url: str) -> None:
    """No "database is locked", nothing lost."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WRITERS, store_url, "64"], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [process.communicate()[1] for process in processes] == [""] * 3
    store = Store.open(store_url)
    with store.read() as db:
        assert db.scalar(select(switches.c.epoch)) == 3 * 64
    store.close()


def test_reading_goes_on_while_somebody_writes(store: Store) -> None:
    """`status` must answer while a worker is in the middle of its claim; it sees what was there before."""
    with store.begin() as db:
        db.execute(insert(accounts).values(name="Acme", key="acme"))
        with ThreadPoolExecutor(1) as pool:

            def look() -> int:
                with store.read() as other:
                    return other.scalar(select(func.count()).select_from(accounts)) or 0

            assert pool.submit(look).result(timeout=10) == 0


def test_a_reader_that_stays_for_long_holds_up_no_writer_and_its_log_shrinks_when_it_has_gone(
    sqlite_url: str,
) -> None:
    """A report that is open for an hour: what is written meanwhile stays in SQLite's log until it has gone."""
    store = Store.open(sqlite_url)
    log = Path(f"{store.file}-wal")
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(accounts)) == 0
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_write, store, 300).result(timeout=60)
        assert db.scalar(select(func.count()).select_from(accounts)) == 0
        grown = log.stat().st_size
    assert grown > database.LOG_KEPT, "too little was written for this test to mean anything"
    _write(store, 2, first=300)
    with store.read() as db:
        assert db.scalar(select(func.count()).select_from(accounts)) == 302
    assert log.stat().st_size <= database.LOG_KEPT
    store.close()


def _write(store: Store, count: int, *, first: int = 0) -> None:
    for number in range(first, first + count):
        with store.begin() as db:
            db.execute(insert(accounts).values(name="x" * 100_000, key=f"account {number}"))


def test_a_claim_leaves_to_others_what_they_are_claiming(postgres: Store) -> None:
    """Two workers hear the same bell: the second takes what is left and does not wait for the first."""
    with postgres.begin() as db:
        for number in range(4):
            rows.add_walk(db, number)
        ids = [one.id for one in rows.dispatched(db, NOW, 10)]
    with postgres.begin() as first:
        assert [one.id for one in touches.claimable(first, ids[:2], NOW)] == ids[:2]
        with postgres.begin() as second:
            second.execute(text("SET LOCAL lock_timeout = '2s'"))
            assert [one.id for one in touches.claimable(second, ids, NOW)] == ids[2:]


def test_two_clocks_never_queue_the_same_step_twice(store: Store) -> None:
    with store.begin() as db:
        for number in range(60):
            rows.add_walk(db, number)

    def tick(_: int) -> list[int]:
        found: list[int] = []
        for _ in range(5):
            with store.begin() as db:
                found += [one.enrollment_id for one in rows.dispatched(db, NOW, 10)]
        return found

    queued = [enrollment for ticks in together(4, tick) for enrollment in ticks]
    assert len(queued) == len(set(queued)) == 60


def test_a_deadlock_is_tried_again(postgres: Store) -> None:
    """Two transactions that lock two rows in opposite order: PostgreSQL ends one, and it runs again."""
    with postgres.begin() as db:
        one, two = rows.add_lead(db, 1).id, rows.add_lead(db, 2).id
    met = threading.Barrier(2)
    tries = [0, 0]

    def work(number: int) -> None:
        order = [one, two] if number == 0 else [two, one]

        def raise_epochs(db: object) -> None:
            tries[number] += 1
            for place, lead_id in enumerate(order):
                db.execute(update(leads).where(leads.c.id == lead_id).values(epoch=leads.c.epoch + 1))  # type: ignore[attr-defined]
                if place == 0 and tries[number] == 1:
                    met.wait(10)

        postgres.run(raise_epochs)

    together(2, work)
    with postgres.read() as db:
        assert db.scalars(select(leads.c.epoch)).all() == [2, 2]
    assert sum(tries) >= 3  # the second try may meet the other one again


def test_a_stop_waits_for_a_claim_and_is_seen_by_the_next(postgres: Store) -> None:
    """The shared lock on the lead is what makes a stop a barrier."""
    with postgres.begin() as db:
        lead = rows.add_lead(db)
    done = threading.Event()

    def stop() -> None:
        with postgres.begin() as db:
            permissions.lock_people(db, [lead.id])
        done.set()

    with postgres.begin() as claiming:
        claiming.execute(select(leads.c.id).where(leads.c.id == lead.id).with_for_update(read=True)).all()
        thread = threading.Thread(target=stop)
        thread.start()
        assert not done.wait(0.3), "the stop must wait while a claim shares the lead"
    thread.join(10)
    assert done.is_set()
    with postgres.read() as db:
        assert db.scalar(select(leads.c.epoch)) == lead.epoch + 1
