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
    Replied,
    Unrecognised,
)
from outreach.domain.reply import ReplyKind, classify
from outreach.providers.base import WebhookRequest
from outreach.providers.sendgrid import SendGrid
from outreach.providers.sendgrid.events import reference

from .builders import OTHER_KEY, PUBLIC, from_sendgrid, from_twilio, inbound, payload, public, some_settings

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
HOUR = 3600


def told(request: WebhookRequest) -> list[Event]:
    sendgrid = SendGrid(some_settings())
    sendgrid.verify(request)
    return sendgrid.parse(request)


def events(*changed: dict[str, Any]) -> list[Event]:
    return told(from_sendgrid(json.dumps(list(changed)).encode()))


def replied(**changes: Any) -> Replied:
    fields = {k: v for k, v in {**payload("sendgrid_inbound"), **changes}.items() if v is not None}
    [reply] = told(inbound(fields))
    assert isinstance(reply, Replied)
    return reply


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


# --- Replies by mail


def test_a_reply_is_read_with_its_token_and_its_thread() -> None:
    reply = replied()
    assert (reply.channel, reply.sender) == (Channel.EMAIL, "ada@lead.example")
    assert reply.reply_token == "abcdefgh12345678"
    assert reply.message_ids == ("<t1@acme.example>", "<t0@acme.example>")
    assert reply.subject == "Re: Your trial – café"
    assert reply.text.startswith("Sounds good, call me Thursday")
    assert reply.headers["message-id"] == "<answer-1@lead.example>"
    assert reply.headers["references"] == "<t0@acme.example> <t1@acme.example>"
    assert reply.headers["subject"] == "Re: Your trial – café"
    assert classify(reply) is ReplyKind.HUMAN


def test_the_same_mail_has_the_same_key_and_another_another() -> None:
    assert replied().key == replied().key != replied(text="No").key


def test_a_reply_that_was_forwarded_keeps_its_token_and_has_a_new_sender() -> None:
    envelope = '{"to":["reply+abcdefgh12345678@reply.acme.example"],"from":"ben@lead.example"}'
    reply = replied(
        **{"from": "Ben <ben@lead.example>", "to": "sales@acme.example", "envelope": envelope, "headers": ""}
    )
    assert (reply.sender, reply.reply_token) == ("ben@lead.example", "abcdefgh12345678")
    assert reply.message_ids == ()


def test_a_mail_without_a_token_has_none() -> None:
    envelope = '{"to":["team@acme.example"],"from":"ada@lead.example"}'
    assert replied(to="team@acme.example", envelope=envelope, headers="").reply_token is None


def test_an_automatic_answer_is_known_by_its_headers() -> None:
    headers = payload("sendgrid_inbound")["headers"] + "Auto-Submitted: auto-replied\n"
    assert classify(replied(headers=headers, text="I am out of office")).by_machine


def test_a_mail_with_html_only_is_read_as_words() -> None:
    html = "<style>p {color: red}</style><p>Yes&nbsp;please</p><blockquote>unsubscribe here</blockquote>"
    reply = replied(text=None, html=html)
    assert reply.text.splitlines()[0] == "Yes please"
    assert "color" not in reply.text
    assert classify(reply) is ReplyKind.HUMAN


@pytest.mark.parametrize(
    ("charset", "raw", "read"),
    [
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-2022-jp", "止めて".encode("iso-2022-jp"), "止めて"),
        ("utf-8", b"Gr\xfc\xdfe", "Grüße"),  # it lies
        ("x-unknown", "Grüße".encode(), "Grüße"),
        ("utf-7", b"+AGE-+/", "+AGE-+/"),  # broken
        ("rot13", b"STOP", "STOP"),  # a codec, but not of bytes
        ("\x00", b"STOP", "STOP"),
    ],
)
def test_texts_are_read_in_their_own_charset_or_saved_as_well_as_can_be(
    charset: str, raw: bytes, read: str
) -> None:
    assert replied(text=raw, charsets=json.dumps({"text": charset})).text == read


@pytest.mark.parametrize(
    "changes",
    [
        {"charsets": "["},
        {"charsets": "[1]"},
        {"envelope": "{"},
        {"envelope": '{"to": 5, "from": []}'},
        {"headers": "\x00\n:::\nno header"},
        {"headers": "Subject: =?x-unknown?q?=ff?=\nReferences: " + "<a@b> " * 20_000},
        {"from": "nobody"},
        {"subject": None},
    ],
)
def test_a_broken_field_does_not_lose_the_reply(changes: dict[str, Any]) -> None:
    assert replied(**changes).text.startswith("Sounds good")


def test_a_reply_with_huge_attachments_in_ten_thousand_parts_is_read_for_its_words() -> None:
    fields: dict[str, Any] = {f"attachment{n}": b"x" * 500 for n in range(10_000)}
    [reply] = told(inbound({**fields, **payload("sendgrid_inbound")}))
    assert isinstance(reply, Replied)
    assert reply.reply_token == "abcdefgh12345678"


def test_a_form_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = inbound({"headers": payload("sendgrid_inbound")["headers"], "text": "STOP", "subject": "x" * 100})
    cut = from_sendgrid(whole.body[:-60], kind="inbound", content_type=whole.headers["content-type"])
    [reply] = told(cut)
    assert isinstance(reply, Replied)
    assert reply.text == "STOP"


def test_a_mail_that_comes_raw_is_read_too() -> None:
    mail = (
        b"From: Ada <Ada@lead.example>\r\nTo: reply+abcdefgh12345678@reply.acme.example\r\nSubject: Re: trial\r\n"
        b"Message-ID: <answer-2@lead.example>\r\nIn-Reply-To: <t1@acme.example>\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    ) + "Schöne Grüße".encode("latin-1")
    envelope = '{"to":["reply+abcdefgh12345678@reply.acme.example"],"from":"ada@lead.example"}'
    [reply] = told(inbound({"email": mail, "envelope": envelope}))
    assert isinstance(reply, Replied)
    assert (reply.sender, reply.reply_token, reply.subject) == (
        "ada@lead.example",
        "abcdefgh12345678",
        "Re: trial",
    )
    assert reply.text == "Schöne Grüße"
    assert reply.message_ids == ("<t1@acme.example>",)


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
