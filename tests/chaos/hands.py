"""Several hands read the same touch and write it one after the other: only the first may, the others read again.

Locks keep the verbs apart; the revision is what remains when somebody reads in one transaction and writes in another.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from outreach import bootstrap
from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.errors import Stale
from outreach.engine import dispatch
from outreach.settings import Settings
from outreach.store import touches
from outreach.store.batch import Batch
from tests.chaos.figure import Figure
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage

HANDS = 4
_TOUCHES = 40


def several(scale: Scale, seed: int, servers: Servers | None, *, mutant: str = "") -> Figure:
    """A process of four hands skips every touch at once; the database must show one move of each."""
    with Stage(scale, seed, servers) as stage:
        stage.enroll(_TOUCHES, "mails")
        dispatch.dispatch(stage.house)
        extra = {"CHAOS_MUTANT": mutant} if mutant else {}
        hands = stage.start("hands", CHAOS_HANDS=str(HANDS), **extra)
        wait_until(lambda: not hands.alive, hands.tail)
        assert hands.code == 0, hands.tail()  # a mutant that cannot write at all proves nothing
        moves = stage.rows("SELECT touch_id, count(*) FROM history WHERE cause = 'skip' GROUP BY touch_id")
        often = [row for row in moves if row[1] != 1]
        good = len(moves) == _TOUCHES and not often
        stage.kept = not good and not mutant
        return Figure(
            name=f"{HANDS} hands write each of {_TOUCHES} touches that all have read",
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="one of them each time",
            seen=f"{len(moves) - len(often)} moved once, {len(often)} more often",
            good=good,
        )


def work() -> None:
    """What the process of several hands does: read in one transaction, meet, write in another."""
    house = bootstrap.house(Settings.from_env())
    with house.store.read() as db:
        waiting = [row[0] for row in db.exec_driver_sql("SELECT id FROM touches ORDER BY id").fetchall()]
    meet = threading.Barrier(int(os.environ["CHAOS_HANDS"]))
    with ThreadPoolExecutor(HANDS) as pool:
        for one in waiting:
            list(pool.map(lambda n, one=one: _skip(house, one, n, meet), range(HANDS)))
    house.store.close()


def _skip(house: House, touch_id: int, hand: int, meet: threading.Barrier) -> None:
    with house.store.read() as db:
        before = touches.get(db, touch_id)
    assert before is not None
    meet.wait(30)
    after = replace(before.moved(touch.Cause.SKIP, reason=f"by hand {hand}"), due_at=None)
    try:
        with house.store.begin() as db:
            if hand % 2:
                touches.save(db, before, after, touch.Cause.SKIP, at=house.now(), by=f"hand {hand}")
            else:
                batch = Batch(db, at=house.now(), machine=house.store.machine_now(db), by=f"hand {hand}")
                batch.touch(before, after, touch.Cause.SKIP)
                batch.flush()
    except Stale:
        pass  # as it should be for all but one
