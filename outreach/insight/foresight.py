"""When will a step move, and how: the engine's decision asked again and again at the times it names itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from outreach.domain.decision import Decision, Wait, decide, plan, resumed
from outreach.domain.enrollment import State
from outreach.domain.facts import Facts

_LOOKS: Final = 40  # a wait that has not ended after so many looks has no end that anybody knows


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The first moment (UTC) at which the decision is not to wait, and that decision; `at` None: nobody can know."""

    at: datetime | None
    decision: Decision


def foresee(facts: Facts, now: datetime) -> Foreseen:
    """What will become of the step of `facts` if nothing happens meanwhile. Pure.

    A stopped switch, a hold and a pause without a date end when a person says so: nobody can know when that is.
    """
    facts, at = _after_the_pause(facts, now)
    decision = decide(facts, at)
    for _ in range(_LOOKS):
        if not isinstance(decision.verdict, Wait):
            return Foreseen(at, decision)
        if facts.switches and decision.verdict.why.rule == "switch":
            break
        at = decision.verdict.until
        decision = decide(facts, at)
    return Foreseen(None, decision)


def _after_the_pause(facts: Facts, now: datetime) -> tuple[Facts, datetime]:
    """A pause with a date is looked past: what was left of its wait goes on from there."""
    walk = facts.enrollment
    if walk.state is not State.PAUSED or walk.resume_at is None:
        return facts, now
    active = replace(walk, state=State.ACTIVE, paused_at=None, resume_at=None)
    back = max(walk.resume_at, now)
    due = resumed(plan(facts, walk.anchor_at), walk.paused_at or now, back)
    return replace(facts, enrollment=active, planned_at=due), back
