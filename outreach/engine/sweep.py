"""The sweep: mends what a death, a sleep or a lost bell left behind. Each count says what was mended.

Due and not claimed is dispatch.py's (it rings again), uncertain is reconcile.py's, enrolled and nothing planned is
forgotten.py's: each of those has a rhythm of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.touch import Attempt, AttemptState
from outreach.engine.pause import resume_due
from outreach.engine.receipts import note_silence
from outreach.engine.tasks import overdue
from outreach.engine.understand import understand_stranded
from outreach.engine.walk import settle
from outreach.store import attempts, enrollments, touches
from outreach.store.database import Db

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mended:
    """How much of each kind one sweep mended."""

    expired: int = 0  # attempts whose worker died or hung: now uncertain
    resumed: int = 0  # pauses whose date came
    skipped: int = 0  # tasks nobody did in time
    unread: int = 0  # replies that were kept and held by somebody who died before reading them: read now
    silent: int = 0  # touches that were sent and never heard of: noted, for a person to look at


def sweep(house: House, limit: int = 500) -> Mended:
    """Expire leases, end pauses whose date has come, skip overdue tasks, read replies that were
    left unread, note what was never heard of.

    The clock calls this; any number may.
    """
    mended = Mended(
        expired=_expire(house, limit),
        resumed=resume_due(house, limit),
        skipped=overdue(house, limit),
        unread=understand_stranded(house),
        silent=note_silence(house, limit),
    )
    if mended != Mended():
        log.info("swept", **{name: count for name, count in asdict(mended).items() if count})
    return mended


def _expire(house: House, limit: int) -> int:
    with house.store.read() as db:
        dead = attempts.expired(db, house.store.machine_now(db), limit)
    return sum(house.store.run(lambda db, one=one: _lose(db, house, one)) for one in dead)  # type: ignore[misc]


def _lose(db: Db, house: House, dead: Attempt) -> int:
    about = touches.get(db, dead.touch_id)
    if about is None:
        return 0
    enrollments.by_ids(db, [about.enrollment_id], lock=True)
    current = touches.get(db, dead.touch_id, lock=True)
    again = attempts.by_token(db, dead.token)
    if again is None or again.state is not AttemptState.STARTED:
        return 0  # it has been recorded since it was read
    now = house.now()
    machine = house.store.machine_now(db)
    attempts.end(db, dead.token, AttemptState.UNCERTAIN, at=machine, error="no result within the lease")
    if current is None or current.state is not touch.State.SENDING:
        return 0
    settle(
        db,
        current,
        touch.Cause.LOST,
        now=now,
        by="sweep",
        reason="its worker died or hung: no result within the lease",
    )
    return 1
