"""Mail through SendGrid: https://www.twilio.com/docs/sendgrid

Sending       https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
Their words   tables.py     events: events.py     replies: inbound.py     who says it: signature.py
Their records logs.py       lists: lists.py      their SDK on our transport: wire.py

SendGrid has no idempotency key: a request whose answer is lost is looked for, never repeated. Our attempt's token
travels in `custom_args` and comes back with every event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, NoKey, NotFromVendor, Refused, Unavailable, Uncertain
from outreach.domain.event import Event, PickedUp
from outreach.domain.message import Email, Message, Receipt, Voicemail
from outreach.domain.touch import Attempt
from outreach.providers import mail
from outreach.providers.base import Evidence, Listed, WebhookAnswer, WebhookRequest
from outreach.providers.sendgrid import events
from outreach.providers.sendgrid import lists as theirs
from outreach.settings import Settings

if TYPE_CHECKING:
    from sendgrid import SendGridAPIClient

    from outreach.providers.transport import Transport

# How long SendGrid goes on trying to hand us something, in seconds.
_RETRIED: Final = {"events": 24 * 3600, "inbound": 72 * 3600}

# Openings say little (mail programs load pictures by themselves) and rewritten links look like somebody else's.
_NO_TRACKING: Final = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
    "ganalytics": {"enable": False},
}


class SendGrid:
    """SendGrid, both directions. See outreach.providers.base.Provider for the contract."""

    name = "sendgrid"
    channels = frozenset({Channel.EMAIL})
    webhooks = frozenset({"events", "inbound"})
    lists = theirs.LISTS
    listed_on = Channel.EMAIL
    local = False

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @staticmethod
    def configured(settings: Settings) -> bool:
        """Whether the settings have what it takes."""
        return bool(settings.sendgrid_api_key)

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        """Hand one mail over. The reference may be missing; the token comes back with every event."""
        if not isinstance(message, Email):
            raise Refused(f"SendGrid carries no {message.channel.value}")
        body = _body(message, token)
        with self._transport.until(deadline):
            answer = self._api.send(body)
        reference = answer.headers.get("X-Message-Id")
        if answer.status_code != 202 or (answer.body.strip() and not reference):
            raise Uncertain(
                f"SendGrid answered {answer.status_code} with something unreadable", code="unreadable"
            )
        return Receipt(reference=reference or None)

    def verify(self, request: WebhookRequest) -> None:
        """Check the ECDSA signature over timestamp and raw bytes, and their age."""
        keys = {
            "events": (self._settings.sendgrid_event_key, "SENDGRID_EVENT_KEY"),
            "inbound": (self._settings.sendgrid_inbound_key, "SENDGRID_INBOUND_KEY"),
        }
        if request.kind not in keys or request.method != "POST":
            raise NotFromVendor(f"SendGrid posts nothing to {request.kind}")
        key, setting = keys[request.kind]
        if not key:
            raise NoKey(f"{setting} is not set: nothing can be believed")
        from outreach.providers.sendgrid import signature

        signature.verify(request, key=key, setting=setting, fresh=_RETRIED[request.kind])

    def parse(self, request: WebhookRequest) -> list[Event]:
        """What became of mails, or a reply."""
        if request.kind != "inbound":
            return events.parse(request)
        from outreach.providers.sendgrid import inbound

        return inbound.parse(request)

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        """SendGrid makes no calls."""
        del event, message
        return WebhookAnswer("", content_type="text/plain")

    def find(self, attempt: Attempt) -> Evidence:
        """Ask the Email Logs for a mail with the attempt's token."""
        from outreach.providers.sendgrid import logs

        return logs.find(self._api.client, attempt)

    def listed(self, name: str, *, since: datetime | None, until: datetime, offset: int) -> list[Listed]:
        """A page of one of SendGrid's suppression lists."""
        return theirs.page(self._api.client, name, since=since, until=until, offset=offset)

    def put_on_list(self, addresses: Sequence[str]) -> None:
        """Put addresses on SendGrid's list of global unsubscribes."""
        theirs.put(self._api.client, addresses)

    def erase(self, addresses: Sequence[str], references: Sequence[str]) -> str:
        """Ask SendGrid to erase what it keeps of these addresses; it does so within days, and tells nobody."""
        del references
        return f"asked to erase {theirs.erase(self._api.client, addresses)} mail address(es)"

    def warm(self) -> None:
        """Load the SDK and make the client."""
        if self.configured(self._settings):
            self._api  # noqa: B018

    def close(self) -> None:
        """Close idle connections."""
        if "_transport" in self.__dict__:
            self._transport.close()

    @cached_property
    def _transport(self) -> Transport:
        from outreach.providers.transport import Transport

        return Transport("SendGrid", seconds=self._settings.call_timeout)

    @cached_property
    def _api(self) -> SendGridAPIClient:
        if not self._settings.sendgrid_api_key:
            raise Unavailable("set SENDGRID_API_KEY", fault=Fault.ACCOUNT)
        from outreach.providers.sendgrid import wire

        return wire.client(
            self._transport, url=self._settings.sendgrid_url, key=self._settings.sendgrid_api_key
        )


def _body(email: Email, token: str) -> dict[str, Any]:
    """The JSON of mail/send. No `bypass_*`: SendGrid's own suppression lists stay in force."""
    mail.check(email, token)
    content = [{"type": "text/plain", "value": email.text}]
    if email.html:
        content.append({"type": "text/html", "value": email.html})
    body: dict[str, Any] = {
        # In the personalization: custom_args at the top level would be overruled by it.
        "personalizations": [{"to": [_party(email.to, email.to_name)], "custom_args": {events.TOKEN: token}}],
        "from": _party(email.sender, email.sender_name),
        "subject": email.subject,
        "content": content,
        "headers": dict(email.headers),
        "tracking_settings": _NO_TRACKING,
    }
    return {**body, "reply_to": {"email": email.reply_to}} if email.reply_to else body


def _party(address: str, name: str) -> dict[str, str]:
    return {"email": address, "name": name} if name else {"email": address}
