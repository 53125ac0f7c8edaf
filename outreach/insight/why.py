"""Why does nothing go out, or why did it end: every rule, what it looked at, and the first time it will pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach.casework.gather import Asked, gather
from outreach.casework.house import House
from outreach.casework.room import with_room
from outreach.domain.channel import Channel
from outreach.domain.decision import Decision, End, Send, Skip, Wait, decide
from outreach.domain.enrollment import Enrollment
from outreach.domain.reason import Reason
from outreach.domain.touch import State, Touch
from outreach.insight.foresight import foresee
from outreach.store import enrollments, overview, touches
from outreach.store.database import Db


@dataclass(frozen=True, slots=True)
class Ended:
    """How a walk ended: when (UTC), by whom, because of what."""

    at: datetime
    by: str
    cause: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The state of one enrollment, explained."""

    enrollment: Enrollment
    step_id: str | None = None
    channel: Channel | None = None
    touch: Touch | None = None  # the one that carries the step, when it is made already
    answer: str = ""  # in one sentence
    reasons: tuple[Reason, ...] = ()  # of every rule, in the order they are asked
    first: datetime | None = (
        None  # when it will not wait any more (UTC); None: nobody can know, or nothing will happen
    )
    ended: Ended | None = None


_ON_ITS_WAY = {
    State.SENDING: "it is on the wire at this moment",
    State.UNCERTAIN: "it may or may not have gone out: evidence or a person decides",
    State.OPEN: "it is a task that waits for its rep",
}


def why(house: House, lead_id: int, *, cadence: str | None = None) -> list[Why]:
    """Explain each enrollment of a lead, the open ones first."""
    now = house.now()
    with house.store.read() as db:
        walks = [w for w in enrollments.of_leads(db, [lead_id]) if cadence in (None, w.cadence)]
        carried = {(t.enrollment_id, t.step_id, t.occurrence): t for t in touches.of_lead(db, lead_id)}
        told = [
            _open(db, house, walk, carried.get((walk.id, walk.step_id or "", walk.occurrence)), now)
            if walk.open
            else _closed(db, walk)
            for walk in walks
        ]
    return sorted(told, key=lambda one: not one.enrollment.open)


def _open(db: Db, house: House, walk: Enrollment, touch: Touch | None, now: datetime) -> Why:
    if touch is not None and touch.state in _ON_ITS_WAY:
        return Why(
            enrollment=walk,
            step_id=walk.step_id,
            channel=walk.channel,
            touch=touch,
            answer=_ON_ITS_WAY[touch.state] + (f" ({touch.reason})" if touch.reason else ""),
        )
    [case] = gather(db, house, [Asked(walk, touch)], now, telephones="look")
    case = with_room(db, house, case, now)
    decision = decide(case.facts, now)
    foreseen = foresee(case.facts, now)
    answer = _said(decision)
    if touch is not None and isinstance(decision.verdict, Send):
        answer += " as soon as a worker takes it (`outreach status` says whether one is alive)"
    if isinstance(decision.verdict, Wait) and foreseen.at and not isinstance(foreseen.decision.verdict, Send):
        answer += f"; then {_said(foreseen.decision)}"
    return Why(
        enrollment=walk,
        step_id=walk.step_id,
        channel=walk.channel,
        touch=touch,
        answer=answer,
        reasons=decision.reasons,
        first=foreseen.at,
    )


def _closed(db: Db, walk: Enrollment) -> Why:
    row = overview.ended_by(db, walk.id, walk.lead_id)
    ended = Ended(row.at, row.by, row.cause, row.because or "") if row else None
    reason = f": {walk.reason}" if walk.reason else ""
    return Why(enrollment=walk, answer=f"it is {walk.state.value}{reason}", ended=ended)


def _said(decision: Decision) -> str:
    match decision.verdict:
        case Send(to):
            return f"it goes to {to.value}"
        case Wait(_, why_):
            return f"it waits: {why_.text} [{why_.rule}]"
        case Skip(why_):
            return f"it is skipped: {why_.text} [{why_.rule}]"
        case End(cause, why_):
            return f"the walk ends ({cause.value}): {why_.text} [{why_.rule}]"
