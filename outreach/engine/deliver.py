"""Deliver: carry out the touches whose bell rang. Claim in one transaction, send with none open, record.

The promises live in the order of these lines. The intent (an attempt with its token) is committed before its request
begins. Whoever stops, suppresses or pauses changes rows that the claim shares, so a stop that has returned is seen by
every later claim. A request that could not begin within the deadline is given back. What may have gone out and was not
answered is `uncertain`, and no machine sends it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from outreach import crash
from outreach.casework.house import House
from outreach.engine.claim import Claim, claim
from outreach.engine.outcome import Outcome, attempt
from outreach.engine.record import record
from outreach.providers.base import machine_time
from outreach.store import dispatching

GATHER = 0.05  # seconds a result may wait for others, so that one commit records several


def deliver(
    house: House,
    touch_ids: Sequence[int],
    pool: ThreadPoolExecutor,
    *,
    going: Callable[[], bool] = lambda: True,
) -> None:
    """Deliver those of `touch_ids` that are queued and due; a second bell for the same finds nothing to claim.

    `pool` sends the touches of a lane side by side. When it is no longer `going`, the lane on the wire is finished and the
    rest is rung for anew: a process that is asked to end has seconds, not minutes. Safe to call from any number of threads, processes and machines.
    """
    size = house.settings.lane
    for start in range(0, len(touch_ids), size):
        if not going():
            left = touch_ids[start:]
            house.store.run(lambda db, left=left: dispatching.rung(db, left, None))  # type: ignore[misc]
            break
        lane = touch_ids[start : start + size]
        crash.point("before_claim")
        began = machine_time()
        claims = claim(house, lane)
        crash.point("after_claim")
        deadline = began + house.settings.send_deadline
        for outcomes in _sent(house, claims, deadline, pool):
            record(house, outcomes)
            crash.point("after_record_commit")
    crash.point("before_ack")


def _sent(
    house: House, claims: Sequence[Claim], deadline: float, pool: ThreadPoolExecutor
) -> Iterator[list[Outcome]]:
    """Send a lane side by side; results come in groups, so that a slow answer holds up nobody else's record."""
    if len(claims) == 1:
        yield [attempt(house, claims[0], deadline)]
        return
    waiting: set[Future[Outcome]] = {pool.submit(attempt, house, one, deadline) for one in claims}
    while waiting:
        wait(waiting, return_when=FIRST_COMPLETED)
        done, waiting = wait(waiting, timeout=GATHER)
        yield [future.result() for future in done]
