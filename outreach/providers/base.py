"""What every provider promises: send, verify, parse, answer, find."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from outreach.domain.channel import Channel
from outreach.domain.consent import SuppressionReason
from outreach.domain.event import Event, PickedUp, Replied
from outreach.domain.message import Message, Receipt, Voicemail
from outreach.domain.touch import Attempt

# Machine time for deadlines: it must go on counting while the machine sleeps, or a laptop that wakes up after a
# night would send under a claim of yesterday. Linux has CLOCK_BOOTTIME; on macOS CLOCK_MONOTONIC counts sleep.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def machine_time() -> float:
    """Seconds on a clock that never goes back and counts suspend. Never scaled, never business time."""
    return time.clock_gettime(_CLOCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRequest:
    """One request from a vendor, exactly as it came."""

    kind: str  # last part of /webhooks/<provider>/<kind>
    url: str  # the public address incl. query, built from the settings, never from the Host header
    headers: Mapping[str, str]  # lower-case names
    body: bytes  # raw: signatures are over these bytes
    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What the vendor gets back when it asks a question (what to say on a call)."""

    body: str
    content_type: str = "text/xml"


class Found(StrEnum):
    """What a provider's records say of an attempt."""

    SENT = "sent"
    NOT_SENT = "not sent"  # this one look found nothing; two of them after a grace time mean it
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answer to "did this go out?", with the reference when it did."""

    found: Found
    reference: str | None = None
    detail: str = ""
    # References of records that look like it but do not carry its token: leave out those that other attempts own.
    candidates: tuple[str, ...] = ()


class Provider(Protocol):
    """The company or thing that carries messages of some channels."""

    name: str
    channels: frozenset[Channel]
    webhooks: frozenset[str]  # the kinds it takes at /webhooks/<name>/<kind>

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        """Hand over one message with one HTTP request and no retries.

        `token` travels outward so that what comes back finds its attempt. `deadline` is a reading of machine_time():
        once it has passed, nothing may be written to the wire (TooLate). Raises Refused (never again), Unavailable
        (certainly not sent) or Uncertain (it may have gone out).
        """
        ...

    def verify(self, request: WebhookRequest) -> None:
        """Raise NotFromVendor unless the vendor signed these raw bytes; NoKey when we cannot know."""
        ...

    def parse(self, request: WebhookRequest) -> list[Event]:
        """The events in a verified request. Unknown things become Unrecognised; never raises on content."""
        ...

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        """What to say on a call that was picked up; None: the lead must not be called any more, hang up."""
        ...

    def find(self, attempt: Attempt) -> Evidence:
        """Ask the provider's records whether an attempt went out."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """A provider that keeps a list of what leads wrote: a net under its webhooks."""

    name: str

    def received(self, numbers: Sequence[str], since: datetime) -> list[Replied]:
        """What came in for these numbers of ours since then (UTC), each under the key its webhook would have.

        `at` is when the provider got it. Raises a ProviderError when it cannot be asked.
        """
        ...


@runtime_checkable
class Managed(Protocol):
    """What a provider may have besides: something to load before the first send and to let go of at the end."""

    def warm(self) -> None:
        """Load the SDK now: loading takes longer than a send may wait for its first byte."""
        ...

    def close(self) -> None:
        """Close idle connections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One address on a provider's own list of those it does not reach."""

    address: str  # as the provider writes it
    since: datetime
    because: str = ""


@runtime_checkable
class KeepsLists(Protocol):
    """What a provider may have besides: lists of its own, which must agree with ours."""

    name: str
    # list -> why its addresses must not be touched; None: they may
    lists: Mapping[str, SuppressionReason | None]
    listed_on: Channel  # the channel these lists are about

    def listed(self, name: str, *, since: datetime | None, until: datetime, offset: int) -> list[Listed]:
        """A page of a list, empty after the last. Raises ProviderError."""
        ...

    def put_on_list(self, addresses: Sequence[str]) -> None:
        """Let the provider refuse these addresses too. Raises ProviderError."""
        ...


@runtime_checkable
class Erasing(Protocol):
    """What a provider may have besides: a way to erase what it keeps of a person."""

    name: str
    local: bool  # its records lie on this machine: they are erased whenever a person is forgotten

    def erase(self, addresses: Sequence[str], references: Sequence[str]) -> str:
        """Erase what is kept of this person, whose messages had these references; says what was done, in words.

        Raises ProviderError.
        """
        ...
