"""What happens next for one enrollment, and why: the one decision that delivery, why, preview and plan all call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.domain import lawful, rules
from outreach.domain.cadence import Cadence, Step, Unit
from outreach.domain.enrollment import Cause
from outreach.domain.facts import Facts
from outreach.domain.people import Address
from outreach.domain.reason import Reason, Says
from outreach.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class Send:
    """It may go out now, to this address."""

    to: Address


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now: ask again at `until` (UTC)."""

    until: datetime
    why: Reason


@dataclass(frozen=True, slots=True)
class Skip:
    """Not at all: the walk goes on with the next step."""

    why: Reason


@dataclass(frozen=True, slots=True)
class End:
    """The walk is over."""

    cause: Cause
    why: Reason


Verdict = Send | Wait | Skip | End


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one step, with what every rule said."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


def decide(facts: Facts, now: datetime) -> Decision:
    """What to do with the step of `facts` at `now` (UTC). Pure: same facts, same answer.

    Three rounds: may the enrollment move at all, should the step be taken, may it go at this moment. The first round
    that objects decides; within it END goes before SKIP before WAIT. All rules of its channel are asked, so that all can
    be shown.
    """
    rounds = [_ask(asked, facts, now) for asked in rules.ROUNDS[facts.step.channel]]
    reasons = tuple(reason for asked in rounds for reason in asked)
    for asked in rounds:
        verdict = _objection(asked, facts, now)
        if verdict is not None:
            return Decision(verdict, reasons)
    to = facts.to
    assert to is not None  # or the rule `address` would have objected
    return Decision(Send(to), reasons)


def plan(facts: Facts, anchor: datetime) -> datetime:
    """When the step of `facts` is due (UTC), counted from `anchor`: its wait, then the first moment all windows are open.

    A step whose date is missing or whose windows never open is due at once: the decision then skips it and says why.
    """
    raw = _raw(
        facts.step, facts.lead.fields.get(facts.step.after.field or ""), anchor, facts.zone, facts.holidays
    )
    if raw is None:
        return anchor
    return lawful.next_open(facts, raw, anchor) or raw


def resumed(due_at: datetime, paused_at: datetime, now: datetime) -> datetime:
    """When a step is due after a pause: the wait was frozen, what was left of it goes on."""
    return now + max(due_at - paused_at, timedelta(0))


def next_step(cadence: Cadence, step_id: str) -> Step | None:
    """The step after `step_id`; None when the walk is over."""
    return cadence.following(step_id)


def at_step(facts: Facts, step: Step, planned_at: datetime) -> Facts:
    """The same facts, looked at for another step."""
    return replace(facts, step=step, planned_at=planned_at)


def _ask(asked: tuple[Rule, ...], facts: Facts, now: datetime) -> list[Reason]:
    return [rule(facts, now) for rule in asked]


def _objection(reasons: list[Reason], facts: Facts, now: datetime) -> Verdict | None:
    for reason in reasons:
        if reason.says is Says.END:
            assert reason.cause is not None
            return End(reason.cause, reason)
    for reason in reasons:
        if reason.says is Says.SKIP:
            return Skip(reason)
    waits = [reason for reason in reasons if reason.says is Says.WAIT]
    if not waits:
        return None
    longest = max(waits, key=lambda reason: reason.until or now)
    until = lawful.next_open(facts, longest.until or now, now)
    return Skip(lawful.never_open(facts, now)) if until is None else Wait(until, longest)


def _raw(
    step: Step, value: object, anchor: datetime, zone: ZoneInfo, holidays: frozenset[date]
) -> datetime | None:
    if step.after.unit is not Unit.UNTIL:
        return step.after.after(anchor, zone, holidays)
    day = rules.day_of(value)
    return step.after.until(day, zone) if day else None
