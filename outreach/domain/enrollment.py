"""One lead's walk through one cadence: the first state machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake
from outreach.domain.values import changed


class State(StrEnum):
    """Where an enrollment stands."""

    ACTIVE = "active"  # a step is planned, or a touch is on its way
    PAUSED = "paused"  # held, until a date or by hand; its wait is frozen
    FINISHED = "finished"  # every step was taken, nobody answered
    REPLIED = "replied"  # the lead answered: a person takes over
    OPTED_OUT = "opted_out"  # the lead asked us to stop
    BOUNCED = "bounced"  # no remaining step has a usable address
    CONVERTED = "converted"  # the goal was reached: a meeting, a deal
    STOPPED = "stopped"  # ended by hand


class Cause(StrEnum):
    """Why an enrollment moved."""

    STEP_TAKEN = "step taken"
    STEPS_EXHAUSTED = "steps exhausted"
    PAUSE = "pause"
    RESUME = "resume"
    REPLY = "reply"
    OPT_OUT = "opt-out"
    NO_ADDRESS_LEFT = "no address left"
    GOAL = "goal"
    STOP = "stop"


S, C = State, Cause

TRANSITIONS: Final[dict[tuple[State, Cause], State]] = {
    # from        on                     to
    (S.ACTIVE,    C.STEP_TAKEN):         S.ACTIVE,
    (S.ACTIVE,    C.STEPS_EXHAUSTED):    S.FINISHED,
    (S.ACTIVE,    C.PAUSE):              S.PAUSED,
    (S.ACTIVE,    C.REPLY):              S.REPLIED,
    (S.ACTIVE,    C.OPT_OUT):            S.OPTED_OUT,
    (S.ACTIVE,    C.NO_ADDRESS_LEFT):    S.BOUNCED,
    (S.ACTIVE,    C.GOAL):               S.CONVERTED,
    (S.ACTIVE,    C.STOP):               S.STOPPED,
    (S.PAUSED,    C.PAUSE):              S.PAUSED,     # another date
    (S.PAUSED,    C.RESUME):             S.ACTIVE,
    (S.PAUSED,    C.STEP_TAKEN):         S.PAUSED,     # a touch that was already on the wire
    (S.PAUSED,    C.STEPS_EXHAUSTED):    S.FINISHED,
    (S.PAUSED,    C.REPLY):              S.REPLIED,
    (S.PAUSED,    C.OPT_OUT):            S.OPTED_OUT,
    (S.PAUSED,    C.NO_ADDRESS_LEFT):    S.BOUNCED,
    (S.PAUSED,    C.GOAL):               S.CONVERTED,
    (S.PAUSED,    C.STOP):               S.STOPPED,
    (S.FINISHED,  C.REPLY):              S.REPLIED,    # a late answer still counts
    (S.FINISHED,  C.OPT_OUT):            S.OPTED_OUT,
    (S.FINISHED,  C.GOAL):               S.CONVERTED,
    (S.BOUNCED,   C.REPLY):              S.REPLIED,    # from another address
    (S.BOUNCED,   C.OPT_OUT):            S.OPTED_OUT,
    (S.STOPPED,   C.REPLY):              S.REPLIED,
    (S.STOPPED,   C.OPT_OUT):            S.OPTED_OUT,
    (S.REPLIED,   C.OPT_OUT):            S.OPTED_OUT,
    (S.REPLIED,   C.GOAL):               S.CONVERTED,
    (S.CONVERTED, C.OPT_OUT):            S.OPTED_OUT,
}  # fmt: skip

OPEN: Final = frozenset({State.ACTIVE, State.PAUSED})


@dataclass(frozen=True, kw_only=True)
class Enrollment:
    """One lead's walk through one version of one cadence. Times are UTC instants."""

    id: int
    lead_id: int
    cadence: str
    version_id: int
    state: State = State.ACTIVE
    step_id: str | None = None  # the step that is next; None once ended
    channel: Channel | None = None  # and its channel, so that dispatching need not open the version
    occurrence: int = 1  # how often that step has come round, for steps that repeat
    due_at: datetime | None = (
        None  # when the next step is due; None while a touch carries it, paused or ended
    )
    anchor_at: datetime  # what the next wait is counted from: the enrollment, then each step taken
    paused_at: datetime | None = None
    resume_at: datetime | None = None  # when a pause ends by itself, or is reviewed
    rep: str | None = None
    sender: str | None = None
    reply_token: str = ""
    thread_root: str | None = None  # Message-ID of the first mail that went out
    thread_subject: str | None = None
    thread_last: str | None = None  # Message-ID of the latest mail
    reason: str | None = None
    enrolled_at: datetime
    ended_at: datetime | None = None
    ended_epoch: int | None = (
        None  # the person's epoch when it ended: no attempt may be of this or a later one
    )
    revision: int = 1  # guards writes: UPDATE ... WHERE revision = what was read

    @property
    def open(self) -> bool:
        """Whether it may still touch the lead."""
        return self.state in OPEN

    def allows(self, cause: Cause) -> bool:
        """Whether the table has a move for this cause."""
        return (self.state, cause) in TRANSITIONS

    def moved(self, cause: Cause, *, at: datetime, reason: str | None = None, **also: Any) -> Enrollment:
        """The enrollment after `cause`, at a UTC instant; the only place that changes `state`.

        Raises Mistake when the table has no such move. Ending clears what was planned. `also`: what else changes with
        it, by field.
        """
        became = TRANSITIONS.get((self.state, cause))
        if became is None:
            raise Mistake(f"an enrollment that is {self.state.value} cannot move on {cause.value}")
        changes: dict[str, Any] = {"state": became, "reason": reason or self.reason}
        if became is State.PAUSED:
            changes["paused_at"] = self.paused_at or at
        elif became is State.ACTIVE:
            changes |= {"paused_at": None, "resume_at": None}
        else:
            changes |= dict.fromkeys(("step_id", "channel", "due_at", "paused_at", "resume_at"))
            changes["ended_at"] = self.ended_at or at
        return changed(self, **changes | also)
