"""Stop: take leads out, at once and everywhere. A barrier: when it answers, nothing it does not name begins any more."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from outreach import crash
from outreach.casework.house import House
from outreach.domain.enrollment import Cause, Enrollment
from outreach.domain.touch import Touch
from outreach.engine.walk import end
from outreach.store import enrollments, permissions, touches
from outreach.store.database import Db

_LOOK = 0.02  # seconds between two looks at what is still on the wire


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a stop ended, and which touches crossed it: they were on the wire before, and outlasted the wait."""

    ended: tuple[Enrollment, ...]
    crossed: tuple[Touch, ...] = ()


def stop(
    house: House,
    lead_ids: Collection[int],
    *,
    by: str,
    because: str,
    cause: Cause = Cause.STOP,
    cadence: str | None = None,
) -> Stopped:
    """End the open enrollments of these leads (of one cadence, when named), then wait for what is on the wire."""

    def work(db: Db) -> tuple[Enrollment, ...]:
        permissions.lock_people(db, lead_ids)
        walks = enrollments.of_leads(db, lead_ids, lock=True)
        chosen = [w for w in walks if w.open and w.allows(cause) and cadence in (None, w.cadence)]
        return tuple(end(db, house, w, cause, now=house.now(), by=by, because=because) for w in chosen)

    ended = house.store.run(work)
    crash.point("in_stop_after_commit")
    return Stopped(ended, wait_for(house, lead_ids))


def wait_for(house: House, lead_ids: Collection[int] | None) -> tuple[Touch, ...]:
    """Wait until none of these people's touches (None: nobody's) is on the wire, at most `stop_wait` seconds.

    Call it after the commit that forbids new ones. Returns those that outlasted the wait.
    """
    until = time.monotonic() + house.settings.stop_wait
    while True:
        with house.store.read() as db:
            crossing = touches.sending_to(db, lead_ids)
        if not crossing or time.monotonic() >= until:
            return tuple(crossing)
        time.sleep(_LOOK)
