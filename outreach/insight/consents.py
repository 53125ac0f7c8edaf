"""What a person agreed to, and until when it counts where they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from outreach.casework.house import House
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.people import Lead
from outreach.store import permissions


@dataclass(frozen=True, slots=True)
class Given:
    """A consent, whether it holds, and when it ends (UTC): by its own date, or by the law of the lead's country."""

    consent: Consent
    holds: bool
    ends: datetime | None


def consents(house: House, lead: Lead) -> list[Given]:
    """Everything a lead agreed to, the latest first."""
    now = house.now()
    with house.store.read() as db:
        team = house.library.team(db)
        found = permissions.consents_of(db, [lead.id]).get(lead.id, [])
    law = house.law().at(now)
    given: list[Given] = []
    for consent in found:
        address = next(iter(lead.usable(consent.channel.needs)), None)
        regime = law.regime(lead, address, consent.channel, team.country)
        by_law = regime.ends(consent) if regime and consent.kind is ConsentKind.IMPLIED else None
        ends = min((at for at in (consent.expires_at, by_law) if at), default=None)
        holds = consent.holds(now) and (ends is None or now < ends)
        given.append(Given(consent, holds, ends))
    return sorted(given, key=lambda one: one.consent.given_at, reverse=True)
