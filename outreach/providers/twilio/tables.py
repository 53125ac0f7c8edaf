"""Twilio's words in ours: statuses, error codes, who picked up.

Codes: https://www.twilio.com/docs/api/errors. Those marked [M] are from memory, seen on no document or wire yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from outreach.domain.errors import Fault, Refused, Unavailable
from outreach.domain.event import AnsweredBy, Bounced, CallEnded, Delivered, Dropped, Progressed

# https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
MESSAGE_STATUS: Final = {
    "accepted": Progressed,
    "scheduled": Progressed,
    "queued": Progressed,
    "sending": Progressed,
    "sent": Progressed,
    "receiving": Progressed,
    "received": Progressed,
    "partially_delivered": Progressed,
    "delivered": Delivered,
    "read": Delivered,
    "undelivered": Bounced,  # the carrier says no; ERRORS tells how final that is
    "failed": Dropped,  # Twilio gave up; ERRORS tells whether the number is the reason
    "canceled": Dropped,
}

# https://www.twilio.com/docs/voice/api/call-resource#call-status-values
CALL_STATUS: Final = {
    "queued": Progressed,
    "initiated": Progressed,
    "ringing": Progressed,
    "in-progress": Progressed,
    "completed": CallEnded,
    "busy": CallEnded,
    "no-answer": CallEnded,
    "failed": CallEnded,
    "canceled": CallEnded,
}

# https://www.twilio.com/docs/voice/answering-machine-detection. What is not here is UNKNOWN, and so a human.
ANSWERED_BY: Final = {
    "human": AnsweredBy.HUMAN,
    "fax": AnsweredBy.FAX,
    "unknown": AnsweredBy.UNKNOWN,
    "machine_start": AnsweredBy.UNKNOWN,  # the greeting still runs: nothing would be recorded
    "machine_end_beep": AnsweredBy.MACHINE,
    "machine_end_silence": AnsweredBy.MACHINE,
    "machine_end_other": AnsweredBy.MACHINE,
}

Never: TypeAlias = type[Refused]
Later: TypeAlias = type[Unavailable]


@dataclass(frozen=True, slots=True)
class Code:
    """What one of Twilio's error codes means for us, both as an answer and in a status callback."""

    error: Never | Later
    fault: Fault
    says: str


A, M, S, ACCOUNT = Fault.ADDRESS, Fault.MESSAGE, Fault.SENDER, Fault.ACCOUNT

ERRORS: Final[dict[int, Code]] = {
    # Our keys or account: the channel stops, touches stay due
    20003: Code(
        Unavailable, ACCOUNT, "wrong credentials; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
    ),  # [M]
    20005: Code(Unavailable, ACCOUNT, "the account is not active"),  # [M]
    20404: Code(Unavailable, ACCOUNT, "no such account; check TWILIO_ACCOUNT_SID and TWILIO_URL"),  # [M]
    21205: Code(Unavailable, ACCOUNT, "Twilio cannot use our callback address; check OUTREACH_URL"),  # [M]
    21609: Code(Unavailable, ACCOUNT, "Twilio cannot use our callback address; check OUTREACH_URL"),  # [M]
    30002: Code(Unavailable, ACCOUNT, "the account is suspended"),  # [M]
    # Too fast: nothing is wrong
    20429: Code(Unavailable, M, "too many requests"),
    21611: Code(Unavailable, M, "too many messages are queued for this sender"),  # [M]
    # The number, for good
    13224: Code(Refused, A, "the number is invalid"),
    13227: Code(Refused, A, "the number's country is not enabled for calls"),
    21211: Code(Refused, A, "the number is invalid"),  # [M]
    21214: Code(Refused, A, "the number cannot be reached"),
    21215: Code(Refused, A, "the number's country is not enabled for calls"),
    21408: Code(Refused, A, "the number's country is not enabled for texts"),  # [M]
    21614: Code(Refused, A, "not a mobile number"),  # [M]
    30004: Code(Refused, A, "the number or its carrier blocks our texts"),
    30005: Code(Refused, A, "the number is unknown"),  # [M]
    30006: Code(Refused, A, "a landline, or a carrier that takes no texts"),
    32205: Code(Refused, A, "the number's country is not enabled for calls"),
    # The person said stop
    21610: Code(Refused, Fault.OPTED_OUT, "the lead has opted out at Twilio"),  # [M]
    # This sender, not the lead: the touch stays due
    21210: Code(Unavailable, S, "the calling number is not ours"),  # [M]
    21212: Code(Unavailable, S, "the calling number is invalid"),  # [M]
    21606: Code(Unavailable, S, "this sender cannot text this number"),  # [M]
    21612: Code(Unavailable, S, "this sender cannot text this number"),  # [M]
    21659: Code(Unavailable, S, "the sending number is not ours"),  # [M]
    21703: Code(Unavailable, S, "the messaging service has no number"),  # [M]
    30034: Code(Unavailable, S, "the sending number is not registered for A2P 10DLC"),  # [M]
    # This message
    21617: Code(Refused, M, "the text is longer than 1,600 characters"),  # [M]
    30007: Code(Refused, M, "filtered as spam; do not send this text again"),  # [M]
    # Not now
    30001: Code(Unavailable, M, "the queue overflowed"),  # [M]
    30003: Code(Unavailable, A, "the handset is off or out of reach"),
    30008: Code(Unavailable, M, "not delivered, for an unknown reason"),  # [M]
}
