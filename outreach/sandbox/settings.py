"""What can be set about the sandbox: its keys, where it calls back, and how long things take in it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

# Where the product's doors are expected, below the base URL given as `webhooks`.
SMS_PATH = "/webhooks/twilio/inbound"
EVENTS_PATH = "/webhooks/sendgrid/events"
MAIL_PATH = "/webhooks/sendgrid/inbound"


@dataclass
class Settings:
    """Every wait is in real seconds, so a demo on a compressed clock sets them to milliseconds."""

    # Keys: requests must show them, callbacks are signed with them.
    account_sid: str = "AC" + "0" * 31 + "1"
    auth_token: str = "sandbox-auth-token"  # noqa: S105 -- opens nothing
    api_key: str = "SG.sandbox-key"

    # Where inbound messages and mail events go. An empty one means: nobody is told.
    sms_url: str = ""
    events_url: str = ""
    mail_url: str = ""
    # The product signs and checks its *public* URL while it really listens on loopback: a callback for
    # `public_url/x` is signed for that URL and delivered to `private_url/x`, as a reverse proxy would.
    public_url: str = ""
    private_url: str = ""

    # How long things take.
    status_delay: float = 0.02  # between two status callbacks of a message, and two events of a mail
    event_batch: float = 0.02  # how long mail events are gathered into one POST
    ring: float = 0.02  # how long a telephone rings
    detection: float = 0.02  # how long Twilio listens before it says human or machine
    speech: float = 0.0  # how long one TwiML verb plays
    retry_delay: float = 0.2  # before a webhook that failed is posted again; doubles each time
    webhook_timeout: float = 15.0  # Twilio waits 15 s for an answer

    # How stubborn callbacks are. Twilio's own default is one retry, after connection failures only.
    twilio_retries: int = 1
    sendgrid_retries: int = 5
    callbacks: bool = True  # False: accept and stay silent, for benchmarks of the sending path

    # The number a Messaging Service sends from, and what a call costs in the answers.
    service_number: str = "+15005550006"
    # Keep raw parameters and the text of mails in memory too; the log file always has them.
    remember_raw: bool = True
    now: Callable[[], float] = field(default=time.time)
    # How leads wait before they act (`after`): a demo on a compressed clock lets them wait by that clock.
    wait: Callable[[float], Awaitable[object]] = field(default=asyncio.sleep)

    def point_at(self, base: str) -> None:
        """Send every inbound webhook to the product at this base URL, on the usual paths."""
        base = base.rstrip("/")
        self.sms_url, self.events_url, self.mail_url = base + SMS_PATH, base + EVENTS_PATH, base + MAIL_PATH
