"""Record: write what came of attempts, and plan what is next, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.errors import Fault, Refused, Stale, Unavailable
from outreach.domain.touch import AttemptState, Touch
from outreach.engine.outcome import Outcome
from outreach.engine.suppress import provider_refused
from outreach.engine.walk import conclude, settle
from outreach.store import enrollments, permissions, touches
from outreach.store.database import Db
from outreach.timekeeping import business_span

log = structlog.get_logger()
BY = "worker"
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)


def record(house: House, outcomes: Sequence[Outcome]) -> None:
    """Write the outcomes of one lane. A touch that a callback has moved meanwhile keeps what the callback said."""
    house.store.run(lambda db: _record(db, house, outcomes, house.now()))
    for outcome in outcomes:
        _consequences(house, outcome)


def _record(db: Db, house: House, outcomes: Sequence[Outcome], now: datetime) -> None:
    for outcome in sorted(outcomes, key=lambda one: one.claim.touch.enrollment_id):
        # Enrollments before touches, as everywhere: a stop holds the enrollment while it looks at the touch.
        enrollments.by_ids(db, [outcome.claim.touch.enrollment_id], lock=True)
        current = touches.get(db, outcome.claim.touch.id, lock=True)
        if current is None:
            raise Stale(f"touch {outcome.claim.touch.id} has vanished")
        _one(db, house, outcome, current, now)


def _one(db: Db, house: House, outcome: Outcome, current: Touch, now: datetime) -> None:
    claim, error = outcome.claim, outcome.error
    ours = (
        current.state in (touch.State.SENDING, touch.State.UNCERTAIN) and current.tries == claim.touch.tries
    )
    if outcome.receipt is not None:
        reference = outcome.receipt.reference
        touches.end(db, claim.token, AttemptState.ACCEPTED, at=now, reference=reference)
        _thread(db, outcome)
        if ours:
            conclude(db, house, current, touch.Cause.ACCEPTED, now=now, by=BY, reference=reference)
    elif isinstance(error, Refused):
        touches.end(db, claim.token, AttemptState.REFUSED, at=now, error=_told(error))
        if ours and current.allows(touch.Cause.REFUSED):
            conclude(db, house, current, touch.Cause.REFUSED, now=now, by=BY, reason=_told(error))
    elif isinstance(error, Unavailable):
        touches.end(db, claim.token, AttemptState.NOT_SENT, at=now, error=_told(error))
        if ours:
            _later(db, house, current, error, now)
    else:
        touches.end(db, claim.token, AttemptState.UNCERTAIN, at=now, error=_told(error))
        if ours and current.allows(touch.Cause.LOST):
            settle(db, current, touch.Cause.LOST, now=now, by=BY, reason=_told(error))


def _later(db: Db, house: House, current: Touch, error: Unavailable, now: datetime) -> None:
    """Certainly not sent: back in the queue, later each time, with jitter so that a storm does not march in step."""
    cause = touch.Cause.PUT_BACK if current.allows(touch.Cause.PUT_BACK) else touch.Cause.NOT_SENT
    wait = error.retry_after or min(FIRST_RETRY * 2 ** max(current.tries - 1, 0), LONGEST_RETRY)
    moved = replace(
        current.moved(cause, reason=_told(error)),
        due_at=now + business_span(house.settings, wait) * random.uniform(1.0, 1.25),  # noqa: S311 - jitter, not a secret
        waiting_for="provider",
    )
    touches.save(db, current, moved, cause, at=now, by=BY, because=_told(error))


def _thread(db: Db, outcome: Outcome) -> None:
    """Remember the mail that went out, so that the next one of the cadence replies to it."""
    composed = outcome.claim.composed
    if composed.message_id is None:
        return
    walk = enrollments.by_ids(db, [outcome.claim.touch.enrollment_id], lock=True)[
        outcome.claim.touch.enrollment_id
    ]
    starts = walk.thread_root is None or "In-Reply-To" not in getattr(composed.message, "headers", {})
    enrollments.thread(
        db,
        walk,
        root=composed.message_id if starts else walk.thread_root,
        subject=composed.subject if starts else walk.thread_subject,
        last=composed.message_id,
    )


def _consequences(house: House, outcome: Outcome) -> None:
    """What a refusal means beyond its touch: the address, the person's opt-out, or our own account."""
    error, claim = outcome.error, outcome.claim
    if error is None:
        log.info(
            "touch accepted", touch=claim.touch.id, channel=claim.touch.channel.value, provider=claim.provider
        )
        return
    log.warning(
        "touch not accepted",
        touch=claim.touch.id,
        provider=claim.provider,
        code=error.code,
        fault=error.fault,
    )
    if error.fault in (Fault.ADDRESS, Fault.OPTED_OUT) and isinstance(error, Refused):
        provider_refused(house, claim.touch, claim.composed.message.to, error.fault, _told(error))
    if error.fault is Fault.ACCOUNT:
        _stop_provider(house, claim.provider, _told(error))


def _stop_provider(house: House, provider: str, because: str) -> None:
    """Our keys do not work: stop asking at once. Touches stay due; `doctor` and `status` say so."""
    with house.store.begin() as db:
        permissions.turn(db, f"provider:{provider}", stop=True, because=because, by=BY, at=house.now())


def _told(error: Exception | None) -> str:
    code = getattr(error, "code", "")
    return f"{code}: {error}" if code else str(error)
