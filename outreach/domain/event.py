"""What the outside tells us, in our own words. Every vendor's file is a translation into these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from outreach.domain.channel import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event has. At least one of token, reference and an address leads to the touch or the lead."""

    key: str  # unique per provider: the same event told twice has the same key
    at: datetime | None = None  # the vendor's own time of it (UTC), if told
    token: str | None = None  # our attempt's token, which travelled outward and came back
    reference: str | None = None  # the vendor's id of the message or call


@dataclass(frozen=True, slots=True, kw_only=True)
class Progressed(Event):
    """Taken, queued or sent on its way: proof that the provider has it, and nothing more."""

    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Event):
    """The address took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(Event):
    """The address did not take it. Hard: it never will. Soft: not now."""

    hard: bool
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped(Event):
    """The provider gave up or refused after it had taken it, for a reason that is not the address."""

    code: str = ""
    text: str = ""
    suppressed: bool = False  # the provider's own suppression list said no


@dataclass(frozen=True, slots=True, kw_only=True)
class Complained(Event):
    """The lead pressed "spam"."""

    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut(Event):
    """The lead asked us to stop, in a way that needs no reading: a link, a button, the provider's own list."""

    channel: Channel
    address: str = ""
    how: str = ""
    everything: bool = False  # a general request: all channels


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedIn(Event):
    """The lead lifted an earlier opt-out on this channel (START, UNSTOP)."""

    channel: Channel
    address: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a report that came by mail says of a mail of ours (RFC 3464, RFC 5965, RFC 8098, or in its own words)."""

    report: str  # the type of the report: delivery-status | feedback-report | disposition-notification | text
    to: str = ""  # the address it was sent to, as far as told
    status: str = ""  # RFC 3463: "5.1.1"
    action: str = ""  # failed | delayed | delivered | relayed | expanded
    diagnostic: str = ""  # what the other mail server said
    message_id: str = ""  # of our mail
    token: str = ""  # our attempt's token, from the returned headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Event):
    """The lead, or somebody, wrote to us. Not yet classified: see domain/reply.py."""

    channel: Channel
    sender: str  # address or number it came from, normalised
    to: str = ""
    text: str = ""
    subject: str = ""
    headers: dict[str, str] = field(default_factory=dict)  # lower-case names; mail only
    reply_token: str | None = None  # from reply+TOKEN@...
    message_ids: tuple[str, ...] = ()  # In-Reply-To and References, for matching; of a report, our mail's too
    returned: Returned | None = None  # it reports on a mail of ours


class AnsweredBy(StrEnum):
    """Who picked up a call."""

    HUMAN = "human"
    MACHINE = "machine"  # ready to record: the greeting has ended
    FAX = "fax"
    UNKNOWN = "unknown"  # must be treated as human: no recording is played


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedUp(Event):
    """A call was answered and the provider asks what to say."""

    by: AnsweredBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(Event):
    """A call is over."""

    status: str  # completed | busy | no-answer | failed | canceled
    by: AnsweredBy | None = None
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged(Event):
    """Opened or clicked. Kept, never acted on by default: link scanners click too."""

    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecognised(Event):
    """Something this version does not know. Stored, listed for review, without effect."""

    kind: str
