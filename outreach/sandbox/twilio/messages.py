"""Twilio Messages: accepts texts, tells their fate by signed callbacks, lists, redacts and cancels them."""

import asyncio
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from outreach.sandbox.backstage import Backstage, Outcome
from outreach.sandbox.inbound import Inbound
from outreach.sandbox.ledger import Accepted
from outreach.sandbox.personas import AnyAct, Undeliverable, find
from outreach.sandbox.stories import Story
from outreach.sandbox.twilio.callbacks import signed_post
from outreach.sandbox.twilio.errors import MAGIC_FROM_SMS, MAGIC_TO_SMS, Refusal
from outreach.sandbox.twilio.gsm import segments
from outreach.sandbox.twilio.shelf import Form, Shelf, first, flat, twilio_date
from outreach.sandbox.wire import Request, Response

E164 = re.compile(r"\+[1-9]\d{6,14}")
MAX_BODY = 1600
FINAL = ("delivered", "undelivered", "failed", "canceled", "received")
ERROR_MESSAGES = {30003: "Unreachable destination handset", 30005: "Unknown destination handset",
                  30006: "Landline or unreachable carrier", 30007: "Carrier violation",
                  30008: "Unknown error"}  # fmt: skip


@dataclass(slots=True)
class Message:
    sid: str
    to: str
    from_: str
    body: str
    status: str
    created: float
    updated: float
    service: str = ""
    callback: str = ""
    sent: float | None = None
    send_at: float | None = None
    direction: str = "outbound-api"
    error_code: int | None = None


class Messages:
    def __init__(self, backstage: Backstage, inbound: Inbound) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self.inbound = inbound
        # Set by the desk: what the lead does once a text has reached them.
        self.arrived: Callable[[str, str, list[AnyAct]], None] = lambda *_: None
        self.shelf: Shelf[Message] = Shelf(
            "messages", "DateSent", lambda m: m.sent or m.created, backstage.faults, self.settings.now
        )

    # The API

    def create(self, request: Request) -> Outcome:
        form = request.form()
        check(form, self.inbound.opted_out)
        message = self._accept(form)
        self.shelf.put(message)
        self.backstage.ledger.write(self._line(message, form, request.verdict))
        return Outcome(Response(201, self._json(message)), self._story(message))

    def list(self, request: Request) -> Outcome:
        page = self.shelf.page(request.parameters(), request.path, self._shown)
        return Outcome(Response(200, msgspec.json.encode(page)))

    def fetch(self, request: Request, sid: str) -> Outcome:
        return Outcome(Response(200, self._json(self.shelf.get(sid, request.path))))

    def update(self, request: Request, sid: str) -> Outcome:
        """Body="" redacts what was sent; Status=canceled takes back what is scheduled."""
        message, form = self.shelf.get(sid, request.path), request.form()
        story: Story | None = None
        if first(form, "Status") == "canceled":
            if message.status != "scheduled":
                raise Refusal(20009, message.status)
            message.status = "canceled"
            story = self._call_back(message)
        if form.get("Body") == [""]:
            message.body = ""
        message.updated = self.settings.now()
        return Outcome(Response(200, self._json(message)), story)

    def received(self, sid: str, from_: str, to: str, body: str) -> None:
        """A text that came in is listed like any other message, so that a lost webhook can be made good."""
        now = self.settings.now()
        self.shelf.put(Message(sid, to, from_, body, "received", now, now, sent=now, direction="inbound"))

    # Accepting

    def _accept(self, form: Form) -> Message:
        now = self.settings.now()
        service, send_at = first(form, "MessagingServiceSid"), first(form, "SendAt")
        status = "scheduled" if send_at else "accepted" if service else "queued"
        return Message(
            sid="SM" + os.urandom(16).hex(),
            to=first(form, "To"),
            from_=first(form, "From") or self.settings.service_number,
            body=first(form, "Body"),
            status=status,
            created=now,
            updated=now,
            service=service,
            callback=first(form, "StatusCallback"),
            send_at=instant(send_at) if send_at else None,
        )

    def _line(self, message: Message, form: Form, verdict: str) -> Accepted:
        return Accepted(
            provider="twilio",
            kind="sms",
            reference=message.sid,
            to=message.to,
            from_=message.from_,
            body=message.body,
            callbacks={"StatusCallback": message.callback} if message.callback else {},
            raw=flat(form),
            verdict=verdict,
        )

    # What happens afterwards

    async def _story(self, message: Message) -> None:
        acts = self.backstage.cast.reached(message.to, "sms")
        if message.send_at is not None:
            await asyncio.sleep(max(0.0, message.send_at - self.settings.now()))
        undeliverable = find(acts, Undeliverable)
        for status in self._fate(message, undeliverable is not None):
            if message.status == "canceled":
                return
            if self.settings.status_delay:
                await asyncio.sleep(self.settings.status_delay)
            self._move(message, status, undeliverable.code if undeliverable else None)
            await self._call_back(message)
        if message.status == "delivered":
            self.arrived(message.to, message.from_, acts)

    def _fate(self, message: Message, lost: bool) -> tuple[str, ...]:
        """The statuses still to come. The initial one is told by the answer and never by a callback."""
        queued = ("queued",) if message.status != "queued" else ()
        return (*queued, "sent", "undelivered" if lost else "delivered")

    def _move(self, message: Message, status: str, error_code: int | None) -> None:
        message.status, message.updated = status, self.settings.now()
        if status == "sent":
            message.sent = message.updated
        if status == "undelivered":
            message.error_code = error_code

    async def _call_back(self, message: Message) -> None:
        if not message.callback or not self.settings.callbacks:
            return
        params = {
            "AccountSid": self.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "From": message.from_,
            "MessageSid": message.sid,
            "MessageStatus": message.status,
            "SmsSid": message.sid,
            "SmsStatus": message.status,
            "To": message.to,
        }
        if message.service:
            params["MessagingServiceSid"] = message.service
        if message.error_code:
            params["ErrorCode"] = str(message.error_code)
        post = signed_post(self.settings, message.callback, params, kind="status", about=message.sid)
        await self.backstage.courier.post(post)

    # What it looks like

    def _json(self, message: Message) -> bytes:
        return msgspec.json.encode(self._shown(message))

    def _shown(self, message: Message) -> dict[str, Any]:
        account = self.settings.account_sid
        uri = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}"
        return {
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": message.body,
            "date_created": twilio_date(message.created),
            "date_sent": twilio_date(message.sent),
            "date_updated": twilio_date(message.updated),
            "direction": message.direction,
            "error_code": message.error_code,
            "error_message": ERROR_MESSAGES.get(message.error_code or 0),
            "from": message.from_,
            "messaging_service_sid": message.service or None,
            "num_media": "0",
            "num_segments": str(segments(message.body)),
            "price": None,
            "price_unit": "USD",
            "sid": message.sid,
            "status": message.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": message.to,
            "uri": f"{uri}.json",
        }


