"""What Twilio tells us: checks who says it, then translates it into events.

https://www.twilio.com/docs/usage/webhooks/webhooks-security and the request parameters of
https://www.twilio.com/docs/messaging/guides/webhook-request, .../guides/outbound-message-status-in-status-callbacks,
https://www.twilio.com/docs/voice/twiml#request-parameters and .../voice/api/call-resource#statuscallback.
"""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, NotFromVendor, Refused
from outreach.domain.event import (
    Bounced,
    CallEnded,
    Delivered,
    Dropped,
    Event,
    OptedOut,
    PickedUp,
    Progressed,
    Replied,
    Unrecognised,
)
from outreach.providers.base import WebhookRequest
from outreach.providers.twilio.tables import ANSWERED_BY, CALL_STATUS, ERRORS, MESSAGE_STATUS

_ALGORITHM: Final = "HMAC_SHA1"  # pinned: a request must not choose how it is checked
_MOST_FIELDS: Final = 500


class Form(dict[str, list[str]]):
    """A posted form, values as lists; `getlist` is what the SDK's validator asks for."""

    def getlist(self, name: str) -> list[str]:
        """All values of a field."""
        return self.get(name, [])

    def first(self, name: str) -> str:
        """The first value of a field; empty when there is none."""
        return self.get(name, [""])[0]


def form(request: WebhookRequest) -> Form:
    """The posted fields. Raises ValueError when there are too many."""
    text = request.body.decode("utf-8", "replace")
    return Form(parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))


def verify(request: WebhookRequest, *, account: str, auth_token: str) -> None:
    """Raise NotFromVendor unless Twilio signed this public URL and these fields for our account."""
    from twilio.request_validator import RequestValidator

    signature = request.headers.get("x-twilio-signature", "")
    if not signature:
        raise NotFromVendor("there is no X-Twilio-Signature")
    try:
        fields = form(request)
    except ValueError:
        raise NotFromVendor("the form has too many fields") from None
    if not RequestValidator(auth_token).validate(request.url, fields, signature, _ALGORITHM):
        raise NotFromVendor(
            "X-Twilio-Signature does not fit the address and the fields (is OUTREACH_URL right?)"
        )
    if fields.getlist("AccountSid") != [account]:
        raise NotFromVendor("signed for another account")


def parse(request: WebhookRequest) -> list[Event]:
    """The events in a verified request, by what it holds rather than where it was posted."""
    try:
        fields = form(request)
    except ValueError:
        return [_unrecognised(request, "too many fields")]
    token = parse_qs(urlsplit(request.url).query).get("a", [""])[0] or None
    message = fields.first("MessageSid") or fields.first("SmsSid")
    call = fields.first("CallSid")
    if request.kind == "inbound" and message:
        return [_reply(fields, message)]
    if request.kind == "twiml" and call:
        by = ANSWERED_BY.get(fields.first("AnsweredBy"), ANSWERED_BY["unknown"])
        return [PickedUp(key=f"twiml:{call}", token=token, reference=call, by=by)]
    if request.kind in ("status", "call") and (message or call):
        told = _message_status(fields, message, token) if message else _call_status(fields, call, token)
        return told or [_unrecognised(request, "status", reference=message or call, token=token)]
    return [_unrecognised(request, request.kind)]


def _reply(fields: Form, sid: str) -> Event:
    keyword = fields.first(
        "OptOutType"
    )  # STOP, START or HELP, decided by the messaging service's own word list
    return Replied(
        key=sid,
        channel=Channel.SMS,
        sender=fields.first("From").strip(),
        to=fields.first("To").strip(),
        text=fields.first("Body"),
        headers={"opt-out-type": keyword} if keyword else {},
    )


def listed(record: Any) -> Replied:
    """A text that Twilio lists among the messages, as its webhook would have told it."""
    return Replied(
        key=record.sid,
        at=record.date_created,
        channel=Channel.SMS,
        sender=(record.from_ or "").strip(),
        to=(record.to or "").strip(),
        text=record.body or "",
    )


def _message_status(fields: Form, sid: str, token: str | None) -> list[Event]:
    status = (fields.first("MessageStatus") or fields.first("SmsStatus")).lower()
    code = fields.first("ErrorCode")
    about: dict[str, Any] = {"key": f"{sid}:{status}:{code}", "token": token, "reference": sid}
    became = MESSAGE_STATUS.get(status)
    if became is Progressed:
        return [Progressed(**about, status=status)]
    if became is Delivered:
        return [Delivered(**about)]
    if became in (Bounced, Dropped):
        return _failure(about, code, address=fields.first("To"), by_carrier=became is Bounced)
    return []


def _failure(about: dict[str, Any], code: str, *, address: str, by_carrier: bool) -> list[Event]:
    known = ERRORS.get(int(code)) if code.isascii() and code.isdigit() else None
    if known is None:  # without a code the carrier was only not able to; an unknown code waits for review
        if by_carrier and not code:
            return [Bounced(**about, hard=False, text="not delivered; Twilio gave no reason")]
        return [Dropped(**about, code=code, text=f"Twilio gave up ({code or 'no code'})")]
    if known.fault is Fault.OPTED_OUT:
        stop = OptedOut(
            **{**about, "key": f"{about['key']}:opt-out"},
            channel=Channel.SMS,
            address=address,
            how=known.says,
        )
        return [Dropped(**about, code=code, text=known.says, suppressed=True), stop]
    if known.fault is Fault.ADDRESS:
        return [Bounced(**about, hard=known.error is Refused, code=code, text=known.says)]
    if known.fault is Fault.MESSAGE and known.error is not Refused:
        return [Bounced(**about, hard=False, code=code, text=known.says)]
    return [Dropped(**about, code=code, text=known.says)]


def _call_status(fields: Form, sid: str, token: str | None) -> list[Event]:
    status = fields.first("CallStatus").lower()
    about: dict[str, Any] = {"key": f"{sid}:{status}", "token": token, "reference": sid}
    about["at"] = _moment(fields.first("Timestamp"))
    became = CALL_STATUS.get(status)
    if became is Progressed:
        return [Progressed(**about, status=status)]
    if became is CallEnded:
        by = ANSWERED_BY.get(fields.first("AnsweredBy"))
        seconds = fields.first("CallDuration")
        lasted = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 9 else 0
        return [CallEnded(**about, status=status, by=by, seconds=lasted)]
    return []


def _moment(text: str) -> Any:
    try:
        return parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, OverflowError):
        return None


def _unrecognised(request: WebhookRequest, kind: str, **about: Any) -> Event:
    key = hashlib.sha256(request.url.encode() + b"\n" + request.body).hexdigest()
    return Unrecognised(key=key, kind=kind, **about)
