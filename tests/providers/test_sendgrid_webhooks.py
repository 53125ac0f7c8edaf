"""What SendGrid tells us, and who only pretends to be it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import NoKey, NotFromVendor
from outreach.domain.event import (
    Bounced,
    Complained,
    Delivered,
    Dropped,
    Engaged,
    Event,
    OptedOut,
    Progressed,
    Unrecognised,
)
from outreach.providers.base import WebhookRequest
from outreach.providers.sendgrid import SendGrid
from outreach.providers.sendgrid.events import reference

from .builders import OTHER_KEY, PUBLIC, from_sendgrid, from_twilio, payload, public, some_settings

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
HOUR = 3600


def told(request: WebhookRequest) -> list[Event]:
    sendgrid = SendGrid(some_settings())
    sendgrid.verify(request)
    return sendgrid.parse(request)


def events(*changed: dict[str, Any]) -> list[Event]:
    return told(from_sendgrid(json.dumps(list(changed)).encode()))


# --- Events


def test_each_recorded_event_becomes_ours() -> None:
    got = events(*payload("sendgrid_events"))
    assert [type(event) for event in got] == [
        Progressed, Progressed, Delivered, Bounced, Bounced, Dropped, Dropped, Dropped, Dropped, Complained, OptedOut,
        OptedOut, Engaged, Engaged, Unrecognised, Unrecognised,
    ]  # fmt: skip
    assert {event.token for event in got} == {"token-1"}
    assert {event.reference for event in got} == {"Xj5LmNkWSOqRbdvOpR34BA"}
    assert [event.key for event in got] == [f"event-{n}" for n in range(1, 17)]
    assert got[0].at == datetime.fromtimestamp(1795342501, UTC)


def test_a_bounce_is_hard_and_a_block_is_soft() -> None:
    hard, soft = (event for event in events(*payload("sendgrid_events")) if isinstance(event, Bounced))
    assert (hard.hard, hard.code) == (True, "5.1.1")
    assert (soft.hard, soft.code) == (False, "5.7.1")


@pytest.mark.parametrize(
    ("told_of", "hard"),
    [
        ({"type": "bounce", "status": "5.1.1"}, True),
        ({"type": "bounce", "status": "550"}, True),
        ({"type": "bounce"}, True),
        ({"type": "bounce", "status": "4.2.2"}, False),
        ({"type": "bounce", "status": "421"}, False),
        ({"type": "blocked", "status": "5.7.1"}, False),
        ({"event": "blocked"}, False),
    ],
)
def test_how_final_a_bounce_is(told_of: dict[str, Any], hard: bool) -> None:
    [event] = events({"event": "bounce", "sg_event_id": "1", **told_of})
    assert isinstance(event, Bounced)
    assert event.hard is hard


@pytest.mark.parametrize(
    ("reason", "suppressed"),
    [
        ("Bounced Address", True),
        ("Unsubscribed Address", True),
        ("Spam Reporting Address", True),
        ("bounced address\n", True),
        ("Spam Content", False),
        ("Recipient List over Package Quota", False),
        ("", False),
    ],
)
def test_a_drop_for_sendgrids_own_list_says_so(reason: str, suppressed: bool) -> None:
    [event] = events({"event": "dropped", "sg_event_id": "1", "reason": reason})
    assert isinstance(event, Dropped)
    assert event.suppressed is suppressed


def test_a_link_that_was_used_names_the_address_and_the_channel() -> None:
    [event] = events({"event": "unsubscribe", "sg_event_id": "1", "email": "Ada@Lead.example"})
    assert isinstance(event, OptedOut)
    assert (event.channel, event.address, event.everything) == (Channel.EMAIL, "ada@lead.example", False)


def test_one_bad_event_spoils_no_other() -> None:
    good = payload("sendgrid_events")[2]
    bad = [None, 7, "x", [], {}, {"event": 5}, {"event": "delivered", "timestamp": 1e300, "sg_event_id": 9}]
    got = told(from_sendgrid(json.dumps([*bad, good]).encode()))
    assert len(got) == len(bad) + 1
    assert isinstance(got[-1], Delivered)
    assert len({event.key for event in got}) == len(got)


def test_an_event_without_an_id_has_the_same_key_each_time() -> None:
    one = {"event": "delivered", "email": "ada@lead.example", "timestamp": 1}
    assert events(one)[0].key == events(one)[0].key != events({**one, "timestamp": 2})[0].key


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Xj5LmNkWSOqRbdvOpR34BA.recvd-85abf8d92c-3qfgp-2-7890E356-43C.1", "Xj5LmNkWSOqRbdvOpR34BA"),
        ("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", "14c5d75ce93.dfd.64b469"),
        ("14c5d75ce93.dfd", "14c5d75ce93"),
        ("plain", "plain"),
        ("", None),
    ],
)
def test_the_reference_is_the_front_of_the_message_id(long: str, short: str | None) -> None:
    assert reference(long) == short


# --- Forgeries

BODY = json.dumps(payload("sendgrid_events")).encode()


def genuine() -> WebhookRequest:
    return from_sendgrid(BODY)


def with_headers(**changes: str | None) -> WebhookRequest:
    names = {"signature": SIGNATURE, "timestamp": TIMESTAMP}
    headers = {**genuine().headers, **{names.get(name, name): value for name, value in changes.items()}}
    return replace(genuine(), headers={name: value for name, value in headers.items() if value is not None})


def by_hmac() -> WebhookRequest:
    stamp = genuine().headers[TIMESTAMP]
    mac = hmac.new(public().encode(), stamp.encode() + BODY, hashlib.sha256).digest()
    return with_headers(signature=base64.b64encode(mac).decode(), timestamp=stamp)


def url_safe() -> WebhookRequest:
    while True:
        request = genuine()
        signature = request.headers[SIGNATURE].replace("+", "-").replace("/", "_")
        if signature != request.headers[SIGNATURE]:
            return replace(request, headers={**request.headers, SIGNATURE: signature})


FORGED: dict[str, Callable[[], WebhookRequest]] = {
    "no headers": lambda: replace(genuine(), headers={}),
    "no signature": lambda: with_headers(signature=None),
    "no timestamp": lambda: with_headers(timestamp=None),
    "an empty signature": lambda: with_headers(signature=""),
    "an empty timestamp": lambda: with_headers(timestamp=""),
    "a signature that is not base64": lambda: with_headers(signature="%%%"),
    "a signature without padding": lambda: with_headers(
        signature=genuine().headers[SIGNATURE].rstrip("=") + "A"
    ),
    "a signature beyond ASCII": lambda: with_headers(signature="é"),
    "a signature in url letters": url_safe,
    "a signature of nothing": lambda: with_headers(
        signature=base64.b64encode(b"\x30\x06\x02\x01\x00\x02\x01\x00").decode()
    ),
    "a signature that is no DER": lambda: with_headers(signature=base64.b64encode(b"x" * 70).decode()),
    "another key": lambda: from_sendgrid(BODY, key=OTHER_KEY),
    "HMAC with the public key": by_hmac,
    "another timestamp": lambda: with_headers(timestamp=str(int(time.time()) - 10)),
    "a timestamp with a space": lambda: with_headers(timestamp=genuine().headers[TIMESTAMP] + " "),
    "the timestamp moved into the body": lambda: replace(
        with_headers(timestamp=genuine().headers[TIMESTAMP][:-1]),
        body=genuine().headers[TIMESTAMP][-1:].encode() + BODY,
    ),
    "the body written anew": lambda: replace(genuine(), body=json.dumps(json.loads(BODY), indent=1).encode()),
    "an event more": lambda: replace(genuine(), body=BODY[:-1] + b", {}]"),
    "an empty body": lambda: replace(genuine(), body=b""),
    "two days old": lambda: from_sendgrid(BODY, at=time.time() - 48 * HOUR),
    "from tomorrow": lambda: from_sendgrid(BODY, at=time.time() + 24 * HOUR),
    "from 1970": lambda: from_sendgrid(BODY, at=0),
    "Twilio's own signature": lambda: replace(
        from_twilio("events", {}), url=f"{PUBLIC}/webhooks/sendgrid/events"
    ),
    "a GET": lambda: replace(genuine(), method="GET"),
    "another kind": lambda: replace(genuine(), kind="status"),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_webhook_is_refused(forged: Callable[[], WebhookRequest]) -> None:
    with pytest.raises(NotFromVendor):
        SendGrid(some_settings()).verify(forged())


@pytest.mark.parametrize("hours", [0, 23, -0.9, 24.9])
def test_a_genuine_webhook_passes_as_long_as_sendgrid_retries(hours: float) -> None:
    SendGrid(some_settings()).verify(from_sendgrid(BODY, at=time.time() - hours * HOUR))


def test_inbound_mail_has_a_key_and_an_age_of_its_own() -> None:
    sendgrid = SendGrid(some_settings(sendgrid_inbound_key=public(OTHER_KEY)))
    with pytest.raises(NotFromVendor):
        sendgrid.verify(from_sendgrid(b"x", kind="inbound"))
    sendgrid.verify(from_sendgrid(b"x", kind="inbound", key=OTHER_KEY, at=time.time() - 72 * HOUR))


def test_a_key_with_its_frame_is_a_key_too() -> None:
    framed = f"-----BEGIN PUBLIC KEY-----\n{public()[:64]}\n{public()[64:]}\n-----END PUBLIC KEY-----\n"
    SendGrid(some_settings(sendgrid_event_key=framed)).verify(genuine())


@pytest.mark.parametrize(
    "key", ["nonsense", "AAAA", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "é"]
)
def test_a_key_that_is_none_refuses_everything_and_names_the_setting(key: str) -> None:
    with pytest.raises(NoKey, match="SENDGRID_EVENT_KEY"):
        SendGrid(some_settings(sendgrid_event_key=key)).verify(genuine())
