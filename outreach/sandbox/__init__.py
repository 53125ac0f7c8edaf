"""A loopback imitation of Twilio and SendGrid that keeps a log, misbehaves on command and calls back."""

from outreach.sandbox.courier import Answer
from outreach.sandbox.faults import Fault, Misbehaviour
from outreach.sandbox.ledger import Accepted, Heard, Posted, Refused, read_log
from outreach.sandbox.personas import (
    Act,
    Clicks,
    HardBounces,
    MarksSpam,
    Opens,
    OutOfOffice,
    Phone,
    Replies,
    SaysStop,
    ScansLinks,
    SoftBounces,
    Undeliverable,
    Unsubscribes,
)
from outreach.sandbox.sandbox import Sandbox
from outreach.sandbox.settings import Settings

__all__ = [
    "Accepted",
    "Act",
    "Answer",
    "Clicks",
    "Fault",
    "HardBounces",
    "Heard",
    "MarksSpam",
    "Misbehaviour",
    "Opens",
    "OutOfOffice",
    "Phone",
    "Posted",
    "Refused",
    "Replies",
    "Sandbox",
    "SaysStop",
    "ScansLinks",
    "Settings",
    "SoftBounces",
    "Undeliverable",
    "Unsubscribes",
    "read_log",
]
