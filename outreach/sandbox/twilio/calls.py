"""Twilio Calls: accepts calls and hands them to the telephone at the other end; lists and ends them."""

import os
from dataclasses import dataclass, field
from typing import Any

import msgspec

from outreach.sandbox.backstage import Backstage, Outcome
from outreach.sandbox.ledger import Accepted
from outreach.sandbox.twilio.errors import MAGIC_FROM_CALL, MAGIC_TO_CALL, Refusal
from outreach.sandbox.twilio.messages import E164, valid_url
from outreach.sandbox.twilio.phone import Telephone
from outreach.sandbox.twilio.shelf import Form, Shelf, first, flat, twilio_date, whole
from outreach.sandbox.wire import Request, Response

CALLBACKS = ("Url", "StatusCallback", "AsyncAmdStatusCallback", "FallbackUrl")
OVER = ("completed", "busy", "no-answer", "failed", "canceled")


@dataclass(slots=True)
class Call:
    sid: str
    to: str
    from_: str
    created: float
    updated: float
    url: str = ""
    twiml: str = ""
    status: str = "queued"
    status_callback: str = ""
    events: tuple[str, ...] = ("completed",)
    detects: bool = False  # MachineDetection was asked for
    waits_for_beep: bool = False
    amd_callback: str = ""  # set: detection runs beside the call
    timeout: int = 60
    answered_by: str = ""
    start: float | None = None
    end: float | None = None
    number: int = 0  # of the next status callback
    # An update from outside: new TwiML for a call in progress.
    redirected: bool = field(default=False)


class Calls:
    def __init__(self, backstage: Backstage) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self.telephone = Telephone(backstage)
        self.shelf: Shelf[Call] = Shelf(
            "calls", "StartTime", lambda c: c.start or c.created, backstage.faults, self.settings.now
        )

    def create(self, request: Request) -> Outcome:
        form = request.form()
        check(form)
        call = self._accept(form)
        self.shelf.put(call)
        self.backstage.ledger.write(self._line(call, form, request.verdict))
        return Outcome(Response(201, self._json(call)), self.telephone.ring(call))

    def list(self, request: Request) -> Outcome:
        page = self.shelf.page(request.parameters(), request.path, self._shown)
        return Outcome(Response(200, msgspec.json.encode(page)))

    def fetch(self, request: Request, sid: str) -> Outcome:
        return Outcome(Response(200, self._json(self.shelf.get(sid, request.path))))

    def update(self, request: Request, sid: str) -> Outcome:
        """End the call, or send it to other TwiML."""
        call, form = self.shelf.get(sid, request.path), request.form()
        if call.status in OVER:
            raise Refusal(20009, call.status)
        wanted = first(form, "Status")
        if wanted == "canceled" and call.status in ("queued", "ringing"):
            call.status = "canceled"
        elif wanted == "completed":
            call.status = "completed"
        if first(form, "Url") or first(form, "Twiml"):
            call.url, call.twiml, call.redirected = first(form, "Url"), first(form, "Twiml"), True
        call.updated = self.settings.now()
        return Outcome(Response(200, self._json(call)))

    def _accept(self, form: Form) -> Call:
        now = self.settings.now()
        detection = first(form, "MachineDetection")
        asynchronous = first(form, "AsyncAmd").lower() == "true"
        return Call(
            sid="CA" + os.urandom(16).hex(),
            to=first(form, "To"),
            from_=first(form, "From"),
            created=now,
            updated=now,
            url=first(form, "Url"),
            twiml=first(form, "Twiml"),
            status_callback=first(form, "StatusCallback"),
            # The SDK repeats the parameter; the console's curl examples put them into one.
            events=tuple(" ".join(form.get("StatusCallbackEvent", ["completed"])).split()),
            detects=bool(detection),
            waits_for_beep=detection == "DetectMessageEnd",
            amd_callback=first(form, "AsyncAmdStatusCallback") if asynchronous else "",
            timeout=whole(form, "Timeout", 60),
        )

    def _line(self, call: Call, form: Form, verdict: str) -> Accepted:
        return Accepted(
            provider="twilio",
            kind="call",
            reference=call.sid,
            to=call.to,
            from_=call.from_,
            body=call.twiml or call.url,
            callbacks={name: first(form, name) for name in CALLBACKS if first(form, name)},
            raw=flat(form),
            verdict=verdict,
        )

    def _json(self, call: Call) -> bytes:
        return msgspec.json.encode(self._shown(call))

    def _shown(self, call: Call) -> dict[str, Any]:
        account = self.settings.account_sid
        uri = f"/2010-04-01/Accounts/{account}/Calls/{call.sid}"
        over = call.end is not None and call.start is not None
        return {
            "account_sid": account,
            "answered_by": call.answered_by or None,
            "api_version": "2010-04-01",
            "caller_name": None,
            "date_created": twilio_date(call.created),
            "date_updated": twilio_date(call.updated),
            "direction": "outbound-api",
            "duration": str(duration(call)) if over else None,
            "end_time": twilio_date(call.end),
            "forwarded_from": None,
            "from": call.from_,
            "from_formatted": call.from_,
            "group_sid": None,
            "parent_call_sid": None,
            "phone_number_sid": None,
            "price": None,
            "price_unit": "USD",
            "queue_time": "0",
            "sid": call.sid,
            "start_time": twilio_date(call.start),
            "status": call.status,
            "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
            "to": call.to,
            "to_formatted": call.to,
            "trunk_sid": None,
            "uri": f"{uri}.json",
        }


def duration(call: Call) -> int:
    return round((call.end or 0) - (call.start or 0)) if call.start is not None else 0


def check(form: Form) -> None:
    """Refuse what Twilio refuses."""
    to, from_, url = first(form, "To"), first(form, "From"), first(form, "Url")
    if not to:
        raise Refusal(21201)
    if not from_:
        raise Refusal(21213)
    if code := MAGIC_TO_CALL.get(to):
        raise Refusal(code, to)
    if code := MAGIC_FROM_CALL.get(from_):
        raise Refusal(code, from_)
    if not E164.fullmatch(to):
        raise Refusal(21211, to)
    if not url and not first(form, "Twiml") and not first(form, "ApplicationSid"):
        raise Refusal(21205, "none")
    for name in CALLBACKS:
        if (given := first(form, name)) and not valid_url(given):
            raise Refusal(21205, given)
    if len(first(form, "Twiml")) > 4000:
        raise Refusal(20001, "Twiml is longer than 4000 characters")
