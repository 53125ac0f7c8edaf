"""Ada, her cadence and her team, as facts: change what matters with keywords."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from outreach.domain.cadence import Cadence, Step
from outreach.domain.calendar import ALWAYS, SendWindow
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.enrollment import Enrollment
from outreach.domain.facts import Facts
from outreach.domain.people import Address, Lead, Rep, Sender, Team

# A Tuesday, eleven in the morning in New York.
NOW = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
OFFICE = SendWindow.of(range(5), (9 * 60, 17 * 60))

MAIL = Address(id=1, kind=AddressKind.EMAIL, value="ada@example.com")
PHONE = Address(id=2, kind=AddressKind.PHONE, value="+12125550101", country="US", zones=("America/New_York",))
ADA = Lead(id=7, name="Ada Lovelace", timezone="America/New_York", country="US", addresses=(MAIL, PHONE))
ROSA = Rep(key="rosa", name="Rosa Diaz", email="rosa@acme.example", sender="main")
MAIN = Sender(
    key="main", name="Acme", email="team@acme.example", postal_address="1 Main St", sms="+15005550006"
)
TEAM = Team(reps={"rosa": ROSA}, senders={"main": MAIN}, timezone="America/New_York")
WRITTEN = Consent(channel=Channel.VOICEMAIL, kind=ConsentKind.WRITTEN, given_at=NOW - timedelta(days=9))

EMAIL = Step(id="hello", channel=Channel.EMAIL, template="hello.md")
SMS = Step(id="nudge", channel=Channel.SMS, template="nudge.txt")
VOICEMAIL = Step(id="drop", channel=Channel.VOICEMAIL, template="drop.txt")
CALL = Step(id="call", channel=Channel.CALL, template="call.md")
LETTER = Step(id="letter", channel=Channel.LETTER, template="letter.md")


def walk(**change: Any) -> Enrollment:
    """Ada's enrollment, active at its first step."""
    base = Enrollment(
        id=3, lead_id=ADA.id, cadence="trial", version_id=1, anchor_at=NOW, enrolled_at=NOW, step_id="hello"
    )
    return replace(base, **change)


def cadence(*steps: Step, window: SendWindow = ALWAYS) -> Cadence:
    """A cadence of these steps, open at all hours unless told otherwise."""
    return Cadence(name="trial", steps=steps or (EMAIL,), window=window)


def facts(step: Step = EMAIL, *, window: SendWindow = ALWAYS, **change: Any) -> Facts:
    """All that is known of one step for Ada, everything in order, due now."""
    base = Facts(
        cadence=cadence(step, window=window),
        step=step,
        enrollment=walk(step_id=step.id),
        lead=ADA,
        team=TEAM,
        planned_at=NOW,
        consents=(WRITTEN,),
        provider="outbox",
    )
    return replace(base, **change)
