"""Ada, whom nobody knows: a made-up lead of whom everything is known, to look at a cadence with."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.domain.channel import AddressKind, Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.people import Address, Lead, Team
from outreach.insight.preview import Person


def ada(team: Team, now: datetime) -> Person:
    """A lead of the team's own country, with every kind of address and written consent to everything."""
    zone = ZoneInfo(team.timezone).key
    found = (
        Address(id=1, kind=AddressKind.EMAIL, value="ada@quickcool.example"),
        Address(id=2, kind=AddressKind.PHONE, value="+12125550142", country=team.countries[0], zones=(zone,)),
        Address(id=3, kind=AddressKind.POSTAL, value="12 Elm St, Springfield, IL 62701"),
        Address(id=4, kind=AddressKind.PROFILE, value="https://social.example/ada"),
    )
    lead = Lead(
        id=0,
        name="Ada Moreau",
        company="QuickCool HVAC",
        timezone=zone,
        country=team.country,
        owner=next(iter(team.reps), None),
        fields={"sms_ok": "yes", "employees": 120, "purchases": 1},
        addresses=found,
    )
    consents = tuple(
        Consent(channel=channel, kind=ConsentKind.WRITTEN, given_at=now, text="(made up)")
        for channel in Channel
    )
    return Person(lead=lead, consents=consents)
