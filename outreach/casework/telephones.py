"""What the gate must know of the telephones of some cases: how often they rang lately, and do-not-call lists.

One question for all of them, and none when nothing rings. Who claims also holds the numbers whose law limits how often
they may be called: two leads that share one must not exceed it together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from outreach.domain.channel import AddressKind, Channel
from outreach.domain.facts import Facts, Listing
from outreach.domain.lawful import DAY
from outreach.store import telephones
from outreach.store.database import Db


class Telephones:
    """Shared by the facts of all cases of one question: filled once their addresses are known."""

    def __init__(self, margin: timedelta) -> None:
        self.margin = margin
        self.listed: dict[str, tuple[Listing, ...]] = {}
        self.dialled: dict[str, list[datetime]] = {}

    def fill(self, db: Db, cases: Iterable[Facts], now: datetime, *, hold: bool) -> None:
        """Ask for the numbers of those whose step rings; without `hold`, of all, since a later step may ring."""
        law = None
        numbers: set[str] = set()
        limited: set[str] = set()
        for facts in cases:
            channel = facts.step.channel
            if not channel.rings:
                if hold:
                    continue
                channel = Channel.SMS
            law = law or facts.law.at(now)
            for address in facts.lead.usable(AddressKind.PHONE):
                numbers.add(address.value)
                if law.ringing(facts.lead, address, channel).most is not None:
                    limited.add(address.value)
        if not numbers:
            return
        if hold:
            telephones.hold(db, limited)
        listed, dialled = telephones.asked(db, numbers, limited, now - DAY - self.margin)
        self.listed.update(listed)
        self.dialled.update(dialled)

    def rang(self, facts: Facts, now: datetime) -> None:
        """This one goes: it counts for whoever comes after it in the lane."""
        if self.dialled and not facts.step.channel.by_rep and facts.to is not None:
            times = self.dialled.get(facts.to.value)
            if times is not None:
                times.append(now)


def of_listed(cases: Sequence[Facts]) -> set[int]:
    """The leads whose consents must be read because a number of theirs is on a list."""
    return {
        facts.lead.id
        for facts in cases
        if facts.listed and any(address.value in facts.listed for address in facts.lead.addresses)
    }
