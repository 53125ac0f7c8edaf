"""SendGrid's own lists of addresses it will not mail: read page by page, and put on; and what it erases on request.

https://www.twilio.com/docs/sendgrid/api-reference/bounces-api (blocks-api, invalid-emails-api, spam-reports-api,
suppressions-global-suppressions alike); https://www.twilio.com/docs/sendgrid/api-reference/recipients-data-erasure-api
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from outreach.domain.consent import SuppressionReason
from outreach.domain.errors import Uncertain
from outreach.providers.base import Listed

PAGE: Final = 500  # entries of a page, and SendGrid's most
_ERASED: Final = 5000  # addresses of one request to erase

# list -> why its addresses must not be mailed; None: SendGrid mails them again, and so do we.
LISTS: Final[Mapping[str, SuppressionReason | None]] = {
    "bounces": SuppressionReason.HARD_BOUNCE,
    "invalid_emails": SuppressionReason.HARD_BOUNCE,
    "spam_reports": SuppressionReason.COMPLAINT,
    "unsubscribes": SuppressionReason.OPT_OUT,
    "blocks": None,  # a full mailbox, a refused connection: about that one mail, not about the address
}


def page(api: Any, name: str, *, since: datetime | None, until: datetime, offset: int) -> list[Listed]:
    """Up to PAGE entries of a list made between two moments. Raises ProviderError.

    `until` is the same for all pages of one reading, so that new entries do not push others to the page before.
    """
    asked: dict[str, int] = {"limit": PAGE, "offset": offset, "end_time": int(until.timestamp())}
    if since is not None:
        asked["start_time"] = int(since.timestamp())
    answer = getattr(api.suppression, name).get(query_params=asked)
    try:
        return [_entry(one) for one in json.loads(answer.body)]
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        raise Uncertain(f"SendGrid's list of {name} came in an unknown form", code="unreadable") from None


def put(api: Any, addresses: Sequence[str]) -> None:
    """Put addresses on the list of global unsubscribes. Raises ProviderError."""
    api.asm.suppressions._("global").post(request_body={"recipient_emails": list(addresses)})


def erase(api: Any, addresses: Sequence[str]) -> int:
    """Ask for the erasure of all that is kept of these addresses; returns how many were named. Raises ProviderError."""
    mails = [one for one in addresses if "@" in one]
    for start in range(0, len(mails), _ERASED):
        api.recipients.erasejob.post(request_body={"email_addresses": mails[start : start + _ERASED]})
    return len(mails)


def _entry(told: Mapping[str, Any]) -> Listed:
    return Listed(
        address=str(told["email"]),
        since=datetime.fromtimestamp(int(told["created"]), UTC),
        because=str(told.get("reason") or ""),
    )
