"""Claim: ONE transaction that locks, reads, decides, renders and writes the intent. What it returns may be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from outreach.casework.compose import Composed, compose
from outreach.casework.gather import Asked, Case, gather
from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.decision import Decision, End, Send, Skip, Wait, decide
from outreach.domain.errors import Mistake
from outreach.domain.people import Address
from outreach.domain.touch import Attempt, AttemptState, Touch
from outreach.engine.walk import REVIEW, conclude, end
from outreach.store import enrollments, leads, permissions, touches
from outreach.store.database import Db

BY = "worker"
UNRENDERED = timedelta(hours=1)  # business time until a touch that could not be rendered is tried again


@dataclass(frozen=True, slots=True)
class Claim:
    """A touch that is marked as sending, with the message and the token of its attempt."""

    touch: Touch
    case: Case
    composed: Composed
    provider: str
    token: str


def claim(house: House, touch_ids: Sequence[int]) -> list[Claim]:
    """Mark as sending what may go now; put back, skip, hand over or end the rest, with reasons."""
    return house.store.run(lambda db: _claim(db, house, touch_ids, house.now()))


def _claim(db: Db, house: House, touch_ids: Sequence[int], now: datetime) -> list[Claim]:
    # The order of the locks is the same for everybody: the switch, then leads and their addresses by id, then touches.
    # Whoever stops or forbids updates these rows first; so what is read after them is what that transaction left.
    switches = permissions.stopped(db, share=True)
    people = leads.by_ids(db, set(touches.leads_of(db, touch_ids).values()), lock="share")
    queued = touches.claimable(db, touch_ids, now)
    walks = enrollments.by_ids(db, {one.enrollment_id for one in queued})
    asked = [Asked(walks[one.enrollment_id], one) for one in queued]
    claims: list[Claim] = []
    for case in gather(db, house, asked, now, people=people, switches=switches):
        made = _carry_out(db, house, case, decide(case.facts, now), now)
        if made is not None:
            claims.append(made)
    return claims


def _carry_out(db: Db, house: House, case: Case, decision: Decision, now: datetime) -> Claim | None:
    queued = case.touch
    assert queued is not None
    match decision.verdict:
        case Send(to):
            return _go(db, house, case, queued, to, decision, now)
        case Wait(until, why):
            _put_back(db, queued, until, why.rule, why.text, now)
        case Skip(why):
            conclude(db, house, queued, touch.Cause.SKIP, now=now, by=BY, reason=f"{why.rule}: {why.text}")
        case End(cause, why):
            walk = enrollments.by_ids(db, [queued.enrollment_id], lock=True)[queued.enrollment_id]
            if walk.allows(cause):
                end(db, house, walk, cause, now=now, by=BY, because=f"{why.rule}: {why.text}")
    return None


def _go(
    db: Db, house: House, case: Case, queued: Touch, to: Address, decision: Decision, now: datetime
) -> Claim | None:
    token = house.new_token()
    try:
        composed = compose(case, to=to.value, token=token, now=now, settings=house.settings)
    except Mistake as error:  # this touch only: its neighbours in the lane go on
        _put_back(db, queued, now + UNRENDERED, "template", str(error), now)
        return None
    if queued.channel.by_rep:
        _hand_over(db, case, queued, composed, decision, now)
        return None
    sender = case.facts.sender
    moved = replace(
        queued.moved(touch.Cause.CLAIM),
        due_at=None,
        waiting_for=None,
        tries=queued.tries + 1,
        to=to.value,
        sender=sender.key if sender else None,
    )
    sending = touches.save(db, queued, moved, touch.Cause.CLAIM, at=now, by=BY, decision=_evidence(decision))
    _intend(db, house, case, sending, composed, token, now)
    return Claim(sending, case, composed, case.facts.provider, token)


def _intend(
    db: Db, house: House, case: Case, sending: Touch, composed: Composed, token: str, now: datetime
) -> None:
    lease = house.store.machine_now(db) + timedelta(seconds=house.settings.lease)
    intent = Attempt(
        id=0,
        touch_id=sending.id,
        token=token,
        provider=case.facts.provider,
        channel=sending.channel,
        state=AttemptState.STARTED,
        to=composed.message.to,
        sender=sending.sender or "",
        request_hash=composed.hash,
        started_at=now,
        lease_until=lease,
        text=composed.message.text_sent,
    )
    touches.start(
        db, intent, epoch=case.facts.lead.epoch, subject=composed.subject, message_id=composed.message_id
    )


def _hand_over(
    db: Db, case: Case, queued: Touch, composed: Composed, decision: Decision, now: datetime
) -> None:
    """People's work: it opens for its rep, and the walk waits until it is done or, where the step says so, overdue."""
    rep = case.facts.rep
    moved = replace(
        queued.moved(touch.Cause.HAND_OVER),
        due_at=now + (case.facts.step.skip_after or REVIEW),
        waiting_for=None,
        to=composed.message.to,
        rep=rep.key if rep else None,
        note=composed.message.text_sent,
    )
    touches.save(db, queued, moved, touch.Cause.HAND_OVER, at=now, by=BY, decision=_evidence(decision))


def _put_back(db: Db, queued: Touch, until: datetime, rule: str, text: str, now: datetime) -> None:
    moved = queued.moved(touch.Cause.PUT_BACK, reason=text)
    waiting = replace(moved, due_at=until, waiting_for=rule)
    touches.save(db, queued, waiting, touch.Cause.PUT_BACK, at=now, by=BY, because=f"{rule}: {text}")


def _evidence(decision: Decision) -> list[dict[str, Any]]:
    """Which rules permitted this touch, and what they looked at (rule R20)."""
    return [{"rule": r.rule, "says": r.says.value, "text": r.text} for r in decision.reasons]
