"""What Twilio tells us, what a call says, and who only pretends to be Twilio."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from outreach.domain.channel import Channel
from outreach.domain.errors import NotFromVendor
from outreach.domain.event import (
    AnsweredBy,
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
from outreach.providers.twilio import Twilio

from .builders import (
    ACCOUNT,
    ACME,
    ADA,
    AUTH_TOKEN,
    from_twilio,
    payload,
    some_settings,
)


def told(request: WebhookRequest) -> list[Event]:
    twilio = Twilio(some_settings())
    twilio.verify(request)
    return twilio.parse(request)


# --- What it tells


@pytest.mark.parametrize(
    ("name", "kind", "becomes"),
    [
        ("twilio_status_sent", "status", Progressed),
        ("twilio_status_delivered", "status", Delivered),
        ("twilio_status_undelivered", "status", Bounced),
        ("twilio_status_failed", "status", Dropped),
        ("twilio_inbound", "inbound", Replied),
        ("twilio_twiml_machine", "twiml", PickedUp),
        ("twilio_call_initiated", "call", Progressed),
        ("twilio_call_completed", "call", CallEnded),
        ("twilio_call_completed", "status", CallEnded),
    ],
)
def test_each_recorded_request_becomes_one_event(name: str, kind: str, becomes: type[Event]) -> None:
    fields = payload(name)
    [event] = told(from_twilio(kind, fields))
    assert type(event) is becomes
    assert event.token == (None if becomes is Replied else "token-1")
    if becomes is not Replied:
        assert event.reference == (fields.get("MessageSid") or fields["CallSid"])


def test_a_status_told_twice_has_one_key_and_another_status_another() -> None:
    delivered, sent = payload("twilio_status_delivered"), payload("twilio_status_sent")
    keys = [told(from_twilio("status", fields))[0].key for fields in (delivered, sent, delivered)]
    assert keys[0] == keys[2] != keys[1]


def test_an_opt_out_at_twilio_suppresses_and_ends_the_touch() -> None:
    fields = {**payload("twilio_status_failed"), "ErrorCode": "21610"}
    dropped, stop = told(from_twilio("status", fields))
    assert isinstance(dropped, Dropped)
    assert dropped.suppressed
    assert isinstance(stop, OptedOut)
    assert (stop.channel, stop.address, stop.token) == (Channel.SMS, ADA, "token-1")
    assert dropped.key != stop.key


def test_undelivered_without_a_reason_is_not_held_against_the_number() -> None:
    fields = payload("twilio_status_undelivered")
    del fields["ErrorCode"]
    [event] = told(from_twilio("status", fields))
    assert isinstance(event, Bounced)
    assert not event.hard


@pytest.mark.parametrize("status", ["teleported", ""])
def test_an_unknown_status_waits_for_review(status: str) -> None:
    fields = {**payload("twilio_status_sent"), "MessageStatus": status, "SmsStatus": status}
    [event] = told(from_twilio("status", fields))
    assert isinstance(event, Unrecognised)
    assert event.token == "token-1"


def test_a_reply_says_who_wrote_what() -> None:
    [reply] = told(from_twilio("inbound", payload("twilio_inbound"), query=""))
    assert isinstance(reply, Replied)
    assert (reply.channel, reply.sender, reply.to) == (Channel.SMS, ADA, ACME)
    assert reply.text == "Sounds good, call me Thursday"
    assert reply.key == payload("twilio_inbound")["MessageSid"]
    assert reply.headers == {}


def test_a_keyword_that_twilio_knows_rides_along() -> None:
    [reply] = told(from_twilio("inbound", payload("twilio_inbound_stop"), query=""))
    assert isinstance(reply, Replied)
    assert reply.headers == {"opt-out-type": "STOP"}
    assert reply.text == "Arrêt"


def test_a_call_that_is_over_says_who_answered_and_how_long_it_took() -> None:
    [event] = told(from_twilio("call", payload("twilio_call_completed")))
    assert isinstance(event, CallEnded)
    assert (event.status, event.by, event.seconds) == ("completed", AnsweredBy.MACHINE, 34)
    assert event.at == datetime(2026, 11, 22, 10, 15, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ("human", AnsweredBy.HUMAN),
        ("fax", AnsweredBy.FAX),
        ("unknown", AnsweredBy.UNKNOWN),
        ("machine_start", AnsweredBy.UNKNOWN),
        ("machine_end_beep", AnsweredBy.MACHINE),
        ("machine_end_silence", AnsweredBy.MACHINE),
        ("machine_end_other", AnsweredBy.MACHINE),
        ("alien", AnsweredBy.UNKNOWN),
        ("", AnsweredBy.UNKNOWN),
    ],
)
def test_who_picked_up_is_a_machine_only_when_it_is_certain(said: str, by: AnsweredBy) -> None:
    [event] = told(from_twilio("twiml", {**payload("twilio_twiml_human"), "AnsweredBy": said}))
    assert isinstance(event, PickedUp)
    assert event.by is by


# --- Forgeries


def _signed_with(token: str) -> WebhookRequest:
    request = from_twilio("status", payload("twilio_status_delivered"))
    fields = {**payload("twilio_status_delivered"), "AccountSid": ACCOUNT}
    return replace(
        request,
        headers={"x-twilio-signature": RequestValidator(token).compute_signature(request.url, fields)},
    )


def _headers(**headers: str) -> WebhookRequest:
    return replace(
        from_twilio("status", payload("twilio_status_delivered")),
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def _genuine() -> WebhookRequest:
    return from_twilio("status", payload("twilio_status_delivered"))


def _signature() -> str:
    return _genuine().headers["x-twilio-signature"]


def _at(url: str) -> WebhookRequest:
    """Genuine, but signed for another address than the public one."""
    fields = {**payload("twilio_status_delivered"), "AccountSid": ACCOUNT}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(url, fields)
    return replace(_genuine(), headers={"x-twilio-signature": signature})


def _sha256() -> WebhookRequest:
    fields = {**payload("twilio_status_delivered"), "AccountSid": ACCOUNT}
    signature = RequestValidator(AUTH_TOKEN).compute_signature(_genuine().url, fields, "HMAC_SHA256")
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    return _headers(x_twilio_signature=signature, x_twilio_webhooks_signature_settings=settings)


def _body_only() -> WebhookRequest:
    mac = hmac.new(AUTH_TOKEN.encode(), _genuine().body, hashlib.sha1).digest()
    return _headers(x_twilio_signature=b64encode(mac).decode())


FORGED: dict[str, Callable[[], WebhookRequest]] = {
    "no signature": _headers,
    "an empty signature": lambda: _headers(x_twilio_signature=""),
    "a signature that is not base64": lambda: _headers(x_twilio_signature="%%%"),
    "a signature beyond ASCII": lambda: _headers(x_twilio_signature="é" * 28),
    "half a signature": lambda: _headers(x_twilio_signature=_signature()[:14]),
    "a signature in other letters": lambda: _headers(x_twilio_signature=_signature().swapcase()),
    "a signature with a space": lambda: _headers(x_twilio_signature=_signature() + " "),
    "another token": lambda: _signed_with("other"),
    "an empty token": lambda: _signed_with(""),
    "another algorithm": _sha256,
    "the body signed alone": _body_only,
    "another header": lambda: _headers(x_twilio_signature_2=_signature()),
    "another account": lambda: from_twilio(
        "status", {**payload("twilio_status_delivered"), "AccountSid": "AC" + "9" * 32}
    ),
    "no account": lambda: from_twilio("status", {"AccountSid": ""}),
    "a field changed": lambda: replace(_genuine(), body=_genuine().body.replace(b"delivered", b"failed")),
    "a field added": lambda: replace(_genuine(), body=_genuine().body + b"&ErrorCode=21610"),
    "a field left out": lambda: replace(_genuine(), body=_genuine().body.partition(b"&")[2]),
    "a second value": lambda: replace(_genuine(), body=_genuine().body + b"&MessageStatus=failed"),
    "no body": lambda: replace(_genuine(), body=b""),
    "json instead of a form": lambda: replace(
        _genuine(), body=json.dumps(payload("twilio_status_delivered")).encode()
    ),
    "bytes that are no text": lambda: replace(_genuine(), body=_genuine().body + b"&x=\xff\xfe"),
    "ten thousand fields": lambda: replace(
        _genuine(), body=urlencode([(f"f{n}", n) for n in range(10_000)]).encode()
    ),
    "another token of ours in the address": lambda: replace(
        _genuine(), url=_genuine().url.replace("token-1", "token-2")
    ),
    "no query": lambda: replace(_genuine(), url=_genuine().url.partition("?")[0]),
    "another kind's address": lambda: replace(_genuine(), url=_genuine().url.replace("/status", "/inbound")),
    "http for https": lambda: _at(_genuine().url.replace("https:", "http:")),
    "a port added": lambda: _at(_genuine().url.replace(".example/", ".example:8443/")),
    "another host": lambda: _at(_genuine().url.replace("acme", "evil")),
    "a host in capitals": lambda: _at(_genuine().url.replace("acme", "ACME")),
    "a path with a slash more": lambda: _at(_genuine().url.replace("/webhooks", "//webhooks")),
    "a GET": lambda: replace(_genuine(), method="GET"),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_webhook_is_refused(forged: Callable[[], WebhookRequest]) -> None:
    with pytest.raises(NotFromVendor):
        Twilio(some_settings()).verify(forged())


def test_a_genuine_webhook_passes() -> None:
    Twilio(some_settings()).verify(_genuine())


# --- Codes in status callbacks

CALLBACKS: dict[str, tuple[str, Callable[[Event], bool]]] = {
    "hard bounce": (
        "21211 21214 13224 21614 21215 21408 30004 30005 30006",
        lambda e: isinstance(e, Bounced) and e.hard,
    ),
    "soft bounce": ("30001 30003 30008 20429", lambda e: isinstance(e, Bounced) and not e.hard),
    "dropped": (
        "20003 21606 21612 21617 30002 30007 30034 99999",
        lambda e: isinstance(e, Dropped) and not e.suppressed,
    ),
}


@pytest.mark.parametrize(
    ("code", "fits"), [(code, fits) for codes, fits in CALLBACKS.values() for code in codes.split()]
)
@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_each_code_in_a_status_callback_is_what_the_table_says(
    code: str, fits: Callable[[Event], bool], status: str
) -> None:
    fields = {**payload("twilio_status_failed"), "MessageStatus": status, "ErrorCode": code}
    [event] = told(from_twilio("status", fields))
    assert fits(event), event
    assert getattr(event, "code", None) == code
