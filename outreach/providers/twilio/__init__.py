"""Texts and voicemail drops through Twilio: https://www.twilio.com/docs

Messages      https://www.twilio.com/docs/messaging/api/message-resource
Calls         https://www.twilio.com/docs/voice/api/call-resource
Their words   tables.py     in: incoming.py     what a call says: twiml.py     their SDK on our transport: wire.py

Twilio has no idempotency key: a request whose answer is lost is looked for, never repeated. Our attempt's token
travels in the callback addresses (`?a=`), which Twilio signs together with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, NoKey, NotFromVendor, ProviderError, Refused, Unavailable, Uncertain
from outreach.domain.event import Event, PickedUp, Replied
from outreach.domain.message import Message, Receipt, Text, Voicemail
from outreach.domain.people import OnHuman
from outreach.domain.touch import Attempt
from outreach.providers.base import Evidence, Found, WebhookAnswer, WebhookRequest
from outreach.providers.twilio import incoming, twiml
from outreach.settings import Settings

if TYPE_CHECKING:
    from twilio.rest import Client

    from outreach.providers.transport import Transport

_VALIDITY: Final = (5, 36_000)  # seconds: below the first Twilio advises against, the second is its most
_RING: Final = 45  # seconds; most mailboxes pick up within 30
_LONGEST: Final = 180  # seconds for a greeting and our message
_LONGEST_WITH_REP: Final = 3_600
_PAGE: Final = 1_000
_EARLY, _LATE = timedelta(seconds=5), timedelta(seconds=60)  # their clock is not ours


class Twilio:
    """Twilio, both directions. See outreach.providers.base.Provider for the contract."""

    name = "twilio"
    local = False
    channels = frozenset({Channel.SMS, Channel.VOICEMAIL})
    webhooks = frozenset({"status", "call", "inbound", "twiml"})

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @staticmethod
    def configured(settings: Settings) -> bool:
        """Whether the settings have what it takes."""
        return bool(settings.twilio_account_sid and settings.twilio_auth_token)

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        """Create one message or call."""
        create, parameters = self._order(message, token)
        with self._transport.until(deadline):
            made = create(**parameters)
        if not made.sid:
            raise Uncertain("Twilio answered without naming what it made", code="unreadable")
        return Receipt(reference=made.sid, detail=str(made.status or ""))

    def _order(self, message: Message, token: str) -> tuple[Any, dict[str, Any]]:
        match message:
            case Text():
                return self._client.messages.create, self._text(message, token)
            case Voicemail():
                return self._client.calls.create, self._voicemail(message, token)
            case _:
                raise Refused(f"Twilio carries no {message.channel.value}")

    def _text(self, text: Text, token: str) -> dict[str, Any]:
        parameters = {"to": text.to, "body": text.body, "status_callback": self._callback("status", token)}
        if text.messaging_service:
            parameters["messaging_service_sid"] = text.messaging_service
        else:
            parameters["from_"] = text.sender or ""
        return (
            parameters
            if text.valid_for is None
            else {**parameters, "validity_period": _validity(text.valid_for)}
        )

    def _voicemail(self, call: Voicemail, token: str) -> dict[str, Any]:
        return {
            "to": call.to,
            "from_": call.sender,
            # An address instead of inline TwiML: being asked proves that the call exists, and is the last chance
            # to hang up on a lead who has just answered.
            "url": self._callback("twiml", token),
            "method": "POST",
            "machine_detection": "DetectMessageEnd",
            "status_callback": self._callback("call", token),
            "status_callback_event": ["initiated", "answered", "completed"],
            "status_callback_method": "POST",
            "timeout": _RING,
            "time_limit": _LONGEST_WITH_REP if call.on_human is OnHuman.RING_REP else _LONGEST,
        }

    def _callback(self, kind: str, token: str) -> str:
        return f"{self._settings.public_url.rstrip('/')}/webhooks/twilio/{kind}?a={quote(token, safe='')}"

    def verify(self, request: WebhookRequest) -> None:
        """Check X-Twilio-Signature over the public address and the posted fields, and the account."""
        account, auth_token = self._settings.twilio_account_sid, self._settings.twilio_auth_token
        if not account or not auth_token:
            raise NoKey("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set: nothing can be believed")
        if request.kind not in self.webhooks or request.method != "POST":
            raise NotFromVendor(f"Twilio posts nothing to {request.kind}")
        incoming.verify(request, account=account, auth_token=auth_token)

    def parse(self, request: WebhookRequest) -> list[Event]:
        """Statuses, replies, and calls that were picked up or are over."""
        return incoming.parse(request)

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        """TwiML for a call that was picked up."""
        return twiml.answer(event, message)

    def find(self, attempt: Attempt) -> Evidence:
        """List what went to this number since that day and compare text and time; Twilio cannot search for a token."""
        from twilio.base.exceptions import TwilioException

        try:
            listed = self._listed(attempt)
        except ProviderError as error:
            return Evidence(Found.CANNOT_TELL, detail=str(error))
        except TwilioException:
            return Evidence(Found.CANNOT_TELL, detail="Twilio's list came in an unknown form")
        sids = tuple(record.sid for record in listed if _matches(record, attempt))
        if len(sids) == 1:
            return Evidence(Found.SENT, reference=sids[0], candidates=sids)
        if sids:
            return Evidence(
                Found.CANNOT_TELL, detail=f"{len(sids)} look the same: {', '.join(sids)}", candidates=sids
            )
        if len(listed) >= _PAGE:
            return Evidence(
                Found.CANNOT_TELL, detail="more went to this number that day than Twilio lists at once"
            )
        return Evidence(Found.NOT_SENT, detail="nothing like it in Twilio's list")

    def received(self, numbers: Sequence[str], since: datetime) -> list[Replied]:
        """List what came in for these numbers, under the key that the webhook uses: the MessageSid.

        Twilio's list does not tell what its own opt-out words made of a text (OptOutType); the words are read instead.
        """
        from twilio.base.exceptions import TwilioException

        try:
            listed = [
                record
                for number in numbers
                for record in self._client.messages.list(
                    to=number, date_sent_after=since.date(), limit=_PAGE, page_size=_PAGE
                )
            ]
        except TwilioException:
            raise Unavailable("Twilio's list came in an unknown form") from None
        wrote = [record for record in listed if record.direction == "inbound" and record.date_created]
        return [incoming.listed(record) for record in wrote if record.date_created >= since]

    def _listed(self, attempt: Attempt) -> list[Any]:
        day = (attempt.started_at - _EARLY).date()
        by: dict[str, Any] = {"to": attempt.to, "limit": _PAGE, "page_size": _PAGE}
        if not _is_service(attempt.sender):
            by["from_"] = attempt.sender
        if attempt.channel.prerecorded:
            return list(self._client.calls.list(**by, start_time_after=day))
        return list(self._client.messages.list(**by, date_sent_after=day))

    def erase(self, addresses: Sequence[str], references: Sequence[str]) -> str:
        """Empty the bodies of these texts at Twilio. Numbers, and the records of calls, stay there: they were billed.

        https://www.twilio.com/docs/messaging/api/message-resource#update-a-message-resource
        """
        del addresses
        texts = [one for one in references if one.startswith(("SM", "MM"))]
        for sid in texts:
            self._client.messages(sid).update(body="")
        return f"the words of {len(texts)} text(s) erased; numbers and records of calls stay at Twilio"

    def warm(self) -> None:
        """Load the SDK and make the client."""
        if self.configured(self._settings):
            self._client.messages  # noqa: B018  # the SDK loads its resources when they are first named
            self._client.calls  # noqa: B018

    def close(self) -> None:
        """Close idle connections."""
        if "_transport" in self.__dict__:
            self._transport.close()

    @cached_property
    def _transport(self) -> Transport:
        from outreach.providers.transport import Transport

        return Transport("Twilio", seconds=self._settings.call_timeout)

    @cached_property
    def _client(self) -> Client:
        account, auth_token = self._settings.twilio_account_sid, self._settings.twilio_auth_token
        if not account or not auth_token:
            raise Unavailable("set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN", fault=Fault.ACCOUNT)
        from outreach.providers.twilio import wire

        return wire.client(
            self._transport, url=self._settings.twilio_url, account=account, auth_token=auth_token
        )


def _validity(left: timedelta) -> int:
    least, most = _VALIDITY
    seconds = int(left.total_seconds())
    if seconds < least:
        raise Unavailable(f"only {max(seconds, 0)} s of the send window are left; Twilio needs {least}")
    return min(seconds, most)


def _is_service(sender: str) -> bool:
    return sender.startswith("MG")  # a Messaging Service SID in place of a number


def _matches(record: Any, attempt: Attempt) -> bool:
    created = record.date_created
    if created is None or not attempt.started_at - _EARLY <= created <= attempt.lease_until + _LATE:
        return False
    if attempt.channel.prerecorded:
        return True
    if _is_service(attempt.sender) and record.messaging_service_sid != attempt.sender:
        return False
    return bool(" ".join((record.body or "").split()) == " ".join(attempt.text.split()))
