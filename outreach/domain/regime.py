"""Whose consent a message needs, by the country of the person it goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind


@dataclass(frozen=True, slots=True)
class Regime:
    """What a country wants before a person is written to, called or texted."""

    rule: str  # R15
    place: str  # GB
    consent: frozenset[Channel] = frozenset()  # channels on which people must have agreed before
    corporate: bool = False  # whether companies need not have
    implied: timedelta | None = None  # how long an implied consent lasts; None: it does not count
    by_purchase: timedelta | None = None  # and one that follows from a purchase or contract
    basis: bool = False  # whether a lawful basis must be on record (R16)

    def permits(self, consent: Consent, channel: Channel, now: datetime) -> bool:
        """Whether this consent is enough for this channel at `now`."""
        if consent.channel is not channel or not consent.holds(now):
            return False
        if consent.kind is not ConsentKind.IMPLIED:
            return True
        ends = self.ends(consent)
        return ends is not None and now < ends

    def ends(self, consent: Consent) -> datetime | None:
        """When an implied consent ends by law; None where it never counts."""
        span = self.by_purchase if consent.by_purchase else self.implied
        return None if span is None else consent.given_at + span


def strictest(found: Sequence[Regime]) -> Regime | None:
    """One regime out of several that may hold: what any of them forbids is forbidden."""
    if len(found) < 2:
        return found[0] if found else None
    first = next((one for one in found if one.consent), found[0])
    return Regime(
        rule=first.rule,
        place=first.place,
        consent=frozenset().union(*(one.consent for one in found)),
        corporate=all(one.corporate for one in found if one.consent),
        implied=_least([one.implied for one in found if one.consent]),
        by_purchase=_least([one.by_purchase for one in found if one.consent]),
        basis=any(one.basis for one in found),
    )


def _least(spans: Sequence[timedelta | None]) -> timedelta | None:
    known = [span for span in spans if span is not None]
    return min(known) if known and len(known) == len(spans) else None
