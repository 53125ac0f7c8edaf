"""One attempt: hand one message to its provider, and say what came of it. No transaction is open here."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from outreach import crash
from outreach.casework.house import House
from outreach.domain.errors import ProviderError, Refused, Unavailable, Uncertain
from outreach.domain.message import Receipt
from outreach.engine.claim import Claim

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one claim: a receipt, or the provider's error."""

    claim: Claim
    receipt: Receipt | None = None
    error: ProviderError | None = None


def attempt(house: House, claim: Claim, deadline: float) -> Outcome:
    """Send one claim with one request. `deadline` is machine time: after it nothing is written to the wire."""
    provider = house.providers.by_name(claim.provider)
    try:
        receipt = provider.send(claim.composed.message, token=claim.token, deadline=deadline)
        crash.point("after_response")
    except (Refused, Unavailable, Uncertain) as error:
        return Outcome(claim, error=error)
    except Exception as error:
        log.exception("provider broke", provider=claim.provider, touch=claim.touch.id)
        return Outcome(claim, error=Uncertain(f"{type(error).__name__}: {error}"))
    return Outcome(claim, receipt=receipt)
