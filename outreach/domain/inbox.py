"""What came in, kept until somebody has understood it; and the work it makes for a rep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from outreach.domain.channel import Channel

HOLD: Final = timedelta(
    hours=1
)  # a hold that is older has not been understood by a machine: a person is asked
REVIEW: Final = timedelta(days=1)  # a rep's answer is overdue after this


class ReplyState(StrEnum):
    """Where a reply stands."""

    HELD = "held"  # stored, and whoever it concerns is held; not read yet
    WAITING = "waiting"  # a person must decide: nobody fits, or it could not be read
    SETTLED = "settled"  # understood, and acted on
    DISMISSED = "dismissed"  # it concerns nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A reply as it is kept: where it stands, and what was understood so far. Times are UTC."""

    id: int
    event_id: int
    provider: str
    channel: Channel
    sender: str
    subject: str
    state: ReplyState
    received_at: datetime
    kind: str | None = None  # a ReplyKind, once it was read
    because: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None


class TaskKind(StrEnum):
    """Why a rep must look at a lead."""

    ANSWER = "answer"  # a person wrote
    NEW_CONTACT = "new contact"  # the lead left the company: somebody else must be found
    WRONG_PERSON = "wrong person"  # the lead is not the one to talk to
    CHALLENGE = "challenge"  # their mail system wants a person to confirm
    REMIND = "remind"  # the lead asked to be contacted later


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTask:
    """Work for a rep that no step of a cadence asked for. Times are UTC."""

    id: int
    kind: TaskKind
    lead_id: int
    enrollment_id: int | None = None
    reply_id: int | None = None
    channel: Channel | None = None
    sender: str = ""  # whom to answer
    rep: str | None = None
    text: str = ""
    opened_at: datetime
    due_at: datetime  # then it is overdue
    done_at: datetime | None = None
    outcome: str | None = None
    note: str = ""
    done_by: str | None = None

    @property
    def label(self) -> str:
        """How people call it: tasks of a cadence have a bare number."""
        return f"r{self.id}"
