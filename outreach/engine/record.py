"""Record: write what came of attempts, and plan what is next, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from outreach import crash
from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.enrollment import Cause, Enrollment
from outreach.domain.errors import Fault, Refused, Stale, TooLate, Unavailable
from outreach.domain.message import Email
from outreach.domain.touch import TAKEN, AttemptState, Touch
from outreach.engine.breakers import heed
from outreach.engine.outcome import Outcome
from outreach.engine.suppress import provider_refused
from outreach.engine.walk import ALL_TAKEN, advanced, end, settled, stands_at
from outreach.store import enrollments, permissions, touches
from outreach.store.batch import Batch
from outreach.store.database import Db
from outreach.timekeeping import business_span

log = structlog.get_logger()
BY = "worker"
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
TOO_LATE = timedelta(
    seconds=1
)  # we were slow, not the provider: the claim is given back, and nothing backs off
_STOPS: dict[Fault, Callable[[Outcome], str]] = {
    Fault.ACCOUNT: lambda outcome: f"provider:{outcome.claim.provider}",
    Fault.SENDER: lambda outcome: f"sender:{outcome.claim.touch.sender}",
}
_PENDING = frozenset({touch.State.SENDING, touch.State.UNCERTAIN})
# A worker that was frozen may answer after its touch was given back as not sent: then it must not go again.
_HEARD = {
    touch.Cause.ACCEPTED: _PENDING | {touch.State.QUEUED},
    touch.Cause.REFUSED: _PENDING,
    touch.Cause.LOST: _PENDING | {touch.State.QUEUED},
}


def record(house: House, outcomes: Sequence[Outcome]) -> None:
    """Write the outcomes of one lane. A touch that a callback has moved meanwhile keeps what the callback said."""
    house.store.run(lambda db: _Record(db, house).write(outcomes))
    for outcome in outcomes:
        _tell(outcome)
    heed(house, outcomes)


class _Record:
    """One transaction that records."""

    def __init__(self, db: Db, house: House) -> None:
        self.db, self.house, self.now = db, house, house.now()
        self.machine = house.store.machine_now(db)
        self.batch = Batch(db, at=self.now, machine=self.machine, by=BY)

    def write(self, outcomes: Sequence[Outcome]) -> None:
        # People first, then enrollments, then touches, as everywhere: a stop holds them in the same order.
        blamed = [outcome for outcome in outcomes if _blames_address(outcome)]
        permissions.lock_people(self.db, {outcome.claim.touch.lead_id for outcome in blamed})
        walks = self._walks(outcomes)
        current = self._touches(outcomes)
        finished = [done for outcome in outcomes if (done := self._one(outcome, walks, current))]
        self.batch.flush()
        for done in finished:
            self._finish(done)
        for outcome in blamed:
            provider_refused(
                self.db, self.house, outcome.claim.touch, outcome.claim.composed.message.to, outcome.error
            )
        for outcome in outcomes:
            if outcome.error is not None and outcome.error.fault in _STOPS:
                self._stop(_STOPS[outcome.error.fault](outcome), _told(outcome.error))
        crash.point("before_record_commit")

    def _walks(self, outcomes: Sequence[Outcome]) -> dict[int, Enrollment]:
        """The enrollments, held for change; read anew only where somebody wrote since the claim read them."""
        known = {o.claim.touch.enrollment_id: o.claim.case.facts.enrollment for o in outcomes}
        now = enrollments.held(self.db, known)
        changed = [number for number, walk in known.items() if now.get(number) != walk.revision]
        return known | (enrollments.by_ids(self.db, changed) if changed else {})

    def _touches(self, outcomes: Sequence[Outcome]) -> dict[int, Touch]:
        """The same of the touches; those that have vanished are left out."""
        known = {o.claim.touch.id: o.claim.touch for o in outcomes}
        now = touches.held(self.db, known)
        changed = [number for number, claimed in known.items() if now.get(number) != claimed.revision]
        same = {number: claimed for number, claimed in known.items() if number not in changed}
        return same | (touches.by_ids(self.db, changed) if changed else {})

    def _one(self, outcome: Outcome, walks: dict[int, Enrollment], current: dict[int, Touch]) -> Touch | None:
        """One outcome into the batch; answers with the touch when it was the last of its walk."""
        before = current.get(outcome.claim.touch.id)
        if before is None:
            raise Stale(f"touch {outcome.claim.touch.id} has vanished")
        after = self._moved(outcome, before)
        walk = walks[before.enrollment_id]
        threaded = _threaded(walk, outcome)
        if after.state in TAKEN and before.state not in TAKEN and stands_at(walk, after):
            ahead = advanced(threaded, outcome.claim.case.facts, after, self.now)
            if ahead is None:
                return after
            self.batch.enrollment(walk, ahead, Cause.STEP_TAKEN, because=after.step_id)
        elif threaded is not walk:
            enrollments.thread(self.db, threaded)
        return None

    def _moved(self, outcome: Outcome, before: Touch) -> Touch:
        token, error = outcome.claim.token, outcome.error
        # Somebody else may have moved it: a callback, the lease's expiry. Then only the attempt is written.
        ours = before.tries == outcome.claim.touch.tries
        if outcome.receipt is not None:
            reference = outcome.receipt.reference
            self.batch.end(token, AttemptState.ACCEPTED, reference=reference)
            return self._settled(before, touch.Cause.ACCEPTED, ours, reference=reference)
        if isinstance(error, Refused):
            self.batch.end(token, AttemptState.REFUSED, error=_told(error))
            return self._settled(before, touch.Cause.REFUSED, ours, reason=_told(error))
        if isinstance(error, Unavailable):
            self.batch.end(token, AttemptState.NOT_SENT, error=_told(error))
            return self._later(before, error) if ours else before
        self.batch.end(token, AttemptState.UNCERTAIN, error=_told(error))
        return self._settled(before, touch.Cause.LOST, ours, reason=_told(error))

    def _settled(
        self,
        before: Touch,
        cause: touch.Cause,
        ours: bool,
        *,
        reason: str | None = None,
        reference: str | None = None,
    ) -> Touch:
        if not ours or not before.allows(cause) or before.state not in _HEARD[cause]:
            return before
        after = settled(before, cause, now=self.now, reason=reason, reference=reference)
        return self.batch.touch(before, after, cause)

    def _later(self, before: Touch, error: Unavailable) -> Touch:
        """Certainly not sent: back in the queue, later each time, with jitter so that a storm does not march in step."""
        cause = touch.Cause.PUT_BACK if before.state is touch.State.SENDING else touch.Cause.NOT_SENT
        if before.state not in (touch.State.SENDING, touch.State.UNCERTAIN):
            return before
        wait = error.retry_after or min(FIRST_RETRY * 2 ** max(before.tries - 1, 0), LONGEST_RETRY)
        wait = TOO_LATE if isinstance(error, TooLate) else wait
        jitter = random.uniform(1.0, 1.25)  # noqa: S311 - not a secret
        moved = before.moved(
            cause,
            reason=_told(error),
            due_at=self.now + business_span(self.house.settings, wait) * jitter,
            waiting_for="provider",
        )
        return self.batch.touch(before, moved, cause)

    def _finish(self, done: Touch) -> None:
        walk = enrollments.by_ids(self.db, [done.enrollment_id], lock=True)[done.enrollment_id]
        if stands_at(walk, done):
            end(self.db, self.house, walk, Cause.STEPS_EXHAUSTED, now=self.now, by=BY, because=ALL_TAKEN)

    def _stop(self, name: str, because: str) -> None:
        """Our keys do not work, or a sender may not do this: stop asking at once. Touches stay due; `doctor` says so."""
        if all(switch.name != name for switch in permissions.stopped(self.db)):
            permissions.turn(
                self.db, name, stop=True, because=because, by=BY, at=self.now, machine=self.machine
            )
            log.error("stopped", what=name, why=because)


def _threaded(walk: Enrollment, outcome: Outcome) -> Enrollment:
    """Remember the mail that went out, so that the next one of the cadence replies to it."""
    composed = outcome.claim.composed
    message = composed.message
    if outcome.receipt is None or composed.message_id is None or not isinstance(message, Email):
        return walk
    if walk.thread_root is None or "In-Reply-To" not in message.headers:
        return replace(
            walk,
            thread_root=composed.message_id,
            thread_subject=composed.subject,
            thread_last=composed.message_id,
        )
    return replace(walk, thread_last=composed.message_id)


def _blames_address(outcome: Outcome) -> bool:
    return isinstance(outcome.error, Refused) and outcome.error.fault in (Fault.ADDRESS, Fault.OPTED_OUT)


def _tell(outcome: Outcome) -> None:
    claim, error = outcome.claim, outcome.error
    about = {"touch": claim.touch.id, "channel": claim.touch.channel.value, "provider": claim.provider}
    if error is None:
        log.debug("touch accepted", **about)
    else:
        log.warning(
            "touch not accepted", **about, kind=type(error).__name__, code=error.code, fault=error.fault.value
        )


def _told(error: Exception | None) -> str:
    code = getattr(error, "code", "")
    return f"{code}: {error}" if code else str(error)
