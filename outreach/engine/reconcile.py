"""Reconcile: settle what is uncertain by evidence from the provider's own records; never by sending again blindly.

In this order: a callback that carries our token (effects.py, whenever it comes), the provider's records, and two empty
looks into them after a grace time, which mean "not sent". What no record can tell waits for a person (resolve.py),
unless it is a mail whose step says `resend_uncertain`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.errors import Stale
from outreach.domain.touch import Attempt, AttemptState, Touch
from outreach.engine.walk import conclude, settle
from outreach.providers.base import Evidence, Found
from outreach.store import attempts, enrollments, reconciling, touches
from outreach.store.database import Db
from outreach.store.reconciling import Look

log = structlog.get_logger()
BY = "reconcile"
LIMIT = 50  # providers asked in one tick: their lists have rate limits of their own
EMPTY = 2  # looks after the grace time that found nothing: then it was not sent
RESENDS = 1  # how often a step that says so is sent again without evidence
_RELOOK = 10  # the second empty look follows after this part of the grace time
_RAREST = timedelta(hours=1)  # machine time between two looks at what is old


@dataclass(frozen=True, slots=True)
class Settled:
    """What one round of looks brought."""

    sent: int = 0
    not_sent: int = 0
    resent: int = 0  # nobody can tell, and the step says to send it a second time
    unsure: int = 0  # asked, and still nobody knows


def reconcile(house: House, limit: int = LIMIT) -> Settled:
    """Ask the providers about uncertain attempts whose look has come. The clock calls this; any number may at once."""
    with house.store.read() as db:
        looks = reconciling.to_look(db, house.store.machine_now(db), limit)
    told = [_look(house, look) for look in looks]
    done = Settled(told.count("sent"), told.count("not sent"), told.count("resent"), told.count("unsure"))
    if done != Settled():
        log.info("reconciled", sent=done.sent, not_sent=done.not_sent, resent=done.resent, unsure=done.unsure)
    return done


def _look(house: House, look: Look) -> str:
    """One attempt: take the look, ask (no transaction is open meanwhile), settle. Empty when somebody else asks."""
    with house.store.begin() as db:
        machine = house.store.machine_now(db)
        if not reconciling.take(db, look, machine + _until_next(house, look.attempt, machine)):
            return ""
    evidence = _asked(house, look.attempt)
    try:
        return house.store.run(lambda db: _settle(db, house, look.attempt, evidence, asked_at=machine))
    except Stale:
        return ""  # a callback or a person was faster


def _asked(house: House, attempt: Attempt) -> Evidence:
    try:
        return house.providers.by_name(attempt.provider).find(attempt)
    except Exception as error:  # one provider that breaks must not keep the others from being asked
        log.exception("look failed", provider=attempt.provider, touch=attempt.touch_id)
        return Evidence(Found.CANNOT_TELL, detail=f"asking failed: {type(error).__name__}")


def _settle(db: Db, house: House, attempt: Attempt, evidence: Evidence, *, asked_at: datetime) -> str:
    current, others = _held(db, attempt)
    told = _judged(db, attempt, evidence)
    found = told.detail or told.found.value
    if told.found is Found.SENT:
        sent(db, house, current, attempt.token, by=BY, because=found, reference=told.reference)
        return "sent"
    over = asked_at >= _settles_at(house, attempt)
    empty = told.found is Found.NOT_SENT
    looks = reconciling.found_nothing(db, attempt.id, counts=empty and over, found=found)
    if empty and looks >= EMPTY:
        because = f"{found}; looked {looks} times"
        not_sent(db, house, current, [attempt], by=BY, because=because, queue=not others)
        return "not sent"
    if over and told.found is Found.CANNOT_TELL and _again(db, house, current, attempt, found):
        return "resent"
    return "unsure"


def _held(db: Db, attempt: Attempt) -> tuple[Touch, list[Attempt]]:
    """The touch of an uncertain attempt, locked in the usual order, and its other uncertain attempts. Raises Stale."""
    about = touches.get(db, attempt.touch_id)
    if about is None:
        raise Stale(f"touch {attempt.touch_id} has vanished")
    enrollments.by_ids(db, [about.enrollment_id], lock=True)
    current = touches.get(db, attempt.touch_id, lock=True)
    doubtful = reconciling.uncertain_of(db, attempt.touch_id)
    if current is None or current.state is not touch.State.UNCERTAIN:
        raise Stale(f"touch {attempt.touch_id} is settled already")
    if attempt.id not in [one.id for one in doubtful]:
        raise Stale(f"attempt {attempt.id} is settled already")
    return current, [one for one in doubtful if one.id != attempt.id]


def _judged(db: Db, attempt: Attempt, evidence: Evidence) -> Evidence:
    """What the records say once those that belong to other attempts are left out.

    Records without our token look alike for equal messages to one address. With k such attempts and k records each has
    its own; with fewer records nobody can tell which of them went out.
    """
    if not evidence.candidates:
        return evidence
    attempts = reconciling.alike(db, attempt)
    taken = reconciling.owned(db, attempt.provider, evidence.candidates, besides=attempt.id)
    free = sorted(set(evidence.candidates) - taken)
    if not free:
        return Evidence(Found.NOT_SENT, detail="every record like it belongs to another attempt")
    if len(free) < len(attempts):
        detail = f"{len(attempts)} attempts are alike, and the provider has {len(free)} of them"
        return Evidence(Found.CANNOT_TELL, detail=detail)
    mine = free[attempts.index(attempt.id)]
    return Evidence(Found.SENT, reference=mine, detail=evidence.detail or "found in the provider's records")


def sent(
    db: Db, house: House, current: Touch, token: str | None, *, by: str, because: str, reference: str | None
) -> Touch:
    """It went out: its attempt is accepted and the walk goes on. The caller holds enrollment and touch."""
    if token is not None:
        machine = house.store.machine_now(db)
        attempts.end(db, token, AttemptState.ACCEPTED, at=machine, reference=reference)
    log.info("uncertain settled", touch=current.id, sent=True, by=by)
    cause = touch.Cause.ACCEPTED
    return conclude(db, house, current, cause, now=house.now(), by=by, because=because, reference=reference)


def not_sent(
    db: Db,
    house: House,
    current: Touch,
    doubtful: Sequence[Attempt],
    *,
    by: str,
    because: str,
    queue: bool = True,
) -> Touch:
    """It did not go out: back into the queue, where the gate is asked anew; skipped when its walk has ended meanwhile.

    With `queue` false (other attempts of the touch are still in doubt) only these attempts are ended.
    """
    machine = house.store.machine_now(db)
    for one in doubtful:
        attempts.end(db, one.token, AttemptState.NOT_SENT, at=machine, error=because)
    if not queue:
        return current
    log.info("uncertain settled", touch=current.id, sent=False, by=by)
    return _back(db, house, current, by=by, because=because)


def _back(db: Db, house: House, current: Touch, *, by: str, because: str) -> Touch:
    walk = enrollments.by_ids(db, [current.enrollment_id])[current.enrollment_id]
    if not walk.open:
        reason = f"not sent, and the enrollment is {walk.state.value}"
        return settle(db, current, touch.Cause.SKIP, now=house.now(), by=by, reason=reason)
    return settle(db, current, touch.Cause.NOT_SENT, now=house.now(), by=by, reason=because)


def _again(db: Db, house: House, current: Touch, attempt: Attempt, found: str) -> bool:
    """Nobody can tell. A mail whose step says so goes a second time; its first attempt stays uncertain."""
    if not attempt.channel.threads or current.tries > RESENDS:
        return False
    walk = enrollments.by_ids(db, [current.enrollment_id])[current.enrollment_id]
    step = house.library.edition(db, walk.version_id).cadence.step(current.step_id)
    if step is None or not step.resend_uncertain:
        return False
    log.warning("uncertain sent again", touch=current.id, provider=attempt.provider)
    _back(db, house, current, by=BY, because=f"its step says resend_uncertain ({found})")
    return True


def _settles_at(house: House, attempt: Attempt) -> datetime:
    """From when on an empty look counts (machine time): the records had time to be written."""
    return attempt.lease_until + _grace(house, attempt)


def _grace(house: House, attempt: Attempt) -> timedelta:
    settings = house.settings
    return timedelta(seconds=settings.grace_mail if attempt.channel.threads else settings.grace)


def _until_next(house: House, attempt: Attempt, machine: datetime) -> timedelta:
    """Often at first, then ever less: a record that is there is found within seconds, an old doubt costs little."""
    every = timedelta(seconds=house.settings.reconcile_every)
    age = max(machine - attempt.started_at, every)
    left = _settles_at(house, attempt) - machine
    if left > timedelta(0):
        return min(age, max(left, every))
    # Two looks close after the grace time settle most; whoever is still in doubt then is asked about ever more rarely.
    fresh = -left < _grace(house, attempt)
    return max(every, _grace(house, attempt) / _RELOOK) if fresh else min(age, _RAREST)
