"""SendGrid's words in ours: events, reasons of a drop, fields that an error names.

https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
"""

from __future__ import annotations

from typing import Final

from outreach.domain.errors import Fault, Refused, Unavailable
from outreach.domain.event import Bounced, Complained, Delivered, Dropped, Engaged, OptedOut, Progressed

EVENTS: Final = {
    "processed": Progressed,
    "deferred": Progressed,  # SendGrid goes on trying for 72 hours
    "delivered": Delivered,
    "bounce": Bounced,
    "blocked": Bounced,
    "dropped": Dropped,
    "cancel_drop": Dropped,
    "spamreport": Complained,
    "unsubscribe": OptedOut,
    "group_unsubscribe": OptedOut,
    "open": Engaged,
    "click": Engaged,
}
# Not here on purpose: group_resubscribe. Our own suppression is lifted by the lead's word to us, not by a list of theirs.

# A bounce of this type is a refusal of this mail on this day, not of the address.
SOFT: Final = "blocked"

# Reasons of a drop that speak of SendGrid's suppression lists.
SUPPRESSED: Final = frozenset(
    {"bounced address", "unsubscribed address", "spam reporting address", "invalid", "invalid address"}
)

# The field that an error names (its beginning) -> what we do. What is not here is about the message.
FIELDS: Final[dict[str, tuple[type[Refused | Unavailable], Fault]]] = {
    "personalizations.0.to": (Refused, Fault.ADDRESS),
    "from": (Unavailable, Fault.SENDER),
}
