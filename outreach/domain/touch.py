"""One step, taken once, for one lead: the second state machine. And an attempt: one try at one provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake
from outreach.domain.values import changed


class State(StrEnum):
    """Where a touch stands."""

    QUEUED = "queued"  # due, or waiting for `due_at` with a reason
    SENDING = "sending"  # claimed: an attempt with a lease is at work
    SENT = "sent"  # the provider took it
    DELIVERED = "delivered"  # the address took it
    BOUNCED = "bounced"  # the address did not take it
    SKIPPED = "skipped"  # deliberately not sent, with a reason
    FAILED = "failed"  # refused for good
    UNCERTAIN = "uncertain"  # it may have gone out: evidence or a person decides
    OPEN = "open"  # a rep task that waits for its rep
    DONE = "done"  # a rep task that was done, with a disposition


class Cause(StrEnum):
    """Why a touch moved."""

    CLAIM = "claim"
    PUT_BACK = "put back"
    SKIP = "skip"
    HAND_OVER = "hand over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LOST = "lost"
    NOT_SENT = "not sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    DONE = "done"


S, C = State, Cause

TRANSITIONS: Final[dict[tuple[State, Cause], State]] = {
    # from         on             to
    (S.QUEUED,     C.CLAIM):      S.SENDING,
    (S.QUEUED,     C.PUT_BACK):   S.QUEUED,      # window shut, provider down: due_at says until when
    (S.QUEUED,     C.SKIP):       S.SKIPPED,
    (S.QUEUED,     C.HAND_OVER):  S.OPEN,        # a person's work
    (S.QUEUED,     C.LOST):       S.UNCERTAIN,   # a backup was restored: it may have gone out since
    (S.QUEUED,     C.ACCEPTED):   S.SENT,        # what counted as not sent had gone out: never again
    (S.QUEUED,     C.DELIVERED):  S.DELIVERED,
    (S.QUEUED,     C.BOUNCED):    S.BOUNCED,
    (S.SENDING,    C.ACCEPTED):   S.SENT,
    (S.SENDING,    C.REFUSED):    S.FAILED,
    (S.SENDING,    C.PUT_BACK):   S.QUEUED,      # certainly not sent
    (S.SENDING,    C.LOST):       S.UNCERTAIN,   # no answer, or nobody left to hear it
    (S.SENDING,    C.DELIVERED):  S.DELIVERED,   # the callback was faster than the answer
    (S.SENDING,    C.BOUNCED):    S.BOUNCED,
    (S.UNCERTAIN,  C.ACCEPTED):   S.SENT,        # evidence: it went out
    (S.UNCERTAIN,  C.DELIVERED):  S.DELIVERED,
    (S.UNCERTAIN,  C.BOUNCED):    S.BOUNCED,
    (S.UNCERTAIN,  C.REFUSED):    S.FAILED,      # evidence: the provider had it, and gave it up
    (S.UNCERTAIN,  C.NOT_SENT):   S.QUEUED,      # evidence: it did not
    (S.UNCERTAIN,  C.SKIP):       S.SKIPPED,     # evidence that it did not, and nothing to send for any more
    (S.SENT,       C.DELIVERED):  S.DELIVERED,
    (S.SENT,       C.BOUNCED):    S.BOUNCED,
    (S.SENT,       C.REFUSED):    S.FAILED,      # taken, then given up by the provider
    (S.DELIVERED,  C.BOUNCED):    S.BOUNCED,     # days later, it happens
    (S.FAILED,     C.DELIVERED):  S.DELIVERED,   # told in the wrong order: what arrived has arrived
    (S.FAILED,     C.BOUNCED):    S.BOUNCED,     # ... and a bounce says more than "given up"
    (S.OPEN,       C.DONE):       S.DONE,
    (S.OPEN,       C.SKIP):       S.SKIPPED,
}  # fmt: skip

# A step holds its enrollment until its touch is in one of these: only then is the next step planned.
TAKEN: Final = frozenset(
    {State.SENT, State.DELIVERED, State.BOUNCED, State.SKIPPED, State.FAILED, State.DONE}
)
# What left the house, or may have: it counts for caps and frequency.
WENT_OUT: Final = frozenset(
    {State.SENT, State.DELIVERED, State.BOUNCED, State.UNCERTAIN, State.SENDING, State.DONE}
)


class Disposition(StrEnum):
    """How a rep task ended."""

    DONE = "done"  # letter posted, message left on a social network
    CONNECTED = "connected"
    LEFT_VOICEMAIL = "left_voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    NOT_INTERESTED = "not_interested"
    MEETING = "meeting"
    OPTED_OUT = "opted_out"

    @property
    def answered(self) -> bool:
        """Whether the lead spoke with us: it counts as a reply."""
        return self in (Disposition.CONNECTED, Disposition.NOT_INTERESTED)


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One step, taken once, for one lead. Times are UTC instants."""

    id: int
    enrollment_id: int
    lead_id: int
    step_id: str
    occurrence: int
    channel: Channel
    state: State = State.QUEUED
    planned_at: datetime  # its proper time; lateness is counted from here,
    excused_at: datetime | None = None  # or from here, when it had to wait for room under a cap
    due_at: datetime | None = None  # when it may be tried next; for people's work and doubts: when to review
    waiting_for: str | None = None  # the rule that holds it back
    reason: str | None = None  # why it was skipped, failed or put back
    tries: int = 0
    sender: str | None = None
    to: str | None = None  # the address it went to
    rep: str | None = None  # whose task it is
    disposition: Disposition | None = None
    note: str | None = None
    reference: str | None = None  # the vendor's id; may be missing, the attempt's token never is
    sent_at: datetime | None = None
    revision: int = 1

    def allows(self, cause: Cause) -> bool:
        """Whether the table has a move for this cause."""
        return (self.state, cause) in TRANSITIONS

    def moved(self, cause: Cause, *, reason: str | None = None, **also: Any) -> Touch:
        """The touch after `cause`; the only place that changes `state`. Raises Mistake when there is no such move.

        `also`: what else changes with it, by field.
        """
        return changed(self, state=self.becomes(cause), reason=reason, **also)

    def becomes(self, cause: Cause) -> State:
        """The state after `cause`. Raises Mistake when there is no such move."""
        became = TRANSITIONS.get((self.state, cause))
        if became is None:
            raise Mistake(f"a touch that is {self.state.value} cannot move on {cause.value}")
        return became


class AttemptState(StrEnum):
    """How one try at a provider ended, or did not."""

    STARTED = "started"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at one provider for one touch. Its token travels outward and finds the way back."""

    id: int
    touch_id: int
    token: str
    provider: str
    channel: Channel
    state: AttemptState
    to: str
    sender: str
    request_hash: str  # SHA-256 of what was handed to the provider
    at: datetime  # business time of the claim
    started_at: datetime  # machine time of the claim, by the database's clock
    lease_until: datetime  # machine time, by the database's clock
    text: str = ""
    reference: str | None = None
