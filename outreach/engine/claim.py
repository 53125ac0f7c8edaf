"""Claim: ONE transaction that locks, reads, decides, renders and writes the intent. What it returns may be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach import crash
from outreach.casework.compose import Composed, compose
from outreach.casework.gather import Asked, Case, gather
from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.decision import Decision, End, Send, Skip, Wait, decide
from outreach.domain.errors import Mistake
from outreach.domain.people import Address
from outreach.domain.touch import Attempt, AttemptState, Touch
from outreach.engine.caps import Allotment
from outreach.engine.probes import Probes
from outreach.engine.walk import REVIEW, conclude, end
from outreach.store import enrollments, leads, permissions, touches
from outreach.store.batch import Batch
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
    return house.store.run(lambda db: _Lane(db, house).claim(touch_ids))


class _Lane:
    """One claim transaction: what it reads first, and the moves it writes last."""

    def __init__(self, db: Db, house: House) -> None:
        self.db, self.house, self.now = db, house, house.now()
        self.machine = house.store.machine_now(db)
        self.batch = Batch(db, at=self.now, machine=self.machine, by=BY)
        self.switch_epoch = 0
        self.probes = Probes(db, house, self.now)
        self.caps = Allotment(db, house, (), self.now)

    def claim(self, touch_ids: Sequence[int]) -> list[Claim]:
        # The order of the locks is the same for everybody: the switch, then leads and their addresses by id, then
        # touches, then caps. Whoever stops or forbids updates these rows first; so what is read after them is what that
        # transaction left.
        self.switch_epoch, switches = permissions.share_switches(self.db)
        people = leads.of_touches(self.db, touch_ids)
        queued = touches.claimable(self.db, touch_ids, self.now)
        walks = enrollments.by_ids(self.db, {one.enrollment_id for one in queued})
        asked = [Asked(walks[one.enrollment_id], one) for one in queued]
        cases = gather(
            self.db, self.house, asked, self.now, people=people, switches=switches, telephones="hold"
        )
        self.caps = Allotment(self.db, self.house, cases, self.now)
        asked_in_order = ((case, decide(case.facts, self.now)) for case in self.caps.in_order())
        claims = [made for case, decision in asked_in_order if (made := self._carry_out(case, decision))]
        self.batch.flush()
        self.caps.flush()
        crash.point("before_claim_commit")
        return claims

    def _carry_out(self, case: Case, decision: Decision) -> Claim | None:
        queued = case.touch
        assert queued is not None
        match decision.verdict:
            case Send(to):
                return self._go(case, queued, to, decision)
            case Wait(until, why):
                until = self.probes.spread(until, why.rule, queued.id)
                self._put_back(queued, until, why.rule, why.text, patient=self.caps.defer(case, why))
            case Skip(why):
                reason = f"{why.rule}: {why.text}"
                conclude(self.db, self.house, queued, touch.Cause.SKIP, now=self.now, by=BY, reason=reason)
            case End(cause, why):
                walk = enrollments.by_ids(self.db, [queued.enrollment_id], lock=True)[queued.enrollment_id]
                if walk.allows(cause):
                    reason = f"{why.rule}: {why.text}"
                    end(self.db, self.house, walk, cause, now=self.now, by=BY, because=reason, raised=False)
        return None

    def _go(self, case: Case, queued: Touch, to: Address, decision: Decision) -> Claim | None:
        token = self.house.new_token()
        try:
            composed = compose(case, to=to.value, token=token, now=self.now, settings=self.house.settings)
        except Mistake as error:  # this touch only: its neighbours in the lane go on
            self._put_back(queued, self.now + UNRENDERED, "template", str(error))
            return None
        held = self.probes.held(case)
        if held is not None and held.until is not None:
            self._put_back(queued, held.until, held.rule, held.text)
            return None
        self.caps.take(case, token)
        if case.phones is not None:
            case.phones.rang(case.facts, self.now)
        if queued.channel.by_rep:
            self._hand_over(case, queued, composed, decision)
            return None
        sender = case.facts.sender
        moved = queued.moved(
            touch.Cause.CLAIM,
            due_at=None,
            waiting_for=None,
            tries=queued.tries + 1,
            to=to.value,
            sender=sender.key if sender else None,
        )
        sending = self.batch.touch(queued, moved, touch.Cause.CLAIM, decision=_evidence(case, decision))
        self._intend(case, sending, composed, token)
        return Claim(sending, case, composed, case.facts.provider, token)

    def _intend(self, case: Case, sending: Touch, composed: Composed, token: str) -> None:
        intent = Attempt(
            id=0,
            touch_id=sending.id,
            token=token,
            provider=case.facts.provider,
            channel=sending.channel,
            state=AttemptState.STARTED,
            to=composed.message.to,
            sender=composed.message.sent_from,
            request_hash=composed.hash,
            at=self.now,
            started_at=self.machine,
            lease_until=self.machine + timedelta(seconds=self.house.settings.lease),
            text=composed.message.text_sent,
        )
        self.batch.start(
            intent,
            epoch=case.facts.lead.epoch,
            switch_epoch=self.switch_epoch,
            subject=composed.subject,
            message_id=composed.message_id,
        )

    def _hand_over(self, case: Case, queued: Touch, composed: Composed, decision: Decision) -> None:
        """People's work: it opens for its rep, and the walk waits until it is done or, where the step says so, overdue."""
        rep = case.facts.rep
        moved = queued.moved(
            touch.Cause.HAND_OVER,
            due_at=self.now + (case.facts.step.skip_after or REVIEW),
            waiting_for=None,
            to=composed.message.to,
            rep=rep.key if rep else None,
            note=composed.message.text_sent,
        )
        self.batch.touch(queued, moved, touch.Cause.HAND_OVER, decision=_evidence(case, decision))

    def _put_back(
        self, queued: Touch, until: datetime, rule: str, text: str, *, patient: bool = False
    ) -> None:
        """Later, at `until`. `patient`: it is not late by this wait."""
        excused = until if patient else queued.excused_at
        waiting = queued.moved(
            touch.Cause.PUT_BACK, reason=text, due_at=until, waiting_for=rule, excused_at=excused
        )
        self.batch.touch(queued, waiting, touch.Cause.PUT_BACK, because=f"{rule}: {text}")


def _evidence(case: Case, decision: Decision) -> dict[str, str]:
    """Which edition of the rules permitted this touch, and what each looked at (R20): all of them, or it would not go."""
    kept = {reason.rule: reason.text for reason in decision.reasons}
    kept["rules"] = case.facts.law.sources.version
    return kept
