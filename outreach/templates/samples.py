"""Three made-up leads to try templates on: one of whom much is known, one of whom little is, one with an odd name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from outreach.domain import context
from outreach.domain.channel import AddressKind
from outreach.domain.people import Address, Lead, Rep, Sender

_REP = Rep(
    key="rosa", name="Rosa Diaz", email="rosa@acme.example", sender="main", phone="+15005550006",
    title="Account Executive", meeting_link="https://meet.acme.example/rosa",
)  # fmt: skip
_SENDER = Sender(
    key="main", name="Acme", email="team@mail.acme.example", postal_address="1 Main St, Springfield, IL 62701",
    sms="+15005550006", optout_number="+18005550100",
)  # fmt: skip


def samples(today: date = date(2026, 11, 24)) -> list[Mapping[str, object]]:
    """The names a template sees for Ada (everything known), Ben (a name and an email) and Zoë (an odd name, no company)."""
    url = "https://acme.example/u/0123456789abcdef"
    return [context.of_message(lead, _REP, _SENDER, today=today, unsubscribe_url=url) for lead in _leads()]


def _leads() -> list[Lead]:
    ada = (
        (AddressKind.EMAIL, "ada@quickcool.example"),
        (AddressKind.PHONE, "+15005550107"),
        (AddressKind.POSTAL, "12 Elm St, Denver, CO 80202"),
        (AddressKind.PROFILE, "https://social.example/ada"),
    )
    return [
        Lead(
            id=1, name="Ada Moreau", company="QuickCool HVAC", timezone="America/Denver", country="US", region="CO",
            owner="rosa", addresses=tuple(Address(id=n, kind=kind, value=value) for n, (kind, value) in enumerate(ada)),
        ),
        Lead(id=2, name="Ben Okafor", addresses=(Address(id=5, kind=AddressKind.EMAIL, value="ben@okafor.example"),)),
        Lead(
            id=3, name="Zoë O’Brien-\u0141ukasz", country="IE",
            addresses=(
                Address(id=6, kind=AddressKind.EMAIL, value="zoe@brightpipe.example"),
                Address(id=7, kind=AddressKind.PHONE, value="+15005550109"),
            ),
        ),
    ]  # fmt: skip
