"""One safeguard taken away at a time: the proof is worth its name only if each of these turns a figure red.

Nothing in the house knows of this. A child process of the proof replaces a function of its own before it begins.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from outreach.casework.house import House
from outreach.domain import touch
from outreach.engine import claim, deliver, record, sweep
from outreach.providers.bound import Call
from outreach.store import attempts, bulk, caps, enrollments, events, raw, touches
from outreach.store.batch import Batch
from outreach.store.database import Store

DWELLS = "a claim has read, and not yet written"


def take_away(env: Mapping[str, str]) -> None:
    """Do what the environment asks for."""
    if name := env.get("CHAOS_MUTANT"):
        MUTANTS[name]()
    if path := env.get("CHAOS_CLOCK"):
        _wrong_clock(Path(path))
    if seconds := env.get("CHAOS_SLOW"):
        _slow_claims(float(seconds))


def _no_intent() -> None:
    """The request leaves before its intent is committed: the claim's transaction stays open until the answers came."""
    open_claims = threading.local()
    write = record.record

    def claimed(house: House, ids: Sequence[int]) -> list[claim.Claim]:
        _commit(open_claims)
        db = house.store.engine.connect()
        made = claim._Lane(db, house).claim(ids)
        open_claims.db = db
        if not made:
            _commit(open_claims)
        return made

    def recorded(house: House, outcomes: Any) -> None:
        _commit(open_claims)
        write(house, outcomes)

    deliver.claim = claimed  # type: ignore[attr-defined,assignment]
    deliver.record = recorded  # type: ignore[attr-defined]


def _commit(open_claims: threading.local) -> None:
    db = getattr(open_claims, "db", None)
    if db is not None:
        open_claims.db = None
        db.commit()
        db.close()


def _no_shared_locks() -> None:
    """A claim reads the people and the switches, but does not hold them."""
    run = raw.Query._run

    def unshared(self: raw.Query, db: Any, values: Any) -> Any:
        self._postgres = self._postgres.replace(" FOR SHARE", "")
        return run(self, db, values)

    raw.Query._run = unshared  # type: ignore[method-assign]


def _no_deadline() -> None:
    """A request begins however late it is."""
    Call.check = lambda self: None  # type: ignore[method-assign]


def _no_doubt() -> None:
    """An expired lease puts the touch back into the queue, as most would do it."""

    def lose(db: Any, house: House, dead: touch.Attempt) -> int:
        about = touches.get(db, dead.touch_id)
        assert about is not None
        enrollments.by_ids(db, [about.enrollment_id], lock=True)
        current = touches.get(db, dead.touch_id, lock=True)
        machine = house.store.machine_now(db)
        attempts.end(db, dead.token, touch.AttemptState.NOT_SENT, at=machine, error="lease over")
        if current is None or current.state is not touch.State.SENDING:
            return 0
        again = replace(current.moved(touch.Cause.PUT_BACK), due_at=house.now())
        touches.save(db, current, again, touch.Cause.PUT_BACK, at=house.now(), by="sweep")
        return 1

    sweep._lose = lose


def _no_guard() -> None:
    """Whoever writes last wins: the revision that was read is not compared."""
    write, save = bulk.Bulk.write, touches.save

    def unguarded(self: bulk.Bulk, db: Any, rows: Any) -> int:
        for row in rows:
            if "b_revision" in row:
                now = db.exec_driver_sql(f"SELECT revision FROM {self._table.name} WHERE id = {row['id']}")
                row["b_revision"] = now.scalar()
        return write(self, db, rows)

    def saved(db: Any, before: touch.Touch, *rest: Any, **more: Any) -> touch.Touch:
        now = touches.get(db, before.id, lock=True)
        return save(db, replace(before, revision=now.revision if now else 0), *rest, **more)

    bulk.Bulk.write = unguarded  # type: ignore[method-assign]
    touches.save = saved


def _no_unique_event() -> None:
    """An event that was told before counts again."""
    keep = events.keep
    count = iter(range(10**9))

    def kept(db: Any, provider: str, key: str, *rest: Any, **more: Any) -> int | None:
        return keep(db, provider, f"{key}#{time.monotonic_ns()}-{next(count)}", *rest, **more)

    events.keep = kept


def _no_cap_lock() -> None:
    """Whoever counts reads the cap's row, but does not hold it."""
    read = caps.read
    caps.read = lambda db, keys, *, lock=False: read(db, keys)  # noqa: PLW0108 - it drops the lock


MUTANTS: dict[str, Callable[[], None]] = {
    "the intent's commit": _no_intent,
    "the shared locks of the claim": _no_shared_locks,
    "the deadline check": _no_deadline,
    "the lease's expiry to uncertain": _no_doubt,
    "the version guard": _no_guard,
    "the unique event": _no_unique_event,
    "the cap's lock": _no_cap_lock,
}


def _wrong_clock(path: Path) -> None:
    """Business and machine time of this process are wrong by the seconds in a file, which may change at any moment."""
    from outreach import bootstrap, timekeeping

    def wrong() -> timedelta:
        return timedelta(seconds=float(path.read_text() or 0))

    clock_of, machine_now = timekeeping.clock_of, Store.machine_now

    def jumping(settings: Any, *rest: Any) -> Any:
        true = clock_of(settings, *rest)
        return lambda: true() + wrong()

    def machine(self: Store, db: Any) -> Any:
        # Only embedded: PostgreSQL's clock is not this machine's to set.
        return machine_now(self, db) + (wrong() if self.sqlite else timedelta())

    bootstrap.clock_of = jumping  # type: ignore[attr-defined,assignment]
    Store.machine_now = machine  # type: ignore[method-assign]


def _slow_claims(seconds: float) -> None:
    """Between what a claim reads and its commit lies time, and it says so: races need not be lucky."""
    flush = Batch.flush
    pause = threading.Event()

    def slow(self: Batch) -> None:
        if self._started:
            sys.stderr.write(f"{DWELLS}\n")
            sys.stderr.flush()
            pause.wait(seconds)
        flush(self)

    Batch.flush = slow  # type: ignore[method-assign]