def check(form: Form, opted_out: set[str]) -> None:
    """Refuse what Twilio refuses, in its order of complaints."""
    to, from_, body = first(form, "To"), first(form, "From"), first(form, "Body")
    if not to:
        raise Refusal(21604)
    if not from_ and not first(form, "MessagingServiceSid"):
        raise Refusal(21603)
    if not body and not first(form, "MediaUrl"):
        raise Refusal(21602)
    if code := MAGIC_TO_SMS.get(to) or MAGIC_FROM_SMS.get(from_):
        raise Refusal(code, from_ if from_ in MAGIC_FROM_SMS and to not in MAGIC_TO_SMS else to)
    if not E164.fullmatch(to):
        raise Refusal(21211, to)
    if len(body) > MAX_BODY:
        raise Refusal(21617)
    if (callback := first(form, "StatusCallback")) and not valid_url(callback):
        raise Refusal(21609, callback)
    check_times(form)
    if to in opted_out:
        raise Refusal(21610)


def check_times(form: Form) -> None:
    period = first(form, "ValidityPeriod")
    if period and not (period.isdigit() and 1 <= int(period) <= 36000):
        raise Refusal(20001, f"ValidityPeriod {period}")
    if send_at := first(form, "SendAt"):
        if not first(form, "MessagingServiceSid"):
            raise Refusal(35118)
        try:
            instant(send_at)
        except ValueError:
            raise Refusal(35114, send_at) from None


def valid_url(url: str) -> bool:
    """Twilio takes no host names with underscores, a trap for container names."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in (parts.hostname or "")


def instant(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
