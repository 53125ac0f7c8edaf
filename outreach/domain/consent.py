"""What a person allowed, and what they forbade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from outreach.domain.channel import Channel

# What `how` says of an implied consent that rests on a purchase or contract, CASL s. 10(10)(a) to (d).
BY_PURCHASE: Final = frozenset({"purchase", "contract", "customer"})


class ConsentKind(StrEnum):
    """How strong a consent is."""

    WRITTEN = "written"  # prior express written consent, 47 CFR 64.1200(f)(9)
    EXPRESS = "express"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One permission, with its evidence."""

    channel: Channel
    kind: ConsentKind
    given_at: datetime
    text: str = ""  # the words the person agreed to
    how: str = ""  # form, call, paper ...
    evidence: str = ""  # URL, IP address, document
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def by_purchase(self) -> bool:
        """Whether an implied consent follows from a purchase or a contract, which lasts longer than an inquiry."""
        return self.how.casefold().strip() in BY_PURCHASE

    def holds(self, now: datetime) -> bool:
        """Whether it is in force at `now` (UTC)."""
        return (
            self.given_at <= now
            and self.revoked_at is None
            and (self.expires_at is None or now < self.expires_at)
        )


class SuppressionReason(StrEnum):
    """Why an address must not be touched."""

    OPT_OUT = "opt_out"
    COMPLAINT = "complaint"
    HARD_BOUNCE = "hard_bounce"
    PROVIDER = "provider"  # the provider's own list refuses it
    MANUAL = "manual"
    IMPORTED = "imported"
    FORGOTTEN = "forgotten"  # the person's data were erased; only a keyed hash of the address is left

    @property
    def outweighs(self) -> tuple[SuppressionReason, ...]:
        """The reasons it takes the place of, where an address is closed for several: START lifts an opt-out and no other."""
        return _WEIGHTS[: _WEIGHTS.index(self)] if self in _WEIGHTS else _WEIGHTS


_WEIGHTS: Final[tuple[SuppressionReason, ...]] = (
    SuppressionReason.OPT_OUT,
    SuppressionReason.PROVIDER,
    SuppressionReason.HARD_BOUNCE,
    SuppressionReason.IMPORTED,
    SuppressionReason.MANUAL,
    SuppressionReason.COMPLAINT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address, domain or person we must not touch; outlives every enrollment."""

    id: int
    scope: str  # email | phone | postal | profile | domain | person
    value: str  # the address, the domain, or the lead's number; when `hashed` the keyed hash of an address
    channel: Channel | None  # None: every channel
    reason: SuppressionReason
    since: datetime
    source: str = ""
    hashed: bool = False

    def covers(self, channel: Channel) -> bool:
        """Whether it forbids this channel."""
        return self.channel is None or self.channel is channel
